"""What readers are told: a snapshot of published values, which imports leave as it is.

What one import adds would tell of single persons: one late row turns 60 volunteers into 61, and
584 hours into 587.5. So readers get `snapshots/000003.duckdb` until an official publishes again. A
family of metrics (those that can give one another away) is replaced in a year as a whole, unless
1 to 4 people make the difference in a number that was told and would be told now; then the old
whole stays. A home publishes its first snapshot whole.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from lingti import catalog
from lingti.catalog import Catalog
from lingti.home import HomeError
from lingti.language import gettext as _
from lingti.warehouse import resource_limits
from lingti.warehouse.quantities import families

FOLDER = "snapshots"
KEPT = 2
_TOLD = ("values", "verdicts", "comparisons", "told_apart")  # tables, named `published_…`
_RESTS_ON = {"values": ", 0::bigint as rests_on"}


@dataclass(frozen=True)
class Change:
    """What publishing does to a family of metrics in a year.

    `kind` is new, replaced, unchanged or kept: 1 to 4 people made the difference. `told_at` is when
    what is told of it now was published.
    """

    metrics: tuple[str, ...]
    year: str
    kind: str
    told_at: str


def newest(home: Path) -> Path | None:
    """The snapshot that readers get; None where nothing was published yet."""
    return max(all_of(home), default=None)


def all_of(home: Path) -> list[Path]:
    """The snapshots that are there, the newest last."""
    paths = (path for path in (home / FOLDER).glob("*.duckdb") if re.fullmatch(r"\d{6}", path.stem))
    return sorted(paths)


@lru_cache(maxsize=8)
def published_at(path: Path) -> str:
    """When a snapshot was published, in ISO 8601."""
    with duckdb.connect(str(path), read_only=True, config=resource_limits.reading()) as con:
        ((at,),) = con.execute("select coalesce(max(published_at), '') from families").fetchall()
    return str(at)


@lru_cache(maxsize=8)
def warehouse_of(path: Path) -> str:
    """The name of the warehouse that a snapshot was last published from."""
    with duckdb.connect(str(path), read_only=True, config=resource_limits.reading()) as con:
        ((name,),) = con.execute("select warehouse from made_of").fetchall()
    return str(name)


def changes(home: Path, whole: Path, known: Catalog) -> list[Change]:
    """What publishing the warehouse `whole` would change for readers."""
    con = duckdb.connect(config=resource_limits.reading())
    with con:
        return _compare(con, home, whole, known, datetime.now().isoformat(timespec="seconds"))


def publish(home: Path, whole: Path, known: Catalog) -> list[Change]:
    """Makes what the warehouse `whole` publishes what readers get, family by family.

    The snapshot appears whole or not at all. Raises HomeError where it cannot be written.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    last = newest(home)
    number = int(last.stem) + 1 if last else 1
    draft, path = folder / f".draft-{uuid.uuid4().hex}", folder / f"{number:06d}.duckdb"
    try:
        with duckdb.connect(str(draft), config=resource_limits.building(folder)) as con:
            at = datetime.now().isoformat(timespec="seconds")
            changes = _compare(con, home, whole, known, at)
            con.execute(catalog.build_step("snapshot"))
            con.execute("create table made_of as select $name as warehouse", {"name": whole.stem})
            con.execute("checkpoint")
        descriptor = os.open(draft, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        draft.rename(path)
    except (OSError, duckdb.Error) as error:
        raise HomeError(
            _("Nothing was published: {why}. What readers see stays.").format(
                why=str(error).partition("\n")[0]
            )
        ) from error
    finally:
        draft.unlink(missing_ok=True)
        Path(f"{draft}.wal").unlink(missing_ok=True)
    for old in sorted(folder.glob("*.duckdb"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return changes


def remove_all(home: Path) -> None:
    """Deletes every snapshot, as after a deletion that must not be told by comparing two."""
    shutil.rmtree(home / FOLDER, ignore_errors=True)


def _compare(
    con: duckdb.DuckDBPyConnection, home: Path, whole: Path, known: Catalog, at: str
) -> list[Change]:
    """Makes the temporary table `compared`, one row per family and year, and returns it."""
    attach(con, "whole", whole)
    con.execute(
        "create temp table family_of"
        " (metric varchar, family varchar, always boolean, sensitive varchar[])"
    )
    rows = [
        (name, min(names), known.metrics[name].always_protects, list(known.metrics[name].sensitive))
        for names in families(known.metrics.values())
        for name in sorted(names)
    ]
    con.executemany("insert into family_of values (?, ?, ?, ?)", rows)
    last = newest(home)
    if last is not None:
        attach(con, "last", last)
        for name in (*_TOLD, "families"):
            source = name if name == "families" else f"published_{name}"
            con.execute(f"create temp view last_{name} as from last.{source}")
    else:
        for name in _TOLD:
            columns = f"*{_RESTS_ON.get(name, '')}"
            source = f"select {columns} from whole.published_{name} limit 0"
            con.execute(f"create temp view last_{name} as {source}")
        con.execute("create temp table last_families"
                    " (metric varchar, year varchar, published_at varchar)")  # fmt: skip
    con.execute(catalog.build_step("snapshot_compared"), {"at": at})
    changed = con.execute("""
        select list(metric order by metric), year, kind, any_value(published_at)
        from compared group by family, year, kind order by 1, 2
    """).fetchall()
    return [
        Change(tuple(metrics), year, kind, published_at)
        for metrics, year, kind, published_at in changed
    ]


def attach(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Attaches a database to read."""
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
