"""Why is it not my number: what would make the number that somebody has in its place."""

from lingti import ui
from lingti.ui import N_
from lingti.ui import my_number as room

page = ui.page(N_("Why is it not my number?"), N_("What makes the difference to the one I have?"))
number, question, period = room.asked(page)
mine = room.typed(page, number)
if mine is not None:
    room.answer(page, question, period, mine, number)
