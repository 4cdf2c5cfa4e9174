"""What the themes of metrics are called, on pages and in documents."""

from __future__ import annotations

from lingti import catalog
from lingti.language import gettext as _


def group_title(group: str) -> str:
    """The theme that metrics of a group belong to."""
    return {
        "volunteering": _("Volunteering"),
        "redemptions": _("Points and redemptions"),
        "jobs": _("Jobs and skills"),
        "partnerships": _("Partnerships"),
        "concerns": _("Concerns"),
        "decisions": _("Decisions"),
        "data": _("The data"),
    }.get(group, catalog.group_title(group))
