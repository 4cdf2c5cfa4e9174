"""What could be expected: tables that communities send although nobody asked for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lingti.district import District
from lingti.ingest.checking.coverage import BEGINNING, Span
from lingti.warehouse import Warehouse

# How long what is sent at once is, in days, and how often it is then sent.
_LENGTHS = ((45, "month"), (120, "quarter"), (220, "half-year"), (400, "year"))


@dataclass(frozen=True)
class Offer:
    """A table that a community sent, how often it seems to, and since when."""

    community: str
    table: str
    part: str
    first_day: date
    last_day: date
    every: str


def offers(warehouse: Warehouse, district: District) -> list[Offer]:
    """What came unexpected and was not declined, in the district's order of communities."""
    place = {one.id: at for at, one in enumerate(district.communities)}
    expected = {
        (one.community, table, one.part) for one in district.expected for table in one.tables
    }
    spans: dict[tuple[str, str, str], list[Span]] = {}
    for row in warehouse.rows(
        "select community, tbl, part, first_day, last_day from unexpected order by all"
    ):
        key = (row["community"], row["tbl"], row["part"])
        if row["community"] in place and key not in expected | district.declined:
            spans.setdefault(key, []).append(Span(row["first_day"], row["last_day"]))
    sent = _sent(warehouse)
    made = [
        _offer(*key, of_it, sent.get(key, []))
        for key, of_it in sorted(spans.items(), key=lambda one: (place[one[0][0]], one[0]))
    ]
    return [one for one in made if one is not None]


def _sent(warehouse: Warehouse) -> dict[tuple[str, str, str], list[int]]:
    """Of each table how many days its batches speak for, batch by batch."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for row in warehouse.rows(
        "select community, tbl, part, sum(last_day - first_day + 1)::integer as days"
        " from counting where first_day > $beginning group by community, tbl, part, batch",
        beginning=BEGINNING,
    ):
        found.setdefault((row["community"], row["tbl"], row["part"]), []).append(row["days"])
    return found


def _offer(
    community: str, table: str, part: str, spans: Iterable[Span], days: Iterable[int]
) -> Offer:
    spans = list(spans)
    last = max(span.last for span in spans)
    firsts = [span.first for span in spans if span.first > BEGINNING]
    first = min(firsts, default=last).replace(day=1)
    typical = sorted(days)
    length = typical[len(typical) // 2] if typical else 31
    every = next((word for most, word in _LENGTHS if length <= most), "year")
    return Offer(community, table, part, first, last, every)
