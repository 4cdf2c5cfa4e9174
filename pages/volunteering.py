"""Volunteering: hours, volunteers, and what they give their time to."""

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.report.sentences import topics
from lingti.ui import N_, topic_pages

page = ui.page(
    N_("Volunteering"), N_("How much time do volunteers give, and what do they give it to?")
)
view = ui.filters(page)

NAMES = ("volunteer_hours", "active_volunteers", "hours_per_volunteer")
totals = judged_totals.totals(page.warehouse, view, NAMES)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, NAMES, view, page.look.name),
                ui.ahead(page, view, totals, "volunteer_hours"),
            ]
        )
    )
    ui.cards(view, totals, place=view.focus)
    shown = ui.comparison(page, view, totals, NAMES)
ui.tables(page, view, totals, shown, name="volunteering")
topic_pages.of_ones_own(page, view, "volunteering")
ui.legend()
