"""Who sent what and when: each source in each month, what is missing, and how late it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lingti import formats
from lingti.compare import Period
from lingti.district import District, Source
from lingti.ingest.coverage import Span, merge, parse, subtract
from lingti.language import gettext as _
from lingti.sentences import joined
from lingti.warehouse import Warehouse

STATES = ("complete", "late", "nil", "partial", "missing", "not_run", "not_due")


@dataclass(frozen=True)
class Return:
    """What a source sent for a month.

    `state` is complete, nil (零报告: the days are covered and hold nothing), partial, missing,
    not_run (nothing is expected) or not_due. `missing` are the days not covered. `days_late`
    counts from the day it was due to the day it was complete, or to today while it is not.
    """

    source: str
    community: str
    period: str
    state: str
    missing: tuple[Span, ...]
    completed_on: date | None
    days_late: int


def returns(
    warehouse: Warehouse, district: District, months: Sequence[Period], today: date
) -> list[Return]:
    """Every source of the district in every month, by community, source and month."""
    filed: dict[str, list[dict[str, Any]]] = {}
    for batch in warehouse.rows(
        "select source, covers, accepted, imported_at from batches order by imported_at, batch"
    ):
        filed.setdefault(batch["source"], []).append(batch)
    order = {community.id: place for place, community in enumerate(district.communities)}
    sources = sorted(district.sources.values(), key=lambda one: (order[one.community], one.id))
    return [
        _return(
            source, month, _needed(district, source, month), filed.get(source.id, []), due, today
        )
        for source in sources
        for month in months
        for due in [month.last_day + timedelta(days=district.reporting_day)]
    ]


def _needed(district: District, source: Source, month: Period) -> list[Span]:
    """The days of a month that are expected from a source."""
    tables = {feed.table for feed in source.feeds}
    return merge(
        Span(max(one.from_day, month.first_day), min(one.to_day or date.max, month.last_day))
        for one in district.expected
        if one.community == source.community
        and one.part == source.part
        and tables & set(one.tables)
        and one.from_day <= month.last_day
        and (one.to_day is None or one.to_day >= month.first_day)
    )


def _return(
    source: Source,
    month: Period,
    needed: list[Span],
    filed: Iterable[dict[str, Any]],
    due: date,
    today: date,
) -> Return:
    missing, completed_on, rows = needed, None, 0
    for batch in filed:
        left = subtract(missing, parse(batch["covers"]))
        if left != missing or not missing:
            rows += batch["accepted"] if _touches(batch, month) else 0
        if missing and not left:
            completed_on = batch["imported_at"].date()
        missing = left
    if not needed:
        state = "not_run"
    elif not missing:
        state = "complete" if rows else "nil"
    elif due >= today:
        state = "not_due"
    else:
        state = "missing" if missing == needed else "partial"
    late = 0
    if state in ("complete", "nil", "partial", "missing"):
        late = max(0, ((completed_on or today) - due).days)
    return Return(source.id, source.community, month.id, state, tuple(missing), completed_on, late)


def _touches(batch: dict[str, Any], month: Period) -> bool:
    return any(
        span.first <= month.last_day and span.last >= month.first_day
        for span in parse(batch["covers"])
    )


def asked_for(district: District, found: Iterable[Return]) -> dict[str, str]:
    """Community → a message that says what it still has to send; only those that owe something."""
    owed: dict[str, dict[str, list[Return]]] = {}
    for one in found:
        if one.state in ("missing", "partial"):
            owed.setdefault(one.community, {}).setdefault(one.source, []).append(one)
    return {
        community: _message(district, community, by_source) for community, by_source in owed.items()
    }


def _message(district: District, community: str, by_source: dict[str, list[Return]]) -> str:
    lines = [
        _("{community}, please send:").format(community=district.community(community).name.pick())
    ]
    for source, returns_owed in by_source.items():
        parts = [_owed_words(one) for one in returns_owed]
        lines.append(
            _("– {title}: {parts}").format(
                title=district.source(source).title.pick(), parts=joined(parts)
            )
        )
    return "\n".join(lines)


def _owed_words(one: Return) -> str:
    month = formats.period("month", one.period)
    if one.state == "missing":
        return month
    days = joined([_days(span) for span in one.missing])
    return _("{month} ({days} missing)").format(month=month, days=days)


def _days(span: Span) -> str:
    first, last = formats.day_short(span.first), formats.day_short(span.last)
    return first if span.first == span.last else f"{first}–{last}"
