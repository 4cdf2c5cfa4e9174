"""Annotations on a page: the numbered list under a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import htpy as h

from lingti import charts
from lingti.catalog import Metric
from lingti.district.journal import Note
from lingti.judging import annotations as annotations_module
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.ui.parts.elements import chart
from lingti.ui.parts.html_out import put
from lingti.ui.window.frame import Page


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
    notes: list[Note] = []
    if periods:
        notes = annotations_module.on_charts(
            page.warehouse, metric, places, periods[0].first_day, periods[-1].last_day
        )
    chart(charts.with_notes(figure, notes, periods, page.look), key=key)
    numbered_list(page, notes)
    return notes


def numbered_list(page: Page, notes: Sequence[Note]) -> None:
    """What the numbers on a chart stand for; nothing where there are none."""
    if not notes:
        return
    items = [
        h.li[
            h.b[number],
            h.span[
                number_text.day(note.day), " · ", page.look.name(note.community), " · ", note.text
            ],
        ]
        for number, note in enumerate(notes, 1)
    ]
    put(h.ol(".lt-notes")[items])
