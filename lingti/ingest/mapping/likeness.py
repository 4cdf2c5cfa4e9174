"""How much a column of an export looks like one of ours: by its header, and by its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from lingti import person_names as names
from lingti.catalog import PERSON, Column, Table
from lingti.catalog.own import PREFIX
from lingti.district import ColumnMap
from lingti.ingest.checking.convert_column import EARLIEST, MOST_DAYS, Context, parse
from lingti.ingest.checking.day_order import is_short
from lingti.ingest.checking.days_completed import DAY_ONLY
from lingti.ingest.checking.hours_each import are_ticks
from lingti.ingest.checking.persons_in_cells import split
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values, weights
from lingti.ingest.values.amounts import parse_between
from lingti.language import Text

SURE, LIKELY, POSSIBLE = 0.9, 0.6, 0.35
PERSON_COLUMNS = ("name", "phone", "id")
_MOSTLY_TICKS = 0.5  # of the words of a column: the others are wrong, or void
_ORGANISATIONS = frozenset(["employer", "provider"])
_LONG_NAME = 12  # characters from which a cell is no name
_TRIED = 200  # distinct cells of a column that are tried
# What systems note of their own: never the day, the kind or the way of what a row tells.
_OF_THE_PROGRAM = re.compile(
    "^(录入|创建|更新|修改|导出|打印|同步|上传|审核|提交|注册)|证件(类[型别]|种类)|(编号|编码|代码)$"
)
_DAY = re.compile("日期|时间$|日$|date$|time$")
_GENERIC = 2  # characters: 日期, 类型 or 名称 inside a header tell nothing of their own
_NEAR = 0.8
_UNITS = {"分钟": "minutes", "minutes": "minutes", "半天": "half_days", "天数": "days"}


def likeness(table: Table, name: str, known: Column | None, column: str, piece: Piece) -> float:
    """From 0 to 1, by header; where there is none by what the cells are, days, persons, numbers or
    words; words alone tell of no kind."""
    if not piece.table.header_rows:
        return _by_cells(name, known, column, piece)
    return _by_header(table, name, known, column, piece.table.columns)


def _by_header(
    table: Table, name: str, known: Column | None, column: str, columns: Sequence[str]
) -> float:
    words = synonyms(table, name)
    header = plain(column)
    bare = re.sub(r"[(（\[【].*?[)）\]】]|[*:：]", "", header)
    last = bare.split("·")[-1]
    if "·" in header and sum(plain(one).endswith(f"·{last}") for one in columns) > 1:
        last = bare  # 成人·人数 and 儿童·人数: neither is the whole
    if here := [words.index(one) for one in (header, bare, last) if one in words]:
        return 1.0 - 0.01 * min(min(here), 20)
    if _OF_THE_PROGRAM.search(bare) or _never(table.name, name, bare):
        return 0.0
    if known is not None and known.type == "date":
        inside = [word for word in words if len(word) > _GENERIC and word in bare]
        first = name == "day" and _DAY.search(bare) is not None
        return max(0.8 * bool(inside), LIKELY * first)
    inside = [word for word in words if len(word) >= _GENERIC and word in bare]
    near = max((SequenceMatcher(None, bare, word).ratio() for word in words), default=0.0)
    score = 0.55 + 0.35 * max(map(len, inside)) / len(bare) if inside else 0.0
    return max(score, 0.8 * near * (near >= _NEAR))


@cache
def _never_pattern(name: str) -> re.Pattern[str] | None:
    pattern = dictionary()["never"].get(name)
    return re.compile(pattern) if pattern else None


def _never(table: str, name: str, header: str) -> bool:
    patterns = (_never_pattern(of) for of in (name, f"{table}.{name}"))
    return any(pattern is not None and pattern.search(header) for pattern in patterns)


def _by_cells(name: str, known: Column | None, column: str, piece: Piece) -> float:
    cells, codes = piece.table.distinct(column)
    texts = [cell_values.written(cell).strip() for cell in cells]
    rows = [0] * len(texts)
    for code in codes:
        rows[code] += 1
    if names.are_persons(texts, rows):
        return 0.9 * (name == "name")
    if known is None:
        return 0.9 * (name != "name" and fitting_share(known, name, column, piece, EARLIEST) > 0.9)
    if all(isinstance(cell, int | float) for cell in cells if cell is not None):
        return 0.8 * (known.type == "integer" or known.type.startswith("decimal"))
    if any(isinstance(cell, date) for cell in cells):
        return 0.9 * (known.type == "date")
    return 0.9 if known.type == "date" else 0.55 * (known.type == "varchar" and not known.allowed)


def fitting_share(known: Column | None, name: str, column: str, piece: Piece, today: date) -> float:
    """The share of cells that are what our column holds; a little less than 1 if none are."""
    cells: list[Cell] = [
        value for value in piece.table.distinct(column)[0] if cell_values.written(value).strip()
    ]
    cells = cells[:_TRIED]
    if not cells:
        return 0.9
    if known is None:
        return _share_of_person(name, cells)
    if known.allowed:
        return 1.0
    if known.name == "hours" and are_ticks(cells, mostly=_MOSTLY_TICKS):
        return 0.9
    context = Context(piece, today, frozenset({today.year}))
    mapped = ColumnMap((column,), unit=unit_of(known, column))
    if known.per_day and known.high:  # it may be of a span of days, or of minutes: both are asked
        known = replace(known, high=known.high * MOST_DAYS)
    if known.type == "varchar" and not known.role:
        if known.name in _ORGANISATIONS:  # 件 and 米 are units, too, but of a quantity
            return sum(len(cell_values.written(cell).strip()) > 2 for cell in cells) / len(cells)
        numbers = sum(isinstance(cell, int | float) for cell in cells)
        return 1.0 - 0.5 * numbers / len(cells)
    # An empty cell is no cell of another kind.
    cells = [cell for cell in cells if cell_values.written(cell).strip("-—/ ")]
    if known.type == "date":
        cells = ["2024-06-03" if _may_be_completed(cell) else cell for cell in cells]
    values = parse(known, mapped, cells, context).values
    return sum(value is not None for value in values) / len(cells) if cells else 0.9


def _share_of_person(name: str, cells: list[Cell]) -> float:
    parsers = {"phone": cell_values.phones, "id": cell_values.id_numbers}
    values = parsers[name](cells).values if name in parsers else cell_values.texts(cells).values
    if name == "name":
        values = [
            value if value and (_may_be_name(value) or split(value)) else None for value in values
        ]
    return sum(value is not None for value in values) / len(cells)


def _may_be_completed(cell: Cell) -> bool:
    """Whether a cell is a day once its month or year is named, or how to read it."""
    text = cell_values.written(cell).strip()
    return is_short(cell) or DAY_ONLY.fullmatch(text) is not None


def _may_be_name(text: str) -> bool:
    return len(text) < _LONG_NAME and not re.search(r"\d", text)


def unit_of(known: Column | None, column: str | None) -> str:
    """The unit that a header of hours names: minutes, half days, days; "" for hours. Of weights the
    one in brackets, "" for none."""
    if known is not None and column is not None and known.is_weight:
        return weights.unit_in(column)
    if known is None or column is None or known.name not in ("hours", "value"):
        return ""
    return next((unit for word, unit in _UNITS.items() if word in plain(column)), "")


_START = re.compile(
    "签到|签入|上班|开始|起始|^起$|到岗|到达|入场|start|begin|sign_?in|check_?in|clock_?in",
    re.IGNORECASE,
)
_END = re.compile(
    "签退|签出|下班|结束|终止|^止$|离岗|离开|离场|end|finish|sign_?out|check_?out|clock_?out",
    re.IGNORECASE,
)
_CLOCKS = re.compile(
    "时间|时刻|打卡|签[到退入出]|班|time|^(开始|起始?|结束|终止|止|到岗|离岗|start|end)$",
    re.IGNORECASE,
)


def start_and_end(piece: Piece) -> tuple[str, str] | None:
    """The columns of a start and an end whose cells are clock times, from which hours follow."""
    named = [name for name in piece.table.columns if _CLOCKS.search(plain(name))]
    starts = [name for name in named if _START.search(plain(name)) and not _END.search(plain(name))]
    ends = [name for name in named if _END.search(plain(name))]
    for start in starts:
        for end in ends:
            if _are_from_to(piece, start, end):
                return start, end
    return None


def _are_from_to(piece: Piece, start: str, end: str) -> bool:
    pairs = list(zip(*(piece.table.column(name)[:_TRIED] for name in (start, end)), strict=True))
    both = [pair for pair in pairs if None not in pair]
    lengths = [parse_between("·".join(map(cell_values.written, pair))) for pair in both]
    known = [one for one in lengths if one is not None]
    return bool(known) and sum(isinstance(one, float) for one in known) >= 0.8 * len(known)


@cache
def _synonyms_of(table: str, name: str, title: Text | None) -> tuple[str, ...]:
    if name in PERSON_COLUMNS:
        usual = dictionary()["persons"][name]
        own = [title.zh, title.en] if title and table.startswith(PREFIX) else []
        return tuple(dict.fromkeys(map(plain, [*own, *usual])))
    assert title is not None
    named = [title.zh, title.en, *dictionary()["columns"].get(table, {}).get(name, [])]
    return tuple(dict.fromkeys(map(plain, named)))


def synonyms(table: Table, name: str) -> tuple[str, ...]:
    """What people call a column of ours, plainly spelt, the commonest first."""
    title = None if name in PERSON_COLUMNS else table.column(name).title
    if name == "name" and table.has_person:
        title = table.column(PERSON).title  # what a table of the home's own calls them
    return _synonyms_of(table.name, name, title)


def signs(headers: Mapping[str, str]) -> dict[str, int]:
    """How many headers (name → plainly spelt) speak of each table's kind."""
    patterns = dictionary()["signs"]
    return {
        table: sum(re.search(pattern, header) is not None for header in headers.values())
        for table, pattern in patterns.items()
    }
