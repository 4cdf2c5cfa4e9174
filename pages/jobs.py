"""Jobs and skills: who was placed where, how far courses came, and what public posts do."""

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, topic_pages, training

page = ui.page(
    N_("Jobs and skills"), N_("Who finds work, and do the courses people order reach their end?")
)
view = ui.filters(page)

PLACED = ("placements", "residents_placed")
COURSES = ("training_ordered", "training_dispatched", "training_completed", "days_to_dispatch")
POSTS = ("posts_active", "estates_served", "post_services", "people_served")
NAMES = (*PLACED, *COURSES, "certificates", *training.SHARES, *POSTS, "post_hours")
totals = judged_totals.totals(page.warehouse, view, NAMES)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, ["residents_placed", "certificates"], view, page.look.name),
                ui.ahead(page, view, totals, "placements"),
            ]
        )
    )
    ui.cards(view, ui.only(totals, [*PLACED, "certificates", "people_served"]), place=view.focus)
    shown = ui.comparison(page, view, totals, PLACED)

    ui.section(
        _("From order to certificate"),
        _(
            "Residents order a course, the community dispatches it, "
            "the school teaches and certifies."
        ),
    )
    ui.cards(view, ui.only(totals, COURSES), place=view.focus)
    training.cohorts(page, view, totals)
    ui.members(page, view, "training_ordered", "course")

    ui.section(_("Public-welfare posts"), _("Which service reached which estate, and how often."))
    ui.cards(view, ui.only(totals, POSTS), place=view.focus)
    training.posts_by_estate(page, view, totals)
ui.tables(page, view, totals, shown, name="jobs")
topic_pages.of_ones_own(page, view, "jobs")
ui.legend()
