"""Bytes of a text file → text → cells, without guessing by statistics."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell, Finding, Limits, Refused

DAMAGED = "\ufffd"
_DELIMITERS = "\t,;；，|"
_SNIFFED_LINES = 200
_WIDEST = 2_000  # columns; no table of people, days or places has so many
_PER_CELL = 3  # a cell of text costs this process more than a cell elsewhere costs the child
_MOST_DAMAGED = 0.05  # share of damaged characters from which on the encoding is another one


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: BOM, UTF-16 by its zero bytes, strict UTF-8, strict GB18030,
    else the nearer of the two with � for each damaged byte. Raises Refused."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if unmarked := _unmarked_utf16(data):
        return data.decode(unmarked, "replace"), unmarked
    if b"\0" in data:
        data = data.rstrip(b"\0")
        if data.count(b"\0") > len(data) // 1000:
            raise Refused("unreadable_text")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or not is_damaged_utf8(data):
            return text, encoding
    encoding = "utf-8" if is_damaged_utf8(data) else "gb18030"
    text = data.decode(encoding, "replace")
    if text.count(DAMAGED) > max(20, _MOST_DAMAGED * len(text)):
        raise Refused("unreadable_text")
    return text, encoding


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without BOM shows in the zero bytes of its delimiters and line ends."""
    head = data[: 1 << 16]
    if b"\0" not in head or len(data) % 2:
        return None
    marks = {
        encoding: len(re.findall(r"[\t\n,;]", head.decode(encoding, "replace")))
        for encoding in ("utf-16-le", "utf-16-be")
    }
    best, other = sorted(marks, key=lambda encoding: -marks[encoding])
    enough = marks[best] > 1 and marks[best] > 4 * marks[other]
    return best if enough and not data.decode(best, "replace").count(DAMAGED) else None


def is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is Chinese in UTF-8, so that GB18030 would be gibberish."""
    start = re.search(rb"[\x80-\xff]", data)
    if start is None:
        return False
    text = data[start.start() : start.start() + (1 << 18)].decode("utf-8", "replace")
    chinese = sum(len(run) for run in re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", text))
    return chinese > 3 * text.count(DAMAGED)


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into most evenly many fields."""
    head = text[:200_000]
    if match := re.match(r"\s*sep=(.)\s*\n", head):
        return match[1]
    lines = [line for line in head.split("\n")[:_SNIFFED_LINES] if line.strip()]
    if len(lines) > 1 and len(text) > len(head):
        lines.pop()
    if "\t," in head:  # a tab behind each cell keeps a spreadsheet from taking it for a number
        lines = [re.sub(r"\t+(?=,|$)", "", line) for line in lines]
    best, best_share = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(_fields(lines, delimiter))
        counts.pop(1, None)
        if not counts:
            continue
        share = max(counts.values()) / len(lines) + sum(counts.values()) / len(lines) / 2
        if delimiter in "；，":
            share -= 0.3  # marks of a sentence first
        if share > best_share + 1e-9:
            best, best_share = delimiter, share
    return best


def _fields(lines: list[str], delimiter: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return [line.count(delimiter) + 1 for line in lines]


def parse(text: str, limits: Limits) -> tuple[list[list[Cell]], list[Finding]]:
    """Records of a delimited text, one list of cells per row of the spreadsheet."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    delimiter = find_delimiter(text)
    if text.count(delimiter) + text.count("\n") > limits.cells // _PER_CELL:
        raise Refused("too_many_cells", limit=limits.cells // _PER_CELL)
    findings: list[Finding] = []
    if '"' not in text:
        records = [line.split(delimiter) if line else [] for line in text.split("\n")]
    else:
        records, findings = _quoted(text, delimiter)
    while records and not any(records[-1]):
        records.pop()
    if records and records[0] and re.fullmatch(r"\s*sep=.?\s*", records[0][0]):
        records[0] = []
    return [[clean(cell) for cell in record] for record in records], findings


def _quoted(text: str, delimiter: str) -> tuple[list[list[str]], list[Finding]]:
    """Reads quoted fields; where a quotation mark is never closed, each line by itself."""
    csv.field_size_limit(1 << 20)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        swallowed = any(cell.count("\n") > 40 for row in records for cell in row if "\n" in cell)
    except csv.Error:
        swallowed = True
    if not swallowed and text.count('"') % 2 == 0:
        return records, []
    return _line_by_line(text, delimiter)


def _line_by_line(text: str, delimiter: str) -> tuple[list[list[str]], list[Finding]]:
    records, findings = [], []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            record = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            record = line.split(delimiter)
        if line.count('"') % 2:
            record = line.split(delimiter)
            findings.append(Finding("", number, "", "open_quote", line[:200]))
        records.append(record)
    return records, findings


def clean(cell: str) -> str | None:
    """Trimmed text; `="000900"` and `'000900` are the text 000900."""
    cell = cell.strip().strip("\u200b\ufeff")
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        cell = cell[2:-1].replace('""', '"')
    elif cell.startswith("'") and len(cell) > 1 and "'" not in cell[1:]:
        cell = cell[1:]
    return cell or None


def grid_of(records: list[list[Cell]], limits: Limits) -> Grid:
    """The records as a grid; columns that are empty throughout at the right are left out."""
    width = max(map(len, records), default=0)
    if width > _WIDEST or width * len(records) > limits.cells // _PER_CELL:
        raise Refused("too_many_cells", limit=limits.cells // _PER_CELL)
    rows = [row if len(row) == width else row + [None] * (width - len(row)) for row in records]
    columns: list[list[Cell]] = [list(column) for column in zip(*rows, strict=True)]
    while columns and not any(cell is not None for cell in columns[-1]):
        columns.pop()
    return Grid(columns, range(1, len(records) + 1), list(range(1, len(columns) + 1)))
