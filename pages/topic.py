"""A topic of the home's own, or of a pack: its metrics in time, by place and by their parts."""

from lingti import ui
from lingti.judging import judged_totals, sentences
from lingti.report.sentences import topics
from lingti.ui import N_, topic_pages

page = ui.page(topic_pages.title(), N_("How do the communities do in this topic?"))
names = topic_pages.metrics_or_stop(page)
view = ui.filters(page)
totals = judged_totals.totals(page.warehouse, view, names)

with ui.together():
    ui.sentence(
        sentences.paragraph(
            [
                topics.did(totals, names[:3], view, page.look.name),
                ui.ahead(page, view, totals, names[0]),
            ]
        )
    )
    ui.cards(view, totals, place=view.focus)
    shown = ui.comparison(page, view, totals, names)
ui.tables(page, view, totals, shown, name="topic")
ui.legend()
