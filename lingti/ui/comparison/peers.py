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
from lingti.judging.between.told_apart import whiskers
from lingti.judging.between.told_apart_words import of_place
from lingti.judging.period_values import MOST_BESIDE, View
from lingti.judging.sentences import paragraph
from lingti.language import gettext as _
from lingti.ui.comparison import many_communities, told_apart
from lingti.ui.parts import pickers
from lingti.ui.parts.elements import chart, empty, paper, section
from lingti.ui.parts.html_out import send
from lingti.ui.parts.pickers import pick
from lingti.ui.window.frame import Page

NEAREST = 20  # communities of similar size


def peers(page: Page, view: View, of: Community) -> None:
    """A headline number of a community beside those of its peers; nothing where all are on a page.

    Nobody is ranked: those nearest in residents are drawn, and how it lies to all others is told.
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
        kind = pickers.choose_one("peers", list(kinds), kinds.__getitem__, _("Peers"))
        known = page.catalog.metrics
        offered = [known[name] for name in of.headlines] or [known["volunteer_hours"]]
        titles = {offer.name: offer.title.pick() for offer in offered}
        metric = known[pick("peer-metric", list(titles), titles.__getitem__, many=True)]
    ids = [community.id for community in alike(page, of, kind)]
    if not ids:
        empty(_("No other community is like it in this."))
        return
    per = "residents" if metric.scalable else "total"
    among = replace(view, communities=(of.id, *ids), per=per)
    totals = period_values.totals(page.warehouse, among, [metric.name])
    _picture(page, among, totals[totals["community"] != DISTRICT], metric, of)


def alike(page: Page, of: Community, kind: str) -> list[Community]:
    """The other communities of the same subdistrict or topic, or the nearest in residents."""
    others = [community for community in page.district.communities if community.id != of.id]
    if kind == "size":
        if of.residents is None:
            return []
        sized = [
            (abs(other.residents - of.residents), other) for other in others if other.residents
        ]
        return [community for _gap, community in sorted(sized, key=lambda each: each[0])[:NEAREST]]
    if kind == "topic":
        return [other for other in others if other.topic == of.topic]
    return [other for other in others if other.subdistrict == of.subdistrict]


def _picture(page: Page, view: View, frame: pd.DataFrame, metric: Metric, of: Community) -> None:
    """The community and the peers nearest to it in residents, in the district's order."""
    residents = {community.id: community.residents or 0 for community in page.district.communities}
    own = of.residents or 0
    away = frame["community"].map(lambda community: abs(residents[community] - own))
    nearest = frame.loc[away.sort_values(kind="stable").head(MOST_BESIDE).index]
    drawn = nearest.sort_values("community", key=lambda column: column.map(list(residents).index))
    look = replace(
        page.look,
        colours=dict.fromkeys(frame["community"], page.look.grid)
        | {of.id: page.look.colours[of.id]},
    )
    compared = told_apart.compared(page, view, metric)
    with paper(metric.title.pick(), _words(page, frame, metric, of.id, view.per), key="peers"):
        chart(
            charts.bars_by_community(
                drawn,
                metric,
                look,
                per=view.per,
                intervals=whiskers(compared, metric, view.per),
            ),
            key="peers-bars",
        )
        sentences = [of_place(compared.of(of.id) if compared else None, metric)]
        if len(frame) > len(drawn):
            sentences.append(
                _("Shown: {shown} of {count}, the nearest in residents.").format(
                    shown=number_text.exact(len(drawn)), count=number_text.exact(len(frame))
                )
            )
        send(h.p(".lt-chart-sub")[paragraph(sentences)])


def _words(page: Page, frame: pd.DataFrame, metric: Metric, place: str, per: str) -> str:
    """Its number beside the median of all that have one."""
    numbers = frame[frame["value"].notna()]
    own = numbers[numbers["community"] == place]["value"]
    if own.empty:
        return _("{name} has no number to compare.").format(name=page.look.name(place))
    return _("{name}: {value}; the median of {count} communities is {median}.").format(
        name=page.look.name(place),
        value=number_text.measured(float(own.iloc[0]), metric, per),
        count=number_text.exact(len(numbers)),
        median=number_text.measured(float(numbers["value"].median()), metric, per),
    )
