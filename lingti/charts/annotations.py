"""What happened, drawn on a chart over time: numbered lines that a list below explains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import plotly.graph_objects as go

from lingti.catalog import DISTRICT
from lingti.charts.looks import Look
from lingti.district.journal import Note
from lingti.judging import number_text
from lingti.judging.periods import Period


def with_notes(
    figure: go.Figure,
    notes: Sequence[Note],
    periods: Sequence[Period],
    look: Look,
    *,
    of: str = "",
) -> go.Figure:
    """Draws notes on a chart whose axis has one place per period; numbers as `numbered` gives.

    Of a chart of one community, named by `of`, those of it and of the district.
    """
    for period in periods:
        inside = [
            (number, note)
            for number, note in numbered(notes)
            if period.first_day <= note.day <= period.last_day
            and (not of or note.community in (of, DISTRICT))
        ]
        if inside:
            _mark(figure, look, period.id, inside)
    return figure


def with_notes_by_day(figure: go.Figure, notes: Sequence[Note], look: Look) -> go.Figure:
    """Draws notes on a chart whose axis is a calendar."""
    for number, note in numbered(notes):
        _mark(figure, look, note.day, [(number, note)])
    return figure


def numbered(notes: Sequence[Note]) -> list[tuple[int, Note]]:
    """Notes with the numbers they have on a chart and in the list below it, from 1."""
    return list(enumerate(notes, 1))


def _mark(figure: go.Figure, look: Look, x: str | date, inside: Sequence[tuple[int, Note]]) -> None:
    """A line with the numbers of all notes at one place of the axis."""
    figure.add_shape(
        type="line",
        x0=x,
        x1=x,
        y0=0,
        y1=1,
        yref="paper",
        layer="below",
        line={"color": look.accent, "width": 1, "dash": "dot"},
    )
    figure.add_annotation(
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="<b>" + " ".join(str(number) for number, _note in inside) + "</b>",
        hovertext="<br>".join(
            f"{number_text.day(note.day)} {escape(note.text)}" for _number, note in inside
        ),
        showarrow=False,
        bgcolor=look.accent,
        borderpad=2,
        font={"color": look.paper, "size": 11},
    )
