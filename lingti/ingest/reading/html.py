"""An HTML page saved as .xls → one grid. Runs in the child process."""

from __future__ import annotations

from typing import Any

from lingti.ingest.layout.grid import Grid, Merge
from lingti.ingest.reading.sheet_tables import Cell, Refused
from lingti.ingest.reading.text import clean

_WIDEST = 1_000
_DEEPEST_SPAN = 10_000


def read_html(text: str, cells: int) -> tuple[Grid | None, str]:
    """The tables of a page one below the other, and the text above the first.

    Raises Refused for a page that only frames other files.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return None, ""
    tables = [t for t in root.iter("table") if next(t.iterdescendants("table"), None) is None]
    tables = [t for t in tables if next(t.iter("td", "th"), None) is not None]
    if not tables:
        frames = [f.get("src") or "" for f in root.iter("frame", "iframe")]
        if frames or next(root.iter("frameset"), None) is not None:
            raise Refused("frameset", what=", ".join(frames[:3]))
        return None, ""
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    for table in tables:
        _add_table(table, rows, merges, cells)
    width = max(map(len, rows), default=0)
    if width * len(rows) > cells:
        raise Refused("too_many_cells", limit=cells)
    padded = [row + [None] * (width - len(row)) for row in rows]
    columns: list[list[Cell]] = [list(column) for column in zip(*padded, strict=True)]
    merges = [m for m in merges if m.bottom < len(rows) and m.right < width]
    grid = Grid(columns, range(1, len(rows) + 1), list(range(1, width + 1)), merges)
    return grid, _text_above(tables[0])


def _add_table(table: Any, rows: list[list[Cell]], merges: list[Merge], cells: int) -> None:
    """Appends a table's rows; spanned cells are merged ranges."""
    hanging: dict[int, int] = {}  # column → rows that a cell above still spans
    lines = list(table.iter("tr"))
    top = len(rows)
    for at, line in enumerate(lines):
        row: list[Cell] = []
        for cell in line:
            if cell.tag not in ("td", "th") or _is_hidden(cell):
                continue
            while hanging.get(len(row), 0):
                row.append(None)
            wide = _span(cell.get("colspan"), _WIDEST)
            deep = min(_span(cell.get("rowspan"), _DEEPEST_SPAN), len(lines) - at)
            if wide > 1 or deep > 1:
                left = len(row)
                merges.append(Merge(top + at, left, top + at + deep - 1, left + wide - 1))
            for column in range(len(row), len(row) + wide):
                if deep > 1:
                    hanging[column] = deep  # counted down at the end of this row
            row.append(_cell_text(cell))
            row.extend([None] * (wide - 1))
        while hanging.get(len(row), 0):
            row.append(None)
        hanging = {c: n - 1 for c, n in hanging.items() if n > 1}
        rows.append(row)
        if len(rows) * max(1, len(row)) > cells:
            raise Refused("too_many_cells", limit=cells)


def _span(written: str | None, most: int) -> int:
    digits = (written or "").strip()
    return max(1, min(int(digits), most)) if digits.isdigit() and len(digits) < 9 else 1


def _is_hidden(element: Any) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _cell_text(cell: Any) -> Cell:
    parts: list[str] = []
    for node in cell.iter():
        if node.tag in ("script", "style"):
            continue
        if node.tag == "br":
            parts.append("\n")
        if node.text:
            parts.append(" ".join(node.text.split()) if "\n" in node.text else node.text)
        if node.tail and node is not cell:
            parts.append(" ".join(node.tail.split()) if "\n" in node.tail else node.tail)
    return clean("".join(parts).replace("\xa0", " "))


def _text_above(table: Any) -> str:
    """The headings and paragraphs before the first table: often its title."""
    texts: list[str] = []
    for element in table.xpath("preceding::h1|preceding::h2|preceding::h3|preceding::p"):
        text = " ".join("".join(element.itertext()).split())
        if text and len(text) < 200:
            texts.append(text)
    texts += [" ".join("".join(c.itertext()).split()) for c in table.iter("caption")]
    return " ".join(texts[-5:])
