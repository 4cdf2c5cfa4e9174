"""Communities as dots on one line: a rate per 1,000 with its interval, the district as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import htpy as h
import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, period_values
from lingti.judging.between import told_apart, told_apart_words
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.language import gettext as _
from lingti.ui.parts.cards import star, state_mark, which_number
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.markers import hollow_point, mark
from lingti.ui.parts.revision_marks import mark_in
from lingti.ui.parts.row_links import defined, opening
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain

ROOM = 96.0  # of 100 parts of a line, for the largest number


def scale(page: Page) -> str:
    """Per 1,000 residents, where it is known how many live anywhere."""
    return (
        "residents"
        if any(community.residents for community in page.district.communities)
        else "total"
    )


def of_metrics(
    page: Page, view: View, metrics: Sequence[Metric], totals: pd.DataFrame, places: Sequence[str]
) -> None:
    """A picture per metric, side by side. `totals` are per 1,000 where the view says so."""
    comparisons = told_apart.of(
        page.warehouse, [metric.name for metric in metrics], view.period, published=view.published
    )
    pictures = []
    for metric in metrics:
        between = told_apart.whiskers(comparisons.get(metric.name), metric, view.per)
        pictures.append(_picture(page, view, metric, totals, places, between))
    put(h.div(".lt-dots-row", style=f"--n:{len(pictures)}")[pictures])


def of_metric(
    page: Page, view: View, metric: Metric, totals: pd.DataFrame, comparison: Comparison | None
) -> Html:
    """One metric with a line for each community of the view: its rate, its interval, what it was
    in the period before as a hollow point, and how it lies to the others in words.

    `totals` are those of the view, per 1,000 where it says so.
    """
    between = told_apart.whiskers(comparison, metric, view.per)
    rows = {place: period_values.row(totals, metric.name, place) for place in view.places}
    district = plain(rows[DISTRICT].value)
    is_rate = view.per != "total" or not metric.scalable
    before = {place: plain(row.previous) for place, row in rows.items()}
    reach = [plain(row.value) for place, row in rows.items() if place != DISTRICT]
    reach += [before[place] for place in view.communities]
    reach += [between[place][1] for place in view.communities if place in between]
    reach.append(district if is_rate else None)
    most = max((end for end in reach if end is not None), default=0.0)
    scale = ROOM / most if most > 0 else 0.0
    line = h.u(style=f"left:{district * scale:.1f}%") if is_rate and district is not None else None
    lines = [
        _line(
            page,
            view,
            metric,
            rows[place],
            between.get(place),
            scale,
            line,
            before[place],
            _beside_words(comparison, place),
        )
        for place in view.communities
    ]
    return h.figure(".lt-dots.lt-rates", aria_label=metric.title.pick())[h.ul[lines]]


def _beside_words(comparison: Comparison | None, place: str) -> str:
    """How a community lies to the others together; "" where nothing is told of it."""
    verdict = comparison.of(place) if comparison is not None else None
    if verdict is None or verdict.against not in ("higher", "lower"):
        return ""
    return told_apart_words.against_words(verdict.against)


def _picture(
    page: Page,
    view: View,
    metric: Metric,
    totals: pd.DataFrame,
    places: Sequence[str],
    between: Mapping[str, tuple[float, float]],
) -> Html:
    rows = {place: period_values.row(totals, metric.name, place) for place in (*places, DISTRICT)}
    district = plain(rows[DISTRICT].value)
    is_rate = view.per != "total" or not metric.scalable
    known = [plain(row.value) for place, row in rows.items() if place != DISTRICT]
    ends = [between[place][1] for place in places if place in between]
    reach = [*known, *ends, district if is_rate else None]
    most = max((end for end in reach if end is not None), default=0.0)
    scale = ROOM / most if most > 0 else 0.0
    line = h.u(style=f"left:{district * scale:.1f}%") if is_rate and district is not None else None
    lines = [
        _line(page, view, metric, rows[place], between.get(place), scale, line) for place in places
    ]
    return h.figure(".lt-dots", aria_label=metric.title.pick())[
        h.figcaption[h.b[defined(metric)], h.span[_under(metric, view, rows[DISTRICT])]],
        h.ul[lines],
    ]


def _under(metric: Metric, view: View, row: Any) -> Html:
    """The unit, and the district's number with the line it has in the picture."""
    value = plain(row.value)
    state_word = number_text.state(number_text.state_of(None, row.state))
    shown: Html | str = state_word if value is None else number_text.bare(value, metric, view.per)
    if value is not None:
        which = which_number(metric.name, DISTRICT, view.period, value, view.per)
        shown = h.span(data_number=which)[shown]
        if view.opens(DISTRICT):
            shown = opening(shown, metric.name, DISTRICT, view.period.id)
    return h.fragment[
        number_text.unit(metric, view.per),
        " · ",
        h.span(".lt-whole")[
            h.u,
            " ",
            _("district"),
            " ",
            shown,
            star(to_correct.lacking(row)),
            mark_in(view.revised, metric.name, DISTRICT, view.period.id, is_short=True),
        ],
    ]


def _line(
    page: Page,
    view: View,
    metric: Metric,
    row: Any,
    between: tuple[float, float] | None,
    scale: float,
    district: Html | None,
    before: float | None = None,
    beside: str = "",
) -> Html:
    place, value = row.community, plain(row.value)
    state = number_text.state_of(value, row.state)
    name = page.look.name(place)
    differs = mark_in(view.revised, metric.name, place, view.period.id, is_short=True)
    if value is None:
        words = number_text.state(state)
        return h.li(data_state=state)[h.span(title=name)[name], h.em[words, " ", differs]]
    exact = number_text.measured_exact(value, metric, view.per)
    which = which_number(metric.name, place, view.period, value, view.per)
    shown: Html = h.span(data_number=which)[number_text.bare(value, metric, view.per)]
    if view.opens(place):
        shown = opening(shown, metric.name, place, view.period.id)
    drawn: list[Html | None] = [district]
    if between is not None:
        low, high = (scale * end for end in between)
        drawn.append(h.s(style=f"left:{low:.1f}%;width:{high - low:.1f}%"))
    if before is not None:
        ring = hollow_point(page.look.colours[place])
        drawn.append(h.i(data_before=True, style=f"left:{before * scale:.1f}%")[ring])
    lacking = star(to_correct.lacking(row))
    dot = mark(page.look.symbols[place], page.look.colours[place])
    drawn.append(h.i(style=f"left:{value * scale:.1f}%")[dot])
    return h.li(data_state=state, title=f"{name}: {exact}{_interval(between, metric, view)}")[
        h.span(title=name)[name, h.small[beside] if beside else None],
        h.div[drawn],
        h.b[differs, shown, state_mark(state), lacking],
    ]


def _interval(between: tuple[float, float] | None, metric: Metric, view: View) -> str:
    if between is None:
        return ""
    ends = [number_text.bare(end, metric, view.per) for end in between]
    return " " + _("({lower} to {upper} by chance)").format(lower=ends[0], upper=ends[1])
