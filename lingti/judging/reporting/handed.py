"""Templates that the district handed down: who has returned them, and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lingti.district import District, Handed
from lingti.ingest.checking.coverage import Span, parse, subtract
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse


@dataclass(frozen=True)
class Returned:
    """How a handed-down template stands: community → the day it was returned whole; None not yet.

    Who sent some of its days has not returned it.
    """

    handed: Handed
    on: dict[str, date | None]

    @property
    def owing(self) -> list[str]:
        """The communities that have not returned it."""
        return [community for community, day in self.on.items() if day is None]


@memoised
def returned(warehouse: Warehouse, district: District) -> list[Returned]:
    """Every template that was handed down, by when it is due, as its imports tell."""
    imports = [
        (row["community"], row["tables"], parse(row["covers"]), row["imported_at"].date())
        for row in warehouse.rows(
            "select community, tables, covers, imported_at from batches order by imported_at, batch"
        )
    ]
    templates = []
    for handed in district.handed:
        missing = {place: [Span(handed.first_day, handed.last_day)] for place in handed.communities}
        on: dict[str, date | None] = dict.fromkeys(handed.communities)
        for community, tables, spans, day in imports:
            if handed.table in tables and missing.get(community):
                missing[community] = subtract(missing[community], spans)
                on[community] = None if missing[community] else day
        templates.append(Returned(handed, on))
    return templates
