"""The head of a comparison: what it comes to, the number, and what it is to be held against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import htpy as h
import pandas as pd

from lingti.catalog import DISTRICT, Catalog, Metric
from lingti.judging import number_text, period_values
from lingti.judging.between import compared, comparison_words
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.judging.standing import standing, standing_words, target_words
from lingti.judging.standing.targets import Progress
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.cards import change_html, value_html, which_number
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.revision_marks import revision_mark
from lingti.ui.parts.row_links import defined, opening
from lingti.ui.parts.verdict_marks import target_mark, verdict_line
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain


def head(
    page: Page,
    view: View,
    metric: Metric,
    totals: pd.DataFrame,
    comparison: Comparison | None,
    aims: Sequence[Progress],
) -> None:
    """The message as a title, and below it the number of the place in focus beside others.

    `totals` as of `judged_totals.totals`, `aims` the targets of the metric.
    """
    message = comparison_words.message(totals, metric, view, page.look.name, comparison)
    between = "：" if current() == "zh" else ": "
    title = h.h2(".lt-message")[defined(metric), between, message]
    row = period_values.row(totals, metric.name, view.focus)
    items = [
        (page.look.name(view.focus), _number(row, metric, view, page.catalog)),
        (_("Period before"), change_html(row, metric, view) or number_text.NOTHING),
        (_("Same period last year"), _last_year(page, view, metric)),
        *_beside(page, view, metric, totals),
        (_("Target"), _aims(aims, view) or h.span(".lt-instead")[_("no target")]),
    ]
    put(
        h.div(".lt-metric-head")[
            title,
            h.dl(".lt-against")[[h.div[h.dt[name], h.dd[shown]] for name, shown in items]],
        ]
    )


def _number(row: Any, metric: Metric, view: View, known: Catalog) -> Html:
    value = plain(row.value)
    unit = "" if value is None else number_text.unit(metric, view.per)
    unit = number_text.agreeing(number_text.bare(value, metric, view.per), unit)
    if number_text.is_percent(metric):
        unit = ""
    which = which_number(metric.name, row.community, view.period, value, view.per)
    lacking = to_correct.lacking(row)
    shown = value_html(value, row.state, metric, view.per, which, unit, lacking)
    if value is not None and view.opens(row.community):
        shown = opening(shown, metric.name, row.community, row.period)
    differs = revision_mark(view, metric.name, row.community, view.period.id)
    verdict = verdict_line(row, metric, known)
    return h.fragment[
        h.b(".lt-value")[shown, differs], h.span(".lt-told")[verdict] if verdict else None
    ]


def _beside(page: Page, view: View, metric: Metric, totals: pd.DataFrame) -> list[tuple[str, Html]]:
    """The district's number, where a single community is looked at."""
    if view.focus == DISTRICT:
        return []
    row = period_values.row(totals, metric.name, DISTRICT)
    return [(page.look.name(DISTRICT), _small(row, metric, view))]


def _small(row: Any, metric: Metric, view: View) -> Html:
    value = plain(row.value)
    which = which_number(metric.name, row.community, view.period, value, view.per)
    shown = value_html(value, row.state, metric, view.per, which)
    if value is not None and view.opens(row.community):
        shown = opening(shown, metric.name, row.community, row.period)
    return shown


def _last_year(page: Page, view: View, metric: Metric) -> Html | str:
    """The number of a year ago; why there is none is said on hover."""
    over = compared.spans(page.warehouse, view, metric, page.periods, page.until)
    if over.last_year is None:
        return h.span(".lt-instead", title=_("The same period of last year is not in the data."))[
            _("no data")
        ]
    places = compared.compared(page.warehouse, page.district, view, metric, over)
    of_it = next(
        (compared_place for compared_place in places if compared_place.place == view.focus), None
    )
    if of_it is None or of_it.last_year is None:
        return h.span(".lt-instead")[_("no data")]
    shown: Html = value_html(
        of_it.last_year, of_it.last_year_state, metric, lacking=of_it.last_year_to_correct
    )
    if view.opens(view.focus):
        first, last = over.last_year
        shown = opening(shown, metric.name, view.focus, f"{first}/{last}")
    return shown


def _aims(aims: Sequence[Progress], view: View) -> Html | None:
    """The target of the place in focus; of the district without one, how those of others stand."""
    own = [aim for aim in aims if aim.place == view.focus]
    if own:
        return _aim(standing.from_the_worst(own)[0])
    words = standing_words.targets_words([aim for aim in aims if aim.place in view.communities])
    if not words:
        return None
    return h.a(".lt-defined", href=url.link("targets"))[words]


def _aim(aim: Progress) -> Html:
    reached = number_text.bare(aim.value, aim.metric)
    target = number_text.bare(aim.target, aim.metric)
    words = f"{reached}/{target} {target_words.words_of(aim.status)}"
    period = number_text.period(aim.grain, aim.period)
    return h.span(title=target_words.sentences(aim))[target_mark(aim, words), " ", h.small[period]]
