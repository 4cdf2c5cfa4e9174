"""Parts that the pictures are put together from: lines, bars, words and axes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lingti.catalog import DISTRICT, Metric
from lingti.charts.looks import FONT, TEXT_SIZE, Look
from lingti.judging import number_text
from lingti.judging.reporting import revised, to_correct
from lingti.palette import NONE
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of

LEADER = 14  # px between the end of a line and its name


def blank(look: Look, height: int) -> go.Figure:
    return go.Figure(
        layout={
            "height": height,
            "autosize": True,
            "paper_bgcolor": NONE,
            "plot_bgcolor": NONE,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": look.ink},
            "showlegend": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": look.paper,
                "bordercolor": look.grid,
                "font": {"family": FONT, "size": TEXT_SIZE, "color": look.ink},
            },
            "dragmode": False,
            "template": "none",  # the usual one weighs more than the picture
        }
    )


def line_trace(
    look: Look, community: str, line: pd.DataFrame, metric: Metric, per: str, size: int = 9
) -> go.Scatter:
    """A line with markers of `size` px; the district's is dashed, with hollow ones alone."""
    colour, main = look.colours[community], community != DISTRICT
    is_hollow = [to_correct.is_less(row) for row in rows_of(line)]
    signs = [revised.SIGN if getattr(row, "revised", False) else "" for row in rows_of(line)]
    return go.Scatter(
        x=line["period"].tolist(),
        y=[plain(value) for value in line["value"]],
        name=look.name(community),
        mode="lines+markers+text" if any(signs) else "lines+markers",
        text=signs if any(signs) else None,
        textposition="top center",
        textfont={"color": look.muted, "size": TEXT_SIZE},
        meta=named(metric, rows_of(line)),
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour, "width": 2.5 if main else 2, "dash": None if main else "dash"},
        marker={
            "symbol": look.symbols[community],
            "size": [size if main or hollow else 0 for hollow in is_hollow],
            "color": [look.paper if hollow else colour for hollow in is_hollow],
            "line": {"color": colour, "width": 2},
            "opacity": 1,
        },
        customdata=[
            [number_text.period(row.grain, row.period), hover_words(row, metric, per)]
            for row in rows_of(line)
        ],
        hovertemplate="%{fullData.name} · %{customdata[0]}<br>"
        "<b>%{customdata[1]}</b><extra></extra>",
    )


def bar_trace(look: Look, community: str, name: str, value: float, *, is_less: bool) -> go.Bar:
    """A bar; hatched where its number is less, or other, than it seems."""
    colour = look.colours[community]
    hatched = {"shape": "/", "fgcolor": colour, "bgcolor": look.paper, "size": 7, "solidity": 0.35}
    return go.Bar(
        x=[value],
        y=[name],
        orientation="h",
        marker={
            "color": colour,
            "line": {"color": colour, "width": 1.5},
            **({"pattern": hatched} if is_less else {}),
        },
    )


def whisker(bar: go.Bar, look: Look, value: float, interval: tuple[float, float]) -> None:
    """Draws the interval of a bar's value as a thin line along it."""
    low, high = interval
    bar.error_x = {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, high - value)],
        "arrayminus": [max(0.0, value - low)],
        "color": look.ink,
        "thickness": 1,
        "width": 4,
    }


def named(metric: Metric, rows: Iterable[Any]) -> dict[str, Any]:
    """Names the number of each point of a trace, for pages that open the rows behind it.

    `rows` have community, period and value; with dimension and member they are parts of a total.
    None is no number. Frames without periods name nothing.
    """
    return {"rows": [_name_of(metric, row) for row in rows]}


def _name_of(metric: Metric, row: Any) -> dict[str, str] | None:
    period = getattr(row, "period", None)
    if period is None or plain(row.value) is None:
        return None
    return {
        "metric": metric.name,
        "place": row.community,
        "of": period,
        "by": getattr(row, "dimension", None) or "",
        "member": getattr(row, "member", None) or "",
    }


def hover_words(row: Any, metric: Metric, per: str) -> str:
    words = number_text.measured_exact(plain(row.value), metric, per)
    marks = to_correct.marks(row)
    return f"{words} ({marks})" if marks else words


def missing_words(row: Any) -> str:
    """Why there is no number; with the sign of those that were reported otherwise."""
    words = number_text.state(number_text.state_of(None, row.state))
    return f"{words} {revised.SIGN}" if getattr(row, "revised", False) else words


def word_behind(figure: go.Figure, look: Look, name: str, value: float, words: str) -> None:
    """Writes a bar's value behind it; as a note, because bars hide what does not fit."""
    figure.add_annotation(
        x=value,
        y=name,
        text=words,
        showarrow=False,
        xanchor="left",
        xshift=6,
        borderpad=1,
        bgcolor=look.paper,  # a reference line behind must not cross the words
        font={"color": look.ink, "size": TEXT_SIZE},
    )


def words_for_a_bar(figure: go.Figure, look: Look, name: str, words: str) -> None:
    figure.add_trace(go.Bar(x=[None], y=[name], orientation="h", hoverinfo="skip"))
    figure.add_annotation(
        x=0,
        y=name,
        text=words,
        showarrow=False,
        xanchor="left",
        xshift=6,
        font={"color": look.muted, "size": TEXT_SIZE},
    )


def words_for_a_picture(figure: go.Figure, look: Look, words: str) -> None:
    figure.add_annotation(
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        text=words,
        showarrow=False,
        font={"color": look.muted, "size": TEXT_SIZE},
    )


def reference(figure: go.Figure, look: Look, value: float, words: str) -> None:
    figure.add_shape(
        type="line",
        x0=value,
        x1=value,
        y0=0,
        y1=1,
        yref="paper",
        layer="above",
        line={"color": look.muted, "width": 1.5, "dash": "dash"},
    )
    figure.add_annotation(
        x=value,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=words,
        showarrow=False,
        font={"color": look.muted, "size": 13},
    )


def label_line_ends(
    figure: go.Figure,
    frame: pd.DataFrame,
    look: Look,
    shown: list[str],
    top: float,
    plot_height: int,
) -> None:
    """Writes each name at the end of its line, moved apart where lines end close together.

    A name that had to be moved has a thin line that leads to it.
    """
    ends = []
    for community in shown:
        line = frame[(frame["community"] == community) & frame["value"].notna()]
        ends.append((float(line["value"].iloc[-1]), community))
    gap = top * (TEXT_SIZE + 5) / plot_height
    heights = apart([value for value, _name in sorted(ends)], gap, top)
    for (value, community), height in zip(sorted(ends), heights, strict=True):
        if abs(height - value) > gap / 4:
            _lead(figure, value, height, look.colours[community])
        figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=look.name(community),
            showarrow=False,
            xanchor="left",
            xshift=LEADER,
            font={"color": look.words(community), "size": TEXT_SIZE},
        )


def _lead(figure: go.Figure, value: float, height: float, colour: str) -> None:
    figure.add_shape(
        type="line",
        xref="paper",
        xsizemode="pixel",
        xanchor=1,
        x0=-6,
        x1=LEADER - 2,
        y0=value,
        y1=height,
        line={"color": colour, "width": 1},
    )


def apart(heights: list[float], gap: float, top: float) -> list[float]:
    """The ascending heights moved so that each two are `gap` apart and none is above `top`."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + gap) if placed else height)
    limit = top
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - gap
    return placed


def periods(frame: pd.DataFrame) -> tuple[str, list[str]]:
    return str(frame["grain"].iloc[0]), list(dict.fromkeys(frame["period"]))


def period_axis(look: Look, grain: str, periods: list[str], most: int = 12) -> dict[str, Any]:
    """At most `most` marks, the year under the first of each year."""
    step = max(1, -(-len(periods) // most))
    texts, year = [], ""
    for period in periods[::step]:
        word = number_text.period_short(grain, period)
        new_year = grain not in ("year", "programme") and period[:4] != year
        texts.append(f"{word}<br>{period[:4]}" if new_year else word)
        year = period[:4]
    # Where there are many, a little air keeps the first mark clear of the other axis.
    air = max(0.4, len(periods) / 14 - 0.6)
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": periods,
        "range": [-air, len(periods) - 0.6],
        "tickvals": periods[::step],
        "ticktext": texts,
        "tickfont": {"color": look.muted, "size": 13},
        "tickangle": 0,  # where they would overlap, as on a phone, pictures.js leaves some out
        "showgrid": False,
        "showline": True,
        "linecolor": look.grid,
        "fixedrange": True,
        "automargin": True,
    }


def value_axis(
    look: Look, metric: Metric, top: float, per: str, low: float = 0.0
) -> dict[str, Any]:
    """The axis of values from zero, or from what is below it, such as a balance, to the highest."""
    is_percent = number_text.is_percent(metric)
    # Counts have no halves to mark.
    step = nice_step(max(top, -low), whole=not (metric.decimals or is_percent or per != "total"))
    below = int(max(0.0, -low) / step + 1e-9)
    marks = [step * at for at in range(-below, int(top / step + 1e-9) + 1)]
    whole_percents = is_percent and step >= 0.01
    return {
        "range": [min(0.0, low) * 1.06, top * 1.06],
        "tickvals": marks,
        "ticktext": [
            number_text.share(mark) if whole_percents else number_text.bare(mark, metric, per)
            for mark in marks
        ],
        "tickfont": {"color": look.muted, "size": 13},
        "gridcolor": look.grid,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def name_axis(look: Look, names: list[str]) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": names[::-1],
        "tickvals": names,
        "ticktext": [broken(name) for name in names],
        "range": [-0.5, max(1, len(names)) - 0.5],
        "tickfont": {"color": look.ink, "size": TEXT_SIZE},
        "ticks": "",
        "ticklabelstandoff": 8,
        "showgrid": False,
        "showline": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def nice_step(top: float, *, whole: bool = False) -> float:
    """A round step that gives three to six marks below `top`; fewer where it must be `whole`."""
    size = 10.0 ** math.floor(math.log10(top))
    steps = [size * part for part in (0.2, 0.25, 0.5, 1.0, 2.0)]
    if whole:
        steps = [step for step in steps if step.is_integer()] or [1.0]
    return next((step for step in steps if top / step <= 5), steps[-1])


def top(values: pd.Series[float]) -> float:
    """What the highest value is, as far as axes go that begin at zero."""
    top = float(values.max()) if values.notna().any() else 0.0
    return top if top > 0 else 1.0


def bottom(values: pd.Series[float]) -> float:
    """The lowest value where it is below zero, else zero."""
    return min(0.0, float(values.min())) if values.notna().any() else 0.0


def label_room(look: Look, shown: list[str]) -> int:
    """The px that the longest of the names takes at the right."""
    return room([look.name(one) for one in shown])


def room(words: Iterable[str]) -> int:
    """The px that the longest of some words takes, with a little air."""
    widths = [
        sum(TEXT_SIZE if ord(letter) > 0x2E80 else TEXT_SIZE * 0.6 for letter in word)
        for word in words
    ]
    return int(max(widths, default=0)) + 12


def broken(name: str, letters: int = 15) -> str:
    """A long name in lines of so many letters, or half as many Chinese characters."""
    chinese = all(ord(letter) > 0x2E80 for letter in name)
    return "<br>".join(textwrap.wrap(name, (letters + 1) // 2 if chinese else letters)) or name


def lines_count(names: Iterable[str]) -> int:
    """How many lines the longest of some names takes."""
    return max((broken(name).count("<br>") + 1 for name in names), default=1)


def with_alt(figure: go.Figure, alt: str) -> go.Figure:
    figure.update_layout(meta={"alt": alt})
    return figure
