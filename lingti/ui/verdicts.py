"""Control charts on a page: a chart per place with its verdict, and how each is judged."""

from __future__ import annotations

from contextlib import AbstractContextManager

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts
from lingti.catalog import DISTRICT, Metric
from lingti.district import journal
from lingti.district.journal import Baseline, Rebase
from lingti.judging import number_text, period_values, signals
from lingti.judging.judged_series import Series, judged
from lingti.judging.period_values import View
from lingti.judging.periods import Trail
from lingti.judging.sentences import joined, listed, paragraph
from lingti.judging.signals import POINTS_NEEDED, Flag
from lingti.language import gettext as _
from lingti.ui import annotation_list, pickers, url
from lingti.ui.elements import empty, in_pairs, paper
from lingti.ui.frame import Page
from lingti.ui.html_out import Html, put, send
from lingti.ui.tables import Column, as_it_is, listing

SIGNS: dict[Flag | None, str] = {
    "ordinary": "●",
    "improving": "▲",
    "worsening": "▼",
    "special": "◆",
    None: "○",
}


def verdict_html(flag: Flag | None) -> Html:
    """A verdict as sign and words; colour only repeats them."""
    return h.span(class_=f"lt-verdict lt-verdict-{flag or 'none'}")[
        SIGNS[flag], "\xa0", signals.flag_words(flag)
    ]


def summary(page: Page, found: list[Series]) -> str:
    """What the series say: who stands out and why, and who varies as usual."""
    says = []
    for series in found:
        if series.is_signal and series.latest and series.chart.latest:
            words = signals.point_words(series.chart.latest)
            period = number_text.period(series.grain, series.latest.id)
            name = page.look.name(series.community)
            says.append(
                _("{name} in {period}: {words}.").format(name=name, period=period, words=words)
            )
    usual = [page.look.name(one.community) for one in found if one.chart.variation == "ordinary"]
    if usual:
        says.append(_("Ordinary variation: {names}.").format(names=joined(usual)))
    few = [one for one in found if not one.chart.enough and any(v is not None for v in one.values)]
    if few:
        names = joined([page.look.name(one.community) for one in few])
        says.append(_("Too few points to judge: {names}.").format(names=names))
    return paragraph(says)


def in_short(page: Page, view: View, metric: Metric) -> None:
    """Who stands out by week, in one line with a link to the charts; nothing for a stock."""
    if metric.window != "period" or view.published:
        return
    begin = page.periods["programme"][0].first_day
    frame = period_values.over_time(page.warehouse, view, [metric.name], Trail("week", begin))
    found = [one for one in judged(page.district, metric, frame, page.until) if one.is_signal]
    says = [
        _("{name}: {word}").format(
            name=page.look.name(one.community), word=signals.chart_words(one.chart)
        )
        for one in found
        if one.community != DISTRICT
    ]
    words = listed(says) or _("By week every community varies as usual.")
    href = url.link("verdicts", metric=metric.name)
    put(h.p(".lt-chart-sub")[words, " ", h.a(".lt-defined", href=href)[_("Is it real?"), " →"]])


def multiples(page: Page, found: list[Series]) -> None:
    """One control chart per place, two side by side, communities on one scale."""
    drawn = [one for one in found if any(value is not None for value in one.values)]
    # The district's total would press the communities' charts flat.
    shared = max((charts.highest(one) for one in drawn if one.community != DISTRICT), default=None)
    in_pairs(drawn, lambda series: _multiple(page, series, _scale(series, shared)))
    idle = [one for one in found if one not in drawn]
    if idle:
        says = [
            _("{name}: {word}").format(
                name=page.look.name(one.community),
                word=number_text.state(number_text.state_of(None, one.states[-1])),
            )
            for one in idle
        ]
        empty(listed(says))


def _multiple(page: Page, series: Series, scale: float) -> None:
    with _paper(page, series):
        annotation_list.noted_chart(
            page,
            charts.control(series, page.look, top=scale),
            series.metric,
            [series.community],
            series.periods,
            key=f"control-{series.community}",
        )


def _scale(series: Series, shared: float | None) -> float:
    """The communities' common scale; its own where that would press a chart flat."""
    own = charts.highest(series)
    if shared is None or series.community == DISTRICT or own < shared / 4:
        return own
    return shared


def _paper(page: Page, series: Series) -> AbstractContextManager[None]:
    words = signals.chart_words(series.chart)
    sign = SIGNS[series.chart.variation]
    title = (
        f"{page.look.name(series.community)}　{sign} {signals.flag_words(series.chart.variation)}"
    )
    return paper(title, words, key=f"control-{series.community}")


def overview(page: Page, view: View, grain: str) -> None:
    """The verdict on the newest value of the communities' headline numbers, and the district's."""
    known = page.catalog.metrics
    names = [
        name
        for name in dict.fromkeys(
            name for one in page.district.communities for name in one.headlines
        )
        if known[name].window == "period"
    ]
    begin = page.periods["programme"][0].first_day
    frame = period_values.over_time(page.warehouse, view, names, Trail(grain, begin))
    made = []
    for name in names:
        of_it = frame[frame["metric"] == name]
        found = {
            one.community: one for one in judged(page.district, known[name], of_it, page.until)
        }
        link = url.link("verdicts", metric=name, grain=grain)
        title = h.a(".lt-defined", href=link)[known[name].title.pick()]
        cells = [_verdict_cell(found[one]) if one in found else "–" for one in view.places]
        made.append([title, *cells])
    columns = [
        Column("metric", _("Metric"), html=as_it_is, heading=True),
        *(Column(one, page.look.name(one), html=as_it_is) for one in view.places),
    ]
    listing(pd.DataFrame(made, columns=[one.key for one in columns]), columns)


def _verdict_cell(series: Series) -> Html:
    if all(value is None for value in series.values):
        state = number_text.state_of(None, series.states[-1])
        return h.span(class_=f"lt-state lt-{state}")[number_text.state(state)]
    return h.span(title=signals.chart_words(series.chart))[verdict_html(series.chart.variation)]


def legend() -> None:
    """What the signs of the points and the lines mean."""
    told: dict[Flag | None, str] = {
        "ordinary": _("ordinary variation: nothing to explain"),
        "improving": _("a signal for the better"),
        "worsening": _("a signal for the worse: look for its cause"),
        "special": _("a signal where neither is better"),
        None: _("not judged: too few points, or a part of a period"),
    }
    items = [
        h.li[h.span(class_=f"lt-verdict lt-verdict-{flag or 'none'}")[SIGNS[flag]], h.span[words]]
        for flag, words in told.items()
    ]
    lines = _("— mean   - - natural limits: where nearly all values of the process lie")
    label = _("How to read it")
    put(h.ul(".lt-key", aria_label=label)[items, h.li[lines]])


def baselines(page: Page, found: list[Series]) -> None:
    """How each series is judged, and the form to lock its limits or to re-base it."""
    said = [_baseline_words(page, one) for one in found if one.baseline != Baseline()]
    with st.expander(_("How the limits are set")):
        send(
            h.fragment[
                h.p(".lt-rule")[
                    _(
                        "The limits rest on all points so far. Lock them on the first points to"
                        " hold what comes later against them; re-base where a known change began."
                    )
                ],
                [h.p(".lt-rule")[words] for words in said],
            ]
        )
        own = pickers.places_to_change(page)
        if changeable := [one for one in found if one.community in own]:
            _baseline_form(page, changeable)


def _baseline_words(page: Page, series: Series) -> str:
    parts = []
    if series.baseline.locked:
        parts.append(_("locked on the first {count} points").format(count=series.baseline.locked))
    for one in series.baseline.rebases:
        period = number_text.period(series.grain, one.period)
        parts.append(_("re-based in {period}: {reason}").format(period=period, reason=one.reason))
    name = page.look.name(series.community)
    return _("{name}: {words}.").format(name=name, words=listed(parts))


def _baseline_form(page: Page, found: list[Series]) -> None:
    by_place = {one.community: one for one in found}
    first = found[0]
    with st.form("baseline", border=False):
        place = str(
            st.selectbox(
                _("Whose"), list(by_place), format_func=page.look.name, key="baseline-place"
            )
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
            [one.id for one in first.periods[1:]],
            format_func=lambda one: number_text.period(first.grain, one),
        )
        reason = st.text_input(_("Reason of the change"))
        if not st.form_submit_button(_("Apply")):
            return
    series = by_place[place]
    if kind == "rebase" and not reason.strip():
        st.error(_("Say what changed: a re-basing without a reason cannot be understood later."))
        return
    chosen = {
        "lock": Baseline(POINTS_NEEDED, series.baseline.rebases),
        "rebase": Baseline(
            series.baseline.locked, (*series.baseline.rebases, Rebase(str(period), reason.strip()))
        ),
        "clear": Baseline(),
    }[str(kind)]
    journal.set_baseline(
        page.district.home, place, series.metric.name, series.grain, chosen, pickers.author()
    )
    st.rerun()
