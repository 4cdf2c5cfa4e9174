"""Levels across a picture, such as a mean, a limit or a target: named at its right."""

from __future__ import annotations

from collections.abc import Iterable

import plotly.graph_objects as go

from lingti.charts import parts
from lingti.charts.looks import Look


def top_of(values: Iterable[float]) -> float:
    """The upper end of an axis that holds these values; 1 where all are 0."""
    return max(values, default=0.0) or 1.0


def name_levels(
    figure: go.Figure, named: list[tuple[float, str, str]], top: float, plot_height: int
) -> None:
    """Writes what levels are at the right of a picture, moved apart where they are close.

    `named` holds (level, words, colour).
    """
    ordered = sorted(named)
    heights = parts.apart([level for level, *_ in ordered], top * 15 / plot_height, top * 1.03)
    for (_level, words, colour), height in zip(ordered, heights, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=words,
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"color": colour, "size": 12},
        )


def room_for(named: Iterable[tuple[float, str, str]]) -> int:
    """The px that the names of levels take at the right."""
    return max(92, parts.room(words for _level, words, _colour in named))


def across(figure: go.Figure, look: Look, level: float) -> None:
    """A line from left to right at a level that is to be reached."""
    figure.add_shape(
        type="line",
        x0=0,
        x1=1,
        xref="paper",
        y0=level,
        y1=level,
        layer="below",
        line={"color": look.ink, "width": 1.25, "dash": "longdashdot"},
    )
