"""Submit and accept: how the communities' month stands, what is signed, and the next step."""

from lingti import ui
from lingti.ui import N_
from lingti.ui import submission as room

page = ui.page(N_("Submit and accept"), N_("What was signed, and what is still to be accepted?"))
month = room.choose_month(page)
standings = room.standings(page, month)

ui.sentence(room.summary(page, month, standings))
room.listed(page, month, standings)
chosen = room.choose_community(page, month, standings)
if chosen is not None:
    with ui.together():
        room.signed(page, month, chosen)
    room.steps(page, month, chosen)
room.finalise(page, month)
room.editions(page, month)
