"""Import: drop exports, see what they change, decide, confirm; history, nil returns, templates."""

from lingti import district, ui
from lingti.language import gettext as _
from lingti.ui import N_, importing

page = ui.page(N_("Import"), N_("Which exports came in, and what do they change?"))
importing.styled()
home = page.district.home
# With what was learned a moment ago, and of those communities only for which one may import.
settings = importing.allowed_or_stop(page, district.load(home))
by = importing.account()

importing.work(home, settings, importing.may_follow(page))
intake = importing.drop(settings)
ready = importing.groups(settings, intake, page.warehouse.version)
importing.confirm(home, intake, ready, by)

left, right = ui.columns(2)
with left:
    ui.section(_("Nothing to report?"), _("A nil return says so: the days count, with zero."))
    importing.nil_return(home, settings, by)
with right:
    ui.section(
        _("Blank templates"), _("For lists kept by hand; filled in, they import by themselves.")
    )
    importing.templates()

ui.section(_("History"), _("Every import, the newest first. Undo takes one back exactly."))
importing.history(home, settings, page.look, by)
