"""Exploring on a page: the choices, the picture, and its link, SQL and download."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from lingti import charts, formats
from lingti.catalog import DISTRICT, Metric, dimension_title, member_title
from lingti.frames import rows
from lingti.judging import exploring
from lingti.judging.exploring import RANGE, Asked
from lingti.language import gettext as _
from lingti.safety.access import ROWS
from lingti.ui import choose, notes, url
from lingti.ui.blocks import chart, columns, empty
from lingti.ui.comparison import member_words
from lingti.ui.frame import Page
from lingti.ui.tables import Column, downloads, listing, unbroken
from lingti.ui.trace import opening

MOST_MEMBERS = 6
MOST_SHOWN = 500


def asked(page: Page, default: str) -> Asked:
    """What the reader wants to see; every choice stands in the address."""
    with st.container(horizontal=True, key="lt-filters", vertical_alignment="bottom", gap="small"):
        metric = choose.metric(default)
        dimension = _dimension(metric)
        offered = exploring.grains(metric, dimension, published=page.published)
        grain = choose.one("grain", offered, _grain_words, _("Points on the chart"))
        first, last = _days(page)
        places = _places(page)
        per = _per(metric)
    return Asked(metric, dimension, grain, first, last, places, per, page.published)


def _dimension(metric: Metric) -> str:
    options = ["", *metric.dimensions]
    asked_for = url.read("by")
    chosen = asked_for if asked_for in options else ""
    return str(
        st.selectbox(
            _("Broken down by"),
            options,
            format_func=lambda one: dimension_title(metric, one).pick() if one else _("in total"),
            width=150,
            **url.follow("explore-by", "by", chosen, str),
        )
        or ""
    )


def _grain_words(grain: str) -> str:
    return {
        "week": _("Week"),
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        RANGE: _("All days together"),
    }[grain]


def _days(page: Page) -> tuple[date, date]:
    whole = page.periods["programme"][0]
    chosen = []
    for name, label, default in (
        ("from", _("First day"), whole.first_day),
        ("to", _("Last day"), whole.last_day),
    ):
        day = _day(url.read(name)) or default
        follow = url.follow(f"explore-{name}", name, day, lambda one: one.isoformat())
        st.date_input(label, width=150, format="YYYY-MM-DD", **follow)
        chosen.append(day)
    return min(chosen), max(chosen)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _places(page: Page) -> tuple[str, ...]:
    known = [*(one.id for one in page.district.communities), DISTRICT]
    named = url.read("places").split(",")
    chosen = [one for one in known if one in named] or known[:-1]
    st.pills(
        _("Places"),
        known,
        selection_mode="multi",
        wrap=True,
        format_func=page.look.name,
        **url.follow(
            "explore-places", "places", chosen, lambda ids: ",".join(o for o in known if o in ids)
        ),
    )
    return tuple(chosen)


def _per(metric: Metric) -> str:
    if not metric.scalable:
        return "total"
    names = {
        "total": _("Totals"),
        "residents": _("Per 1,000 residents"),
        "households": _("Per 1,000 households"),
    }
    return choose.one(url.PER, list(names), names.__getitem__, _("Shown as"))


def picture(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """The answer as the picture that is chosen above it."""
    names = {
        "line": _("Lines"),
        "bar": _("Bars"),
        "heat": _("Heat map"),
        "multiples": _("Small multiples"),
        "table": _("Table"),
    }
    chosen = choose.one("picture", question.pictures, names.__getitem__, _("Picture"))
    if frame.empty or frame["value"].isna().all():
        empty(_("There is no number for this choice. Take another range of days or more places."))
        return
    if chosen == "line":
        figure = charts.lines_over_time(frame, question.metric, page.look, per=question.per)
        periods = [
            one
            for one in page.periods[question.grain]
            if question.first_day <= one.last_day <= question.last_day
        ]
        notes.noted_chart(page, figure, question.metric, question.places, periods, key="explored")
    elif chosen == "bar":
        _bars(page, question, frame)
    elif chosen == "heat":
        _heat(page, question, frame)
    elif chosen == "multiples":
        _multiples(page, question, frame)
    if chosen == "table":
        numbers(page, question, frame)


def _bars(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    metric = question.metric
    if question.dimension:
        figure = charts.bars_by_member(
            frame,
            metric,
            page.look,
            member_name=partial(member_words, metric, question.dimension),
            stacked=metric.is_additive and not metric.is_share,
            per=question.per,
        )
    else:
        newest = frame[frame["period"] == frame["period"].iloc[-1]]
        st.caption(_period_words(question, str(newest["period"].iloc[0])))
        figure = charts.bars_by_community(newest, metric, page.look, per=question.per)
    chart(figure, key="explored")


def _heat(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """Members by places, members by periods of one place, or places by periods."""
    metric, place = question.metric, question.places[-1]
    shown = frame.copy()
    shown["place"] = [page.look.name(one) for one in shown["community"]]
    shown["when"] = [_period_words(question, one, short=True) for one in shown["period"]]
    if question.dimension:
        shown["part"] = [
            member_title(metric, question.dimension, str(one)).pick() for one in shown["member"]
        ]
    if question.dimension and question.grain != RANGE:
        place = choose.one("place", question.places, page.look.name, _("Whose"))
        shown = shown[shown["community"] == place]
    down, across = (
        ("part", "place" if question.grain == RANGE else "when")
        if question.dimension
        else ("place", "when")
    )
    grid = shown.pivot_table(index=down, columns=across, values="value", sort=False, dropna=False)
    grid = _whole(page, question, grid)
    chart(charts.heat_map(grid, metric, page.look, place=place), key="explored")


def _whole(page: Page, question: Asked, grid: pd.DataFrame) -> pd.DataFrame:
    """The grid with a column per period, also those without a number.

    Where other members of a column were reported, a member without rows is a true zero.
    """
    if question.dimension and question.metric.when_none == 0:
        reported = grid.notna().any()
        grid.loc[:, reported] = grid.loc[:, reported].fillna(0.0)
    if question.grain == RANGE:
        return grid
    names = [
        _period_words(question, one.id, short=True)
        for one in page.periods[question.grain]
        if question.first_day <= one.last_day <= question.last_day
    ]
    # In two years months have the same short names; then only those there are are shown.
    return grid.reindex(columns=names) if len(set(names)) == len(names) else grid


def _multiples(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """One small picture per place, or per member with the places as lines."""
    metric = question.metric
    if not question.dimension:
        figures = charts.small_multiples(frame, metric, page.look, per=question.per)
        titled = [(page.look.name(place), figure) for place, figure in figures.items()]
    else:
        most = frame.groupby("member")["value"].sum().sort_values(ascending=False)
        titled = [
            (
                member_title(metric, question.dimension, str(member)).pick(),
                charts.lines_over_time(
                    frame[frame["member"] == member], metric, page.look, height=240
                ),
            )
            for member in most.index[:MOST_MEMBERS]
        ]
    for at in range(0, len(titled), 2):
        for side, (title, figure) in zip(columns(2), titled[at : at + 2], strict=False):
            with side:
                st.html(f"<h3 class='lt-chart-title'>{escape(title)}</h3>")
                chart(figure, key=f"explored-{title}")


def _period_words(question: Asked, period: str, *, short: bool = False) -> str:
    if question.grain == RANGE:
        return f"{formats.day(question.first_day)} – {formats.day(question.last_day)}"
    return (formats.period_short if short else formats.period)(question.grain, period)


def numbers(page: Page, question: Asked, frame: pd.DataFrame) -> None:
    """Every number of the answer, one to a row, opening its rows."""
    metric = question.metric
    made = []
    for row in rows(frame):
        member = str(row.member) if question.dimension else ""
        shown = escape(formats.bare(row.value, metric, question.per))
        known = not pd.isna(row.value)
        made.append(
            {
                "place": page.look.name(row.community),
                "period": _period_words(question, row.period),
                "member": member_title(metric, question.dimension, member).pick() if member else "",
                "value": opening(
                    shown, metric.name, row.community, row.period, question.dimension, member
                )
                if known and page.may(ROWS, None if row.community == DISTRICT else row.community)
                else shown,
                "state": formats.state(formats.state_of(row.value if known else None, row.state)),
            }
        )
    shown_columns = [
        Column("place", _("Place"), html=unbroken, heading=True),
        Column("period", _("Period"), html=unbroken),
        *(
            [Column("member", dimension_title(metric, question.dimension).pick())]
            if question.dimension
            else []
        ),
        Column(
            "value",
            f"{metric.title.pick()} ({formats.unit(metric, question.per)})",
            html=str,
            number=True,
        ),
        Column("state", _("State")),
    ]
    frame_shown = pd.DataFrame(made).head(MOST_SHOWN)
    listing(frame_shown, shown_columns)


def taken_along(question: Asked, frame: pd.DataFrame) -> None:
    """The numbers to download, the link that shows the same again, and the SQL of it."""
    downloads(frame, name=f"{question.metric.name}-{question.grain}")
    with st.expander(_("Link and SQL")):
        query = "&".join(f"{name}={value}" for name, value in st.query_params.items())
        st.code(
            f"{str(st.context.url or '').split('?')[0]}?{query}", language=None, wrap_lines=True
        )
        st.code(exploring.sql(question), language="sql")
