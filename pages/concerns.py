"""Concerns: what residents raise, how fast it is resolved, and how they are reached."""

from functools import partial

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, Group
from lingti.ui.comparison import topic_pages

page = ui.page(N_("Concerns"), N_("Is what residents raise resolved, and how fast?"))
view = ui.filters(page)

FLOWS = ("concerns_raised", "concerns_resolved", "concerns_open")
SPEED = ("days_to_resolve", "concerns_resolved_in_time_share", "reviewed_within_week_share")
REACHED = ("visits", "households_visited_share", "councils_held")
LISTS = ("list_entries", "needs_matched", "needs_matched_share", "needs_open", "projects_completed")
groups = [
    Group(_("Concerns"), (*FLOWS, "concerns_overdue", *SPEED)),
    Group(_("Visits and councils"), REACHED),
    Group(_("The three lists"), LISTS),
    *topic_pages.added(page, "concerns"),
]
totals = judged_totals.totals(page.warehouse, view, ui.all_names(groups))

with ui.together():
    compared = ui.head(page, view, ui.choose_metric(page, view, totals, groups), totals)
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, FLOWS[:2], view, page.look.name),
                topics.backlog(totals, view),
            ]
        )
    )
    title = _("Raised, resolved and left open")
    flows = partial(ui.flows, page, view, FLOWS, title=title, name="concerns")
    ui.comparison(compared, name="concerns", beside_parts=flows)
    ui.all_numbers(page, view, totals, name="concerns")
    ui.legend()
