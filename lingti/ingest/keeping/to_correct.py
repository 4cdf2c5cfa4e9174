"""The rows that wait to be corrected: those in quarantine that nothing has taken the place of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from lingti.ingest.checking.coverage import Span
from lingti.ingest.keeping.batches import Manifest, counting


class ToCorrect(NamedTuple):
    """Rows in quarantine of a batch: of these tables, somewhere between two days."""

    batch: int
    community: str
    tables: Sequence[str]
    first_day: date
    last_day: date
    rows: int


def to_correct(manifests: Iterable[Manifest]) -> list[ToCorrect]:
    """What waits in batches that count, each in its month or the days its batch speaks for.

    Of a list by case number a newer one stands for the days that both cover.
    """
    known = list(manifests)
    spans: dict[tuple[int, str], list[Span]] = {}
    by_days = [replace(one, replaces="days") if one.replaces == "key" else one for one in known]
    for one in counting(by_days):
        spans.setdefault((one.batch, one.table), []).append(Span(one.first_day, one.last_day))
    waiting = []
    for manifest in known:
        for noted in _noted(manifest):
            tables = list(noted["tables"])
            counts = [one for table in tables for one in spans.get((manifest.batch, table), [])]
            within = _month(noted["month"]) if noted["month"] else manifest.covers
            days = [
                Span(max(one.first, other.first), min(one.last, other.last))
                for one in within
                for other in counts
                if one.first <= other.last and one.last >= other.first
            ]
            if days and noted["rows"]:
                first, last = min(day.first for day in days), max(day.last for day in days)
                place = (manifest.batch, manifest.community, tables)
                waiting.append(ToCorrect(*place, first, last, int(noted["rows"])))
    return waiting


def _noted(manifest: Manifest) -> Sequence[Mapping[str, Any]]:
    """What a batch noted of its quarantine; of one that did not, all of it together."""
    if manifest.to_correct is not None:
        return manifest.to_correct
    return [{"tables": manifest.tables, "month": "", "rows": manifest.counts["quarantined"]}]


def _month(name: str) -> list[Span]:
    first = date.fromisoformat(f"{name}-01")
    return [Span(first, first.replace(day=monthrange(first.year, first.month)[1]))]
