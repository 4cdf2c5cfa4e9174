"""A comparison page: one metric, what it comes to, over time, by community, and by its parts.

Each picture can be had as a table or taken along in its place, so that nothing stands twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

import htpy as h
import pandas as pd

from lingti import charts
from lingti.catalog import DISTRICT, Metric
from lingti.judging import annotations as annotations_module
from lingti.judging import judged_totals, number_text, period_values, sentences
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import Comparison
from lingti.judging.changes import changes
from lingti.judging.changes.change_words import change_sentence
from lingti.judging.period_values import View
from lingti.judging.periods import periods_along, trail_to
from lingti.judging.reporting import to_correct
from lingti.judging.standing import target_words, targets
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _
from lingti.ui.comparison import (
    annotation_list,
    breakdown,
    dots,
    many_communities,
    metric_head,
    place_table,
    told_apart,
)
from lingti.ui.parts import multiples
from lingti.ui.parts.cards import value_html, which_number
from lingti.ui.parts.elements import chart, empty
from lingti.ui.parts.html_out import Html, beside, box, columns, put
from lingti.ui.parts.picture_sheets import picture_sheet
from lingti.ui.parts.revision_marks import revision_mark
from lingti.ui.parts.row_links import opening
from lingti.ui.parts.tables import by_community, over_time
from lingti.ui.parts.verdict_marks import target_mark, verdict_mark, verdict_of
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows


@dataclass(frozen=True)
class Compared:
    """What is compared: a metric in a view, with what is known of it."""

    page: Page
    view: View
    metric: Metric
    totals: pd.DataFrame
    comparison: Comparison | None
    aims: Sequence[Progress]


def head(page: Page, view: View, metric: Metric, totals: pd.DataFrame) -> Compared:
    """Draws what the metric comes to; `totals` as of `judged_totals.totals`."""
    of_metric = period_values.of_metric(totals, metric.name)
    comparison = told_apart.compared(page, view, metric)
    aims = [
        aim
        for aim in targets.progress(page.warehouse, view, page.until)
        if aim.metric.name == metric.name
    ]
    metric_head.head(page, view, metric, of_metric, comparison, aims)
    return Compared(page, view, metric, of_metric, comparison, aims)


def comparison(
    compared: Compared,
    *,
    name: str,
    dimensions: Sequence[str] = (),
    beside_parts: Callable[[], None] | None = None,
) -> None:
    """The metric over time and by community beside each other, and by one of its dimensions.

    `name` begins the names of files to take along. `dimensions` leaves out some of the metric's.
    `beside_parts` draws what stands beside the last picture, where there is room.
    """
    page, view, metric = compared.page, compared.view, compared.metric
    with box("lt-pair"):
        wide, narrow = columns([1.9, 1])
        with wide:
            _over_time(compared, name)
        with narrow:
            _places(compared, name)
    many_communities.by_subdistrict(page, view, metric, key="comparison")
    with beside("lt-halves-of-page") if beside_parts else nullcontext():
        parts = dimensions or metric.dimensions
        breakdown.by_part(page, view, metric, compared.totals, parts, name)
        if beside_parts:
            beside_parts()


def all_numbers(page: Page, view: View, totals: pd.DataFrame, *, name: str) -> None:
    """All metrics of the page by community, folded until they are asked for."""
    period = number_text.period(view.period.grain, view.period.id)
    count = totals["metric"].nunique()
    title = _("All {count} metrics of this page, {period}").format(
        count=number_text.exact(count), period=period
    )
    with picture_sheet(title, key="all", folded=True) as shown:
        if shown != "picture":
            by_community(page, view, totals, name=name, shown=shown)


def _over_time(compared: Compared, name: str) -> None:
    page, view, metric = compared.page, compared.view, compared.metric
    trail = trail_to(view.period, page.periods)
    history = period_values.over_time(page.warehouse, view, [metric.name], trail)
    drawn = history
    if not told_apart.comparable(metric, view):
        drawn = history[history["community"] != DISTRICT]
    with picture_sheet(_("Over time"), _time_words(compared, drawn), key="time") as shown:
        if shown != "picture":
            file = f"{name}-{metric.name}-over-time"
            over_time(page, view, history, name=file, shown=shown)
            return
        periods = periods_along(trail, view.period, page.periods)
        running = list(drawn.loc[drawn["value"].notna(), "community"].unique())
        if not running:
            empty(_("None of the communities chosen runs this or has reported it."))
            return
        notes = (
            annotations_module.on_charts(
                page.warehouse, metric, running, periods[0].first_day, periods[-1].last_day
            )
            if periods
            else []
        )
        across = multiples.across(len(running) - (DISTRICT in running))
        figures = charts.small_multiples(
            drawn[drawn["community"].isin([*running, DISTRICT])],
            metric,
            page.look,
            per=view.per,
            height=multiples.HEIGHTS[across],
            levels_of=_levels(compared),
            provisional=[row.community for row in rows(compared.totals) if row.is_provisional],
            notes=notes,
            periods=periods,
        )
        beside_names = {place: _beside_name(compared, place) for place in figures}
        multiples.multiples(page, figures, beside_names)
        annotation_list.numbered_list(page, notes)


def _time_words(compared: Compared, drawn: pd.DataFrame) -> str:
    """The unit, and what the lines are besides the coloured one."""
    words = [number_text.unit(compared.metric, compared.view.per)]
    if len(compared.view.communities) > 1:
        words.append(_("grey: the other communities"))
    if (drawn["community"] == DISTRICT).any():
        words.append(_("dashed: the district"))
    if _levels(compared):
        words.append(_("dashes and dots: the target"))
    return " · ".join(words)


def _levels(compared: Compared) -> dict[str, float]:
    """Targets that each point can be held against: of shares, durations and stocks, not of sums."""
    metric, view = compared.metric, compared.view
    held = {aim.place: aim.target for aim in compared.aims if aim.place in view.communities}
    is_level = not metric.scalable or metric.window == "to_date"
    is_total = view.per == "total" or not metric.scalable
    return held if is_level and is_total else {}


def _beside_name(compared: Compared, place: str) -> Html:
    """A community's number, verdict and target."""
    view, metric = compared.view, compared.metric
    row = period_values.row(compared.totals, metric.name, place)
    value = plain(row.value)
    which = which_number(metric.name, place, view.period, value, view.per)
    lacking = to_correct.lacking(row)
    shown: Html = value_html(value, row.state, metric, view.per, which, lacking=lacking)
    if value is not None and view.opens(place):
        shown = opening(shown, metric.name, place, row.period)
    verdict = verdict_of(row)
    aims = [
        target_mark(
            aim,
            f"{number_text.bare(aim.value, metric)}/{number_text.bare(aim.target, metric)}",
        )
        for aim in compared.aims
        if aim.place == place
    ]
    return h.fragment[
        h.b(".lt-multiple-value")[shown, revision_mark(view, metric.name, place, view.period.id)],
        verdict_mark(verdict) if verdict is not None and verdict.verdict != "not_judged" else None,
        h.span(".lt-aim", title=target_words.sentences(compared.aims[0]))[_("target"), " ", aims]
        if aims
        else None,
    ]


def _places(compared: Compared, name: str) -> None:
    page, view, metric = compared.page, compared.view, compared.metric
    per = view.per if view.per != "total" else dots.scale(page)
    scaled = replace(view, per=per if metric.scalable else "total")
    totals = judged_totals.totals(page.warehouse, scaled, [metric.name])
    comparison = compared.comparison
    is_funnel = comparison is not None and comparison.are_many and comparison.limits(1) is not None
    district = period_values.row(totals, metric.name)
    unit = sentences.district_value(district, metric, scaled.per)
    if is_funnel:
        unit = number_text.unit(metric, "residents")
    with picture_sheet(_("By community"), unit, key="places") as shown:
        if shown != "picture":
            file = f"{name}-{metric.name}-{view.period.id}"
            both = (compared.totals, totals)
            place_table.table_of(page, view, scaled.per, metric, both, comparison, shown, name=file)
            return
        if comparison is not None and is_funnel:
            chosen = view.communities
            chart(charts.funnel(comparison, metric, page.look, chosen=chosen), key="funnel")
        else:
            put(dots.of_metric(page, scaled, metric, totals, comparison))
        under = [
            told_apart_words.sentence(comparison, metric, page.look.name),
            told_apart.funnel_words() if is_funnel else "",
            sentences.missing(compared.totals, page.look.name),
            _change(compared),
        ]
        put(h.p(".lt-chart-sub")[sentences.paragraph(under)])


def _change(compared: Compared) -> str:
    """What the change of the place in focus is made of; "" where nothing can be said of it."""
    page, view, metric = compared.page, compared.view, compared.metric
    row = period_values.row(compared.totals, metric.name, view.focus)
    if view.previous is None or view.is_part:
        return ""
    if row.alike and plain(row.change) is None:  # of what is provisional no change is told
        return ""
    explained = changes.explained(
        page.warehouse,
        metric,
        view.focus,
        view.previous,
        view.period,
        published=view.published and not view.opens(view.focus),
    )
    return change_sentence(explained, page.look.name)
