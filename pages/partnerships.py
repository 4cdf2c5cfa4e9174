"""Partnerships: which merchants are under agreement, and what they join in."""

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.language import gettext as _
from lingti.report.sentences import topics
from lingti.ui import N_, merchants, topic_pages

page = ui.page(
    N_("Partnerships"), N_("Which merchants stand by the communities, and what do they join in?")
)
view = ui.filters(page)

AGREED = ("partners_active", "partners_with_plaque", "partners_signed", "partners_ended")
HELD = ("activities_held", "activities_with_partners", "activity_attendance")
NAMES = (*AGREED, *HELD, "attendance_per_activity")
totals = judged_totals.totals(page.warehouse, view, NAMES)
shared = merchants.shared(page, view)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, AGREED[:1], view, page.look.name),
                topics.plaques(totals, view),
                ui.ahead(page, view, totals, "partners_active"),
                topics.shared(shared, page.look.name),
            ]
        )
    )
    ui.cards(view, totals, place=view.focus)
    shown = ui.comparison(
        page, view, totals, NAMES, dimensions=("sector", "circle", "category", "partner")
    )
    ui.section(
        _("Shared merchants"),
        _("Merchants under agreement with several communities at the period's end."),
    )
    merchants.shared_table(page, shared)
    ui.section(_("Activities with partners"), _("Which partners held how many activities."))
    ui.members(page, view, "activities_with_partners", "partner")
ui.tables(page, view, totals, shown, name="partnerships")
topic_pages.of_ones_own(page, view, "partnerships")
ui.legend()
