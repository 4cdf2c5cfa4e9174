"""Who may change settings, and where each comes from."""

from __future__ import annotations

import streamlit as st

from lingti.access import roles
from lingti.district.settings import Setting
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty
from lingti.ui.setting_words import day_of
from lingti.ui.window.frame import Page


def officials_only(page: Page) -> None:
    """Ends the run kindly for who is no official."""
    if not page.may(roles.ADMINISTER):
        empty(_("Only officials of the district change its settings."))
        st.stop()


def origin(setting: Setting | None) -> str:
    """Where a setting comes from: `district.toml`, or who entered it and when."""
    if setting is None:
        return number_text.NOTHING
    if not setting.is_entered:
        return _("from district.toml")
    return _("{by}, {day}").format(by=setting.by, day=day_of(setting.at))
