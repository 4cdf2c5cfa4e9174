"""The control chart: a series with its mean and limits, and its signals by shape."""

from __future__ import annotations

from itertools import groupby

import plotly.graph_objects as go

from lingti.charts import levels, parts
from lingti.charts.looks import Look
from lingti.judging import number_text, signals
from lingti.judging.judged_series import Series
from lingti.judging.signals import Flag, Stretch
from lingti.language import gettext as _

SHAPES: dict[Flag | None, str] = {
    "ordinary": "circle",
    "improving": "triangle-up",
    "worsening": "triangle-down",
    "special": "diamond",
    None: "circle-open",
}


def control(
    series: Series, look: Look, *, height: int = 260, top: float | None = None
) -> go.Figure:
    """One place's series: its points, mean and natural limits, its target, and its signals.

    Signals have a shape of their own (▲ improving, ▼ needs attention, ◆ unusual) and say on hover
    why. Values too short or too young to be judged are hollow and outside the limits' reckoning.
    `top` is the upper end of the axis where several charts share one scale.
    """
    metric, figure = series.metric, parts.blank(look, height)
    periods = [one.id for one in series.periods]
    for stretch in series.chart.stretches:
        _lines(figure, look, stretch, periods)
    figure.add_trace(_points(series, look))
    _say_gaps(figure, look, series)
    if series.chart.target is not None:
        levels.across(figure, look, series.chart.target)
    highest = top or levels.top_of([*_known(series), series.chart.target or 0.0])
    named = _levels(series, look)
    levels.name_levels(figure, named, highest, height - 70)
    figure.update_layout(
        xaxis=parts.period_axis(look, series.grain, periods, most=7),
        yaxis=parts.value_axis(look, metric, highest, "total"),
        margin={"l": 8, "r": levels.room_for(named), "t": 22, "b": 46},
    )
    words = _("{name}: {word}").format(
        name=look.name(series.community), word=signals.chart_words(series.chart)
    )
    return parts.with_alt(figure, f"{metric.title.pick()}. {words}")


def highest(series: Series) -> float:
    """The largest value, limit or target of a series."""
    limits = [one.upper or 0.0 for one in series.chart.stretches]
    return levels.top_of([*_known(series), *limits, series.chart.target or 0.0])


def _known(series: Series) -> list[float]:
    return [value for value in series.values if value is not None]


def _points(series: Series, look: Look) -> go.Scatter:
    metric, points = series.metric, series.chart.points
    flags = [point.flag for point in points]
    colours = {"improving": look.good, "worsening": look.bad, "special": look.ink}
    named = [
        {"metric": metric.name, "place": series.community, "of": period.id}
        if value is not None
        else None
        for period, value in zip(series.periods, series.values, strict=True)
    ]
    return go.Scatter(
        x=[one.id for one in series.periods],
        y=list(series.values),
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        meta={"rows": named},
        line={"color": look.muted, "width": 1.25},
        marker={
            "symbol": [SHAPES[flag] for flag in flags],
            "size": [11 if flag in colours else 7 for flag in flags],
            "color": [colours.get(flag or "", look.muted) for flag in flags],
            "line": {"color": look.paper, "width": 1},
        },
        customdata=[_hover(series, at) for at in range(len(points))],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _say_gaps(figure: go.Figure, look: Look, series: Series) -> None:
    """Says in each gap of the line that nothing was reported there."""
    for state, run in groupby(range(len(series.periods)), key=series.states.__getitem__):
        places = list(run)
        if state == "not_reported":
            figure.add_annotation(
                x=series.periods[places[len(places) // 2]].id,
                y=1,
                yref="paper",
                yanchor="top",
                text=number_text.state(state).replace(" ", "<br>"),
                showarrow=False,
                bgcolor=look.paper,
                font={"color": look.muted, "size": 12},
            )


def _hover(series: Series, at: int) -> str:
    period, value, point = series.periods[at], series.values[at], series.chart.points[at]
    if point.flag is not None or value is None:
        verdict = signals.point_words(point)
    elif point.value is None:
        verdict = _("not judged: too short, too young or reported in part")
    else:
        verdict = signals.flag_words(None)
    return (
        f"{number_text.period(series.grain, period.id)}<br>"
        f"<b>{number_text.measured_exact(value, series.metric)}</b><br>{verdict}"
    )


def _lines(figure: go.Figure, look: Look, stretch: Stretch, periods: list[str]) -> None:
    """Mean (or median, where there are too few points) and limits over a stretch."""
    ends = (stretch.first - 0.4, stretch.last + 0.4)
    levels = [(stretch.mean, "solid"), (stretch.lower, "dash"), (stretch.upper, "dash")]
    for level, dash in levels if stretch.enough else [(stretch.median, "dot")]:
        if level is not None:
            figure.add_shape(
                type="line",
                x0=ends[0],
                x1=ends[1],
                y0=max(0.0, level),
                y1=max(0.0, level),
                layer="below",
                line={"color": look.muted, "width": 1.25, "dash": dash},
            )


def _levels(series: Series, look: Look) -> list[tuple[float, str, str]]:
    """What the lines of the newest stretch and of the target are: level, words, colour."""
    metric, stretches, target = series.metric, series.chart.stretches, series.chart.target
    named = []
    if stretches and stretches[-1].enough:
        newest = stretches[-1]
        named = [(newest.upper, _("upper")), (newest.mean, _("mean"))]
        # A lower limit below zero says nothing where values cannot be negative.
        named += [(newest.lower, _("lower"))] if (newest.lower or 0) > 0 else []
    elif stretches:
        named = [(stretches[-1].median, _("median"))]
    found = [
        (level, f"{words} {number_text.bare(level, metric)}", look.muted)
        for level, words in named
        if level is not None
    ]
    if target is not None:
        found.append((target, f"{_('target')} {number_text.bare(target, metric)}", look.ink))
    return found
