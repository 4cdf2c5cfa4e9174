"""What somebody who explores asks for: a metric, by what, over which days, of which places."""

from __future__ import annotations

from datetime import date

import streamlit as st

from lingti.catalog import DISTRICT, Metric, dimension_title
from lingti.judging import exploring
from lingti.judging.exploring import RANGE, Asked
from lingti.judging.period_values import MOST_BESIDE
from lingti.language import gettext as _
from lingti.ui.comparison import many_communities
from lingti.ui.parts import pickers, url
from lingti.ui.window.frame import Page


def asked(page: Page, default: str) -> Asked:
    """What the reader wants to see; every choice stands in the address."""
    with st.container(horizontal=True, key="lt-filters", vertical_alignment="bottom", gap="small"):
        metric = pickers.metric(page, default)
        dimension = _dimension(metric)
        offered = exploring.grains(published=page.published)
        grain = pickers.choose_one("grain", offered, _grain_words, _("Points on the chart"))
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
            format_func=lambda dimension: (
                dimension_title(metric, dimension).pick() if dimension else _("in total")
            ),
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
        follow = url.follow(f"explore-{name}", name, day, lambda day: day.isoformat())
        st.date_input(label, width=150, format="YYYY-MM-DD", **follow)
        chosen.append(day)
    return min(chosen), max(chosen)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _places(page: Page) -> tuple[str, ...]:
    known = [*(community.id for community in page.district.communities), DISTRICT]
    named = url.read("places").split(",")
    chosen = [one for one in known if one in named] or known[:-1][:MOST_BESIDE]
    follow = url.follow(
        "explore-places", "places", chosen, lambda ids: ",".join(o for o in known if o in ids)
    )
    if many_communities.are_many(page):
        st.multiselect(
            _("Places"),
            known,
            format_func=page.look.name,
            max_selections=MOST_BESIDE,
            select_all=False,
            filter_mode="contains",
            **follow,
        )
        return tuple(chosen[:MOST_BESIDE])
    st.pills(
        _("Places"),
        known,
        selection_mode="multi",
        wrap=True,
        format_func=page.look.name,
        **follow,
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
    return pickers.choose_one(url.PER, list(names), names.__getitem__, _("Shown as"))
