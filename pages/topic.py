"""A topic of the home's own, or of a pack: its metrics in time, by place and by their parts."""

from lingti import ui
from lingti.judging import judged_totals
from lingti.report.sentences import topics
from lingti.ui import N_, Group
from lingti.ui.comparison import topic_pages

page = ui.page(topic_pages.title(), N_("How do the communities do in this topic?"))
names = topic_pages.metrics_or_stop(page)
view = ui.filters(page)
groups = [Group(page.title, names)]
totals = judged_totals.totals(page.warehouse, view, names)

with ui.together():
    compared = ui.head(page, view, ui.choose_metric(page, view, totals, groups), totals)
    ui.sentence(topics.did(totals, names[:3], view, page.look.name))
    ui.comparison(compared, name="topic")
    ui.all_numbers(page, view, totals, name="topic")
    ui.legend()
