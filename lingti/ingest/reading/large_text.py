"""Large regular text files: parsed by Arrow, laid out by their first, last and odd rows.

Bytes are cut at delimiters before they are decoded, since in UTF-8 and GB18030 no delimiter is part
of a longer character. So only distinct cells are decoded; the text is of an encoding if all are.

The general way makes a Python object of every cell, which takes ten times as long. What is not
regular (fields of different number, groups to fill down, damaged characters, several tables)
goes that way.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lingti.ingest.layout.cell_kinds import TOTAL_MARKS, total_word
from lingti.ingest.layout.find_tables import lay_out
from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell, Column, Reading, Table
from lingti.ingest.reading.text import DAMAGED, clean, decode, find_delimiter, is_damaged_utf8

LARGE = 3_000_000  # bytes from which on this way pays
_OPENING = 200_000  # bytes in which the delimiter is looked for
_WHOLE_BYTES = "\t,;"  # delimiters whose byte is part of no longer character in GB18030
_HEAD, _TAIL = 300, 150  # lines at both ends that are read one by one
_MOST_ODD = 5_000
_WIDEST = 1_000  # fields


class _Strings:
    """One column of the whole text: its cells as bytes, and its distinct ones as texts."""

    def __init__(
        self, beside: Executor, codec: str, head: list[Cell], middle: Any, tail: list[Cell]
    ) -> None:
        import pyarrow

        ends = ([str(cell).encode(codec) if cell else None for cell in end] for end in (head, tail))
        first, last = (pyarrow.array(end, pyarrow.binary()) for end in ends)
        whole = pyarrow.chunked_array([first, *middle.chunks, last], pyarrow.binary())
        self.is_empty = bool(whole.null_count == len(whole))
        self._codec = codec
        # Begun at once: Arrow finds the distinct cells of one column beside the work on others.
        self._encoding = beside.submit(_encoded, whole)

    @cached_property
    def joined(self) -> str:
        """The distinct cells as they stand, with zeros between. Raises UnicodeDecodeError."""
        joined, _codes = self._encoding.result()
        return str(joined, self._codec)

    @cached_property
    def encoded(self) -> tuple[list[Cell], Any]:
        """The distinct cells, and the position of each row's cell among them (numpy)."""
        _joined, codes = self._encoding.result()
        values = [] if self.is_empty else self.joined.split("\0")
        has_empty = codes.null_count > 0
        if has_empty:
            codes = codes.fill_null(len(values))
        return _cleaned(values, self.joined, codes.to_numpy(zero_copy_only=False), has_empty)


def _encoded(cells: Any) -> tuple[bytes, Any]:
    """The distinct cells of a column of bytes with zeros between, and each row's position."""
    import pyarrow
    from pyarrow import compute

    encoded = cells.dictionary_encode().combine_chunks()
    together = pyarrow.ListArray.from_arrays([0, len(encoded.dictionary)], encoded.dictionary)
    return compute.binary_join(together, b"\0")[0].as_py(), encoded.indices


@dataclass
class _Text:
    """A text as columns, with the records of its first and last lines."""

    head: list[list[Cell]]
    columns: list[_Strings]
    tail: list[list[Cell]]
    height: int


def read_large(data: bytes) -> Reading | None:
    """A large text that is regular; None where it is not that regular. Raises Refused."""
    data, encodings = _in_bytes(data)
    data = data.rstrip(b"\x1a")  # the mark of the end that old systems write
    for encoding, codec in encodings:
        if encoding == codec == "gb18030" and is_damaged_utf8(data):
            return None
        try:
            table = _read_regular(data, codec)
        except UnicodeDecodeError:
            continue
        return None if table is None else Reading("csv", encoding, [table])
    return None


def _in_bytes(data: bytes) -> tuple[bytes, list[tuple[str, str]]]:
    """The text in bytes of which those of ASCII stand for themselves, and the encodings it may
    have been in with the codec of these bytes, the likeliest first."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :], [("utf-8-sig", "utf-8")]
    if b"\0" in data:  # UTF-16, or zeros at the end
        text, encoding = decode(data)
        return text.encode(), [(encoding, "utf-8")]
    return data, [("utf-8", "utf-8"), ("gb18030", "gb18030")]


def _read_regular(data: bytes, codec: str) -> Table | None:
    """The one table of a large regular text. Raises UnicodeDecodeError."""
    whole = _columns_of(data, codec)
    if whole is None:
        return None
    odd = _odd_rows(whole)
    if odd is None:
        return None
    if any(DAMAGED in column.joined for column in whole.columns):
        return None
    table = lay_out(_sample(whole, odd), "", 1)
    if table.other_tables or table.filled_down or table.set_aside_columns or not table.columns:
        return None
    left_out = set(range(len(whole.columns))) - {c - 1 for c in table.column_numbers}
    if max(table.header_rows, default=0) > len(whole.head):
        return None
    if any(not whole.columns[c].is_empty for c in left_out):
        return None  # a column without a name that the sample shows as empty
    return _filled(table, whole, odd)


def _columns_of(data: bytes, codec: str) -> _Text | None:
    import pyarrow

    opening = data[: data.rfind(b"\n", 0, _OPENING) + 1]
    if not opening or data.startswith(b"sep=") or b"\0" in data:
        return None
    delimiter = find_delimiter(opening.decode(codec).replace("\r\n", "\n"))
    if not delimiter.isascii():
        return None
    if codec == "gb18030" and delimiter not in _WHOLE_BYTES:
        data, codec = data.decode(codec).encode(), "utf-8"
    start, stop = _after_lines(data, _HEAD), _before_lines(data, _TAIL)
    if start < 0 or stop <= start:
        return None
    head, tail = data[:start].decode(codec), data[stop:].decode(codec)
    if any(part.count('"') % 2 for part in (head, tail)):
        return None
    quoted = data.find(b'"', start, stop) >= 0
    first, last = (_records(part, delimiter) for part in (head, tail))
    width = max(map(len, first), default=0)
    if not last or not 0 < width <= _WIDEST:
        return None
    if max(map(len, last)) > width:
        return None
    try:  # Arrow refuses rows of another width
        middle = _parsed(pyarrow.py_buffer(data)[start:stop], delimiter, width, quoted)
    except pyarrow.ArrowInvalid:
        return None
    if all(column.null_count for column in middle.columns):
        return None  # there may be empty rows
    if data.count(b"\n", start, stop) != middle.num_rows:
        return None  # breaks within lines or cells, or a quotation mark that is never closed
    first, last = ([row + [None] * (width - len(row)) for row in rows] for rows in (first, last))
    beside = ThreadPoolExecutor(os.cpu_count())
    columns = [
        _Strings(
            beside, codec, [row[c] for row in first], middle.column(c), [row[c] for row in last]
        )
        for c in range(width)
    ]
    beside.shutdown(wait=False)  # what is begun goes on
    return _Text(first, columns, last, len(first) + middle.num_rows + len(last))


def _after_lines(data: bytes, lines: int) -> int:
    at = 0
    for _ in range(lines):
        at = data.find(b"\n", at) + 1
        if not at:
            return -1
    return at


def _before_lines(data: bytes, lines: int) -> int:
    at = len(data)
    while at and data[at - 1 : at].isspace():
        at -= 1
    for _ in range(lines):
        at = data.rfind(b"\n", 0, at)
        if at < 0:
            return -1
    return at + 1


def _records(part: str, delimiter: str) -> list[list[Cell]]:
    lines = io.StringIO(part.replace("\r\n", "\n").rstrip("\n"), newline="")
    return [[clean(cell) for cell in row] for row in csv.reader(lines, delimiter=delimiter)]


def _parsed(between: Any, delimiter: str, width: int, quoted: bool) -> Any:
    import pyarrow
    from pyarrow import csv as arrow_csv

    names = [f"f{i}" for i in range(width)]
    return arrow_csv.read_csv(
        between,
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=1 << 20),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter,
            quote_char='"' if quoted else False,
            newlines_in_values=quoted,
            ignore_empty_lines=False,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pyarrow.binary()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _odd_rows(text: _Text) -> list[int] | None:
    """Rows between that may be totals or the header again; None if there are too many."""
    import numpy

    header = next((row for row in text.head if sum(cell is not None for cell in row) > 1), [])
    odd_rows: set[int] = set()
    for column, name in zip(text.columns[:4], [*header, None, None, None, None], strict=False):
        values, codes = column.encoded
        odd = [values.index(name)] if name in values else []
        joined = column.joined.lower()
        if any(mark in joined for mark in TOTAL_MARKS):
            odd += [at for at, cell in enumerate(values) if _is_total(cell)]
        if odd:
            among = codes == odd[0] if len(odd) == 1 else numpy.isin(codes, odd)
            odd_rows.update(numpy.flatnonzero(among).tolist())
        if len(odd_rows) > _MOST_ODD:
            return None
    first, last = len(text.head), text.height - len(text.tail)
    return sorted(at for at in odd_rows if first <= at < last)


def _is_total(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) < 40 and total_word(cell) != ""


def _sample(text: _Text, odd: list[int]) -> Grid:
    """The rows of both ends and the odd ones between, with their row numbers."""
    rows: list[list[Cell]] = [*text.head]
    columns = [column.encoded for column in text.columns] if odd else []
    rows += [[values[codes[at]] for values, codes in columns] for at in odd]
    rows += text.tail
    numbers = [*range(len(text.head)), *odd, *range(text.height - len(text.tail), text.height)]
    return Grid(
        [list(column) for column in zip(*rows, strict=True)],
        [at + 1 for at in numbers],
        list(range(1, len(text.columns) + 1)),
    )


def _filled(sample: Table, text: _Text, odd: list[int]) -> Table:
    """The table of the sample with the rows between put in."""
    import numpy

    kept = numpy.ones(text.height, dtype=bool)
    kept[: len(text.head)] = kept[text.height - len(text.tail) :] = kept[odd] = False
    kept[[number - 1 for number in sample.row_numbers]] = True
    first, last = int(kept.argmax()), text.height - int(kept[::-1].argmax())
    if kept[first:last].all():
        rows: Any = slice(first, last)
        sample.row_numbers = range(first + 1, last + 1)
    else:
        rows = kept
        sample.row_numbers = (numpy.flatnonzero(kept) + 1).tolist()
    sample.data = [_column(text.columns[number - 1], rows) for number in sample.column_numbers]
    return sample


def _column(strings: _Strings, rows: Any) -> Column:
    def load() -> tuple[list[Cell], Any]:
        import numpy

        values, codes = strings.encoded
        codes = codes[rows]
        used = numpy.bincount(codes, minlength=len(values)) > 0
        if used.all():
            return values, codes
        moved = (numpy.cumsum(used) - 1).astype(codes.dtype)
        return [value for value, kept in zip(values, used, strict=True) if kept], moved[codes]

    return Column(load=load)


def _cleaned(values: list[str], joined: str, codes: Any, has_empty: bool) -> tuple[list[Cell], Any]:
    """The values trimmed, those that became equal under one code; the last code is empty."""
    import numpy

    empty: list[Cell] = [None] if has_empty else []
    special = any(mark in joined for mark in ("\0'", '="', "\u200b", "\ufeff")) or joined[:1] == "'"
    has_blanks = joined.split(None, 1) != [joined]
    if not special and not (has_blanks and list(map(str.strip, values)) != values):
        return [*values, *empty], codes
    trimmed: list[Cell] = [*(clean(value) for value in values), *empty]
    places = {value: at for at, value in enumerate(dict.fromkeys(trimmed))}
    moved = numpy.array([places[value] for value in trimmed], dtype=codes.dtype)
    return list(places), moved[codes]
