"""The page of volunteering in Dash, beside which Lingti's is measured: HOME PORT as arguments.

The same warehouse, the same numbers and the same figures: cards, three charts, a table, and the
choice of totals or rates; and the page of points beside it, to come from.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html

from lingti import charts, district, language, warehouse
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, period_values
from lingti.judging.periods import latest_complete, period_before, periods_of, trail_to

PAGES = {
    "/volunteering": ("Volunteering", "volunteer_hours", "category"),
    "/redemptions": ("Points and redemptions", "redemptions", "item"),
}
SCALES = {"total": "Totals", "residents": "Per 1,000 residents"}


def main() -> None:
    home = Path(sys.argv[1])
    settings, data = district.load(home), warehouse.current(home)
    language.use("en")
    look, periods = charts.look(settings), periods_of(data)
    until = {row["community"]: row["until"] for row in data.rows(data.catalog.views["freshness"])}
    chosen = latest_complete(periods["month"], list(until.values()))
    places = tuple(one.id for one in settings.communities)
    app = Dash(__name__, suppress_callback_exceptions=True)
    app.layout = html.Div(
        [
            dcc.Location(id="address"),
            html.Nav([dcc.Link(title, href=path) for path, (title, *_more) in PAGES.items()]),
            dcc.RadioItems(SCALES, "total", id="scale"),
            html.Main(id="page"),
        ]
    )

    @app.callback(Output("page", "children"), Input("address", "pathname"), Input("scale", "value"))
    def page(path: str, per: str) -> list[Any]:
        language.use("en")
        title, name, dimension = PAGES.get(path, PAGES["/volunteering"])
        before = period_before(chosen, periods["month"])
        view = period_values.View(chosen, before, places, per)
        metric = data.catalog.metrics[name]
        history = period_values.over_time(data, view, [name], trail_to(view.period, periods))
        totals = period_values.totals(data, view, [name])
        members = period_values.by_member(data, view, name, dimension)
        figures = [
            charts.lines_over_time(history, metric, look, per=per),
            charts.bars_by_community(totals, metric, look, per=per),
            charts.bars_by_member(members, metric, look, member_name=str, per=per),
        ]
        return [
            html.H1(title),
            html.Div([_card(metric, row, look, per) for row in _rows(totals)]),
            *(dcc.Graph(figure=figure, config={"displayModeBar": False}) for figure in figures),
            _table(metric, look, history, per),
        ]

    app.run(port=int(sys.argv[2]), debug=False)


def _rows(totals: Any) -> list[Any]:
    return list(totals.itertuples())


def _card(metric: Metric, row: Any, look: charts.Look, per: str) -> html.Article:
    value = number_text.measured(row.value, metric, per)
    return html.Article([html.H3(look.name(row.community)), html.P(value)])


def _table(metric: Metric, look: charts.Look, history: Any, per: str) -> html.Table:
    grid = history.pivot(index="period", columns="community", values="value")
    places = [one for one in grid.columns if one != DISTRICT]
    head = html.Tr([html.Th("Period"), *(html.Th(look.name(one)) for one in places)])
    body = [
        html.Tr(
            [html.Th(period), *(html.Td(number_text.bare(row[one], metric, per)) for one in places)]
        )
        for period, row in grid.iloc[::-1].iterrows()
    ]
    return html.Table([html.Thead(head), html.Tbody(body)])


if __name__ == "__main__":
    main()
