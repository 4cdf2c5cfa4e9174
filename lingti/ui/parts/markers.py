"""Small drawings inside text: the marker of a community, and a curve without axes.

They are images of inline SVG: Streamlit takes SVG elements out of HTML, and lets images be.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

import htpy as h
from markupsafe import Markup

from lingti import palette
from lingti.ui.parts.html_out import Html

_SHAPES = {
    "circle": "<circle cx='6' cy='6' r='5'/>",
    "square": "<rect x='1.5' y='1.5' width='9' height='9'/>",
    "diamond": "<path d='M6 .5 11.5 6 6 11.5 .5 6Z'/>",
    "triangle-up": "<path d='M6 1 11.5 11H.5Z'/>",
    "pentagon": "<path d='M6 .5 11.6 4.6 9.5 11.2H2.5L.4 4.6Z'/>",
    "cross": "<path d='M4 1h4v3h3v4H8v3H4V8H1V4h3Z'/>",
}
_WIDE, _HIGH = 160, 28


@lru_cache(maxsize=512)
def mark(symbol: str, colour: str) -> Html:
    """The marker that a community also has in the charts."""
    shape = _SHAPES.get(symbol, _SHAPES["circle"])
    return _image("lt-mark", 12, 12, f"<g fill='{colour}'>{shape}</g>")


def hollow_point(colour: str = palette.GREY) -> Html:
    """A point of which a part is missing, as the charts draw it."""
    ring = f"<circle cx='6' cy='6' r='4' fill='none' stroke='{colour}' stroke-width='2'/>"
    return _image("lt-mark", 12, 12, ring)


def hatched_bar(colour: str = palette.GREY) -> Html:
    """A bar of which a part is missing, as the charts draw it."""
    lines = "M1 7 7 1M1 12 12 1M6 12 17 1M11 12 22 1M16 12 23 5M21 12 23 10"
    bar = f"<path d='M1 1H23V12H1Z{lines}' fill='none' stroke='{colour}' stroke-width='1.5'/>"
    return _image("lt-hatched", 24, 13, bar)


def sparkline(values: list[float | None], colour: str) -> Html | None:
    """A curve over time with gaps where there is no number and a dot at its end; None if empty."""
    known = [value for value in values if value is not None]
    if len(values) < 2 or not known:
        return None
    top = max(*known, 0.0) or 1.0
    step = (_WIDE - 6) / (len(values) - 1)
    points = [
        None if value is None else (3 + at * step, _HIGH - 3 - (_HIGH - 6) * value / top)
        for at, value in enumerate(values)
    ]
    drawn = "".join(
        f"<polyline points='{' '.join(f'{x:.1f},{y:.1f}' for x, y in run)}'/>"
        if len(run) > 1
        else _dot(run[0], 1.6, colour)
        for run in _runs(points)
    )
    end = _dot(points[-1], 2.8, colour) if points[-1] else ""
    stroke = "stroke-width='1.75' stroke-linejoin='round' stroke-linecap='round'"
    curve = f"<g fill='none' stroke='{colour}' {stroke}>{drawn}</g>{end}"
    return _image("lt-spark", _WIDE, _HIGH, curve)


def _dot(at: tuple[float, float], radius: float, colour: str) -> str:
    return f"<circle cx='{at[0]:.1f}' cy='{at[1]:.1f}' r='{radius}' fill='{colour}' stroke='none'/>"


def _image(name: str, width: int, height: int, drawn: str) -> Html:
    box = f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{drawn}</svg>"
    return Markup(h.img(class_=name, alt="", src=f"data:image/svg+xml,{quote(svg)}"))


def _runs(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points in stretches without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
