"""What a sheet says once for all its rows: captions, a day in its title or name, group rows.

Each becomes a column of the table that no cell stands in (`Table.made_columns`), so that a source
can name it as any other and finds it again next month, whatever it says then.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from lingti.ingest.layout import sign_up_chain
from lingti.ingest.layout.across import unfolded
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.reading.sheet_tables import Cell, Column, Table

TITLE_DAY, SHEET_DAY, SHEET_NAME, GROUP, GROUP_DAY = (
    *("〔标题中的日期〕", "〔工作表名中的日期〕", "〔工作表名〕", "〔分组〕", "〔分组中的日期〕"),
)
ACTIVITY = "活动名称"
DAYS = (TITLE_DAY, SHEET_DAY, GROUP_DAY)
_CAPTION = re.compile(r"(?P<name>[^:：\s、,，;；（()）]{2,8})\s*[:：]\s*(?P<value>.*)", re.DOTALL)
_NEXT = re.compile(r"(?:[\s,，;；]+|^)(?=[^:：\s、,，;；\d]{2,8}\s*[:：])")
_CLOCK = r"\d{1,2}[:：时点]\d{0,2}分?"
_TO = r"\s*(?:[-–—~～至到]+)\s*"
_DAY = re.compile(
    r"(?:(?:20\d\d)[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?(?!\d)"
    rf"(?:\s*(?:上午|下午|晚上)?\s*{_CLOCK}(?:{_TO}(?:上午|下午|晚上)?\s*{_CLOCK})?|\s*(?:上午|下午|全天))?"
)
_WHOLE_DAY = re.compile(
    r"(20\d\d)[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)|\d{1,2}月\d{1,2}[日号]"
)
_SPAN = re.compile(r"\d\s*[日号]?\s*(?:至|到|~|—|–|-{1,2})\s*(?:20\d\d|\d{1,2}\s*[月./-]\s*\d)")
_NUMBER = re.compile(r"^[一二三四五六七八九十\d]+[、.．]\s*")
_COMPACT = re.compile(r"(?:(20\d\d)[-.]?)?(0[1-9]|1[0-2])[-.]?([0-2]\d|3[01])")


def with_what_is_said(tables: Sequence[Table], file_name: str) -> list[Table]:
    """The tables of a file: cross-tabs as lists, each with columns for what is said once."""
    lists = [_of_chain(table) or unfolded(table, file_name) or table for table in tables]
    return [_with_columns(table, _are_alike(table, lists)) for table in lists]


def _of_chain(table: Table) -> Table | None:
    """A 接龙 as a list of persons, with the day that its first lines name."""
    persons = sign_up_chain.unfolded(table, ACTIVITY)
    title = unicodedata.normalize("NFKC", persons.title) if persons else ""
    if persons is None or not (day := _day_of(title)):
        return persons
    at = persons.columns.index(ACTIVITY)
    named = Column([_without_day(title)], [0] * len(persons))
    persons = replace(persons, data=[*persons.data[:at], named, *persons.data[at + 1 :]])
    return _added(persons, {TITLE_DAY: Column([day], [0] * len(persons))})


def _added(table: Table, columns: dict[str, Column]) -> Table:
    return replace(
        table,
        columns=[*table.columns, *columns],
        data=[*table.data, *columns.values()],
        column_numbers=[*table.column_numbers, *([0] * len(columns))],
        made_columns=(*table.made_columns, *columns),
    )


def _are_alike(table: Table, tables: Sequence[Table]) -> bool:
    """Whether other sheets have the same columns: then the sheet's name tells them apart."""
    same = [one for one in tables if one.columns == table.columns]
    return len({one.sheet for one in same}) > 1


def _with_columns(table: Table, of_several: bool) -> Table:
    if not len(table) or not table.header_rows:
        return table
    size = len(table)
    columns: dict[str, Column] = {}
    for name, cell in _said_above(table, of_several).items():
        if name not in table.columns:
            columns[name] = Column([cell], [0] * size)
    for name, cells in _groups(table).items():
        columns[name] = Column(cells)
    return _added(table, columns) if columns else table


def _said_above(table: Table, of_several: bool) -> dict[str, Cell]:
    """What captions, the title and the sheet's name say, by the name of the column made of it."""
    above = table.header_rows[0]
    value_of: dict[str, Cell] = {}
    titles: list[str] = []
    for row in table.set_aside:
        if row.why not in ("note", "title", "unit", "footer") or row.row >= above:
            continue
        texts = [unicodedata.normalize("NFKC", text).strip() for _column, text in row.cells]
        for at, text in enumerate(texts):
            captions = _captions(text, texts[at + 1] if at + 1 < len(texts) else "")
            value_of |= {name: value for name, value in captions.items() if name not in value_of}
            titles += [text] if row.why == "title" and not captions else []
    if day := _day_of(" ".join(titles)):
        value_of[TITLE_DAY] = day
    sheet = unicodedata.normalize("NFKC", table.sheet).strip()
    if day := _day_of(sheet, alone=True):
        value_of[SHEET_DAY] = day
    elif of_several:
        value_of[SHEET_NAME] = sheet
    return value_of


def _captions(text: str, beside: str) -> dict[str, str]:
    """The captions in a cell, such as 活动时间：2024年6月5日, that name a column of ours."""
    value_of = {}
    for part in _NEXT.split(text):
        caption = _CAPTION.fullmatch(part.strip())
        if caption and caption["name"] in _named():
            value = caption["value"].strip() or beside
            if value and not _CAPTION.fullmatch(value):
                value_of[caption["name"]] = value
    return value_of


@cache
def _named() -> frozenset[str]:
    """What may be said in a caption: what people call columns that are no person's."""
    columns = dictionary()["columns"]
    return frozenset(
        word for named in columns.values() for words in named.values() for word in words
    )


def _day_of(text: str, *, alone: bool = False) -> str:
    """The one day in a title, or that a sheet's name is; empty for none or for a span of days."""
    if alone and (compact := _COMPACT.fullmatch(text)):
        year, month, day = compact.groups()
        return f"{year}-{month}-{day}" if year else f"{int(month)}月{int(day)}日"
    days = [match[0].strip() for match in _DAY.finditer(text)]
    if len(days) != 1 or _SPAN.search(text):
        return ""
    if alone:
        return days[0] if _DAY.fullmatch(text) else ""
    return days[0] if _WHOLE_DAY.search(days[0]) else ""


def _without_day(text: str) -> str:
    """6月5日 义诊 → 义诊, which is of the same name next time; a day alone stays."""
    day = _day_of(text)
    return " ".join(text.replace(day, " ", 1).split()) or text if day else text


def _groups(table: Table) -> dict[str, list[Cell]]:
    """The heads of groups of rows, and the days in them, as columns; none where there are none."""
    heads = {
        row.row: row.cells[0][1]
        for row in table.set_aside
        if row.why == "section" and row.cells and row.row > table.header_rows[-1]
    }
    if not heads:
        return {}
    rows = sorted(heads)
    group_heads = [unicodedata.normalize("NFKC", _NUMBER.sub("", heads[row])) for row in rows]
    dated = [None, *(_day_of(one) or None for one in group_heads)]
    named = [None, *map(_without_day, group_heads)]
    places = [bisect.bisect_left(rows, number) for number in table.row_numbers]
    cells: list[Cell] = [named[place] for place in places]
    days: list[Cell] = [dated[place] for place in places]
    return {GROUP: cells, **({GROUP_DAY: days} if all(days) else {})}
