"""Exploring on a page: the choices, the picture, and its link, SQL and download."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts
from lingti.access.roles import ROWS
from lingti.catalog import DISTRICT, dimension_title
from lingti.judging import exploring, number_text
from lingti.judging.between import told_apart
from lingti.judging.exploring import RANGE, Asked
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.language import gettext as _
from lingti.ui.comparison import annotation_list
from lingti.ui.comparison.breakdown import member_words
from lingti.ui.parts import pickers
from lingti.ui.parts.downloads import downloads
from lingti.ui.parts.elements import chart, columns, empty
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.revision_marks import mark_in, revised
from lingti.ui.parts.row_links import opening
from lingti.ui.parts.tables import Column, as_it_is, listing, say_cut, unbroken
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows

MOST_MEMBERS = 6
MOST_DOWN = 20
MOST_SHOWN = 500


def picture(page: Page, question: Asked, periods: list[Period], frame: pd.DataFrame) -> None:
    """The answer as the picture that is chosen above it; `periods` as of `exploring.answer`."""
    names = {
        "line": _("Lines"),
        "bar": _("Bars"),
        "heat": _("Heat map"),
        "multiples": _("Small multiples"),
        "table": _("Table"),
    }
    chosen = pickers.choose_one("picture", question.pictures, names.__getitem__, _("Picture"))
    if words := span_words(question, periods):
        st.caption(words)
    if frame.empty or frame["value"].isna().all():
        empty(_("There is no number for this choice. Take another range of days or more places."))
        return
    if chosen == "line":
        _lines(page, question, periods, frame)
    elif chosen == "bar":
        _bars(page, question, frame)
    elif chosen == "heat":
        _heat(page, question, frame)
    elif chosen == "multiples":
        _multiples(page, question, frame)
    else:
        numbers(page, question, frame)
    if words := lacking_words(page, question):
        st.caption(words)


def lacking_words(page: Page, question: Asked) -> str:
    """How many rows to correct the parts of the answer lack; "" of totals, which say it each."""
    if not question.dimension:
        return ""
    span = (question.first_day, question.last_day)
    lacking = to_correct.by_place(page.warehouse, question.metric, question.places, *span)
    return to_correct.of_parts(lacking, page.look.name)


def periods(page: Page, question: Asked) -> list[Period]:
    """The periods that lie in the range; none where all its days are counted together."""
    if question.grain == RANGE:
        return []
    (programme,) = page.periods["programme"]
    return exploring.periods_inside(question, page.periods[question.grain], programme)


def span_words(question: Asked, periods: list[Period]) -> str:
    """Which periods the picture is of, where some days of the range lie in none of them."""
    if question.grain == RANGE:
        return ""
    if not periods:
        return _("No whole period lies in this range of days: choose “All days together”.")
    first, last = periods[0].first_day, periods[-1].last_day
    if first <= question.first_day and question.last_day <= last:
        return ""
    return _("Whole periods in the range: {first} to {last}.").format(
        first=number_text.period(question.grain, periods[0].id),
        last=number_text.period(question.grain, periods[-1].id),
    )


def _lines(page: Page, question: Asked, periods: list[Period], frame: pd.DataFrame) -> None:
    """A line per place; with a dimension, of the member that is chosen."""
    metric = question.metric
    if question.dimension:
        member = pickers.choose_one(
            "member",
            exploring.members(frame)[:MOST_MEMBERS],
            partial(member_words, metric, question.dimension),
            dimension_title(metric, question.dimension).pick(),
        )
        frame = frame[frame["member"] == member]
    figure = charts.lines_over_time(frame, metric, page.look, per=question.per)
    annotation_list.noted_chart(page, figure, metric, question.places, periods, key="explored")


def _bars(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """The newest period by member, parted by place; without a dimension a bar per place."""
    metric = question.metric
    newest = frame[frame["period"] == frame["period"].iloc[-1]]
    st.caption(_period_words(question, str(newest["period"].iloc[0])))
    if question.dimension:
        figure = charts.bars_by_member(
            newest,
            metric,
            page.look,
            member_name=partial(member_words, metric, question.dimension),
            stacked=metric.is_additive and not metric.is_share,
            per=question.per,
        )
    else:
        figure = charts.bars_by_community(
            newest,
            metric,
            page.look,
            per=question.per,
            intervals=_intervals(page, question, str(newest["period"].iloc[0])),
        )
    chart(figure, key="explored")


def _intervals(page: Page, question: Asked, period: str) -> dict[str, tuple[float, float]]:
    """Place → the interval of its number in a period; none of a range of days."""
    metric = question.metric
    for known_period in page.periods.get(question.grain, []):
        if known_period.id == period:
            comparisons = told_apart.of(
                page.warehouse, [metric.name], known_period, published=question.published
            )
            return told_apart.whiskers(comparisons.get(metric.name), metric, question.per)
    return {}


def _heat(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """Members by places, members by periods of one place, or places by periods."""
    metric, place = question.metric, question.places[-1]
    if question.dimension and question.grain != RANGE:
        place = pickers.choose_one("place", question.places, page.look.name, _("Whose"))
        frame = frame[frame["community"] == place]
    if question.dimension:
        shown = exploring.members(frame)[:MOST_DOWN]
        frame = frame[frame["member"].isin(shown)]
        down = [
            member_words(metric, question.dimension, str(member_code))
            for member_code in frame["member"]
        ]
    else:
        down = [page.look.name(community) for community in frame["community"]]
    if question.dimension and question.grain == RANGE:
        across = [page.look.name(community) for community in frame["community"]]
    else:
        across = _across(question, frame)
    cells = frame.assign(down=down, across=across)
    if question.dimension:  # the largest member on top, whichever place came first
        cells = cells.sort_values("member", key=lambda ids: ids.map(shown.index), kind="stable")
    figure = charts.heat_map(cells, metric, page.look, place=place, per=question.per)
    chart(figure, key="explored")


def _across(question: Asked, frame: pd.DataFrame) -> list[str]:
    """The names of the periods: short ones, unless those of two years would be the same."""
    ids = list(dict.fromkeys(frame["period"]))
    short = {period_id: _period_words(question, period_id, short=True) for period_id in ids}
    if len(set(short.values())) < len(ids):
        short = {period_id: _period_words(question, period_id) for period_id in ids}
    return [short[period_id] for period_id in frame["period"]]


def _multiples(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """One small picture per place; with a dimension one per member, or of a range per place."""
    metric, name = question.metric, partial(member_words, question.metric, question.dimension)
    if not question.dimension:
        figures = charts.small_multiples(frame, metric, page.look, per=question.per)
        titled = [(page.look.name(place), figure) for place, figure in figures.items()]
    elif question.grain == RANGE:
        titled = [
            (
                page.look.name(place),
                charts.bars_by_member(
                    frame[frame["community"] == place],
                    metric,
                    page.look,
                    member_name=name,
                    per=question.per,
                ),
            )
            for place in question.places
            if place != DISTRICT
        ]
    else:
        titled = [
            (
                name(member),
                charts.lines_over_time(
                    frame[frame["member"] == member],
                    metric,
                    page.look,
                    per=question.per,
                    height=240,
                ),
            )
            for member in exploring.members(frame)[:MOST_MEMBERS]
        ]
    for at in range(0, len(titled), 2):
        for side, (title, figure) in zip(columns(2), titled[at : at + 2], strict=False):
            with side:
                send(h.h2(".lt-chart-title")[title])
                chart(figure, key=f"explored-{title}")


def _period_words(question: Asked, period: str, *, short: bool = False) -> str:
    if question.grain == RANGE:
        return f"{number_text.day(question.first_day)} – {number_text.day(question.last_day)}"
    return (number_text.period_short if short else number_text.period)(question.grain, period)


def _titled(page: Page, question: Asked, frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers of the answer as people read them; `opens` is the value as a link to its rows."""
    metric = question.metric
    lines = []
    differing = revised(page)
    for row in rows(frame):
        value = plain(row.value)
        member = str(row.member) if question.dimension else ""
        shown = number_text.bare(value, metric, question.per)
        place = None if row.community == DISTRICT else row.community
        opens: Html | str = shown
        if value is not None and page.may(ROWS, place):
            of = (row.community, row.period, question.dimension, member)
            opens = opening(shown, metric.name, *of)
        differs = mark_in(
            differing,
            *(metric.name, row.community, row.period, question.dimension or "", member),
        )
        lines.append(
            {
                "place": page.look.name(row.community),
                "period": _period_words(question, row.period),
                "member": member_words(metric, question.dimension, member) if member else "",
                "value": value,
                "opens": h.fragment[opens, differs] if differs else opens,
                "state": " · ".join(
                    filter(
                        None,
                        (
                            number_text.state(number_text.state_of(value, row.state)),
                            to_correct.words(to_correct.lacking(row)),
                        ),
                    )
                ),
            }
        )
    return pd.DataFrame(lines, columns=["place", "period", "member", "value", "opens", "state"])


def _titles(question: Asked) -> dict[str, str]:
    """What the columns of `_titled` are called; the member's only where there is one."""
    metric, unit = question.metric, number_text.unit(question.metric, question.per)
    of_member = (
        {"member": dimension_title(metric, question.dimension).pick()} if question.dimension else {}
    )
    value = _("{title} ({unit})").format(title=metric.title.pick(), unit=unit)
    return {"place": _("Place"), "period": _("Period")} | of_member | {"value": value}


def numbers(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """Every number of the answer, one to a row, opening its rows."""
    titles = _titles(question)
    value = titles.pop("value")
    columns_shown = [
        Column(key, title, html=unbroken, heading=key == "place") for key, title in titles.items()
    ]
    columns_shown += [
        Column("opens", value, html=as_it_is, number=True),
        Column("state", _("State")),
    ]
    listing(_titled(page, question, frame.head(MOST_SHOWN)), columns_shown)
    say_cut(len(frame), MOST_SHOWN)


def taken_along(page: Page, question: Asked, periods: list[Period], frame: pd.DataFrame) -> None:
    """The numbers to download, the link that shows the same again, and the SQL of it."""
    titles = _titles(question) | {"state": _("State")}
    shown = _titled(page, question, frame)[list(titles)].rename(columns=titles)
    downloads(shown, name=f"{question.metric.name}-{question.grain}")
    with st.expander(_("Link and SQL")):
        address = str(st.context.url or "").split("?")[0]
        st.code(f"{address}?{urlencode(st.query_params.to_dict())}", language=None, wrap_lines=True)
        st.code(exploring.sql(question, periods), language="sql")
