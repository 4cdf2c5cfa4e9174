"""Settings: what the district is, its communities, what is expected of them, who comes in."""

from lingti import ui
from lingti.language import gettext as _
from lingti.ui import N_, own_topics, settings_page
from lingti.ui.parts import pickers

page = ui.page(
    N_("Settings"), N_("What is this district, and what is expected of whom?"), needs="nothing"
)
settings_page.officials_only(page)

PARTS = {
    "communities": (_("Communities"), settings_page.communities),
    "expected": (_("Who sends what"), settings_page.expected),
    "reported": (_("Submitting"), settings_page.reported),
    "about": (_("The district"), settings_page.about),
    "documents": (_("Documents"), settings_page.documents),
    "names": (_("Categories and merchants"), settings_page.names),
    "days": (_("Holidays"), settings_page.days_off),
    "own": (_("Topics of one's own"), own_topics.own_topics),
    "packs": (_("Ready-made topics"), settings_page.packs),
    "people": (_("People"), settings_page.people),
    "workbook": (_("As a workbook"), settings_page.workbook),
    "past": (_("Changes"), settings_page.past),
}
part = pickers.choose_one("part", list(PARTS), lambda one: PARTS[one][0], _("Settings"))
PARTS[part][1](page)
