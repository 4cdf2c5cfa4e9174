"""Sources and columns: which column of which community feeds which of ours."""

from lingti import district, ui
from lingti.access import roles
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.ui import N_, import_page

page = ui.page(
    N_("Sources and columns"),
    N_("Which column of which community feeds which of ours?"),
    needs="nothing",
)
import_page.styled()
settings = district.load(page.district.home)  # with what was learned a moment ago
places = ui.narrow(page)

idle = []
for table in page.catalog.tables.values():
    fed = import_page.fed(settings, table, places)
    if not fed:
        idle.append(table.title.pick())
        continue
    ui.section(table.title.pick(), table.grain.pick())
    import_page.feeds(page.look, table, fed)
if idle:
    ui.empty(_("No community shown here reports: {tables}.").format(tables=joined(idle)))

ui.section(_("Mappings learned"), _("Decided once on the import page and recognised since."))
import_page.learned_sources(import_page.allowed(page, settings, roles.ENTER), page.look)
