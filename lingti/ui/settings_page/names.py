"""What counts as one although it is written in several ways: categories, and merchants' twins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from lingti import entries
from lingti.catalog import MERCHANT_COLUMNS, UNFILLED
from lingti.district import change
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.tables import Column, table
from lingti.ui.window import session
from lingti.ui.window.frame import Page
from lingti.upkeep.settings_sheets import TWINS

Place = tuple[str, str]  # a table and its column


def names(page: Page) -> None:
    """Draws both lists with their forms."""
    _categories(page)
    _merchants(page)


def _categories(page: Page) -> None:
    section(
        _("Categories that are one"),
        _("Rows stay as they were sent; they count under the name chosen here, in all periods."),
    )
    held = page.district.united
    home, by = page.district.home, session.account()
    if held:
        rows = [
            (f"{_titled(page, (of, column))}", written, means)
            for (of, column, written), means in held.items()
        ]
        _pairs(rows, (_("Column"), _("Spelled"), _("Counts as")), "united-categories")
        where = st.columns([4, 1], vertical_alignment="bottom")
        chosen = where[0].selectbox(
            _("One to stand by itself again"),
            list(held),
            format_func=lambda united: f"{_titled(page, united[:2])} · {united[2]}",
        )
        if chosen and where[1].button(_("Take it out"), key="lt-united-out"):
            change.unite(home, *chosen, "", by)
            st.rerun()
    else:
        empty(_("None."))
    places = {
        column: members for column in _columns(page) if len(members := _members(page, column)) > 1
    }
    if not places:
        return
    of = st.selectbox(
        _("Categories of"),
        list(places),
        format_func=lambda column: _titled(page, column),
        key="lt-unite",
    )
    members = places[of]
    first, second, third = st.columns([3, 3, 1], vertical_alignment="bottom")
    written = first.multiselect(
        _("These"), list(members), format_func=_counted(members), placeholder=_("Choose")
    )
    rest = [member for member in members if member not in written]
    means = second.selectbox(_("count as"), rest, format_func=_counted(members))
    if third.button(_("Unite"), type="primary", disabled=not (written and means)):
        for member in written:
            change.unite(home, *of, member, str(means), by)
        st.rerun()


def _columns(page: Page) -> list[Place]:
    """The columns of words that a number can be parted by."""
    parted = {name for metric in page.catalog.metrics.values() for name in metric.dimensions}
    return [
        (of.name, column.name)
        for of in page.catalog.tables.values()
        for column in of.columns
        if column.may_be_united and column.name in parted
    ]


def _members(page: Page, place: Place) -> dict[str, int]:
    """The members of a column with how many rows each has, the most frequent first."""
    of, column = place
    rows = page.warehouse.rows(
        f'select "{column}" as member, count(*) as many from {of}'
        f' where "{column}" is not null group by all order by many desc, member'
    )
    return {row["member"]: row["many"] for row in rows if row["member"] != UNFILLED}


def _counted(members: dict[str, int]) -> Callable[[str], str]:
    return lambda member: f"{member} ({number_text.exact(members[member])})"


def _titled(page: Page, place: Place) -> str:
    of = page.catalog.tables.get(place[0])
    if of is None:
        return " · ".join(place)
    return f"{of.title.pick()} · {of.column(place[1]).title.pick()}"


def _merchants(page: Page) -> None:
    section(_("Merchants' twins"), _("One merchant written in several ways; asked at import, too."))
    home, by = page.district.home, session.account()
    held = entries.current(home, TWINS)
    if held:
        _pairs(list(held.items()), (_("Spelled"), _("Means")), "merchants")
        where = st.columns([4, 1], vertical_alignment="bottom")
        chosen = where[0].selectbox(_("One that is a merchant of its own"), list(held))
        if where[1].button(_("Take it out"), key="lt-twin-out"):
            entries.add(home, TWINS, str(chosen), None, by)
            st.rerun()
    else:
        empty(_("None."))
    known = _known_merchants(page)
    if len(known) < 2:
        return
    first, second, third = st.columns([3, 3, 1], vertical_alignment="bottom")
    written = first.selectbox(
        _("This spelling"), known, index=None, key="lt-twin", placeholder=_("Choose")
    )
    means = second.selectbox(
        _("means the merchant"),
        [spelling for spelling in known if spelling != written],
        key="lt-twin-means",
    )
    if third.button(_("Keep"), type="primary", key="lt-twin-keep", disabled=not written):
        twins(home, str(written), str(means), by)
        st.rerun()


def twins(home: Path, written: str, means: str, by: str) -> None:
    """Enters that a spelling means a merchant, and with it those that meant the spelling."""
    for spelling, now in entries.current(home, TWINS).items():
        if now == written and spelling != means:
            entries.add(home, TWINS, spelling, means, by)
    entries.add(home, TWINS, written, means, by)


def _known_merchants(page: Page) -> list[str]:
    parts = [
        f'select "{column.name}" as merchant from {of.name}'
        for of in page.catalog.tables.values()
        for column in of.columns
        if column.name in MERCHANT_COLUMNS
    ]
    rows = page.warehouse.rows(
        f"select distinct merchant from ({' union all '.join(parts)})"
        " where merchant is not null order by merchant"
    )
    return [row["merchant"] for row in rows]


def _pairs(rows: Sequence[tuple[str, ...]], titles: tuple[str, ...], name: str) -> None:
    keys = [str(at) for at in range(len(titles))]
    columns = [
        Column(key, title, heading=not at)
        for at, (key, title) in enumerate(zip(keys, titles, strict=True))
    ]
    table(pd.DataFrame(rows, columns=keys), columns, name=name)
