"""Reads a docx form: its tables by the grid, and the lines with something to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from lingti.forms.reading.grid import Cell, Form, Grid, Line, Place
from lingti.forms.reading.package import FormError, Package
from lingti.language import gettext as _

PART = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def body_of(root: etree._Element) -> etree._Element:
    """The body of a document. Raises FormError for one in another dialect of the format."""
    body: etree._Element | None = root.find(f"{W}body")
    if body is None:
        strict = root.find(f"{_STRICT_W}body") is not None
        raise FormError(
            "other_format" if strict else "damaged",
            _("Open the document in WPS or Word, save it as .docx, and drop it again."),
        )
    return body


def read(package: Package) -> Form:
    """The tables and lines of a document. Raises FormError."""
    root = package.xml(PART)
    assert root is not None, "the kind of a package is told by this part"
    form = Form("docx")
    around: dict[int, list[str]] = {}
    above: list[str] = []
    paragraphs = tables = 0
    for element in blocks(body_of(root)):
        if element.tag == f"{W}p":
            paragraphs += 1
            text = text_of(element)
            form.lines.append(Line(f"P{paragraphs}", text))
            if text.strip():
                above.append(text)
        elif element.tag == f"{W}tbl":
            tables += 1
            around[len(form.grids) + 1], above = above, []
            _add(form, element, f"T{tables}")
    form.around = around
    return form


def _add(
    form: Form, table: etree._Element, name: str, within: tuple[int, Place] | None = None
) -> None:
    """Adds a table to a form, and after it those within its cells."""
    grid = _grid(table, name)
    grid.within = within
    number = len(form.grids)
    form.grids.append(grid)
    for row, column, _wide, cell in cells_of(table):
        for inner, table_within in enumerate(tables_of(cell), 1):
            address = grid.address((row, column))
            _add(form, table_within, f"{address}T{inner}", (number, (row, column)))


def tables_of(cell: etree._Element) -> list[etree._Element]:
    """The tables that stand in a cell."""
    return [block for block in blocks(cell) if block.tag == f"{W}tbl"]


def blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables, rows or cells of an element, those in content controls too."""
    for element in parent:
        if element.tag == f"{W}sdt":
            content = element.find(f"{W}sdtContent")
            if content is not None:
                yield from blocks(content)
        else:
            yield element


def text_of(element: etree._Element) -> str:
    """The text of a paragraph or of all paragraphs of a cell, as its runs have it."""
    if element.tag != f"{W}p":
        return "\n".join(
            text_of(block) for block in blocks(element) if block.tag == f"{W}p"
        ).strip()
    return "".join(text for _piece, text in shown(element))


def pieces(paragraph: etree._Element) -> list[etree._Element]:
    """The texts of a paragraph's runs, without those that were deleted."""
    return [
        text
        for text in paragraph.iter(f"{W}t")
        if not any(up.tag == f"{W}del" for up in text.iterancestors())
    ]


def shown(paragraph: etree._Element) -> list[tuple[etree._Element, str]]:
    """The texts of a paragraph's runs as one sees them: underlined spaces alone are blanks."""
    seen: list[tuple[etree._Element, str]] = []
    for lined, parts in groupby(pieces(paragraph), _is_underlined):
        texts = [(part, part.text or "") for part in parts]
        whole = "".join(text for _one, text in texts)
        if lined and whole and not whole.strip():
            texts = [(piece, "_" * len(text)) for piece, text in texts]
        seen += texts
    return seen


def _is_underlined(piece: etree._Element) -> bool:
    run = next(piece.iterancestors(f"{W}r"), None)
    line = run.find(f"{W}rPr/{W}u") if run is not None else None
    return line is not None and line.get(f"{W}val", "single") != "none"


def cells_of(table: etree._Element) -> Iterator[tuple[int, int, int, etree._Element]]:
    """Every cell of a table: row and grid column from 1, how many columns it spans, element."""
    rows = [block for block in blocks(table) if block.tag == f"{W}tr"]
    for row, line in enumerate(rows, 1):
        skipped = line.find(f"{W}trPr/{W}gridBefore")
        column = 1 + (int(skipped.get(f"{W}val", 0)) if skipped is not None else 0)
        for cell in blocks(line):
            if cell.tag == f"{W}tc":
                width = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = int(width.get(f"{W}val", 1)) if width is not None else 1
                yield row, column, wide, cell
                column += wide


def _grid(table: etree._Element, name: str) -> Grid:
    grid = Grid("-", table=name)
    open_from: dict[int, tuple[int, int, int]] = {}  # column → first row, its last one, width
    for row, column, wide, cell in cells_of(table):
        joined = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = joined is not None and joined.get(f"{W}val", "continue") == "continue"
        if goes_on and column in open_from and open_from[column][1] == row - 1:
            first, _last, width = open_from[column]
            open_from[column] = first, row, width
            grid.merge((first, column), (row, column + width - 1))
            continue
        text = text_of(cell)
        kind = "text" if text or tables_of(cell) else "empty"
        grid.cells[row, column] = Cell(text, kind)
        if joined is not None:
            open_from[column] = row, row, wide
        if wide > 1:
            grid.merge((row, column), (row, column + wide - 1))
    return grid
