"""What happened: annotations pinned to a community and a day, drawn on its charts."""

from lingti import ui
from lingti.language import gettext as _
from lingti.ui import N_, annotations

page = ui.page(
    N_("What happened"), N_("What explains the ups and downs of the charts?"), needs="communities"
)
annotations.add_form(page)
ui.section(_("Pinned so far"), _("Drawn as a numbered line on the charts over time."))
annotations.pinned(page)
ui.section(_("Definitions that changed"), _("These appear on the charts by themselves."))
annotations.changed_definitions(page)
