"""A target on its way: what was reached, cumulated, against the pace to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from lingti.charts import levels, parts
from lingti.charts.looks import Look
from lingti.judging import number_text, sentences
from lingti.judging.standing import target_words
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _


def pace_line(
    progress: Progress,
    reached_by_day: Sequence[tuple[date, float | None]],
    look: Look,
    *,
    height: int = 250,
) -> go.Figure:
    """What was reached by each day, the straight pace to the target, and what is still required.

    `reached_by_day` holds (day, value by then) as of `targets.week_by_week`.
    A share or a duration has no pace; its line is held against the target itself.
    """
    metric, figure = progress.metric, parts.blank(look, height)
    start = progress.first_day - timedelta(days=1)
    opening = progress.opening if progress.grows else progress.target
    figure.add_trace(
        _line(
            look, [start, progress.last_day], [opening, progress.target], look.muted, "dash", 1.75
        )
    )
    if (
        progress.grows
        and progress.value is not None
        and not progress.is_over
        and progress.value < progress.target
    ):
        figure.add_trace(
            _line(
                look,
                [progress.as_of, progress.last_day],
                [progress.value, progress.target],
                look.accent,
                "dot",
                1.75,
            )
        )
    days = [day for day, _value in reached_by_day]
    values = [value for _day, value in reached_by_day]
    figure.add_trace(_reached(look, progress, days, values))
    highest = levels.top_of([progress.target, *(value for value in values if value is not None)])
    ends = _ends(look, progress)
    levels.name_levels(figure, ends, highest, height - 52)
    figure.update_layout(
        xaxis=_calendar(look, start, progress.last_day),
        yaxis=parts.value_axis(look, metric, highest, "total"),
        margin={"l": 8, "r": levels.room_for(ends), "t": 22, "b": 30},
    )
    status = _("{name}: {word}.").format(
        name=look.name(progress.place), word=target_words.status_words(progress)
    )
    alt = sentences.paragraph(
        [metric.title.pick() + _("; "), status, target_words.sentences(progress)]
    )
    return parts.with_alt(figure, alt)


def _line(
    look: Look, days: list[date], values: list[float], colour: str, dash: str, width: float
) -> go.Scatter:
    return go.Scatter(
        x=days,
        y=values,
        mode="lines",
        line={"color": colour, "width": width, "dash": dash},
        hoverinfo="skip",
    )


def _reached(
    look: Look, progress: Progress, days: list[date], values: list[float | None]
) -> go.Scatter:
    span = [
        {
            "metric": progress.metric.name,
            "place": progress.place,
            "of": f"{progress.first_day}/{day}",
        }
        if value is not None
        else None
        for day, value in zip(days, values, strict=True)
    ]
    colour = look.colours[progress.place]
    return go.Scatter(
        x=days,
        y=values,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        meta={"rows": span},
        line={"color": colour, "width": 2.5},
        marker={"symbol": look.symbols[progress.place], "size": 5, "color": colour},
        customdata=[
            f"{number_text.day(day)}<br><b>{number_text.measured_exact(value, progress.metric)}</b>"
            for day, value in zip(days, values, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _ends(look: Look, progress: Progress) -> list[tuple[float, str, str]]:
    """What the lines are at their ends, the target and what was reached: level, words, colour."""
    ends = [(progress.target, _("target"), look.ink)]
    if progress.value is not None and progress.is_over:
        ends.append((progress.value, _("reached"), look.words(progress.place)))
    return [
        (level, f"{words} {number_text.bare(level, progress.metric)}", colour)
        for level, words, colour in ends
    ]


def _calendar(look: Look, first: date, last: date) -> dict[str, object]:
    """An axis of days with a mark at the first of each month, or of every third."""
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    step = max(1, -(-len(months) // 6))
    marks = months[::step]
    # A little air, so that the first month does not stand on the 0 of the other axis.
    air = timedelta(days=(last - first).days // 20)
    return {
        "type": "date",
        "range": [first - air, last],
        "tickvals": marks,
        "ticktext": [number_text.period_short("month", f"{day:%Y-%m}") for day in marks],
        "tickfont": {"color": look.muted, "size": 13},
        "tickangle": 0,
        "showgrid": False,
        "showline": True,
        "linecolor": look.grid,
        "fixedrange": True,
        "automargin": True,
    }
