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
from lingti.judging.between import told_apart_words
from lingti.judging.changes.change_words import change_sentence, parts_sentence
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import listed, paragraph
from lingti.judging.standing.target_words import range_words, status_words, words_of
from lingti.judging.standing.targets import PACE_TOLERANCE, STATUSES, Progress
from lingti.judging.verdicts import ripe
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report.content import Marked
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers, verdicts
from lingti.warehouse.frames import plain


def value(
    row: Any,
    metric: Metric,
    view: View,
    *,
    is_provisional: bool = False,
    is_ordinary: bool = False,
) -> str:
    """A number of the period against that of the one before, or why there is none.

    What is provisional is compared with nothing. A change that is told and `is_ordinary` is called
    so in the same sentence.
    """
    state_code = number_text.state_of(plain(row.value), row.state)
    title = metric.title.pick()
    if state_code in _WITHOUT:
        return _WITHOUT[state_code]().format(title=title, why=number_text.withheld())
    now = exact_numbers.amount(row.value, metric)
    if state_code == "partial":
        return _(
            "{title}: {value} from the days reported; a part is missing, so it is not compared."
        ).format(title=title, value=now)
    if state_code == "before_start":
        return _("{title}: {value} from before the start, so it is not compared.").format(
            title=title, value=now
        )
    if is_provisional:
        return _("{title}: {value}, provisional.").format(title=title, value=now)
    if state_code == "zero" and not row.previous:
        return _("{title}: {value}, as reported.").format(title=title, value=now)
    change_words = change(row, metric, view)
    if is_ordinary and tells_change(row, metric, view):
        change_words = _("{change}, which is {verdict}").format(
            change=change_words, verdict=verdict_words("ordinary")
        )
    return _("{title}: {value}{change}.").format(title=title, value=now, change=change_words)


def tells_change(row: Any, metric: Metric, view: View) -> bool:
    """Whether a whole number is held against that of the period before."""
    return (
        view.previous is not None
        and isinstance(row.previous_state, str)
        and (row.state == "reported" and (row.value or row.previous))
        and exact_numbers.difference(row, metric) is not None
    )


_WITHOUT: dict[str, Callable[[], str]] = {
    "not_reported": lambda: _("{title}: not reported, so there is no number for the period."),
    "not_run": lambda: _("{title}: not run here."),
    "not_expected": lambda: _("{title}: not expected for the period, and not sent in."),
    "withheld": lambda: _("{title}: {why}."),
    "not_computable": lambda: _(
        "{title}: only totals were sent, or sheets without a column that it needs, which do not"
        " tell it for the period."
    ),
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
    sized = exact_numbers.size_words(abs(gap), metric)
    if number_text.is_percent(metric):
        words = _(", up {points} from {before}") if gap > 0 else _(", down {points} from {before}")
        return words.format(points=sized, before=before)
    part = exact_numbers.growth(row, metric)
    if part and row.per_day:
        words = (
            _(", up {change} from {before} ({share} a day)")
            if gap > 0
            else _(", down {change} from {before} ({share} a day)")
        )
    elif part:
        words = (
            _(", up {change} ({share}) from {before}")
            if gap > 0
            else _(", down {change} ({share}) from {before}")
        )
    else:
        words = _(", up {change} from {before}") if gap > 0 else _(", down {change} from {before}")
    return words.format(change=sized, before=before, share=part)


def _not_compared(state: str, before: str) -> str:
    words = {
        "not_run": _(", not run yet {before}"),
        "before_start": _("; {before} lies before the start, so it is not compared"),
        "not_expected": _(", not expected {before}"),
        "withheld": _("; that of {before} is withheld, so it is not compared"),
        "not_computable": _("; that of {before} cannot be told, so it is not compared"),
        "reported": _("; {before} had nothing to compute it from"),
        "other": _("; {before} counted other communities, so it is not compared"),
    }.get(state, _("; {before} was not reported in full, so it is not compared"))
    return words.format(before=before)


def why(material: Material, metric: Metric, place: str, *, tell_unsplit: bool = True) -> str:
    """What the change of a number is made of, as pages say it; "" where that cannot be said.

    `tell_unsplit` as of `change_sentence`.
    """
    explained = material.explained(metric, place)
    if explained is None:
        return ""
    return change_sentence(
        explained, lambda place: exact_numbers.short(material, place), tell_unsplit=tell_unsplit
    )


def parts(material: Material, metric: Metric, place: str) -> str:
    """The same behind a sentence that told the change itself; "" where it told none."""
    explained = material.explained(metric, place)
    row = material.totals[metric.name, place]
    if explained is None or not tells_change(row, metric, material.view):
        return ""
    return parts_sentence(explained, lambda community: exact_numbers.short(material, community))


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


def beside(material: Material, metric: Metric, place: str) -> str:
    """How communities can be told apart: of one how it lies to the others, of the district all."""
    comparison = material.compared.get(metric.name)
    if place == DISTRICT:
        return told_apart_words.sentence(
            comparison, metric, lambda community: exact_numbers.short(material, community)
        )
    return told_apart_words.of_place(comparison.of(place) if comparison else None, metric)


def beside_briefly(material: Material, metric: Metric, place: str) -> str:
    """Whether a community is higher or lower than the others, without the numbers of that."""
    comparison = material.compared.get(metric.name)
    against_others = comparison.of(place) if comparison else None
    if against_others is None or against_others.against not in ("higher", "lower"):
        return ""
    return _("Per resident it is {against}.").format(
        against=told_apart_words.against_words(against_others.against)
    )


def rate_words(value: float | None, metric: Metric) -> str:
    """A number per 1,000 residents with its unit, to two decimals."""
    return number_text.attach(number_text.exact(value, 2), metric)


def findings(material: Material, metric: Metric, place: str, *, tell_unjudged: bool = True) -> str:
    """All there is to say of a metric: the number, its change, whether it is real, its rate.

    `tell_unjudged` off is for texts that name those without a verdict together.
    """
    row = material.totals[metric.name, place]
    state = number_text.state_of(plain(row.value), row.state)
    is_provisional = material.is_provisional(metric, place)
    sentences = [value(row, metric, material.view, is_provisional=is_provisional)]
    sentences.append(to_correct.sentence(to_correct.lacking(row)))
    ripe_ones = material.ripe(metric, place)
    sentences.append(ripe.words(ripe_ones, metric) if ripe_ones else "")
    if state in ("reported", "zero"):
        verdict = material.verdict(metric, place)
        is_told = tell_unjudged or verdict.verdict not in ("too_few", "not_judged")
        sentences.append(
            verdicts.variation(verdict, metric) if is_told else verdicts.earlier(verdict)
        )
        sentences.append(rate(material, metric, place))
    return paragraph([*sentences, beside(material, metric, place)])


def target(progress: Progress) -> str:
    """How one target stands, in the word for it, and what there is to it."""
    words = {
        "title": progress.metric.title.pick(),
        "period": number_text.period(progress.grain, progress.period),
        "target": exact_numbers.amount(progress.target, progress.metric),
    }
    if progress.status == "unknown":
        state = number_text.state(number_text.state_of(None, progress.state))
        return _(
            "{title}: {state}, so the target of {target} for {period} cannot be judged."
        ).format(**words, state=state)
    return _(
        "{title}: {value} by {day} against a target of {target} for {period}: {status}{more}{part}."
    ).format(
        **words,
        value=exact_numbers.amount(progress.value, progress.metric)
        + exact_numbers.lacks(progress.to_correct),
        day=number_text.day(progress.as_of),
        status=words_of(progress.status),
        more=_more_of(progress),
        part=_(", with part of the data missing") if progress.state == "partial" else "",
    )


def target_briefly(progress: Progress, number_before: float | None, view: View) -> str:
    """How a target stands, behind a sentence that told a number; "" where that cannot be said.

    `number_before` is that number: a level is not told again.
    """
    if progress.status == "unknown":
        return ""
    words = _("Target for {period}: {target}; so far {value}: {status}{more}.")
    if progress.as_of != view.period.last_day:
        words = _("Target for {period}: {target}; by {day} {value}: {status}{more}.")
    elif plain(number_before) == progress.value:
        words = _("Target for {period}: {target}: {status}{more}.")
    return words.format(**_of_target(progress))


def target_missed(progress: Progress, view: View) -> str:
    """How a target stands that is a problem, with its title in front."""
    title = progress.metric.title.pick()
    words = _("{title}: {value} of the target of {target} for {period}: {status}{more}.")
    if progress.as_of != view.period.last_day:
        words = _("{title} by {day}: {value}, the target for {period} {target}: {status}{more}.")
    return words.format(title=title, **_of_target(progress))


def _of_target(progress: Progress) -> dict[str, str]:
    lacking = exact_numbers.lacks(progress.to_correct)
    return {
        "period": number_text.period(progress.grain, progress.period),
        "target": exact_numbers.amount(progress.target, progress.metric),
        "day": number_text.day(progress.as_of),
        "value": exact_numbers.amount(progress.value, progress.metric) + lacking,
        "status": words_of(progress.status),
        "more": _more_of(progress),
    }


def _more_of(progress: Progress) -> str:
    """What the status of a target rests on: the pace, the gap, rows in doubt, where it leads."""
    if progress.status == "hangs_on_finding":
        return _(", as it is reached only with rows that a finding is about")
    is_direct = isclose(progress.needed, progress.target)
    words = ""
    if progress.status in ("on_pace", "behind") and not is_direct:
        words = _(" (time gone by asks for {needed})").format(
            needed=exact_numbers.needed(progress.needed, progress.metric)
        )
    elif progress.status in ("behind", "missed"):
        gap = exact_numbers.shown(progress.target, progress.metric) - exact_numbers.shown(
            progress.value or 0.0, progress.metric
        )
        words = _(" by {gap}").format(gap=exact_numbers.size_words(abs(gap), progress.metric))
    if ends := range_words(progress):
        words += _("; as in the last three months, it ends {between}").format(between=ends)
    return words


def pace_rule() -> str:
    """From where on a target counts as being on pace."""
    return _(
        "On pace is what has reached at least {share} of what the time gone by asks for; shares and"
        " durations are held against the target itself. Of totals the last three months are carried"
        " on: where that leads above or below the target, it decides."
    ).format(share=number_text.share(PACE_TOLERANCE))


def status_cell(progress: Progress) -> str:
    """How a target stands, for tables: a missed one is marked."""
    words = status_words(progress)
    return Marked(words, "target", progress.status) if progress.status == "missed" else words


def targets_in_short(targets: list[Progress]) -> str:
    """How many targets are reached, on pace, behind, missed, or unknown."""
    if not targets:
        return _("No target is set for this period.")
    counts = {code: sum(progress.status == code for progress in targets) for code in STATUSES}
    # That none is behind is worth saying, unless the time of all is up or nothing is known.
    says_behind = any(counts[code] for code in ("on_pace", "behind"))
    parts = [
        _("{count} {status}").format(count=counts[code], status=words_of(code))
        for code in STATUSES
        if counts[code] or (code == "behind" and says_behind)
    ]
    return ngettext("{number} target: {parts}.", "{number} targets: {parts}.", len(targets)).format(
        number=len(targets), parts=language.clauses(parts)
    )


def reasons(rows: list[tuple[str, str]]) -> str:
    """Who has no whole number and why: `滨湖未开展；南风花园未报送`."""
    return listed([_("{name} {state}").format(name=name, state=state) for name, state in rows])


def state(code: str) -> str:
    """The word for a state, to follow a name."""
    return _("reported in part") if code == "partial" else number_text.state(code)
