"""Projector: the slides of a place and a period, live, for the meeting room."""

import streamlit as st

from lingti import ui
from lingti.language import gettext as _
from lingti.ui import N_
from lingti.ui.documents import decks, projector

page = ui.page(N_("Projector"), N_("What should the room see?"))
place = decks.place(page)
view = ui.filters(page, grains=("month", "quarter", "year"), communities=False, per=False)
deck = decks.chosen(page, view, place)

left, right = st.columns([5, 3], gap="large")
with right:
    ui.section(_("Slides and their order"))
    decks.arrange(page, deck)
    theme, every = projector.theme(), projector.every()
with left:
    projector.begin()
    projector.stage(page, deck, theme, every)
ui.section(_("To share"), _("Whoever opens this link sees the same slides in the same order."))
st.code(projector.link(deck, theme, every), language=None, wrap_lines=True)
