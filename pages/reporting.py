"""Coverage: which table was sent for which month, how late, and who still has to send what."""

import streamlit as st

from lingti import ui
from lingti.judging.reporting import handed, reminders, reporting
from lingti.language import gettext as _
from lingti.ui import N_
from lingti.ui import handed as room_of_templates
from lingti.ui import reporting as room

page = ui.page(
    N_("Reporting"), N_("Who has sent what, and what is still to come?"), needs="communities"
)
months = reporting.months_to(page.today, page.periods["month"])
found = reporting.returns(page.warehouse, page.district, months, page.today)

ui.sentence(room.summary(page, found))
room.ways_on()
places = ui.narrow(page)
found = [one for one in found if one.community in places]
room.months(page, found)
room.legend()
room.to_take_along(page, found)
chosen = room.asked_return(found)
if chosen is not None:
    room.behind(page, chosen)

returned = handed.returned(page.warehouse, page.district)
room_of_templates.handed_down(page, returned)
told = reminders.reminders(page.catalog, page.district, found, returned, page.today)
owed = {community: words for community, words in told.items() if community in places}
ui.section(_("To be sent"), _("One message per community, to copy and send."))
if not owed:
    ui.empty(_("Nothing is missing: all that is due has been sent."))
for message in owed.values():
    st.code(message, language=None, wrap_lines=True)
if len(owed) > 1 and st.toggle(_("All in one message"), key="lt-remind-all"):
    st.code(reminders.together(page.district, owed.values()), language=None, wrap_lines=True)
