"""What was changed in the settings, by whom and when; each change can be undone."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from lingti import entries
from lingti.district import change, settings
from lingti.district.settings import KINDS
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui import session
from lingti.ui.elements import empty, section
from lingti.ui.frame import Page
from lingti.ui.settings_page.permission import day_of

SHOWN = 40


def past(page: Page) -> None:
    """The newest changes first."""
    section(_("What was changed"), _("Undoing one gives back what held before it."))
    home = page.district.home
    found = [
        one
        for kind in KINDS
        for one in entries.history(home, settings.PREFIX + kind)
        if one.key != settings.BEGUN
    ]
    if not found:
        empty(_("Nothing was changed here yet."))
    for one in sorted(found, key=lambda entry: entry.at, reverse=True)[:SHOWN]:
        words, button = st.columns([7, 1], vertical_alignment="center")
        words.caption(f"{day_of(one.at)} · {one.by} · {_named(one)} → {_said(one.value)}")
        if button.button(_("Undo"), key=f"lt-undo-{one.at}-{one.key}", type="tertiary"):
            change.undo(home, one, session.account())
            st.rerun()


def _named(one: entries.Entry) -> str:
    words = {
        settings.DISTRICT: _("The district"),
        settings.COMMUNITY: _("Community"),
        settings.POPULATION: _("Population"),
        settings.EXPECTED: _("Expected"),
        settings.DECLINED: _("Not expected"),
        settings.RULE: _("Rule"),
    }
    return f"{words[one.kind.removeprefix(settings.PREFIX)]} {one.key}"


def _said(value: Any) -> str:
    if value is None:
        return number_text.NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
