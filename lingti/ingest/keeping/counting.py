"""Which batch counts for which days: the newest for what it speaks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lingti import catalog
from lingti.ingest.checking.coverage import BEGINNING, Span, merge, subtract

if TYPE_CHECKING:
    from lingti.ingest.keeping.batches import Manifest

TOTALS = catalog.TOTALS


class Counting(NamedTuple):
    """Days for which the rows of a batch's table count. `rank` grows with precedence."""

    batch: int
    community: str
    table: str
    part: str
    replaces: str
    first_day: date
    last_day: date
    rank: int


def counting(batches: Iterable[Manifest]) -> list[Counting]:
    """Which batch counts for which days, per community, table and part.

    `days`: each day belongs to the newest batch that covers it. `all`: the batch with the latest
    as-of day counts for everything up to it. `key`: every batch counts for the days it covers
    and no others between them, and the build takes the newest per key by `rank`.
    """
    groups: dict[tuple[str, str, str, str], list[Manifest]] = {}
    for manifest in batches:
        for table in manifest.tables:
            if table == TOTALS and len(manifest.tables) > 1:
                continue  # they count for the days of what they stand for
            place = (manifest.community, table, manifest.part, manifest.replaces)
            groups.setdefault(place, []).append(manifest)
    countings = [
        Counting(manifest.batch, community, table, part, replaces, span.first, span.last, rank)
        for (community, table, part, replaces), group in groups.items()
        for manifest, spans, rank in _spans_that_count(replaces, group)
        for span in spans
    ]
    totals = {each.batch for group in groups.values() for each in group if TOTALS in each.tables}
    own = dict.fromkeys(each._replace(table=TOTALS) for each in countings if each.batch in totals)
    return [*countings, *(each for each in own if each not in countings)]


def _spans_that_count(
    replaces: str, group: list[Manifest]
) -> Iterator[tuple[Manifest, list[Span], int]]:
    if replaces == "days":
        taken: list[Span] = []
        for manifest in sorted(group, key=lambda one: one.batch, reverse=True):
            yield manifest, subtract(manifest.covers, taken), manifest.batch
            taken = merge([*taken, *manifest.covers])
        return
    ordered = sorted(group, key=lambda one: (one.ranks_as_of, one.batch))
    for rank, manifest in enumerate(ordered):
        if replaces == "key" or rank == len(ordered) - 1:
            whole = [Span(BEGINNING, manifest.as_of)]
            yield manifest, whole if replaces == "all" else list(manifest.covers), rank
