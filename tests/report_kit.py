"""The sample's numbers as `lingti metric` prints them, for tests of documents."""

from __future__ import annotations

from dataclasses import dataclass

from lingti import catalog
from lingti.catalog import Metric

PERIOD, BEFORE = "2024-11", "2024-10"
PLACES = ("district", "nanfeng", "guqiao", "jinghang", "binhu")


@dataclass(frozen=True)
class Printed:
    """What `lingti metric` prints of months: (metric, place, period) → value; None if missing."""

    values: dict[tuple[str, str, str], float | None]

    def of(self, metric: str, place: str, period: str = PERIOD) -> float | None:
        return self.values[metric, place, period]


def by_title(title: str) -> Metric:
    """The metric of an English title."""
    (found,) = [one for one in catalog.metrics().values() if one.title.en == title]
    return found
