"""A metric by the members of a dimension: a small picture each, eight and all others together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace

import htpy as h
import pandas as pd

from lingti.catalog import DISTRICT, Metric, dimension_title, member_title
from lingti.judging import number_text, period_values, sentences
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.language import gettext as _
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.picture_sheets import picture_sheet
from lingti.ui.parts.tables import Cell, Grid, number_grid
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows
from lingti.warehouse.template import COUNTED_STATES

MOST_SHOWN = 8  # members with a picture of their own
MOST_MEMBERS = 12  # rows of the table of which a page shows more only as a download
BY = "by"  # the part of the address that names the dimension
# A member's title and number for the district; which place, its value and how that is shown.
Lines = tuple[str, Html | str, list[tuple[int, float | None, Html | str]]]


def by_part(
    page: Page,
    view: View,
    metric: Metric,
    totals: pd.DataFrame,
    dimensions: Sequence[str],
    name: str,
) -> None:
    """The metric by one of its dimensions, which can be chosen; nothing where it has none.

    `totals` as of `judged_totals.totals`; `name` begins the names of files to take along.
    """
    offered = [dimension for dimension in dimensions if dimension in metric.dimensions]
    if not offered:
        return
    titles = {dimension: dimension_title(metric, dimension).pick() for dimension in offered}
    dimension = url.read(BY) if url.read(BY) in offered else offered[0]
    picks = (
        choice_links.one_of("pick-by", _("By"), BY, titles, dimension, named=False)
        if len(offered) > 1
        else None
    )
    members = period_values.by_member(page.warehouse, view, metric.name, dimension)
    title = _("{title} by {dimension}").format(
        title=metric.title.pick(), dimension=sentences.within(titles[dimension])
    )
    with picture_sheet(title, number_text.unit(metric, view.per), key="parts", more=picks) as shown:
        if not (members["community"] != DISTRICT).any():
            empty(_("Nothing was reported for this period."))
        elif period_values.all_withheld(members):
            say_withheld()
        elif shown == "picture":
            put(_pictures(page, view, metric, totals, members))
            say_lacking(page, view, metric)
        else:
            grid = partial(_members_by_place, view, metric, members, totals)
            file = f"{name}-{metric.name}-{dimension}"
            number_grid(
                page, view.places, titles[dimension], grid, file, most=MOST_MEMBERS, shown=shown
            )
            say_lacking(page, view, metric)


def _pictures(
    page: Page, view: View, metric: Metric, totals: pd.DataFrame, members: pd.DataFrame
) -> Html:
    """A picture per member, the largest first, all on one scale, and one of all others."""
    grid = _members_by_place(view, metric, members, totals)
    running = [
        at
        for at, place in enumerate(view.communities)
        if period_values.row(totals, metric.name, place).state in (*COUNTED_STATES, "withheld")
    ]
    # One that is left over is no "other".
    room = MOST_SHOWN + (len(grid) == MOST_SHOWN + 1)
    shown, rest = grid[:room], grid[room:]
    lines: list[Lines] = [
        (
            title,
            cells[-1].html(),
            [(at, plain(cells[at].row.value), cells[at].html()) for at in running],
        )
        for title, cells in shown
    ]
    if rest:
        lines.append(_all_others(metric, view, rest, running))
    values = [value for _title, _total, of_it in lines for _at, value, _html in of_it if value]
    most = max(values, default=1.0)
    return h.div(".lt-parts")[[_panel(page, view, line, most) for line in lines]]


def _all_others(metric: Metric, view: View, rest: Grid, running: Sequence[int]) -> Lines:
    """What the members without a picture come to together, where they add up and are all known."""
    title = _("Other ({count})").format(count=number_text.exact(len(rest)))
    if not (metric.scalable and metric.adds_up):
        return title, _("in the table"), []

    def together(at: int) -> tuple[float | None, Html | str]:
        values = [plain(cells[at].row.value) for _title, cells in rest]
        if any(value is None for value in values):
            return None, number_text.NOTHING
        value = sum(value for value in values if value is not None)
        return value, number_text.bare(value, metric, view.per)

    return title, together(-1)[1], [(at, *together(at)) for at in running]


def _panel(page: Page, view: View, of_it: Lines, most: float) -> Html:
    title, total, lines = of_it
    bars = []
    for at, value, shown in lines:
        place = view.communities[at]
        name, colour = page.look.name(place), page.look.colours[place]
        bar = (
            h.i(style=f"width:{100 * max(0.0, value) / most:.1f}%;background:{colour}")
            if value
            else None
        )
        bars.append(h.li[h.span(title=name)[name], h.div[bar], h.b[shown]])
    return h.figure(".lt-part", aria_label=title)[
        h.figcaption[h.b(title=title)[title], h.span[total]], h.ul[bars]
    ]


def say_lacking(page: Page, view: View, metric: Metric) -> None:
    """How many rows to correct the parts of a metric lack; nothing where they lack none."""
    first, last = view.period.first_day, view.period.last_day
    lacking = to_correct.by_place(page.warehouse, metric, view.communities, first, last)
    if words := to_correct.of_parts(lacking, page.look.name):
        put(h.p(".lt-chart-sub")[words])


def say_withheld() -> None:
    """One line in place of a picture of which every part is withheld."""
    empty(_("All parts: {why}.").format(why=number_text.withheld()))


def member_words(metric: Metric, dimension: str, member: str) -> str:
    """How a member is called; a function of its own, so that pictures can be kept by it."""
    return member_title(metric, dimension, member).pick()


def _members_by_place(
    view: View, metric: Metric, members: pd.DataFrame, totals: pd.DataFrame
) -> Grid:
    """A row per member, the largest in the district first. `totals` tells the state of a place."""
    dimension = str(members["dimension"].iloc[0])
    states = {row.community: row.state for row in rows(totals)}
    row_of = {(row.member, row.community): row for row in rows(members)}
    of_district = members[members["community"] == DISTRICT]
    order = of_district.sort_values("value", ascending=False)["member"]

    def cell(member: str, place: str) -> Cell:
        row = row_of.get((member, place), _no_row(metric, place, states[place]))
        return Cell(row, metric, view, view.period, (dimension, member))

    return [
        (
            member_words(metric, dimension, str(member)),
            [cell(str(member), place) for place in view.places],
        )
        for member in order
    ]


def _no_row(metric: Metric, place: str, state: str) -> SimpleNamespace:
    """A member that a place has nothing of: a zero where it reported sums or counts."""
    there = state in COUNTED_STATES
    value = 0.0 if there and metric.when_none == 0 else None
    return SimpleNamespace(community=place, value=value, state="reported" if there else state)
