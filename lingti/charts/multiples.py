"""Small multiples: a picture per community on one scale, the others behind it in grey."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from lingti.catalog import DISTRICT, Metric
from lingti.charts import annotations as drawn_notes
from lingti.charts import gaps, levels, parts
from lingti.charts.looks import Look
from lingti.district.journal import Note
from lingti.judging import number_text, sentences
from lingti.judging.periods import Period
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of

GREY = 0.4  # how much of their colour the lines of the others have
LEAST_WIDE = 4  # marks along an axis that have room in the narrowest picture


def small_multiples(
    frame: pd.DataFrame,
    metric: Metric,
    look: Look,
    *,
    per: str = "total",
    height: int = 210,
    levels_of: Mapping[str, float] | None = None,
    provisional: Collection[str] = (),
    notes: Sequence[Note] = (),
    periods: Sequence[Period] = (),
) -> dict[str, go.Figure]:
    """One small picture per community over time, all on one scale: community → figure.

    `frame` as for `lines_over_time`. The pictures are apart so that a page can lay them out for
    the width it has. Behind a community's line are those of the others, and the district's, dashed,
    where the frame has it. `levels_of` are targets that each point is held against; of those
    that are `provisional` the last point is hollow; `notes` are what happened within `periods`,
    drawn in the pictures of those whom it concerns.
    """
    levels_of = levels_of or {}
    communities = [str(place) for place in dict.fromkeys(frame["community"]) if place != DISTRICT]
    lines = {
        str(place): line
        for place, line in frame.groupby("community", sort=False)
        if place != DISTRICT
    }
    grain, names = parts.periods(frame)
    values = pd.concat([frame["value"], pd.Series(list(levels_of.values()), dtype=float)])
    top, bottom = parts.top(values), parts.bottom(values)
    hover_of = _hover_texts(frame, metric, look, per)
    figures = {}
    for place in communities:
        figure = parts.blank(look, height)
        figure.add_trace(_others(frame[frame["community"] != place], look))
        district = frame[frame["community"] == DISTRICT]
        if len(district):
            figure.add_trace(_district(district, look))
        line = parts.line_trace(look, place, lines[place], metric, per, size=6)
        line.customdata = [hover_of[str(period)] for period in line.x]
        line.hovertemplate = "%{customdata}<extra></extra>"
        if place in provisional:
            line.marker.color = [*line.marker.color[:-1], look.paper]
        figure.add_trace(line)
        figure.update_layout(
            hovermode="x",
            hoverdistance=-1,
            # Below the 0 of the other axis, also where a picture is narrow.
            xaxis=parts.period_axis(look, grain, names, most=LEAST_WIDE) | {"ticklabelstandoff": 5},
            yaxis=parts.value_axis(look, metric, top, per, bottom),
            margin={"l": 8, "r": 14, "t": 18 if notes else 8, "b": 46},
        )
        if place in levels_of:
            levels.across(figure, look, levels_of[place])
        _say_what_is_missing(figure, lines[place], place, look)
        drawn_notes.with_notes(figure, notes, periods, look, of=place)
        figures[place] = parts.with_alt(
            figure, sentences.of_lines(lines[place], metric, look.name, per)
        )
    return figures


def _others(frame: pd.DataFrame, look: Look) -> go.Scatter:
    """The lines of all others as one trace, parted by gaps: a picture of twelve stays light."""
    x: list[str | None] = []
    y: list[float | None] = []
    for community, line in frame.groupby("community", sort=False):
        if community == DISTRICT:
            continue
        x += [*line["period"].tolist(), None]
        y += [*(plain(value) for value in line["value"]), None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        connectgaps=False,
        hoverinfo="skip",
        opacity=GREY,
        line={"color": look.muted, "width": 1.25},
    )


def _district(line: pd.DataFrame, look: Look) -> go.Scatter:
    return go.Scatter(
        x=line["period"].tolist(),
        y=[plain(value) for value in line["value"]],
        mode="lines",
        connectgaps=False,
        hoverinfo="skip",
        line={"color": look.muted, "width": 1.5, "dash": "dash"},
    )


def _hover_texts(frame: pd.DataFrame, metric: Metric, look: Look, per: str) -> dict[str, str]:
    """Period → the numbers of all communities in it, the largest first, and the district's."""
    hover_of = {}
    for period, of_it in frame.groupby("period", sort=False):
        rows = rows_of(of_it.sort_values("value", ascending=False, kind="stable"))
        rows.sort(key=lambda row: row.community == DISTRICT)
        lines = [f"{look.name(row.community)} <b>{_value(row, metric, per)}</b>" for row in rows]
        when = number_text.period(rows[0].grain, str(period))
        hover_of[str(period)] = "<br>".join([when, *lines])
    return hover_of


def _value(row: Any, metric: Metric, per: str) -> str:
    if plain(row.value) is None:
        return parts.missing_words(row)
    return parts.hover_words(row, metric, per)


def _say_what_is_missing(figure: go.Figure, line: pd.DataFrame, place: str, look: Look) -> None:
    if line["value"].isna().all():
        state = number_text.state_of(None, str(line["state"].iloc[-1]))
        parts.words_for_a_picture(figure, look, number_text.state(state))
    else:
        gaps.mark_gaps(figure, line, look, [place], named=False)
