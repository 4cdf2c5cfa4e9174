"""Who sent what and when: each expected table in each month, what is missing, and how late it came.

Months go on to today: those after the newest data are due like all others. What nobody expects has
a line, too, once it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from lingti.catalog import TOTALS, Catalog
from lingti.district import District
from lingti.ingest.checking.coverage import Span, merge, parse, subtract
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse

STATES = ("complete", "late", "nil", "partial", "missing", "not_run", "not_due", "not_expected")


@dataclass(frozen=True)
class Return:
    """What a community sent for a month of a table, or of one part of it.

    `state` is complete, nil (零报告: the days are covered and hold nothing), partial, missing,
    not_run (nothing is expected), not_expected (nothing is, and something came) or not_due.
    `missing` are the days not covered, `batches` those that speak for some. `days_late` counts from
    `due_on` to the day the month was complete, or to today while it is not.
    """

    community: str
    table: str
    part: str
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
    """The days of a month that are expected of a table, and the day by which."""

    days: list[Span]
    due_on: date | None


class Filed(NamedTuple):
    """What is sent together: a community's table, or one part of it."""

    community: str
    table: str
    part: str


def months_to(today: date, months: Sequence[Period]) -> list[Period]:
    """The months of the data, and those after them that ended before today."""
    periods = list(months)
    while periods and (last := periods[-1].last_day) < today:
        first = last + timedelta(days=1)
        ends = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        if ends >= today:
            break
        periods.append(Period("month", f"{first:%Y-%m}", first, ends))
    return periods


@memoised
def returns(
    warehouse: Warehouse, district: District, months: Sequence[Period], today: date
) -> list[Return]:
    """Every table that is expected or came, in every month, by community, table and month."""
    due: dict[Filed, dict[str, set[tuple[date, date, date]]]] = {}
    for row in warehouse.rows(warehouse.catalog.views["months_due"], today=today):
        of_it = due.setdefault(Filed(row["community"], row["tbl"], row["part"]), {})
        owed = (row["first_day"], row["last_day"], row["ends_on"])
        of_it.setdefault(row["period"], set()).add(owed)
    sent = _sent(warehouse)
    order = {community.id: place for place, community in enumerate(district.communities)}
    tables = {table: place for place, table in enumerate(warehouse.catalog.tables)}
    # Most of many owe the same days of a month.
    needed: dict[frozenset[tuple[date, date, date]], _Needed] = {}
    all_returns = []
    known = [filed for filed in {*due, *sent} if filed.community in order and filed.table in tables]
    for filed in sorted(known, key=lambda one: (order[one.community], tables[one.table], one.part)):
        for month in months:
            owed_days = frozenset(due.get(filed, {}).get(month.id, ()))
            if owed_days not in needed:
                needed[owed_days] = _needed(owed_days, district.reporting_day)
            of_month = [batch for batch in sent.get(filed, ()) if _touches(batch["spans"], month)]
            all_returns.append(_return(filed, month, needed[owed_days], of_month, today))
    return all_returns


def _sent(warehouse: Warehouse) -> dict[Filed, list[dict[str, Any]]]:
    """The batches of every table, in the order in which they came.

    Each with the days it speaks for, the rows in it and those that wait to be corrected.
    """
    # Of other communities a reader is not told of which batches the rows are.
    waiting: dict[int | str, list[tuple[Span, list[str], int]]] = {}
    for row in warehouse.rows("from to_correct"):
        days = Span(row["first_day"], row["last_day"])
        of = row["community"] if row["rows"] == to_correct.SOME else row["batch"]
        waiting.setdefault(of, []).append((days, row["tables"], row["rows"]))
    batches_of: dict[Filed, list[dict[str, Any]]] = {}
    for batch in warehouse.rows(
        "select batch, community, part, tables, covers, imported_at,"
        " coalesce(read_rows - quarantined - set_aside, accepted) as held from batches"
        " order by imported_at, batch"
    ):
        batch["spans"] = parse(batch["covers"])
        for table in batch["tables"]:
            of_table = [
                (days, rows)
                for whose in (batch["batch"], batch["community"])
                for days, tables, rows in waiting.get(whose, ())
                if table in tables
            ]
            batches_of.setdefault(Filed(batch["community"], table, batch["part"]), []).append(
                {**batch, "waiting": of_table}
            )
    # Totals that stand in the place of another table's rows are no table of their own.
    return {filed: batches for filed, batches in batches_of.items() if filed.table != TOTALS}


def _needed(owed: Iterable[tuple[date, date, date]], reporting_day: int) -> _Needed:
    """What is owed of a month, each part of it with the day on which what it belongs to ends."""
    days = merge(Span(first_day, last_day) for first_day, last_day, _ends_on in owed)
    ends_on = min((ends_on for *_days, ends_on in owed), default=None)
    return _Needed(days, ends_on and ends_on + timedelta(days=reporting_day))


def _return(
    of: Filed,
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
        state = "not_expected" if filed else "not_run"
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
        *of,
        month.id,
        state,
        tuple(missing),
        due_on,
        completed_on,
        late,
        tuple(batch["batch"] for batch in filed),
        to_correct.together(
            rows for batch in filed for days, rows in batch["waiting"] if _touches([days], month)
        ),
    )


def _touches(spans: Sequence[Span], month: Period) -> bool:
    return any(span.first <= month.last_day and span.last >= month.first_day for span in spans)


def title_of(known: Catalog, district: District, owed: Return) -> str:
    """What is sent, in a line: the table, and in brackets what the community calls its sheets."""
    title = known.tables[owed.table].title.pick()
    sheets = [sheet for sheet in sheets_of(district, owed) if sheet != title]
    return _("{title} ({sheets})").format(title=title, sheets=joined(sheets)) if sheets else title


def sheets_of(district: District, owed: Return) -> list[str]:
    """The titles of the sources by which a community sends a table; its part where it has none."""
    titles = [
        source.title.pick()
        for source in district.sources.values()
        if (source.community, source.part) == (owed.community, owed.part)
        and owed.table in source.tables
    ]
    return titles or ([owed.part] if owed.part else [])
