"""Partnerships: which merchants are under agreement, and what they join in."""

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, Group
from lingti.ui.comparison import merchants, topic_pages

page = ui.page(
    N_("Partnerships"), N_("Which merchants stand by the communities, and what do they join in?")
)
view = ui.filters(page)

AGREED = ("partners_active", "partners_with_plaque", "partners_signed", "partners_ended")
HELD = ("activities_held", "activities_with_partners", "activity_attendance")
groups = [
    Group(_("Agreements"), AGREED),
    Group(_("Activities"), (*HELD, "attendance_per_activity")),
    *topic_pages.added(page, "partnerships"),
]
totals = judged_totals.totals(page.warehouse, view, ui.all_names(groups))
shared = merchants.shared(page, view)

with ui.together():
    compared = ui.head(page, view, ui.choose_metric(page, view, totals, groups), totals)
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, AGREED[:1], view, page.look.name),
                topics.plaques(totals, view),
                topics.shared(shared, page.look.name),
            ]
        )
    )
    shown_by = ("sector", "circle", "category", "partner")
    ui.comparison(compared, name="partnerships", dimensions=shown_by)
    merchants.shared_sheet(page, shared)
    ui.all_numbers(page, view, totals, name="partnerships")
    ui.legend()
