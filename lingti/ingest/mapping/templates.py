"""Blank workbooks, one per canonical table, that import without any mapping.

A template's headers are the titles of our columns, in Chinese or English; a file that has no
others, and all that are required, is recognised for every community.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from lingti import catalog
from lingti.catalog import PERSON, Column, Table
from lingti.district import ColumnMap, District, Feed, Source
from lingti.ingest.checking.convert_column import EARLIEST
from lingti.ingest.mapping.match_source import TEMPLATE, Piece, plain
from lingti.language import LANGUAGES, Text
from lingti.language import gettext as _
from lingti.palette import SHEET_NOTE, SHEET_OPTIONAL, SHEET_REQUIRED

# Tables whose rows may carry the number of a case, so that a changed row finds the old one.
WITH_CASE_NUMBER = ("concerns", "decisions", "training")
CASE_NUMBER = Text("编号", "Number")
PERSONS = {
    "name": Text("姓名", "Name"),
    "phone": Text("联系电话", "Phone"),
    "id": Text("身份证号", "ID number"),
}
# The columns that a corrections workbook adds; nothing ever takes them.
TO_CORRECT = Text("需要修改", "To correct")
ORIGINAL_FILE = Text("原文件", "Original file")
ORIGINAL_ROW = Text("原行号", "Original row")
ADDED = {
    plain(text) for one in (TO_CORRECT, ORIGINAL_FILE, ORIGINAL_ROW) for text in (one.zh, one.en)
}
ROWS = 2000  # that carry drop-down lists and formats


def headers(table: Table) -> Iterator[tuple[str, Text, Column | None]]:
    """Our columns in the order of a template: the name in a mapping, the header, the column."""
    if table.name in WITH_CASE_NUMBER:
        yield "", CASE_NUMBER, None
    for column in table.columns:
        if column.name == PERSON:
            yield from ((name, title, None) for name, title in PERSONS.items())
        else:
            yield column.name, column.title, column


def fitting(known: District, community: str, pieces: list[Piece]) -> list[Source]:
    """The built-in sources whose template the tables found are filled-in copies of."""
    own = [source for source in known.sources.values() if source.community == community]
    fitting = [
        replace(source, catalog=known.catalog)
        for table in known.catalog.tables.values()
        for language in LANGUAGES
        for piece in pieces
        if (source := _filled_in(table, language, own, community, piece)) is not None
    ]
    # A table of the home's own is called the same in both languages.
    return [one for place, one in enumerate(fitting) if one not in fitting[:place]]


def _filled_in(
    table: Table, language: str, own: list[Source], community: str, piece: Piece
) -> Source | None:
    """The source for one filled-in template; None where the table is something else."""
    titles = {name: getattr(title, language) for name, title, _column in headers(table)}
    there = {plain(name) for name in piece.table.columns if name not in piece.table.made_columns}
    known = ADDED | {plain(title) for title in titles.values()}
    required = {
        plain(titles[column.name])
        for column in table.columns
        if column.required and column.name in titles
    }
    if not there <= known or not required <= there:
        return None
    if table.has_person and not there & {plain(titles[name]) for name in PERSONS}:
        return None
    replaces, part = _as_before(table, own)
    case_number = plain(CASE_NUMBER.zh if language == "zh" else CASE_NUMBER.en)
    if replaces == "key" and case_number not in there:
        return None
    columns = {
        name: ColumnMap((title,))
        for name, title in titles.items()
        if name and plain(title) in there
    }
    return Source(
        id=f"{TEMPLATE}{table.name}",
        community=community,
        title=table.title,
        replaces=replaces,
        part=part,
        key=titles[""] if replaces == "key" else None,
        feeds=signed_feeds(table.name, columns),
    )


def signed_feeds(table: str, columns: dict[str, ColumnMap]) -> tuple[Feed, ...]:
    """The feeds of a table; in a points ledger deductions count as negative however written."""
    kind = columns.get("kind")
    if table != "points" or kind is None or not kind.columns or "points" not in columns:
        return (Feed(table, columns),)
    words = catalog.program().tables["points"].column("kind").words["deduct"]
    written = {"deduct", words.zh, words.en, *(w for w, v in kind.values.items() if v == "deduct")}
    deductions = {kind.columns[0]: tuple(sorted(written))}
    turned = {**columns, "points": replace(columns["points"], sign="-1")}
    return (Feed(table, columns, unless=deductions), Feed(table, turned, when=deductions))


def _as_before(table: Table, own: list[Source]) -> tuple[str, str]:
    """What a template replaces: what the community's own source for the table does."""
    for source in own:
        if table.name in source.tables:
            return source.replaces, source.part
    return ("days" if table.has_day else "all"), ""


def workbook(table: Table, language: str) -> bytes:
    """The blank workbook of a canonical table."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"font_color": SHEET_NOTE, "text_wrap": True, "valign": "top"}),
            "required": book.add_format({"bold": True, "bg_color": SHEET_REQUIRED, "bottom": 1}),
            "optional": book.add_format({"bg_color": SHEET_OPTIONAL, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "text": book.add_format({"num_format": "@"}),
        }
        sheet = book.add_worksheet(getattr(table.title, language)[:31])
        columns = list(headers(table))
        sheet.write_string(0, 0, getattr(table.title, language), looks["title"])
        sheet.merge_range(1, 0, 1, max(1, len(columns) - 1), _note(table, language), looks["note"])
        sheet.set_row(1, 48)
        sheet.freeze_panes(3, 0)
        for place, (ours, title, column) in enumerate(columns):
            required = column is not None and column.required
            look = looks["required" if required else "optional"]
            sheet.write_string(2, place, getattr(title, language), look)
            kind = "day" if column is not None and column.type == "date" else "text"
            plain_number = column is not None and column.type not in ("date", "varchar")
            sheet.set_column(place, place, 16, None if plain_number else looks[kind])
            rule = _validation(ours, column, language)
            if rule:
                sheet.data_validation(3, place, ROWS, place, rule)
    return out.getvalue()


def _note(table: Table, language: str) -> str:
    parts = [
        _("Note: {grain}.").format(grain=getattr(table.grain, language)),
        _("Darker columns must be filled in. Days as 2024-06-10."),
    ]
    if table.has_person:
        parts.append(_("Of name, phone and ID number at least one; they never leave the import."))
    if table.name in WITH_CASE_NUMBER:
        parts.append(_("A number of the case is useful where rows change later."))
    return " ".join(parts)


def _validation(ours: str, column: Column | None, language: str) -> dict[str, object] | None:
    """The drop-down list or the rule of a column's cells, with a message."""
    if column is None:
        return None
    if column.allowed:
        words = [getattr(column.words[one], language) for one in column.allowed]
        return {"validate": "list", "source": words}
    if column.type == "boolean":
        return {"validate": "list", "source": ["是", "否"] if language == "zh" else ["yes", "no"]}
    if column.type == "date":
        return {
            "validate": "date",
            "criteria": ">=",
            "value": EARLIEST,
            "input_message": _("A day, such as 2024-06-10"),
            "error_message": _("Enter a day, such as 2024-06-10."),
        }
    if column.low is not None and column.high is not None:
        return {
            "validate": "integer" if column.type == "integer" else "decimal",
            "criteria": "between",
            "minimum": column.low,
            "maximum": column.high,
            "error_message": _("between {low:g} and {high:g}").format(
                low=column.low, high=column.high
            ),
        }
    return None
