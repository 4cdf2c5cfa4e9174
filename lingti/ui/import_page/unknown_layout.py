"""A layout nobody knows yet: a mapping is proposed, corrected by the user, and remembered."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import htpy as h
import streamlit as st

from lingti import catalog
from lingti.catalog import Table, packs
from lingti.district import ColumnMap, District, Feed
from lingti.district.toml_reader import SettingsError
from lingti.ingest import questions
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.mapping import (
    fitting_packs,
    layout_questions,
    learned,
    other_shapes,
    proposal,
)
from lingti.ingest.mapping.learned import Decided
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.mapping.proposal import POSSIBLE, Proposal
from lingti.ingest.questions import Asking
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.import_page import asked, column_lines, outcome_text, usual_name
from lingti.ui.import_page.dropped import Dropped
from lingti.ui.own_topics import after_a_sheet
from lingti.ui.parts.html_out import send

# Keeps a decision as it stands; False, with a word on the page, where that cannot be.
Remember = Callable[[], bool]
_REPLACES = ("days", "all", "key")


def unknown_layout(
    district: District,
    file: Dropped,
    community: str,
    refusal: ImportRefused,
    others: Sequence[str] = (),
    *,
    makes_tables: bool = False,
) -> Remember | None:
    """Proposes how the columns of a file feed ours; what the user decides is remembered.

    It is decided once: also for the `others`, communities that sent a file of the same layout.
    Who `makes_tables` can make one of the home's own after a file that is of no kind known.
    Returns what remembers it as it stands, where nothing lacks and what the rows are is sure.
    """
    pieces = [piece for piece in file.pieces if len(piece.table)]
    with st.container(key=f"lt-paper-new-{file.key}", gap="small"):
        place = district.community(community).name.pick()
        send(h.fragment[h.h3(".lt-chart-title")[file.name], h.p(".lt-files")[place]])
        if refusal.code != "unknown_layout" or not pieces:
            send(outcome_text.warn(refusal.message, refusal.advice))
            return None
        shape_words = other_shapes.other_shape_words(pieces[0])
        text = _("Say once which column is which; from then on it is recognised by itself.")
        send(outcome_text.warn(*(shape_words or (_("This layout is new."), text))))
        if others:
            names = "、".join(district.community(other).name.pick() for other in others)
            st.caption(
                _("The same layout came from {names}: decided here once for all.").format(
                    names=names
                )
            )
        if makes_tables and _offer_pack(district, file, pieces):
            return None
        if makes_tables and _is_of_ones_own(district, file, (community, *others), pieces):
            return None
        return _map(district, file, (community, *others), pieces)


def _offer_pack(district: District, file: Dropped, pieces: list[Piece]) -> bool:
    """Offers the ready-made topic that a file looks to be of; whether that is open."""
    ranked = proposal.propose(district, pieces[0])
    pack = fitting_packs.fitting(district, pieces[0], ranked[0])
    if pack is None or st.session_state.get(f"lt-no-pack-{file.key}"):
        return False
    title = pack.title.pick()
    words = _("It looks like the ready-made topic “{title}”: {about}")
    st.markdown(words.format(title=title, about=pack.about.pick()))
    yes, no = st.columns([1, 3])
    word = _("Take “{title}”").format(title=title)
    if yes.button(word, type="primary", key=f"lt-pack-{file.key}"):
        packs.take(district.home, pack.id, outcome_text.account())
        st.rerun()
    if no.button(_("It is something else"), type="tertiary", key=f"lt-other-{file.key}"):
        st.session_state[f"lt-no-pack-{file.key}"] = True
        st.rerun()
    return True


def _is_of_ones_own(
    district: District, file: Dropped, communities: Sequence[str], pieces: list[Piece]
) -> bool:
    """Whether a table of one's own is being made after the file; the file feeds it then."""
    words = _("It is none of the kinds known here: make a table of our own")
    if not st.toggle(words, key=f"lt-own-{file.key}"):
        return False
    piece = _choose_piece(file, pieces)
    key = f"{file.key}-{piece.table.sheet_number}"
    if after_a_sheet(
        district.catalog, district, piece, district.today, key=key, communities=communities
    ):
        st.rerun()
    return True


def left_over(district: District, file: Dropped, community: str, pieces: list[Piece]) -> None:
    """Tables of a file of which others are known: they stay out, and can be mapped too."""
    with st.container(key=f"lt-paper-left-{file.key}", gap="small"):
        send(h.h3(".lt-chart-title")[file.name])
        named = "、".join(_named(piece) for piece in pieces)
        number = sum(len(piece.table) for piece in pieces)
        title = ngettext(
            "{number} row in “{tables}” is taken by nothing.",
            "{number} rows in “{tables}” are taken by nothing.",
            number,
        ).format(number=number_text.exact(number), tables=named)
        advice = _("They stay out. If they are meant too, say which column is which.")
        send(outcome_text.warn(title, advice))
        if st.toggle(_("Say which column is which"), key=f"lt-left-{file.key}"):
            _map(district, file, (community,), pieces)


def _map(
    district: District, file: Dropped, communities: Sequence[str], pieces: list[Piece]
) -> Remember | None:
    """`communities` are those it is decided for, whose file it is first."""
    community = communities[0]
    piece = _choose_piece(file, pieces)
    if piece.table.cell_columns:
        words = ngettext(
            "This is a cross-tab. {number} filled cell becomes a row.",
            "This is a cross-tab. Each of its {number} filled cells becomes a row.",
            len(piece.table),
        )
        st.caption(words.format(number=number_text.exact(len(piece.table))))
    ranked = proposal.propose(district, piece)
    key = f"{file.key}-{piece.table.sheet_number}"
    asking = layout_questions.asking(district, community, piece, asked.answers(key))
    chosen: Proposal | None
    if layout_questions.is_to_be_asked(piece, ranked):
        chosen = layout_questions.settle_kind(asking, piece, ranked)
    else:
        chosen = _choose_table(district, file, ranked)
    if chosen is None:
        asked.ask(asking, key)
        return None
    settled, also = layout_questions.settle_words(asking, piece, chosen)
    asked.ask(asking, key)
    if asking.open:
        return None
    return _decide(district, file, communities, piece, _Settled(settled, also, asking))


def _named(piece: Piece) -> str:
    """A table as people find it: its sheet and its title."""
    table = piece.table
    return " ".join(dict.fromkeys(filter(None, (table.sheet, table.title)))) or piece.file.name


def _choose_piece(file: Dropped, pieces: list[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    place = st.selectbox(
        _("Table in the file"),
        range(len(pieces)),
        format_func=lambda number: _named(pieces[number]),
        key=f"lt-piece-{file.key}",
    )
    return pieces[place or 0]


def _choose_table(district: District, file: Dropped, proposals: list[Proposal]) -> Proposal | None:
    """What the rows are: proposed where it is sure, else to be said, the likeliest first."""
    known = district.catalog.tables
    by_name = {proposed.table: proposed for proposed in proposals}
    name = st.selectbox(
        _("What the rows are"),
        list(by_name),
        index=0 if proposals[0].is_sure else None,
        format_func=lambda table: known[table].title.pick(),
        placeholder=_("Choose"),
        key=f"lt-table-{file.key}",
    )
    if name is None:
        likely = [
            known[proposed.table].title.pick()
            for proposed in proposals
            if proposed.sureness >= POSSIBLE
        ]
        text = _("Not sure what the rows are. It may be: {kinds}.").format(kinds="、".join(likely))
        st.caption(text if likely else _("Nothing tells what the rows are."))
        return None
    chosen = by_name[name]
    st.caption(known[chosen.table].grain.pick())
    return chosen


@dataclass(frozen=True)
class _Settled:
    """A proposal after what was asked of its layout, and the feeds that the answers add."""

    proposal: Proposal
    also: tuple[Feed, ...]
    asking: Asking


def _decide(
    district: District,
    file: Dropped,
    communities: Sequence[str],
    piece: Piece,
    settled: _Settled,
) -> Remember | None:
    community = communities[0]
    chosen = settled.proposal
    table = district.catalog.tables[chosen.table]
    key = f"{file.key}-{piece.table.sheet_number}-{chosen.table}"
    columns = column_lines.mapped_columns(piece, table, chosen, key)
    for column, words in chosen.left_out.items():
        text = _("Left out: rows with {words} in “{column}”.")
        st.caption(text.format(words="、".join(words), column=column))
    replaces, case_number = _ask_replaces(district, community, table, piece, key)
    left, right = st.columns(2)
    title = left.text_input(
        _("Name of this kind of sheet"),
        value=usual_name.of(district, file, piece) if len(communities) == 1 else table.title.pick(),
        key=f"lt-name-{key}",
    )
    part = right.text_input(
        _("Estate or team, if several report side by side"),
        key=f"lt-part-{key}",
        help=_("Sheets of one part never replace those of another."),
    ).strip()
    lacking = _lacking(table, columns)
    if lacking:
        st.caption(_("Still missing: {columns}").format(columns="、".join(lacking)))
    is_whole = not lacking and (replaces != "key" or bool(case_number))

    def remember() -> bool:
        decided = Decided(
            community, table.name, title, replaces, columns, case_number, part,
            unless=chosen.left_out, also=settled.also, across=chosen.across,
        )  # fmt: skip
        try:
            for community_id in communities:
                of_it = dataclasses.replace(decided, community=community_id)
                learned.remember(district, of_it, outcome_text.account())
            questions.remember(district.home, settled.asking, outcome_text.account())
        except SettingsError as error:
            send(outcome_text.warn(_("This cannot be remembered."), str(error)))
            return False
        return True

    pressed = st.button(
        _("Remember and go on"), type="primary", disabled=not is_whole, key=f"lt-remember-{key}"
    )
    if pressed and remember():
        st.rerun()
    return remember if is_whole and chosen.is_sure else None


def _ask_replaces(
    district: District, community: str, table: Table, piece: Piece, key: str
) -> tuple[str, str | None]:
    """What a new export of this kind replaces, and for cases the column with their number."""
    labels = {
        "days": _("the days it covers (a log)"),
        "all": _("the whole list (all of it each time)"),
        "key": _("the cases it holds, by their number"),
    }
    own = [source for source in district.sources.values() if source.community == community]
    before = next((source.replaces for source in own if table.name in source.tables), None)
    likely = before or ("days" if table.has_day else "all")
    replaces = st.selectbox(
        _("A new sheet replaces"),
        _REPLACES if table.has_day else _REPLACES[1:],
        index=(_REPLACES if table.has_day else _REPLACES[1:]).index(likely),
        format_func=labels.__getitem__,
        key=f"lt-replaces-{key}",
    )
    if replaces != "key":
        return str(replaces), None
    number = st.selectbox(
        _("Column with the case number"), piece.table.columns, index=None, key=f"lt-case-{key}",
        placeholder=_("Choose"),
    )  # fmt: skip
    return "key", number


def _lacking(table: Table, columns: dict[str, ColumnMap]) -> list[str]:
    """What has to be there and is not."""
    lacking = [
        column.title.pick()
        for column in table.columns
        if column.required and column.name != catalog.PERSON and column.name not in columns
    ]
    if table.has_person and not set(columns) & set(proposal.PERSON_COLUMNS):
        lacking.append(_("a name, phone or ID number"))
    return lacking
