"""Forms: drop the blank form of another office, confirm what is likely, take it back filled."""

from lingti import district, ui
from lingti.language import gettext as _
from lingti.ui import N_, form_page, import_page

page = ui.page(N_("Fill forms"), N_("Which form have they sent this time?"))
import_page.styled(_("Drop the blank forms here, or choose them"))
# With what was learned or confirmed a moment ago.
settings = form_page.allowed_or_stop(page, district.load(page.district.home))

for one in form_page.dropped():
    form_page.form(page, settings, one)

ui.section(
    _("Forms so far"),
    _("What each asks for, and how much of it another form asks already."),
)
form_page.burden(page)
