"""接龙: what people wrote below one another in a chat, pasted into a sheet. An entry becomes a row.

It begins with some lines that say what it is of, then one numbered line a person: `1. 张三 2小时`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell, Column, Table

NAME, PHONE, HOURS = "姓名", "电话", "时长"
_ENTRY = re.compile(r"\s*\d{1,3}\s*[.、．)）:：]\s*(?=\S)")
_PHONE = re.compile(r"1\d{10}")
_HOURS = re.compile(r"\d+(?:\.\d+)?\s*(?:个?小时|h)\b", re.IGNORECASE)
_AROUND = re.compile(r"^[\s,，;；:：、/]+|[\s,，;；:：、/]+$")
_SENTENCE = re.compile("[。；！？]|.{13}")
_HEAD = re.compile(r"#?\s*接龙(?:内容|名单|人员)?")
_UNNAMED = "接龙"
_FEWEST, _MOSTLY = 2, 0.8


def entries(text: str) -> tuple[str, list[str]]:
    """What stands before the first numbered line of a text, and its numbered lines."""
    lines = text.splitlines()
    first = next((at for at, line in enumerate(lines) if _ENTRY.match(line)), len(lines))
    return "\n".join(lines[:first]), [line for line in lines[first:] if line.strip()]


def table_of(grid: Grid, sheet: str, sheet_number: int) -> Table | None:
    """A sheet of one column that holds a 接龙, in a cell or over its rows, as a table of one
    column: what it is of is the header, and each line a row with the number of its cell's row."""
    if grid.width != 1:
        return None
    lines = [
        (number, line.strip())
        for number, cell in zip(grid.numbers, grid.columns[0], strict=True)
        for line in (cell.splitlines() if isinstance(cell, str) else [str(cell or "")])
        if line.strip()
    ]
    first = next((at for at, (_n, line) in enumerate(lines) if _ENTRY.match(line)), len(lines))
    persons = lines[first:]
    if len(persons) < _FEWEST or sum(_is_entry(line) for _n, line in persons) < _MOSTLY * len(
        persons
    ):
        return None
    head = " ".join(line for _n, line in lines[:first]) or _UNNAMED
    return Table(
        sheet=sheet,
        sheet_number=sheet_number,
        title="",
        header_rows=[lines[0][0]],
        columns=[head],
        data=[Column([line for _n, line in persons])],
        row_numbers=[number for number, _line in persons],
        column_numbers=list(grid.column_numbers),
    )


def unfolded(table: Table, title_column: str) -> Table | None:
    """The list of persons that the lines of a table of one column are; None for another one.

    Its title, also in `title_column`, is what its first lines say.
    """
    if len(table.columns) != 1 or not table.header_rows:
        return None
    lines = [unicodedata.normalize("NFKC", str(cell or "")) for cell in table.data[0].cells()]
    first = next((at for at, line in enumerate(lines) if _ENTRY.match(line)), len(lines))
    persons = lines[first:]
    if len(persons) < _FEWEST or sum(map(_is_entry, persons)) < _MOSTLY * len(persons):
        return None
    head = " ".join([table.title, table.columns[0], *lines[:first]])
    what = " ".join(_HEAD.sub(" ", head).split())
    named: dict[str, list[Cell]] = {NAME: list(map(_name, persons))}
    for name, pattern in ((PHONE, _PHONE), (HOURS, _HOURS)):
        cells: list[Cell] = [
            match[0] if (match := pattern.search(line)) else None for line in persons
        ]
        if any(cells):
            named[name] = cells
    added = (title_column,) if what else ()
    for name in added:
        named[name] = [what] * len(persons)
    own = table.column_numbers[0] if table.column_numbers else 0
    return replace(
        table,
        title=what,
        columns=list(named),
        data=[Column(cells) for cells in named.values()],
        row_numbers=list(table.row_numbers)[first:],
        column_numbers=[0 if name in added else own for name in named],
        filled_down={},
        made_columns=added,
    )


def _is_entry(line: str) -> bool:
    """Whether a numbered line may be a person's; numbered remarks are longer."""
    return _ENTRY.match(line) is not None and _SENTENCE.search(_name(line)) is None


def _name(line: str) -> str:
    """Who wrote the line, without phone and hours; what else stands there stays with the name."""
    bare = _HOURS.sub(" ", _PHONE.sub(" ", _ENTRY.sub("", line, count=1)))
    return _AROUND.sub("", " ".join(bare.split()))
