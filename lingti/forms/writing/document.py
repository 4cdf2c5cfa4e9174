"""Puts values into the tables and lines of a docx form: its document part alone, looks kept."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

from lxml import etree

from lingti.forms.reading import row_kinds
from lingti.forms.reading.document import (
    PART,
    W,
    blocks,
    body_of,
    cells_of,
    shown,
    tables_of,
    text_of,
)
from lingti.forms.reading.package import Package
from lingti.forms.writing.archive import repacked

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def filled(package: Package, values: Mapping[str, str]) -> bytes:
    """The document with texts by address, `T1R2C4` or `P3B1`; the same bytes without any."""
    if not values:
        return package.data
    root = package.xml(PART)
    assert root is not None, "the kind of a package is told by this part"
    tables = paragraphs = 0
    for element in blocks(body_of(root)):
        if element.tag == f"{W}tbl":
            tables += 1
            _fill_table(element, f"T{tables}", values)
        elif element.tag == f"{W}p":
            paragraphs += 1
            _fill_blanks([element], f"P{paragraphs}", values)
    data = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return repacked(package, {PART: data})


def _fill_table(table: etree._Element, name: str, values: Mapping[str, str]) -> None:
    for row, column, _wide, cell in cells_of(table):
        address = f"{name}R{row}C{column}"
        text = values.get(address)
        inner = tables_of(cell)
        for number, table_within in enumerate(inner, 1):
            _fill_table(table_within, f"{address}T{number}", values)
        if text is not None and not inner and not text_of(cell):
            _write(cell, text)
        else:
            _fill_blanks([block for block in blocks(cell) if block.tag == f"{W}p"], address, values)


def _write(cell: etree._Element, text: str) -> None:
    """A text into the first paragraph of an empty cell, in the looks that its run or mark has."""
    paragraph = next((block for block in blocks(cell) if block.tag == f"{W}p"), None)
    if paragraph is None:
        paragraph = etree.SubElement(cell, f"{W}p")
    run = next(paragraph.iter(f"{W}r"), None)
    if run is None:
        run = etree.SubElement(paragraph, f"{W}r")
        looks = paragraph.find(f"{W}pPr/{W}rPr")
        if looks is not None:
            own = copy.deepcopy(looks)
            for mark in own.findall(f"{W}ins") + own.findall(f"{W}del"):
                own.remove(mark)
            run.append(own)
    for old in run.findall(f"{W}t"):
        run.remove(old)
    piece = etree.SubElement(run, f"{W}t")
    piece.text = text


def _fill_blanks(paragraphs: list[etree._Element], address: str, values: Mapping[str, str]) -> None:
    """Texts in the place of blanks; a text begins in the run in which its blank began."""
    before = 0
    for paragraph in paragraphs:
        texts = shown(paragraph)
        parts = [piece for piece, _text in texts]
        blanks = row_kinds.blanks("".join(text for _piece, text in texts))
        for number, (start, end) in reversed(list(enumerate(blanks, before + 1))):
            text = values.get(f"{address}B{number}")
            if text is not None:
                _replace(parts, start, end, text)
        before += len(blanks)


def _replace(parts: list[etree._Element], start: int, end: int, text: str) -> None:
    at = 0
    for piece in parts:
        old = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(old))
        if first < last:
            piece.text = old[:first] + (text if start >= at else "") + old[last:]
            if re.match(r"\s|.*\s$", piece.text):
                piece.set(_SPACE, "preserve")
        at += len(old)
