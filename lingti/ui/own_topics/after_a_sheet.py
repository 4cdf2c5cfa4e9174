"""A new table of one's own, made after a sheet: what one row is, and which columns matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from lingti import catalog, district
from lingti.catalog import own
from lingti.catalog.own import OwnColumn, OwnTable
from lingti.catalog.own.refusals import kind_words
from lingti.district.toml_reader import SettingsError
from lingti.ingest.mapping import by_example, learned
from lingti.ingest.mapping.by_example import Example
from lingti.ingest.mapping.match_source import Piece
from lingti.judging import number_text
from lingti.judging.group_words import group_title
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.language import words as listed
from lingti.personal_data import without_signers
from lingti.ui.own_topics import say
from lingti.ui.parts.html_out import send
from lingti.ui.window import session

NEW = ""
WITH_A_PAGE = ("volunteering", "redemptions", "jobs", "partnerships", "concerns")
_MOST_WRONG = 0.1  # share of cells that a column's kind may not hold; the rest is corrected
_SUFFIX = ("登记台账", "台账", "登记表", "统计表", "记录表", "明细表", "汇总表", "登记", "明细")
_PERIOD = re.compile(
    r"(20\d\d年?)?(\d{1,2}\s*[-—~至]\s*)?(\d{1,2}月份?|[一二三四]季度)|20\d\d年?度?"
)
_WIDTHS = [0.5, 3, 2, 1.3, 4]


@dataclass(frozen=True)
class _Ticked:
    """A column of a sheet that matters, and the column of ours that it becomes."""

    header: str
    column: OwnColumn


def after_a_sheet(
    known: catalog.Catalog,
    home_of: district.District,
    piece: Piece,
    today: date,
    *,
    key: str,
    communities: Sequence[str] = (),
) -> bool:
    """Draws the form of a table made after a sheet; whether it was kept.

    `communities` are those that sent a sheet of this layout: theirs is known from then on.
    """
    heading = _heading(home_of, piece)
    left, right = st.columns(2)
    title = left.text_input(
        _("Title of the table"), heading, max_chars=40, key=f"lt-own-title-{key}"
    ).strip()
    grain = right.text_input(
        _("What is one row?"),
        placeholder=_("a meal served, a bag of waste weighed, a household visited"),
        max_chars=80,
        key=f"lt-own-grain-{key}",
    ).strip()
    topic = topic_of(known, _without_suffix(title), key=key)
    st.caption(_("Tick the columns that matter. What is not ticked is never stored."))
    ticked = [
        one
        for place, example in enumerate(by_example.examples(piece, today))
        if (one := _column(example, f"{key}-{place}")) is not None
    ]
    table = OwnTable(own.name_of(title), title, grain, topic, tuple(_merged(ticked)))
    wrong, doubts = _misfits(piece, ticked, today)
    for doubt in doubts:
        st.caption(doubt)
    if not st.button(_("Keep this table"), type="primary", key=f"lt-own-keep-{key}"):
        return False
    if refused := [*own.refused_table(table, known), *wrong]:
        say.refused(refused)
        return False
    own.enter_table(home_of.home, table, session.account())
    _remember(home_of, table, ticked, communities)
    return True


def _heading(settings: district.District, piece: Piece) -> str:
    """What a sheet is called, whoever sent it and whenever: without community and period."""
    heading = without_signers(piece.table.title) or piece.file.name.rsplit(".", 1)[0]
    for community in settings.communities:
        for name in (community.name.zh, community.short.zh, community.subdistrict.zh):
            heading = heading.replace(name, "") if name else heading
    heading = _PERIOD.sub("", heading).strip(" -_·") or piece.table.sheet
    return heading if re.search(r"[^\W\d]", heading) else ""  # rows that are pasted have none


def topic_of(known: catalog.Catalog, usual: str, *, key: str, before: str = "") -> str:
    """The topic a table or metric belongs to: one there is, or one of its own with its name."""
    options = [NEW, *WITH_A_PAGE, *catalog.own_groups(known)]
    left, right = st.columns(2)
    chosen = left.selectbox(
        _("Topic it belongs to"),
        options,
        index=options.index(before) if before in options else 0,
        format_func=lambda group: group_title(group) if group else _("a topic of its own"),
        key=f"lt-own-topic-{key}",
    )
    if chosen:
        return str(chosen)
    named = right.text_input(
        _("Name of the topic, in the menu"),
        before or usual,
        max_chars=20,
        key=f"lt-own-topic-name-{key}-{'' if before else usual}",
    )
    return named.strip()


def _without_suffix(title: str) -> str:
    suffix = next((ending for ending in _SUFFIX if title.endswith(ending) and title != ending), "")
    return title.removesuffix(suffix)


def _column(example: Example, key: str) -> _Ticked | None:
    """One line: whether a column matters, its title, what it is, its unit, and a few cells."""
    places = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    is_ticked = places[0].checkbox(
        example.header, example.ticked, label_visibility="collapsed", key=f"lt-own-tick-{key}"
    )
    title = (
        places[1]
        .text_input(
            _("Title"), example.header, label_visibility="collapsed", key=f"lt-own-head-{key}"
        )
        .strip()
    )
    kind = places[2].selectbox(
        _("What it is"),
        own.KINDS,
        index=own.KINDS.index(example.kind),
        format_func=kind_words,
        label_visibility="collapsed",
        key=f"lt-own-kind-{key}",
    )
    unit = ""
    if kind == own.NUMBER:
        unit = (
            places[3]
            .text_input(
                _("Unit"),
                example.unit,
                placeholder=_("Unit"),
                max_chars=8,
                label_visibility="collapsed",
                key=f"lt-own-unit-{key}",
            )
            .strip()
        )
    with places[4]:
        send(say.sample("、".join(example.shown) or _("empty")))
    if not is_ticked:
        return None
    needed = kind == own.NUMBER and example.is_filled
    name = own.column_name(kind, title) if title else ""
    return _Ticked(example.header, OwnColumn(name, title, kind, unit, needed))


def _merged(ticked: Sequence[_Ticked]) -> list[OwnColumn]:
    """Name, phone and ID number of a person are one column of ours."""
    persons = [ticked_column for ticked_column in ticked if ticked_column.column.kind == own.PERSON]
    return [
        ticked_column.column
        for ticked_column in ticked
        if ticked_column.column.kind != own.PERSON or ticked_column is persons[0]
    ]


def _misfits(piece: Piece, ticked: Sequence[_Ticked], today: date) -> tuple[list[str], list[str]]:
    """Columns that cannot be what is said of them, and those of which a few cells are not."""
    wrong, doubts = [], []
    for ticked_column in ticked:
        misfits = by_example.misfits(piece, ticked_column.header, ticked_column.column.kind, today)
        if not misfits:
            continue
        shown = listed(f"“{cell[:20]}”" for cell in misfits[:3])
        kind = kind_words(ticked_column.column.kind)
        if (
            1 - by_example.fits(piece, ticked_column.header, ticked_column.column.kind, today)
            > _MOST_WRONG
        ):
            text = _("“{column}” is to be a {kind}, and these cells are none: {cells}.")
            wrong.append(text.format(column=ticked_column.column.title, kind=kind, cells=shown))
        else:
            text = ngettext(
                "In “{column}” {number} cell is no {kind}; its row is to be corrected.",
                "In “{column}” {number} cells are no {kind}; such rows are to be corrected.",
                len(misfits),
            )
            number = number_text.exact(len(misfits))
            doubts.append(text.format(column=ticked_column.column.title, number=number, kind=kind))
    return wrong, doubts


def _remember(
    before: district.District,
    table: OwnTable,
    ticked: Sequence[_Ticked],
    communities: Sequence[str],
) -> None:
    """The sheet's columns are known for those who sent it; for others its titles tell."""
    known = district.load(before.home)
    headers = {ticked_column.header: ticked_column.column.name for ticked_column in ticked}
    for community in communities:
        decided = by_example.as_decided(table, headers, community)
        try:
            learned.remember(known, decided, session.account())
        except SettingsError as error:  # then it is asked when the sheet is imported
            st.warning(str(error))
