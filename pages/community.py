"""One community: what it owes, its topic, and all it runs, against itself and the district."""

from dataclasses import replace

from lingti import ui
from lingti.judging import judged_totals
from lingti.report.sentences import topics
from lingti.ui import N_, community, follow_up, submission
from lingti.ui.comparison import peers

page = ui.page(N_("Community"), N_("How does one community do, and what does it still owe?"))
chosen = community.choose(page)
view = replace(ui.filters(page, communities=False, per=False), communities=(chosen.id,))
totals = judged_totals.totals(page.warehouse, view, page.catalog.metrics)

submission.owed(page, chosen.id)
follow_up.waiting(page, chosen.id)
community.stands(page, view, chosen)
community.portrait(page, chosen)
ui.sentence(topics.did(totals, chosen.headlines, view, page.look.name))
ui.cards(view, ui.only(totals, chosen.headlines), place=chosen.id)
if running := community.running(page, totals, chosen):
    community.against_the_district(page, view, running)
peers.peers(page, view, chosen)
community.all_metrics(page, view, totals)
community.desk(page, view, chosen)
ui.legend()
