"""Follow-up: what was asked about a number, a row or a finding, of whom, and the answer."""

from lingti import ui
from lingti.ui import N_
from lingti.ui import follow_up as room

page = ui.page(N_("Follow-up"), N_("What was asked about our numbers, and what is the answer?"))
room.asking(page)
room.thread(page)
ui.section(room.heading())
questions = room.asked_for(page)
ui.sentence(room.summary(questions))
if questions:
    room.listed(page, questions, name="follow-up")
