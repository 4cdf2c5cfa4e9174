"""Which page shows a topic: one of the program's, or the page of all others, and its metrics."""

from __future__ import annotations

import htpy as h
import streamlit as st

from lingti import catalog
from lingti.access import roles
from lingti.catalog import Catalog, Metric
from lingti.language import gettext as _
from lingti.ui.comparison.metric_chooser import Group
from lingti.ui.parts import url
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import put
from lingti.ui.window.frame import Page
from lingti.ui.window.menu import N_

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


def added(page: Page, topic: str) -> list[Group]:
    """The metrics that the home or a pack adds to a topic of the program's, as one more group."""
    names = metrics_of(page.catalog, topic)
    return [Group(_("Metrics of one's own"), names)] if names else []


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
