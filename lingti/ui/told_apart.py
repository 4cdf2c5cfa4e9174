"""Communities beside each other on a page: who can be told from the others, and the picture."""

from __future__ import annotations

import htpy as h
import pandas as pd

from lingti import charts
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, period_values, sentences, told_apart, told_apart_words
from lingti.judging.period_values import View
from lingti.judging.told_apart import Comparison
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui.elements import chart, paper
from lingti.ui.frame import Page
from lingti.ui.html_out import put
from lingti.warehouse.frames import plain


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


def by_community(
    page: Page, view: View, metric: Metric, totals: pd.DataFrame, notes_count: int
) -> None:
    """Draws a metric by community, as bars or as a funnel, and says who can be told apart.

    `notes_count` is how many notes stand below the picture beside it.
    """
    district = period_values.row(totals, metric.name)
    comparison = compared(page, view, metric)
    is_funnel = comparison is not None and comparison.are_many and comparison.limits(1) is not None
    unit = number_text.unit(metric, "residents" if is_funnel else view.per)
    with paper(
        _("By community"),
        unit if is_funnel else sentences.district_value(district, metric, view.per),
        key="places",
    ):
        if comparison is not None and is_funnel:
            chart(
                charts.funnel(comparison, metric, page.look, chosen=view.communities), key="funnel"
            )
        else:
            _bars(page, view, metric, totals, comparison, _row_height(len(totals) - 1, notes_count))
        says = [
            told_apart_words.sentence(comparison, metric, page.look.name),
            _funnel_words() if is_funnel else "",
            sentences.missing(totals, page.look.name),
        ]
        put(h.p(".lt-chart-sub")[sentences.paragraph(says)])


def _funnel_words() -> str:
    return _(
        "Dotted limits hold 95%, the others 99.8% of communities that differ no more than usual;"
        " filled marks can be told from the others."
    )


def _bars(
    page: Page,
    view: View,
    metric: Metric,
    totals: pd.DataFrame,
    comparison: Comparison | None,
    row_height: int,
) -> None:
    district = period_values.row(totals, metric.name)
    figure = charts.bars_by_community(
        totals,
        metric,
        page.look,
        per=view.per,
        reference=plain(district.value) if comparable(metric, view) else None,
        reference_name=page.look.name(DISTRICT),
        row_height=row_height,
        intervals=told_apart.whiskers(comparison, metric, view.per),
    )
    chart(figure, key="bars")


def _row_height(bars: int, notes_count: int) -> int:
    """The px of one bar, so that a few fill the height of the picture and its notes beside them."""
    return min(96, max(40, (270 + 24 * notes_count) // max(1, bars)))
