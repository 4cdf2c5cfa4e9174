"""Reads the sheets of an xlsx or xlsm form: every cell's text, and what may be written to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from lingti.forms.reading.grid import Cell, Grid, Place, place_of
from lingti.forms.reading.package import FormError, Package
from lingti.language import gettext as _

MOST_CELLS = 200_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PERCENT_IDS = {9, 10}


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, the part it is kept in, and whether people see it."""

    name: str
    part: str
    visible: bool


def sheets(package: Package) -> list[Sheet]:
    """The sheets in their order, without charts. Raises FormError."""
    book = package.xml("xl/workbook.xml")
    relations = package.xml("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise FormError("damaged", _("The file is damaged and cannot be opened."))
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in relations
        if (relation.get("Type") or "").endswith("/worksheet")
    }
    worksheets = []
    for element in named(book, "sheet"):
        target = targets.get(element.get(_RELATION) or element.get(_STRICT))
        if target:
            part = target.lstrip("/") if target[0] == "/" else posixpath.join("xl", target)
            state = element.get("state", "visible")
            worksheets.append(
                Sheet(element.get("name", ""), posixpath.normpath(part), state == "visible")
            )
    return worksheets


def read(package: Package) -> list[Grid]:
    """The visible sheets. Raises FormError."""
    texts, looks = _shared(package), _looks(package)
    return [_grid(package, sheet, texts, looks) for sheet in sheets(package) if sheet.visible]


def named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a name, whatever their namespace."""
    yield from root.iter(f"{{*}}{name}")


def _shared(package: Package) -> list[str]:
    root = package.xml("xl/sharedStrings.xml")
    return [] if root is None else [_text(item) for item in root.iterchildren("{*}si")]


def _text(element: etree._Element) -> str:
    """The text of a string or of its runs, without how it is pronounced."""
    return "".join(
        text.text or "" for text in named(element, "t") if not list(text.iterancestors("{*}rPh"))
    )


@dataclass(frozen=True)
class _Look:
    percent: bool
    locked: bool


def _looks(package: Package) -> list[_Look]:
    root = package.xml("xl/styles.xml")
    if root is None:
        return []
    own = {
        int(element.get("numFmtId", 0)): element.get("formatCode", "")
        for element in named(root, "numFmt")
    }
    formats = next(root.iterchildren("{*}cellXfs"), None)
    looks = []
    for element in [] if formats is None else formats.iterchildren("{*}xf"):
        number = int(element.get("numFmtId", 0))
        unquoted = re.sub(r'"[^"]*"|\\.', "", own.get(number, ""))
        guard = next(element.iterchildren("{*}protection"), None)
        locked = guard is None or guard.get("locked", "1") not in ("0", "false")
        looks.append(_Look(number in _PERCENT_IDS or "%" in unquoted, locked))
    return looks


def _grid(package: Package, sheet: Sheet, texts: list[str], looks: list[_Look]) -> Grid:
    root = package.xml(sheet.part)
    grid = Grid(sheet.name)
    if root is None:
        return grid
    guard = next(root.iterchildren("{*}sheetProtection"), None)
    guarded = guard is not None and guard.get("sheet", "0") in ("1", "true")
    for place, element in _cells(root):
        style = int(element.get("s", 0))
        look = looks[style] if style < len(looks) else _Look(False, True)
        text, kind = _content(element, texts)
        grid.cells[place] = Cell(text, kind, look.percent, guarded and look.locked)
        if len(grid.cells) > MOST_CELLS:
            raise FormError("too_large", _("A sheet has more cells than a form needs."))
    for merged in named(root, "mergeCell"):
        first, _colon, last = merged.get("ref", "").partition(":")
        try:
            grid.merge(place_of(first), place_of(last or first))
        except ValueError:
            continue
    return grid


def _cells(root: etree._Element) -> Iterator[tuple[Place, etree._Element]]:
    """Every cell with its place, which some programs leave out."""
    row = 0
    for line in named(root, "row"):
        row = int(line.get("r", row + 1))
        column = 0
        for element in line.iterchildren("{*}c"):
            column = place_of(element.get("r", ""))[1] if element.get("r") else column + 1
            yield (row, column), element


def _content(element: etree._Element, texts: list[str]) -> tuple[str, str]:
    """The text of a cell and what it holds."""
    value = next(element.iterchildren("{*}v"), None)
    plain = "" if value is None else value.text or ""
    if next(element.iterchildren("{*}f"), None) is not None:
        return "", "formula"
    kind = element.get("t", "n")
    if kind == "s" and plain:
        plain = texts[int(plain)] if int(plain) < len(texts) else ""
    elif kind == "inlineStr":
        plain = _text(element)
    if not plain.strip():
        return "", "empty"
    return (plain, "number") if kind == "n" else (plain, "text")
