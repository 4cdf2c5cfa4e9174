"""Decisions on a page: the list, how each stands, and the forms to enter, finish and link them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import htpy as h
import pandas as pd
import streamlit as st

from lingti.district import journal
from lingti.district.journal import DONE, STANDINGS, Decision
from lingti.judging import number_text
from lingti.judging.standing.decision_words import standing_words
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.row_links import imported_words
from lingti.ui.parts.tables import Column, as_it_is, listing, table, unbroken
from lingti.ui.window.frame import Page

_SIGNS = {"done": "✓", "done_late": "◇", "overdue": "!", "due_soon": "◆", "open": "○"}


def standing_html(decision: Decision, on: date) -> Html:
    """How a decision stands, as sign and word; it is no verdict and has no colour."""
    code = decision.standing(on)
    words = standing_words(code)
    if code == "overdue" and decision.due_on is not None:
        late = ngettext("{count} day late", "{count} days late", (on - decision.due_on).days)
        words = late.format(count=number_text.exact((on - decision.due_on).days))
    return h.span(class_=f"lt-standing lt-standing-{code}")[_SIGNS[code], "\xa0", words]


def most_urgent_first(decisions: Sequence[Decision], on: date) -> list[Decision]:
    """The longest overdue first, then by the day they are due; what is done last, newest first."""

    def key(decision: Decision) -> tuple[int, date, int]:
        standing = decision.standing(on)
        if standing in DONE:
            return len(STANDINGS), date.min, -decision.day.toordinal()
        return (
            STANDINGS.index(standing),
            decision.due_on or date.max,
            -decision.day.toordinal(),
        )

    return sorted(decisions, key=key)


def decided(page: Page, decisions: Sequence[Decision], on: date, *, name: str = "") -> None:
    """A list of decisions as they stood on a day; with downloads where it has a `name`."""
    if not decisions:
        empty(_("None."))
        return
    frame = pd.DataFrame([_row(page, decision, on) for decision in decisions])
    columns = [
        Column("standing", _("Status"), html=as_it_is),
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("topic", _("Topic"), html=_topic),
        Column("decision", _("Decision"), html=as_it_is),
        Column("owner", _("Owner (a post)"), html=unbroken),
        Column("day", _("Decided"), html=unbroken),
        Column("due_on", _("Due"), html=unbroken),
        Column("done_on", _("Done"), html=unbroken),
    ]
    columns = [column for column in columns if frame[column.key].any()]
    if name:
        table(frame, columns, name=name)
    else:
        listing(frame, columns)


def _topic(topic: str) -> Html | str:
    """A topic on one line, as most have four characters; a long one may break."""
    return unbroken(topic) if len(topic) <= 8 else topic


def _row(page: Page, decision: Decision, on: date) -> dict[str, Html | str]:
    return {
        "standing": standing_html(decision, on),
        "place": page.look.name(decision.community),
        "topic": decision.topic,
        "decision": h.fragment[
            decision.decision, _metric_link(page, decision), _origin_html(decision)
        ],
        "owner": decision.owner,
        "day": number_text.day(decision.day),
        "due_on": _day_after(decision.day, decision.due_on),
        "done_on": _day_after(
            decision.day, decision.done_on if decision.done_on and decision.done_on <= on else None
        ),
    }


def _day_after(day: date, later: date | None) -> str:
    """A later day; the year of one in the same year goes without saying."""
    if later is None:
        return ""
    return (number_text.day_short if later.year == day.year else number_text.day)(later)


def _origin_html(decision: Decision) -> Html:
    """On demand its file, sheet and row and who imported it; or that it was entered here."""
    if decision.origin is None:
        return _on_demand(_("entered on a page"))
    parts = (
        decision.origin.file,
        decision.origin.sheet,
        _("row {number}").format(number=decision.origin.row),
        _("batch {number}").format(number=decision.origin.batch),
        imported_words(decision.origin.imported_by, decision.origin.imported_at),
    )
    origin = " · ".join(part for part in parts if part)
    return _on_demand(origin)


def _on_demand(origin: str) -> Html:
    return h.details(".lt-demand")[h.summary[_("Where from")], h.small(".lt-origin")[origin]]


def _metric_link(page: Page, decision: Decision) -> Html | None:
    known = page.catalog.metrics
    if decision.metric not in known:
        return None
    href = url.link("verdicts", metric=decision.metric)
    title = known[decision.metric].title.pick()
    link = h.a(".lt-defined", href=href)[title]
    return h.small(".lt-origin")[_("On the chart of"), " ", link]


def enter_form(page: Page) -> None:
    """Enters a decision; owners are posts, never persons."""
    if not pickers.places_to_change(page):
        return
    until = max(page.until.values(), default=page.today)
    with (
        st.expander(_("Enter a decision")),
        st.form("decision", clear_on_submit=True, border=False),
    ):
        left, right = st.columns(2)
        with left:
            place = pickers.place(page, label=_("Whose"), key="decision-place")
            topic = st.text_input(_("Topic"), max_chars=60, key="decision-topic")
            owner = st.text_input(
                _("Owner (a post)"), placeholder=_("a post, no person's name"), key="decision-owner"
            )
        with right:
            day = st.date_input(_("Decided"), value=until, key="decision-day")
            due_on = st.date_input(_("Due"), value=until + timedelta(days=14), key="decision-due")
            metric = pickers.metric_in_form(
                page, _("On the chart of"), key="decision-metric", none=_("no metric")
            )
        words = st.text_input(_("Decision"), max_chars=120, key="decision-words")
        if not st.form_submit_button(_("Keep decision"), type="primary"):
            return
    if not words.strip():
        st.error(_("Say what was decided."))
        return
    decision = Decision(
        place, day, topic.strip(), words.strip(), owner.strip(), due_on, None, metric
    )
    journal.keep_decision(page.district.home, decision, pickers.author())
    st.rerun()


def change_form(page: Page, decisions: Sequence[Decision]) -> None:
    """Links a decision to a metric; finishes, reopens or takes back one that was entered here."""
    own = pickers.places_to_change(page)
    options = dict(enumerate(decision for decision in decisions if decision.community in own))
    if not options:
        return
    with st.expander(_("Change a decision")), st.form("decision-change", border=False):
        at = st.selectbox(
            _("Which"),
            list(options),
            format_func=lambda key: (
                f"{page.look.name(options[key].community)} · {number_text.day(options[key].day)}"
                f" · {options[key].decision}"
            ),
        )
        metric = pickers.metric_in_form(
            page, _("On the chart of"), key="change-metric", none=_("no metric")
        )
        done_on = st.date_input(_("Done"), value=None, key="change-done")
        st.caption(_("Decisions of a sheet are finished in the community's own file."))
        kept, dropped = st.columns(2)
        keep = kept.form_submit_button(_("Change"), type="primary")
        drop = dropped.form_submit_button(_("Take back"))
    if keep or drop:
        chosen = options[int(at)]
        _change(page, chosen, metric, done_on, drop=drop)


def _change(page: Page, chosen: Decision, metric: str, done_on: date | None, *, drop: bool) -> None:
    home, by = page.district.home, pickers.author()
    if not chosen.key:
        if drop or done_on:
            st.error(_("This one came with a sheet. Correct it there and import the file again."))
            return
        journal.link_decision(home, chosen, metric, by)
    elif drop:
        journal.drop_decision(home, chosen, by)
    else:
        changed = replace(chosen, metric=metric or chosen.metric, done_on=done_on or chosen.done_on)
        journal.keep_decision(home, changed, by)
    st.rerun()
