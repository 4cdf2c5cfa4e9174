"""Verdicts on a page: a chart per place, the main numbers at a glance, and how limits are set."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import cast

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts
from lingti.catalog import DISTRICT, Metric
from lingti.charts import Charted
from lingti.district import journal
from lingti.district.journal import Baseline, Rebase
from lingti.judging import number_text, period_values
from lingti.judging.period_values import View
from lingti.judging.periods import Period, Trail
from lingti.judging.sentences import joined, listed, paragraph
from lingti.judging.standing.targets import targets_now
from lingti.judging.verdicts import signal_count, verdicts
from lingti.judging.verdicts.charting import Judged
from lingti.judging.verdicts.signals import POINTS_NEEDED
from lingti.judging.verdicts.verdict import Reason, Verdict, VerdictCode
from lingti.judging.verdicts.verdict_words import chart_words, verdict_words, why_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.ui.comparison import annotation_list
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty, in_pairs, paper, sentence
from lingti.ui.parts.html_out import Html, put, send
from lingti.ui.parts.tables import Column, as_it_is, listing
from lingti.ui.parts.verdict_marks import inside, instead, sign, verdict_mark
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows


def is_judged(metric: Metric) -> bool:
    """Whether a metric can have a verdict: no stock and no rolling window."""
    return metric.window == "period"


def of_places(page: Page, view: View, metric: Metric) -> list[Charted]:
    """The verdict of every place looked at, with the points it rests on.

    Without a chart its months are shown as they are, and of published values always: who reads
    those gets the word without what it rests on. Of a quarter or a year its last month is shown.
    """
    by_key = verdicts.of(
        page.warehouse, [metric.name], view.places, view.period, published=view.published
    )
    frames = {grain: _history(page, view, metric, grain) for grain in ("week", "month")}
    return [
        _charted(page, view, metric, by_key[metric.name, place], frames)
        for place in view.places
        if (metric.name, place) in by_key
    ]


def _history(page: Page, view: View, metric: Metric, grain: str) -> pd.DataFrame:
    begin = page.periods["programme"][0].first_day
    return period_values.over_time(page.warehouse, view, [metric.name], Trail(grain, begin))


def _charted(
    page: Page, view: View, metric: Metric, kept: KeptVerdict, frames: dict[str, pd.DataFrame]
) -> Charted:
    place = kept.community
    verdict = Verdict(kept.verdict, cast("Reason", kept.reason))
    if view.opens(place) and kept.reason != "state":
        verdict = _judged(page, view, metric, place)
    if not verdict.points:
        months = frames["month"][frames["month"]["community"] == place]
        verdict = replace(verdict, grain="month", chart="none", points=_as_they_are(months))
    states = {
        row.period: str(row.state)
        for frame in frames.values()
        for row in rows(frame[frame["community"] == place])
    }
    return Charted(metric, place, verdict, states, _target(page, view, metric, place))


def _judged(page: Page, view: View, metric: Metric, place: str) -> Verdict:
    verdict = verdicts.judged(page.warehouse, page.district, metric, place, view.period)
    if verdict.reason != "long_period":
        return verdict
    months = [period for period in page.periods["month"] if period.last_day <= view.period.last_day]
    newest = verdicts.judged(page.warehouse, page.district, metric, place, months[-1])
    return replace(newest, verdict=verdict.verdict, reason=verdict.reason, earlier=verdict.earlier)


def _as_they_are(frame: pd.DataFrame) -> tuple[Judged, ...]:
    """Months that are shown and not judged."""
    return tuple(
        Judged(
            row.period,
            pd.Timestamp(row.first_day).date(),
            pd.Timestamp(row.last_day).date(),
            plain(row.value),
        )
        for row in rows(frame)
    )


def _target(page: Page, view: View, metric: Metric, place: str) -> float | None:
    """The target of a share or a duration, which each point can be held against."""
    if metric.scalable:
        return None
    year = f"{view.period.last_day.year}"
    values = [
        target.value
        for target in targets_now(page.warehouse)
        if (target.community, target.metric, target.period) == (place, metric.name, year)
    ]
    return values[-1] if values else None


def summary(page: Page, charts_of_places: list[Charted]) -> str:
    """Who stands out and why, who varies as usual, and of whom nothing can be said."""
    by_said: dict[VerdictCode, list[Charted]] = {}
    for charted in charts_of_places:
        by_said.setdefault(charted.verdict.verdict, []).append(charted)
    sentences = [
        _("{name}: {word}. {why}").format(
            name=page.look.name(charted.community),
            word=verdict_words(charted.verdict.verdict),
            why=why_words(charted.verdict),
        )
        for charted in charts_of_places
        if charted.verdict.is_signal
    ]
    for code, those in by_said.items():
        if not those[0].verdict.is_signal:
            names = joined([page.look.name(charted.community) for charted in those])
            sentences.append(_("{word}: {names}.").format(word=begun_words(code), names=names))
    return paragraph(sentences)


def begun_words(code: VerdictCode) -> str:
    """A verdict at the beginning of a sentence."""
    words = verdict_words(code)
    return words[:1].upper() + words[1:]


def judged_instead(page: Page, metric: Metric) -> None:
    """What is judged in place of a stock or a rolling window, as links; nothing for others."""
    links = instead(metric, page.catalog)
    if links is not None:
        put(h.p(".lt-chart-sub")[_("Judged in its place"), links])


def in_short(page: Page, view: View, metric: Metric) -> None:
    """Who stands out in the period, in one line with a link to the charts."""
    by_key = verdicts.of(
        page.warehouse, [metric.name], view.communities, view.period, published=view.published
    )
    signals = [verdict for verdict in by_key.values() if verdict.is_signal]
    href = url.link("verdicts", metric=metric.name)
    link = h.a(".lt-defined", href=href)[_("Changes judged"), " →"]
    if not signals:
        words = _("No community's number is a signal in this period.")
        put(h.p(".lt-chart-sub")[words, instead(metric, page.catalog), " ", link])
        return
    marks = [
        h.span[page.look.name(signal.community), " ", verdict_mark(signal), "　"]
        for signal in signals
    ]
    put(h.p(".lt-chart-sub")[marks, link])


def multiples(page: Page, charts_of_places: list[Charted]) -> None:
    """One control chart per place, two side by side, communities on one scale."""
    drawn = [
        charted
        for charted in charts_of_places
        if any(point.value is not None for point in charted.points)
    ]
    in_pairs(drawn, lambda shown: _multiple(page, shown, _scale(shown, drawn)))
    idle = [charted for charted in charts_of_places if charted not in drawn]
    if idle:
        states = [
            _("{name}: {word}").format(
                name=page.look.name(charted.community), word=verdict_words(charted.verdict.verdict)
            )
            for charted in idle
        ]
        empty(listed(states))


def _multiple(page: Page, shown: Charted, scale: float) -> None:
    with _paper(page, shown):
        periods = [
            Period(shown.verdict.grain, point.period, point.first_day, point.last_day)
            for point in shown.points
        ]
        annotation_list.noted_chart(
            page,
            charts.control(shown, page.look, top=scale),
            shown.metric,
            [shown.community],
            periods,
            key=f"control-{shown.community}",
        )


def _scale(shown: Charted, drawn: Sequence[Charted]) -> float:
    """The common scale of charts of one kind; its own where that would press a chart flat.

    The district's total would do so to the communities'.
    """
    own = charts.highest(shown)
    alike = [
        charts.highest(charted)
        for charted in drawn
        if charted.community != DISTRICT
        and (charted.verdict.grain, charted.verdict.chart)
        == (shown.verdict.grain, shown.verdict.chart)
    ]
    shared = max(alike, default=own)
    return own if shown.community == DISTRICT or own < shared / 4 else shared


def _paper(page: Page, shown: Charted) -> AbstractContextManager[None]:
    verdict = shown.verdict
    points = chart_words(verdict, per_month_days=shown.per_month_days)
    mark = h.span[page.look.name(shown.community), "　", verdict_mark(verdict)]
    return paper(mark, paragraph([why_words(verdict), points]), key=f"control-{shown.community}")


def overview(page: Page, view: View) -> None:
    """The verdict on the communities' main numbers, and how many of these are signals."""
    known = page.catalog.metrics
    headlines = dict.fromkeys(
        name
        for community in page.district.communities
        for name in community.headlines
        if name in known
    )
    by_key = verdicts.of(
        page.warehouse, list(headlines), view.places, view.period, published=view.published
    )
    count = signal_count.counted(
        page.catalog,
        ((*key, verdict.verdict) for key, verdict in by_key.items() if key[1] != DISTRICT),
    )
    sentence(signal_count.count_words(count))
    lines = []
    for name in headlines:
        link = url.link("verdicts", metric=name)
        title = h.a(".lt-defined", href=link)[known[name].title.pick()]
        cells = [_verdict_cell(by_key.get((name, place))) for place in view.places]
        lines.append([title, *cells])
    columns = [
        Column("metric", _("Metric"), html=as_it_is, heading=True),
        *(Column(place, page.look.name(place), html=as_it_is) for place in view.places),
    ]
    listing(pd.DataFrame(lines, columns=[column.key for column in columns]), columns)


def _verdict_cell(verdict: KeptVerdict | None) -> Html:
    if verdict is None:
        return h.span(".lt-state.lt-nothing")[number_text.NOTHING]
    if verdict.reason == "state":
        word = verdict_words(verdict.verdict)
        which = f"{verdict.metric}|{verdict.community}|{verdict.period}"
        return h.span(
            class_=f"lt-state lt-{verdict.verdict}", data_verdict=verdict.verdict, data_told=which
        )[word]
    return h.fragment[verdict_mark(verdict), inside(verdict)]


def legend() -> None:
    """What the signs of the points and the lines mean."""
    explanations: dict[VerdictCode, str] = {
        "ordinary": _("ordinary variation: nothing to explain"),
        "improving": _("a signal for the better"),
        "worsening": _("a signal for the worse: look for its cause"),
        "changed": _("a signal where neither is better"),
        "not_judged": _("not judged: too few points, a part of a period, or a level"),
    }
    # The legend explains signs; a colour stands for a signal only.
    items = [
        h.li[h.span(".lt-verdict")[sign(code)], h.span[words]]
        for code, words in explanations.items()
    ]
    lines = _("— mean   - - natural limits: where nearly all values of the process lie")
    label = _("How to read it")
    put(h.ul(".lt-key", aria_label=label)[items, h.li[lines]])


def baselines(page: Page, charts_of_places: list[Charted]) -> None:
    """How each series is judged, and the form to lock its limits or to re-base it."""
    known = journal.baselines(page.district.home)
    chosen = {
        key: baseline
        for shown in charts_of_places
        for grain in ("week", "month")
        for key in [(shown.community, shown.metric.name, grain)]
        for baseline in [known.get(key, Baseline())]
        if baseline != Baseline()
    }
    sentences = [_baseline_words(page, *key, baseline) for key, baseline in chosen.items()]
    with st.expander(_("How the limits are set")):
        send(
            h.fragment[
                h.p(".lt-rule")[
                    _(
                        "The limits rest on all points so far. Lock them on the first points to"
                        " hold what comes later against them; re-base where a known change began."
                    )
                ],
                [h.p(".lt-rule")[words] for words in sentences],
            ]
        )
        own = pickers.places_to_change(page)
        if changeable := [charted for charted in charts_of_places if charted.community in own]:
            _baseline_form(page, changeable)


def _baseline_words(page: Page, place: str, _metric: str, grain: str, chosen: Baseline) -> str:
    parts = []
    if chosen.locked:
        parts.append(_("locked on the first {count} points").format(count=chosen.locked))
    for rebase in chosen.rebases:
        period = number_text.period(grain, rebase.period)
        parts.append(
            _("re-based in {period}: {reason}").format(period=period, reason=rebase.reason)
        )
    return _("{name}: {words}.").format(name=page.look.name(place), words=listed(parts))


def _baseline_form(page: Page, charts_of_places: list[Charted]) -> None:
    places = [charted.community for charted in charts_of_places]
    by_week = any(charted.verdict.grain == "week" for charted in charts_of_places)
    grain = "week" if by_week else "month"
    with st.form("baseline", border=False):
        place = str(
            st.selectbox(_("Whose"), places, format_func=page.look.name, key="baseline-place")
        )
        kinds = {
            "lock": _("Lock on the first 12 points"),
            "rebase": _("Re-base at a known change"),
            "clear": _("Back to all points"),
        }
        kind = st.radio(
            _("What to do with the limits"),
            list(kinds),
            format_func=kinds.__getitem__,
            horizontal=True,
        )
        period = st.selectbox(
            _("Known change in"),
            [known_period.id for known_period in page.periods[grain][1:]],
            format_func=lambda known_period: number_text.period(grain, known_period),
        )
        reason = st.text_input(_("Reason of the change"))
        if not st.form_submit_button(_("Apply")):
            return
    name = charts_of_places[0].metric.name
    if kind == "rebase" and not reason.strip():
        st.error(_("Say what changed: a re-basing without a reason cannot be understood later."))
        return
    before = journal.baselines(page.district.home).get((place, name, grain), Baseline())
    chosen = {
        "lock": Baseline(POINTS_NEEDED, before.rebases),
        "rebase": Baseline(before.locked, (*before.rebases, Rebase(str(period), reason.strip()))),
        "clear": Baseline(),
    }[str(kind)]
    journal.set_baseline(page.district.home, place, name, grain, chosen, pickers.author())
    st.rerun()
