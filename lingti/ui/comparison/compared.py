"""Compared with what, on a page: every place beside other periods, the district, and its target."""

from __future__ import annotations

from typing import Any

import htpy as h
import pandas as pd
import streamlit as st

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.between import compared, told_apart, told_apart_words
from lingti.judging.between.compared import Compared, Days, Spans
from lingti.judging.period_values import View, grows_with_days
from lingti.judging.sentences import SMALL_BASE, joined, listed, paragraph
from lingti.judging.standing import target_words, targets
from lingti.judging.verdicts.holidays import festival_moved
from lingti.language import gettext as _
from lingti.ui.parts.cards import value_html
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.revision_marks import revision_mark
from lingti.ui.parts.row_links import opening
from lingti.ui.parts.tables import Column, as_it_is, table, unbroken
from lingti.ui.parts.verdict_marks import target_mark
from lingti.ui.window.frame import Page


def explained(page: Page, view: View, metric: Metric, over: Spans) -> None:
    """By what communities are told apart, how often they are by chance, and the denominators."""
    everything = told_apart.of(
        page.warehouse, list(page.catalog.metrics), view.period, published=view.published
    )
    comparison = everything.get(metric.name) if over.reason != "days" else None
    sentences = [
        told_apart_words.method_words(comparison.how) if comparison else "",
        told_apart_words.differing_words(told_apart.differing(everything, page.catalog)),
        populations_words(page, view, metric),
    ]
    if words := paragraph(sentences):
        st.caption(words)


def days_words(page: Page, over: Spans, metric: Metric) -> str:
    """Which days are compared, and why they are provisional where they are."""
    first, last = over.now
    sentences = [
        _("Compared: {first} to {last}.").format(
            first=number_text.day(first), last=number_text.day(last)
        )
    ]
    if over.reason == "days":
        names = joined([page.look.name(community) for community in over.lacking])
        sentences.append(
            _(
                "Provisional: {names} reported a part only; all are compared by the same days."
            ).format(names=names)
        )
    elif over.reason == "young":
        sentences.append(
            _("Provisional: cases have {days} days, and the last of them had less so far.").format(
                days=metric.matures_days
            )
        )
    if over.missing:
        names = joined([page.look.name(community) for community in over.missing])
        sentences.append(_("Provisional: {names} reported nothing of it.").format(names=names))
    if over.before is None:
        sentences.append(_("There is no period of the same length before this one."))
    if over.last_year is None and first.month == last.month and festival_moved(first):
        sentences.append(
            _("Spring Festival lies in another month than last year: compare January to February.")
        )
    elif over.last_year is None:
        sentences.append(_("The same period of last year is not in the data."))
    return paragraph(sentences)


def told_words(page: Page, view: View, metric: Metric, over: Spans) -> str:
    """Who has the highest rate and who can be told from the others, as everywhere else."""
    if over.reason == "days":
        return ""
    comparisons = told_apart.of(
        page.warehouse, [metric.name], view.period, published=view.published
    )
    return told_apart_words.sentence(comparisons.get(metric.name), metric, page.look.name)


def places(page: Page, view: View, metric: Metric, over: Spans, *, by_value: bool) -> None:
    """One row per place: its number, rate, the other periods, the district's rate, its target."""
    comparisons = compared.compared(page.warehouse, page.district, view, metric, over)
    if by_value:
        comparisons = sorted(
            comparisons,
            key=lambda comparison: (comparison.place == DISTRICT, -(comparison.rate or 0.0)),
        )
    progress = {
        target.place: target
        for target in targets.progress(page.warehouse, view, page.until)
        if target.metric.name == metric.name
    }
    frame = pd.DataFrame(
        [
            _row(page, view, metric, over, comparison)
            | {"target": _target(progress.get(comparison.place))}
            for comparison in comparisons
        ]
    )
    columns = [
        Column("place", _("Place"), html=unbroken, heading=True),
        Column("value", _("Number"), html=as_it_is, number=True),
        *_rate_columns(view, metric),
        Column("before", _("Period before"), html=as_it_is, number=True),
        Column("last_year", _("Same period last year"), html=as_it_is, number=True),
        Column("target", _("Target"), html=as_it_is),
    ]
    # What no place has is said above the table, and not once more in every row.
    is_told = any(comparison.against_others is not None for comparison in comparisons)
    idle = {
        "interval": not is_told,
        "against": not is_told,
        "before": over.before is None,
        "last_year": over.last_year is None,
        "target": not progress,
    }
    columns = [column for column in columns if not idle.get(column.key)]
    table(frame, columns, name=f"compared-{metric.name}-{view.period.id}")


def _rate_columns(view: View, metric: Metric) -> list[Column]:
    beside = Column("beside", _("Beside the district"), html=as_it_is, number=True)
    interval = Column("interval", _("95% interval"), html=as_it_is, number=True)
    against = Column("against", _("Beside the others"), html=as_it_is)
    if not metric.scalable:
        return [interval, beside, against]
    rate = _("Per 1,000 residents")
    if view.per == "households":
        rate = _("Per 1,000 households")
        interval = Column(
            "interval", _("Per 1,000 residents, 95% interval"), html=as_it_is, number=True
        )
    return [Column("rate", rate, number=True), interval, beside, against]


def _row(
    page: Page, view: View, metric: Metric, over: Spans, comparison: Compared
) -> dict[str, Any]:
    per = view.per if view.per != "total" else "residents"
    return {
        "place": page.look.name(comparison.place),
        "value": _number(metric, comparison, over, view),
        "rate": number_text.bare(comparison.rate, metric, per),
        "before": _change(metric, comparison, "before", view, over),
        "last_year": _change(metric, comparison, "last_year", view, over),
        "beside": _beside(metric, comparison),
        "interval": _interval(metric, comparison),
        "against": _against(comparison),
    }


def _number(metric: Metric, comparison: Compared, over: Spans, view: View) -> Html:
    shown = value_html(comparison.value, comparison.state, metric, lacking=comparison.to_correct)
    if comparison.value is None:
        return shown
    first, last = over.now
    tentative = over.reason or over.missing
    mark = [" ", h.small(".lt-tentative")[_("provisional")]] if tentative else None
    if view.opens(comparison.place):
        shown = opening(shown, metric.name, comparison.place, f"{first}/{last}")
    differs = None
    if over.now == (view.period.first_day, view.period.last_day):
        differs = revision_mark(view, metric.name, comparison.place, view.period.id)
    return h.fragment[shown, differs, mark]


def _change(metric: Metric, comparison: Compared, other: str, view: View, over: Spans) -> Html:
    """The other number and the change from it; none where either is a part.

    `other` is before or last_year.
    """
    days: Days | None = getattr(over, other)
    now, state = comparison.value, comparison.state
    was: float | None = getattr(comparison, other)
    was_state, alike = getattr(comparison, f"{other}_state"), getattr(comparison, f"{other}_alike")
    lacking: int = getattr(comparison, f"{other}_to_correct")
    if was is None:
        word = (
            number_text.state(number_text.state_of(None, was_state))
            if was_state
            else number_text.NOTHING
        )
        return h.span(".lt-state.lt-nothing")[word]
    shown = value_html(was, was_state, metric, lacking=lacking)
    if days is not None and view.opens(comparison.place):
        shown = opening(shown, metric.name, comparison.place, f"{days[0]}/{days[1]}")
    if not alike:
        return h.fragment[shown, " ", h.small[_("(not the same communities)")]]
    if now is None or state != "reported" or was_state != "reported":
        return shown
    size = _size(metric, now - was)
    if not any(digit in size for digit in "123456789"):  # too small to be written
        return shown
    per_day = ""
    if days and grows_with_days(metric, view.period.grain):
        per_day = _per_day((now, over.now), (was, days))
    more = h.span(".lt-unbroken")[per_day] if per_day else None
    return h.fragment[shown, " ", h.small[number_text.signed(size, now - was), more]]


def _per_day(now: tuple[float, Days], was: tuple[float, Days]) -> str:
    """By how much a day brought more, where two months differ in length; else ""."""
    (value, (first, last)), (before, (was_first, was_last)) = now, was
    days, days_before = (last - first).days + 1, (was_last - was_first).days + 1
    if days == days_before or before < SMALL_BASE:
        return ""
    part = value / days / (before / days_before) - 1
    share = number_text.signed(number_text.share(part, 1), part)
    return _(" (per day {share})").format(share=share)


def _size(metric: Metric, change: float) -> str:
    if number_text.is_percent(metric):
        return _("{number} points").format(number=number_text.exact(change * 100, 1))
    return number_text.bare(change, metric)


def _beside(metric: Metric, comparison: Compared) -> Html:
    """How a community's rate lies to the district's, as a multiple or in percentage points."""
    if comparison.place == DISTRICT or comparison.rate is None or not comparison.district_rate:
        return h.span(".lt-state.lt-nothing")[number_text.NOTHING]
    if number_text.is_percent(metric):
        change = comparison.rate - comparison.district_rate
        return h.small[number_text.signed(_size(metric, change), change)]
    ratio = comparison.rate / comparison.district_rate
    return h.small[_("{number} times").format(number=number_text.exact(ratio, 2))]


def _interval(metric: Metric, comparison: Compared) -> Html:
    """What chance makes of its rate, and what the rate is of; shares tell their cases."""
    if comparison.against_others is None:
        return h.span(".lt-state.lt-nothing")[number_text.NOTHING]
    words = told_apart_words.interval_words(comparison.against_others, metric)
    counts = told_apart_words.counts_words(comparison.against_others, metric)
    cases = None if metric.scalable else h.small[" (", counts, ")"]
    return h.span(title=counts)[words, cases]


def _against(comparison: Compared) -> Html:
    """Whether it can be told from the others together; nothing where there is no comparison."""
    if comparison.against_others is None:
        return h.span(".lt-state.lt-nothing")[number_text.NOTHING]
    return h.span(data_against=comparison.against_others.against)[
        told_apart_words.against_words(comparison.against_others.against)
    ]


def _target(progress: targets.Progress | None) -> Html:
    if progress is None:
        return h.span(".lt-state.lt-nothing")[number_text.NOTHING]
    words = _("{target} by {day}: {status}").format(
        target=number_text.measured(progress.target, progress.metric),
        day=number_text.day(progress.last_day),
        status=target_words.status_words(progress),
    )
    return target_mark(progress, words)


def populations_words(page: Page, view: View, metric: Metric) -> str:
    """The denominators of the rates: how many, as of when, from where; "" if there are none."""
    if not metric.scalable:
        return ""
    households = view.per == "households"
    parts = [
        _("{name} {size} ({origin})").format(
            name=page.look.name(community.id),
            size=number_text.exact(community.households if households else community.residents),
            origin=" · ".join(
                part
                for part in (
                    number_text.as_of(community.population_as_of),
                    community.population_source.pick(),
                )
                if part
            ),
        )
        for community in page.district.communities
        if community.id in view.communities
    ]
    template = _("Households: {parts}.") if households else _("Residents: {parts}.")
    return template.format(parts=listed(parts))
