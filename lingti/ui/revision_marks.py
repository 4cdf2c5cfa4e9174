"""The small mark on a number that differs from its edition; it opens what both are."""

from __future__ import annotations

import htpy as h

from lingti.editions import revisions
from lingti.judging.period_values import View
from lingti.judging.revised import Revised
from lingti.language import gettext as _
from lingti.ui import url
from lingti.ui.frame import Page
from lingti.ui.html_out import Html


def revised(page: Page) -> Revised:
    """The numbers that differ from the newest editions, as the visitor may know it."""
    found = revisions.of_home(page.district.home, page.warehouse, stored_only=True)
    return Revised(
        frozenset(
            (one.metric, one.community, one.cell[3], one.cell[4] or "", one.cell[5] or "")
            for one in found
        )
    )


def revision_mark(
    view: View, metric: str, place: str, period: str, by: str = "", member: str = ""
) -> Html | None:
    """The mark of a number, a link to its revision; None where it is as it was reported."""
    if view.per != "total" or not view.revised.has(metric, place, period, by, member):
        return None
    href = url.link("revisions", metric=metric, place=place, of=period)
    told = _("It differs from what was reported.")
    return h.a(".lt-revised", href=href, title=told, aria_label=told)[_("revised")]
