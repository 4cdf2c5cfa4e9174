"""The tables of documents, and the sentences that sum them up."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.district.journal import DONE
from lingti.judging import number_text, period_values
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import PlaceComparison
from lingti.judging.period_values import View
from lingti.judging.sentences import joined
from lingti.judging.standing.decision_words import standing_words
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _
from lingti.report.content import Grid, Marked
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, verdicts
from lingti.report.verdicts import PlaceVerdict
from lingti.warehouse.frames import plain, rows

MOST_DONE = 8  # decisions done are listed up to so many; the open ones all
MOST_MEMBERS = 8


def of_place(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """The rows of a place; all of them for the district."""
    return frame if place == DISTRICT else frame[frame["community"] == place]


def decisions(material: Material, place: str) -> Grid | None:
    """Decisions overdue, open and done in the period; the overdue ones first."""
    frame = of_place(material.decisions, place)
    is_done = frame["standing"].isin(DONE)
    late, done = frame[~is_done], frame[is_done]
    if frame.empty:
        return None
    listed_rows = [*rows(late), *rows(done.head(MOST_DONE))]
    with_name = place == DISTRICT
    body = tuple(
        (
            *((exact_numbers.short(material, row.community),) if with_name else ()),
            str(row.decision),
            written(row.owner),
            exact_numbers.when_short(row.due_on),
            exact_numbers.when_short(row.done_on),
            standing_words(row.standing),
        )
        for row in listed_rows
    )
    head = (_("Decision"), _("Post in charge"), _("Due by"), _("Done on"), _("State"))
    more = len(done) - MOST_DONE
    caption = _("Decisions open, overdue, or done in the period")
    if more > 0:
        caption += _(" ({count} more done)").format(count=more)
    if with_name:
        return Grid(caption, (_("Community"), *head), body, (0.155, 0.235, 0.18, 0.14, 0.14, 0.15))
    return Grid(caption, head, body, (0.32, 0.22, 0.15, 0.15, 0.16))


def targets(material: Material, aims: list[Progress]) -> Grid:
    """Targets with what was reached and what the time gone by asks for."""
    with_name = len({progress.place for progress in aims}) > 1
    body = tuple(
        (
            *((exact_numbers.short(material, progress.place),) if with_name else ()),
            _named(progress.metric),
            exact_numbers.bare(progress.target, progress.metric),
            exact_numbers.bare(progress.value, progress.metric)
            + exact_numbers.lacks(progress.to_correct),
            exact_numbers.needed_bare(progress.needed, progress.metric),
            clerk.status_cell(progress),
        )
        for progress in aims
    )
    day = max(progress.as_of for progress in aims)
    head = (
        _("Metric (unit)"),
        _("Target"),
        _("By {day}").format(day=number_text.day_short(day)),
        _("Asked by time"),
        _("State"),
    )
    caption = _("Targets for {period}").format(
        period=joined(
            list(
                dict.fromkeys(
                    number_text.period(progress.grain, progress.period) for progress in aims
                )
            )
        )
    )
    if with_name:
        widths = (0.155, 0.25, 0.11, 0.165, 0.12, 0.2)
        return Grid(caption, (_("Community"), *head), body, widths, frozenset({2, 3, 4}))
    return Grid(caption, head, body, (0.32, 0.13, 0.2, 0.13, 0.22), frozenset({1, 2, 3}))


def by_community(material: Material, metric: Metric) -> Grid:
    """One metric by community: value, the one before, change, rate, and beside the others."""
    comparison = material.compared.get(metric.name)
    body = []
    for place in material.view.places:
        row = material.totals[metric.name, place]
        rate = material.rates.get((metric.name, place))
        verdict = comparison.of(place) if comparison else None
        body.append(
            (
                exact_numbers.short(material, place),
                exact_numbers.cell(row, metric),
                exact_numbers.previous_cell(row, metric),
                change(material, metric, place),
                _rate_within(rate.value if rate else None, row.state, verdict, metric),
                *((_against(verdict),) if comparison else ()),
                verdicts.verdict_cell(material.verdict(metric, place)),
            )
        )
    head = (
        _("Community"),
        _("This period"),
        _("Period before"),
        _("Change"),
        _("Per 1,000") if metric.scalable or not comparison else _("95% interval"),
        *((_("Beside the others"),) if comparison else ()),
        _("Variation"),
    )
    caption = _("{title} by community").format(title=_named(metric))
    widths: tuple[float, ...] = (0.16, 0.18, 0.18, 0.17, 0.14, 0.17)
    if comparison:
        widths = (0.13, 0.13, 0.13, 0.14, 0.17, 0.15, 0.15)
    return _without_empty(Grid(caption, head, tuple(body), widths, frozenset({1, 2, 3, 4})))


def _rate_within(
    value: float | None, state: str, verdict: PlaceComparison | None, metric: Metric
) -> str:
    """A rate per 1,000 residents with its interval; of a share the interval alone."""
    interval = told_apart_words.interval_words(verdict, metric) if verdict else number_text.NOTHING
    rate = _rate(value, state)
    if not metric.scalable:
        return interval
    return rate if interval == number_text.NOTHING else f"{rate} ({interval})"


def _against(verdict: PlaceComparison | None) -> str:
    return told_apart_words.against_words(verdict.against) if verdict else number_text.NOTHING


def told_apart(material: Material) -> Grid | None:
    """The metrics by which communities can be told apart: who is above the others, who below."""
    name = partial(exact_numbers.short, material)
    body = []
    for metric_name, metric in material.catalog.metrics.items():
        comparison = material.compared.get(metric_name)
        if comparison is None or not comparison.is_told:
            continue
        sides = [
            told_apart_words.named([name(verdict.place) for verdict in comparison.that_are(side)])
            for side in ("higher", "lower")
        ]
        body.append((metric.title.pick(), *(side or number_text.NOTHING for side in sides)))
    if not body:
        return None
    head = (_("Metric"), _("Above the others"), _("Below the others"))
    return Grid(_("Between communities"), head, tuple(body), (0.36, 0.32, 0.32))


def overview(material: Material, metrics: list[Metric], place: str) -> Grid:
    """Metrics of a place: value, the one before, change, per 1,000 residents, variation."""
    body = []
    for metric in metrics:
        row = material.totals[metric.name, place]
        rate = material.rates.get((metric.name, place))
        body.append(
            (
                _named(metric),
                exact_numbers.cell(row, metric),
                exact_numbers.previous_cell(row, metric),
                change(material, metric, place),
                _rate(rate.value if rate and metric.group != "data" else None, row.state),
                verdicts.verdict_cell(material.verdict(metric, place)),
            )
        )
    head = (
        _("Metric (unit)"),
        _("This period"),
        _("Period before"),
        _("Change"),
        _("Per 1,000"),
        _("Variation"),
    )
    caption = _("Metrics in {period}").format(period=exact_numbers.period(material.view))
    widths = (0.27, 0.17, 0.17, 0.15, 0.1, 0.14)
    return _without_empty(Grid(caption, head, tuple(body), widths, frozenset({1, 2, 3, 4})))


def _without_empty(grid: Grid) -> Grid:
    """The table without columns that say nothing in any row; the others share their room."""
    empty = [
        title
        for at, title in enumerate(grid.head)
        if at and all(row[at] == number_text.NOTHING for row in grid.rows)
    ]
    return grid.without(empty)


def change(material: Material, metric: Metric, place: str) -> Marked:
    """The change of a number against the period before: its size, grey; none while provisional."""
    row = material.totals[metric.name, place]
    provisional = material.is_provisional(metric, place)
    size = number_text.NOTHING if provisional else exact_numbers.change_cell(row, metric)
    return Marked(size, "change")


def signals(material: Material, place: str, place_verdicts: list[PlaceVerdict]) -> Grid:
    """The numbers beyond ordinary variation, and which rule says so."""
    with_name = place == DISTRICT
    body = tuple(
        (
            *((exact_numbers.short(material, community),) if with_name else ()),
            metric.title.pick(),
            exact_numbers.amount(material.totals[metric.name, community].value, metric),
            verdicts.marked_verdict(verdict),
            verdicts.where(verdict),
        )
        for metric, community, verdict in place_verdicts
    )
    head = (_("Metric"), _("This period"), _("Variation"), _("Why"))
    caption = _("Numbers beyond ordinary variation")
    grid = Grid(caption, head, body, (0.25, 0.16, 0.13, 0.46))
    if with_name:
        grid = Grid(caption, (_("Community"), *head), body, (0.13, 0.21, 0.12, 0.12, 0.42))
    # Published verdicts do not say which point breaks which rule.
    is_told = any(row[-1] != number_text.NOTHING for row in body)
    return grid if is_told else grid.without([_("Why")])


def concerns(material: Material, place: str) -> Grid | None:
    """Concerns raised by category, in the period and the one before."""
    metric = material.catalog.metrics["concerns_raised"]
    now = _members(material, material.view, metric, place)
    if now.empty:
        return None
    before: dict[str, float] = {}
    if material.view.previous is not None:
        earlier = replace(material.view, period=material.view.previous, previous=None)
        before = {row.member: row.value for row in rows(_members(material, earlier, metric, place))}
    complete = material.totals[metric.name, place].previous_state == "reported"
    provisional = material.is_provisional(metric, place)
    body: list[tuple[str, ...]] = []
    for row in rows(now.head(MOST_MEMBERS)):
        was = plain(before.get(row.member, 0.0)) if complete else None
        value = plain(row.value)
        gap = None if value is None or was is None or provisional else value - was
        body.append(
            (
                catalog.member_title(metric, "category", row.member).pick(),
                number_text.exact(value) if value is not None else number_text.state(row.state),
                number_text.exact(was),
                Marked(
                    number_text.NOTHING
                    if gap is None
                    else number_text.signed(number_text.exact(gap), gap),
                    "change",
                ),
            )
        )
    if period_values.all_withheld(now):
        nothing = number_text.NOTHING
        body = [(_("every category"), number_text.state("withheld"), nothing, nothing)]
    head = (_("Category"), _("This period"), _("Period before"), _("Change"))
    caption = _("{title} by category").format(title=_named(metric))
    return Grid(caption, head, tuple(body), (0.4, 0.2, 0.2, 0.2), frozenset({1, 2, 3}))


def concerns_sentence(grid: Grid | None, view: View) -> str:
    """Which category was named most, and how it changed, as the table of concerns has it."""
    if grid is None or not grid.rows[0][1][:1].isdigit():
        return ""
    category, count, before, change = grid.rows[0]
    if before == "0" and change[0] == "+":
        return _("Most are about {category}: {count}, none {before}.").format(
            category=category, count=count, before=exact_numbers.before(view)
        )
    words = {
        "+": _("Most are about {category}: {count}, up {size} from {before}."),
        number_text.MINUS: _("Most are about {category}: {count}, down {size} from {before}."),
        "0": _("Most are about {category}: {count}, the same as {before}."),
    }.get(change[0], _("Most are about {category}: {count}."))
    return words.format(
        category=category, count=count, size=change[1:], before=exact_numbers.before(view)
    )


def _members(material: Material, view: View, metric: Metric, place: str) -> pd.DataFrame:
    frame = period_values.by_member(material.warehouse, view, metric.name, "category")
    return frame[frame["community"] == place]


def _rate(value: float | None, state: str) -> str:
    if state in number_text.IDLE or plain(value) is None:
        return number_text.NOTHING
    return number_text.exact(value, 2)


def _named(metric: Metric) -> str:
    return _("{title} ({unit})").format(title=metric.title.pick(), unit=metric.unit.pick())


def written(text: str | None) -> str:
    return number_text.NOTHING if text is None or pd.isna(text) else str(text)
