"""What the page of one community is made of: who it is, what it owes, and all it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import htpy as h
import pandas as pd
import streamlit as st
from markupsafe import Markup

from lingti import charts
from lingti.access import roles
from lingti.catalog import DISTRICT, Catalog, Metric
from lingti.charts import Look
from lingti.district import Community
from lingti.judging import number_text, period_values
from lingti.judging.group_words import group_title
from lingti.judging.period_values import View
from lingti.judging.periods import trail_to
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import joined
from lingti.language import Text
from lingti.language import gettext as _
from lingti.ui.definitions import in_order
from lingti.ui.home import standings
from lingti.ui.parts import url
from lingti.ui.parts.cards import change_html, since, value_html, which_number
from lingti.ui.parts.downloads import downloads
from lingti.ui.parts.elements import chart, empty, paper, section
from lingti.ui.parts.html_out import Html, put, send, together
from lingti.ui.parts.markers import mark, sparkline
from lingti.ui.parts.my_number_links import differing
from lingti.ui.parts.pickers import pick
from lingti.ui.parts.revision_marks import revision_mark
from lingti.ui.parts.row_links import author_words, defined, opening
from lingti.ui.parts.tables import Column, html_of
from lingti.ui.parts.verdict_marks import verdict_line
from lingti.ui.window import menu
from lingti.ui.window.filters import MANY
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows

COMMUNITY = "community"
REPORTS, IMPORTS = "reports", "import_data"
NO_NUMBER = (*number_text.IDLE, "not_reported")


def choose(page: Page) -> Community:
    """The community the page is about, kept in the address."""
    known = {community.id: community for community in page.district.communities}
    many = len(known) > MANY
    return known[
        pick(
            COMMUNITY, list(known), lambda community_id: known[community_id].short.pick(), many=many
        )
    ]


def _people(community: Community) -> str:
    if community.population_as_of is None:
        return _("population not entered yet")
    return _("{residents} residents in {households} households ({day})").format(
        residents=number_text.exact(community.residents),
        households=number_text.exact(community.households),
        day=number_text.day(community.population_as_of),
    )


def portrait(page: Page, community: Community) -> None:
    """Its topic, since when, what it runs, and how many people live in it."""
    colour = page.look.colours[community.id]
    who = h.fragment[mark(page.look.symbols[community.id], colour), community.name.pick()]
    facts = [
        community.subdistrict.pick(),
        _people(community),
        joined(list(community.estates)),
    ]
    details = " · ".join(fact for fact in facts if fact)
    send(
        h.article(".lt-topic.lt-portrait", style=f"--c:{colour}")[
            h.header[h.h2[community.topic.pick()], h.span(".lt-who")[who, since(community)]],
            h.p(".lt-runs")[community.runs.pick()],
            h.p(".lt-chart-sub")[details],
        ]
    )


def stands(page: Page, view: View, community: Community) -> None:
    """What it owes, its targets, the change that is real, and what is overdue."""
    gaps = page.gaps[page.gaps["community"] == community.id]
    if not gaps.empty:
        with paper(_("Still to be reported"), key="owed"):
            _owed(page, community)
    own_standings = [
        place_standing
        for place_standing in standings.of_page(page, view)
        if place_standing.place == community.id
    ]
    with together():
        standings.sentence(page, view, own_standings)
        standings.matrix(page, view, own_standings)


def desk(page: Page, view: View, community: Community) -> None:
    """What a secretary comes for besides: her last import, and the briefing."""
    with paper(_("Last import"), key="last-import"):
        if page.gaps[page.gaps["community"] == community.id].empty:
            _owed(page, community)
        _last_import(page, community)
    with st.container(horizontal=True, key="lt-desk"):
        _go(
            REPORTS,
            _("Prepare briefing"),
            ":material/description:",
            "primary",
            {"of": community.id, url.PERIOD: view.period.id},
        )
        _go(
            IMPORTS,
            _("Import data"),
            ":material/upload_file:",
            "secondary",
            {COMMUNITY: community.id},
        )


def _go(page: str, label: str, icon: str, kind: Any, address: dict[str, str]) -> None:
    """A button to another page, where there is such a page."""
    known = menu.pages()
    if page in known and st.button(label, icon=icon, type=kind, key=f"go-{page}"):
        st.switch_page(known[page].file, query_params={**url.carried(), **address})


def _owed(page: Page, community: Community) -> None:
    """One line per source with the months that are due and not, or only partly, reported."""
    gaps = page.gaps[page.gaps["community"] == community.id]
    if gaps.empty:
        is_expected = any(
            expectation.community == community.id for expectation in page.district.expected
        )
        words = _("Everything that was due is in.") if is_expected else _("Nothing is expected.")
        empty(words)
        return
    lines = []
    for table, frame in gaps.groupby("tbl", sort=False):
        for state in ("not_reported", "partial"):
            periods = sorted(str(period) for period in frame[frame["state"] == state]["period"])
            if periods:
                months = joined([number_text.period("month", period) for period in periods])
                mark = value_html(None, state, _any(page.catalog))
                lines.append(
                    h.li[
                        h.b[_sources_of(page, community, str(table))],
                        h.span[months],
                        mark,
                    ]
                )
    send(h.ul(".lt-owed")[lines])


def _any(known: Catalog) -> Metric:
    return next(iter(known.metrics.values()))


def _sources_of(page: Page, community: Community, table: str) -> str:
    """The community's own names of the exports that feed a table; else the table's."""
    titles = [
        source.title.pick()
        for source in page.district.sources.values()
        if source.community == community.id and table in source.tables
    ]
    return joined(titles) or page.catalog.tables[table].title.pick()


def _last_import(page: Page, community: Community) -> None:
    imports = page.warehouse.rows(page.catalog.views["last_import"], community=community.id)
    if not imports:
        empty(_("Nothing was imported yet."))
        return
    (last,) = imports
    title = Text(last["title_zh"], last["title_en"]).pick()
    when = number_text.day(pd.Timestamp(last["imported_at"]).date())
    if last["imported_by"] is None:  # of others one sees what came in, and not how much
        send(h.p(".lt-last")[h.b[title], " ", h.span[when]])
        return
    counts = [
        (_("read"), last["read_rows"]),
        (_("accepted"), last["accepted"]),
        (_("there already"), last["already_present"]),
        (_("no data rows"), last["set_aside"]),
        (_("to correct"), last["quarantined"]),
    ]
    cells = [h.div[h.dt[word], h.dd[number_text.exact(count)]] for word, count in counts]
    by = _("by {who}").format(who=author_words(last["imported_by"]))
    send(
        h.fragment[
            h.p(".lt-last")[h.b[title], " ", h.span[when, " · ", by]], h.dl(".lt-counts")[cells]
        ]
    )


def against_the_district(page: Page, view: View, running: list[str]) -> None:
    """One metric over time: the community's own line and the district's, per 1,000 residents.

    Shares, medians and ratios are compared as they are.
    """
    known = page.catalog.metrics
    if not running:
        return
    name = pick("show", running, lambda metric: known[metric].title.pick(), many=True)
    metric = known[name]
    rated = replace(view, per="residents")
    trail = trail_to(view.period, page.periods)
    history = period_values.over_time(page.warehouse, rated, [name], trail)
    title = _("{title}: {place} and the district").format(
        title=metric.title.pick(), place=page.look.name(view.focus)
    )
    with paper(title, number_text.unit(metric, "residents"), key="against", metric=metric):
        figure = charts.lines_over_time(history, metric, page.look, per="residents", height=340)
        chart(figure, key="against-chart")


def running(page: Page, totals: pd.DataFrame, community: Community) -> list[str]:
    """The metrics the community runs: its headlines first, then by theme."""
    runs = {
        row.metric
        for row in rows(totals)
        if row.community == community.id and row.state not in number_text.IDLE
    }
    names = [*community.headlines, *(metric.name for metric in in_order(page.catalog))]
    return [name for name in dict.fromkeys(names) if name in runs]


def all_metrics(page: Page, view: View, totals: pd.DataFrame) -> None:
    """Every metric by theme: now, before, its curve, and its rate beside the district's.

    `totals` as of `period_values.totals`, in totals, for every metric.
    """
    there = set(totals["metric"])
    names = [metric.name for metric in in_order(page.catalog) if metric.name in there]
    trail = trail_to(view.period, page.periods)
    history = period_values.over_time(page.warehouse, view, names, trail)
    rates = period_values.totals(page.warehouse, replace(view, per="residents"), names)
    lines = partial(_lines, view, names, totals, history, rates)
    section(
        _("All its numbers"),
        _(
            "Against itself over time, and per 1,000 residents against the district; "
            "shares, averages and medians as they are."
        ),
    )
    if page.may(roles.ROWS, view.focus):
        words = _("Another number in your ledger? See what makes the difference")
        link = differing(f"{words} →", place=view.focus, of=view.period.id)
        put(h.p(".lt-more")[link])
    for group, code in _by_theme(page.look, view, lines):
        with paper(group_title(group), key=f"group-{group}"):
            send(code)
    downloads(partial(_download, lines), name=f"{view.focus}-{view.period.id}")


@url.linked_once
def _by_theme(
    look: Look, view: View, lines: Callable[[], list[dict[str, Any]]]
) -> list[tuple[str, Html]]:
    """Each theme with the HTML of its table, and of what the community does not run."""
    columns = _columns(look, view)
    tables: list[tuple[str, Html]] = []
    frame = pd.DataFrame(lines())
    for group in dict.fromkeys(frame["group"]):
        of_it = frame[frame["group"] == group]
        idles = of_it["state"].isin(number_text.IDLE)
        runs = of_it[~idles]
        runs_html = html_of(runs, columns) if len(runs) else None
        named = [
            h.p(".lt-idle")[
                value_html(None, state, _any(view.catalog)),
                " ",
                joined([str(title) for title in of_it[of_it["state"] == state]["title"]]),
            ]
            for state in number_text.IDLE
            if (of_it["state"] == state).any()
        ]
        code = h.fragment[runs_html, named]
        tables.append((str(group), Markup(code)))
    return tables


def _lines(
    view: View,
    names: list[str],
    totals: pd.DataFrame,
    history: pd.DataFrame,
    rates: pd.DataFrame,
) -> list[dict[str, Any]]:
    """One per metric: its theme, title, state and unit, its own number, curve and rates."""
    own, rated = ({(r.metric, r.community): r for r in rows(frame)} for frame in (totals, rates))
    curves: dict[str, list[float | None]] = {}
    for row in rows(history):
        if row.community == view.focus:
            curves.setdefault(row.metric, []).append(plain(row.value))
    return [
        {
            "group": metric.group,
            "title": metric.title.pick(),
            "state": own[metric.name, view.focus].state,
            "unit": metric.unit.pick(),
            "own": own[metric.name, view.focus],
            "curve": curves.get(metric.name, []),
            "rate": rated[metric.name, view.focus],
            "district": rated[metric.name, DISTRICT],
        }
        for metric in (view.catalog.metrics[name] for name in names)
    ]


def _columns(look: Look, view: View) -> list[Column]:
    colour = look.colours[view.focus]
    rated = replace(view, per="residents")

    def title(row: Any) -> Html:
        metric = view.catalog.metrics[row.metric]
        unit = None if number_text.is_percent(metric) else [" ", h.small[metric.unit.pick()]]
        return h.fragment[defined(metric), unit]

    def change(row: Any) -> Html:
        html = change_html(row, view.catalog.metrics[row.metric], view)
        return h.span(".lt-change")[html]

    def verdict(row: Any) -> Html:
        return h.fragment[verdict_line(row, view.catalog.metrics[row.metric], view.catalog)]

    return [
        Column("own", _("Metric"), html=title, heading=True),
        Column("own", _("This period"), html=lambda row: _number(row, view), number=True),
        Column("own", _("Against the period before"), html=change),
        Column("own", _("Verdict"), html=verdict),
        Column("curve", _("Over time"), html=lambda values: sparkline(values, colour) or ""),
        Column("rate", _("To compare"), html=lambda row: _number(row, rated), number=True),
        Column("district", _("District"), html=lambda row: _number(row, rated), number=True),
    ]


def _number(row: Any, view: View) -> Html:
    value, metric = plain(row.value), view.catalog.metrics[row.metric]
    per = view.per if metric.scalable else "total"
    which = which_number(metric.name, row.community, view.period, value, per)
    shown = value_html(value, row.state, metric, per, which, lacking=to_correct.lacking(row))
    if value is not None and view.opens(row.community):
        shown = opening(shown, metric.name, row.community, view.period.id)
    return h.fragment[shown, revision_mark(view, metric.name, row.community, view.period.id)]


def _download(lines: Callable[[], list[dict[str, Any]]]) -> pd.DataFrame:
    def written(row: Any) -> float | str:
        value = plain(row.value)
        return number_text.state(number_text.state_of(None, row.state)) if value is None else value

    listed = lines()
    return pd.DataFrame(
        {
            _("Theme"): [group_title(str(line["group"])) for line in listed],
            _("Metric"): [line["title"] for line in listed],
            _("Unit"): [line["unit"] for line in listed],
            _("This period"): [written(line["own"]) for line in listed],
            _("To compare"): [written(line["rate"]) for line in listed],
            _("District"): [written(line["district"]) for line in listed],
        }
    )
