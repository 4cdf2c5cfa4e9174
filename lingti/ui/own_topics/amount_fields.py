"""The fields that say what is counted: a column, and which rows."""

from __future__ import annotations

import streamlit as st

from lingti.catalog.own import Amount, OwnColumn, OwnTable
from lingti.catalog.own.amounts import HOWS_OF_A_WHOLE, PARTS_OF_SHARES, WITH_A_COLUMN
from lingti.catalog.own.refusals import people_of
from lingti.catalog.own.tables import NUMBER, PARTS, YES_NO
from lingti.language import gettext as _
from lingti.ui.own_topics import metric_words
from lingti.ui.window.frame import Page

_ALL = ""
_MOST_MEMBERS = 60


def parts_of(
    page: Page, table: OwnTable, before: Amount | None, *, key: str, is_whole: bool = False
) -> Amount:
    """One part of a share: how it is counted, and of the part which rows."""
    known = HOWS_OF_A_WHOLE if is_whole else PARTS_OF_SHARES
    hows = [how for how in known if metric_words.is_possible(how, table)]
    how = st.selectbox(
        _("Counted"),
        hows,
        index=hows.index(before.how) if before and before.how in hows else 0,
        format_func=lambda how: metric_words.how_words(how, table),
        label_visibility="collapsed",
        key=f"lt-own-how-{key}",
    )
    return amount_field(page, table, str(how), before, key=key, may_be_some=not is_whole)


def amount_field(
    page: Page,
    table: OwnTable,
    how: str,
    before: Amount | None,
    *,
    key: str,
    may_be_some: bool = True,
) -> Amount:
    """The column that is added up, and which rows count."""
    column = _column(table, before, key) if how in WITH_A_COLUMN else ""
    where, only = "", tuple[str, ...]()
    # Of people all are counted: some could be told by taking one number from another.
    if may_be_some and people_of(table) is None:
        where, only = _some(page, table, before, key)
    return Amount(how, column, where, only)


def _column(table: OwnTable, before: Amount | None, key: str) -> str:
    numbers = [own_column for own_column in table.used if own_column.kind == NUMBER]
    names = [number.name for number in numbers]
    return str(
        st.selectbox(
            _("Column"),
            names,
            index=names.index(before.column) if before and before.column in names else 0,
            format_func=lambda name: next(n.title for n in numbers if n.name == name),
            key=f"lt-own-column-{key}",
        )
    )


def _some(
    page: Page, table: OwnTable, before: Amount | None, key: str
) -> tuple[str, tuple[str, ...]]:
    """The column by which some rows count, and which of its words."""
    parts = [own_column for own_column in table.used if own_column.kind in (*PARTS, YES_NO)]
    if not parts:
        return "", ()
    names = [_ALL, *(part.name for part in parts)]
    where = st.selectbox(
        _("Rows that count"),
        names,
        index=names.index(before.where) if before and before.where in names else 0,
        format_func=lambda name: _which(parts, name),
        key=f"lt-own-where-{key}",
    )
    if not where:
        return "", ()
    column = next(part for part in parts if part.name == where)
    if column.kind == YES_NO:
        return column.name, ("true",)
    was = list(before.only) if before and before.where == where else []
    known = list(dict.fromkeys([*was, *_members(page, table, column)]))
    only = st.multiselect(
        column.title,
        known,
        was,
        accept_new_options=True,
        placeholder=_("Choose, or type as it stands in the sheets"),
        key=f"lt-own-only-{key}-{where}",
    )
    return column.name, tuple(map(str, only))


def _which(parts: list[OwnColumn], name: str) -> str:
    if not name:
        return _("all rows")
    column = next(part for part in parts if part.name == name)
    if column.kind == YES_NO:
        return _("only those with yes in “{column}”").format(column=column.title)
    return _("only some “{column}”").format(column=column.title)


def _members(page: Page, table: OwnTable, column: OwnColumn) -> list[str]:
    """What stands in a column, the commonest first."""
    if table.name not in page.warehouse.catalog.tables or not page.periods["month"]:
        return []
    rows = page.warehouse.rows(
        f"select {column.name}::varchar as member from {table.name}"
        f" where {column.name} is not null group by 1 order by count(*) desc, 1"
        f" limit {_MOST_MEMBERS}"
    )
    return [str(row["member"]) for row in rows]
