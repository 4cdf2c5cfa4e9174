"""A workbook like the original, with every row and a column that says what is wrong.

It holds all rows of the tables, those to correct first and marked, so that importing it again is
a plain import of the same days: rows that were right are found to be there already, and nothing
vanishes. A workbook with the wrong rows only would speak for days it does not hold. Two columns
at the end tell the file and the row that each row came from; `origins` reads them back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lingti.ingest.checking.cell_problems import Finding
from lingti.ingest.checking.coverage import Span
from lingti.ingest.checking.row_outcomes import PieceRows
from lingti.ingest.imports import Plan
from lingti.ingest.layout import titles
from lingti.ingest.mapping.match_source import plain
from lingti.ingest.mapping.templates import ORIGINAL_FILE, ORIGINAL_ROW, TO_CORRECT
from lingti.ingest.reading.sheet_tables import Cell, Table
from lingti.language import gettext as _
from lingti.palette import SHEET_FINE, SHEET_OPTIONAL, SHEET_SAYS, SHEET_WRONG

HEADER_ROW = 1  # below the title; counted from 0, as xlsxwriter does
_SAYS_WIDTH = 56  # characters
_LINE_POINTS = 15.0
_MOST_DIGITS = 15  # that a spreadsheet keeps of a number


def needed(plan: Plan) -> bool:
    """Whether any row is to be corrected."""
    return any(row.bad.any() for row in plan.checked.rows)


def workbook(plan: Plan) -> bytes:
    """The corrections of an import. Holds personal data: for its owner only, never for a disk
    of ours."""
    import xlsxwriter

    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, settings) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "header": book.add_format({"bold": True, "bg_color": SHEET_OPTIONAL, "bottom": 1}),
            "wrong": book.add_format({"bg_color": SHEET_WRONG}),
            "says": book.add_format({"bg_color": SHEET_SAYS, "text_wrap": True, "valign": "top"}),
            "fine": book.add_format({"font_color": SHEET_FINE}),
        }
        for is_wrong in (False, True):
            colour = {"bg_color": SHEET_WRONG} if is_wrong else {}
            for kind, code in (
                ("day", "yyyy-mm-dd"),
                ("moment", "yyyy-mm-dd hh:mm"),
                ("hour", "hh:mm"),
            ):
                looks[f"{kind}{is_wrong}"] = book.add_format({"num_format": code, **colour})
        taken: set[str] = set()
        for rows in plan.checked.rows:
            sheet = book.add_worksheet(_sheet_name(rows, taken))
            _write_table(sheet, looks, plan, rows)
    return out.getvalue()


def _write_table(sheet: Any, looks: dict[str, Any], plan: Plan, rows: PieceRows) -> None:
    table = rows.piece.table
    sheet.write_string(0, 0, _title(plan, rows), looks["title"])
    sheet.write_string(HEADER_ROW, 0, TO_CORRECT.pick(), looks["header"])
    origin = [] if _tells_origin(table) else [ORIGINAL_FILE.pick(), ORIGINAL_ROW.pick()]
    for place, name in enumerate([*table.columns, *origin], 1):
        sheet.write_string(HEADER_ROW, place, name, looks["header"])
    width = len(table.columns) + len(origin)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(table), width)
    sheet.set_column(0, 0, _SAYS_WIDTH)
    sheet.set_column(1, width, 14)
    advice, places = _advice(plan, rows)
    bad = rows.bad.tolist()
    order = sorted(range(len(table)), key=lambda index: (not bad[index], index not in advice))
    columns = [column.cells() for column in table.data]
    for line, index in enumerate(order, HEADER_ROW + 1):
        if index in advice:
            sheet.set_row(line, _height(advice[index]))
            sheet.write_string(line, 0, advice[index], looks["says"])
        else:
            sheet.write_string(line, 0, _("nothing to correct"), looks["fine"])
        for place, cells in enumerate(columns):
            is_wrong = place in places.get(index, ())
            _write_cell(sheet, line, place + 1, cells[index], looks, is_wrong)
        if origin:
            sheet.write_string(line, width - 1, rows.piece.place, looks["fine"])
            sheet.write_number(line, width, table.row_numbers[index], looks["fine"])


def _tells_origin(table: Table) -> bool:
    """Whether it is a corrections workbook itself: then its rows say where they came from."""
    names = {plain(name) for name in table.columns}
    return {plain(ORIGINAL_FILE.zh), plain(ORIGINAL_ROW.zh)} <= names or (
        {plain(ORIGINAL_FILE.en), plain(ORIGINAL_ROW.en)} <= names
    )


def _height(text: str) -> float:
    """Points for a wrapped text; Chinese characters are twice as wide as Latin ones."""
    widths = [sum(1 + (ord(letter) > 0x2E7F) for letter in line) for line in text.split("\n")]
    return _LINE_POINTS * sum(1 + width // (_SAYS_WIDTH - 2) for width in widths)


def _write_cell(
    sheet: Any, line: int, place: int, cell: Cell, looks: dict[str, Any], is_wrong: bool
) -> None:
    """A cell as it was: text stays text, a date a date."""
    look = looks["wrong"] if is_wrong else None
    if cell is None:
        if is_wrong:
            sheet.write_blank(line, place, None, look)
    elif isinstance(cell, bool):
        sheet.write_boolean(line, place, cell, look)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, place, cell, looks[f"moment{is_wrong}"])
    elif isinstance(cell, date):
        sheet.write_datetime(line, place, cell, looks[f"day{is_wrong}"])
    elif isinstance(cell, time):
        sheet.write_datetime(line, place, cell, looks[f"hour{is_wrong}"])
    elif isinstance(cell, int | float) and abs(cell) < 10**_MOST_DIGITS:
        sheet.write_number(line, place, cell, look)
    else:
        sheet.write_string(line, place, str(cell), look)


def _advice(plan: Plan, rows: PieceRows) -> tuple[dict[int, str], dict[int, set[int]]]:
    """Per row of the table (its position): what is wrong with it, and in which columns."""
    table = rows.piece.table
    position = {number: index for index, number in enumerate(table.row_numbers)}
    advice: dict[int, list[str]] = {}
    places: dict[int, set[int]] = {}
    for finding in _of_piece(plan, rows):
        marked = _places_of(finding.column, table.columns)
        text = _("{column}: expected {expected}. {advice}").format(
            column=finding.column, expected=finding.expected, advice=finding.advice
        )
        for number in finding.rows:
            index = position.get(number)
            if index is not None:
                advice.setdefault(index, []).append(text)
                places.setdefault(index, set()).update(marked)
    return {index: "\n".join(texts) for index, texts in advice.items()}, places


def _of_piece(plan: Plan, rows: PieceRows) -> Iterator[Finding]:
    piece = rows.piece
    for finding in plan.findings.ordered():
        if (finding.file, finding.sheet) == (piece.file.name, piece.table.sheet):
            yield finding


def _places_of(label: str, columns: list[str]) -> set[int]:
    """The positions of the columns that a finding names, also several at once."""
    named = {plain(part) for part in [label, *re.split(r"[+、]", label)]}
    return {place for place, name in enumerate(columns) if plain(name) in named}


def _title(plan: Plan, rows: PieceRows) -> str:
    """The original title; with the days covered where it would not say the same of them alone."""
    title = rows.piece.table.title
    if len(plan.covers) != 1:
        return title
    (span,) = plan.covers
    texts = (title, _sheet_of(rows))
    if any(titles.named_in(text, titles.year_in(title)) == [span] for text in texts):
        return title
    both = f"{title} {_days(span)}".strip()
    return both if titles.named_in(both) == [span] else _days(span)


def _days(span: Span) -> str:
    first, last = span
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def _sheet_of(rows: PieceRows) -> str:
    return rows.piece.table.sheet or Path(rows.piece.file.name).stem


def _sheet_name(rows: PieceRows, taken: set[str]) -> str:
    """The original sheet's name, or the file's; made unique and no longer than Excel allows."""
    base = re.sub(r"[\[\]:*?/\\']", "_", _sheet_of(rows))[:31] or "1"
    name, number = base, 2
    while name.casefold() in taken:
        ending = f"({number})"
        name, number = base[: 31 - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name
