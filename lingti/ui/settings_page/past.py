"""What was changed in the settings, by whom and when; each change can be undone."""

from __future__ import annotations

import streamlit as st

from lingti import entries
from lingti.district import change, settings
from lingti.district.settings import KINDS
from lingti.language import gettext as _
from lingti.ui import session, setting_words
from lingti.ui.elements import empty, section
from lingti.ui.frame import Page
from lingti.upkeep.settings_sheets import TWINS

SHOWN = 40


def past(page: Page) -> None:
    """The newest changes first."""
    section(_("What was changed"), _("Undoing one gives back what held before it."))
    home = page.district.home
    found = [
        one
        for kind in (*(settings.PREFIX + kind for kind in KINDS), TWINS)
        for one in entries.history(home, kind)
        if one.key != settings.BEGUN
    ]
    if not found:
        empty(_("Nothing was changed here yet."))
    for one in sorted(found, key=lambda entry: entry.at, reverse=True)[:SHOWN]:
        words, button = st.columns([7, 1], vertical_alignment="center")
        words.caption(setting_words.told(one))
        if button.button(_("Undo"), key=f"lt-undo-{one.at}-{one.key}", type="tertiary"):
            change.undo(home, one, session.account())
            st.rerun()
