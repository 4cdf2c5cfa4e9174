"""Import: drop exports, see what they change, decide, confirm; history, nil returns, templates."""

from lingti import district, ui
from lingti.access import roles
from lingti.language import gettext as _
from lingti.ui import N_, import_page, settings_page

page = ui.page(
    N_("Import"), N_("Which sheets came in, and what do they change?"), needs="communities"
)
import_page.styled()
home = page.district.home
# With what was learned a moment ago, and of those communities only for which one may import.
settings = import_page.allowed_or_stop(page, district.load(home))
by = import_page.account()

import_page.work(home, settings, import_page.may_follow(page))
import_page.publish(page, by)
intake = import_page.drop(settings)
makes = page.may(roles.ADMINISTER)
ready = import_page.groups(settings, intake, page.warehouse.version, makes_tables=makes)
import_page.confirm(home, intake, ready, by)

if page.may(roles.ADMINISTER):
    settings_page.offered(page)

left, right = ui.columns(2)
with left:
    ui.section(_("Nothing to report?"), _("A nil return says so: the days count, with zero."))
    import_page.nil_return(home, settings, by)
with right:
    ui.section(
        _("Blank templates"), _("For lists kept by hand; filled in, they import by themselves.")
    )
    import_page.templates(settings)

ui.section(_("History"), _("Every import, the newest first. Undo takes one back exactly."))
import_page.history(home, settings, page.look, by)
