"""Communities beside each other on a page: who can be told from the others."""

from __future__ import annotations

import pandas as pd

from lingti.catalog import Metric
from lingti.judging.between import told_apart
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui.window.frame import Page


def compared(page: Page, view: View, metric: Metric) -> Comparison | None:
    """How all communities can be told apart in the view's period, as its reader may know it."""
    comparisons = told_apart.of(
        page.warehouse, [metric.name], view.period, published=view.published
    )
    return comparisons.get(metric.name)


def ahead(page: Page, view: View, totals: pd.DataFrame, name: str) -> str:
    """Who has the highest rate of a metric, where that can be told, and who is missing."""
    comparison = compared(page, view, page.catalog.metrics[name])
    return topics.ahead(totals, name, view, page.look.name, comparison)


def comparable(metric: Metric, view: View) -> bool:
    """Whether the district's value can stand beside a community's: a rate or share, no sum."""
    return view.per != "total" or not metric.scalable


def funnel_words() -> str:
    """How to read a funnel."""
    return _(
        "Dotted limits hold 95%, the others 99.8% of communities that differ no more than usual;"
        " filled marks can be told from the others."
    )
