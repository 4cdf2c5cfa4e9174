"""Persons in a column that is taken as plain text: asked of, and masked until somebody says no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lingti import person_names as names
from lingti.ingest.checking.convert_column import Codes
from lingti.ingest.checking.pseudonyms import mask_person
from lingti.ingest.checking.row_outcomes import FedRows
from lingti.ingest.questions import Asking
from lingti.language import gettext as _

_LOOKED_AT = 2_000  # distinct texts of a column that may hold names


@dataclass(frozen=True)
class Persons:
    """What a column holds: the positions of cells that are persons, and whether somebody said that
    there are none."""

    masked: Sequence[int] = ()
    is_text: bool = False


NO_PERSONS = Persons()


def settle(
    asking: Asking, fed: FedRows, values: list[str | None], codes: Codes, label: str
) -> Persons:
    """The persons among the distinct values of a column: asked once per column where it, or some
    of its cells, seem to hold some."""
    written = [text or "" for text in values]
    texts = written[:_LOOKED_AT]
    rows = np.bincount(codes[fed.chosen], minlength=len(values))[:_LOOKED_AT].tolist()
    all_are = names.are_persons(texts, rows, label)
    among = [] if all_are else names.persons_among(written, label, fed.rows.names)
    choice = asking.answer_to("persons", column=label)
    if all_are or among:
        choice = _ask(asking, fed, label, texts if all_are else [written[at] for at in among])
    if choice == "text":
        return Persons(is_text=True)
    if all_are:
        return Persons([index for index, text in enumerate(written) if text])
    if choice == "persons":  # said of this column before, perhaps when it held more of them
        may_be = {index for index, text in enumerate(written) if names.may_be_persons([text])}
        among = [index for index in sorted(may_be.union(among)) if written[index]]
    return Persons(among)


def _ask(asking: Asking, fed: FedRows, label: str, shown: list[str]) -> str:
    choice = asking.ask(
        "persons",
        _("“{column}” seems to hold people's names. Are they names?").format(column=label),
        {
            "persons": _("Yes; they are masked and never stored"),
            "text": _("No, there are no names in it"),
        },
        default="persons",
        sheet=fed.rows.piece.table.sheet,
        column=label,
        examples=[mask_person(text) for text in shown if text],
    )
    return choice or "persons"
