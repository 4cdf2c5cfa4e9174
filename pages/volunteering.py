"""Volunteering: hours, volunteers, and what they give their time to."""

from lingti import ui
from lingti.judging import judged_totals
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, Group
from lingti.ui.comparison import topic_pages

page = ui.page(
    N_("Volunteering"), N_("How much time do volunteers give, and what do they give it to?")
)
view = ui.filters(page)

NAMES = ("volunteer_hours", "active_volunteers", "hours_per_volunteer")
groups = [Group(_("Volunteering"), NAMES), *topic_pages.added(page, "volunteering")]
totals = judged_totals.totals(page.warehouse, view, ui.all_names(groups))

with ui.together():
    compared = ui.head(page, view, ui.choose_metric(page, view, totals, groups), totals)
    ui.sentence(topics.did(totals, NAMES, view, page.look.name))
    ui.comparison(compared, name="volunteering")
    ui.all_numbers(page, view, totals, name="volunteering")
    ui.legend()
