"""What becomes of each data row: fed to our tables, bad with findings, or taken by no feed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingti import catalog
from lingti.catalog import PERSON_KEYS, Table
from lingti.district import Source
from lingti.ingest.checking import coverage
from lingti.ingest.checking.cell_problems import WARNINGS, Findings
from lingti.ingest.checking.coverage import Span
from lingti.ingest.checking.pseudonyms import Pseudonyms
from lingti.ingest.mapping.match_source import Piece

# Of each key column: the kind of text that its keys are made of.
PERSON_COLUMNS = dict(zip(PERSON_KEYS, ("name", "phone", "id"), strict=True))
Flags = np.ndarray[Any, np.dtype[np.bool_]]
ARROW_TYPES = {
    "varchar": pa.string(),
    "date": pa.date32(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "decimal(8, 2)": pa.decimal128(8, 2),
    "decimal(12, 2)": pa.decimal128(12, 2),
    catalog.SOURCE_ROW: pa.struct([(name, pa.int32()) for name in ("file", "sheet", "row")]),
}


@dataclass
class PieceRows:
    """The fates of one table's data rows. `names` are the persons' names in it, for masking.

    `void` are those that do not count though they are data, by why they are set aside.
    """

    piece: Piece
    taken: Flags
    bad: Flags
    names: frozenset[str] = frozenset()
    void: list[tuple[str, Flags]] = field(default_factory=list)

    @property
    def numbers(self) -> Sequence[int]:
        """The spreadsheet row of each data row."""
        return self.piece.table.row_numbers


@dataclass
class FedRows:
    """What one feed takes of one table: our columns over all its rows, and which are chosen.

    Columns are dictionary arrays, as long columns repeat themselves. Those of a person hold plain
    texts, which `pseudonyms` turns into keys when rows are stored. `labels` are the export's names
    of our columns, as findings call them.
    """

    canonical: Table
    rows: PieceRows
    columns: dict[str, pa.Array]
    chosen: Flags
    pseudonyms: Pseudonyms
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The name of the canonical table."""
        return self.canonical.name

    @property
    def good(self) -> Flags:
        """Which rows are fed."""
        good: Flags = self.chosen & ~self.rows.bad
        return good


@dataclass
class Checked:
    """An export after checking."""

    source: Source
    fed: list[FedRows]
    rows: list[PieceRows]
    findings: Findings = field(default_factory=Findings)

    def note(
        self,
        rows: PieceRows,
        flags: Flags,
        code: str,
        column: str,
        expected: str,
        shown: Sequence[str] | None = None,
        codes: np.ndarray[Any, np.dtype[np.int32]] | None = None,
    ) -> None:
        """Makes flagged rows bad, with a finding for each; a warning leaves them as they are.

        `shown` are the values as people may see them: one per row, or one per distinct cell with
        `codes` to say which.
        """
        indices = np.flatnonzero(flags)
        if not len(indices):
            return
        if code not in WARNINGS:
            rows.bad |= flags
        values = [""] * len(indices)
        if shown is not None:
            places = indices if codes is None else codes[indices]
            values = [shown[place] for place in places.tolist()]
        place = (rows.piece.file.name, rows.piece.table.sheet)
        numbers = row_numbers(rows)[indices].tolist()
        self.findings.add_many(code, place, column, numbers, values, expected)

    def days(self) -> list[tuple[date, int]]:
        """The distinct days of good rows and how many rows each has; of tables without a day of
        their own, every day their rows name."""
        rows_of_day: dict[date, int] = {}
        for fed_rows in self.fed:
            good = pa.array(fed_rows.good)
            for name in ["day"] if "day" in fed_rows.columns else list(fed_rows.columns):
                if pa.types.is_date(fed_rows.columns[name].type.value_type):
                    counts = fed_rows.columns[name].filter(good).value_counts().to_pylist()
                    for pair in counts:
                        rows_of_day[pair["values"]] = (
                            rows_of_day.get(pair["values"], 0) + pair["counts"]
                        )
        rows_of_day.pop(None, None)  # type: ignore[call-overload]  # rows without a day
        for span in self.spans():
            for month in coverage.month_firsts(span):
                rows_of_day[month] = rows_of_day.get(month, 0) + 1
        return sorted(rows_of_day.items())

    def spans(self) -> list[Span]:
        """The spans of days that good rows tell of as a whole, each once."""
        spans_told: set[Span] = set()
        for fed_rows in self.fed:
            through = fed_rows.columns.get("through")
            if through is not None and through.null_count < len(through):
                good = pa.array(fed_rows.good)
                pairs = zip(
                    fed_rows.columns["day"].filter(good).to_pylist(),
                    through.filter(good).to_pylist(),
                    strict=True,
                )
                spans_told.update(Span(first, last) for first, last in pairs if first and last)
        return sorted(spans_told)

    def stands_for(self) -> tuple[str, ...]:
        """The canonical tables in whose place its totals stand."""
        measures = {
            measure
            for fed_rows in self.fed
            if fed_rows.table == catalog.TOTALS
            for measure in fed_rows.columns["measure"]
            .filter(pa.array(fed_rows.good))
            .unique()
            .to_pylist()
        }
        known = self.source.catalog.measures
        return tuple(dict.fromkeys(table for measure, table in known if measure in measures))

    @property
    def has_good(self) -> bool:
        """Whether any row is fed."""
        return any(fed_rows.good.any() for fed_rows in self.fed)

    def accepted(self) -> dict[int, int]:
        """How many rows of each file are fed, if any; a row of a sheet counts once."""
        rows_in: dict[tuple[int, int], list[np.ndarray[Any, np.dtype[np.int64]]]] = defaultdict(
            list
        )
        for fed_rows in self.fed:
            place = fed_rows.rows.piece.file.number, fed_rows.rows.piece.table.sheet_number
            cells = fed_rows.rows.piece.table.cell_columns  # of a cross-tab every cell is a row
            rows = row_numbers(fed_rows.rows).astype(np.int64)
            rows += np.asarray(cells, np.int64) << 32 if cells else 0
            rows_in[place].append(rows[fed_rows.good])
        counts: Counter[int] = Counter()
        for (file, _sheet), parts in rows_in.items():
            counts[file] += len(parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts)))
        return {file: count for file, count in counts.items() if count}

    def to_correct(self) -> list[dict[str, Any]]:
        """How many bad rows there are: of which tables, of which month ("" if none is told), rows.

        A row is of the tables whose feeds choose it, or of all where none can tell, and of the
        month of its day, or of its first date in a table without days.
        """
        bad_rows: Counter[tuple[tuple[str, ...], str]] = Counter()
        for rows in self.rows:
            fed = [fed_rows for fed_rows in self.fed if fed_rows.rows is rows]
            bad = np.flatnonzero(rows.bad)
            feeds = np.zeros(len(bad), np.int64)
            months = np.zeros(len(bad), np.int64)
            for number, fed_rows in enumerate(fed):
                feeds |= fed_rows.chosen[bad].astype(np.int64) << number
                months = np.where(months, months, _months(fed_rows)[bad] * fed_rows.chosen[bad])
            kinds, counts = np.unique(np.stack([feeds, months]), axis=1, return_counts=True)
            for (chosen, month), count in zip(kinds.T.tolist(), counts.tolist(), strict=True):
                of = [
                    fed_rows.table
                    for at, fed_rows in enumerate(fed)
                    if chosen >> at & 1 or not chosen
                ]
                tables = tuple(dict.fromkeys(of or self.source.tables))
                bad_rows[tables, f"{month // 100}-{month % 100:02}" if month else ""] += count
        return [
            {"tables": list(tables), "month": month, "rows": count}
            for (tables, month), count in sorted(bad_rows.items())
        ]

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        """The good rows per canonical table, as a batch keeps them; once all is checked. Rows of a
        cross-tab also keep the spreadsheet's column of their cell, as `source_column`."""
        across = any(row.piece.table.cell_columns for row in self.rows)
        return {
            name: _joined(
                self.source.catalog.tables[name],
                (
                    _stored(fed_rows, fed_rows.good, across=across)
                    for fed_rows in self.fed
                    if fed_rows.table == name
                ),
            )
            for name in self.source.tables
        }

    def first(self, table: str, by: str, most: int) -> pa.Table:
        """The good rows of a canonical table that come first by a column and their place, without
        what identifies a person: among others, at least `most` where there are as many."""
        canonical = self.source.catalog.tables[table]
        without = person_columns(canonical)
        fed = [fed_rows for fed_rows in self.fed if fed_rows.table == table]
        return _joined(
            canonical, (_stored(fed_rows, _first(fed_rows, by, most), without) for fed_rows in fed)
        )


def row_numbers(rows: PieceRows) -> np.ndarray[Any, np.dtype[np.int32]]:
    """The spreadsheet rows as an array."""
    numbers = rows.numbers
    if isinstance(numbers, range):
        return np.arange(numbers.start, numbers.stop, numbers.step, dtype=np.int32)
    return np.asarray(numbers, np.int32)


def _months(fed_rows: FedRows) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The month of each row as a number such as 202405; 0 where its day is not told."""
    dates = [
        name
        for name in fed_rows.columns
        if pa.types.is_date(fed_rows.columns[name].type.value_type)
    ]
    if not dates:
        return np.zeros(len(fed_rows.chosen), np.int64)
    column = fed_rows.columns["day" if "day" in dates else dates[0]]
    days = column.dictionary.to_pylist()
    months = [day.year * 100 + day.month if day else 0 for day in days]
    of_rows: np.ndarray[Any, np.dtype[np.int64]] = np.array([*months, 0], np.int64)[
        positions(column)
    ]
    return of_rows


def _first(fed_rows: FedRows, by: str, most: int) -> Flags:
    """Which good rows come first by a column."""
    column = fed_rows.columns[by]
    order = pc.array_sort_indices(column.dictionary).to_numpy()
    ranks = np.full(len(order) + 1, len(order), np.int32)  # nothing comes last
    ranks[order] = np.arange(len(order))
    mine = ranks[positions(column)][fed_rows.good]
    last = np.partition(mine, most - 1)[most - 1] if len(mine) > most else len(order)
    before, among = np.flatnonzero(mine < last), np.flatnonzero(mine == last)
    flags: Flags = np.zeros(len(fed_rows.good), bool)
    flags[np.flatnonzero(fed_rows.good)[np.concatenate([before, among[:most]])]] = True
    return flags


def _joined(table: Table, parts: Iterable[pa.Table]) -> pa.Table:
    tables = list(parts)
    return pa.concat_tables(tables) if tables else empty(table)


def _stored(
    fed_rows: FedRows, flags: Flags, without: Sequence[str] = (), *, across: bool = False
) -> pa.Table:
    """Flagged rows of a feed as a batch keeps them, with the place of each in its file."""
    numbers = pa.array(row_numbers(fed_rows.rows)[flags])
    file, sheet = fed_rows.rows.piece.file.number, fed_rows.rows.piece.table.sheet_number
    place = pa.StructArray.from_arrays(
        [_repeated(file, len(numbers)), _repeated(sheet, len(numbers)), numbers],
        fields=list(ARROW_TYPES[catalog.SOURCE_ROW]),
    )
    types = [name for name in fed_rows.canonical.stored_types if name not in without]
    chosen = None if flags.all() else pa.array(flags)

    def decoded(name: str) -> pa.Array:
        column = fed_rows.columns[name]
        if chosen is not None:
            column = column.filter(chosen)
        if kind := PERSON_COLUMNS.get(name):
            keys = fed_rows.pseudonyms.of_plain(kind, column.dictionary.to_pylist())
            column = pa.DictionaryArray.from_arrays(column.indices, pa.array(keys, pa.string()))
        return column.dictionary_decode()

    names = [name for name in fed_rows.columns if name in types]
    with ThreadPoolExecutor() as beside:  # Arrow leaves the other cores to others
        columns = dict(zip(names, beside.map(decoded, names), strict=True))
    columns["source_row"] = place
    stored = pa.table({name: columns[name] for name in types})
    if not across:
        return stored
    cells = np.asarray(fed_rows.rows.piece.table.cell_columns or [0] * len(flags), np.int32)
    return stored.append_column(catalog.SOURCE_COLUMN, pa.array(cells[flags]))


def _repeated(value: int, times: int) -> pa.Array:
    return pa.array(np.full(times, value, np.int32))


def empty(table: Table) -> pa.Table:
    """No rows of a canonical table, with its types."""
    types = table.stored_types
    return pa.table({name: pa.array([], ARROW_TYPES[kind]) for name, kind in types.items()})


def person_columns(table: Table) -> tuple[str, ...]:
    """The columns of a table that hold pseudonyms and are never shown."""
    keyed = [column.name for column in table.columns if column.role == "keyed"]
    return (*PERSON_KEYS, *keyed, "case_key")


def positions(column: pa.DictionaryArray) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Each row's position in the dictionary; -1 for nothing."""
    codes = column.indices
    if codes.null_count:
        codes = codes.fill_null(-1)
    of_rows: np.ndarray[Any, np.dtype[np.int32]] = codes.to_numpy(zero_copy_only=False)
    return of_rows


def spread(values: list[Any], codes: np.ndarray[Any, Any], kind: str) -> pa.DictionaryArray:
    """A column of ours from its distinct values and each row's position among them."""
    distinct = pa.array(values, ARROW_TYPES[kind]).dictionary_encode()
    indices = pa.array(codes, pa.int32())
    if len(distinct.dictionary) < len(values):  # some became equal, or nothing
        indices = distinct.indices.take(indices)
    return pa.DictionaryArray.from_arrays(indices, distinct.dictionary)


def nothing(size: int, kind: str) -> pa.DictionaryArray:
    """A column of ours that nothing feeds."""
    return pa.nulls(size, pa.dictionary(pa.int32(), ARROW_TYPES[kind]))
