"""How many of those who began came how far, and where what was done: steps, and a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lingti.catalog import Metric
from lingti.charts import parts, shades
from lingti.charts.looks import ROW, TEXT_SIZE, Look
from lingti.judging import number_text, sentences
from lingti.judging.reporting import to_correct
from lingti.language import gettext as _
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of

# Where all numbers are small they stay pale: a single service is no hot spot.
PALE = 4
MOST_ACROSS = 13


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
                f"{number_text.exact(count)} · {number_text.share(count / whole)}"
                for count in counts
            ],
            hovertemplate="%{y} · <b>%{hovertext}</b><extra></extra>",
        )
    )
    for name, count in zip(names, counts, strict=True):
        words = number_text.number(count)
        if count != counts[0]:
            words += f" · {number_text.share(count / whole)}"
        parts.word_behind(figure, look, name, counts[0], words)
    figure.update_layout(
        barmode="overlay",
        bargap=0.36,
        xaxis={"range": [0, whole], "visible": False, "fixedrange": True},
        yaxis=parts.name_axis(look, list(names)),
        margin={"l": 4, "r": 110, "t": 4, "b": 4},  # the words stand right of the whole
    )
    reached = [
        _("{name}: {word}.").format(name=name, word=number_text.exact(count))
        for name, count in zip(names, counts, strict=True)
    ]
    return parts.with_alt(figure, sentences.paragraph([title + ":", *reached]))


def heat_map(
    cells: pd.DataFrame, metric: Metric, look: Look, *, place: str, per: str = "total"
) -> go.Figure:
    """A number in every cell of a grid, darker where it is larger; the words of its state if none.

    `cells` has one row per cell, in the order to be shown: down and across (what its row and column
    are called), value, state, and community, period and, of a part, dimension and member, which
    name the number. Where there are many columns and fewer rows the grid is turned.
    """
    down, across = (list(dict.fromkeys(cells[side])) for side in ("down", "across"))
    if len(across) > MOST_ACROSS and len(down) < len(across):
        cells = cells.rename(columns={"down": "across", "across": "down"})
        down, across = across, down
    top = max(parts.top(cells["value"]), PALE)
    figure = parts.blank(look, 60 + (ROW if len(down) < 24 else 28) * len(down))
    figure.add_trace(_cells(cells, across, top, metric, look, place, per))
    figure.update_layout(
        xaxis={
            "side": "top",
            "range": [0, len(across)],
            "tickvals": [at + 0.5 for at in range(len(across))],
            "ticktext": [_broken(str(name)) for name in across],
            "tickfont": {"color": look.muted, "size": 13},
            "tickangle": 0,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
        yaxis=parts.name_axis(look, [str(name) for name in down]),
        bargap=0,
        barmode="overlay",
        margin={"l": 4, "r": 4, "t": 44, "b": 4},
    )
    words = [
        _("{name}: {word}.").format(
            name=name,
            word=sentences.joined(
                [f"{row.across} {_cell_words(row, metric, per)}" for row in rows_of(of_it)]
            ),
        )
        for name, of_it in cells.groupby("down", sort=False)
    ]
    title = _("Heat map: {title}.").format(title=metric.title.pick())
    return parts.with_alt(figure, sentences.paragraph([title, *words]))


def _cells(
    cells: pd.DataFrame,
    across: list[str],
    top: float,
    metric: Metric,
    look: Look,
    place: str,
    per: str,
) -> go.Bar:
    """Every cell as a bar of its own: unlike the cells of a Heatmap, a click can choose it."""
    rows = rows_of(cells)
    values = [plain(row.value) for row in rows]
    # Never too pale for something.
    shares = [0.12 + 0.88 * value / top if value else 0.0 for value in values]
    colour = look.colours[place]
    return go.Bar(
        orientation="h",
        x=[1] * len(rows),
        y=[str(row.down) for row in rows],
        base=[across.index(row.across) for row in rows],
        # What is drawn is not what is told: the values stand beside the names of the numbers.
        meta=parts.named(metric, rows) | {"values": values, "per": per},
        marker={
            # Shares of a colour, not shades: a dark page is printed on white paper.
            "color": [shades.translucent(colour, share) for share in shares],
            "line": {"color": look.paper, "width": 3},
        },
        text=[_cell_words(row, metric, per).replace(" ", "<br>") for row in rows],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={
            "color": [
                look.muted
                if value is None
                else shades.readable_on(shades.mixed(colour, look.paper, share))
                for value, share in zip(values, shares, strict=True)
            ],
            "size": [11 if value is None else TEXT_SIZE for value in values],
        },
        customdata=[
            f"{row.down} · {row.across}<br><b>{_cell_words(row, metric, per, exact=True)}</b>"
            for row in rows
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _cell_words(row: Any, metric: Metric, per: str, *, exact: bool = False) -> str:
    value = plain(row.value)
    if value is None:
        return number_text.state(number_text.state_of(None, row.state))
    marks = to_correct.marks(row)
    if exact:
        words = number_text.measured_exact(value, metric, per)
        return f"{words} ({marks})" if marks else words
    return number_text.bare(value, metric, per) + ("*" if marks else "")


def _broken(name: str) -> str:
    """A Chinese name in two lines, so that it fits above a narrow column."""
    if len(name) > 3 and all(ord(letter) > 0x2E80 for letter in name):
        return f"{name[: (len(name) + 1) // 2]}<br>{name[(len(name) + 1) // 2 :]}"
    return name.replace(" ", "<br>", 1)
