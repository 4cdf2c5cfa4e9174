"""Sentences on verdicts: what is said of a number, what it rests on, and what else was a signal.

The words are those of `judging.verdict_words`, as everywhere; nothing is judged here.
"""

from __future__ import annotations

from lingti import language
from lingti.catalog import Metric
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.sentences import begun, listed, paragraph
from lingti.judging.verdicts.chart_choice import POINTS_NEEDED
from lingti.judging.verdicts.signal_count import SignalCount, count_words
from lingti.judging.verdicts.verdict import VerdictCode
from lingti.judging.verdicts.verdict_words import rule_words, verdict_words, why_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import current, ngettext
from lingti.language import gettext as _
from lingti.report.content import Marked
from lingti.report.inputs import Material


def variation(verdict: KeptVerdict, metric: Metric) -> str:
    """The verdict of a number, what it rests on, and what else was a signal in the period."""
    return paragraph([judged(verdict, metric), earlier(verdict)])


def judged(verdict: KeptVerdict, metric: Metric) -> str:
    """The verdict of a number, and what it rests on."""
    word = verdict_words(verdict.verdict)
    count = _points_counted(verdict)
    match verdict.reason:
        case "signal":
            return _signal(verdict, word, count)
        case "no_signal" if count:
            return _("Judged over {count}, it is {verdict}.").format(count=count, verdict=word)
        case "no_signal":
            return _("It is judged as {verdict}.").format(verdict=word)
        case "few_points" if verdict.count:
            words = _(
                "{verdict} to tell a change from ordinary variation: {count}, {needed} needed."
            )
            return begun(words.format(verdict=word, count=verdict.count, needed=POINTS_NEEDED))
        case "few_points":
            return begun(
                _("{verdict} to tell a change from ordinary variation.").format(verdict=word)
            )
        case "young":
            return _provisional(metric)
        case "state":
            return ""
        case "stock" | "rolling" | "long_period":
            return why_words(verdict)
        case _:
            return begun(_("{verdict}: {why}").format(verdict=word, why=why_words(verdict)))


def _signal(verdict: KeptVerdict, word: str, count: str) -> str:
    """A signal and the rule it breaks; a reader of published values is told no more than it."""
    cause = "" if verdict.verdict == "improving" else _("The cause is to be found.")
    if not verdict.rules:
        return paragraph([_("It is judged as {verdict}.").format(verdict=word), cause])
    words = _("Judged over {count}, {at} is {why}: {verdict}.")
    if verdict.chart == "t":
        words = _("Judged over {count}, the days between events at {at} are {why}: {verdict}.")
    at = number_text.point(verdict.judged_period)
    return paragraph([words.format(count=count, at=at, why=why(verdict), verdict=word), cause])


def _points_counted(verdict: KeptVerdict) -> str:
    """`37 weeks`: what a verdict rests on; "" where its reader is not told."""
    words = {
        "week": ngettext("{count} week", "{count} weeks", verdict.count),
        "month": ngettext("{count} month", "{count} months", verdict.count),
        "event": ngettext(
            "{count} interval between events", "{count} intervals between events", verdict.count
        ),
    }.get(verdict.judged_grain, "")
    return words.format(count=verdict.count) if verdict.count else ""


def _provisional(metric: Metric) -> str:
    """That a share may still change, as its newest cases had no time yet."""
    return ngettext(
        "Provisional: all its cases can be judged only {days} day after the period's end.",
        "Provisional: all its cases can be judged only {days} days after the period's end.",
        metric.matures_days,
    ).format(days=metric.matures_days)


def earlier(verdict: KeptVerdict) -> str:
    """The signals of the period besides the point that decides; "" where there are none."""
    if not verdict.signals:
        return ""
    words = _("Signals in the period: {points}.")
    if verdict.grain in ("month", "week"):
        words = _("Other signals in the period: {points}.")
    return words.format(points=points(verdict))


def points(verdict: KeptVerdict) -> str:
    """Those signals, the points of each verdict together."""
    of: dict[VerdictCode, list[str]] = {}
    for point, code in verdict.signals:
        of.setdefault(code, []).append(number_text.point(point))
    return listed(
        [
            _("{name} ({verdict})").format(name=_spanned(names), verdict=verdict_words(code))
            for code, names in of.items()
        ]
    )


def _spanned(names: list[str]) -> str:
    """The points by name; of more than two the first and the last, and how many there are."""
    if len(names) <= 2:
        return language.words(names)
    return _("{count} between {first} and {last}").format(
        count=len(names), first=names[0], last=names[-1]
    )


def variation_rule() -> str:
    """What is meant by variation, for those who read a document on its own."""
    return _(
        "“Variation” tells by a control chart whether the last week, month or interval of the"
        " period is beyond ordinary variation; fewer than 12 points, levels and rolling windows are"
        " not judged. Where signals are counted, metrics of the same facts count once. A change"
        " from one period to the next is told as its size alone."
    )


def unjudged(material: Material, metrics: list[Metric], place: str) -> str:
    """Which of the numbers have no verdict but a reason for none, by the word for it."""
    of: dict[VerdictCode, list[str]] = {}
    for metric in metrics:
        verdict = material.verdict(metric, place)
        if verdict.verdict in ("too_few", "not_judged", "provisional"):
            of.setdefault(verdict.verdict, []).append(metric.title.pick())
    return paragraph(
        [
            _("{verdict}: {names}.").format(
                verdict=begun(verdict_words(code)), names=language.words(names)
            )
            for code, names in of.items()
        ]
    )


def why(verdict: KeptVerdict) -> str:
    """The rule that decides."""
    words = rule_words(verdict.rules[0])
    # Official Chinese has no blanks around figures.
    return words.replace(" ", "") if current() == "zh" else words


def where(verdict: KeptVerdict) -> str:
    """Which point it is and which rule it breaks; of a long period its signals."""
    if not verdict.rules:
        return points(verdict) or number_text.NOTHING
    words = _("{period}: {words}")
    if verdict.chart == "t":
        words = _("days between events at {period}: {words}")
    return words.format(period=number_text.point(verdict.judged_period), words=why(verdict))


def marked_verdict(verdict: KeptVerdict) -> Marked:
    """The verdict in its words, for tables; a long period has none but may have signals."""
    words = verdict_words(verdict.verdict)
    if verdict.reason == "long_period" and verdict.signals:
        words = ngettext("{count} signal", "{count} signals", len(verdict.signals)).format(
            count=len(verdict.signals)
        )
    return Marked(words, "verdict", verdict.verdict)


def verdict_cell(verdict: KeptVerdict) -> Marked:
    """The same for tables of all numbers: nothing where the number is not judged at all."""
    marked = marked_verdict(verdict)
    is_judged = (
        verdict.is_signal or verdict.verdict in ("ordinary", "provisional") or verdict.signals
    )
    return marked if is_judged else Marked(number_text.NOTHING, "verdict", verdict.verdict)


def way(verdict: KeptVerdict) -> str:
    """The verdict of a signal, or those of the signals in a long period."""
    if verdict.is_signal:
        return verdict_words(verdict.verdict)
    return language.words(dict.fromkeys(verdict_words(code) for _point, code in verdict.signals))


def signals_in_short(count: SignalCount, view: View) -> str:
    """How many numbers give a signal, out of how many, and how many of them by chance."""
    if view.period.grain in ("month", "week"):
        return count_words(count)
    return _("Judged month by month: {count}").format(count=count_words(count))
