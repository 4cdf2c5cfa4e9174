"""What a metric would have said of the last twelve months, before it is kept."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lingti import charts
from lingti.catalog import DISTRICT, CatalogError, Metric
from lingti.catalog.own import OwnMetric, OwnTable, metric_sql, read_metric, table_sql
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui.parts.elements import chart, empty, paper
from lingti.ui.parts.tables import Column, listing
from lingti.ui.window.frame import Page
from lingti.warehouse import ask
from lingti.warehouse.frames import plain, rows

MONTHS = 12
MOST_PLACES = 6  # beside the district


def preview(page: Page, drawn: OwnMetric, of: OwnTable) -> None:
    """Draws the last twelve months, and the header and select as they would be kept."""
    with st.expander(_("As it is kept: header and select")):
        st.code(metric_sql(drawn, of), language="sql")
        st.code(table_sql(of), language="sql")
    months = page.periods["month"][-MONTHS:]
    if not months or of.name not in page.warehouse.catalog.tables:
        empty(_("Nothing was imported yet: its numbers come with the first sheet."))
        return
    try:
        metric = read_metric(drawn, of, page.catalog)
    except CatalogError as error:
        st.error(str(error))
        return
    asked = [("month", month.id, month.first_day, month.last_day) for month in months]
    frame = pd.DataFrame(ask.in_periods(page.warehouse, metric, asked))
    frame = frame[frame["dimension"].isna()].drop(columns=["dimension", "member"])
    frame = frame.sort_values(["period", "community"])
    if frame["value"].isna().all():
        empty(_("Of the last twelve months there is no number of it yet."))
        return
    with paper(_("The last twelve months"), metric.unit.pick(), key="own-preview"):
        places = [community.id for community in page.district.communities]
        lines = frame[frame["community"].isin(places)]
        chart(charts.lines_over_time(lines, metric, page.look, height=300), key="own-preview")
    _months(page, metric, frame, [DISTRICT, *places[:MOST_PLACES]])


def _months(page: Page, metric: Metric, totals: pd.DataFrame, places: list[str]) -> None:
    """A row per month, the newest first, and a column per place."""
    written = {(row.period, row.community): _shown(row, metric) for row in rows(totals)}
    frame = pd.DataFrame(
        [
            {
                "month": number_text.period("month", month),
                **{place: written.get((month, place), "") for place in places},
            }
            for month in sorted({month for month, _place in written}, reverse=True)
        ]
    )
    columns = [
        Column("month", _("Month"), heading=True),
        *(Column(place, page.look.name(place), number=True) for place in places),
    ]
    listing(frame, columns)


def _shown(row: Any, metric: Metric) -> str:
    """A number of a frame's row, or why there is none."""
    value = plain(row.value)
    if value is None:
        return number_text.state(number_text.state_of(None, row.state))
    return number_text.bare_exact(value, metric)
