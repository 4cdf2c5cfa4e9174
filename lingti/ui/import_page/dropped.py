"""Files dropped on the page: held in memory for as long as the page is open, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import htpy as h
import streamlit as st

from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.mapping import choose_source, match_source
from lingti.ingest.mapping.match_source import Opened, Piece
from lingti.ingest.reading import bundle
from lingti.ingest.reading.sheet_tables import Refused
from lingti.language import gettext as _
from lingti.ui.parts.html_out import send

_FILES = "lt-import-files"
_ROUND = "lt-import-round"
RECOGNISE = ""


@dataclass
class Dropped:
    """A file as dropped and read; `refused` says why it could not be read."""

    key: str
    name: str
    data: bytes
    opened: Opened | None = None
    refused: Refused | None = None

    @property
    def pieces(self) -> list[Piece]:
        """The tables in it."""
        return match_source.pieces([self.opened]) if self.opened else []


@dataclass(frozen=True)
class Intake:
    """What was dropped, and whose the user says it is (`RECOGNISE`: let the files tell)."""

    files: list[Dropped]
    community: str


def drop(district: District) -> Intake:
    """The place to drop files, and whose they are. Reads what is new."""
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="top")
    with left:
        uploads = st.file_uploader(
            _("Sheets to import"),
            accept_multiple_files=True,
            key=f"lt-import-drop-{st.session_state.get(_ROUND, 0)}",
            label_visibility="collapsed",
        )
        send(
            h.p(".lt-drop-note")[
                _(
                    "Excel, WPS, CSV and web tables, several at once or as a zip. Files stay in"
                    " memory; names, phones and ID numbers are never stored."
                )
            ]
        )
    with right:
        names = {community.id: community.name.pick() for community in district.communities}
        community = st.selectbox(
            _("Whose sheets"),
            [RECOGNISE, *names],
            format_func=lambda community_id: names.get(community_id, _("Told by the files")),
            key="lt-import-community",
        )
    known: dict[str, Dropped] = st.session_state.get(_FILES, {})
    files = [file for upload in uploads for file in _files(upload, known)]
    st.session_state[_FILES] = {file.key: file for file in files}
    return Intake(_without_twins(district, files), community or RECOGNISE)


def _files(upload: Any, known: dict[str, Dropped]) -> Iterator[Dropped]:
    """The files of an upload, those of a bundle each by itself, read once."""
    ours = [one for key, one in known.items() if key.partition("/")[0] == upload.file_id]
    if ours:
        yield from ours
        return
    try:
        for number, (name, data) in enumerate(bundle.files(upload.name, upload.getvalue())):
            yield _read(f"{upload.file_id}/{number}", name, data)
    except Refused as refusal:
        yield Dropped(f"{upload.file_id}/", upload.name, b"", refused=refusal)


def clear() -> None:
    """Empties the place to drop files."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_FILES, None)


def _read(key: str, name: str, data: bytes) -> Dropped:
    file = Dropped(key, name, data)
    with st.spinner(_("Reading {name}").format(name=name), show_time=True):
        try:
            file.opened = imports.open_file(name, data)
        except Refused as refusal:
            file.refused = refusal
    return file


def _without_twins(district: District, files: list[Dropped]) -> list[Dropped]:
    """Each file once, also when it was dropped twice.

    What is the same to the letter but is called after another community is no twin: two that had
    nothing to report send the same blank sheet.
    """
    alike: dict[str, list[Dropped]] = {}
    for upload in files:
        alike.setdefault(hashlib.sha256(upload.data).hexdigest(), []).append(upload)
    uploads: dict[tuple[str, str | None], Dropped] = {}
    for of, same in alike.items():
        for upload in same:
            whose = chosen_community(district, upload) if len(same) > 1 else None
            uploads.setdefault((of, whose), upload)
    kept = {upload.key for upload in uploads.values()}
    return [file for file in files if file.key in kept]


@dataclass
class Sorted:
    """Dropped files by what they are: those of a source together, and those nothing is known of.

    A workbook with lists of several kinds is in several groups; `left` are tables no source takes.
    """

    groups: dict[tuple[str, str], list[Dropped]]
    left: list[tuple[Dropped, str, list[Piece]]]
    unknown: list[tuple[Dropped, str, ImportRefused]]
    unclaimed: list[Dropped]
    unreadable: list[Dropped]


def alike(
    unknown: list[tuple[Dropped, str, ImportRefused]],
) -> Iterator[tuple[tuple[Dropped, str, ImportRefused], tuple[str, ...]]]:
    """Of unknown files the first of each layout, with the other communities that sent one alike."""
    by_layout: dict[tuple[str, ...], list[tuple[Dropped, str, ImportRefused]]] = {}
    for unknown_file in unknown:
        by_layout.setdefault(layout_of(unknown_file[0]), []).append(unknown_file)
    for of_layout in by_layout.values():
        first, community, refusal = of_layout[0]
        others = dict.fromkeys(whose for _file, whose, _refusal in of_layout if whose != community)
        yield (first, community, refusal), tuple(others)


def layout_of(file: Dropped) -> tuple[str, ...]:
    """What tells that two files are of one kind: the columns of their tables."""
    columns = tuple(name for piece in file.pieces for name in piece.table.columns)
    return columns or (file.key,)


def sort(district: District, intake: Intake) -> Sorted:
    """Puts the files of one source together. A file's source can be chosen on the page."""
    sorted_files = Sorted({}, [], [], [], [])
    for file in intake.files:
        if file.refused is not None:
            sorted_files.unreadable.append(file)
            continue
        community = intake.community or chosen_community(district, file)
        if community is None:
            sorted_files.unclaimed.append(file)
            continue
        try:
            wanted = st.session_state.get(source_key(file))
            wanted = wanted if wanted and is_of(district, wanted, community) else None
            chosen = choose_source.choose_all(district, community, wanted, file.pieces)
            for source in chosen:
                sorted_files.groups.setdefault((community, source.id), []).append(file)
            left = [
                piece for piece in choose_source.untaken(chosen, file.pieces) if len(piece.table)
            ]
            if left:
                sorted_files.left.append((file, community, left))
        except ImportRefused as refusal:
            sorted_files.unknown.append((file, community, refusal))
    return sorted_files


def chosen_community(district: District, file: Dropped) -> str | None:
    """The community a file tells, or that the user named for it."""
    return st.session_state.get(f"lt-whose-{file.key}") or choose_source.guess_community(
        district, file.pieces
    )


def source_key(file: Dropped) -> str:
    """Where the user's choice of a source for a file is kept."""
    return f"lt-source-{file.key}"


def is_of(district: District, source_id: str, community: str) -> bool:
    """Whether a source can be used for a community: its own, or a template."""
    known = district.sources.get(source_id)
    return known is None or known.community == community
