"""The funnel: the rates of many communities by their size, within limits that narrow with it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from types import SimpleNamespace

import plotly.graph_objects as go

from lingti.catalog import DISTRICT, Metric
from lingti.charts import parts
from lingti.charts.looks import Look
from lingti.judging import number_text
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import Comparison, PlaceComparison
from lingti.language import gettext as _

STEPS = 60  # points of a limit
MOST_EMPTY = 1.5  # how many times the highest rate is drawn, to show limits
MOST_NAMED = 8  # names that find room beside their marks


def funnel(
    comparison: Comparison,
    metric: Metric,
    look: Look,
    *,
    chosen: Collection[str] = (),
    height: int = 380,
) -> go.Figure:
    """One mark per community: its rate by its size, in limits of 95 and 99.8 %, not in order.

    Those that can be told from the others are filled and named, the `chosen` have their colours.
    """
    figure = parts.blank(look, height)
    scale = 1000.0 if metric.scalable else 1.0
    per = "residents" if metric.scalable else "total"
    span = _span(comparison)
    top = (
        max([scale * place.rate for place in comparison.places] + [scale * comparison.rate]) or 1.0
    )
    if limits := comparison.limits(span[0] or span[1] / 4):
        top = max(top, min(scale * limits[-1], MOST_EMPTY * top))
    _limits(figure, comparison, look, span, scale)
    verdicts = [place for place in comparison.places if place.against in ("higher", "lower")]
    others = [place for place in comparison.places if place not in verdicts]
    for marks, is_told in ((others, False), (verdicts, True)):
        figure.add_trace(_marks(marks, comparison, metric, look, chosen, is_told=is_told))
    for verdict in sorted(verdicts, key=lambda verdict: -abs(verdict.rate - comparison.rate))[
        :MOST_NAMED
    ]:
        figure.add_annotation(
            x=verdict.size,
            y=scale * verdict.rate,
            text=look.name(verdict.place),
            showarrow=False,
            yshift=13,
            font={"color": look.ink, "size": 13},
        )
    figure.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=scale * comparison.rate,
        text=look.name(DISTRICT),
        showarrow=False,
        font={"color": look.muted, "size": 13},
    )
    figure.update_layout(
        xaxis=_size_axis(look, metric, span),
        yaxis=parts.value_axis(look, metric, top * 1.04, per),
        margin={"l": 8, "r": max(30, parts.room([look.name(DISTRICT)])), "t": 16, "b": 54},
    )
    return parts.with_alt(figure, words(comparison, metric, look))


def words(comparison: Comparison, metric: Metric, look: Look) -> str:
    """The picture in words."""
    return _("Funnel chart: {title} of {count} communities by size; {told}").format(
        title=metric.title.pick(),
        count=number_text.exact(len(comparison.places)),
        told=told_apart_words.sentence(comparison, metric, look.name),
    )


def _span(comparison: Comparison) -> tuple[float, float]:
    """From where to where sizes are drawn: from 0 on, where that leaves not half of it bare."""
    sizes = [place.size for place in comparison.places]
    least, most = min(sizes) * 0.96, max(sizes) * 1.04
    return (0.0 if least < most / 2 else least, most)


def _limits(
    figure: go.Figure, comparison: Comparison, look: Look, span: tuple[float, float], scale: float
) -> None:
    """The rate of all, dashed, and the limits: thin lines, the inner ones dotted."""
    least, most = max(span[0], min(place.size for place in comparison.places) * 0.9), span[1]
    sizes = [least + (most - least) * (step / STEPS) ** 2 for step in range(STEPS + 1)]
    limits = [comparison.limits(size) for size in sizes]
    lines: list[tuple[list[float], str, float]] = [
        ([scale * comparison.rate] * len(sizes), "dash", 1.5)
    ]
    for at, dash in ((0, "solid"), (1, "dot"), (2, "dot"), (3, "solid")):
        known = [scale * limit[at] for limit in limits if limit is not None]
        if known:
            lines.append((known, dash, 1.0))
    for heights, dash, width in lines:
        figure.add_trace(
            go.Scatter(
                x=sizes,
                y=heights,
                mode="lines",
                hoverinfo="skip",
                line={"color": look.muted, "width": width, "dash": dash},
            )
        )


def _marks(
    places: Sequence[PlaceComparison],
    comparison: Comparison,
    metric: Metric,
    look: Look,
    chosen: Collection[str],
    *,
    is_told: bool,
) -> go.Scatter:
    scale = 1000.0 if metric.scalable else 1.0
    colours = [look.colours[place.place] if place.place in chosen else look.ink for place in places]
    return go.Scatter(
        x=[place.size for place in places],
        y=[scale * place.rate for place in places],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": [
                look.symbols[place.place] if place.place in chosen else "circle" for place in places
            ],
            "size": [11 if place.place in chosen else 8 for place in places],
            "color": colours if is_told else [look.paper] * len(places),
            "line": {"color": colours, "width": 1.5},
            "opacity": 1,
        },
        meta=parts.named(
            metric,
            [
                SimpleNamespace(community=place.place, period=comparison.period, value=place.number)
                for place in places
            ],
        ),
        customdata=[
            [
                look.name(place.place),
                told_apart_words.rate_words(place.rate, metric),
                told_apart_words.counts_words(place, metric),
                told_apart_words.against_words(place.against),
            ]
            for place in places
        ],
        hovertemplate="%{customdata[0]}<br><b>%{customdata[1]}</b> (%{customdata[2]})<br>"
        "%{customdata[3]}<extra></extra>",
    )


def _size_axis(look: Look, metric: Metric, span: tuple[float, float]) -> dict[str, object]:
    least, most = span
    step = parts.nice_step(most - least, whole=True)
    marks = [step * at for at in range(math.ceil(least / step), int(most / step + 1e-9) + 1)]
    title = _("Residents") if metric.scalable else _("Out of")
    return {
        "range": [least, most],
        "tickvals": marks,
        "ticktext": [number_text.number(mark) for mark in marks],
        "tickfont": {"color": look.muted, "size": 13},
        "tickangle": 0,  # as on a phone, where pictures.js leaves some out
        "title": {"text": title, "font": {"color": look.muted, "size": 13}},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": look.grid,
        "fixedrange": True,
        "automargin": True,
    }
