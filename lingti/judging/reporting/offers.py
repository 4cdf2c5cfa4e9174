"""What could be expected: tables that communities send although nobody asked for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lingti.district import District
from lingti.ingest.checking.coverage import BEGINNING, Span
from lingti.warehouse import Warehouse

# Of how many whole months what is sent at once is, and how often it is then sent.
_MONTHS = {3: "quarter", 6: "half-year", 12: "year"}


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
        (expectation.community, table, expectation.part)
        for expectation in district.expected
        for table in expectation.tables
    }
    spans: dict[tuple[str, str, str], list[Span]] = {}
    for row in warehouse.rows(
        "select community, tbl, part, first_day, last_day from unexpected order by all"
    ):
        key = (row["community"], row["tbl"], row["part"])
        if row["community"] in place and key not in expected | district.declined:
            spans.setdefault(key, []).append(Span(row["first_day"], row["last_day"]))
    sent = _sent(warehouse)
    all_offers = [
        _offer(*key, of_it, sent.get(key, []))
        for key, of_it in sorted(spans.items(), key=lambda one: (place[one[0][0]], one[0]))
    ]
    return [offer for offer in all_offers if offer is not None]


def _sent(warehouse: Warehouse) -> dict[tuple[str, str, str], list[Span]]:
    """Of each table the days its batches speak for, a span per batch."""
    spans_of: dict[tuple[str, str, str], list[Span]] = {}
    for row in warehouse.rows(
        "select community, tbl, part, min(first_day) as first_day, max(last_day) as last_day"
        " from counting where first_day > $beginning group by community, tbl, part, batch",
        beginning=BEGINNING,
    ):
        key = (row["community"], row["tbl"], row["part"])
        spans_of.setdefault(key, []).append(Span(row["first_day"], row["last_day"]))
    return spans_of


def _offer(
    community: str, table: str, part: str, spans: Iterable[Span], sent: Sequence[Span]
) -> Offer:
    spans = list(spans)
    last = max(span.last for span in spans)
    firsts = [span.first for span in spans if span.first > BEGINNING]
    first = min(firsts, default=last).replace(day=1)
    return Offer(community, table, part, first, last, how_often(sent))


def how_often(sent: Sequence[Span]) -> str:
    """How often something is sent, by what most batches are of: whole quarters, half-years, years.

    Whatever else is every month, as is a year that came once: what is begun with tells all so far.
    """
    kinds = Counter(_MONTHS.get(_whole_months(span), "month") for span in sent)
    ((every, many),) = kinds.most_common(1) or [("month", 0)]
    return "month" if every == "year" and many == 1 else every


def _whole_months(span: Span) -> int:
    """How many months a span is, that begins where such a part of a year does; else 0."""
    after = span.last + timedelta(days=1)
    months = (after.year - span.first.year) * 12 + after.month - span.first.month
    begins = span.first.day == 1 and after.day == 1 and months
    return months if begins and (span.first.month - 1) % months == 0 else 0
