"""The columns of a table of one's own that has rows: some are added, some retired."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lingti.catalog import own
from lingti.catalog.own import OwnColumn, OwnTable
from lingti.catalog.own.refusals import kind_words
from lingti.language import gettext as _
from lingti.ui.own_topics import say
from lingti.ui.window import session
from lingti.ui.window.frame import Page

_ADDED = (own.NUMBER, own.CATEGORY, own.PLACE, own.YES_NO, own.TEXT, own.MERCHANT)


def change_columns(page: Page, table: OwnTable, *, has_batches: bool) -> bool:
    """Draws the title, what a row is, and the columns; whether a change was kept."""
    home = page.district.home
    left, right = st.columns(2)
    title = left.text_input(_("Title of the table"), table.title, max_chars=40, key="lt-own-ct")
    grain = right.text_input(_("What is one row?"), table.grain, max_chars=80, key="lt-own-cg")
    st.caption(
        _("A column without its tick is retired: what was imported stays, no more is taken.")
    )
    kept = [
        replace(
            column,
            retired=not st.checkbox(
                f"{column.title} · {kind_words(column.kind)}",
                not column.retired,
                key=f"lt-own-col-{table.name}-{column.name}",
            ),
        )
        for column in table.columns
    ]
    st.markdown(f"**{_('A further column')}**")
    first, second, third = st.columns([3, 2, 1.3])
    added = first.text_input(_("Title"), max_chars=40, key=f"lt-own-add-{table.name}").strip()
    kind = second.selectbox(
        _("What it is"), _ADDED, format_func=kind_words, key=f"lt-own-addkind-{table.name}"
    )
    unit = third.text_input(_("Unit"), max_chars=8, key=f"lt-own-addunit-{table.name}").strip()
    if not st.button(_("Keep"), type="primary", key="lt-own-ckeep"):
        return False
    if added:
        name = own.column_name(kind, added)
        kept.append(OwnColumn(name, added, kind, unit if kind == own.NUMBER else ""))
    now = replace(table, title=title.strip(), grain=grain.strip(), columns=tuple(kept))
    counting = [metric for metric in own.metrics(home).values() if metric.table == table.name]
    refused = own.refused_table(now, page.catalog, table, counting, has_batches=has_batches)
    if refused:
        say.refused(refused)
        return False
    own.enter_table(home, now, session.account())
    return True
