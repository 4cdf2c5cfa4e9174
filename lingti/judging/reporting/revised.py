"""Which numbers differ from what was reported of them; `lingti.editions` tells them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lingti.memo_cache import keyed

SIGN = "≠"  # where there is no room for a word


@keyed
@dataclass(frozen=True)
class Revised:
    """The numbers: metric, community, period, dimension and member, "" of totals."""

    cells: frozenset[tuple[str, str, str, str, str]] = frozenset()

    def has(self, metric: str, place: str, period: str, by: str = "", member: str = "") -> bool:
        """Whether a number differs."""
        return (metric, place, period, by, member) in self.cells

    def has_row(self, row: Any) -> bool:
        """The same of a row with metric, community, period and, of parts, dimension and member."""
        part = (getattr(row, name, None) for name in ("dimension", "member"))
        by, member = (value if isinstance(value, str) else "" for value in part)
        return self.has(row.metric, row.community, row.period, by, member)

    @cached_property
    def cache_key(self) -> str:
        """Stands in the keys of `lingti.memo_cache` for all of them."""
        return hashlib.blake2b(repr(sorted(self.cells)).encode(), digest_size=16).hexdigest()
