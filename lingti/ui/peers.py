"""One community among its peers, in a district of many: the same subdistrict, topic, or size."""

from __future__ import annotations

from dataclasses import replace

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts
from lingti.catalog import DISTRICT, Metric
from lingti.district import Community
from lingti.judging import number_text, period_values
from lingti.judging.period_values import MOST_BESIDE, View
from lingti.language import gettext as _
from lingti.ui import many_communities, pickers
from lingti.ui.comparison import pick
from lingti.ui.elements import chart, empty, paper, section
from lingti.ui.frame import Page
from lingti.ui.html_out import send

NEAREST = 20  # communities of similar size


def peers(page: Page, view: View, of: Community) -> None:
    """A headline number of a community beside those of its peers; nothing where all are on a page.

    The largest of its peers are drawn, and the community itself wherever it stands.
    """
    if not many_communities.are_many(page):
        return
    kinds = {
        "subdistrict": _("Same subdistrict"),
        "topic": _("Same topic"),
        "size": _("Similar size"),
    }
    section(_("Among its peers"), _("Per 1,000 residents where that makes sense."))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = pickers.one("peers", list(kinds), kinds.__getitem__, _("Peers"))
        known = page.catalog.metrics
        offered = [known[name] for name in of.headlines] or [known["volunteer_hours"]]
        titles = {one.name: one.title.pick() for one in offered}
        metric = known[pick("peer-metric", list(titles), titles.__getitem__, many=True)]
    ids = [one.id for one in alike(page, of, kind)]
    if not ids:
        empty(_("No other community is like it in this."))
        return
    per = "residents" if metric.scalable else "total"
    among = replace(view, communities=(of.id, *ids), per=per)
    totals = period_values.totals(page.warehouse, among, [metric.name])
    _picture(page, totals[totals["community"] != DISTRICT], metric, of.id, per)


def alike(page: Page, of: Community, kind: str) -> list[Community]:
    """The other communities of the same subdistrict or topic, or the nearest in residents."""
    others = [one for one in page.district.communities if one.id != of.id]
    if kind == "size":
        return sorted(others, key=lambda one: abs(one.residents - of.residents))[:NEAREST]
    if kind == "topic":
        return [one for one in others if one.topic == of.topic]
    return [one for one in others if one.subdistrict == of.subdistrict]


def _picture(page: Page, found: pd.DataFrame, metric: Metric, place: str, per: str) -> None:
    ranked = found.sort_values("value", ascending=metric.better == "down", na_position="last")
    drawn = ranked.head(MOST_BESIDE)
    if place not in set(drawn["community"]):
        drawn = pd.concat([ranked.head(MOST_BESIDE - 1), ranked[ranked["community"] == place]])
    own = page.look.colours[place]
    look = replace(
        page.look,
        colours=dict.fromkeys(found["community"], page.look.grid) | {place: own},
    )
    with paper(metric.title.pick(), _rank_words(page, ranked, metric, place, per), key="peers"):
        chart(charts.bars_by_community(drawn, metric, look, per=per), key="peers-bars")
        if len(found) > len(drawn):
            words = _("Shown: {shown} of {count}, the best first.").format(
                shown=number_text.exact(len(drawn)), count=number_text.exact(len(found))
            )
            send(h.p(".lt-chart-sub")[words])


def _rank_words(page: Page, ranked: pd.DataFrame, metric: Metric, place: str, per: str) -> str:
    """Which place it has among those with a number, and their median."""
    numbers = ranked[ranked["value"].notna()]
    own = numbers[numbers["community"] == place]["value"]
    if own.empty:
        return _("{name} has no number to compare.").format(name=page.look.name(place))
    value = float(own.iloc[0])
    better = numbers["value"] < value if metric.better == "down" else numbers["value"] > value
    return _("{name}: {value}, place {rank} of {count}; their median is {median}.").format(
        name=page.look.name(place),
        value=number_text.measured(value, metric, per),
        rank=number_text.exact(int(better.sum()) + 1),
        count=number_text.exact(len(numbers)),
        median=number_text.measured(float(numbers["value"].median()), metric, per),
    )
