"""The page for a leader: what has come of it since it began, as the document that it also is."""

from __future__ import annotations

import streamlit as st

from lingti import language
from lingti.catalog import DISTRICT
from lingti.language import gettext as _
from lingti.report import Wish
from lingti.ui.documents import reports
from lingti.ui.documents.reports import Choice
from lingti.ui.parts import pickers
from lingti.ui.parts.elements import empty
from lingti.ui.window.frame import Page


def place(page: Page) -> str:
    """Whose page it is, kept in the address. Ends the run kindly for who may see none."""
    known = [DISTRICT, *(community.id for community in page.district.communities)]
    mine = [
        community_id
        for community_id in known
        if page.may("report", None if community_id == DISTRICT else community_id)
    ]
    if page.published or not mine:
        empty(_("This page has exact numbers: it is for officials."))
        st.stop()
    return str(pickers.choose_one("of", mine, page.look.name, _("Of")))


def sheet(page: Page, of: str) -> None:
    """The page itself, and the button that hands it over as a Word file."""
    programme = page.periods["programme"]
    if not programme:
        empty(_("Nothing has been imported yet."))
        return
    choice = Choice(of, programme[-1], "docx", Wish(language.current()))
    reports.download(page, choice)
    reports.preview(page, choice)
