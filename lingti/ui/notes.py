"""Annotations on a page: the numbered list under a chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from lingti import formats
from lingti.journal import Note
from lingti.ui.frame import Page


def numbered_list(page: Page, found: Sequence[Note]) -> None:
    """What the numbers on a chart stand for; nothing where there are none."""
    if not found:
        return
    items = "".join(
        f"<li><b>{number}</b><span>{escape(formats.day(note.day))} · "
        f"{escape(page.look.name(note.community))} · {escape(note.text)}</span></li>"
        for number, note in enumerate(found, 1)
    )
    st.html(f"<ol class='lt-notes'>{items}</ol>")
