"""What the last import, or the last publication to readers, changed in numbers.

The first is noted when a warehouse is built from other batches than the one before, as that one is
taken away in time. What lies in `warehouse/` can be thrown away, and so can this.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from lingti.catalog import DISTRICT
from lingti.home import sync
from lingti.warehouse import resource_limits, snapshots

NAME = "last_import.json"
MOST = 30  # numbers of a community that are kept, the largest first
_TOTALS = """
    select metric, community, period, value, state from {table}
    where grain = 'month' and dimension is null and state <> 'withheld'
"""
_DIFFERING = """
    with before as ({before}), after as ({after}), differing as (
        select
            metric, community, period, b.value as before, a.value as after,
            coalesce(b.state, 'none') as state_before, coalesce(a.state, 'none') as state_after,
            coalesce(abs(a.value - b.value) / greatest(abs(a.value), abs(b.value)), 1) as size,
        from before as b {join} join after as a using (metric, community, period)
        where (a.value is null) <> (b.value is null)
            or abs(a.value - b.value) > 1e-9 * greatest(abs(a.value), abs(b.value))
    )
    select * exclude (size), count(*) over (partition by community) as of_community
    from differing
    qualify row_number() over (
        partition by community order by size desc, period desc, metric
    ) <= $most
    order by size desc, period desc, community, metric
"""


@dataclass(frozen=True)
class Changed:
    """A total of a month that became another; `of_community` is how many did of its community."""

    metric: str
    community: str
    period: str
    before: float | None
    after: float | None
    state_before: str
    state_after: str
    of_community: int


@dataclass(frozen=True)
class LastImport:
    """The batches that came and went last, and the numbers that they changed, the largest first."""

    came: tuple[int, ...] = ()
    went: tuple[int, ...] = ()
    numbers: tuple[Changed, ...] = ()


def note(home: Path, before: Path | None, after: Path) -> None:
    """Notes what changed between two warehouses, where they are of other batches.

    Where it cannot be noted nothing is said of it; what is published stands.
    """
    if before is not None and before != after and before.exists():
        with suppress(OSError, duckdb.Error):
            _note(home, before, after)


def _note(home: Path, before: Path, after: Path) -> None:
    with _both(before, after) as con:
        there, here = (
            {row[0] for row in con.execute(f"select batch from {one}.batches").fetchall()}
            for one in ("before", "after")
        )
        if there == here:
            return
        numbers = _differing(con, "metric_values", "full", without_district=True)
    difference = LastImport(
        tuple(sorted(here - there)), tuple(sorted(there - here)), tuple(numbers)
    )
    path = _path(home)
    draft = path.with_name(f".{NAME}-{uuid.uuid4().hex}")
    draft.write_text(json.dumps(asdict(difference)), "utf-8")
    sync(draft)
    draft.replace(path)


def last_import(home: Path) -> LastImport:
    """What the last import changed; of nothing where that is not known."""
    path = _path(home)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError, KeyError):
        return LastImport()


def forget(home: Path) -> None:
    """Deletes what was noted, as after a deletion that must not be told by a comparison."""
    _path(home).unlink(missing_ok=True)


def last_publication(home: Path) -> list[Changed]:
    """What the last publication changed for readers, in numbers that both tell."""
    all_snapshots = snapshots.all_of(home)
    return _published(*all_snapshots[-2:]) if len(all_snapshots) > 1 else []


@lru_cache(maxsize=8)
def _published(before: Path, after: Path) -> list[Changed]:
    with suppress(duckdb.IOException), _both(before, after) as con:
        return _differing(con, "published_values", "inner")
    return []


@contextmanager
def _both(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config=resource_limits.reading()) as con:
        snapshots.attach(con, "before", before)
        snapshots.attach(con, "after", after)
        yield con


def _differing(
    con: duckdb.DuckDBPyConnection, table: str, join: str, *, without_district: bool = False
) -> list[Changed]:
    more = f" and community <> '{DISTRICT}'" if without_district else ""
    sides = {one: _TOTALS.format(table=f"{one}.{table}") + more for one in ("before", "after")}
    rows: Sequence[Any] = con.execute(
        _DIFFERING.format(**sides, join=join), {"most": MOST}
    ).fetchall()
    return [Changed(*row) for row in rows]


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> LastImport:
    noted = json.loads(path.read_text("utf-8"))
    return LastImport(
        tuple(noted["came"]),
        tuple(noted["went"]),
        tuple(Changed(**number) for number in noted["numbers"]),
    )


def _path(home: Path) -> Path:
    return home / "warehouse" / NAME
