"""From an export's tables to rows of ours: typed, checked, persons as pseudonyms.

Work is done per distinct cell of a column, so that long columns stay cheap. Every data row of
every table ends in one fate: fed, bad (with findings), or not taken by any feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from lingti import catalog
from lingti.catalog import PERSON, PERSON_KEYS
from lingti.district import ColumnMap, Feed, Source
from lingti.ingest.checking import (
    day_order,
    days_completed,
    days_swapped,
    hours_each,
    hours_unit,
    period,
    persons_in_cells,
    persons_in_text,
    same_rows,
    several_kinds,
    several_names,
    void_rows,
    words_meant,
)
from lingti.ingest.checking.across_years import refuse_across_years
from lingti.ingest.checking.cell_problems import shown_cell
from lingti.ingest.checking.convert_column import (
    MOST_DAYS,
    PERIOD,
    Codes,
    Context,
    Distinct,
    cells_of,
    parse,
)
from lingti.ingest.checking.coverage import Span, month_span
from lingti.ingest.checking.persons_in_text import NO_PERSONS
from lingti.ingest.checking.pseudonyms import Pseudonyms, mask_person, plain_texts
from lingti.ingest.checking.row_outcomes import (
    PERSON_COLUMNS,
    Checked,
    FedRows,
    Flags,
    PieceRows,
    nothing,
    spread,
)
from lingti.ingest.checking.row_rules import MOST_HOURS, refuse_long_days, refuse_repeated_cases
from lingti.ingest.mapping.match_source import Binding, Piece, plain
from lingti.ingest.questions import Asking
from lingti.ingest.values import cell_values
from lingti.ingest.values.cell_values import USER_NUMBER, user_numbers
from lingti.ingest.values.problem_text import expected_words
from lingti.language import gettext as _
from lingti.personal_data import masked_at, scrub


@dataclass(frozen=True)
class _Bench:
    """What every step of one check needs."""

    checked: Checked
    pseudonyms: Pseudonyms
    today: date
    asking: Asking
    given: Sequence[Span]

    def context(self, piece: Piece) -> Context:
        """What the cells of a table rest on besides themselves."""
        months = frozenset(
            (one.first.year, one.first.month)
            for one in self.given
            if one == month_span(one.first.year, one.first.month)
        )
        years = {year for one in self.given for year in range(one.first.year, one.last.year + 1)}
        return Context(piece, self.today, frozenset(years), months)


@dataclass(frozen=True)
class _Crowd:
    """The cells of a name column that hold several persons, to be taken as a person each."""

    codes: Codes
    several: dict[int, list[str]]
    shared: bool


def check(
    source: Source,
    bindings: list[Binding],
    pseudonyms: Pseudonyms,
    today: date,
    asking: Asking,
    given: Sequence[Span] = (),
) -> Checked:
    """Types and checks every row that the bindings take. Wrong cells become findings.

    `given` are the days the user says the file speaks for; they complete 6月10日.
    """
    rows: dict[int, PieceRows] = {}
    for binding in bindings:
        piece, size = binding.piece, len(binding.piece.table)
        piece_rows = rows.setdefault(
            id(piece), PieceRows(piece, np.zeros(size, bool), np.zeros(size, bool))
        )
        piece_rows.names |= _names(binding.feed, piece)
    for piece_rows in rows.values():
        piece_rows.void = void_rows.find(asking, piece_rows.piece, source, bindings)
    same_rows.settle(asking, bindings, rows)
    same_rows.settle_signed_twice(asking, bindings, rows)
    bench = _Bench(Checked(source, [], list(rows.values())), pseudonyms, today, asking, given)
    for piece_rows in bench.checked.rows:
        _note_damaged(bench.checked, piece_rows, _open_columns(source, bindings, piece_rows.piece))
    for binding in bindings:
        _feed(bench, binding.feed, rows[id(binding.piece)])
    refuse_repeated_cases(bench.checked)
    refuse_long_days(bench.checked)
    return bench.checked


def _feed(bench: _Bench, feed: Feed, rows: PieceRows) -> None:
    table = bench.checked.source.catalog.tables[feed.table]
    chosen = _chosen(feed, rows.piece)
    for _why, flags in rows.void:
        chosen &= ~flags
    rows.taken |= chosen
    context = bench.context(rows.piece)
    feed = days_swapped.settle(bench.asking, table, feed, context)
    fed = FedRows(table, rows, {}, chosen, bench.pseudonyms)
    bench.checked.fed.append(fed)
    crowd: _Crowd | None = None
    for column in table.columns:
        mapped = feed.columns.get(column.name)
        if column.name == PERSON:
            crowd = _person(bench, feed, fed)
            continue
        fed.labels[column.name] = _label(mapped, column)
        if mapped is None:
            fed.columns[column.name] = nothing(len(chosen), column.type)
            if column.required:
                _require(bench, fed, chosen, fed.labels[column.name], _("a value"))
            continue
        if column.per_day and "through" in feed.columns and column.high:
            column = replace(column, high=column.high * MOST_DAYS)
        _column(bench, fed, column, mapped)
    period.keep_only_spans(fed)
    fed.columns["case_key"] = _case_keys(bench, fed)
    if crowd is not None:
        each = several_names.a_person_each(fed, crowd.codes, crowd.several, shared=crowd.shared)
        bench.checked.fed += each


def _column(bench: _Bench, fed: FedRows, column: catalog.Column, mapped: ColumnMap) -> None:
    """Fills one column of ours that is no person."""
    label, context = fed.labels[column.name], bench.context(fed.rows.piece)
    cells, codes = cells_of(mapped, fed.rows.piece)
    if mapped.constant == PERIOD and column.type == "date":
        cells = [period.day_of(bench.asking, fed.rows.piece, bench.given, bench.today, column.name)]
    if column.type == "date":
        sheet = fed.rows.piece.table.sheet
        cells = day_order.settle(bench.asking, sheet, label, cells)
        cells = day_order.settle_short(bench.asking, sheet, label, cells)
        cells = day_order.settle_short_year(bench.asking, sheet, label, cells, context.year_hint)
        cells, context = days_completed.settle(bench.asking, context, label, cells)
    if column.name == "hours":
        if column.high == MOST_HOURS:  # of one day
            mapped = hours_unit.settle(bench.asking, fed, mapped, cells, codes, label)
        cells = hours_each.settle(bench.asking, fed.rows.piece, label, cells)
    if column.name in ("category", "channel"):
        cells = several_kinds.settle(bench.asking, fed.rows.piece.table.sheet, label, cells)
    if column.allowed:
        mapped = words_meant.settle(bench.asking, fed, column, mapped, cells, codes, label)
    parsed = parse(column, mapped, cells, context)
    if column.type == "date":
        refuse_across_years(parsed, codes)
    is_secret = column.role == "keyed"
    if column.role == "keyed":
        parsed.values = list(bench.pseudonyms.all_of(column.name, parsed.values))
    elif column.type == "varchar":
        known = fed.rows.names if column.role == "text" else frozenset()
        is_open = bool(mapped.columns) and not column.allowed
        held = NO_PERSONS
        if is_open:
            held = persons_in_text.settle(bench.asking, fed, parsed.values, codes, label)
        header = f"{label} {column.title.zh}"
        scrubbed = scrub(parsed.values, header, known, is_text=held.is_text)
        if held.masked:
            scrubbed, is_secret = masked_at(scrubbed, held.masked), True
        parsed.values = scrubbed.texts
        expected = expected_words("personal_data")
        parsed.doubtful |= dict.fromkeys(scrubbed.touched, ("personal_data", expected))
    _note_problems(bench, fed, parsed, codes, label, secret=is_secret)
    fed.columns[column.name] = spread(parsed.values, codes, column.type)
    if column.required:
        _require(bench, fed, _among(codes, parsed.empty(), parsed), label, _("a value"))


def _chosen(feed: Feed, piece: Piece) -> Flags:
    """Which rows a feed takes, by its `when` and `unless`."""
    chosen = np.ones(len(piece.table), bool)
    for conditions, wanted in ((feed.when, True), (feed.unless, False)):
        for column, allowed in conditions.items():
            cells, codes = cells_of(ColumnMap((column,)), piece)
            holds = np.array([cell_values.written(cell).strip() in allowed for cell in cells], bool)
            chosen &= holds[codes] == wanted
    return chosen


def _person(bench: _Bench, feed: Feed, fed: FedRows) -> _Crowd | None:
    """Fills the key columns, as yet with plain texts: only rows that are stored need keys. A row
    without any of them cannot be counted. Returns the cells that hold several persons."""
    piece, size = fed.rows.piece, len(fed.chosen)
    nobody = np.ones(size, bool)
    fed.columns |= {key: nothing(size, "varchar") for key in PERSON_KEYS}
    labels = []
    crowd = None
    parsers = {"name": cell_values.texts, "phone": cell_values.phones, "id": cell_values.id_numbers}
    for key, ours in PERSON_COLUMNS.items():
        mapped = feed.columns.get(ours)
        if mapped is None:
            continue
        cells, codes = cells_of(mapped, piece)
        is_number = mapped.unit == USER_NUMBER
        result = user_numbers(cells) if is_number else parsers[ours](cells)
        parsed = Distinct.of(cells, plain_texts(ours, result.values), result.problems)
        labels.append(_label(mapped, None))
        if ours == "name":
            crowd = _several(bench, fed, parsed, result.values, codes, labels[-1])
        _note_problems(bench, fed, parsed, codes, labels[-1], secret=True)
        nobody &= _among(codes, parsed.empty(), parsed)
        fed.columns[key] = spread(parsed.values, codes, "varchar")
    expected = _("a name, phone or ID number")
    _require(bench, fed, nobody, "、".join(labels) or _("a person"), expected)
    return crowd


def _several(
    bench: _Bench,
    fed: FedRows,
    parsed: Distinct,
    texts: list[str | None],
    codes: Codes,
    column: str,
) -> _Crowd | None:
    """Asks of cells with several names; head counts are wrong, and so are those left out."""
    names = persons_in_cells.look(texts, column)
    for index in names.nobody:
        parsed.wrong[index] = ("no_person", expected_words("no_person"))
    hidden = ("masked_name", expected_words("masked_name"))
    parsed.doubtful |= dict.fromkeys(names.masked, hidden)
    there = set(np.unique(codes[fed.chosen]).tolist()) if names.several else set()
    several = {index: those for index, those in names.several.items() if index in there}
    if not several:
        return None
    choice = several_names.ask(bench.asking, fed, column, several)
    if choice in ("each", "shared"):
        for index, those in several.items():
            parsed.values[index] = plain_texts("name", those[:1])[0]
        return _Crowd(codes, several, choice == "shared")
    for index in several:
        parsed.wrong[index] = ("several_names", expected_words("several_names"))
    return None


def _case_keys(bench: _Bench, fed: FedRows) -> pa.Array:
    key = bench.checked.source.key
    if key is None or not fed.rows.piece.name_of(key):
        return nothing(len(fed.chosen), "varchar")
    cells, codes = cells_of(ColumnMap((key,)), fed.rows.piece)
    case_keys = bench.pseudonyms.all_of(
        "case", [cell_values.written(cell).strip() for cell in cells]
    )
    empty = np.isin(codes, [i for i, one in enumerate(case_keys) if one is None])
    _require(bench, fed, empty, key, _("the number of the case"))
    return spread(list(case_keys), codes, "varchar")


def _names(feed: Feed, piece: Piece) -> frozenset[str]:
    """The persons' names in the table, so that free text can be scrubbed of them."""
    if "name" not in feed.columns:
        return frozenset()
    cells, _codes = cells_of(feed.columns["name"], piece)
    written = map(str.strip, map(cell_values.written, cells))
    return frozenset(name for name in persons_in_cells.persons(written) if len(name) > 1)


def _note_problems(
    bench: _Bench, fed: FedRows, parsed: Distinct, codes: Codes, column: str, *, secret: bool
) -> None:
    """Findings for the chosen rows whose cell is wrong, one code after the other."""
    by_code: dict[tuple[str, str], list[int]] = {}
    for index, problem in {**parsed.wrong, **parsed.doubtful}.items():
        by_code.setdefault(problem, []).append(index)
    for (code, expected), cells_wrong in by_code.items():
        shown = [""] * len(parsed.cells)
        for index in cells_wrong:
            written = cell_values.written(parsed.cells[index])
            shown[index] = mask_person(written) if secret else shown_cell(written, fed.rows.names)
        flags = _among(codes, cells_wrong, parsed) & fed.chosen
        bench.checked.note(fed.rows, flags, code, column, expected, shown, codes)


def _require(bench: _Bench, fed: FedRows, empty: Flags, column: str, expected: str) -> None:
    bench.checked.note(fed.rows, empty & fed.chosen, "required", column, expected)


def _among(codes: Codes, wanted: list[int], parsed: Distinct) -> Flags:
    """The rows whose distinct cell is one of those found."""
    if not wanted:
        return np.zeros(len(codes), bool)
    flags = np.zeros(len(parsed.cells), bool)
    flags[wanted] = True
    among: Flags = flags[codes]
    return among


def _open_columns(source: Source, bindings: Sequence[Binding], piece: Piece) -> frozenset[str]:
    """The columns, plainly spelt, whose cells may be shown: taken, and of no person."""
    taken: set[str] = set()
    secret: set[str] = set()
    for binding in bindings:
        if binding.piece is piece:
            columns = {
                column.name: column for column in source.catalog.tables[binding.feed.table].columns
            }
            for ours, mapped in binding.feed.columns.items():
                hidden = ours in PERSON_COLUMNS.values() or columns[ours].role == "keyed"
                (secret if hidden else taken).update(map(plain, mapped.columns))
    return frozenset(taken - secret)


def _note_damaged(checked: Checked, rows: PieceRows, shown: frozenset[str]) -> None:
    """Carries over what the reader could not take."""
    sheet = rows.piece.table.sheet
    damaged = [finding for finding in rows.piece.file.reading.findings if finding.sheet == sheet]
    if not damaged:
        return
    position = {number: index for index, number in enumerate(rows.numbers)}
    for finding in damaged:
        index = position.get(finding.row)
        if index is not None:
            flags = np.zeros(len(rows.bad), bool)
            flags[index] = True
            may_show = plain(finding.column) in shown
            value = (
                shown_cell(finding.value, rows.names) if may_show else mask_person(finding.value)
            )
            values_shown, codes = [value], np.zeros(len(flags), np.int32)
            expected = _("a cell that is whole")
            checked.note(rows, flags, finding.code, finding.column, expected, values_shown, codes)


def _label(mapped: ColumnMap | None, column: catalog.Column | None) -> str:
    """How the user's file calls the column; else how we do."""
    named = "+".join(mapped.columns) if mapped else ""
    return named or (column.title.pick() if column else _("a person"))
