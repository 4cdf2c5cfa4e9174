"""Targets: how each stands against its pace, the gap, and what is still required."""

from lingti import ui
from lingti.language import gettext as _
from lingti.ui import N_, targets

page = ui.page(N_("Targets and pace"), N_("Will the targets be met, and what does it still take?"))
view = ui.filters(page, per=False)
found = targets.progress(page, view)

if found:
    ui.sentence(targets.summary(page, found))
    targets.progress_table(page, found)
    ui.section(
        _("The way to each target"),
        _("What was reached, cumulated, against the straight pace the calendar asks for."),
    )
    targets.pictures(page, found)
else:
    ui.empty(_("No target has been set for this time. Set the first one below."))
targets.change_form(page)
