"""Cells of a form that wait for a yes, and corrections of others."""

from __future__ import annotations

from typing import Any

import htpy as h
import streamlit as st

from lingti.forms import explained, sources
from lingti.forms.filling import Filled, Outcome
from lingti.forms.understanding.cells import LIKELY
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui import definitions
from lingti.ui.form_page.intake import Dropped, accepted, words_said
from lingti.ui.parts.html_out import Html, put, send
from lingti.ui.window.frame import Page

# For whom nothing here can be decided: not a number of ours, or nothing to say of it.
NOT_LISTED = frozenset(["serial", "signature", "remark", "formula"])


def likely(done: Filled) -> list[Outcome]:
    return [o for o in done.outcomes if o.reading.sureness == LIKELY and o.number.raw is not None]


def to_tell_words(done: Filled, upload: Dropped) -> None:
    """One question of a title with words that nobody knows, in the place of one for each cell."""
    unknown = done.unknown_words
    if not unknown:
        return
    waiting = sum(outcome.waits_for_words for outcome in done.outcomes)
    asked = _("Does {words} in the title restrict what is counted?").format(
        words=explained.quoted(unknown)
    )
    cells = ngettext("{n} cell waits for it.", "{n} cells wait for it.", waiting)
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="center")
    with left:
        send(h.p(".lt-form-offer")[h.b[asked], h.small[" ", cells.format(n=waiting)]])
    choices = {_("No, fill them in"): False, _("Yes, leave blank"): True}
    key = f"lt-form-restricts-{upload.key}-{'-'.join(unknown)}"
    said = words_said(upload)

    def keep() -> None:
        word = st.session_state.get(key)
        if word is not None:
            said.update(dict.fromkeys(unknown, choices[word]))

    with right:
        st.segmented_control(
            asked, list(choices), key=key, on_change=keep, label_visibility="collapsed"
        )


def to_confirm(page: Page, done: Filled, upload: Dropped) -> None:
    """The likely cells, each with its number and a yes or no."""
    to_tell_words(done, upload)
    shown = [outcome for outcome in likely(done) if not outcome.waits_for_words]
    if not shown:
        return
    put(h.h3(".lt-chart-title")[_("Only likely: is it meant so?")])
    for outcome in shown:
        left, right = st.columns([5, 2], gap="medium", vertical_alignment="center")
        with left:
            send(_offer(page, outcome))
        with right:
            _yes_or_no(outcome, upload)


def _offer(page: Page, outcome: Outcome) -> Html:
    asked = outcome.reading
    metric = page.catalog.metrics[asked.metric]
    assert asked.period is not None
    what = [
        metric.title.pick(),
        sources.member_words(metric, asked.dimension, asked.member),
        page.look.name(asked.place),
        sources.period_words(asked.period),
    ]
    return h.p(".lt-form-offer")[
        h.b[f"{outcome.slot.address} {sources.asked_words(outcome)}"],
        h.span[" = ", h.b[written(outcome)], " · ", " · ".join(filter(None, what))],
        h.small[" ", explained.why(outcome)],
    ]


def _yes_or_no(outcome: Outcome, upload: Dropped) -> None:
    answers = accepted(upload)
    choices: dict[str, Any] = {_("Yes"): True, _("Leave blank"): False}
    if "total_distinct" in outcome.reading.doubts:
        choices = {
            _("The district's own"): {"use": "district"},
            _("Sum of the column"): {"use": "sum"},
            _("Leave blank"): False,
        }
    key = f"lt-form-yes-{upload.key}-{outcome.key}"

    def keep() -> None:
        word = st.session_state.get(key)
        if word is not None:
            answers[outcome.key] = choices[word]

    st.segmented_control(
        outcome.slot.address,
        list(choices),
        key=key,
        on_change=keep,
        label_visibility="collapsed",
    )


def to_correct(page: Page, done: Filled, upload: Dropped) -> None:
    """A cell that is read wrongly or not at all: what it asks for, or that it stays blank."""
    cells = {o.key: o for o in done.outcomes if o.code not in NOT_LISTED | {"register"}}
    answers = accepted(upload)
    if not cells:
        return
    with st.expander(_("Correct a cell"), icon=":material/edit:"):
        options = {m.name: m for m in definitions.in_order(page.catalog)}
        with st.form(f"lt-form-correct-{upload.key}", border=False):
            cell = st.selectbox(
                _("Cell"),
                list(cells),
                format_func=lambda key: (
                    f"{cells[key].slot.address} {sources.asked_words(cells[key])}"
                ),
            )
            name = st.selectbox(
                _("What it asks for"),
                ["", *options],
                format_func=lambda n: options[n].title.pick() if n else _("It stays blank"),
            )
            if st.form_submit_button(_("Keep")) and cell:
                answers[cell] = {"metric": name} if name else False
                st.rerun()


def written(outcome: Outcome) -> str:
    """What is written into a cell, as one sees it there."""
    value = outcome.value
    if outcome.slot.percent and not isinstance(value, str) and value is not None:
        return f"{number_text.exact(100 * value, 4, trim=True)}%"
    shown = value if isinstance(value, str) else number_text.exact(value, 4, trim=True)
    return f"{shown}{outcome.reading.unit}"
