"""Revisions: what differs from what was reported, by how much, and what led to it."""

from lingti import ui
from lingti.ui import N_
from lingti.ui import revisions as room

page = ui.page(N_("Revisions"), N_("What changed since it was reported, and why?"))
revisions = room.asked_for(page)

if wrong := room.no_such_edition(page):
    ui.notice(wrong)
ui.sentence(room.summary(page, revisions))
room.listed(page, revisions)
