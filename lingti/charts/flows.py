"""What comes in, what goes out, and what is left: two bars per period and a line above them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lingti.catalog import DISTRICT, Metric
from lingti.charts import gaps, parts
from lingti.charts.looks import TEXT_SIZE, Look
from lingti.judging import number_text, sentences
from lingti.judging.reporting import to_correct
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of

_STOCK_FROM = 0.68  # the line has the upper third of the picture
_BARS_TO, _BELOW_TWO_LINES = 0.52, 0.45


def flows_and_stock(
    frame: pd.DataFrame,
    flows: tuple[Metric, Metric],
    stock: Metric,
    look: Look,
    *,
    per: str = "total",
    opening: Metric | None = None,
    height: int = 380,
) -> go.Figure:
    """What came in (a full bar) and went out (a hollow one) per period, and what was left.

    `frame` has one row per metric and period of one place: metric, community, grain, period,
    value, state; in order of time. A period without a number has no bar and says why. What the
    stock opened with is in no flow: it is named at the line where it is more than came in.
    """
    figure = parts.blank(look, height)
    grain, periods = parts.periods(frame)
    place = str(frame["community"].iloc[0])
    colour = look.accent if place == DISTRICT else look.colours[place]
    for metric, full in zip(flows, (True, False), strict=True):
        figure.add_trace(_bars(frame, metric, look, colour, per, full=full))
    level = frame[frame["metric"] == stock.name]
    line = parts.line_trace(look, place, level, stock, per, size=7)
    line.update(
        name=stock.title.pick(),
        yaxis="y2",
        line={"color": colour, "width": 2.5, "dash": "solid"},
        marker={"symbol": "circle", "size": 7, "line": {"color": colour}},
    )
    line.marker.color = [
        look.paper if to_correct.is_less(row) else colour for row in rows_of(level)
    ]
    figure.add_trace(line)
    signs = [f"{sign} {metric.title.pick()}" for sign, metric in zip("■□", flows, strict=True)]
    keys, bars_to = " · ".join(signs), _BARS_TO
    if parts.room([keys]) > gaps.MOST_NOTE_ROOM:
        keys, bars_to = "<br>".join(signs), _BELOW_TWO_LINES
    of_flows = frame[frame["metric"].isin([metric.name for metric in flows])]
    figure.update_layout(
        barmode="group",
        bargap=0.42,
        bargroupgap=0.08,
        xaxis=parts.period_axis(look, grain, periods) | {"anchor": "y"},
        yaxis=_axis(look, flows[0], of_flows["value"], per, 0, bars_to),
        yaxis2=_thinned(_axis(look, stock, level["value"], per, _STOCK_FROM, 1)),
        margin={"l": 8, "r": 12, "t": 26, "b": 46},
    )
    _heading(figure, look, stock.title.pick(), 1)
    _heading(figure, look, keys, bars_to)
    gaps.mark_gaps(figure, level, look, [place], named=False)
    if opening is not None:
        _name_openings(figure, frame, (flows[0], stock, opening), look, per)
    words = [sentences.of_lines(level, stock, look.name, per)]
    words += [
        sentences.of_lines(frame[frame["metric"] == flow.name], flow, look.name, per)
        for flow in flows
    ]
    if opening is not None:
        words.append(sentences.of_openings(frame, opening, per))
    return parts.with_alt(figure, sentences.paragraph(words))


def _name_openings(
    figure: go.Figure,
    frame: pd.DataFrame,
    named: tuple[Metric, Metric, Metric],
    look: Look,
    per: str,
) -> None:
    """Says at the line why it jumps: by what was granted, which is more than came in."""
    came, stock, opening = (
        {row.period: plain(row.value) for row in rows_of(frame[frame["metric"] == metric.name])}
        for metric in named
    )
    for period, granted in opening.items():
        level = stock.get(period)
        if granted is None or level is None or granted <= (came.get(period) or 0.0):
            continue
        size = number_text.signed(number_text.bare(granted, named[2], per), granted)
        words = f"{named[2].title.pick()}<br>{size}"  # on one line it is cut off on a phone
        figure.add_annotation(
            x=period,
            y=level,
            xref="x",
            yref="y2",
            xanchor="left",
            yanchor="top",
            xshift=-8,
            yshift=-8,
            align="left",
            text=words,
            showarrow=False,
            font={"color": look.muted, "size": TEXT_SIZE - 1},
        )


def _bars(
    frame: pd.DataFrame, metric: Metric, look: Look, colour: str, per: str, *, full: bool
) -> go.Bar:
    rows = frame[frame["metric"] == metric.name]
    is_hatched = [to_correct.is_less(row) for row in rows_of(rows)]
    return go.Bar(
        x=rows["period"].tolist(),
        y=[plain(value) for value in rows["value"]],
        name=metric.title.pick(),
        meta=parts.named(metric, rows_of(rows)),
        marker={
            "color": colour if full else look.paper,
            "line": {"color": colour, "width": 1.75},
            "pattern": {
                "shape": ["/" if one else "" for one in is_hatched],
                "fgcolor": colour,
                "bgcolor": look.paper,
                "size": 6,
            },
        },
        customdata=[
            [number_text.period(row.grain, row.period), parts.hover_words(row, metric, per)]
            for row in rows_of(rows)
        ],
        hovertemplate="%{fullData.name} · %{customdata[0]}<br>"
        "<b>%{customdata[1]}</b><extra></extra>",
    )


def _axis(
    look: Look, metric: Metric, values: pd.Series[float], per: str, low: float, high: float
) -> dict[str, Any]:
    axis = parts.value_axis(look, metric, parts.top(values), per, parts.bottom(values))
    return axis | {"domain": [low, high]}


def _thinned(axis: dict[str, Any]) -> dict[str, Any]:
    """An axis with every other mark, where there is room for a few lines only."""
    few = {name: axis[name][::2] for name in ("tickvals", "ticktext") if axis.get(name) is not None}
    return axis | few if len(axis.get("tickvals") or ()) > 3 else axis


def _heading(figure: go.Figure, look: Look, words: str, height: float) -> None:
    figure.add_annotation(
        x=0,
        y=height,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        align="left",
        yshift=4,
        text=words,
        showarrow=False,
        font={"color": look.muted, "size": TEXT_SIZE - 1},
    )
