"""What a warehouse is made of: the settings, batches and entries of a home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lingti import entries
from lingti.district import District, Target, journal
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Manifest


@dataclass(frozen=True)
class Inputs:
    """All that a build is made of, besides the rows that the manifests name and the SQL."""

    district: District
    manifests: list[Manifest]
    aliases: dict[str, Any]
    targets: list[Target]
    baselines: dict[str, Any]
    ordinary: list[tuple[str, str]]

    @property
    def rows(self) -> int:
        """How many rows the batches hold, whether they still count or not."""
        return sum(sum(manifest.rows.values()) for manifest in self.manifests)


def inputs_of(district: District) -> Inputs:
    """Reads what a home has besides its settings. Raises BatchError for a damaged manifest."""
    return Inputs(
        district,
        batches.manifests(district.home),
        entries.current(district.home, "merchant_alias"),
        journal.targets(district.home, district.targets, district.catalog),
        entries.current(district.home, journal.BASELINE),
        journal.ordinary_members(district.home, district.ordinary),
    )
