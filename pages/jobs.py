"""Jobs and skills: who was placed where, how far courses came, and what public posts do."""

from lingti import ui
from lingti.judging import judged_totals
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, Group
from lingti.ui.comparison import topic_pages, training

page = ui.page(
    N_("Jobs and skills"), N_("Who finds work, and do the courses people order reach their end?")
)
view = ui.filters(page)

PLACED = ("placements", "residents_placed")
ORDERED = ("training_ordered", "training_dispatched", "training_completed", "days_to_dispatch")
COURSES = (*ORDERED, "certificates", *training.SHARES)
POSTS = ("posts_active", "estates_served", "post_services", "people_served", "post_hours")
groups = [
    Group(_("Jobs"), PLACED),
    Group(_("Courses"), COURSES),
    Group(_("Public-welfare posts"), POSTS),
    *topic_pages.added(page, "jobs"),
]
totals = judged_totals.totals(page.warehouse, view, ui.all_names(groups))

with ui.together():
    compared = ui.head(page, view, ui.choose_metric(page, view, totals, groups), totals)
    ui.sentence(topics.did(totals, ["residents_placed", "certificates"], view, page.look.name))
    ui.comparison(compared, name="jobs")
    with ui.beside("lt-halves-of-page"):
        training.cohorts(page, view, totals)
        training.posts_by_estate(page, view, totals)
    ui.all_numbers(page, view, totals, name="jobs")
    ui.legend()
