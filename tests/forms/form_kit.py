"""Forms for tests: what stands in a filled one, read by other libraries than fill it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import pytest
import python_calamine
from docx.table import Table

from lingti import district, warehouse
from lingti.forms import filling
from lingti.forms.filling import Filled, Wish
from lingti.forms.reading.package import FormError, opened

HERE = Path(__file__).parent
Ask = Callable[..., list[dict[str, Any]]]


def fill(home: Path, form: Path | bytes, **wish: Any) -> Filled:
    """A form filled from a home, in memory."""
    data = form if isinstance(form, bytes) else form.read_bytes()
    return filling.fill(warehouse.current(home), district.load(home), opened(data), Wish(**wish))


def contents(data: bytes, kind: str) -> dict[str, object]:
    """Sheet and cell → what stands there; empty ones left out."""
    if kind == "docx":
        return dict(_of_document(data))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: dict[str, object] = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        for row, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
            for column, cell in enumerate(cells, 1):
                if cell != "":
                    found[f"{name}!{_letters(column)}{row}"] = cell
    return found


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _of_document(data: bytes) -> Iterator[tuple[str, str]]:
    for number, table in enumerate(docx.Document(io.BytesIO(data)).tables, 1):
        yield from _of_table(table, f"T{number}")


def _of_table(table: Table, name: str) -> Iterator[tuple[str, str]]:
    """Cells of a Word table and of those within it, T1R2C4 and T1R2C4T1R1C2."""
    for row, line in enumerate(table.rows, 1):
        column = 1 + line.grid_cols_before
        for cell in line._tr.tc_lst:
            address = f"{name}R{row}C{column}"
            if text := "".join(one.text for one in cell.p_lst):
                yield f"-!{address}", text
            for number, inner in enumerate(cell.tbl_lst, 1):
                yield from _of_table(Table(inner, table), f"{address}T{number}")
            column += cell.grid_span


@dataclass(frozen=True)
class Expected:
    """A line of an `expected.tsv`."""

    form: str
    sheet: str
    cell: str
    kind: str
    metric: str
    community: str
    grain: str
    period: str
    by: str
    member: str
    scale: str

    @property
    def key(self) -> str:
        return f"{self.sheet}!{self.cell}"


def expected(path: Path) -> dict[str, list[Expected]]:
    """Form → its lines."""
    found: dict[str, list[Expected]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            one = Expected(**{key: value or "" for key, value in row.items()})
            found.setdefault(one.form, []).append(one)
    return found


def told(ask: Ask, one: Expected) -> float | None:
    """What `lingti metric` says of a line, times its scale; of a change of two of them."""
    if ">" in one.period:
        then, now = (_value(ask, replace(one, period=half)) for half in one.period.split(">"))
        if then is None or now is None:
            return None
        change = now - then if one.grain == "difference" else (now - then) / then
        return change * float(one.scale or 1)
    value = _value(ask, one)
    return None if value is None else value * float(one.scale or 1)


def _value(ask: Ask, one: Expected) -> float | None:
    span = one.period.split("/") if one.grain == "range" else None
    when = ["--from", span[0], "--to", span[1]] if span else ["--period", one.period]
    part = ["--by", one.by] if one.by else []
    rows = ask(one.metric, "--community", one.community, *when, *part)
    values = [row["value"] for row in rows if not one.by or row["member"] == one.member]
    if not values and one.by:
        return 0.0
    return None if not values or values[0] is None else float(values[0])


@dataclass
class Score:
    """What became of the cells of some forms."""

    right: int = 0
    wrong: list[str] = None  # type: ignore[assignment]  # made below
    blank: list[str] = None  # type: ignore[assignment]  # likewise
    unexplained: list[str] = None  # type: ignore[assignment]  # likewise

    def __post_init__(self) -> None:
        self.wrong, self.blank, self.unexplained = [], [], []


def score(ask: Ask, done: Filled, data: bytes, lines: list[Expected]) -> Score:
    """Compares a filled form with what belongs into it."""
    found = contents(data, done.package.kind)
    outcomes = {one.key: one for one in done.outcomes}
    score = Score()
    for one in lines:
        name = f"{one.form} {one.key}"
        cell = found.get(one.key)
        if one.cell.startswith("P") and one.key in outcomes and outcomes[one.key].filled:
            cell = str(outcomes[one.key].value)  # a line of text: another test reads it whole
        if one.kind == "word":
            (score.wrong if cell != one.member else []).append(f"{name}: {cell!r}")
            continue
        value = told(ask, one) if one.metric else None
        if cell is None:
            if one.kind == "fill":
                score.blank.append(name)
            if one.key not in outcomes or not outcomes[one.key].code:
                score.unexplained.append(name)
        elif one.kind in ("fill", "either") and value is not None and _is(cell, value):
            score.right += 1
        else:
            score.wrong.append(f"{name}: {cell!r} and not {value!r}")
    named = {one.key for one in lines}
    for outcome in done.outcomes:
        if outcome.filled and outcome.key not in named:
            score.wrong.append(f"{lines[0].form} {outcome.key}: {outcome.value!r} is not expected")
    return score


def _is(cell: object, value: float) -> bool:
    number = float(str(cell))
    # Word is read by people: at most two decimals.
    return number == pytest.approx(value, rel=1e-9) or (
        isinstance(cell, str) and number == pytest.approx(value, abs=0.005)
    )


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells_of_sheet(xml: bytes) -> dict[str, str]:
    """Cell → its XML, for sheets in which every cell has a place."""
    text = xml.decode("utf-8")
    return {
        found[1]: found[0]
        for found in re.finditer(r'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', text, re.DOTALL)
    }


def accept_file(path: Path, cells: Mapping[str, object]) -> Path:
    """A file for `--accept`."""
    path.write_text(json.dumps(cells), "utf-8")
    return path


def plain(value: object) -> str:
    """A number as a line of text has it."""
    return f"{float(str(value)):g}"


__all__ = ["FormError"]
