"""What pages are made of. Only this package, `pages/` and `app.py` know Streamlit.

A page reads as its outline::

    page = ui.page(N_("Volunteering"), N_("How much time do volunteers give, and to what?"))
    view = ui.filters(page)
    totals = judged_totals.totals(page.warehouse, view, ["volunteer_hours", "active_volunteers"])
    ui.sentence(ui.ahead(page, view, totals, "volunteer_hours"))
    ui.cards(view, totals)
    with ui.paper(_("Over time"), "…"):
        ui.chart(charts.lines_over_time(frame, metric, page.look, per=view.per), key="hours")
    ui.by_community(page, view, totals, name="volunteering")
    ui.legend()

`page` is the first statement: it sets language, theme, menu and title, draws the freshness strip,
and ends the run with what is missing where there is nothing to show. It returns a `Page`:
district, warehouse, look (for charts), periods, until (the newest day per community).

| call | draws |
|---|---|
| `filters(page, grains=…, communities=True, per=True)` → `View` | the filters, in the URL |
| `sentence(text)` | the sentence that says what is to be seen; nothing for "" |
| `section(title, under="")` | a heading with a line under it |
| `cards(view, totals, place=…)` | a card per metric: value, unit, change, state |
| `paper(title, under="", key=…)` | a context: a framed sheet for a chart or a table |
| `beside(name)` | a context: pieces that the style sheet arranges in one place |
| `together()` | a context: what is drawn within, no widget among it, is one element |
| `columns(n)` | n sheets side by side, below each other where it is narrow |
| `multiples(page, figures, beside_names)` | small figures of communities, each under its name |
| `chart(figure, key=…)` | a figure of `lingti.charts`, with its alt text; a click opens rows |
| `choose_metric(page, view, totals, groups)` → metric | the one choice of a comparison page |
| `head(page, view, metric, totals)` → compared | what it comes to, as a title with its number |
| `comparison(compared, name=…)` | the metric in time, by place, by part; each also as a table |
| `all_numbers(page, view, totals, name=…)` | all metrics of the page by place, folded |
| `flows(page, view, names, title=…)` | what came in, went out and is left |
| `only(totals, names)` | the rows of some metrics, in that order |
| `table(frame, columns, name=…)` | a list, with downloads; `Column` says how cells are written |
| `by_community(page, view, totals, name=…)` | metrics as rows, places as columns |
| `over_time(page, view, frame, name=…)` | periods as rows, places as columns |
| `ahead(page, view, totals, name)` → text | who has the highest rate, where that can be told |
| `legend()` | how to read zero, partial, not reported, not run, before start and withheld |
| `notice(text)` | that the address asks for what there is not |
| `empty(text)` | kindly says that there is nothing, and why |
| `narrow(page)` → ids | all communities; of many those chosen here, for pages without filters |
| `by_subdistrict(page, view, metric, key=…)` | bars of subdistricts where communities are many |
| `link(page, **params)` | the address of a page with the view carried along, for HTML |
| `rows_link(metric, place, of, by, member)` | the address of the rows behind a number, for HTML |
| `opening(shown, metric, place, of, …)` | a number's HTML as a link to its rows |

Text goes through `_`; titles and questions given to `page` are marked with `N_`.
"""

from lingti.ui.comparison.comparison import all_numbers, comparison, head
from lingti.ui.comparison.many_communities import by_subdistrict, narrow
from lingti.ui.comparison.metric_chooser import Group, all_names
from lingti.ui.comparison.metric_chooser import choose as choose_metric
from lingti.ui.comparison.told_apart import ahead
from lingti.ui.parts.cards import cards, legend, only, value_html
from lingti.ui.parts.downloads import downloads
from lingti.ui.parts.elements import chart, columns, empty, notice, paper, section, sentence
from lingti.ui.parts.flow_pictures import flows
from lingti.ui.parts.html_out import beside, together
from lingti.ui.parts.multiples import multiples
from lingti.ui.parts.row_links import Number, asked_number, opening, rows_link
from lingti.ui.parts.tables import Column, by_community, listing, over_time, table
from lingti.ui.parts.url import link
from lingti.ui.window.filters import filters
from lingti.ui.window.frame import Page, page
from lingti.ui.window.menu import N_
from lingti.ui.window.served_home import home_folder, own_home

__all__ = [
    "N_",
    "Column",
    "Group",
    "Number",
    "Page",
    "ahead",
    "all_names",
    "all_numbers",
    "asked_number",
    "beside",
    "by_community",
    "by_subdistrict",
    "cards",
    "chart",
    "choose_metric",
    "columns",
    "comparison",
    "downloads",
    "empty",
    "filters",
    "flows",
    "head",
    "home_folder",
    "legend",
    "link",
    "listing",
    "multiples",
    "narrow",
    "notice",
    "only",
    "opening",
    "over_time",
    "own_home",
    "page",
    "paper",
    "rows_link",
    "section",
    "sentence",
    "table",
    "together",
    "value_html",
]
