"""What an import asks: each question with its examples and choices, answered there."""

from __future__ import annotations

from pathlib import Path

import htpy as h
import streamlit as st

from lingti.ingest import questions
from lingti.ingest.keeping import batches
from lingti.ingest.questions import Asking, Question
from lingti.language import gettext as _
from lingti.ui.import_page import outcome_text
from lingti.ui.parts.html_out import send

_ANSWERS = "lt-import-answers"
MOST_IN_VIEW = 8  # choices; of more, as months, one is typed or looked for


def answers(key: str) -> dict[str, str]:
    """What was answered on the page for one group of files: question id → choice."""
    by_group: dict[str, dict[str, str]] = st.session_state.setdefault(_ANSWERS, {})
    return dict(by_group.get(key, {}))


def ask(asking: Asking, key: str) -> None:
    """Draws what an import, or a layout nobody knows, asks; also what was answered a moment ago so
    that it can be answered otherwise. What is remembered is not asked again."""
    given = answers(key)
    answered = [settled.question for settled in asking.settled if settled.is_new]
    if not asking.open and not answered:
        return
    shown = [*asking.open, *answered]
    each_file = all(question.each_file for question in shown)
    with st.container(key=f"lt-asked-{key}", gap="small"):
        send(
            h.fragment[
                h.p(".lt-label")[_("To be answered") if each_file else _("To be answered once")],
                h.p(".lt-files")[
                    _("Asked for each file: an answer holds for this one alone.")
                    if each_file
                    else _("The answer is remembered for this kind of sheet.")
                ],
            ]
        )
        for question in shown:
            chosen = _question(question, given.get(question.id), key, alone=each_file)
            if chosen is not None and chosen != given.get(question.id):
                st.session_state[_ANSWERS][key] = {**given, question.id: chosen}
                st.rerun()


def keep(home: Path, asking: Asking, key: str) -> None:
    """Offers to remember what was answered for files of which nothing is imported."""
    if asking.open or not any(settled.is_new for settled in asking.settled):
        return
    if st.button(_("Remember the answers"), key=f"lt-keep-{key}"):
        with batches.writing(home):
            questions.remember(home, asking, outcome_text.account())
        st.session_state[_ANSWERS].pop(key, None)  # so that it is looked at anew
        st.rerun()


def _question(question: Question, given: str | None, key: str, *, alone: bool) -> str | None:
    """One question; the choice made, or None. `alone`: that it is of one file was said above."""
    ids = list(question.choices)
    place = " · ".join(part for part in (question.sheet, question.column) if part)
    if question.examples:
        examples = _("Found: {values}").format(values="、".join(question.examples))
        place = f"{place} · {examples}" if place else examples
    choice_words = dict(question.choices)
    if question.each_file:
        place = " · ".join(filter(None, (place, "" if alone else _("asked for each file"))))
    else:
        choice_words |= {
            choice_id: _("{choice} (this file alone)").format(choice=choice_words[choice_id])
            for choice_id in question.once
        }
    choice_words[question.default] = _("{choice} (usual)").format(
        choice=choice_words[question.default]
    )
    index = None if given is None else ids.index(given)
    name = f"lt-ask-{key}-{question.id}"
    if len(ids) <= MOST_IN_VIEW:
        chosen = st.radio(
            question.asks, ids, index=index, format_func=choice_words.__getitem__, key=name
        )
    else:
        chosen = st.selectbox(
            question.asks, ids, index=index, format_func=choice_words.__getitem__, key=name
        )
    if place:
        send(h.p(".lt-files")[place])
    return chosen
