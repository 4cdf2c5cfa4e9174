"""The communities of a comparison as a table: number, rate, interval, before, and what is told."""

from __future__ import annotations

import htpy as h
import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, period_values
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.language import gettext as _
from lingti.ui.parts.cards import change_html
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.picture_sheets import ShownAs
from lingti.ui.parts.tables import Cell, Column, as_it_is, table, unbroken
from lingti.ui.parts.verdict_marks import verdict_mark, verdict_of
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain


def table_of(
    page: Page,
    view: View,
    per: str,
    metric: Metric,
    totals: tuple[pd.DataFrame, pd.DataFrame],
    comparison: Comparison | None,
    shown: ShownAs,
    *,
    name: str,
) -> None:
    """One row per place. `totals` are the numbers of the view, and those `per` 1,000."""
    plain_totals, rates = totals
    frame = pd.DataFrame(
        [
            _row(page, view, per, metric, place, plain_totals, rates, comparison)
            for place in view.places
        ]
    )
    is_rate = metric.scalable and view.per == "total" and per != "total"
    columns = [
        Column("place", _("Place"), html=unbroken, heading=True),
        Column("value", _("Number"), html=as_it_is, number=True),
        *([Column("rate", number_text.unit(metric, per), number=True)] if is_rate else []),
        Column("interval", _("95% interval"), number=True),
        Column("change", _("Period before"), html=as_it_is),
        Column("against", _("Beside the others")),
        Column("verdict", _("Verdict"), html=as_it_is),
    ]
    table(frame, columns, name=name, shown=shown)


def _row(
    page: Page,
    view: View,
    per: str,
    metric: Metric,
    place: str,
    totals: pd.DataFrame,
    rates: pd.DataFrame,
    comparison: Comparison | None,
) -> dict[str, Html | str]:
    row = period_values.row(totals, metric.name, place)
    rate = plain(period_values.row(rates, metric.name, place).value)
    verdict = verdict_of(row)
    beside = comparison.of(place) if comparison is not None and place != DISTRICT else None
    return {
        "place": page.look.name(place),
        "value": Cell(row, metric, view, view.period).html(),
        "rate": number_text.bare(rate, metric, per),
        "interval": told_apart_words.interval_words(beside, metric)
        if beside
        else number_text.NOTHING,
        "change": change_html(row, metric, view) or number_text.NOTHING,
        "against": told_apart_words.against_words(beside.against)
        if beside
        else number_text.NOTHING,
        "verdict": verdict_mark(verdict) if verdict is not None else h.span[number_text.NOTHING],
    }
