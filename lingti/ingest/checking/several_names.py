"""Cells of a name column that hold several persons: asked, and a person each where that is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lingti.catalog import PERSON_KEYS
from lingti.ingest.checking.convert_column import Codes
from lingti.ingest.checking.pseudonyms import mask_person
from lingti.ingest.checking.row_outcomes import ARROW_TYPES, FedRows, Flags, spread
from lingti.ingest.questions import Asking
from lingti.language import gettext as _


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
    further = []
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
            further.append(replace(fed, columns=columns, chosen=chosen))
        else:
            fed.columns = columns
    return further


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
