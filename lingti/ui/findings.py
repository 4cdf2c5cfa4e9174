"""Findings on a page: by rule and community, the offending rows, and what was quarantined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import htpy as h
import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.catalog import Check
from lingti.ingest.checking.cell_problems import in_words
from lingti.ingest.keeping.batches import Manifest
from lingti.judging import number_text
from lingti.judging.reporting.findings import Broken
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts.downloads import MOST_DOWNLOADED, downloads
from lingti.ui.parts.elements import empty
from lingti.ui.parts.follow_up_links import asking
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.row_links import imported_words, opening
from lingti.ui.parts.tables import (
    MOST_ROWS,
    Column,
    as_downloaded,
    as_it_is,
    breakable,
    listing,
    say_cut,
    table,
    unbroken,
)
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import rows as rows_of

MOST_LISTED = 50


def by_rule(page: Page, broken: pd.DataFrame, communities: Sequence[str]) -> None:
    """One row per rule and one column per community: how often it is broken where.

    `broken` is what `broken.by_rule` gives of these communities.
    """
    counts = {(row.check_name, row.community): int(row.findings) for row in rows_of(broken)}
    sums = broken.groupby("check_name")["findings"].sum()
    most_broken = sorted(page.catalog.checks, key=lambda name: -int(sums.get(name, 0)))
    rows = [
        {
            "rule": page.catalog.checks[name].title.pick(),
            "severity": severity_words(page.catalog.checks[name]),
        }
        | {
            community: _count(page, name, community, counts.get((name, community), 0))
            for community in communities
        }
        for name in most_broken
    ]
    columns = [
        Column("rule", _("Rule"), heading=True),
        Column("severity", _("How grave")),
        *(
            Column(community, page.look.name(community), html=as_it_is, number=True)
            for community in communities
        ),
    ]
    table(pd.DataFrame(rows), columns, name="findings-by-rule")


def _count(page: Page, rule: str, community: str, number: int) -> Html:
    """How often a rule is broken in a community, as a link to the offending rows."""
    if not number:
        return h.span(".lt-state.lt-nothing")["0"]
    shown = h.b[number_text.exact(number)]
    if not page.may(roles.ROWS, community):
        return shown
    return opening(shown, "findings_count", community, "programme", "rule", rule)


def severity_words(check: Check) -> str:
    """How heavy it is to break a rule, in a word."""
    return {
        "error": _("must be corrected"),
        "warning": _("to be checked"),
        "note": _("for information"),
    }.get(check.severity, check.severity)


def rules(page: Page, broken: pd.DataFrame, communities: Sequence[str]) -> None:
    """Each broken rule with what it asks, what to do, and the rows that break it."""
    for rule, number in broken.groupby("check_name", sort=False)["findings"].sum().items():
        name = str(rule)
        check = page.catalog.checks.get(name)
        if check is None:
            continue
        many = ngettext("{number} row", "{number} rows", int(number)).format(
            number=number_text.exact(int(number))
        )
        with st.expander(f"{check.title.pick()} · {many}"):
            send(
                h.fragment[
                    h.p(".lt-rule")[check.definition.pick()],
                    h.p(".lt-rule")[h.b[_("What to do")], " ", check.advice.pick()],
                    _ask(page, name, broken),
                ]
            )
            _offences(page, name, communities, int(number))


def _ask(page: Page, rule: str, broken: pd.DataFrame) -> Html | None:
    """Links that ask about a rule's findings: one per community that breaks it."""
    number = {"metric": "findings_count", "of": "programme", "by": "rule", "member": rule}
    places = broken[broken["check_name"] == rule]["community"]
    links = [asking(page, page.look.name(place), place=place, **number) for place in places]
    if not any(links):
        return None
    return h.p(".lt-rule")[h.b[_("Ask about it")], [[" ", link] for link in links]]


def _offences(page: Page, rule: str, communities: Sequence[str], number: int) -> None:
    """The first rows that break a rule, and all of them to download."""
    listing(_rows(page, rule, communities, MOST_ROWS), _columns())
    say_cut(number, MOST_ROWS)
    downloads(partial(_to_download, page, rule, communities), name=f"findings-{rule}")


def _to_download(page: Page, rule: str, communities: Sequence[str]) -> pd.DataFrame:
    return as_downloaded(_rows(page, rule, communities, MOST_DOWNLOADED), _columns())


def _rows(page: Page, rule: str, communities: Sequence[str], most: int) -> pd.DataFrame:
    frame = Broken(communities, rule).rows(page.warehouse, most)
    return pd.DataFrame(
        {
            "community": [page.look.name(community) for community in frame["community"]],
            "day": [
                "" if pd.isna(day) else number_text.day(pd.Timestamp(day).date())
                for day in frame["day"]
            ],
            "detail": frame["detail"].fillna(""),
            "expected": frame["expected"].fillna(""),
            "file": frame["file"].fillna(""),
            "sheet": frame["sheet"].fillna(""),
            "row": frame["row"],
            "batch": frame["batch"],
            "imported": [
                imported_words(row.imported_by, row.imported_at) for row in rows_of(frame)
            ],
        }
    )


def _columns() -> list[Column]:
    return [
        Column("community", _("Community"), html=unbroken, heading=True),
        Column("day", _("Day"), html=unbroken),
        Column("detail", _("What stands there")),
        Column("expected", _("What the rule expects")),
        Column("file", _("File"), html=breakable),
        Column("sheet", _("Sheet")),
        Column("row", _("Row"), number=True),
        Column("batch", _("Batch"), number=True),
        Column("imported", _("Imported")),
    ]


def quarantined(page: Page, manifests: list[Manifest], communities: Sequence[str]) -> None:
    """What was found wrong while importing: per batch and column, with the rows and the advice."""
    rows = [
        {
            "community": page.look.name(manifest.community),
            "file": finding["file"],
            "sheet": finding["sheet"],
            "column": finding["column"],
            "count": finding["count"],
            "rows": ", ".join(str(row) for row in finding["rows"]),
            **in_words(finding),
            "batch": manifest.batch,
            "imported": imported_words(
                manifest.imported_by, datetime.fromisoformat(manifest.imported_at)
            ),
        }
        for manifest in manifests
        if manifest.community in communities
        for finding in manifest.findings
    ]
    if not rows:
        empty(_("Nothing was wrong in the files imported: no cell is to be corrected."))
        return
    columns = [
        Column("community", _("Community"), html=unbroken, heading=True),
        Column("file", _("File"), html=breakable),
        Column("sheet", _("Sheet")),
        Column("column", _("Column")),
        Column("count", _("Cells"), number=True),
        Column("rows", _("Rows")),
        Column("expected", _("Expected")),
        Column("advice", _("What to do")),
        Column("batch", _("Batch"), number=True),
        Column("imported", _("Imported")),
    ]
    frame = pd.DataFrame(rows)
    listing(frame.head(MOST_LISTED), columns)
    downloads(frame, name="quarantine")
