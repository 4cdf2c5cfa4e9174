"""Which numbers differ from what was reported of them; `lingti.editions` tells them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from lingti.memo_cache import keyed


@keyed
@dataclass(frozen=True)
class Revised:
    """The numbers: metric, community, period, dimension and member, "" of totals."""

    cells: frozenset[tuple[str, str, str, str, str]] = frozenset()

    def has(self, metric: str, place: str, period: str, by: str = "", member: str = "") -> bool:
        """Whether a number differs."""
        return (metric, place, period, by, member) in self.cells

    @cached_property
    def cache_key(self) -> str:
        """Stands in the keys of `lingti.memo_cache` for all of them."""
        return hashlib.blake2b(repr(sorted(self.cells)).encode(), digest_size=16).hexdigest()
