"""Which source an export is, and which of its tables feeds which of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from lingti import person_names as names
from lingti.district import ColumnMap, Feed, Source
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.checking.pseudonyms import mask, mask_person
from lingti.ingest.layout.cell_kinds import is_usual_label
from lingti.ingest.mapping.cells_fit import cells_fit
from lingti.ingest.mapping.said_once import with_what_is_said
from lingti.ingest.reading.sheet_tables import Reading, Table
from lingti.language import gettext as _
from lingti.personal_data import is_name

_MARKS = re.compile(
    r"[(\[【](?:必填|选填|非必填|可选|单选题?|多选题?|填空题?|required|optional)[)\]】]", re.I
)
_QUESTION = re.compile(r"^(?:q?\d{1,3}[、.:](?!\d)|第\d{1,3}题[、.:]?)", re.IGNORECASE)
TEMPLATE = "template_"  # what the ids of the built-in sources, one per blank template, begin with


@dataclass(frozen=True)
class Opened:
    """A file of an import as read; `number` counts the files from 1."""

    number: int
    name: str
    data: bytes
    reading: Reading

    @cached_property
    def tables(self) -> list[Table]:
        """Its tables as sources take them."""
        read = [t for first in self.reading.tables for t in (first, *first.other_tables)]
        return with_what_is_said(read, self.name)


@dataclass(frozen=True)
class Piece:
    """One table of a file."""

    file: Opened
    table: Table

    def name_of(self, column: str) -> str | None:
        """The table's own spelling of a column that a source names; None if it is not there."""
        return self._spellings.get(plain(column))

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {plain(name): name for name in self.table.columns}

    @property
    def place(self) -> str:
        """How a person finds it: the file, and the sheet where there are sheets."""
        sheet = f"｜{self.table.sheet}" if self.table.sheet else ""
        return f"{self.file.name}{sheet}"


@dataclass(frozen=True)
class Binding:
    """A feed and the table that it takes its rows from."""

    feed: Feed
    piece: Piece


def plain(name: str) -> str:
    """A header without what people vary in it: width of characters, spaces, line breaks, the
    star of a required column, a colon at its end, （必填）, and the number of a question."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    return _MARKS.sub("", _QUESTION.sub("", folded)).strip("*:").casefold() or folded.casefold()


def pieces(files: Iterable[Opened]) -> list[Piece]:
    """Every table of the files, also those beside or below another in one sheet; cross-tabs as the
    lists they were counted from, and what a sheet says once for all its rows as columns."""
    return [Piece(file, table) for file in files for table in file.tables]


def recognise(sources: Iterable[Source], tables: list[Piece]) -> Source:
    """The source whose columns are all there. Raises ImportRefused for none or several.

    Where several fit, the one that names the most columns is meant; of several parts of a
    community the one that a title, sheet or file name names; a source of its own before a blank
    template; of those that take different tables the one that takes the first.
    """
    candidates = list(sources)
    fitting = [source for source in candidates if not missing(source, tables)]
    if not fitting:
        raise _unknown_layout(candidates, tables)
    most = max(_named(source) for source in fitting)
    best = [source for source in fitting if _named(source) == most]
    texts = [t for piece in tables for t in (piece.table.title, piece.table.sheet, piece.file.name)]
    best = [
        source for source in best if source.part and any(source.part in text for text in texts)
    ] or best
    best = [source for source in best if not source.id.startswith(TEMPLATE)] or best
    best = _of_first_table(best, tables)
    if len(best) > 1:
        raise ImportRefused(
            "ambiguous_source",
            _("The columns fit several sources: {sources}.").format(
                sources=", ".join(f"{source.id} ({source.title.pick()})" for source in best)
            ),
            _("Say which one is meant (--source)."),
        )
    return best[0]


def _of_first_table(candidates: list[Source], tables: list[Piece]) -> list[Source]:
    """Of sources that take different tables of a workbook, those that take the first of them."""
    first = [
        next(i for i, table in enumerate(tables) if takes(source, table)) for source in candidates
    ]
    return [source for source, at in zip(candidates, first, strict=True) if at == min(first)]


def takes(source: Source, piece: Piece) -> bool:
    """Whether any of a source's feeds takes its rows from a table."""
    return any(fits(source, feed, piece) for feed in source.feeds)


def bind(source: Source, tables: list[Piece]) -> list[Binding]:
    """The tables each feed takes. Raises ImportRefused that names the columns not found."""
    lacking = missing(source, tables)
    if lacking:
        columns = lacking[0][1]
        raise ImportRefused(
            "missing_columns",
            _("The sheet lacks {columns}, which the source {source} needs.").format(
                columns=_quoted(columns), source=source.id
            ),
            _("Found: {found}. Export it with these columns, or correct sources/{id}.toml.").format(
                found=_quoted(
                    dict.fromkeys(name for piece in tables for name in piece.table.columns)
                ),
                id=source.id,
            ),
        )
    return [
        Binding(feed, piece)
        for feed in source.feeds
        for piece in tables
        if fits(source, feed, piece)
    ]


def fits(source: Source, feed: Feed, piece: Piece) -> bool:
    """Whether a table has all that a feed needs; without a header, by what its cells are."""
    if feed.sheet is not None and not fnmatchcase(piece.table.sheet.strip(), feed.sheet):
        return False
    if not all(piece.name_of(name) for name in feed.needs):
        return False
    # Without a header the columns are told by their place only, which is the same in other lists.
    canonical = source.catalog.tables[feed.table]
    return bool(piece.table.header_rows) or cells_fit(feed, canonical, piece.table)


def missing(source: Source, tables: list[Piece]) -> list[tuple[Feed, list[str]]]:
    """The feeds that no table fits, each with the columns its nearest table lacks."""
    lacking = []
    for feed in source.feeds:
        if any(fits(source, feed, piece) for piece in tables):
            continue
        near = [sorted(name for name in feed.needs if not piece.name_of(name)) for piece in tables]
        columns = min(near, key=len, default=sorted(feed.needs))
        lacking.append((feed, columns or [str(feed.sheet)]))
    return lacking


@dataclass(frozen=True)
class Use:
    """What an import makes of the columns of one table.

    `taken` are our columns per column of the export, as `table.column`; `dropped` the rest.
    """

    piece: Piece
    taken: dict[str, list[str]]
    dropped: list[str]

    @property
    def filled_down(self) -> dict[str, list[int]]:
        """Of the columns taken, the spreadsheet rows whose cell was taken from above."""
        return {
            name: rows for name, rows in self.piece.table.filled_down.items() if name in self.taken
        }


def uses(bindings: list[Binding], tables: list[Piece]) -> list[Use]:
    """Per table of the files: the export's columns that are taken, and those that are not."""
    result = []
    for piece in tables:
        taken: dict[str, list[str]] = {}
        for feed in [binding.feed for binding in bindings if binding.piece is piece]:
            for name in feed.needs:
                taken.setdefault(piece.name_of(name) or name, [])
            for ours, mapped in feed.columns.items():
                for name in mapped.columns:
                    taken[piece.name_of(name) or name].append(f"{feed.table}.{ours}")
        ordered = {name: taken[name] for name in piece.table.columns if name in taken}
        there = [name for name in piece.table.columns if name not in piece.table.made_columns]
        rest = [name for name in there if name not in taken]
        result.append(Use(piece, ordered, rest))
    return result


def describe(source: Source) -> dict[str, object]:
    """The mapping as a batch keeps it, so that a number can be traced to the columns it took."""
    return {
        "title": [source.title.zh, source.title.en],
        "feeds": [
            {
                "table": feed.table,
                "sheet": feed.sheet,
                "columns": {ours: _described(theirs) for ours, theirs in feed.columns.items()},
            }
            for feed in source.feeds
        ],
    }


def _described(column: ColumnMap) -> str:
    return "+".join(column.columns) if column.columns else f"={column.constant}"


def _named(source: Source) -> int:
    return len({name for feed in source.feeds for name in feed.needs})


def _quoted(columns: Iterable[str]) -> str:
    """Columns as a message names them; persons across a table, or in a form, are asterisks."""
    listed = list(columns)
    others = [one for one in listed if not is_usual_label(one)]
    all_are = names.are_persons(others, [1] * len(others))
    persons = {other for other in others if all_are or (len(other) > 2 and is_name(other))}
    shown = (mask_person(one) if one in persons else mask(one) for one in listed)
    return "、".join(f"「{fromkey}」" for fromkey in dict.fromkeys(shown))


def _unknown_layout(candidates: list[Source], tables: list[Piece]) -> ImportRefused:
    columns = _quoted(
        dict.fromkeys(
            n for piece in tables for n in piece.table.columns if n not in piece.table.made_columns
        )
    )
    lacking = {
        source.id: [name for _feed, lacking in missing(source, tables) for name in lacking]
        for source in candidates
    }
    near = {
        candidate.id: _named(candidate) - len(lacking[candidate.id]) for candidate in candidates
    }
    nearest = max(near, key=lambda one: (near[one], -len(lacking[one])), default=None)
    if nearest is None:
        advice = _("This community has no sources yet. The import page proposes a mapping.")
    else:
        advice = _(
            "Nearest is {source}, which also needs {columns}. Check the community and the header "
            "row, or let the import page propose a mapping."
        ).format(source=nearest, columns=_quoted(lacking[nearest]))
    return ImportRefused(
        "unknown_layout",
        _("No source of this community has these columns: {columns}.").format(columns=columns),
        advice,
    )
