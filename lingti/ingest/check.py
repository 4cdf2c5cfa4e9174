"""From an export's tables to rows of ours: typed, checked, persons as pseudonyms.

Work is done per distinct cell of a column, so that long columns stay cheap. Every data row of
every table ends in one fate: fed, bad (with findings), or not taken by any feed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from lingti import catalog
from lingti.catalog import PERSON, PERSON_KEYS
from lingti.district import ColumnMap, Feed, Source
from lingti.ingest import values
from lingti.ingest.convert import Codes, Distinct, cells_of, parse
from lingti.ingest.coverage import Span, contains
from lingti.ingest.findings import Findings
from lingti.ingest.mapping import Binding, Piece
from lingti.ingest.privacy import Pseudonyms, mask, mask_person
from lingti.language import gettext as _

Flags = np.ndarray[Any, np.dtype[np.bool_]]
ARROW_TYPES = {
    "varchar": pa.string(),
    "date": pa.date32(),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "decimal(8, 2)": pa.decimal128(8, 2),
    catalog.SOURCE_ROW: pa.struct([(name, pa.int32()) for name in ("file", "sheet", "row")]),
}
_PERSON_COLUMNS = {"name": "name_key", "phone": "phone_key", "id": "id_key"}


@dataclass
class PieceRows:
    """The fates of one table's data rows."""

    piece: Piece
    taken: Flags
    bad: Flags

    @property
    def numbers(self) -> Sequence[int]:
        """The spreadsheet row of each data row."""
        return self.piece.table.row_numbers


@dataclass
class FedRows:
    """What one feed takes of one table: our columns over all its rows, and which are chosen."""

    table: str
    rows: PieceRows
    columns: dict[str, pa.Array]
    chosen: Flags


@dataclass
class Checked:
    """An export after checking, before it is known which days it speaks for."""

    source: Source
    fed: list[FedRows]
    rows: list[PieceRows]
    findings: Findings = field(default_factory=Findings)

    def days(self) -> list[date]:
        """The distinct days of good rows; of rosters every day their rows name."""
        found: set[date] = set()
        for one in self.fed:
            good = pa.array(one.chosen & ~one.rows.bad)
            dated = ["day"] if "day" in one.columns else list(one.columns)
            for name in dated:
                if pa.types.is_date(one.columns[name].type):
                    found |= set(one.columns[name].filter(good).unique().to_pylist())
        return sorted(found - {None})

    def refuse_days_outside(self, covers: list[Span]) -> None:
        """Turns rows whose day is not covered into findings."""
        for one in self.fed:
            if "day" in one.columns:
                outside = _where(one.columns["day"], lambda day: not contains(covers, day))
                name = _theirs(self.source, one.table, "day")
                expected = _("a day among those the file speaks for")
                _note(self, one, outside, "outside_days", name, one.columns["day"], expected)

    def tables(self) -> dict[str, pa.Table]:
        """The good rows per canonical table, as a batch keeps them."""
        parts: dict[str, list[pa.Table]] = {table: [] for table in self.source.tables}
        for one in self.fed:
            good = pa.array(one.chosen & ~one.rows.bad)
            parts[one.table].append(_stored(one).filter(good))
        return {
            table: pa.concat_tables(found) if found else _empty(table)
            for table, found in parts.items()
        }


def check(source: Source, bindings: list[Binding], pseudonyms: Pseudonyms, today: date) -> Checked:
    """Types and checks every row that the bindings take. Wrong cells become findings."""
    rows = {}
    for binding in bindings:
        piece, size = binding.piece, len(binding.piece.table)
        if id(piece) not in rows:
            rows[id(piece)] = PieceRows(piece, np.zeros(size, bool), np.zeros(size, bool))
    checked = Checked(source, [], list(rows.values()))
    for one in checked.rows:
        _note_damaged(checked, one)
    for binding in bindings:
        _feed(checked, binding.feed, rows[id(binding.piece)], pseudonyms, today)
    _refuse_long_days(checked)
    return checked


def _feed(
    checked: Checked, feed: Feed, rows: PieceRows, pseudonyms: Pseudonyms, today: date
) -> None:
    piece, table = rows.piece, catalog.tables()[feed.table]
    chosen = _chosen(feed, piece)
    rows.taken |= chosen
    fed = FedRows(feed.table, rows, {}, chosen)
    checked.fed.append(fed)
    names = _names(feed, piece)
    for column in table.columns:
        if column.name == PERSON:
            _person(checked, feed, fed, pseudonyms)
            continue
        mapped = feed.columns.get(column.name)
        if mapped is None:
            fed.columns[column.name] = pa.nulls(len(chosen), ARROW_TYPES[column.type])
            if column.required:
                _note(checked, fed, chosen, "required", column.title.pick(), None, _("a value"))
            continue
        cells, codes = cells_of(mapped, piece)
        parsed = parse(column, mapped, cells, piece, today)
        if column.role == "keyed":
            parsed.values = [pseudonyms.of(column.name, text) for text in parsed.values]
        elif column.role == "text" or column.type == "varchar":
            known = names if column.role == "text" else frozenset()
            parsed.values = [text and mask(text, known) for text in parsed.values]
        _note_problems(checked, fed, parsed, codes, _label(mapped, column), column.role == "keyed")
        array = pa.array(parsed.values, ARROW_TYPES[column.type])
        fed.columns[column.name] = array.take(pa.array(codes))
        if column.required:
            empty = np.isin(codes, parsed.empty())
            _note(checked, fed, empty, "required", _label(mapped, column), None, _("a value"))
    fed.columns["case_key"] = _case_keys(checked, fed, pseudonyms)


def _chosen(feed: Feed, piece: Piece) -> Flags:
    """Which rows a feed takes, by its `when` and `unless`."""
    chosen = np.ones(len(piece.table), bool)
    for conditions, wanted in ((feed.when, True), (feed.unless, False)):
        for column, allowed in conditions.items():
            cells, codes = cells_of(ColumnMap((column,)), piece)
            holds = np.array([values.written(cell).strip() in allowed for cell in cells], bool)
            chosen &= holds[codes] == wanted
    return chosen


def _person(checked: Checked, feed: Feed, fed: FedRows, pseudonyms: Pseudonyms) -> None:
    """Fills the key columns; a row without any of them cannot be counted."""
    piece, size = fed.rows.piece, len(fed.chosen)
    nobody = np.ones(size, bool)
    fed.columns |= {key: pa.nulls(size, pa.string()) for key in PERSON_KEYS}
    labels = []
    parsers = {"name": values.texts, "phone": values.phones, "id": values.id_numbers}
    for ours, key in _PERSON_COLUMNS.items():
        mapped = feed.columns.get(ours)
        if mapped is None:
            continue
        cells, codes = cells_of(mapped, piece)
        result = parsers[ours](cells)
        wrong = {p.index: (p.code, p.expected) for p in result.problems}
        parsed = Distinct(cells, [pseudonyms.of(ours, text) for text in result.values], wrong)
        labels.append(_label(mapped, None))
        _note_problems(checked, fed, parsed, codes, labels[-1], secret=True)
        nobody &= np.isin(codes, parsed.empty())
        fed.columns[key] = pa.array(parsed.values, pa.string()).take(pa.array(codes))
    expected = _("a name, phone or ID number")
    _note(checked, fed, nobody, "required", "、".join(labels) or "?", None, expected)


def _case_keys(checked: Checked, fed: FedRows, pseudonyms: Pseudonyms) -> pa.Array:
    key = checked.source.key
    if key is None or not fed.rows.piece.name_of(key):
        return pa.nulls(len(fed.chosen), pa.string())
    cells, codes = cells_of(ColumnMap((key,)), fed.rows.piece)
    made = [pseudonyms.of("case", values.written(cell).strip()) for cell in cells]
    empty = np.isin(codes, [i for i, one in enumerate(made) if one is None])
    _note(checked, fed, empty, "required", key, None, _("the number of the case"))
    return pa.array(made, pa.string()).take(pa.array(codes))


def _names(feed: Feed, piece: Piece) -> frozenset[str]:
    """The persons' names in the table, so that free text can be scrubbed of them."""
    if "name" not in feed.columns:
        return frozenset()
    cells, _codes = cells_of(feed.columns["name"], piece)
    return frozenset(values.written(cell).strip() for cell in cells)


def _note_problems(
    checked: Checked, fed: FedRows, parsed: Distinct, codes: Codes, column: str, secret: bool
) -> None:
    if not parsed.wrong:
        return
    wrong = np.isin(codes, list(parsed.wrong)) & fed.chosen
    for row in np.flatnonzero(wrong):
        code, expected = parsed.wrong[int(codes[row])]
        written = values.written(parsed.cells[int(codes[row])])
        shown = mask_person(written) if secret else mask(written)
        _add(checked, fed.rows, int(row), code, column, shown, expected)
    fed.rows.bad |= wrong


def _note(
    checked: Checked,
    fed: FedRows,
    flags: Flags,
    code: str,
    column: str,
    shown: pa.Array | None,
    expected: str,
) -> None:
    """Makes chosen rows that are flagged bad, with a finding for each."""
    wrong = flags & fed.chosen
    for row in np.flatnonzero(wrong):
        value = "" if shown is None else str(shown[int(row)].as_py())
        _add(checked, fed.rows, int(row), code, column, value, expected)
    fed.rows.bad |= wrong


def _note_damaged(checked: Checked, rows: PieceRows) -> None:
    """Carries over what the reader could not take."""
    position = {number: index for index, number in enumerate(rows.numbers)}
    for one in rows.piece.file.reading.findings:
        index = position.get(one.row)
        if one.sheet == rows.piece.table.sheet and index is not None:
            expected = _("a cell that is whole")
            _add(checked, rows, index, one.code, one.column, mask(one.value), expected)
            rows.bad[index] = True


def _add(
    checked: Checked, rows: PieceRows, index: int, code: str, column: str, value: str, expected: str
) -> None:
    place = (rows.piece.file.name, rows.piece.table.sheet)
    checked.findings.add(code, place, column, rows.numbers[index], value, expected)


def _refuse_long_days(checked: Checked) -> None:
    """Nobody serves more than 24 hours a day: all rows of such a person and day are findings."""
    parts = [one for one in checked.fed if one.table == "service"]
    keys = ["day", *PERSON_KEYS]
    good = [
        _frame(one, [*keys, "hours"]).filter(pa.array(one.chosen & ~one.rows.bad)) for one in parts
    ]
    if not good:
        return
    summed = pa.concat_tables(good).group_by(keys).aggregate([("hours", "sum")])
    over = summed.filter(pa.compute.greater(summed["hours_sum"].cast(pa.float64()), 24.0))
    if not len(over):
        return
    wanted = {tuple(row[key] for key in keys) for row in over.to_pylist()}
    for one in parts:
        rows = _frame(one, keys).to_pylist()
        flags = np.array([tuple(row.values()) in wanted for row in rows], bool) & ~one.rows.bad
        name = _theirs(checked.source, "service", "hours")
        expected = _("at most 24 hours of one person on one day")
        _note(checked, one, flags, "hours_over_24", name, one.columns["hours"], expected)


def _frame(one: FedRows, names: list[str]) -> pa.Table:
    return pa.table({name: one.columns[name] for name in names})


def _stored(one: FedRows) -> pa.Table:
    """A feed's rows as a batch keeps them, with the place of each in its file."""
    numbers = pa.array(one.rows.numbers, pa.int32())
    file, sheet = one.rows.piece.file.number, one.rows.piece.table.sheet_number
    place = pa.StructArray.from_arrays(
        [_repeated(file, len(numbers)), _repeated(sheet, len(numbers)), numbers],
        fields=list(ARROW_TYPES[catalog.SOURCE_ROW]),
    )
    types = catalog.tables()[one.table].stored_types
    columns = {**one.columns, "source_row": place}
    return pa.table({name: columns[name] for name in types})


def _repeated(value: int, times: int) -> pa.Array:
    return pa.array(np.full(times, value, np.int32))


def _empty(table: str) -> pa.Table:
    types = catalog.tables()[table].stored_types
    return pa.table({name: pa.array([], ARROW_TYPES[kind]) for name, kind in types.items()})


def _where(array: pa.Array, holds: Callable[[Any], bool]) -> Flags:
    coded = array.dictionary_encode()
    flags = np.array([holds(value) for value in coded.dictionary.to_pylist()] + [False], bool)
    found: Flags = flags[coded.indices.fill_null(len(flags) - 1).to_numpy(zero_copy_only=False)]
    return found


def _label(mapped: ColumnMap, column: catalog.Column | None) -> str:
    """How the user's file calls the column."""
    return "+".join(mapped.columns) or (column.title.pick() if column else "?")


def _theirs(source: Source, table: str, ours: str) -> str:
    """How the user's file calls one of our columns."""
    for feed in source.feeds:
        if feed.table == table and ours in feed.columns:
            return _label(feed.columns[ours], None)
    return ours
