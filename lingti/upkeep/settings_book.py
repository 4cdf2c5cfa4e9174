"""All settings of a home as one workbook: out, and in again, all or nothing.

What comes in is held against what went out: who changes nothing writes nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from lingti import district, entries
from lingti.catalog import DISTRICT
from lingti.district import District, change, journal, settings, typed_lists
from lingti.district.settings import Key
from lingti.language import gettext as _
from lingti.upkeep import own_sheets
from lingti.upkeep import settings_sheets as sheets
from lingti.upkeep.settings_sheets import Column, Sheet

ALL = (*sheets.SHEETS, *own_sheets.SHEETS)
MOST_BYTES = 64 * 2**20  # of a workbook when it is unpacked
_WIDTH = 18  # letters of a column
_DAY_FORMAT = "yyyy-mm-dd"


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be taken, and why."""

    sheet: str
    cell: str
    says: str


@dataclass
class Book:
    """What a workbook says: settings by kind and key, where each stands, and what is wrong."""

    settings: dict[Key, Any] = field(default_factory=dict)
    places: dict[Key, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)  # those that it has a sheet of


class _Names:
    """Ids by what people write for them: communities, tables, metrics."""

    def __init__(self, of: District) -> None:
        self.communities = {
            name: community.id
            for community in of.communities
            for name in (community.id, community.name.zh, community.short.zh)
        }
        self.tables = {
            word: name
            for name, one in of.catalog.tables.items()
            for word in (name, one.title.zh, one.title.en)
        }
        self.metrics = {
            word: name
            for name, one in of.catalog.metrics.items()
            for word in (name, one.title.zh, one.title.en)
        }

    def add(self, tables: Mapping[str, str], metrics: Mapping[str, str]) -> None:
        """Adds words for what the workbook itself brings."""
        self.tables |= tables
        self.metrics |= metrics

    def read(self, holds: str, cell: Any) -> Any:
        """What a cell says, as a setting has it. Raises ValueError."""
        match holds:
            case "day":
                return sheets.day(cell).isoformat()
            case "counted_on":
                return sheets.counted_on(cell).isoformat()
            case "whole":
                return sheets.whole(cell)
            case "people":
                return sheets.people(cell)
            case "number":
                return sheets.numeric(cell)
            case "every":
                return sheets.every(cell)
            case "flag":
                return sheets.flag(cell)
            case "list":
                return [one.strip() for one in sheets.MARK.split(sheets.text(cell)) if one.strip()]
            case "metrics":
                named = [one.strip() for one in sheets.MARK.split(sheets.text(cell))]
                return [sheets.named(self.metrics, _("metrics"))(one) for one in named if one]
            case "communities":
                named = [one.strip() for one in sheets.MARK.split(sheets.text(cell))]
                whose = sheets.named(self.communities, _("communities"))
                return [whose(one) for one in named if one]
            case "metric":
                return sheets.named(self.metrics, _("metrics"))(cell)
            case "table":
                return sheets.named(self.tables, _("kinds of data"))(cell)
            case "community":
                return sheets.named(self.communities, _("communities"))(cell)
            case "place":
                known = {**self.communities, DISTRICT: DISTRICT, "全区": DISTRICT}
                return sheets.named(known, _("communities"))(cell)
            case _:
                return sheets.text(cell)


def current(home: Path) -> dict[Key, Any]:
    """Every setting that the workbook holds, as JSON has it."""
    known = district.load(home)
    held = {
        key: change.plain(setting.value)
        for key, setting in settings.of(home).items()
        if key[0] != settings.DISTRICT or key[1] not in sheets.LEFT_ALONE
    }
    for target in journal.targets(home, known.targets, known.catalog):
        held[sheets.TARGET, f"{target.community}/{target.metric}/{target.period}"] = {
            "value": target.value
        }
    for written, merchant in entries.current(home, sheets.TWINS).items():
        held[sheets.TWINS, written] = {"merchant": merchant}
    return held | own_sheets.current(home)


def write(home: Path) -> bytes:
    """The workbook: a sheet per kind, a row per setting."""
    known = district.load(home)
    held = current(home)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": _DAY_FORMAT}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in ALL:
            worksheet = book.add_worksheet(sheet.title.zh)
            worksheet.freeze_panes(1, 0)
            worksheet.set_column(0, len(sheet.columns) - 1, _WIDTH)
            for place, column in enumerate(sheet.columns):
                worksheet.write_string(0, place, column.title.zh, head)
            of_kind = [(key, value) for (kind, key), value in held.items() if kind == sheet.kind]
            for row, (key, value) in enumerate(of_kind, 1):
                for place, cell in enumerate(_cells(sheet, key, value, known)):
                    if isinstance(cell, date):
                        worksheet.write_datetime(row, place, cell)
                    elif cell not in (None, ""):
                        worksheet.write(row, place, cell)
    return out.getvalue()


def _cells(sheet: Sheet, key: str, value: Any, known: District) -> Iterator[Any]:
    parts = iter(_parts(sheet, key))
    fields = (
        value
        if isinstance(value, Mapping) and sheet.kind != settings.DISTRICT
        else {"value": value}
    )
    for column in sheet.columns:
        field_value = next(parts, "") if column.of_key else fields.get(column.field)
        holds = _holds(sheet, key, column)
        yield _cell(holds, field_value, column, known)


def _parts(sheet: Sheet, key: str) -> list[str]:
    many = len(sheet.key_columns)
    if sheet.kind == settings.RULE:
        return list(key.rpartition("/")[::2])
    return key.split("/", many - 1) if many > 1 else [key]


def _holds(sheet: Sheet, key: str, column: Column) -> str:
    if column.holds != "any":
        return column.holds
    return sheets.DISTRICT_FIELDS.get(key, "text")


def _cell(holds: str, value: Any, column: Column, known: District) -> Any:
    """A value as a cell: days as days, what has a title by its Chinese one."""
    if isinstance(value, Mapping):
        return value.get("en" if column.is_english else "zh", "")
    if value is None or column.is_english:
        return None
    match holds:
        case "day" | "counted_on":
            return date.fromisoformat(value)
        case "every":
            return sheets.EVERY_WORDS[value]
        case "flag":
            return "是" if value else "否"
        case "list" | "metrics" | "communities":
            return "、".join(value)
        case "table" if value in known.catalog.tables:
            return known.catalog.tables[value].title.zh
        case _:
            return value


def read(data: bytes, known: District) -> Book:
    """What a workbook says; sheets that it lacks say nothing of their kind."""
    book = Book()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                raise ValueError(_("it is too large"))
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except ValueError as error:
        book.problems.append(
            Problem("", "", _("This is no workbook (xlsx): {why}").format(why=error))
        )
        return book
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError):
        book.problems.append(Problem("", "", _("This is no workbook (xlsx), or a damaged one.")))
        return book
    names = _Names(known)
    for sheet in sorted(ALL, key=lambda one: one.kind not in own_sheets.KINDS):
        title = next(
            (one for one in (sheet.title.zh, sheet.title.en) if one in workbook.sheet_names), None
        )
        if title is not None:
            _read_sheet(book, sheet, title, workbook.get_sheet_by_name(title).to_python(), names)
        if sheet.kind in own_sheets.KINDS:  # others may name what it brings
            names.add(*own_sheets.names(book.settings))
    return book


def _read_sheet(
    book: Book, sheet: Sheet, title: str, lines: list[list[Any]], names: _Names
) -> None:
    places = _places(sheet, lines[0] if lines else [])
    missing = [column.title.zh for column in sheet.key_columns if column.title.zh not in places]
    if lines and set(missing) - {"部分"}:
        sentence = _("a column is missing: {names}").format(names="、".join(missing))
        book.problems.append(Problem(title, "A1", sentence))
        return
    book.kinds.add(sheet.kind)
    for number, line in enumerate(lines[1:], 1):
        if not any(cell not in ("", None) for cell in line):
            continue
        cells = {
            column: line[place]
            for column in sheet.columns
            if (place := places.get(column.title.zh)) is not None
            and place < len(line)
            and line[place] not in ("", None)
        }
        _read_row(book, sheet, (title, number), cells, places, names)


def _places(sheet: Sheet, head: list[Any]) -> dict[str, int]:
    """Chinese title → where its column stands; English titles will do."""
    at = {str(cell).strip(): place for place, cell in enumerate(head)}
    return {
        column.title.zh: at[word]
        for column in sheet.columns
        for word in (column.title.en, column.title.zh)
        if word in at
    }


def _read_row(
    book: Book,
    sheet: Sheet,
    where: tuple[str, int],
    cells: dict[Column, Any],
    places: dict[str, int],
    names: _Names,
) -> None:
    """Adds a row to what the workbook says, or a problem per cell that cannot be taken."""
    title, number = where
    if sheet.kind == settings.COMMUNITY:
        _give_id(sheet, cells, names)
    first = cells.get(sheet.columns[0], "")
    parts: list[str] = []
    value: dict[str, Any] = {}
    wrong = False
    for column in sheet.columns:
        if column not in cells:
            if column.of_key:
                parts.append("")
            continue
        try:
            field_value = names.read(_holds(sheet, str(first), column), cells[column])
        except ValueError as error:
            cell = xl_rowcol_to_cell(number, places[column.title.zh])
            book.problems.append(Problem(title, cell, str(error)))
            wrong = True
            continue
        if column.of_key:
            parts.append(str(field_value))
        elif column.is_english:
            if field_value != value.get(column.field):
                value[column.field] = {"zh": value.get(column.field, ""), "en": field_value}
        else:
            value[column.field] = field_value
    if wrong:
        return
    key = (sheet.kind, "/".join(parts).rstrip("/"))
    if key in book.settings:
        book.problems.append(Problem(title, f"A{number + 1}", _("it stands there twice")))
    book.settings[key] = _as_setting(sheet, value)
    book.places[key] = (title, number + 1)


def _give_id(sheet: Sheet, cells: dict[Column, Any], names: _Names) -> None:
    """A new community needs no id: it is made of its name."""
    id_column, name_column = sheet.columns[0], sheet.columns[1]
    name = str(cells.get(name_column, ""))
    if id_column not in cells and name:
        cells[id_column] = names.communities.get(name) or typed_lists.new_id(
            name, names.communities.values()
        )
    community_id = str(cells.get(id_column, ""))
    for word in (community_id, name, str(cells.get(sheet.columns[3], ""))):
        if word:
            names.communities.setdefault(word, community_id)


def _as_setting(sheet: Sheet, value: dict[str, Any]) -> Any:
    """The value of a row as a setting has it."""
    if sheet.kind == settings.DECLINED:
        return True
    if sheet.kind in (settings.DISTRICT, settings.RULE):
        return value.get("value", "")
    return value
