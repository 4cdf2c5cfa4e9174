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
from lingti.judging.verdicts.verdict import Said
from lingti.judging.verdicts.verdict_words import rule_words, verdict_words, why_words
from lingti.judging.verdicts.verdicts import Told
from lingti.language import current, ngettext
from lingti.language import gettext as _
from lingti.report.content import Marked
from lingti.report.inputs import Material


def variation(told: Told, metric: Metric) -> str:
    """The verdict of a number, what it rests on, and what else was a signal in the period."""
    return paragraph([judged(told, metric), earlier(told)])


def judged(told: Told, metric: Metric) -> str:
    """The verdict of a number, and what it rests on."""
    word = verdict_words(told.verdict)
    count = _points_counted(told)
    match told.reason:
        case "signal":
            return _signal(told, word, count)
        case "no_signal" if count:
            return _("Judged over {count}, it is {verdict}.").format(count=count, verdict=word)
        case "no_signal":
            return _("It is judged as {verdict}.").format(verdict=word)
        case "few_points" if told.count:
            said = _(
                "{verdict} to tell a change from ordinary variation: {count}, {needed} needed."
            )
            return begun(said.format(verdict=word, count=told.count, needed=POINTS_NEEDED))
        case "few_points":
            return begun(
                _("{verdict} to tell a change from ordinary variation.").format(verdict=word)
            )
        case "young":
            return _provisional(metric)
        case "state":
            return ""
        case "stock" | "rolling" | "long_period":
            return why_words(told)
        case _:
            return begun(_("{verdict}: {why}").format(verdict=word, why=why_words(told)))


def _signal(told: Told, word: str, count: str) -> str:
    """A signal and the rule it breaks; a reader of published values is told no more than it."""
    cause = "" if told.verdict == "improving" else _("The cause is to be found.")
    if not told.rules:
        return paragraph([_("It is judged as {verdict}.").format(verdict=word), cause])
    said = _("Judged over {count}, {at} is {why}: {verdict}.")
    if told.chart == "t":
        said = _("Judged over {count}, the days between events at {at} are {why}: {verdict}.")
    at = number_text.point(told.judged_period)
    return paragraph([said.format(count=count, at=at, why=why(told), verdict=word), cause])


def _points_counted(told: Told) -> str:
    """`37 weeks`: what a verdict rests on; "" where its reader is not told."""
    words = {
        "week": ngettext("{count} week", "{count} weeks", told.count),
        "month": ngettext("{count} month", "{count} months", told.count),
        "event": ngettext(
            "{count} interval between events", "{count} intervals between events", told.count
        ),
    }.get(told.judged_grain, "")
    return words.format(count=told.count) if told.count else ""


def _provisional(metric: Metric) -> str:
    """That a share may still change, as its newest cases had no time yet."""
    return ngettext(
        "Provisional: all its cases can be judged only {days} day after the period's end.",
        "Provisional: all its cases can be judged only {days} days after the period's end.",
        metric.matures_days,
    ).format(days=metric.matures_days)


def earlier(told: Told) -> str:
    """The signals of the period besides the point that decides; "" where there are none."""
    if not told.signals:
        return ""
    said = _("Signals in the period: {points}.")
    if told.grain in ("month", "week"):
        said = _("Other signals in the period: {points}.")
    return said.format(points=points(told))


def points(told: Told) -> str:
    """Those signals, the points of each verdict together."""
    of: dict[Said, list[str]] = {}
    for point, one in told.signals:
        of.setdefault(one, []).append(number_text.point(point))
    return listed(
        [
            _("{name} ({verdict})").format(name=_spanned(names), verdict=verdict_words(one))
            for one, names in of.items()
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
    of: dict[Said, list[str]] = {}
    for metric in metrics:
        told = material.verdict(metric, place)
        if told.verdict in ("too_few", "not_judged", "provisional"):
            of.setdefault(told.verdict, []).append(metric.title.pick())
    return paragraph(
        [
            _("{verdict}: {names}.").format(
                verdict=begun(verdict_words(one)), names=language.words(names)
            )
            for one, names in of.items()
        ]
    )


def why(told: Told) -> str:
    """The rule that decides."""
    said = rule_words(told.rules[0])
    # Official Chinese has no blanks around figures.
    return said.replace(" ", "") if current() == "zh" else said


def where(told: Told) -> str:
    """Which point it is and which rule it breaks; of a long period its signals."""
    if not told.rules:
        return points(told) or number_text.NOTHING
    words = _("{period}: {words}")
    if told.chart == "t":
        words = _("days between events at {period}: {words}")
    return words.format(period=number_text.point(told.judged_period), words=why(told))


def verdict(told: Told) -> Marked:
    """The verdict in its words, for tables; a long period has none but may have signals."""
    words = verdict_words(told.verdict)
    if told.reason == "long_period" and told.signals:
        words = ngettext("{count} signal", "{count} signals", len(told.signals)).format(
            count=len(told.signals)
        )
    return Marked(words, "verdict", told.verdict)


def verdict_cell(told: Told) -> Marked:
    """The same for tables of all numbers: nothing where the number is not judged at all."""
    said = verdict(told)
    is_judged = told.is_signal or told.verdict in ("ordinary", "provisional") or told.signals
    return said if is_judged else Marked(number_text.NOTHING, "verdict", told.verdict)


def way(told: Told) -> str:
    """The verdict of a signal, or those of the signals in a long period."""
    if told.is_signal:
        return verdict_words(told.verdict)
    return language.words(dict.fromkeys(verdict_words(one) for _point, one in told.signals))


def signals_in_short(count: SignalCount, view: View) -> str:
    """How many numbers give a signal, out of how many, and how many of them by chance."""
    if view.period.grain in ("month", "week"):
        return count_words(count)
    return _("Judged month by month: {count}").format(count=count_words(count))
