"""Sources and columns: which column of which community feeds which of ours."""

from lingti import catalog, district, ui
from lingti.language import gettext as _
from lingti.safety import access
from lingti.sentences import joined
from lingti.ui import N_, importing

page = ui.page(
    N_("Sources and columns"), N_("Which column of which community feeds which of ours?")
)
importing.styled()
settings = district.load(page.district.home)  # with what was learned a moment ago
places = ui.narrow(page)

idle = []
for table in catalog.tables().values():
    fed = importing.fed(settings, table, places)
    if not fed:
        idle.append(table.title.pick())
        continue
    ui.section(table.title.pick(), table.grain.pick())
    importing.feeds(page.look, table, fed)
if idle:
    ui.empty(_("No community shown here reports: {tables}.").format(tables=joined(idle)))

ui.section(_("Mappings learned"), _("Decided once on the import page and recognised since."))
importing.learned_sources(importing.allowed(page, settings, access.ENTER), page.look)
