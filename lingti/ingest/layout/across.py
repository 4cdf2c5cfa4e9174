"""Cross-tabs: days, months or persons across. Each becomes the list that it was counted from.

A cell of the cross-tab becomes a row: what stands at its left, what stands above it, and the cell.
Blank cells, zeros and marks of absence are no rows. Each row keeps the spreadsheet's row and the
column of its cell.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lingti import person_names as names
from lingti.ingest.layout.cell_kinds import is_day, is_usual_label, is_value, total_word
from lingti.ingest.layout.titles import named_in, year_in
from lingti.ingest.reading.sheet_tables import Cell, CellError, Column, Table
from lingti.ingest.values.days import SERIALS
from lingti.ingest.values.plain_text import is_nothing, written

DAY, THROUGH, VALUE, NOON, NAME = "日期", "截至", "数值", "时段", "姓名"
_FEWEST = 3  # columns across, below which a table is a list
_FEWEST_NUMBERS = 7  # bare numbers as headers: the days of a month
_MOSTLY = 0.7
_MONTH_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_YEAR = r"(?:(?P<y>\d{4})[-/.年])"
_DAY = re.compile(
    rf"{_YEAR}?(?P<m>\d{{1,2}})[-/.月](?P<d>\d{{1,2}})[日号]?(?:\(?(?:星期|周).\)?)?"
    r"|(?P<only>\d{1,2})[日号]"
)
_MONTH = re.compile(
    rf"{_YEAR}?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月份?|(?P<ym>\d{{4}}[-/.]\d{{1,2}})"
)
_NOON = re.compile("[上下]午|早上|晚上|中午|[上下早中晚]|[白晚早夜]班")
_ABSENT = re.compile(r"[×✗✘✕╳x缺旷假休否无0△]|缺[勤席]|旷工|[请事病]假|休息|公休|未到")
_COUNT = re.compile("[合总小累]计|总数|总时长|总小时|总积分|平均|天数|应出勤|实出勤|出勤率")


@dataclass(frozen=True)
class _Place:
    """A column across: the day or month it is of, and what the header says besides."""

    column: int
    first: str
    through: str
    besides: str


class _Cells:
    """The cells of a cross-tab by position; one that a merged cell covers holds its mark."""

    def __init__(self, table: Table) -> None:
        self._body = [column.cells() for column in table.data]
        self._places = [
            [(row, column) for row in table.row_numbers] for column in table.column_numbers
        ] if table.merged else []  # fmt: skip
        self._merged = table.merged

    def __call__(self, at: int, column: int) -> Cell:
        cell = self._body[column][at]
        if cell is None and self._merged:
            return self._merged.get(self._places[column][at])
        return cell

    def is_merged(self, at: int, column: int) -> bool:
        """Whether its mark is that of a merged cell which begins elsewhere."""
        return bool(self._merged) and self._places[column][at] in self._merged


@dataclass
class _CellRows:
    """The rows that cells became, each with its spreadsheet row and column; `own` are the names of
    the columns at their left, `merged` the positions of those whose mark stands in a merged cell
    that begins elsewhere."""

    own: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)

    def add(self, row: list[Cell], number: int, column: int, *, merged: bool) -> None:
        """Adds the row of a cell."""
        if merged:
            self.merged.append(len(self.rows))
        self.rows.append(row)
        self.numbers.append(number)
        self.columns.append(column)


def unfolded(table: Table, file_name: str) -> Table | None:
    """The list that a cross-tab was counted from; None for a table that is a list already."""
    if len(table.columns) <= _FEWEST or not table.header_rows:
        return None
    places = _of_days(table) or _of_months(table, file_name)
    if places:
        return _of_places(table, places)
    return _of_persons(table)


def _of_days(table: Table) -> list[_Place]:
    """The columns that are days, also of two levels such as 6月1日·上午 or 6月·1."""
    places: list[_Place] = []
    numbers: list[_Place] = []
    for at, name in enumerate(table.columns):
        parts = [unicodedata.normalize("NFKC", part).strip() for part in _parts(name)]
        day = next((p for p in parts if _day_text(p)), None)
        month = next((p for p in parts if _MONTH.fullmatch(p)), None)
        number = next((p for p in parts if p.isdecimal() and 1 <= int(p) <= 31), None)
        serial = next((p for p in parts if p.isdecimal() and int(p) in SERIALS), None)
        if day is not None:
            places.append(_Place(at, _day_text(day), "", _besides(parts, day)))
        elif month is not None and number is not None:
            rest = _besides([p for p in parts if p != month], number)
            places.append(_Place(at, f"{month.removesuffix('份')}{number}日", "", rest))
        elif serial is not None:
            places.append(_Place(at, serial, "", _besides(parts, serial)))
        elif number is not None:
            numbers.append(_Place(at, f"{number}日", "", _besides(parts, number)))
    if _are_across(table, places):
        return places
    days = [int(place.first[:-1]) for place in numbers]
    in_order = all(a <= b for a, b in itertools.pairwise(days))
    enough = len(set(days)) >= _FEWEST_NUMBERS and in_order
    return numbers if enough and _are_across(table, numbers) else []


def _of_months(table: Table, file_name: str) -> list[_Place]:
    """The columns that are whole months, with their first and last day."""
    texts = (table.title, table.sheet, file_name)
    year = next((y for text in texts if (y := year_in(text))), None)
    month_places = []
    for at, name in enumerate(table.columns):
        parts = _parts(name)
        month = next((p for p in parts if _MONTH.fullmatch(p)), None)
        if month is not None and (span := _month_span(month, year)):
            month_places.append(_Place(at, *span, _besides(parts, month)))
    return month_places if _are_across(table, month_places) else []


def _month_span(text: str, year: int | None) -> tuple[str, str] | None:
    spans = named_in(text, year)
    if spans:
        return str(spans[0].first), str(spans[0].last)
    match = _MONTH.fullmatch(text)
    if match is None or not match["m"]:
        return None
    month = _MONTH_NUMERALS.get(match["m"]) or int(match["m"] if match["m"].isdecimal() else 0)
    if not 1 <= month <= 12:
        return None
    given = int(match["y"] or 0) or year
    prefix = f"{given}年" if given else ""
    return f"{prefix}{month}月1日", f"{prefix}{month}月{monthrange(given or 2024, month)[1]}日"


def _day_text(text: str) -> str:
    """A header that is a day, as a cell would hold it; empty for another one."""
    match = _DAY.fullmatch(text)
    if match is None:
        return ""
    if match["only"]:
        return f"{match['only']}日" if 1 <= int(match["only"]) <= 31 else ""
    if not (1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31):
        return ""
    return re.sub(r"\(?(星期|周).\)?$", "", text)


def _parts(name: str) -> list[str]:
    return re.sub(r"_\d+$", "", name).split("·")


def _besides(parts: Sequence[str], taken: str) -> str:
    rest = [part for part in parts if part != taken]
    rest = [part for part in rest if not re.fullmatch("(星期|周|礼拜)?[一二三四五六日天]", part)]
    return rest[-1] if rest else ""


def _are_across(table: Table, places: list[_Place]) -> bool:
    """Whether several columns are days and hold numbers, ticks or nothing, and no answers."""
    if len({place.first for place in places}) < _FEWEST or len(places) == len(table.columns):
        return False
    cells = [c for place in places for c in table.data[place.column].distinct()[0] if c is not None]
    fits = sum(is_value(c) or (isinstance(c, str) and len(c) <= 4) for c in cells)
    return fits >= _MOSTLY * len(cells)


def _of_places(table: Table, places: list[_Place]) -> Table | None:
    kinds = list(dict.fromkeys(place.besides for place in places))
    by_noon = all(not kind or _NOON.fullmatch(kind) for kind in kinds)
    groups: dict[tuple[str, str, str], dict[str, int]] = {}
    for one in places:
        key = (one.first, one.through, one.besides if by_noon else "")
        groups.setdefault(key, {}).setdefault("" if by_noon else one.besides, one.column)
    if not by_noon and "" in kinds:
        return None  # some days have parts, some have none: what it means cannot be told
    measures = [VALUE] if by_noon or len(kinds) == 1 else kinds
    keys = [""] if by_noon or (len(kinds) == 1 and kinds == [""]) else kinds
    across = {DAY: 0, THROUGH: 1, NOON: 2}
    used = {DAY} | ({THROUGH} if places[0].through else set())
    used |= {NOON} if by_noon and kinds != [""] else set()
    left = [
        at
        for at, name in enumerate(table.columns)
        if at not in {place.column for place in places} and not _is_sum(name)
    ]
    cells_of = _Cells(table)
    cell_rows = _CellRows([table.columns[c] for c in left])
    for at, number in enumerate(table.row_numbers):
        for days, columns in groups.items():
            cells = [cells_of(at, columns[k]) if k in columns else None for k in keys]
            if all(map(_is_no_row, cells)):
                continue
            head_cells = [days[place] or None for name, place in across.items() if name in used]
            merged = any(cells_of.is_merged(at, column) for column in columns.values())
            row = [*(cells_of(at, c) for c in left), *head_cells, *cells]
            cell_rows.add(row, number, table.column_numbers[min(columns.values())], merged=merged)
    named = [*cell_rows.own, *(n for n in across if n in used), *measures]
    return _list(table, named, cell_rows)


def _of_persons(table: Table) -> Table | None:
    """Days down, persons across: each cell is what a person did on the day of its row."""
    first = next((at for at, name in enumerate(table.columns) if not _is_serial(name)), 0)
    heads = [name for name in table.columns[first + 1 :] if not is_usual_label(name)]
    people = [name for name in heads if names.are_persons([name], [1], NAME)]
    if len(people) < _FEWEST or not names.are_persons(people, [1] * len(people)):
        return None
    days = [cell for cell in table.data[first].distinct()[0] if cell is not None]
    if len(days) < _FEWEST or sum(map(_may_be_day, days)) < _MOSTLY * len(days):
        return None
    columns = {name: table.columns.index(name) for name in people}
    cells = [c for at in columns.values() for c in table.data[at].distinct()[0] if c is not None]
    if sum(map(is_value, cells)) < _MOSTLY * len(cells):
        return None
    left = [
        at for at, name in enumerate(table.columns) if name not in columns and not _is_sum(name)
    ]
    cells_of = _Cells(table)
    cell_rows = _CellRows([table.columns[c] for c in left])
    for at, number in enumerate(table.row_numbers):
        for name, column in columns.items():
            if not _is_no_row(cell := cells_of(at, column)):
                row = [*(cells_of(at, c) for c in left), name, cell]
                merged = cells_of.is_merged(at, column)
                cell_rows.add(row, number, table.column_numbers[column], merged=merged)
    return _list(table, [*cell_rows.own, NAME, VALUE], cell_rows)


def _may_be_day(cell: Cell) -> bool:
    return is_day(cell) or bool(_day_text(unicodedata.normalize("NFKC", written(cell)).strip()))


def _is_serial(name: str) -> bool:
    return re.fullmatch(r"序号?|编号|no\.?|#", name, re.IGNORECASE) is not None


def _is_sum(name: str) -> bool:
    return bool(total_word(name)) or _COUNT.search(name) is not None


def _is_no_row(cell: Cell) -> bool:
    """Whether a cell says that there was nothing: blank, zero, a dash, or a mark of absence."""
    if cell is None or isinstance(cell, CellError):
        return True
    if isinstance(cell, bool | int | float):
        return cell == 0
    text = unicodedata.normalize("NFKC", written(cell)).strip().lower()
    return not text or is_nothing(text) or _ABSENT.fullmatch(text) is not None


def _list(table: Table, named: list[str], cell_rows: _CellRows) -> Table | None:
    if not cell_rows.rows or len(set(named)) < len(named):
        return None
    known = dict(zip(table.columns, table.column_numbers, strict=True))
    filled = {name: places for name, places in table.filled_down.items() if name in cell_rows.own}
    return replace(
        table,
        columns=named,
        data=[Column(list(column)) for column in zip(*cell_rows.rows, strict=True)],
        row_numbers=cell_rows.numbers,
        column_numbers=[known[name] if name in cell_rows.own else 0 for name in named],
        filled_down=filled,
        cell_columns=cell_rows.columns,
        merged_rows=cell_rows.merged,
    )
