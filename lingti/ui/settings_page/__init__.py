"""The parts of the settings page: what the district is, its communities, what is expected."""

from lingti.ui.settings_page.about import about
from lingti.ui.settings_page.communities import communities
from lingti.ui.settings_page.days_off import days_off
from lingti.ui.settings_page.documents import documents
from lingti.ui.settings_page.expected import expected, offered
from lingti.ui.settings_page.names import names
from lingti.ui.settings_page.packs import packs
from lingti.ui.settings_page.past import past
from lingti.ui.settings_page.people import people
from lingti.ui.settings_page.permission import officials_only
from lingti.ui.settings_page.reported import reported
from lingti.ui.settings_page.workbook import workbook

__all__ = [
    "about",
    "communities",
    "days_off",
    "documents",
    "expected",
    "names",
    "offered",
    "officials_only",
    "packs",
    "past",
    "people",
    "reported",
    "workbook",
]
