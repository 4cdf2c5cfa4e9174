"""The home's own tables with their metrics, and where new ones are made."""

from __future__ import annotations

import io
from functools import partial

import streamlit as st

from lingti import district
from lingti.catalog import own
from lingti.catalog.own import OwnMetric, OwnTable
from lingti.ingest import imports
from lingti.ingest.keeping import batches
from lingti.ingest.mapping import match_source, templates
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.reading.sheet_tables import Refused
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.own_topics import say
from lingti.ui.own_topics.a_metric import a_metric
from lingti.ui.own_topics.after_a_sheet import after_a_sheet
from lingti.ui.own_topics.columns import change_columns
from lingti.ui.parts import url
from lingti.ui.parts.elements import empty, section
from lingti.ui.window import session
from lingti.ui.window.frame import Page

# What the address says is being made or changed: a table, a metric, the columns of a table.
TABLE, METRIC, COLUMNS = "new_table", "metric", "columns"


def own_topics(page: Page) -> None:
    """Draws what the address asks for: a form, or all there is."""
    home = page.district.home
    doing, _colon, name = url.read("do").partition(":")
    table, metric = own.table_of(home, name), own.metric_of(home, name)
    if asked := url.read("asked"):
        st.info(
            _(
                "A form asks for “{words}”. Make the metric over the table whose rows tell it, and "
                "write under what else it is called how the form says it."
            ).format(words=asked)
        )
    if doing == TABLE:
        _new_table(page)
    elif doing == METRIC and (table or metric):
        _metric(page, table or own.tables(home)[metric.table], metric)  # type: ignore[union-attr]
    elif doing == COLUMNS and table:
        section(_("Columns of {title}").format(title=table.title))
        _back()
        if change_columns(page, table, has_batches=_has_batches(page, name)):
            _go("")
    else:
        _all(page)


def _go(doing: str) -> None:
    url.write("do", doing)
    st.rerun()


def _back() -> None:
    if st.button(_("Back to all topics"), icon=":material/arrow_back:", key="lt-own-back"):
        _go("")


def _has_batches(page: Page, name: str) -> bool:
    return any(name in manifest.tables for manifest in batches.manifests(page.district.home))


def _all(page: Page) -> None:
    section(
        _("Topics of one's own"),
        _("A table says what one row is; its metrics are shown wherever the others are."),
    )
    if st.button(_("New table"), type="primary", icon=":material/add:", key="lt-own-new"):
        _go(TABLE)
    held = own.tables(page.district.home)
    if not held:
        empty(_("There is none yet. Take a sheet that communities keep, and begin with it."))
    for table in held.values():
        with st.container(border=True, key=f"lt-own-{table.name}"):
            _table(page, table)


def _table(page: Page, table: OwnTable) -> None:
    home, by = page.district.home, session.account()
    st.markdown(f"**{table.title}** · {table.grain} · `{table.name}`")
    if table.archived:
        st.caption(_("Archived: its data stay, its numbers are not shown."))
        if st.button(_("Take it again"), key=f"lt-own-again-{table.name}"):
            own.unarchive(home, table.name, by)
            st.rerun()
        return
    st.caption("、".join(one.title for one in table.used))
    for metric in own.metrics(home).values():
        if metric.table == table.name:
            _metric_line(page, metric)
    with st.container(horizontal=True, gap="small"):
        if st.button(
            _("New metric"), type="primary", icon=":material/add:", key=f"lt-own-m-{table.name}"
        ):
            _go(f"{METRIC}:{table.name}")
        if st.button(_("Columns"), key=f"lt-own-c-{table.name}"):
            _go(f"{COLUMNS}:{table.name}")
        if table.name in page.catalog.tables:
            st.download_button(
                _("Template: {title}").format(title=table.title),
                data=partial(templates.workbook, page.catalog.tables[table.name], current()),
                file_name=_("{title} template").format(title=table.title) + ".xlsx",
                key=f"lt-own-template-{table.name}",
                icon=":material/download:",
                on_click="ignore",
            )
        has_batches = _has_batches(page, table.name)
        word = _("Archive") if has_batches else _("Remove")
        if st.button(word, key=f"lt-own-remove-{table.name}", type="tertiary"):
            own.archive_or_remove(home, table.name, by, has_batches=has_batches)
            st.rerun()


def _metric_line(page: Page, metric: OwnMetric) -> None:
    words, change, remove = st.columns([7, 1, 1], vertical_alignment="center")
    words.markdown(f"{metric.title} · {metric.definition}")
    if change.button(_("Edit"), key=f"lt-own-change-{metric.name}"):
        _go(f"{METRIC}:{metric.name}")
    if remove.button(_("Remove"), key=f"lt-own-drop-{metric.name}", type="tertiary"):
        own.remove_metric(page.district.home, metric.name, session.account())
        st.rerun()


def _metric(page: Page, table: OwnTable, metric: OwnMetric | None) -> None:
    title = metric.title if metric else _("New metric of {title}").format(title=table.title)
    section(title, table.grain)
    _back()
    if a_metric(page, table, metric):
        _go("")


def _new_table(page: Page) -> None:
    section(_("New table"), _("Drop a sheet as it is kept, and tick what matters."))
    _back()
    piece, key = _sheet()
    if piece is None:
        return
    whose = st.multiselect(
        _("Whose sheet it is, if it is to be imported then"),
        [community.id for community in page.district.communities],
        format_func=page.look.name,
        key="lt-own-whose",
    )
    known = district.load(page.district.home)
    if after_a_sheet(known.catalog, known, piece, page.today, key=key, communities=whose):
        _go("")


def _sheet() -> tuple[Piece | None, str]:
    """The table of a sheet that is dropped, or of rows that are pasted; None before."""
    left, right = st.columns(2)
    dropped = left.file_uploader(_("A sheet, as example"), key="lt-own-sheet")
    pasted = right.text_area(
        _("Or rows from Excel, with their headings"), height=120, key="lt-own-pasted"
    )
    if dropped is not None:
        name, data = dropped.name, dropped.getvalue()
    elif pasted.strip():
        name, data = "1.csv", "\n".join(_as_csv(pasted)).encode()
    else:
        return None, ""
    try:
        opened = imports.open_file(name, data)
    except Refused as refusal:
        say.refused([f"{refusal.message} {refusal.advice}"])
        return None, ""
    pieces = [piece for piece in match_source.pieces([opened]) if len(piece.table)]
    if not pieces:
        say.refused([_("There is no table with rows in it.")])
        return None, ""
    place = 0
    if len(pieces) > 1:
        place = st.selectbox(
            _("Table in the file"),
            range(len(pieces)),
            format_func=lambda number: pieces[number].table.sheet or pieces[number].table.title,
            key="lt-own-piece",
        )
    return pieces[place], f"{name}-{place}"


def _as_csv(pasted: str) -> list[str]:
    """Lines as they are copied out of a sheet, for the reader of CSV files."""
    lines = [line.rstrip("\r") for line in io.StringIO(pasted.strip()).read().split("\n")]
    return [",".join(f'"{cell.strip()}"' for cell in line.split("\t")) for line in lines]
