"""Forms written down, with the cells that belong into them, before the program had seen them.

They stand in `own/unseen.txt` as `nasty_forms` has them, and besides: `of` whom and of when a form
is; `|guqiao` a row that is of another community; `line P3B1` a blank of a sentence. A cell is
`!metric` to be filled, `?metric` that or blank, `.` blank. Behind the metric `@` a community or a
period (07: that month of 2024; -07: from January to it; Q2), `#` a member of category or `#course=`
another dimension, `^yoy` or `^pop` a change, `*` the scale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from forms.own_forms import book, document

from lingti.forms.reading.grid import letters

_CELLS = {".": None, "-": ""}
_PLACES = ("nanfeng", "guqiao", "jinghang", "binhu", "district")


@dataclass(frozen=True)
class Asked:
    """What belongs into a cell; `must` where it has to be filled."""

    metric: str
    place: str
    period: str
    must: bool
    dimension: str = ""
    member: str = ""
    change: str = ""
    scale: float = 1


@dataclass(frozen=True)
class Unseen:
    """A blank form, and its cells: `sheet!cell` → what belongs there."""

    name: str
    data: bytes
    cells: dict[str, Asked]


def read(path: Path) -> list[Unseen]:
    """The forms of a file."""
    text = path.read_text("utf-8")
    parts = [one.partition("\n") for one in text.removeprefix("# ").split("\n# ")]
    return [_form(name.split()[0], rest) for name, _line, rest in parts]


def _form(name: str, text: str) -> Unseen:
    sheets: list[tuple[str, Any, list[str]]] = []
    blocks: list[Any] = []
    rows: list[list[str | None]] = []
    merged: list[Any] = []
    cells: dict[str, Asked] = {}
    place, period, sheet = "", "", ""
    for line in text.splitlines():
        kind, _space, rest = line.partition(" ")
        of = place
        if kind.startswith("|"):
            of, kind = kind[1:] or place, "|"
        match kind:
            case "of":
                place, period = rest.split()
            case "sheet":
                rows, merged, sheet = [], [], rest
                sheets.append((rest, rows, merged))
            case "table":
                rows, merged, sheet = [], [], "-"
                blocks.append((rows, merged))
            case ">":
                blocks.append(rest)
            case "|":
                number = len(blocks) - sum(isinstance(one, str) for one in blocks)
                texts = rest.split(" | ")
                for column, text_of in enumerate(texts, 1):
                    if text_of[0] in "!?" and len(text_of) > 1:
                        at = f"{letters(column)}{len(rows) + 1}"
                        if sheet == "-":
                            at = f"T{number}R{len(rows) + 1}C{column}"
                        cells[f"{sheet}!{at}"] = asked(text_of, of, period)
                        texts[column - 1] = "."
                rows.append([_CELLS.get(one, one) for one in texts])
            case "merged":
                merged += [
                    one if ":" in one else tuple(map(int, one.split(","))) for one in rest.split()
                ]
            case "line":
                at, what = rest.split()
                cells[f"-!{at}"] = asked(what, place, period)
    return Unseen(name, book(*sheets) if sheets else document(*blocks), cells)


def asked(text: str, place: str, period: str) -> Asked:
    """What a cell like `!volunteer_hours@-06#扶老助老*0.1` asks for."""
    metric, *parts = re.split(r"([@#^*])", text[1:])
    one = Asked(metric, place, period, text[0] == "!")
    for mark, said in zip(parts[::2], parts[1::2], strict=True):
        if mark == "@" and said in _PLACES:
            one = replace(one, place=said)
        elif mark == "@":
            one = replace(one, period=_period(said))
        elif mark == "#":
            dimension, _is, member = said.rpartition("=")
            one = replace(one, dimension=dimension or "category", member=member)
        elif mark == "^":
            one = replace(one, change=said)
        else:
            one = replace(one, scale=float(said))
    return one


def _period(text: str) -> str:
    if re.fullmatch(r"-\d\d", text):
        days = {"02": 29, "04": 30, "06": 30, "09": 30, "11": 30}.get(text[1:], 31)
        return f"2024-01-01/2024-{text[1:]}-{days}"
    return f"2024-{text}" if re.fullmatch(r"\d\d|Q\d", text) else text


class Numbers:
    """What `lingti metric` prints, asked once for each metric, period and dimension."""

    def __init__(self, ask: Callable[..., list[dict[str, Any]]]) -> None:
        self._ask = ask
        self._rows: dict[tuple[str, str, str], dict[tuple[str, str], float | None]] = {}
        self._ratios: set[str] = set()

    def value(self, one: Asked) -> float | None:
        """The number of a cell as it is written, or None."""
        now = self._number(one, one.period)
        if not one.change or now is None:
            return None if now is None else now * one.scale
        then = self._number(one, before(one.period, one.change))
        return (now - then) / then * one.scale if then else None

    def _number(self, one: Asked, period: str) -> float | None:
        total = self._of(one.metric, period, "").get((one.place, ""))
        if total is None or not one.dimension:
            return total
        nothing = None if one.metric in self._ratios else 0.0
        return self._of(one.metric, period, one.dimension).get((one.place, one.member), nothing)

    def _of(self, metric: str, period: str, by: str) -> dict[tuple[str, str], float | None]:
        key = metric, period, by
        if key not in self._rows:
            when = ["--period", period]
            if "/" in period:
                when = ["--from", period.split("/")[0], "--to", period.split("/")[1]]
            rows = self._ask(metric, *when, *(["--by", by] if by else []))
            self._ratios |= {metric for row in rows if row["denominator"] is not None}
            self._rows[key] = {
                (row["community"], row.get("member") or ""): row["value"]
                for row in rows
                if row["state"] != "partial"  # a part of the days is no number of the period
            }
        return self._rows[key]


def before(period: str, change: str) -> str:
    """The month or quarter before one, or the one of a year before."""
    year, part = period.split("-")
    if change == "yoy":
        return f"{int(year) - 1}-{part}"
    if part.startswith("Q"):
        return f"{year}-Q{int(part[1:]) - 1}"
    return f"{year}-{int(part) - 1:02}"


def judged(
    numbers: Numbers, form: Unseen, found: dict[str, float | str | None]
) -> Iterator[tuple[str, str]]:
    """Cell by cell `right`, `wrong` or `blank` though fillable, with what stands there."""
    for key in sorted({*form.cells, *found}):
        one = form.cells.get(key)
        value = numbers.value(one) if one else None
        if key not in found:
            if one and one.must and value is not None:
                yield "blank", f"{key} {one.metric}"
        elif value is not None and _is(found[key], value):
            yield "right", key
        else:
            yield "wrong", f"{key}: {found[key]!r} and not {value!r} {one}"


def _is(cell: float | str | None, value: float) -> bool:
    """Whether a cell holds a number; Word is read by people, and has two decimals."""
    return abs(float(str(cell)) - value) <= max(6e-3, 1e-9 * abs(value))
