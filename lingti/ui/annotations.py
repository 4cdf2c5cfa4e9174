"""Annotations on a page: what happened, entered by people, and the form for it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lingti.catalog import DISTRICT
from lingti.district import journal
from lingti.district.journal import Note
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui.parts import pickers
from lingti.ui.parts.elements import empty
from lingti.ui.parts.tables import Column, table, unbroken
from lingti.ui.window.frame import Page


def add_form(page: Page) -> None:
    """Pins what happened to a community and a day; to one metric's charts, or to all."""
    if not pickers.places_to_change(page):
        return
    until = max(page.until.values(), default=page.today)
    with st.form("note", clear_on_submit=True, border=True):
        left, middle, right = st.columns(3)
        with left:
            place = pickers.place(page, label=_("Where"), key="note-place")
        with middle:
            day = st.date_input(_("When"), value=until, max_value=page.today, key="note-day")
        with right:
            metric = pickers.metric_in_form(
                page, _("On the charts of"), key="note-metric", none=_("all metrics")
            )
        text = st.text_input(
            _("What happened"),
            placeholder=_("A festival, a new partner, heavy rain …"),
            max_chars=120,
            key="note-text",
        )
        if not st.form_submit_button(_("Pin it"), type="primary"):
            return
    if not text.strip():
        st.error(_("Say what happened."))
        return
    note = Note(place, day, text.strip(), metric)
    journal.add_note(page.district.home, note, pickers.author())
    st.rerun()


def pinned(page: Page) -> None:
    """Everything pinned so far, the newest first, and a way to take one back."""
    notes = journal.notes(page.district.home)[::-1]
    if not notes:
        empty(_("Nothing was pinned yet. What you pin above is drawn on the charts over time."))
        return
    frame = pd.DataFrame([_row(page, note) for note in notes])
    columns = [
        Column("day", _("When"), html=unbroken, heading=True),
        Column("place", _("Where"), html=unbroken),
        Column("text", _("What happened")),
        Column("metric", _("On the charts of")),
    ]
    table(frame, columns, name="annotations")
    _drop_form(page, notes)


def _row(page: Page, note: Note) -> dict[str, str]:
    known = page.catalog.metrics
    return {
        "day": number_text.day(note.day),
        "place": page.look.name(note.community),
        "text": note.text,
        "metric": known[note.metric].title.pick() if note.metric in known else _("all metrics"),
    }


def _drop_form(page: Page, notes: list[Note]) -> None:
    own = pickers.places_to_change(page)
    by_key = {note.key: note for note in notes if note.community in own}
    if not by_key:
        return
    with st.expander(_("Take one back")), st.form("note-drop", border=False):
        key = st.selectbox(
            _("Which"),
            list(by_key),
            format_func=lambda key: (
                f"{number_text.day(by_key[key].day)} · {page.look.name(by_key[key].community)}"
                f" · {by_key[key].text}"
            ),
            key="note-which",
        )
        if st.form_submit_button(_("Take back")):
            journal.drop_note(page.district.home, by_key[str(key)], pickers.author())
            st.rerun()


def changed_definitions(page: Page) -> None:
    """Changes of definitions, which appear on charts by themselves."""
    changes = [
        {
            "day": number_text.day(change.day),
            "metric": metric.title.pick(),
            "note": change.note.pick(),
        }
        for metric in page.catalog.metrics.values()
        for change in metric.changes
    ]
    if not changes:
        empty(_("No definition has changed since the start."))
        return
    columns = [
        Column("day", _("When"), html=unbroken, heading=True),
        Column("metric", _("Metric")),
        Column("note", _("What changed")),
    ]
    table(pd.DataFrame(changes), columns, name=f"definitions-changed-{DISTRICT}")
