"""The lines of a mapping: a column of ours each, theirs, how sure that is, and its cells."""

from __future__ import annotations

import htpy as h
import streamlit as st

from lingti.catalog import Column, Table
from lingti.district import ColumnMap
from lingti.ingest.checking.convert_column import PERIOD
from lingti.ingest.checking.hours_each import ASKED
from lingti.ingest.mapping import known_words, proposal, templates
from lingti.ingest.mapping.kinds_across import Across
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.mapping.proposal import LIKELY, SURE, Choice, Proposal
from lingti.language import gettext as _
from lingti.ui.parts.html_out import Html, send

NONE = "–"


def mapped_columns(piece: Piece, table: Table, chosen: Proposal, key: str) -> dict[str, ColumnMap]:
    """A line for each column of ours; what is mapped, by its name. Says which of theirs are left.

    `key` begins the keys of the widgets.
    """
    columns: dict[str, ColumnMap] = {}
    fixed = of_kinds(table, chosen.across)
    for name, known in proposal.our_columns(table).items():
        mapped = fixed.get(name)
        if mapped is None:
            mapped = line(piece, table, name, known, chosen.choices[name], key)
        if mapped is not None:
            columns[name] = mapped
    show_dropped(piece, columns, chosen.across)
    return columns


def line(
    piece: Piece, table: Table, name: str, known: Column | None, choice: Choice, key: str
) -> ColumnMap | None:
    """One line: our column, theirs, how sure, and what its cells look like."""
    title = templates.PERSONS[name].pick() if known is None else known.title.pick()
    left, middle, right = st.columns([2, 3, 4], vertical_alignment="center", gap="small")
    needed = " *" if known is not None and known.required else ""
    with left:
        send(h.p(".lt-batch")[h.b[title], needed])
    together = "+".join(choice.columns) if len(choice.columns) > 1 else ""
    fixed = {f"= {text.pick()}": value for value, text in (known.words if known else {}).items()}
    if choice.constant is not None and choice.constant not in fixed.values():
        of_file = choice.constant in (PERIOD, ASKED)
        words = _("asked of each file") if of_file else choice.constant
        fixed[f"= {words}"] = choice.constant
    options = [NONE, *([together] if together else []), *piece.table.columns, *fixed]
    start = (
        together
        or choice.column
        or next((word for word, value in fixed.items() if value == choice.constant), NONE)
    )
    picked = middle.selectbox(
        title,
        options,
        index=options.index(start),
        label_visibility="collapsed",
        key=f"lt-map-{key}-{name}",
    )
    if picked in (None, NONE):
        with right:
            send(h.p(".lt-sample")[" "])
        return None
    if picked in fixed:
        return ColumnMap(constant=fixed[picked])
    theirs = choice.columns if picked == together else (picked,)
    unit = choice.unit if theirs == choice.columns else proposal.unit_of(known, theirs[0])
    with right:
        send(_sample_html(piece, theirs, known, choice))
    meant = (
        _words_of(piece, table, name, known, choice, theirs[0], key)
        if known and known.allowed
        else {}
    )
    meant |= dict(choice.values) if theirs == choice.columns else {}
    return ColumnMap(theirs, values=meant, unit=unit)


def _sample_html(
    piece: Piece, theirs: tuple[str, ...], known: Column | None, choice: Choice
) -> Html:
    secret = known is None or known.role == "keyed" or proposal.looks_personal(theirs[0])
    shown = "、".join(proposal.samples(piece, theirs[0], secret=secret)) or _("empty")
    if theirs != choice.columns:
        return h.p(".lt-sample")[_("your choice"), " · ", shown]
    look, word = "lt-unsure", _("unsure")
    if choice.sureness >= SURE:
        look, word = "lt-sure", _("sure")
    elif choice.sureness >= LIKELY:
        look, word = "lt-likely", _("likely")
    return h.p(".lt-sample")[h.span(class_=look)[word], " · ", shown]


def _words_of(
    piece: Piece, table: Table, name: str, known: Column, choice: Choice, column: str, key: str
) -> dict[str, str]:
    """What each word of a column with a fixed list of values stands for."""
    meant, unknown = known_words.words_of(table, known, column, piece)
    unknown = [word for word in unknown if word not in choice.values]
    titles = {value: text.pick() for value, text in known.words.items()}
    for word in unknown:
        value = st.selectbox(
            _("“{word}” means").format(word=word),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            placeholder=_("Choose; else such rows are to be corrected"),
            key=f"lt-word-{key}-{name}-{word}",
        )
        if value:
            meant[word] = value
    return meant


def of_kinds(table: Table, across: Across | None) -> dict[str, ColumnMap]:
    """What feeds our columns where each kind has a column of its own, with a line that says so."""
    if across is None:
        return {}
    kind = table.column(across.kind)
    titles = {value: kind.words[value].pick() for value in across.columns}
    named = [f"{mapped.columns[0]} → {titles[value]}" for value, mapped in across.columns.items()]
    words = _("Each of these columns is a kind; every filled cell becomes a row: {columns}")
    st.caption(words.format(columns="、".join(named)))
    value, mapped = next(iter(across.columns.items()))
    return {across.kind: ColumnMap(constant=value), across.amount: mapped}


def show_dropped(piece: Piece, columns: dict[str, ColumnMap], across: Across | None = None) -> None:
    """The columns of the export that are not taken."""
    spread = across.columns if across is not None else {}
    columns = {**columns, **spread}
    taken = {theirs for mapped in columns.values() for theirs in mapped.columns}
    dropped = [name for name in piece.table.columns if name not in taken]
    if dropped:
        shown = [[" ", h.code(".lt-off")[name]] for name in dropped]
        send(h.p(".lt-columns")[_("Dropped"), shown])
