"""How many of those who began came how far, and where what was done: steps, and a heat map."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from lingti import formats, sentences
from lingti.catalog import Metric
from lingti.charts import parts
from lingti.charts.look import ROW, TEXT_SIZE, Look
from lingti.frames import plain
from lingti.language import gettext as _

# Where all numbers are small they stay pale: a single service is no hot spot.
PALE = 4


def cohort_steps(
    names: Sequence[str], counts: Sequence[float], title: str, look: Look, *, place: str
) -> go.Figure:
    """One bar per step that part of a cohort reached; the first step is the whole cohort.

    Each bar stands in the outline of the whole, with its count and its share of the whole.
    """
    figure = parts.blank(look, 12 + (ROW + 4) * len(names))
    whole = counts[0] or 1.0
    colour = look.colours[place]
    figure.add_trace(
        go.Bar(
            x=[counts[0]] * len(names),
            y=list(names),
            orientation="h",
            marker={"color": look.grid},
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Bar(
            x=list(counts),
            y=list(names),
            orientation="h",
            marker={"color": colour, "line": {"color": colour, "width": 1.5}},
            hovertext=[
                f"{formats.exact(count)} · {formats.share(count / whole)}" for count in counts
            ],
            hovertemplate="%{y} · <b>%{hovertext}</b><extra></extra>",
        )
    )
    for name, count in zip(names, counts, strict=True):
        words = formats.number(count)
        if count != counts[0]:
            words += f" · {formats.share(count / whole)}"
        parts.word_behind(figure, look, name, counts[0], words)
    figure.update_layout(
        barmode="overlay",
        bargap=0.36,
        xaxis={"range": [0, whole], "visible": False, "fixedrange": True},
        yaxis=parts.name_axis(look, list(names)),
        margin={"l": 4, "r": 110, "t": 4, "b": 4},  # the words stand right of the whole
    )
    reached = [
        _("{name}: {word}.").format(name=name, word=formats.exact(count))
        for name, count in zip(names, counts, strict=True)
    ]
    return parts.with_alt(figure, sentences.paragraph([title + ":", *reached]))


def heat_map(grid: pd.DataFrame, metric: Metric, look: Look, *, place: str) -> go.Figure:
    """A number per row and column of `grid` (its index and columns), darker where it is larger.

    The number stands in every cell, so that nothing rests on the shade alone.
    """
    top = float(grid.max().max()) if grid.size else 0.0
    colour = look.colours[place]
    across = [_broken(str(name)) for name in grid.columns]
    down = [str(name) for name in grid.index]
    values = [[plain(value) for value in row] for row in grid.to_numpy()]
    figure = parts.blank(look, 60 + ROW * len(down))
    figure.add_trace(
        go.Heatmap(
            x=across,
            y=down,
            z=values,
            zmin=0,
            zmax=max(top, PALE),
            xgap=3,
            ygap=3,
            showscale=False,
            colorscale=[[0, look.paper], [0.001, _mixed(colour, look.paper, 0.12)], [1, colour]],
            hovertemplate="%{y} · %{x}<br><b>%{z}</b><extra></extra>",
        )
    )
    for name, row in zip(down, values, strict=True):
        for column, value in zip(across, row, strict=True):
            dark = (value or 0) / max(top, PALE) > 0.55
            figure.add_annotation(
                x=column,
                y=name,
                text=formats.bare(value, metric),
                showarrow=False,
                font={"color": look.paper if dark else look.ink, "size": TEXT_SIZE},
            )
    figure.update_layout(
        xaxis={
            "side": "top",
            "type": "category",
            "tickfont": {"color": look.muted, "size": 13},
            "tickangle": 0,
            "fixedrange": True,
            "showgrid": False,
            "automargin": True,
        },
        yaxis=parts.name_axis(look, down),
        margin={"l": 4, "r": 4, "t": 44, "b": 4},
    )
    words = [
        _("{name}: {word}.").format(
            name=name,
            word=sentences.joined(
                [
                    f"{column} {formats.bare(value, metric)}"
                    for column, value in zip(grid.columns, row, strict=True)
                ]
            ),
        )
        for name, row in zip(down, values, strict=True)
    ]
    title = _("Heat map: {title}.").format(title=metric.title.pick())
    return parts.with_alt(figure, sentences.paragraph([title, *words]))


def _broken(name: str) -> str:
    """A Chinese name in two lines, so that it fits above a narrow column."""
    if len(name) > 3 and all(ord(letter) > 0x2E80 for letter in name):
        return f"{name[: (len(name) + 1) // 2]}<br>{name[(len(name) + 1) // 2 :]}"
    return name.replace(" ", "<br>", 1)


def _mixed(colour: str, paper: str, share: float) -> str:
    """`share` of a colour on paper, both as #rrggbb."""
    pairs = zip(_parts(colour), _parts(paper), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
