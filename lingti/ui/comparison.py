"""What the comparison pages share: one metric over time, by community, and by its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from types import SimpleNamespace

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts
from lingti.catalog import DISTRICT, Metric, dimension_title, member_title
from lingti.judging import changes, number_text, period_values, sentences, to_correct
from lingti.judging.change_words import change_sentence
from lingti.judging.period_values import View
from lingti.judging.periods import periods_along, trail_to
from lingti.language import gettext as _
from lingti.ui import (
    annotation_list,
    choice_links,
    many_communities,
    told_apart,
    url,
    verdicts,
)
from lingti.ui.elements import chart, empty, paper, section
from lingti.ui.frame import Page
from lingti.ui.html_out import Html, box, columns, put, together
from lingti.ui.tables import Cell, Grid, by_community, number_grid, over_time
from lingti.warehouse.frames import plain, rows
from lingti.warehouse.template import COUNTED_STATES

# Side by side each community needs a bar of its own, so fewer members have room.
MOST_STACKED, MOST_SIDE_BY_SIDE = 10, 6
MOST_MEMBERS = 12
IN_A_ROW = 3  # small pictures beside each other


def pick(
    param: str, options: Sequence[str], titles: Callable[[str], str], *, many: bool = False
) -> str:
    """One of some options, kept in the address as `param`: buttons, or a list where `many`.

    Nothing is drawn for a single option.
    """
    chosen, picks = _picked(param, options, titles)
    if not picks:
        return chosen
    if many:
        st.selectbox(
            _("Shown"),
            list(options),
            format_func=titles,
            filter_mode="contains",
            label_visibility="collapsed",
            width=360,
            **url.follow(f"pick-{param}", param, chosen, str),
        )
    else:
        put(picks, width="content")
    return chosen


def _picked(
    param: str, options: Sequence[str], titles: Callable[[str], str]
) -> tuple[str, Html | None]:
    """Which of some options is chosen, and the buttons to choose by; None for a single option."""
    chosen = url.read(param) if url.read(param) in options else options[0]
    if len(options) == 1:
        return chosen, None
    named = {option: titles(option) for option in options}
    buttons = choice_links.one_of(f"pick-{param}", _("Shown"), param, named, chosen, named=False)
    return chosen, buttons


@dataclass(frozen=True)
class Shown:
    """What `comparison` drew, for the tables below it."""

    metric: Metric
    history: pd.DataFrame
    members: pd.DataFrame


def comparison(
    page: Page,
    view: View,
    totals: pd.DataFrame,
    names: Sequence[str],
    *,
    dimensions: Sequence[str] = (),
) -> Shown:
    """One metric, chosen among `names`, in time, by community, and by one of its dimensions.

    `totals` as of `compare.totals`, with the metrics of `names`. `dimensions` leaves out some of
    the metric's; by default all of them can be chosen.
    """
    with together():
        known = page.catalog.metrics
        metric = known[pick("show", names, lambda one: known[one].title.pick())]
        trail = trail_to(view.period, page.periods)
        history = period_values.over_time(page.warehouse, view, [metric.name], trail)
        with box("lt-pair"):
            wide, narrow = columns([1.7, 1])
            with wide:
                of_metric = only(totals, [metric.name])
                notes_count = _over_time(page, view, metric, history, of_metric)
            with narrow:
                told_apart.by_community(page, view, metric, of_metric, notes_count)
        many_communities.by_subdistrict(page, view, metric, key="comparison")
        members = _by_part(page, view, metric, dimensions or metric.dimensions)
        return Shown(metric, history, members)


def tables(page: Page, view: View, totals: pd.DataFrame, shown: Shown, *, name: str) -> None:
    """All numbers of a page as tables with downloads; `name` begins the names of the files.

    `totals` as of `compare.totals`; what `comparison` has shown follows by parts and over time.
    """
    with together():
        section(_("Numbers in tables"), _("Every number opens the rows behind it."))
        metric = shown.metric
        period = number_text.period(view.period.grain, view.period.id)
        with paper(sentences.begun(period), key="table-places"):
            by_community(page, view, totals, name=name)
        if not shown.members.empty:
            dimension = str(shown.members["dimension"].iloc[0])
            unit = number_text.unit(metric, view.per)
            with paper(_title_by(metric, dimension), unit, key="table-members", metric=metric):
                member_table(page, view, metric, shown.members, totals, name)
        with paper(
            _("{title} over time").format(title=metric.title.pick()),
            key="table-time",
            metric=metric,
        ):
            over_time(page, view, shown.history, name=f"{name}-{metric.name}-over-time")


def _over_time(
    page: Page, view: View, metric: Metric, history: pd.DataFrame, totals: pd.DataFrame
) -> int:
    """Draws a metric over time; returns how many notes stand below the picture."""
    drawn = history
    if not told_apart.comparable(metric, view):
        drawn = history[history["community"] != DISTRICT]
    with paper(
        _("{title} over time").format(title=metric.title.pick()),
        number_text.unit(metric, view.per),
        key="time",
        metric=metric,
    ):
        if len(view.communities) > period_values.MOST_LINES:
            _multiples(page, view, metric, drawn)
            return 0
        figure = charts.lines_over_time(drawn, metric, page.look, per=view.per, height=340)
        periods = periods_along(trail_to(view.period, page.periods), view.period, page.periods)
        running = list(drawn.loc[drawn["value"].notna(), "community"].unique())
        notes = annotation_list.noted_chart(page, figure, metric, running, periods, key="lines")
        verdicts.in_short(page, view, metric)
        put(h.p(".lt-chart-sub")[_change(page, view, metric, totals)])
        return len(notes)


def _change(page: Page, view: View, metric: Metric, totals: pd.DataFrame) -> str:
    """What the change of the place in focus is made of; "" where nothing can be said of it."""
    row = period_values.row(totals, metric.name, view.focus)
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


def _multiples(page: Page, view: View, metric: Metric, drawn: pd.DataFrame) -> None:
    """One small picture per community on one scale, where lines on top of each other hide all."""
    figures = charts.small_multiples(drawn, metric, page.look, per=view.per, height=120)
    for begin in range(0, len(figures), IN_A_ROW):
        shown = list(figures.items())[begin : begin + IN_A_ROW]
        for place, found in zip_longest(columns(IN_A_ROW), shown):
            with place:
                if found is None:
                    continue
                community, figure = found
                put(h.p(".lt-chart-sub")[page.look.name(community)])
                chart(figure, key=f"line-{community}")


def _by_part(page: Page, view: View, metric: Metric, dimensions: Sequence[str]) -> pd.DataFrame:
    """Draws the metric by one of its dimensions; returns what is drawn, empty if there is none."""
    offered = [one for one in dimensions if one in metric.dimensions]
    if not offered:
        return pd.DataFrame()
    titles = {one: dimension_title(metric, one).pick() for one in offered}
    with box("lt-paper-parts"):
        dimension, picks = _picked("by", offered, titles.__getitem__)
        title = h.h2(".lt-chart-title")[metric.title.pick()]
        put(h.div(".lt-row")[title, picks])
        members = period_values.by_member(page.warehouse, view, metric.name, dimension)
        if not (members["community"] != DISTRICT).any():
            empty(_("Nothing was reported for this period."))
            return pd.DataFrame()
        by_member(page, view, metric, members, key="members")
    return members


def by_member(page: Page, view: View, metric: Metric, members: pd.DataFrame, *, key: str) -> None:
    """A chart of one bar per member; parted by community where its numbers add up."""
    if period_values.all_withheld(members):
        say_withheld()
        return
    dimension = str(members["dimension"].iloc[0])
    stacked = metric.scalable and "distinct" not in metric.numerator
    figure = charts.bars_by_member(
        members,
        metric,
        page.look,
        member_name=partial(member_words, metric, dimension),
        stacked=stacked,
        most=MOST_STACKED if stacked else MOST_SIDE_BY_SIDE,
        per=view.per,
    )
    chart(figure, key=key)
    say_lacking(page, view, metric)


def say_lacking(page: Page, view: View, metric: Metric) -> None:
    """How many rows to correct the parts of a metric lack; nothing where they lack none."""
    first, last = view.period.first_day, view.period.last_day
    found = to_correct.by_place(page.warehouse, metric, view.communities, first, last)
    if words := to_correct.of_parts(found, page.look.name):
        put(h.p(".lt-chart-sub")[words])


def say_withheld() -> None:
    """One line in place of a picture of which every part is withheld."""
    empty(_("All parts: {why}.").format(why=number_text.withheld()))


def member_words(metric: Metric, dimension: str, member: str) -> str:
    """How a member is called; a function of its own, so that pictures can be kept by it."""
    return member_title(metric, dimension, member).pick()


def only(totals: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The rows of some metrics, in the order of `names`."""
    chosen = [period_values.of_metric(totals, name) for name in names]
    return pd.concat([totals.head(0), *chosen], ignore_index=True)


def flows(
    page: Page, view: View, names: tuple[str, str, str], *, title: str, opening: str = ""
) -> None:
    """What came in, went out and is left over time, for the place in focus.

    `names` are three metrics: two of a period, one of its end; `opening` may be a fourth, of
    what was granted without coming in. Where the place does not run it,
    that is said instead.
    """
    known = page.catalog.metrics
    came, went, left = (known[name] for name in names)
    history = period_values.over_time(
        page.warehouse,
        view,
        [*names, *filter(None, [opening])],
        trail_to(view.period, page.periods),
    )
    of_it = history[history["community"] == view.focus]
    with paper(
        f"{title} · {page.look.name(view.focus)}", number_text.unit(came, view.per), key="flows"
    ):
        if of_it["value"].isna().all():
            empty(number_text.state(number_text.state_of(None, str(of_it["state"].iloc[-1]))))
            return
        chart(
            charts.flows_and_stock(
                of_it, (came, went), left, page.look, per=view.per, opening=known.get(opening)
            ),
            key="flows-chart",
        )
        if opening and (says := sentences.of_openings(of_it, known[opening], view.per)):
            put(h.p(".lt-chart-sub")[says])


def members(page: Page, view: View, name: str, dimension: str) -> pd.DataFrame:
    """A picture of a metric by one dimension; returns what is drawn, as of `compare.by_member`."""
    metric = page.catalog.metrics[name]
    frame = period_values.by_member(page.warehouse, view, name, dimension)
    with paper(
        _title_by(metric, dimension),
        number_text.unit(metric, view.per),
        key=f"{name}-{dimension}",
        metric=metric,
    ):
        if (frame["community"] != DISTRICT).any():
            by_member(page, view, metric, frame, key=f"chart-{name}-{dimension}")
        else:
            empty(_("Nothing was reported for this period."))
    return frame


def _title_by(metric: Metric, dimension: str) -> str:
    return _("{title} by {dimension}").format(
        title=metric.title.pick(),
        dimension=sentences.within(dimension_title(metric, dimension).pick()),
    )


def member_table(
    page: Page, view: View, metric: Metric, members: pd.DataFrame, totals: pd.DataFrame, name: str
) -> None:
    """One row per member, the largest first, and one column per place, with downloads.

    `members` as of `compare.by_member`; `totals` tells the state of each place. `name` begins
    the names of the downloads.
    """
    if members.empty:
        empty(_("Nothing was reported for this period."))
        return
    if period_values.all_withheld(members):
        say_withheld()
        return
    dimension = str(members["dimension"].iloc[0])
    grid = partial(_members_by_place, view, metric, members, only(totals, [metric.name]))
    title = dimension_title(metric, dimension).pick()
    name = f"{name}-{metric.name}-{dimension}"
    number_grid(page, view.places, title, grid, name, most=MOST_MEMBERS)
    say_lacking(page, view, metric)


def _members_by_place(
    view: View, metric: Metric, members: pd.DataFrame, totals: pd.DataFrame
) -> Grid:
    dimension = str(members["dimension"].iloc[0])
    states = {row.community: row.state for row in rows(totals)}
    found = {(row.member, row.community): row for row in rows(members)}
    of_district = members[members["community"] == DISTRICT]
    order = of_district.sort_values("value", ascending=False)["member"]

    def cell(member: str, place: str) -> Cell:
        row = found.get((member, place), _no_row(metric, place, states[place]))
        return Cell(row, metric, view, view.period, (dimension, member))

    return [
        (
            member_title(metric, dimension, str(member)).pick(),
            [cell(str(member), place) for place in view.places],
        )
        for member in order
    ]


def _no_row(metric: Metric, place: str, state: str) -> SimpleNamespace:
    """A member that a place has nothing of: a zero where it reported sums or counts."""
    there = state in COUNTED_STATES
    value = 0.0 if there and metric.when_none == 0 else None
    return SimpleNamespace(community=place, value=value, state="reported" if there else state)
