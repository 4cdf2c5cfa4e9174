"""Rows that break a rule: how many there are where, and the first of them with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from lingti.warehouse import Warehouse


@dataclass(frozen=True)
class Broken:
    """Which findings: of some communities, of one rule, of a range of days; None means any."""

    communities: Sequence[str]
    rule: str | None = None
    days: tuple[date, date] | None = None

    def rows(self, warehouse: Warehouse, most: int) -> pd.DataFrame:
        """At most so many of them, each with the row it points to.

        The columns are those of `queries/views/findings.sql`.
        """
        return warehouse.query(warehouse.catalog.views["findings"], **self._asked(most))

    def count(self, warehouse: Warehouse) -> int:
        """How many there are."""
        sql = f"select count(*) as findings from ({warehouse.catalog.views['findings']})"
        return int(warehouse.rows(sql, **self._asked(None))[0]["findings"])

    def _asked(self, most: int | None) -> dict[str, Any]:
        first, last = self.days or (None, None)
        chosen = {"communities": list(self.communities), "rule": self.rule}
        return chosen | {"first": first, "last": last, "most": most}


def by_rule(warehouse: Warehouse) -> pd.DataFrame:
    """How often each rule is broken where: community, check_name, findings; most often first."""
    return warehouse.query(warehouse.catalog.views["findings_by_check"])
