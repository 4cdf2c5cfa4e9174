"""A district of many communities: which of them stand on a page, and how to come to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import htpy as h
import streamlit as st

from lingti import charts
from lingti.catalog import Metric
from lingti.judging import number_text, period_values
from lingti.judging.period_values import MOST_BESIDE, View
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.elements import chart, paper
from lingti.ui.parts.html_out import put, send
from lingti.ui.window.frame import Page


def subdistricts(page: Page) -> list[str]:
    """The subdistricts of the district, as the settings order them; "" for none is left out."""
    named = (community.subdistrict.zh for community in page.district.communities)
    return [fromkey for fromkey in dict.fromkeys(named) if fromkey]


def shown(page: Page) -> list[str]:
    """The communities that the address asks for, as many as have room on a page."""
    chosen = _chosen(page)
    start = (_number(len(chosen)) - 1) * MOST_BESIDE
    return chosen[start : start + MOST_BESIDE]


def are_many(page: Page) -> bool:
    """Whether the district has more communities than a page can show beside each other."""
    return len(page.district.communities) > MOST_BESIDE


def narrow(page: Page) -> list[str]:
    """All communities; of many those chosen here, for pages without other filters."""
    if not are_many(page):
        return [community.id for community in page.district.communities]
    with st.container(horizontal=True, key="lt-filters", vertical_alignment="bottom", gap="small"):
        choose(page)
    turn(page)
    return shown(page)


def choose(page: Page) -> None:
    """A subdistrict, and a search for communities; both are kept in the address."""
    known = subdistricts(page)
    if len(known) > 1:
        titles = {
            community.subdistrict.zh: community.subdistrict.pick()
            for community in page.district.communities
        } | {"": _("All {count}").format(count=number_text.exact(len(known)))}
        st.selectbox(
            _("Subdistrict"),
            ["", *known],
            label_visibility="collapsed",
            format_func=titles.__getitem__,
            filter_mode="contains",
            width=180,
            **url.follow("area", url.AREA, _area(page), _changed_area),
        )
    pool = _pool(page)
    st.multiselect(
        _("Communities"),
        pool,
        label_visibility="collapsed",
        format_func=page.look.name,
        placeholder=_("All {count}; type to search").format(count=number_text.exact(len(pool))),
        select_all=False,
        filter_mode="contains",
        width=340,
        **url.follow("communities", url.COMMUNITIES, _named(pool), ",".join),
    )


def turn(page: Page) -> None:
    """Says which communities are shown and which are not, and turns to the next ones."""
    chosen = _chosen(page)
    if len(chosen) <= MOST_BESIDE:
        return
    number = _number(len(chosen))
    first, last = (number - 1) * MOST_BESIDE + 1, min(number * MOST_BESIDE, len(chosen))
    words = _(
        "Shown: communities {first} to {last} of {count}. The district counts every community."
    ).format(
        first=number_text.exact(first),
        last=number_text.exact(last),
        count=number_text.exact(len(chosen)),
    )
    with st.container(horizontal=True, key="lt-turn", vertical_alignment="center", gap="medium"):
        send(h.p(".lt-chart-sub")[words], width="content")
        key = f"turned-{number}"  # of its own: a pagination takes a default, and no state set
        st.pagination(
            -(-len(chosen) // MOST_BESIDE), default=number, key=key, on_change=_turn_to, args=(key,)
        )


def by_subdistrict(page: Page, view: View, metric: Metric, *, key: str) -> None:
    """One bar per subdistrict, the largest first; nothing in a district of few communities."""
    known = subdistricts(page)
    if not are_many(page) or len(known) < 2:
        return
    with paper(
        _("{title} by subdistrict").format(title=metric.title.pick()),
        number_text.unit(metric, view.per),
        key=f"subdistricts-{key}",
    ):
        if not metric.adds_up:
            words = _("The same person may count in several communities, so this is not added up.")
            put(h.p(".lt-chart-sub")[words])
            return
        frame = period_values.by_subdistrict(page.warehouse, view, metric, page.district)
        largest = frame.sort_values("value", ascending=False, na_position="last").head(MOST_BESIDE)
        titles = {
            community.subdistrict.zh: community.subdistrict.pick()
            for community in page.district.communities
        }
        look = replace(
            page.look,
            names=titles,
            colours=dict.fromkeys(titles, page.look.accent),
            symbols=dict.fromkeys(titles, "circle"),
        )
        chart(charts.bars_by_community(largest, metric, look, per=view.per), key=f"areas-{key}")
        if len(frame) > len(largest):
            words = _("Shown: the {shown} largest of {count} subdistricts.").format(
                shown=number_text.exact(len(largest)), count=number_text.exact(len(frame))
            )
            put(h.p(".lt-chart-sub")[words])


def _turn_to(key: str) -> None:
    number = int(st.session_state[key])
    url.write(url.TURNED, "" if number == 1 else str(number))


def _area(page: Page) -> str:
    asked = url.read(url.AREA)
    return asked if asked in subdistricts(page) else ""


def _changed_area(name: str) -> str:
    """What was chosen in another subdistrict is no longer looked at."""
    url.write(url.COMMUNITIES, "")
    url.write(url.TURNED, "")
    return name


def _pool(page: Page) -> list[str]:
    area = _area(page)
    return [
        community.id
        for community in page.district.communities
        if area in ("", community.subdistrict.zh)
    ]


def _named(pool: Sequence[str]) -> list[str]:
    named = set(url.read(url.COMMUNITIES).split(","))
    return [community for community in pool if community in named]


def _chosen(page: Page) -> list[str]:
    pool = _pool(page)
    return _named(pool) or pool


def _number(count: int) -> int:
    """Which lot of communities the address asks for, from 1."""
    asked = url.read(url.TURNED)
    return max(1, min(int(asked) if asked.isdigit() else 1, -(-count // MOST_BESIDE)))
