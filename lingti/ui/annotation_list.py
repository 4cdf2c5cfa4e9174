"""Annotations on a page: the numbered list under a chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from lingti import charts
from lingti.catalog import Metric
from lingti.district.journal import Note
from lingti.judging import annotations as annotations_module
from lingti.judging import number_text
from lingti.judging.period_values import Period
from lingti.ui.elements import chart
from lingti.ui.frame import Page
from lingti.ui.html_out import put


def noted_chart(
    page: Page,
    figure: Any,
    metric: Metric,
    places: Sequence[str],
    periods: Sequence[Period],
    *,
    key: str,
) -> list[Note]:
    """A chart over these periods with what happened in these places drawn on it, and its list.

    Returns what happened.
    """
    found: list[Note] = []
    if periods:
        found = annotations_module.on_charts(
            page.warehouse, metric, places, periods[0].first_day, periods[-1].last_day
        )
    chart(charts.with_notes(figure, found, periods, page.look), key=key)
    numbered_list(page, found)
    return found


def numbered_list(page: Page, found: Sequence[Note]) -> None:
    """What the numbers on a chart stand for; nothing where there are none."""
    if not found:
        return
    items = "".join(
        f"<li><b>{number}</b><span>{escape(number_text.day(note.day))} · "
        f"{escape(page.look.name(note.community))} · {escape(note.text)}</span></li>"
        for number, note in enumerate(found, 1)
    )
    put(f"<ol class='lt-notes'>{items}</ol>")
