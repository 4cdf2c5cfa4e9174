"""What of a form was reported before: the newest edition that holds a number, and what it says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lingti.editions import held, keeping
from lingti.editions.keeping import Edition
from lingti.judging.periods import Period
from lingti.warehouse import Warehouse


@dataclass(frozen=True)
class Reported:
    """An edition such as `2024-06/1`, and the number as it has it where that is another one.

    `differs` is None where who asks may not see what the edition says.
    """

    edition: str
    differs: bool | None
    was: float | None = None


@dataclass
class Editions:
    """The editions of a home as who reads the warehouse may see them; each is read once."""

    warehouse: Warehouse
    published: bool = False
    _known: list[Edition] | None = None
    _cells: dict[str, Mapping[held.Cell, held.Row]] = field(default_factory=dict)

    def reported(
        self, metric: str, place: str, period: Period, dimension: str, member: str, now: float
    ) -> Reported | None:
        """What the newest edition that holds the period says of a number; None where none does.

        Raises HomeError for damage.
        """
        holding = self._that_holds(period)
        if holding is None:
            return None
        edition, grain, name = holding
        cells = self._cells_of(edition)
        total = cells.get((metric, place, grain, name, None, None))
        if total is None:
            return None
        cell = cells.get((metric, place, grain, name, dimension, member)) if dimension else total
        # Few people could tell readers of published values what changed: nothing is said.
        if self.published or "withheld" in (total["state"], (cell or total)["state"]):
            return Reported(edition.name, None)
        was = _value(cell, total)
        if was is not None and math.isclose(was, now, rel_tol=held.ALIKE, abs_tol=held.ALIKE):
            return Reported(edition.name, False)
        return Reported(edition.name, True, was)

    def _that_holds(self, period: Period) -> tuple[Edition, str, str] | None:
        """The newest edition with a period of these days, and how the edition calls that."""
        if self._known is None:
            self._known = keeping.editions(self.warehouse.home)
        days = f"{period.first_day}", f"{period.last_day}"
        for edition in reversed(self._known):
            for grain, name, first, last in edition.periods:
                if (first, last) == days and grain != "programme":
                    return edition, grain, name
        return None

    def _cells_of(self, edition: Edition) -> Mapping[held.Cell, held.Row]:
        if edition.name not in self._cells:
            self._cells[edition.name] = held.was(self.warehouse.home, edition, self.warehouse)
        return self._cells[edition.name]


def _value(cell: Mapping[str, Any] | None, total: Mapping[str, Any]) -> float | None:
    """The number of an edition; a member without a row in what was reported is 0."""
    if cell is None:
        return 0.0 if total["state"] == "reported" else None
    return None if cell["value"] is None else float(cell["value"])
