"""Texts in the cells of documents with the colours they are written in, as `#rrggbb`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
import pptx
from lxml import etree


def word_cells(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a Word file's tables that have a colour, with it."""
    for table in docx.Document(io.BytesIO(data)).tables:
        for cell in table._cells:
            for run in cell.paragraphs[0].runs:
                if run.font.color.rgb is not None:
                    yield cell.text, f"#{run.font.color.rgb}"


def slide_cells(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of the tables of slides, with their colours."""
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in (one for one in slide.shapes if one.has_table):
            for cell in shape.table.iter_cells():
                for run in cell.text_frame.paragraphs[0].runs:
                    yield cell.text, f"#{run.font.color.rgb}"


def sheet_cells(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a workbook's cells with the colours of their fonts."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {one: etree.fromstring(book.read(one)) for one in book.namelist() if "xml" in one}
    styles = parts["xl/styles.xml"]
    colours = [_rgb(one) for one in styles.iterfind("{*}fonts/{*}font")]
    fonts = [int(one.get("fontId")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    texts = ["".join(one.itertext()) for one in parts["xl/sharedStrings.xml"].iterfind("{*}si")]
    for name, sheet in parts.items():
        for cell in sheet.iterfind(".//{*}c[@t='s']") if name.startswith("xl/worksheets/") else ():
            yield texts[int(cell.findtext("{*}v"))], colours[fonts[int(cell.get("s", 0))]]


def _rgb(font: etree._Element) -> str:
    colour = font.find("{*}color")
    return "" if colour is None else f"#{colour.get('rgb', '')[-6:]}"
