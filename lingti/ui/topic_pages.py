"""Which page shows a topic: one of the program's, or the page of all others, and its metrics."""

from __future__ import annotations

import htpy as h
import streamlit as st

from lingti import catalog
from lingti.access import roles
from lingti.catalog import Catalog, Metric
from lingti.judging import judged_totals
from lingti.judging.period_values import View
from lingti.language import gettext as _
from lingti.ui import url
from lingti.ui.cards import cards
from lingti.ui.elements import empty, section
from lingti.ui.frame import Page
from lingti.ui.html_out import put
from lingti.ui.menu import N_
from lingti.ui.tables import by_community

_ADDED = ("own_", "pack_")  # what the names of metrics begin with that the program does not have
TOPIC = "topic"  # the part of the address that names it


def metrics_of(known: Catalog, topic: str) -> list[str]:
    """The metrics of a topic that have no page of their own, counts and sums first."""
    metrics = [
        metric for metric in known.metrics.values() if metric.group == topic and _is_own(metric)
    ]
    return [
        metric.name
        for metric in sorted(metrics, key=lambda metric: (not metric.scalable, metric.name))
    ]


def _is_own(metric: Metric) -> bool:
    return metric.group not in catalog.GROUPS or metric.name.startswith(_ADDED)


def of_ones_own(page: Page, view: View, topic: str) -> None:
    """Below a topic of the program's: the metrics that the home or a pack adds to it."""
    names = metrics_of(page.catalog, topic)
    if not names:
        return
    totals = judged_totals.totals(page.warehouse, view, names)
    section(_("Metrics of one's own"))
    cards(view, totals, place=view.focus)
    by_community(page, view, totals, name=f"{topic}-own")


def title() -> str:
    """The title of the topic that the address names, as `ui.page` takes it."""
    named = catalog.group_title(url.read(TOPIC))
    return named.replace("{", "(").replace("}", ")") or N_("Topics of one's own")


def metrics_or_stop(page: Page) -> list[str]:
    """The metrics of the topic that the address names; says where none come from, and stops."""
    names = metrics_of(page.catalog, url.read(TOPIC))
    if not names:
        _say_none(page)
        st.stop()
    return names


def _say_none(page: Page) -> None:
    empty(_("This topic has no metrics here. It may have been removed or archived."))
    if page.may(roles.ADMINISTER):
        href = url.link("settings", part="own")
        put(h.p[h.a(".lt-defined", href=href)[_("Topics of one's own"), " →"]])
