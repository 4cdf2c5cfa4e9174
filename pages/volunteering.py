"""Volunteering: hours, volunteers, and what they give their time to."""

from lingti import compare, sentences, topic_sentences, ui
from lingti.ui import N_

page = ui.page(
    N_("Volunteering"), N_("How much time do volunteers give, and what do they give it to?")
)
view = ui.filters(page)

NAMES = ("volunteer_hours", "active_volunteers", "hours_per_volunteer")
totals = compare.totals(page.warehouse, view, NAMES)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topic_sentences.did(totals, NAMES, view, page.look.name),
                topic_sentences.ahead(totals, "volunteer_hours", view, page.look.name),
            ]
        )
    )
    ui.cards(view, totals, place=view.focus)
    shown = ui.comparison(page, view, totals, NAMES)
ui.tables(page, view, totals, shown, name="volunteering")
ui.legend()
