"""The one choice of a metric on a comparison page: by groups, with a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import htpy as h
import pandas as pd

from lingti.catalog import Metric
from lingti.judging import number_text, period_values
from lingti.judging.period_values import View
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.elements import notice
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.verdict_marks import sign, verdict_of
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows

SHOW = "show"  # the part of the address that names the metric


@dataclass(frozen=True)
class Group:
    """Metrics that belong together, under a title."""

    title: str
    names: Sequence[str]


def all_names(groups: Sequence[Group]) -> list[str]:
    """The names of the metrics of all groups, each once."""
    return list(dict.fromkeys(name for group in groups for name in group.names))


def choose(page: Page, view: View, totals: pd.DataFrame, groups: Sequence[Group]) -> Metric:
    """The metric that the address names, else the first one; draws the choice.

    `totals` as of `judged_totals.totals`, with the metrics of all groups: each is offered with its
    number for the place in focus, and the sign of its verdict where that is a signal.
    """
    known = page.catalog.metrics
    names = all_names(groups)
    asked = url.read(SHOW)
    chosen = known[asked if asked in names else names[0]]
    if asked and asked not in names:
        notice(
            _("This page has no metric {asked}; {shown} is shown.").format(
                asked=asked[:40], shown=chosen.title.pick()
            )
        )
    if len(names) > 1:
        put(_chooser(view, totals, groups, chosen), width="content")
    return chosen


def _chooser(view: View, totals: pd.DataFrame, groups: Sequence[Group], chosen: Metric) -> Html:
    parts = [
        h.section(aria_label=group.title)[
            h.b(aria_hidden="true")[group.title],
            [_option(view, totals, view.catalog.metrics[name], chosen) for name in group.names],
        ]
        for group in groups
        if group.names
    ]
    label = _("Metric")
    summary = h.summary[h.small[label], h.span[chosen.title.pick()]]
    search = _("Search")
    field = h.input(type="search", placeholder=search, aria_label=search, autocomplete="off")
    return h.div(
        ".lt-choice.lt-chooser",
        role="group",
        aria_label=label,
        data_choice=f"pick-{SHOW}",
        data_name=SHOW,
    )[h.details[summary, h.section(".lt-panel")[field, parts]]]


def _option(view: View, totals: pd.DataFrame, metric: Metric, chosen: Metric) -> Html:
    row = period_values.row(totals, metric.name, view.focus)
    return h.a(
        ".lt-option",
        data_value=metric.name,
        data_words=f"{metric.title.zh} {metric.title.en} {' '.join(metric.words)}".lower(),
        href=url.changed(SHOW, metric.name),
        aria_current="true" if metric is chosen else None,
    )[metric.title.pick(), h.small[_signals(totals, metric), _number(row, metric, view)]]


def _number(row: Any, metric: Metric, view: View) -> str:
    value = plain(row.value)
    if value is None:
        return number_text.state(number_text.state_of(None, row.state))
    return number_text.measured(value, metric, view.per)


def _signals(totals: pd.DataFrame, metric: Metric) -> list[Html]:
    """What stands out of it anywhere, each word once."""
    marks = {
        verdict.verdict: h.i(data_verdict=verdict.verdict)[
            sign(verdict.verdict), "\xa0", verdict_words(verdict.verdict)
        ]
        for row in rows(period_values.of_metric(totals, metric.name))
        if (verdict := verdict_of(row)) is not None and verdict.is_signal
    }
    return [*marks.values()]
