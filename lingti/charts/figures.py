"""The figures themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lingti.catalog import DISTRICT, Metric
from lingti.charts import gaps, parts
from lingti.charts.looks import ROW, Look
from lingti.judging import number_text, sentences
from lingti.judging.reporting import to_correct
from lingti.palette import NONE
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of

# px; beyond this names stand above the picture, not beside it.
MOST_LABEL_ROOM = 112
LEGEND_ABOVE = {
    "orientation": "h",
    "y": 1,
    "yanchor": "bottom",
    "x": 0,
    "itemclick": False,
    "itemdoubleclick": False,
}


def lines_over_time(
    frame: pd.DataFrame,
    metric: Metric,
    look: Look,
    *,
    per: str = "total",
    height: int = 380,
    with_note: bool = True,
) -> go.Figure:
    """One line per place over the periods, with its name at the end of it.

    `frame` has one row per place and period: community, grain, period, value, state; in order of
    time. Gaps stay gaps, periods of which a part is missing or that lie before the
    start are hollow, and places that do not run it are named below; without the note where the
    words around the picture say it.
    """
    figure = parts.blank(look, height)
    grain, periods = parts.periods(frame)
    shown: list[str] = []
    idle: list[str] = []
    for community, line in frame.groupby("community", sort=False):
        (shown if line["value"].notna().any() else idle).append(str(community))
        if str(community) in shown:
            figure.add_trace(parts.line_trace(look, str(community), line, metric, per))
    below = gaps.words_below(frame, look, shown, idle) if with_note else ""
    top = parts.top(frame["value"])
    room = parts.label_room(look, shown)
    figure.update_layout(
        xaxis=parts.period_axis(look, grain, periods),
        yaxis=parts.value_axis(look, metric, top, per, parts.bottom(frame["value"])),
        # Right above the lines stand the numbers of what happened.
        margin={"l": 8, "r": 12 + room, "t": 24, "b": 68 if below else 46},
    )
    if below:
        figure.update_layout(margin={"b": 50 + 18 * (below.count("<br>") + 1)})
        gaps.note_below(figure, look, below)
    if room > MOST_LABEL_ROOM:
        # At the top edge, not at the lines: there stand the numbers of what happened, and when a
        # window changes its size the key would stay where the lines were before.
        legend = LEGEND_ABOVE | {"yref": "container", "yanchor": "top"}
        legend |= {"borderwidth": 10, "bordercolor": NONE}
        figure.update_layout(margin={"r": 14, "t": 60}, showlegend=True, legend=legend)
        figure.for_each_trace(lambda line: line.update(name=parts.broken(line.name, 24)))
    else:
        parts.label_line_ends(figure, frame, look, shown, top, height - (92 if below else 70))
    gaps.mark_gaps(figure, frame, look, shown, named=with_note)
    return parts.with_alt(figure, sentences.of_lines(frame, metric, look.name, per))


def bars_by_community(
    frame: pd.DataFrame,
    metric: Metric,
    look: Look,
    *,
    per: str = "total",
    reference: float | None = None,
    reference_name: str = "",
    row_height: int = ROW,
    intervals: Mapping[str, tuple[float, float]] | None = None,
) -> go.Figure:
    """One bar per community, in the district's order, with the value written behind it.

    `frame` has one row per community: community, value, state. `reference` draws a dashed line,
    for a district's value that can be compared with a community's (a rate or a share, no sum).
    `row_height` is in px; names of several lines get more. `intervals` are those of the values, by
    community, drawn as thin lines.
    """
    intervals = intervals or {}
    rows = frame[frame["community"] != DISTRICT]
    names = [look.name(one) for one in rows["community"]]
    thickness = max(row_height, 20 * parts.lines_count(names))
    figure = parts.blank(look, (30 if reference is not None else 10) + thickness * len(rows))
    known = [float(value) for value in rows["value"] if pd.notna(value)]
    drawn = {str(row.community) for row in rows_of(rows) if row.state == "reported"}
    ends = {one: high for one, (_low, high) in intervals.items() if one in drawn}
    top = max([*known, *ends.values(), reference or 0.0, 0.0]) or 1.0
    words = [number_text.bare(plain(row.value), metric, per) for row in rows_of(rows)]
    for name, row, word in zip(names, rows_of(rows), words, strict=True):
        if pd.isna(row.value):
            parts.words_for_a_bar(figure, look, name, parts.missing_words(row))
        else:
            interval = intervals[row.community] if row.community in ends else None
            _add_bar(figure, metric, look, row, (name, word), interval, per)
    if reference is not None:
        parts.reference(
            figure, look, reference, f"{reference_name} {number_text.bare(reference, metric, per)}"
        )
    words = [
        f"{word} {to_correct.marks(row)}" for word, row in zip(words, rows_of(rows), strict=True)
    ]
    figure.update_layout(
        xaxis={"range": [0, top], "visible": False, "fixedrange": True},
        yaxis=parts.name_axis(look, names),
        # The words of the longest bar stand right of the picture, as wide as it may be.
        margin={"l": 4, "r": parts.room(words), "t": 26 if reference is not None else 4, "b": 4},
        bargap=0.42,
    )
    return parts.with_alt(figure, sentences.of_bars(rows, metric, look.name, per))


def _add_bar(
    figure: go.Figure,
    metric: Metric,
    look: Look,
    row: Any,
    words: tuple[str, str],
    interval: tuple[float, float] | None,
    per: str,
) -> None:
    """Draws the bar of a row with its interval; `words` are its name and its value."""
    name, word = words
    value = float(row.value)
    is_less = to_correct.is_less(row)
    figure.add_trace(parts.bar_trace(look, str(row.community), name, value, is_less=is_less))
    figure.data[-1].update(
        hovertext=number_text.measured_exact(value, metric, per),
        hoverinfo="y+text",
        meta=parts.named(metric, [row]),
    )
    if interval is not None:
        parts.whisker(figure.data[-1], look, value, interval)
    marks = to_correct.marks(row)
    beside = f" <span style='color:{look.muted}'>{marks}</span>" if marks else ""
    end = max(value, interval[1]) if interval is not None else value
    parts.word_behind(figure, look, name, end, word + beside)


def bars_by_member(
    frame: pd.DataFrame,
    metric: Metric,
    look: Look,
    *,
    member_name: Callable[[str], str] = str,
    stacked: bool = True,
    most: int = 10,
    per: str = "total",
) -> go.Figure:
    """One bar per member of a dimension, parted by community; the largest first.

    `frame` has one row per community and member: community, member, value, state. `stacked` lays
    the communities behind one another, for sums; else side by side, for distinct counts and shares.
    """
    # Rates of several communities do not add up.
    stacked = stacked and (per == "total" or not metric.scalable)
    rows = frame[(frame["community"] != DISTRICT) & frame["value"].notna()]
    order = rows.groupby("member")["value"].sum().sort_values(ascending=False).index[:most]
    rows = rows[rows["member"].isin(order)]
    communities = list(dict.fromkeys(rows["community"]))
    # Of what is not there a community that reports has none; what is withheld is not known.
    without = frame[frame["value"].isna()]
    hidden = set(zip(without["community"], without["member"], strict=True))
    thickness = ROW if stacked else max(ROW, 20 * len(communities) + 16)
    figure = parts.blank(look, 64 + thickness * max(1, len(order)))
    names = [member_name(str(member)) for member in order]
    # Bars side by side are laid from below; turned round, the first community is on top.
    for community in communities if stacked else communities[::-1]:
        part = {row.member: row for row in rows_of(rows[rows["community"] == community])}
        none = None if stacked or metric.when_none != 0 else 0.0
        values = [
            plain(part[one].value) if one in part else None if (community, one) in hidden else none
            for one in order
        ]
        words = [
            "" if stacked or value is None else number_text.bare(value, metric, per)
            for value in values
        ]
        bars = _bars_of(look, community, names, values, None if stacked else words)
        bars.meta = parts.named(metric, [part.get(member) for member in order])
        bars.hovertext = [number_text.measured_exact(value, metric, per) for value in values]
        figure.add_trace(bars)
    lengths = rows.groupby("member")["value"].sum() if stacked else rows["value"]
    words = [number_text.bare(plain(length), metric, per) for length in lengths]
    if stacked:
        for name, member in zip(names, order, strict=True):
            total = float(lengths[member])
            parts.word_behind(figure, look, name, total, number_text.bare(total, metric, per))
    figure.update_layout(
        barmode="stack" if stacked else "group",
        bargap=0.38 if stacked else 0.2,
        xaxis={"range": [0, parts.top(lengths)], "visible": False, "fixedrange": True},
        yaxis=parts.name_axis(look, names),
        margin={"l": 4, "r": parts.room(words), "t": 44, "b": 4},
        showlegend=bool(communities),
        legend=LEGEND_ABOVE | {"traceorder": "normal" if stacked else "reversed"},
    )
    return parts.with_alt(
        figure, sentences.of_members(rows, metric, look.name, member_name, list(order), per)
    )


def _bars_of(
    look: Look,
    community: str,
    names: list[str],
    values: list[float | None],
    words: list[str] | None,
) -> go.Bar:
    """The bars of a community, with words at their ends where they stand side by side."""
    return go.Bar(
        x=values,
        y=names,
        orientation="h",
        name=look.name(community),
        marker={"color": look.colours[community], "line": {"color": look.paper, "width": 1}},
        text=words,
        textposition="outside",
        constraintext="none",
        textfont={"color": look.ink, "size": 13},
        cliponaxis=False,
        hovertemplate="%{y} · %{hovertext}<extra>%{fullData.name}</extra>",
    )
