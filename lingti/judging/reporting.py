"""Who sent what and when: each source in each month, what is missing, and how late it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lingti.district import District, Source
from lingti.ingest.checking.coverage import Span, merge, parse, subtract
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse

STATES = ("complete", "late", "nil", "partial", "missing", "not_run", "not_due")


@dataclass(frozen=True)
class Return:
    """What a source sent for a month.

    `state` is complete, nil (零报告: the days are covered and hold nothing), partial, missing,
    not_run (nothing is expected) or not_due. `missing` are the days not covered, `batches` those
    that speak for some. `days_late` counts from `due_on` to the day the month was complete, or to
    today while it is not.
    """

    source: str
    community: str
    period: str
    state: str
    missing: tuple[Span, ...]
    due_on: date | None
    completed_on: date | None
    days_late: int
    batches: tuple[int, ...]
    to_correct: int = 0  # rows in quarantine of the month, or of some month of its batches


@dataclass(frozen=True)
class _Needed:
    """The days of a month that are expected from a source, and the day by which."""

    days: list[Span]
    due_on: date | None


@memoised
def returns(
    warehouse: Warehouse, district: District, months: Sequence[Period], today: date
) -> list[Return]:
    """Every source of the district in every month, by community, source and month."""
    filed: dict[str, list[dict[str, Any]]] = {}
    for batch in warehouse.rows(
        "select batch, source, covers, imported_at,"
        " coalesce(read_rows - quarantined - set_aside, accepted) as held from batches"
        " order by imported_at, batch"
    ):
        spans = parse(batch["covers"])
        filed.setdefault(batch["source"], []).append({**batch, "spans": spans})
    waiting: dict[int, list[tuple[Span, int]]] = {}
    for row in warehouse.rows("select batch, first_day, last_day, rows from to_correct"):
        days = Span(row["first_day"], row["last_day"])
        waiting.setdefault(row["batch"], []).append((days, row["rows"]))
    for batch in (batch for of_source in filed.values() for batch in of_source):
        batch["waiting"] = waiting.get(batch["batch"], [])
    due: dict[tuple[str, str, str, str], set[tuple[date, date, date]]] = {}
    for row in warehouse.rows("from due"):
        place = row["community"], row["part"], row["tbl"], row["period"]
        due.setdefault(place, set()).add((row["first_day"], row["last_day"], row["ends_on"]))
    order = {community.id: place for place, community in enumerate(district.communities)}
    sources = sorted(district.sources.values(), key=lambda one: (order[one.community], one.id))
    # Most of many sources owe the same days of a month.
    needed: dict[frozenset[tuple[date, date, date]], _Needed] = {}
    found = []
    for source in sources:
        tables = [(source.community, source.part, table) for table in source.tables]
        sent = filed.get(source.id, [])
        for month in months:
            owed = frozenset().union(*(due.get((*table, month.id), ()) for table in tables))
            if owed not in needed:
                needed[owed] = _needed(owed, district.reporting_day)
            of_month = [one for one in sent if _touches(one["spans"], month)]
            found.append(_return(source, month, needed[owed], of_month, today))
    return found


def _needed(owed: Iterable[tuple[date, date, date]], reporting_day: int) -> _Needed:
    """What is owed of a month, each part of it with the day on which what it belongs to ends."""
    days = merge(Span(first_day, last_day) for first_day, last_day, _ends_on in owed)
    ends_on = min((ends_on for *_days, ends_on in owed), default=None)
    return _Needed(days, ends_on and ends_on + timedelta(days=reporting_day))


def _return(
    source: Source,
    month: Period,
    needed: _Needed,
    filed: Sequence[dict[str, Any]],
    today: date,
) -> Return:
    missing, completed_on, rows = needed.days, None, 0
    for batch in filed:
        left = subtract(missing, batch["spans"])
        if left != missing or not missing:
            # Of others' batches one only sees whether there are rows in them.
            rows += 1 if batch["held"] is None else batch["held"]
        if missing and not left:
            completed_on = batch["imported_at"].date()
        missing = left
    due_on = needed.due_on
    if due_on is None:
        state = "not_run"
    elif not missing:
        state = "complete" if rows else "nil"
    elif due_on >= today:
        state = "not_due"
    else:
        state = "missing" if missing == needed.days else "partial"
    late = 0
    if due_on is not None and state != "not_due":
        late = max(0, ((completed_on or today) - due_on).days)
    return Return(
        source.id,
        source.community,
        month.id,
        state,
        tuple(missing),
        due_on,
        completed_on,
        late,
        tuple(batch["batch"] for batch in filed),
        sum(rows for batch in filed for days, rows in batch["waiting"] if _touches([days], month)),
    )


def _touches(spans: Sequence[Span], month: Period) -> bool:
    return any(span.first <= month.last_day and span.last >= month.first_day for span in spans)


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
    month = number_text.period("month", one.period)
    if one.state == "missing":
        return month
    days = joined([_days(span) for span in one.missing])
    return _("{month} ({days} missing)").format(month=month, days=days)


def _days(span: Span) -> str:
    first, last = number_text.day_short(span.first), number_text.day_short(span.last)
    return first if span.first == span.last else f"{first}–{last}"
