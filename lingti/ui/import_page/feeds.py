"""Which column of which community feeds which of ours, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h
import streamlit as st

from lingti import charts, entries
from lingti.catalog import PERSON, Column, Table
from lingti.district import ColumnMap, District, Feed, Source
from lingti.ingest.mapping import learned, templates
from lingti.language import gettext as _
from lingti.ui.import_page import outcome_text
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.tables import sliding

_NONE = h.span(".lt-none")["–"]


def fed(district: District, table: Table, places: Sequence[str]) -> list[tuple[Source, Feed]]:
    """The sources of some communities that feed a canonical table."""
    return [
        (source, feed)
        for community in places
        for source in district.sources.values()
        if source.community == community
        for feed in source.feeds
        if feed.table == table.name
    ]


def feeds(look: charts.Look, table: Table, source_feeds: Sequence[tuple[Source, Feed]]) -> None:
    """A canonical table: our columns as rows, the sources that feed it as columns."""
    head = [_head(look, source, feed) for source, feed in source_feeds]
    rows = [
        _row(_("Condition"), [_condition(feed) for _source, feed in source_feeds], required=False)
    ]
    rows = (
        rows
        if any(feed.when or feed.unless or feed.sheet for _source, feed in source_feeds)
        else []
    )
    for name, title, column in _our_columns(table):
        cells = [_cell(feed.columns.get(name), column) for _source, feed in source_feeds]
        rows.append(_row(title, cells, required=column is not None and column.required))
    keys = [source.key or _NONE for source, _feed in source_feeds]
    if any(source.key for source, _feed in source_feeds):
        rows.append(_row(_("Case number"), keys, required=False))
    corner = h.th(scope="col")[_("Ours")]
    send(sliding([corner, *head], rows, "lt-feeds"))


def _our_columns(table: Table) -> list[tuple[str, str, Column | None]]:
    columns: list[tuple[str, str, Column | None]] = []
    for column in table.columns:
        if column.name == PERSON:
            columns += [(name, text.pick(), None) for name, text in templates.PERSONS.items()]
        else:
            columns.append((column.name, column.title.pick(), column))
    return columns


def _head(look: charts.Look, source: Source, feed: Feed) -> Html:
    replaces = {
        "days": _("by days"),
        "all": _("whole list"),
        "key": _("by case"),
    }[source.replaces]
    part = f" · {source.part}" if source.part else ""
    return h.th(scope="col")[
        look.name(source.community), h.br, h.small[source.title.pick(), " · ", replaces + part]
    ]


def _row(title: str, cells: Sequence[Html | str], *, required: bool) -> Html:
    mark = " *" if required else ""
    body = [h.td[cell] for cell in cells]
    return h.tr[h.th(scope="row")[title, mark], body]


def _condition(feed: Feed) -> Html | str:
    parts = [_("sheet {name}").format(name=feed.sheet)] if feed.sheet else []
    parts += [f"{column} = {' / '.join(wanted)}" for column, wanted in feed.when.items()]
    parts += [f"{column} ≠ {' / '.join(wanted)}" for column, wanted in feed.unless.items()]
    return "; ".join(parts) or _NONE


def _cell(mapped: ColumnMap | None, column: Column | None) -> Html:
    """A mapping in a few words: the column, and what is done to its cells."""
    if mapped is None:
        return _NONE
    titles = {} if column is None else {code: title.pick() for code, title in column.words.items()}
    if not mapped.columns:
        constant = str(mapped.constant)
        return h.fragment[h.span(".lt-none")["="], " ", titles.get(constant, constant)]
    units = {"minutes": _("in minutes"), "half_days": _("in half days"), "days": _("in days")}
    signs = {"-1": _("as negative"), "abs": _("without its sign")}
    notes = [units.get(mapped.unit, ""), signs.get(mapped.sign, "")]
    notes += [f"{theirs} → {titles.get(str(ours), ours)}" for theirs, ours in mapped.values.items()]
    notes_words = "; ".join(note for note in notes if note)
    more = [h.br, h.small(".lt-none")[notes_words]] if notes_words else None
    return h.fragment[" + ".join(mapped.columns), more]


def learned_sources(district: District, look: charts.Look) -> None:
    """The mappings that were decided on the import page; each can be forgotten."""
    known = entries.current(district.home, learned.KIND)
    sources = [source for source in district.sources.values() if source.id in known]
    if not sources:
        st.caption(_("None so far. A new layout on the import page makes one."))
    for source in sources:
        fed = outcome_text.tables(district.catalog.tables, source.tables)
        left, right = st.columns([6, 1], vertical_alignment="center")
        with left:
            send(
                h.p(".lt-batch")[
                    h.b[look.name(source.community), " · ", source.title.pick()],
                    h.small[fed, " · ", source.id],
                ]
            )
        with right.popover(_("Forget"), type="tertiary"):
            st.write(_("Imports made with it stay. The layout is asked for again."))
            if st.button(_("Forget it"), key=f"lt-forget-{source.id}", type="primary"):
                learned.forget(district, source.id, outcome_text.account())
                st.rerun()
