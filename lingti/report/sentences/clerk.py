"""Sentences as an experienced clerk writes them: plain, exact, compared, without praise.

Each function says what it finds in the current language; numbers are those of `words`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isclose
from typing import Any

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.sentences import joined, listed, paragraph
from lingti.judging.signals import POINTS_NEEDED, signal_words
from lingti.judging.targets import PACE_TOLERANCE, Progress
from lingti.language import current, ngettext
from lingti.language import gettext as _
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers
from lingti.report.verdicts import Judgement
from lingti.warehouse.frames import plain


def value(row: Any, metric: Metric, view: View) -> str:
    """A number of the period against that of the one before, or why there is none."""
    told = number_text.state_of(plain(row.value), row.state)
    title = metric.title.pick()
    if told in ("not_reported", "not_run", "withheld", "nothing"):
        return _WITHOUT[told]().format(title=title)
    now = exact_numbers.amount(row.value, metric)
    if told == "partial":
        return _(
            "{title}: {value} from the days reported; a part is missing, so it is not compared."
        ).format(title=title, value=now)
    if told == "zero" and not row.previous:
        return _("{title}: {value}, as reported.").format(title=title, value=now)
    return _("{title}: {value}{change}.").format(
        title=title, value=now, change=change(row, metric, view)
    )


_WITHOUT: dict[str, Callable[[], str]] = {
    "not_reported": lambda: _("{title}: not reported, so there is no number for the period."),
    "not_run": lambda: _("{title}: not run here."),
    "withheld": lambda: _("{title}: withheld, as it rests on so few people."),
    "nothing": lambda: _("{title}: reported, with nothing in the period to compute it from."),
}


def change(row: Any, metric: Metric, view: View) -> str:
    """`, up 12 (8.1%) from the month before`; begins with the comma that parts it."""
    if view.previous is None or not isinstance(row.previous_state, str):
        return _(", with no earlier period to compare it with")
    before = exact_numbers.before(view)
    gap = exact_numbers.difference(row, metric)
    if gap is None:
        return _not_compared(row.previous_state if row.alike else "other", before)
    if gap == 0:
        return _(", the same as {before}").format(before=before)
    sized = exact_numbers.size_said(abs(gap), metric)
    if number_text.is_percent(metric):
        said = _(", up {points} from {before}") if gap > 0 else _(", down {points} from {before}")
        return said.format(points=sized, before=before)
    part = exact_numbers.growth(row, metric)
    if part:
        said = (
            _(", up {change} ({share}) from {before}")
            if gap > 0
            else _(", down {change} ({share}) from {before}")
        )
    else:
        said = _(", up {change} from {before}") if gap > 0 else _(", down {change} from {before}")
    return said.format(change=sized, before=before, share=part)


def _not_compared(state: str, before: str) -> str:
    said = {
        "not_run": _(", not run yet {before}"),
        "withheld": _("; that of {before} is withheld, so it is not compared"),
        "reported": _("; {before} had nothing to compute it from"),
        "other": _("; {before} counted other communities, so it is not compared"),
    }.get(state, _("; {before} was not reported in full, so it is not compared"))
    return said.format(before=before)


def variation(judged: Judgement, metric: Metric, view: View) -> str:
    """Whether the change is real, and what that rests on; never more than the chart can say."""
    grains = {
        "week": ngettext("{count} week", "{count} weeks", judged.points_count),
        "month": ngettext("{count} month", "{count} months", judged.points_count),
    }
    count = grains[judged.grain].format(count=judged.points_count)
    if judged.flag is None:
        return _(
            "With {count} of data, fewer than {needed}, no change can be told from ordinary"
            " variation."
        ).format(count=count, needed=POINTS_NEEDED)
    if judged.flag == "ordinary":
        return _("Judged over {count}, it stays within ordinary variation.").format(count=count)
    said = {
        "improving": _(
            "Judged over {count}, this is more than ordinary variation, for the better: {at} is"
            " {why}."
        ),
        "worsening": _(
            "Judged over {count}, this is more than ordinary variation, for the worse: {at} is"
            " {why}. The cause is to be found."
        ),
    }.get(
        judged.flag,
        _(
            "Judged over {count}, this is more than ordinary variation: {at} is {why}."
            " The cause is to be found."
        ),
    )
    return said.format(count=count, why=why(judged), at=number_text.period(judged.grain, judged.at))


def variation_rule() -> str:
    """What is meant by variation, for those who read a document on its own."""
    return _(
        "“Variation” tells by a control chart (XmR) over weeks or months whether a number is"
        " beyond ordinary variation; fewer than 12 points are not judged."
    )


def too_few(material: Material, metrics: list[Metric], place: str) -> str:
    """Which of the numbers have too few points to be judged, in one sentence; "" if none."""
    names = [
        metric.title.pick()
        for metric in metrics
        if material.totals[metric.name, place].state == "reported"
        and material.judged(metric, place).flag is None
    ]
    if not names:
        return ""
    return _(
        "With fewer than {needed} points of data, these cannot be told from ordinary variation yet:"
        " {names}."
    ).format(needed=POINTS_NEEDED, names=joined(names))


def why(judged: Judgement) -> str:
    """The rules that the newest flagged point breaks."""
    said = joined([signal_words(signal) for signal in judged.signals[:1]])
    # Official Chinese has no blanks around figures.
    return said.replace(" ", "") if current() == "zh" else said


def where(judged: Judgement) -> str:
    """Which week or month it is, and which rule it breaks."""
    at = number_text.period(judged.grain, judged.at)
    return _("{period}: {words}").format(period=at, words=why(judged))


def verdict(judged: Judgement) -> str:
    """The judgement in a word or two, for tables."""
    return {
        None: _("too few points"),
        "ordinary": _("ordinary variation"),
        "improving": _("signal: better"),
        "worsening": _("signal: worse"),
        "special": _("signal, no direction"),
    }[judged.flag]


def way(judged: Judgement) -> str:
    """Which way a signal points, in a word."""
    return {"improving": _("better"), "worsening": _("worse")}.get(
        str(judged.flag), _("no direction")
    )


def provisional(metric: Metric, material: Material, place: str) -> str:
    """That a share may still change, where its newest cases had no time yet; else ""."""
    reached = exact_numbers.data_date(material, place)
    if not metric.matures_days or reached is None:
        return ""
    full = material.until.get(place, reached) if place != DISTRICT else max(material.until.values())
    settled = (full - material.view.period.last_day).days >= metric.matures_days
    if settled:
        return ""
    return ngettext(
        "Provisional: all its cases can be judged only {days} day after the period's end.",
        "Provisional: all its cases can be judged only {days} days after the period's end.",
        metric.matures_days,
    ).format(days=metric.matures_days)


def rate(material: Material, metric: Metric, place: str) -> str:
    """A community's number per 1,000 residents beside the district's; "" where it has none."""
    if place == DISTRICT or not metric.scalable:
        return ""
    own = material.rates.get((metric.name, place))
    all_ = material.rates.get((metric.name, DISTRICT))
    if own is None or all_ is None or own.state != "reported" or plain(own.value) is None:
        return ""
    # Where only one community runs it, the district's number is its own: nothing to compare.
    if plain(all_.value) in (None, plain(own.value)):
        return ""
    return _("Per 1,000 residents: {own}; district: {all}.").format(
        own=rate_words(own.value, metric), all=rate_words(all_.value, metric)
    )


def rate_words(value: float | None, metric: Metric) -> str:
    """A number per 1,000 residents with its unit, to two decimals."""
    return number_text.attach(number_text.exact(value, 2), metric)


def findings(material: Material, metric: Metric, place: str, *, tell_too_few: bool = True) -> str:
    """All there is to say of a metric: the number, its change, whether it is real, its rate.

    `tell_too_few` off is for texts that name those with too few points together.
    """
    row = material.totals[metric.name, place]
    told = number_text.state_of(plain(row.value), row.state)
    said = [value(row, metric, material.view)]
    if told in ("reported", "zero"):
        judged = material.judged(metric, place)
        if tell_too_few or judged.flag is not None:
            said.append(variation(judged, metric, material.view))
        said.append(rate(material, metric, place))
        said.append(provisional(metric, material, place))
    return paragraph(said)


def target(one: Progress) -> str:
    """How one target stands: against the target itself, where no pace leads up to it."""
    is_direct = isclose(one.needed, one.target)
    paced = {
        "on_pace": _(
            "{title}: {value} by {day} against a target of {target} for {period}:"
            " on pace (time gone by asks for {needed}){part}."
        ),
        "behind": _(
            "{title}: {value} by {day} against a target of {target} for {period}:"
            " behind the pace (time gone by asks for {needed}){part}."
        ),
    }
    direct = {
        "on_pace": _(
            "{title}: {value} by {day} against a target of {target} for {period}: kept{part}."
        ),
        "behind": _(
            "{title}: {value} by {day} against a target of {target} for {period}:"
            " behind by {gap}{part}."
        ),
    }
    said = {
        "reached": _(
            "{title}: {value} by {day} against a target of {target} for {period}: reached{part}."
        ),
        "missed": _(
            "{title}: {value} by {day} against a target of {target} for {period}:"
            " missed by {gap}{part}."
        ),
        "unknown": _("{title}: {state}, so the target of {target} for {period} cannot be judged."),
        **(direct if is_direct else paced),
    }[one.status]
    gap = exact_numbers.shown(one.target, one.metric) - exact_numbers.shown(
        one.value or 0.0, one.metric
    )
    return said.format(
        gap=exact_numbers.size_said(abs(gap), one.metric),
        title=one.metric.title.pick(),
        period=number_text.period(one.grain, one.period),
        target=exact_numbers.amount(one.target, one.metric),
        value=exact_numbers.amount(one.value, one.metric),
        needed=exact_numbers.needed(one.needed, one.metric),
        day=number_text.day(one.as_of),
        state=number_text.state(number_text.state_of(None, one.state)),
        part=_(", with part of the data missing") if one.state == "partial" else "",
    )


def pace_rule() -> str:
    """From where on a target counts as being on pace."""
    return _(
        "On pace is what has reached at least {share} of what the time gone by asks for; shares and"
        " durations are held against the target itself."
    ).format(share=number_text.share(PACE_TOLERANCE))


def status(one: Progress) -> str:
    """How one target stands, in a word or two; why there is no number to tell it by."""
    if one.status == "unknown":
        return number_text.state(number_text.state_of(None, one.state))
    said = {
        "reached": _("reached"),
        "on_pace": _("on pace"),
        "behind": _("behind"),
        "missed": _("missed"),
    }[one.status]
    return said + (_(" (part)") if one.state == "partial" else "")


def targets_in_short(found: list[Progress]) -> str:
    """How many targets are reached, on pace, behind, missed, or unknown."""
    if not found:
        return _("No target is set for this period.")
    counts = {code: sum(one.status == code for one in found) for code in _COUNTED}
    # That none is behind is worth saying, unless the time of all is up or nothing is known.
    says_behind = any(counts[code] for code in ("on_pace", "behind"))
    parts = [
        _("{count} {status}").format(count=counts[code], status=label())
        for code, label in _COUNTED.items()
        if counts[code] or (code == "behind" and says_behind)
    ]
    return ngettext("{number} target: {parts}.", "{number} targets: {parts}.", len(found)).format(
        number=len(found), parts=language.clauses(parts)
    )


_COUNTED: dict[str, Callable[[], str]] = {
    "reached": lambda: _("reached"),
    "on_pace": lambda: _("on pace"),
    "behind": lambda: _("behind"),
    "missed": lambda: _("missed"),
    "unknown": lambda: _("without a number"),
}


def signals_in_short(found: list[tuple[Metric, str, Judgement]], judged_count: int) -> str:
    """How many numbers give a signal, and which way, out of those that could be judged."""
    if not judged_count:
        return _("No number has enough points yet to be judged.")
    if not found:
        return _(
            "Of {count} numbers that can be judged, none is outside ordinary variation."
        ).format(count=judged_count)
    return ngettext(
        "Of {count} numbers that can be judged, {number} is beyond ordinary variation ({ways}).",
        "Of {count} numbers that can be judged, {number} are beyond ordinary variation ({ways}).",
        len(found),
    ).format(count=judged_count, number=len(found), ways=_ways(found))


def _ways(found: list[tuple[Metric, str, Judgement]]) -> str:
    """`7 for the better, 1 neither way`."""
    flags = [judged.flag for _metric, _place, judged in found]
    said = {
        "improving": _("{count} for the better"),
        "worsening": _("{count} for the worse"),
        "special": _("{count} neither way"),
    }
    parts = [
        words.format(count=sum(one == flag for one in flags))
        for flag, words in said.items()
        if flag in flags
    ]
    return language.words(parts)


def reasons(rows: list[tuple[str, str]]) -> str:
    """Who has no whole number and why: `滨湖未开展；南风花园未报送`."""
    return listed([_("{name} {state}").format(name=name, state=state) for name, state in rows])


def state(code: str) -> str:
    """The word for a state, to follow a name."""
    return _("reported in part") if code == "partial" else number_text.state(code)
