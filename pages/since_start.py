"""Since the start: on one page, what has come of it; to read, and to take along."""

from lingti import ui
from lingti.ui import N_
from lingti.ui.documents import since_start

page = ui.page(N_("Since the start"), N_("What has come of it since it began?"))
since_start.sheet(page, since_start.place(page))
