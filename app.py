"""Home: how all communities stand, what is to be done, and what they have in common."""

from dataclasses import replace

from lingti import ui
from lingti.judging import judged_totals
from lingti.judging.standing import standing, to_do
from lingti.ui import N_
from lingti.ui.comparison import dots
from lingti.ui.home import last_import, standings, to_do_list

page = ui.page(
    N_("{programme}: at a glance"), N_("How do the communities stand, and what is to be done?")
)
view = ui.filters(page, per=False, turn=False)

every = standing.of_all(view, page.district)
found = standings.of_page(page, every)
items = to_do.items(page.warehouse, every, found, page.gaps, page.today)
common = [page.catalog.metrics[name] for name in page.district.common]
places = tuple(one.place for one in standings.shown(found))
per_thousand = replace(view, communities=places, per=dots.scale(page))
totals = judged_totals.totals(page.warehouse, per_thousand, page.district.common)

with ui.together():
    standings.sentence(page, every, found)
    with ui.beside("lt-first"):
        standings.matrix(page, every, found, choosable=True)
        to_do_list.to_do(page, items)
    last_import.last_import(page)
    dots.of_metrics(page, per_thousand, common, totals, places)
    if common:
        ui.by_subdistrict(page, view, common[0], key="home")
    ui.legend()
