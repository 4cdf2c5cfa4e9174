"""Coverage: which source reported which month, how late, and who still has to send what."""

import streamlit as st

from lingti import ui
from lingti.judging import returns
from lingti.language import gettext as _
from lingti.ui import N_, heat

page = ui.page(N_("Reporting"), N_("Who has sent what, and what is still to come?"))
found = returns.returns(page.warehouse, page.district, page.periods["month"], page.today)

ui.sentence(heat.summary(page, found))
places = ui.narrow(page)
found = [one for one in found if one.community in places]
heat.months(page, found)
heat.legend()
heat.to_take_along(page, found)
chosen = heat.asked_return(found)
if chosen is not None:
    heat.behind(page, chosen)

asked = returns.asked_for(page.district, found)
ui.section(_("To be sent"), _("One message per community, to copy and send."))
if not asked:
    ui.empty(_("Nothing is missing: every source has sent every month that is due."))
for message in asked.values():
    st.code(message, language=None, wrap_lines=True)
