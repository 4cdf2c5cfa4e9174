"""What became of a form, as `lingti fill --json` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.forms import explained
from lingti.forms.filling import Filled, Outcome
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _

SILENT = frozenset(["serial"])


def document(done: Filled, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """The document of one form: cells with numbers, blank ones with why, what is asked."""
    return {
        "known": done.remembered is not None,
        "cells": [cell(outcome) for outcome in done.outcomes if outcome.number.raw is not None],
        "blank": [
            blank(outcome)
            for outcome in done.outcomes
            if not outcome.filled and outcome.code not in SILENT
        ],
        "questions": questions,
        "words": dict.fromkeys(done.unknown_words),
    }


def cell(outcome: Outcome) -> dict[str, Any]:
    """A cell with a number: as written, and where it is from."""
    asked = outcome.reading
    assert asked.period is not None
    return {
        "sheet": outcome.slot.sheet,
        "cell": outcome.slot.address,
        "filled": outcome.filled,
        "value": outcome.value,
        "raw": outcome.number.raw,
        "scale": asked.scale,
        "metric": asked.metric,
        "community": asked.place,
        "grain": asked.period.grain,
        "period": asked.period.id,
        "dimension": asked.dimension or None,
        "member": asked.member or None,
        "unit": asked.unit,
        "state": outcome.number.state,
        **_edition(outcome),
        "sureness": asked.sureness,
        "change": asked.change or None,
    }


def _edition(outcome: Outcome) -> dict[str, Any]:
    """The edition that holds the number, and what it says where that differs."""
    reported = outcome.number.reported
    return {
        "edition": reported.edition if reported else None,
        "differs": reported.differs if reported else None,
        "edition_raw": reported.was if reported and reported.differs else None,
    }


def blank(outcome: Outcome) -> dict[str, Any]:
    """A cell that stays as it is, and why."""
    return {
        "sheet": outcome.slot.sheet,
        "cell": outcome.slot.address,
        "code": outcome.code,
        "why": explained.why(outcome),
    }


def questions(done: Filled, district: District, months: list[Period]) -> list[dict[str, Any]]:
    """What the form does not say and nobody has said."""
    asked = []
    if "community" in done.needs:
        choices = [
            {"id": community.id, "says": community.name.pick()}
            for community in district.communities
        ]
        choices.append({"id": DISTRICT, "says": district.name.pick()})
        asked.append(
            {
                "id": "community",
                "kind": "community",
                "says": _("Whose numbers are asked? The form does not say."),
                "choices": choices,
                "default": None,
            }
        )
    if "period" in done.needs:
        asked.append(
            {
                "id": "period",
                "kind": "period",
                "says": _("Of which period? The form does not say."),
                "choices": [
                    {"id": month.id, "says": number_text.period(month.grain, month.id)}
                    for month in reversed(months)
                ],
                "default": None,
            }
        )
    return asked


def accepted(document: Any) -> dict[str, Any]:
    """What a file says yes to, by `sheet!cell`. Raises ValueError.

    It is the document that `fill` printed, or its `cells`, or {"Sheet1!C7": true}: true, false,
    the name of a metric, or what a cell means.
    """
    if isinstance(document, Mapping) and "cells" not in document:
        cells_said = {key: value for key, value in document.items() if key != "words"}
        return {str(key): _answer(value) for key, value in cells_said.items()}
    cells = document["cells"] if isinstance(document, Mapping) else document
    if not isinstance(cells, list):
        raise ValueError("cells")
    by_cell: dict[str, Any] = {}
    for printed_cell in cells:
        if not isinstance(printed_cell, Mapping) or not {"sheet", "cell"} <= set(printed_cell):
            raise ValueError(repr(printed_cell))
        if printed_cell.get("sureness") == "sure":
            continue  # it is filled without a yes
        printed = "sureness" in printed_cell
        meaning = {key: printed_cell[key] for key in _MEANING if printed_cell.get(key) is not None}
        by_cell[f"{printed_cell['sheet']}!{printed_cell['cell']}"] = (
            True if printed or not meaning else meaning
        )
    return by_cell


def words_said(document: Any) -> dict[str, bool]:
    """Whether words of titles restrict what is counted, as a file says: {"words": {"x": false}}.

    What is null is not said. Raises ValueError.
    """
    said = document.get("words") if isinstance(document, Mapping) else None
    if not isinstance(said, Mapping | None):
        raise ValueError("words")
    told = {str(word): value for word, value in (said or {}).items() if value is not None}
    if not all(isinstance(value, bool) for value in told.values()):
        raise ValueError("words")
    return told


_MEANING = ("metric", "dimension", "member", "community", "period", "scale", "use", "blank", "unit")


def _answer(value: Any) -> Any:
    if isinstance(value, str):
        return {"use": value} if value in ("sum", "district") else {"metric": value}
    if value is None or isinstance(value, bool | Mapping):
        return value
    raise ValueError(repr(value))


def output_name(form: Path, community: str | None) -> str:
    """The name of a filled form: that of the blank one, with whose it is."""
    tail = f"-{community}" if community else "-filled"
    return f"{form.stem}{tail}{form.suffix.lower()}"


def sources_name(filled: Path) -> str:
    """The name of the workbook of sources beside a filled form."""
    return f"{filled.stem}-sources.xlsx"
