"""The control chart: the points a verdict rests on, with its centre and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from lingti.catalog import Metric
from lingti.charts import levels, parts
from lingti.charts.looks import Look
from lingti.judging import number_text
from lingti.judging.verdicts.chart_choice import Shape
from lingti.judging.verdicts.charting import MONTH_DAYS, Judged
from lingti.judging.verdicts.signals import Flag
from lingti.judging.verdicts.verdict import Verdict
from lingti.judging.verdicts.verdict_series import kind_of
from lingti.judging.verdicts.verdict_words import point_words, tone, verdict_words, why_words
from lingti.language import Text
from lingti.language import gettext as _

SHAPES: dict[Flag | None, str] = {
    "ordinary": "circle",
    "improving": "triangle-up",
    "worsening": "triangle-down",
    "special": "diamond",
    None: "circle-open",
}


@dataclass(frozen=True)
class Charted:
    """What a control chart shows: a verdict with its points, or points that are not judged.

    `states` are those of weeks or months without a number; `target` is None where a point cannot be
    held against one.
    """

    metric: Metric
    community: str
    verdict: Verdict
    states: Mapping[str, str] = field(default_factory=dict)
    target: float | None = None

    @property
    def points(self) -> tuple[Judged, ...]:
        """The points in order of time."""
        return self.verdict.points

    @property
    def is_of_days(self) -> bool:
        """Whether its points are days between events."""
        return self.verdict.grain == "event"

    @property
    def measure(self) -> Metric:
        """The metric, or what counts days where its points are days."""
        if not self.is_of_days:
            return self.metric
        days = Text("天", "days")
        return replace(self.metric, unit=days, decimals=0, numerator="count(*)", denominator=None)

    @property
    def per_month_days(self) -> bool:
        """Whether its points are months that were made equally long."""
        shape: Shape = kind_of(self.metric).shape
        is_judged = self.verdict.chart == "xmr"
        return is_judged and self.verdict.grain == "month" and shape == "amount"


def control(
    shown: Charted, look: Look, *, height: int = 260, top: float | None = None
) -> go.Figure:
    """One place's points, centre and limits, a target, and its signals by shape.

    Only the point that decides has a colour, and only as a signal: the picture says what the word
    says. Points that are not judged are hollow. `top` is the upper end of the axis where several
    charts share one scale.
    """
    metric, figure = shown.measure, parts.blank(look, height)
    names = [point.period for point in shown.points]
    for line, dash in (("centre", "solid"), ("lower", "dash"), ("upper", "dash")):
        figure.add_trace(_line(shown.points, line, dash, look))
    figure.add_trace(_points(shown, look))
    _say_gaps(figure, look, shown)
    if shown.target is not None:
        levels.across(figure, look, shown.target)
    reached = top or highest(shown)
    named = _levels(shown, look)
    levels.name_levels(figure, named, reached, height - 70)
    figure.update_layout(
        xaxis=_axis(shown, look, names) | {"ticklabelstandoff": 5},  # below the 0 of the other
        yaxis=parts.value_axis(look, metric, reached, "total"),
        margin={"l": 8, "r": levels.room_for(named), "t": 22, "b": 46},
    )
    words = _("{name}: {word}").format(
        name=look.name(shown.community), word=verdict_words(shown.verdict.verdict)
    )
    alt = f"{shown.metric.title.pick()}. {words}. {why_words(shown.verdict)}"
    return parts.with_alt(figure, alt.strip())


def highest(shown: Charted) -> float:
    """The largest value, limit or target of a chart."""
    known = [point.value or 0.0 for point in shown.points]
    limits = [point.upper or 0.0 for point in shown.points]
    return levels.top_of([*known, *limits, shown.target or 0.0])


def _axis(shown: Charted, look: Look, names: list[str]) -> dict[str, Any]:
    if not shown.is_of_days:
        return parts.period_axis(look, shown.verdict.grain, names, most=7)
    axis = parts.period_axis(look, "programme", names, most=7)
    days = {point.period: point.last_day for point in shown.points}
    return axis | {
        "ticktext": [number_text.day_short(days[tickval]) for tickval in axis["tickvals"]]
    }


def _line(points: Sequence[Judged], name: str, dash: str, look: Look) -> go.Scatter:
    """The centre or a limit, which may change from point to point; never below zero."""
    line_levels = [getattr(point, name) for point in points]
    return go.Scatter(
        x=[point.period for point in points],
        y=[None if level is None else max(0.0, level) for level in line_levels],
        mode="lines",
        connectgaps=True,
        hoverinfo="skip",
        line={"color": look.muted, "width": 1.25, "dash": dash, "shape": "hvh"},
    )


def _points(shown: Charted, look: Look) -> go.Scatter:
    colours = {"good": look.good, "bad": look.bad, "signal": look.accent}
    colour = colours.get(tone(shown.verdict.verdict), look.muted)
    decides = [point == shown.verdict.judged and shown.verdict.is_signal for point in shown.points]
    return go.Scatter(
        x=[point.period for point in shown.points],
        y=[point.value for point in shown.points],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        meta={"rows": [_named(shown, point) for point in shown.points], "values": _values(shown)},
        line={"color": look.muted, "width": 1.25},
        marker={
            "symbol": [SHAPES[point.flag] for point in shown.points],
            "size": [
                13 if deciding else 9 if one.signals else 7
                for one, deciding in zip(shown.points, decides, strict=True)
            ],
            "color": [colour if deciding else look.muted for deciding in decides],
            "line": {"color": look.paper, "width": 1},
        },
        customdata=[_hover(shown, point) for point in shown.points],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _named(shown: Charted, judged: Judged) -> dict[str, str] | None:
    """The number of a point, for pages that open its rows; of time still open there are none."""
    if judged.value is None or judged.is_open:
        return None
    is_one = not shown.is_of_days and judged.first_day == _begin(shown, judged)
    of = judged.period if is_one else f"{judged.first_day}/{judged.last_day}"
    return {"metric": shown.metric.name, "place": shown.community, "of": of}


def _begin(shown: Charted, judged: Judged) -> Any:
    """The first day of the week or month that a point is named by; pools reach further back."""
    days = {"week": 6, "month": judged.last_day.day - 1}.get(shown.verdict.grain, 0)
    return judged.last_day.fromordinal(judged.last_day.toordinal() - days)


def _values(shown: Charted) -> list[float | None]:
    """The metric's own numbers behind what is drawn; None where days are drawn."""
    if shown.is_of_days:
        return [None] * len(shown.points)
    if not shown.per_month_days:
        return [point.value for point in shown.points]
    return [
        None if point.value is None else point.value * point.last_day.day / MONTH_DAYS
        for point in shown.points
    ]


def _say_gaps(figure: go.Figure, look: Look, shown: Charted) -> None:
    """Says in each gap of the line that nothing was reported there."""
    names = [point.period for point in shown.points]
    for state, run in groupby(names, key=lambda one: shown.states.get(one, "")):
        places = list(run)
        if state == "not_reported":
            figure.add_annotation(
                x=places[len(places) // 2],
                y=1,
                yref="paper",
                yanchor="top",
                text=number_text.state(state).replace(" ", "<br>"),
                showarrow=False,
                bgcolor=look.paper,
                font={"color": look.muted, "size": 12},
            )


def _hover(shown: Charted, judged: Judged) -> str:
    when = number_text.point(judged.period)
    if judged.first_day < _begin(shown, judged) and not shown.is_of_days:
        when = f"{number_text.day(judged.first_day)} – {number_text.day(judged.last_day)}"
    value = number_text.measured_exact(judged.value, shown.measure)
    return f"{when}<br><b>{value}</b><br>{point_words(judged)}"


def _levels(shown: Charted, look: Look) -> list[tuple[float, str, str]]:
    """What the lines are at the newest point and what the target is: level, words, colour."""
    drawn = [point for point in shown.points if point.centre is not None]
    named: list[tuple[float | None, str]] = []
    if drawn:
        newest = drawn[-1]
        named = [(newest.upper, _("upper")), (newest.centre, _("mean"))]
        # A lower limit below zero says nothing where values cannot be negative.
        named += [(newest.lower, _("lower"))] if (newest.lower or 0) > 0 else []
    labelled = [
        (level, f"{words} {number_text.bare(level, shown.measure)}", look.muted)
        for level, words in named
        if level is not None
    ]
    if shown.target is not None:
        words = number_text.bare(shown.target, shown.measure)
        labelled.append((shown.target, f"{_('target')} {words}", look.ink))
    return labelled
