"""Targets on a page: how each stands, its way as a picture, and the form that changes it."""

from __future__ import annotations

from typing import Any

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts, entries
from lingti.catalog import DISTRICT
from lingti.district import Target, journal
from lingti.judging import annotations as annotations_module
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.judging.reporting.revised import Revised
from lingti.judging.sentences import begun, joined, paragraph, within
from lingti.judging.standing import standing, target_words, targets
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _
from lingti.ui.comparison import annotation_list
from lingti.ui.home import standings
from lingti.ui.parts import pickers, url
from lingti.ui.parts.cards import beside, state_mark
from lingti.ui.parts.elements import chart, empty, in_pairs, paper
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.revision_marks import mark_in, revised
from lingti.ui.parts.row_links import author_words, opening
from lingti.ui.parts.tables import Column, as_it_is, table, unbroken, with_unit
from lingti.ui.parts.verdict_marks import target_mark
from lingti.ui.window.frame import Page


def progress(page: Page, view: View) -> list[Progress]:
    """The targets of the places looked at, the worst first."""
    all_targets = targets.progress(page.warehouse, view, page.until)
    return standing.from_the_worst(target for target in all_targets if target.place in view.places)


def summary(page: Page, aims: list[Progress]) -> str:
    """How many targets stand how, and which are to be looked at, in sentences."""
    fine = [aim for aim in aims if aim.status in ("reached", "on_pace")]
    sentences = [
        _("{fine} of {all} targets are reached or on pace.").format(fine=len(fine), all=len(aims))
    ]
    sentences += [
        _("{status}: {parts}.").format(
            status=begun(target_words.words_of(status)), parts=_by_place(page, of_it)
        )
        for status in targets.TO_LOOK_AT
        if (of_it := [aim for aim in aims if aim.status == status])
    ]
    return paragraph(sentences)


def _by_place(page: Page, aims: list[Progress]) -> str:
    """The titles of targets, those of one place together."""
    titles: dict[str, list[str]] = {}
    for aim in aims:
        titles.setdefault(aim.place, []).append(within(aim.metric.title.pick()))
    return joined(
        [
            _("{name} ({titles})").format(name=page.look.name(place), titles=joined(of_it))
            for place, of_it in titles.items()
        ]
    )


def progress_table(page: Page, aims: list[Progress]) -> None:
    """One row per target: what was reached, what its pace asks for, and what is still required."""
    differing = revised(page)
    frame = pd.DataFrame([_row(page, aim, differing) for aim in aims])
    # Once the time is up the pace is the target, and nothing can be required any more.
    over = all(aim.is_over for aim in aims)
    pace = Column("needed", _("Pace asks for"), number=True)
    gap = Column("gap", _("Gap to target") if over else _("Gap to pace"), number=True)
    required = Column("required", _("Still required a month"), number=True)
    columns_shown = [
        Column("place", _("Place"), html=unbroken, heading=True),
        Column("metric", _("Metric")),
        Column("bar", _("Against its mark"), html=as_it_is),
        Column("status", _("Status"), html=as_it_is),
        Column("period", _("Period"), html=unbroken),
        Column("target", _("Target"), number=True),
        Column("value", _("Reached"), html=as_it_is, number=True),
        *([gap] if over else [pace, gap, required]),
    ]
    table(frame, columns_shown, name="targets")


def _row(page: Page, aim: Progress, differing: Revised) -> dict[str, Any]:
    metric = aim.metric
    reached: Html | str = number_text.bare_exact(aim.value, metric)
    if aim.value is not None:
        reached = opening(reached, metric.name, aim.place, f"{aim.first_day}/{aim.as_of}")
    if aim.state in number_text.MARKED:
        reached = h.fragment[reached, state_mark(aim.state)]
    if aim.to_correct:
        reached = h.fragment[reached, beside(to_correct.words(aim.to_correct))]
    if aim.is_over:
        differs = mark_in(differing, metric.name, aim.place, aim.period)
        reached = h.fragment[reached, differs]
    return {
        "place": page.look.name(aim.place),
        "metric": with_unit(metric),
        "period": number_text.period(aim.grain, aim.period),
        "target": number_text.bare_exact(aim.target, metric),
        "value": h.fragment[reached],
        "needed": number_text.bare_exact(aim.needed, metric) if aim.grows else number_text.NOTHING,
        "gap": target_words.gap_words(aim),
        "required": number_text.bare(aim.rate_needed, metric),
        "bar": h.span(".lt-bullet", data_target=aim.status, title=target_words.status_words(aim))[
            standings.track(aim)
        ],
        "status": target_mark(aim),
    }


def _grain(period: str) -> str:
    return {4: "year", 7: "quarter" if "Q" in period else "month"}.get(len(period), "week")


def pictures(page: Page, aims: list[Progress]) -> None:
    """The ways of one place's targets, two side by side; the place is chosen above them."""
    places = list(dict.fromkeys(aim.place for aim in aims))
    asked = url.read("place")
    place = asked if asked in places else next((p for p in places if p != DISTRICT), places[0])
    st.segmented_control(
        _("Whose"),
        places,
        format_func=page.look.name,
        required=True,
        **url.follow("aims-place", "place", place, str),
    )
    chosen = [aim for aim in aims if aim.place == place]
    in_pairs(chosen, lambda aim: _picture(page, aim))


def _picture(page: Page, aim: Progress) -> None:
    reached_by_day = targets.week_by_week(page.warehouse, aim)
    title = h.span[aim.metric.title.pick(), "　", target_mark(aim)]
    with paper(
        title,
        target_words.sentences(aim),
        key=f"aim-{aim.place}-{aim.metric.name}-{aim.period}",
        metric=aim.metric,
    ):
        happened = annotations_module.on_charts(
            page.warehouse, aim.metric, [aim.place], aim.first_day, aim.last_day
        )
        figure = charts.pace_line(aim, reached_by_day, page.look)
        charts.with_notes_by_day(figure, happened, page.look)
        chart(figure, key=f"pace-{aim.metric.name}-{aim.period}")
        annotation_list.numbered_list(page, happened)


def change_form(page: Page) -> None:
    """Sets, changes or takes back a target; with everything that was changed so far."""
    if not pickers.places_to_change(page):
        return
    with st.expander(_("Set or change a target")):
        with st.form("target", border=False):
            left, right = st.columns(2)
            with left:
                place = pickers.place(page, label=_("Whose"), key="target-place")
                name = pickers.metric_in_form(page, _("Metric"), key="target-metric")
            with right:
                period = st.text_input(
                    _("Period"),
                    value=str(page.periods["month"][-1].id[:4]),
                    key="target-period",
                    help=_("2024, 2024-Q3 or 2024-06"),
                )
                value = st.number_input(
                    _("Target"),
                    min_value=0.0,
                    step=1.0,
                    key="target-value",
                    help=_("Shares as percent: 80 is 80%"),
                )
            keep, drop = st.columns(2)
            kept = keep.form_submit_button(_("Set target"), type="primary")
            dropped = drop.form_submit_button(_("Take target back"))
        if kept or dropped:
            _apply(page, Target(place, name, period.strip(), value), drop=dropped)
        _history(page)


def _apply(page: Page, target: Target, *, drop: bool) -> None:
    known = {period.id for grain in ("month", "quarter", "year") for period in page.periods[grain]}
    if target.period not in known:
        st.error(_("There is no period {period} in the data.").format(period=target.period))
        return
    home, by = page.district.home, pickers.author()
    if drop:
        journal.drop_target(home, target, by)
    else:
        metric = page.catalog.metrics[target.metric]
        value = target.value / 100 if number_text.is_percent(metric) else target.value
        journal.set_target(home, Target(target.community, target.metric, target.period, value), by)
    st.rerun()


def _history(page: Page) -> None:
    """Every change of a target on this page, the newest first."""
    changes = [
        entry
        for entry in reversed(entries.history(page.district.home, journal.TARGET))
        if entry.key.split("/")[1] in page.catalog.metrics
    ]
    if not changes:
        words = _("No target was changed here yet.")
        if page.district.targets:  # those of the operator's file
            words = _("No target was changed here yet; those shown are of district.toml.")
        empty(words)
        return
    frame = pd.DataFrame(
        [_change_row(page, change.key, change.value, change.by, change.at) for change in changes]
    )
    columns_shown = [
        Column("at", _("When"), heading=True),
        Column("by", _("Who")),
        Column("place", _("Place")),
        Column("metric", _("Metric"), html=unbroken),
        Column("period", _("Period"), html=unbroken),
        Column("target", _("Target"), number=True),
    ]
    table(frame, columns_shown, name="target-changes")


def _change_row(page: Page, key: str, value: Any, by: str, at: str) -> dict[str, str]:
    place, name, period = key.split("/")
    metric = page.catalog.metrics[name]
    when = pd.Timestamp(at)
    return {
        "at": f"{number_text.day(when.date())} {when:%H:%M} UTC",
        "by": author_words(by),
        "place": page.look.name(place),
        "metric": metric.title.pick(),
        "period": number_text.period(_grain(period), period),
        "target": _("taken back")
        if value is None
        else number_text.measured_exact(float(value), metric),
    }
