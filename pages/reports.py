"""Reports: briefing, slides and workbook of a community or the district, and the monthly set."""

from lingti import ui
from lingti.language import gettext as _
from lingti.ui import N_
from lingti.ui.documents import reports

page = ui.page(N_("Reports"), N_("What do people take to the meeting?"))
choice = reports.choices(page)

reports.download(page, choice)

ui.section(_("The monthly set"), _("Every community's and the district's files, in one zip."))
reports.monthly_set(page, choice)

ui.section(_("Preview"), _("As it will look; the file itself can be edited."))
reports.preview(page, choice)
