"""Concerns: what residents raise, how fast it is resolved, and how they are reached."""

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, topic_pages

page = ui.page(N_("Concerns"), N_("Is what residents raise resolved, and how fast?"))
view = ui.filters(page)

FLOWS = ("concerns_raised", "concerns_resolved", "concerns_open")
SPEED = ("days_to_resolve", "concerns_resolved_in_time_share", "reviewed_within_week_share")
REACHED = ("visits", "households_visited_share", "councils_held")
LISTS = ("list_entries", "needs_matched", "needs_matched_share", "needs_open")
RAISED = (*FLOWS, "concerns_overdue", *SPEED)
totals = judged_totals.totals(
    page.warehouse, view, [*RAISED, *REACHED, *LISTS, "projects_completed"]
)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, FLOWS[:2], view, page.look.name),
                topics.backlog(totals, view),
                ui.ahead(page, view, totals, "concerns_raised"),
            ]
        )
    )
    ui.cards(view, ui.only(totals, [*FLOWS, *SPEED]), place=view.focus)
    ui.flows(page, view, FLOWS, title=_("Raised, resolved and left open"))
    shown = ui.comparison(page, view, totals, RAISED)

    ui.section(
        _("Visits and councils"), _("How many households were reached, and how often councils met.")
    )
    ui.cards(view, ui.only(totals, REACHED), place=view.focus)

    ui.section(_("The three lists"), _("Needs, resources and projects, and what became of them."))
    ui.cards(view, ui.only(totals, LISTS), place=view.focus)
    ui.members(page, view, "list_entries", "kind")
ui.tables(page, view, totals, shown, name="concerns")
topic_pages.of_ones_own(page, view, "concerns")
ui.legend()
