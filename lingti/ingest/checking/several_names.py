"""Cells of a name column that hold several persons, or a number of people and no person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingti.catalog import PERSON_KEYS
from lingti.ingest.checking.convert_column import Codes
from lingti.ingest.checking.pseudonyms import mask_person
from lingti.ingest.checking.row_outcomes import ARROW_TYPES, FedRows, Flags, spread
from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.language import gettext as _

_HARD = re.compile(r"[、，,;；/|｜\n\t]+")
_SOFT = re.compile(r"\s+|[和与及]")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:[·•][\u4e00-\u9fff]+)+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BESIDE = re.compile(r"[(（\[【].*?[)）\]】]|\+?\d{7,}|^\s*\d{1,3}[.．、]\s*|[★☆*]|\s")
_HEADS = re.compile(
    r"\d\s*[余多几]?\s*[人名位户个]|^[一二两三四五六七八九十百]+[余多几]?[人名位户]$"
    "|(?:队|小组|班组|夫妇|夫妻俩?|两口子?|一家|全家|一行|等人?|全体|若干|多人|众人|们)$"
    "|^(?:全体|若干|部分|多名|数名)"
    "|^(?:社区|党员|青年|巾帼|老年|在职|退役|大学生)*(?:志愿者|党员|居民|群众|家属|住户|学生)$"
    "|(?:支部|居委会|委员会|公司|协会|物业|服务中心|志愿服务站)$"
    "|^同上|^[〃″”]$"
)
# What a cell must have for the dearer patterns to be tried at all: most names have none of it.
_MAY = re.compile(
    r"[、，,;；/|｜\s和与及等]|\d[人名位户个余多几]"
    r"|[人名位户个队组妇妻俩口子家行体干们者员众属生部会司业心站社〃″”]\Z"
    r"|\A[全若部多数同]"
)


@dataclass
class Names:
    """What the distinct cells of a name column hold besides one person each: by their position,
    the several persons of a cell, and the cells that name nobody."""

    several: dict[int, list[str]] = field(default_factory=dict)
    nobody: list[int] = field(default_factory=list)


def look(cells: Iterable[Cell]) -> Names:
    """Which of the distinct cells of a name column hold several persons, or none."""
    found = Names()
    for index, cell in enumerate(cells):
        if not isinstance(cell, str) or not _MAY.search(cell):
            continue
        persons = split(cell)
        if _HEADS.search(cell) or (persons is None and _HARD.search(cell.strip(" 、，,;；/|｜"))):
            if _HAN.search(cell) or any(c.isdigit() for c in cell):
                found.nobody.append(index)
        elif persons is not None:
            found.several[index] = persons
    return found


def split(text: str) -> list[str] | None:
    """The persons of a cell that holds several; None for one, or for what is no list of names."""
    parts = [_BESIDE.sub("", part) for part in _HARD.split(text)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        parts = [_BESIDE.sub("", part) for part in _SOFT.split(text.strip())]
    if len(parts) < 2 or not all(map(_PERSON.fullmatch, parts)):
        return None
    return list(dict.fromkeys(parts))


def persons(texts: Iterable[str]) -> set[str]:
    """The persons that the cells of a name column hold, each by itself."""
    found = set(texts)
    for text in [text for text in found if _MAY.search(text)]:
        found.update(split(text) or ())
    return found


def ask(asking: Asking, fed: FedRows, column: str, several: dict[int, list[str]]) -> str | None:
    """How many people cells with several names are, once per column: `each` has what the row says,
    the hours are `shared`, or the rows stay `out` to be corrected."""
    choices = {
        "each": _("A person each, all of them with what the row says"),
        "shared": _("A person each; the hours are shared among them"),
        "out": _("Neither; the rows are to be corrected"),
    }
    if "hours" not in [one.name for one in fed.canonical.columns]:
        del choices["shared"]
    examples = ["、".join(map(mask_person, names)) for names in several.values()]
    return asking.ask(
        "several_names",
        _("“{column}” holds several names in a cell. What do they stand for?").format(
            column=column
        ),
        choices,
        default="each",
        sheet=fed.rows.piece.table.sheet,
        column=column,
        examples=examples,
    )


def a_person_each(
    fed: FedRows, codes: Codes, several: dict[int, list[str]], *, shared: bool
) -> list[FedRows]:
    """The rows once per further person; the given ones are of the first, and no phone or ID number
    tells whose it is. Shared hours add up to those of the row."""
    numbers = np.zeros(int(codes.max(initial=-1)) + 2, np.int32)
    for index, persons_there in several.items():
        if index < len(numbers):
            numbers[index] = len(persons_there)
    number = numbers[codes]
    many = number > 0
    for key in PERSON_KEYS:
        if key != "name_key":
            fed.columns[key] = _without(fed.columns[key], many)
    whole = dict(fed.columns)
    found = []
    for place in range(int(number.max(initial=0))):
        columns = dict(whole)
        names: list[str | None] = [
            several[index][place] if place < len(several.get(index, ())) else None
            for index in range(len(numbers))
        ]
        if place:
            columns["name_key"] = spread(names, codes, "varchar")
        if shared:
            columns["hours"] = _share(whole["hours"], number, place)
        if place:
            chosen = fed.chosen & (number > place)
            found.append(replace(fed, columns=columns, chosen=chosen))
        else:
            fed.columns = columns
    return found


def _share(hours: pa.DictionaryArray, number: Codes, place: int) -> pa.DictionaryArray:
    """One person's share of each row's hours, to two decimals."""
    shares = [
        value if not n or value is None else _part(value, n, place + 1) - _part(value, n, place)
        for value, n in zip(hours.to_pylist(), number.tolist(), strict=True)
    ]
    return pa.array(shares, ARROW_TYPES["decimal(8, 2)"]).dictionary_encode()


def _part(hours: Decimal, persons: int, of_them: int) -> Decimal:
    return (hours * of_them / persons).quantize(Decimal("0.01"))


def _without(column: pa.DictionaryArray, flags: Flags) -> pa.DictionaryArray:
    """The column with nothing in the flagged rows."""
    codes = column.indices
    empty = pc.or_(pa.array(flags), codes.is_null())
    return pa.DictionaryArray.from_arrays(
        pc.if_else(empty, pa.scalar(None, codes.type), codes), column.dictionary
    )
