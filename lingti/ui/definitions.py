"""Definitions (指标口径) as one reads them: what a metric counts, from what, and since when."""

from __future__ import annotations

import htpy as h
import pandas as pd

from lingti import catalog
from lingti.catalog import Catalog, Metric, dimension_title
from lingti.judging import number_text
from lingti.judging.group_words import group_title
from lingti.judging.sentences import joined, listed
from lingti.language import gettext as _
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.tables import Column, table
from lingti.ui.window.frame import Page

LEAST_LISTED = 6  # fewer entries need no list of contents


def in_order(known: Catalog) -> list[Metric]:
    """Every metric by theme; counts and sums before what is computed from them; then by title."""
    return sorted(
        known.metrics.values(),
        key=lambda metric: (
            catalog.group_place(metric.group),
            not metric.scalable,
            metric.title.pick(),
        ),
    )


def matching(known: Catalog, words: str) -> list[Metric]:
    """The metrics that hold all the words, in any language, in name, title, definition or SQL."""
    wanted = words.lower().split()
    searched = {metric: _searched(metric, known) for metric in in_order(known)}
    return [metric for metric, text in searched.items() if all(word in text for word in wanted)]


def _searched(metric: Metric, known: Catalog) -> str:
    texts = [metric.title, metric.definition, metric.unit]
    texts += [known.tables[name].title for name in metric.tables]
    written = [part for text in texts for part in (text.zh, text.en)]
    return " ".join([metric.name, *written, metric.sql]).lower()


def definitions(known: Catalog, metrics: list[Metric], *, opened: str = "") -> None:
    """One entry per metric under its theme, with its SQL to unfold; `opened` names an open one.

    Themes are folded where all are told; the list of contents leads into them.
    """
    is_folded = not opened and len(metrics) >= LEAST_LISTED
    groups = dict.fromkeys(metric.group for metric in metrics)
    htmls: list[Html] = []
    for group in groups:
        of_group = [metric for metric in metrics if metric.group == group]
        entries = [_entry(metric, known, unfolded=metric.name == opened) for metric in of_group]
        heading = h.h2[group_title(group)]
        if is_folded:
            count = h.small[number_text.exact(len(of_group))]
            htmls.append(h.details(".lt-of-group")[h.summary[heading, count], entries])
        else:
            htmls += [heading, *entries]
    send(h.fragment[_contents(metrics), h.div(".lt-glossary")[htmls]])


def _contents(metrics: list[Metric]) -> Html | None:
    """The titles by theme, each leading to its entry; nothing where few were found."""
    if len(metrics) < LEAST_LISTED:
        return None
    groups = dict.fromkeys(metric.group for metric in metrics)
    return h.nav(".lt-contents", aria_label=_("Contents"))[
        [
            h.section[
                h.b[group_title(group)],
                h.ul[
                    [
                        h.li[h.a(href=f"#{metric.name}")[metric.title.pick()]]
                        for metric in metrics
                        if metric.group == group
                    ]
                ],
            ]
            for group in groups
        ]
    ]


def _entry(metric: Metric, known: Catalog, *, unfolded: bool) -> Html:
    facts = [h.div[h.dt[name], h.dd[value]] for name, value in _facts(metric, known) if value]
    return h.article(id=metric.name)[
        h.h3[metric.title.pick(), " ", h.code[metric.name]],
        h.p[metric.definition.pick()],
        h.dl[facts],
        h.details(open=unfolded)[
            h.summary[_("SQL of its facts")],
            h.pre[h.code[_computed(metric)]],
        ],
    ]


def _computed(metric: Metric) -> str:
    over = f" / {metric.denominator}" if metric.denominator else ""
    return f"-- {metric.numerator}{over}\n{metric.sql}"


def _facts(metric: Metric, known: Catalog) -> list[tuple[str, str]]:
    """What a reader wants to know besides the definition: name and value."""
    better = {"up": _("more is better"), "down": _("less is better")}
    windows = {
        "period": _("what happened in the period"),
        "to_date": _("what holds at the period's end"),
        "last_6_months": _("the 6 months to the period's end"),
    }
    everything = metric.facts.of_all_tables
    tables = [known.tables[name].title.pick() for name in metric.tables]
    return [
        (_("Unit"), metric.unit.pick()),
        (_("Direction"), better.get(metric.better, _("neither more nor less is better"))),
        (_("What counts"), windows[metric.window]),
        (_("Divided by"), _denominator(metric)),
        (_("Source tables"), _("all tables") if everything else joined(tables)),
        (
            _("Broken down by"),
            joined([dimension_title(metric, dimension).pick() for dimension in metric.dimensions]),
        ),
        (_("Settled after"), _settled(metric)),
        (_("Version"), _versions(metric)),
    ]


def _denominator(metric: Metric) -> str:
    if metric.by_population:
        return _("all households") if metric.denominator == "households" else _("all residents")
    return _("the cases counted") if metric.denominator else ""


def _settled(metric: Metric) -> str:
    if not metric.matures_days:
        return ""
    return _("{days} days after the period's end; provisional until then").format(
        days=metric.matures_days
    )


def _versions(metric: Metric) -> str:
    changes = [
        _("{version} since {day}: {note}").format(
            version=change.version, day=number_text.day(change.day), note=change.note.pick()
        )
        for change in reversed(metric.changes)
    ]
    return listed([*changes, "1"]) if changes else _("1, unchanged since the start")


def populations(page: Page) -> None:
    """The denominators of rates: residents and households, as of which day and from where."""
    frame = pd.DataFrame(
        [
            {
                "community": community.name.pick(),
                "residents": number_text.exact(community.residents),
                "households": number_text.exact(community.households),
                "as_of": number_text.as_of(community.population_as_of),
                "source": community.population_source.pick(),
            }
            for community in page.district.communities
        ]
    )
    columns = [
        Column("community", _("Community"), heading=True),
        Column("residents", _("Residents"), number=True),
        Column("households", _("Households"), number=True),
        Column("as_of", _("As of")),
        Column("source", _("Source of the figure")),
    ]
    table(frame, columns, name="populations")
