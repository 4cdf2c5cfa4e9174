"""Weights: bare numbers in the unit that a header names, cells with a unit of their own; in kg."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values
from lingti.ingest.values.cell_values import Parsed

KG = "kg"
FACTORS = {
    KG: Decimal(1),
    "tonnes": Decimal(1000),
    "jin": Decimal("0.5"),
    "grams": Decimal("0.001"),
}
_WORDS = {
    **dict.fromkeys(("公斤", "千克", KG), KG),
    **dict.fromkeys(("吨", "t"), "tonnes"),
    **dict.fromkeys(("克", "g"), "grams"),
    "斤": "jin",
}
_UNIT = "|".join(sorted(_WORDS, key=len, reverse=True))
_IN_BRACKETS = re.compile(rf"[(（\[【/]\s*(?:单位[:：]\s*)?({_UNIT})\s*[)）\]】]?$", re.IGNORECASE)
_OTHER_UNIT = re.compile(r"\d\s*[^\d\s.,，万千百十亿%]+$")
_CELL = re.compile(rf"(.*\d)\s*({_UNIT})", re.IGNORECASE)


def unit_in(header: str) -> str:
    """The unit in brackets at the end of a header, 重量（吨）; "" for none."""
    match = _IN_BRACKETS.search(header.strip())
    return _WORDS[match[1].lower()] if match else ""


def parse(cells: list[Cell], unit: str = "") -> Parsed[Any]:
    """Kilograms as decimals of two digits. `unit` is that of bare numbers: a key of `FACTORS`."""
    bare: list[Cell] = []
    factors = []
    for cell in cells:
        text = unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else ""
        match = _CELL.fullmatch(text)
        is_other = match is None and _OTHER_UNIT.search(text) is not None
        bare.append("?" if is_other else match[1] if match else cell)  # two buckets are no weight
        factors.append(FACTORS[_WORDS[match[2].lower()] if match else unit or KG])
    amounts = cell_values.decimals(bare)
    kilograms = [
        None if amount is None else Decimal(str(round(Decimal(str(amount)) * factor, 2)))
        for amount, factor in zip(amounts.values, factors, strict=True)
    ]
    return Parsed[Any](kilograms, amounts.problems)
