"""Partnerships: which merchants are under agreement, and what they take part in."""

from lingti import compare, sentences, topic_sentences, ui
from lingti.language import gettext as _
from lingti.ui import N_, merchants

page = ui.page(
    N_("Partnerships"),
    N_("Which merchants stand by the communities, and what do they take part in?"),
)
view = ui.filters(page)

NAMES = ("partners_active", "partners_with_plaque", "partners_signed", "partners_ended")
HELD = ("activities_with_partners", "activities_held", "activity_attendance")
totals = compare.totals(page.warehouse, view, [*NAMES, *HELD, "attendance_per_activity"])
shared = merchants.shared(page, view)

ui.sentence(
    sentences.paragraph(
        [
            topic_sentences.did(totals, NAMES[:1], view, page.look.name),
            topic_sentences.plaques(totals, view),
            topic_sentences.ahead(totals, "partners_active", view, page.look.name),
            topic_sentences.shared(shared, page.look.name),
        ]
    )
)
ui.cards(view, ui.only(totals, [*NAMES, *HELD]), place=view.focus)
ui.comparison(
    page,
    view,
    totals,
    [*NAMES, *HELD, "attendance_per_activity"],
    dimensions=("sector", "circle", "partner", "category"),
    name="partnerships",
)
ui.section(
    _("Shared merchants"),
    _("Merchants under agreement with several communities at the period's end."),
)
merchants.shared_table(page, shared)
ui.section(_("Activities with partners"), _("Which partners held how many activities."))
ui.members(page, view, totals, "activities_with_partners", "partner", prefix="partnerships")
ui.legend()
