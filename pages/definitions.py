"""Definitions: what every metric counts, how, from which tables, and its SQL."""

import streamlit as st

from lingti import ui
from lingti.language import gettext as _
from lingti.ui import N_, definitions
from lingti.ui.parts import url

page = ui.page(
    N_("Definitions"), N_("What does each number count, and from which tables?"), needs="nothing"
)

words = url.read("find")
st.text_input(
    _("Search"),
    placeholder=_("A word from the title, the definition, a table or the SQL"),
    **url.follow("definitions-find", "find", words, str.strip),
)
found = definitions.matching(page.catalog, words)
if not found:
    ui.empty(_("No definition has “{words}”. Try another word.").format(words=words))
definitions.definitions(page.catalog, found, opened=words)

if page.district.communities:
    ui.section(
        _("Denominators"), _("Rates per 1,000 and shares of all households rest on these figures.")
    )
    definitions.populations(page)
