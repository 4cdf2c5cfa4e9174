"""Columns of a table of one's own, by the example of a sheet: what each looks like, what fits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lingti import person_names as names
from lingti.catalog import PERSON, Column, own
from lingti.district import ColumnMap
from lingti.ingest.checking.convert_column import Context, parse
from lingti.ingest.mapping import proposal
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.learned import Decided
from lingti.ingest.mapping.likeness import PERSON_COLUMNS
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.mapping.templates import ADDED
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values
from lingti.language import Text

_TRIED = 400  # distinct cells of a column that are looked at
_MOSTLY = 0.9
_MOST_KINDS = 30  # members of a column of kinds
_SHOWN = 3
_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]$")
_COUNTED = re.compile("([份人户次件个台辆袋桶场组名])[次数]*$")
_SERIAL = re.compile("^(序号?|编号|行号|no\\.?|id)$", re.IGNORECASE)
_HOUSEHOLD = re.compile("户号|门牌|住址|地址|房号|^户$|户主")
_MERCHANT = re.compile("商[户家铺店]|店名|供应商|合作单位|企业")
_PLACE = re.compile("小区|地点|站点|网格|场所|点$|站$|楼栋|片区|院落")
_REMARK = re.compile("备注|说明|内容|情况|意见|签[名字]")
_YES_NO = {"是", "否", "有", "无", "√", "×", "yes", "no"}
_OUTLINE = {own.DAY: "date", own.NUMBER: "decimal(12, 2)", own.YES_NO: "boolean"}


@dataclass(frozen=True)
class Example:
    """A column of a sheet: what it seems to be, whether it matters, and cells as people see them.

    `is_filled`: every row has a cell.
    """

    header: str
    kind: str
    unit: str
    ticked: bool
    is_filled: bool
    shown: tuple[str, ...]


def examples(piece: Piece, today: date) -> list[Example]:
    """The columns of a sheet, in its order; the first that holds days is the day of the rows."""
    columns: list[Example] = []
    for header in piece.table.columns:
        if plain(header) in ADDED:
            continue
        kind, ticked = _kind(piece, header, today)
        if kind == own.DAY and any(example.kind == own.DAY for example in columns):
            kind, ticked = own.TEXT, False
        if kind in (own.HOUSEHOLD, own.MERCHANT) and any(
            example.kind == kind for example in columns
        ):
            kind = own.CATEGORY
        secret = kind in (own.PERSON, own.HOUSEHOLD) or proposal.looks_personal(header)
        cells = _cells(piece, header)
        is_filled = bool(cells) and all(cell_values.written(cell).strip() for cell in cells)
        shown = tuple(proposal.samples(piece, header, secret=secret))[:_SHOWN]
        columns.append(Example(header, kind, _unit(header, kind), ticked, is_filled, shown))
    return columns


def _kind(piece: Piece, header: str, today: date) -> tuple[str, bool]:
    """What a column seems to be, and whether it is likely to matter."""
    name, written = (
        plain(header),
        [cell_values.written(one).strip() for one in _filled(piece, header)],
    )
    if _SERIAL.search(name) or not written:
        return own.TEXT, False
    persons = {plain(word) for one in PERSON_COLUMNS for word in dictionary()["persons"][one]}
    if name in persons or names.are_persons(written, [1] * len(written), header):
        return own.PERSON, True
    if fits(piece, header, own.DAY, today) >= _MOSTLY and not _numbers(piece, header):
        return own.DAY, True
    if _HOUSEHOLD.search(name):
        return own.HOUSEHOLD, True
    if {one.lower() for one in written} <= _YES_NO:
        return own.YES_NO, True
    if fits(piece, header, own.NUMBER, today) >= _MOSTLY:
        return own.NUMBER, True
    if _REMARK.search(name):
        return own.TEXT, False
    if _MERCHANT.search(name):
        return own.MERCHANT, True
    if _PLACE.search(name):
        return own.PLACE, True
    return (own.CATEGORY, True) if len(written) <= _MOST_KINDS else (own.TEXT, False)


def _cells(piece: Piece, header: str) -> Sequence[Cell]:
    return piece.table.distinct(header)[0][:_TRIED]


def _filled(piece: Piece, header: str) -> list[Cell]:
    """The distinct cells that hold something."""
    return [cell for cell in _cells(piece, header) if cell_values.written(cell).strip()]


def _numbers(piece: Piece, header: str) -> bool:
    """Whether the cells are bare numbers, which could be read as days without being any."""
    return all(isinstance(one, int | float) for one in _filled(piece, header))


def _unit(header: str, kind: str) -> str:
    """The unit that a header names: in brackets, or as what is counted."""
    if kind != own.NUMBER:
        return ""
    match = _UNIT.search(header) or _COUNTED.search(header)
    return match[1] if match else ""


def fits(piece: Piece, header: str, kind: str, today: date) -> float:
    """The share of a column's cells that a kind can hold."""
    cells = _filled(piece, header)
    return 1 - len(misfits(piece, header, kind, today)) / len(cells) if cells else 0.0


def misfits(piece: Piece, header: str, kind: str, today: date) -> list[str]:
    """The cells of a column that a kind cannot hold, as they are written."""
    if kind not in _OUTLINE:
        return []
    cells = _filled(piece, header)
    column = Column("tried", _OUTLINE[kind], Text(header, header), False, "")
    context = Context(piece, today, frozenset({today.year}))
    parsed = parse(column, ColumnMap((header,)), list(cells), context)
    return [cell_values.written(cells[index]) for index in sorted(parsed.wrong)]


def as_decided(table: own.OwnTable, headers: Mapping[str, str], community: str) -> Decided:
    """How a community's sheet feeds a table made after it; `headers` has the name of our column.

    Columns of persons feed name, phone and ID number by what they are called, else the name.
    """
    columns: dict[str, ColumnMap] = {}
    for header, ours in headers.items():
        name = _person_part(header, columns) if ours == PERSON else ours
        if name:
            columns[name] = ColumnMap((header,))
    return Decided(community, table.name, table.title, "days", columns)


def _person_part(header: str, taken: Mapping[str, ColumnMap]) -> str:
    words = dictionary()["persons"]
    named = [one for one in PERSON_COLUMNS if plain(header) in map(plain, words[one])]
    part = named[0] if named else "name"
    return part if part not in taken else ""
