"""What may stay as it is in a copy of the last warehouse, because it would come out the same.

Everything derived has a fingerprint of what it is made of: the rows of a canonical table, per
community, of the batches they come from and of how persons were told apart; a metric of its SQL,
of the rows of its tables, of the district and of the periods. All hold the code and SQL of the
build itself, so that a new version of Lingti builds everything anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS, Metric
from lingti.district import District
from lingti.ingest.batch import Manifest
from lingti.warehouse import limits

Part = tuple[str, str]
_CODE = ("lingti/warehouse/*.py", "lingti/catalog.py", "lingti/ingest/batch.py", "queries/build/*")
METRICS = "metric"
FRAMES = "frame"  # what a metric is made of besides its rows, the days reported and the periods
STORED = "stored"  # with a table's name: its rows as the batches of a community hold them
LAYOUT = ("layout", "")  # the tables there are, and the code that fills them
CHECKED = ("checked", "")  # the rules that rows are held against
TOGETHER = ("together", "")  # all metrics as they are defined: one can give another away
BATCHES = ("batches", "")  # those that stand: quickly told, where all else takes a while
WHOLE = ("whole", "")  # the part that stands for all a build was made of
UNPUBLISHED = (TOGETHER, WHOLE)  # not to be trusted before `published_values` is up to date


@dataclass
class Carried:
    """The fingerprints of what is being built, and those that the last warehouse holds too.

    Both by part: a canonical table and a community, or `metric` (or `frame`) and its name. Nothing
    is known of a last warehouse where everything is built anew.
    """

    made_of: dict[Part, str] = field(default_factory=dict)
    last: Mapping[Part, str] = field(default_factory=dict)
    # The communities of which rows were held against the rules again, where not all were.
    rechecked: list[str] = field(default_factory=list)
    # Metrics, each with a year in which all its values are those of the last warehouse.
    published: list[tuple[str, str]] = field(default_factory=list)

    def add(self, part: Part, *made_of: object) -> None:
        """Notes what a part is made of, besides what was noted of it before."""
        self.made_of[part] = _hash(self.made_of.get(part), *made_of)

    def unchanged(self, part: Part) -> bool:
        """Whether the last warehouse holds the part as it would come out now."""
        return part in self.made_of and self.made_of[part] == self.last.get(part)

    def of_kind(self, kind: str) -> set[str]:
        """The names of all parts of a kind in the last warehouse."""
        return {part[1] for part in self.last if part[0] == kind}

    def of_table(self, table: str) -> list[tuple[str, str]]:
        """(community, fingerprint) of the rows of a table."""
        return sorted((part[1], made) for part, made in self.made_of.items() if part[0] == table)

    def changed(self, tables: Iterable[str]) -> list[str]:
        """The communities of which any of the tables has other rows than in the last warehouse."""
        known = self.made_of.keys() | self.last.keys()
        of = set(tables)
        found = {part[1] for part in known if part[0] in of and not self.unchanged(part)}
        return sorted(found)


def of_last(path: Path | None) -> Mapping[Part, str]:
    """What a warehouse was made of; nothing of one that is damaged or of another version."""
    if path is None:
        return {}
    try:
        with duckdb.connect(str(path), read_only=True, config=limits.reading()) as con:
            rows = con.execute("select kind, name, fingerprint from made_of").fetchall()
    except duckdb.Error:
        return {}
    return {(kind, name): made for kind, name, made in rows}


def is_made_of(
    last: Mapping[Part, str], batches: Sequence[Manifest], whole: Callable[[], str]
) -> bool:
    """Whether a build would come out as the last, which was made of this."""
    return (
        last.get(BATCHES, of_batches(batches)) == of_batches(batches) and last.get(WHOLE) == whole()
    )


def of_batches(batches: Sequence[Manifest]) -> str:
    """The fingerprint of which batches stand."""
    return _hash([one.batch for one in batches])


def can_be_copied(last: Mapping[Part, str]) -> bool:
    """Whether a new warehouse can begin as a copy of the last, which was made of this."""
    return last.get(LAYOUT) == _layout()


def _layout() -> str:
    tables = [(name, table.sql) for name, table in sorted(catalog.tables().items())]
    return _hash(catalog.build_step("schema"), tables)


def of_everything(
    district: District, manifests: Sequence[Manifest], aliases: Mapping[str, Any], targets: object
) -> str:
    """The fingerprint of all that a build is made of; where it is the same, so is the warehouse."""
    known = (catalog.tables(), catalog.metrics(), catalog.checks())
    return _hash(district, manifests, sorted(aliases.items()), targets, known)


def note_batches(carried: Carried, manifests: Sequence[Manifest]) -> None:
    """Notes how tables lie, and which batches of each community fill them."""
    carried.made_of[LAYOUT] = _layout()
    for name in catalog.tables():
        for one in manifests:
            if name in one.tables:
                carried.add(
                    (f"{STORED} {name}", one.community),
                    *(one.batch, one.part, one.replaces, one.covers),
                    one.hashes.get(f"{name}.parquet"),
                )


def communities_of_other_batches(carried: Carried) -> list[str]:
    """The communities that have other batches than in the last warehouse."""
    return carried.changed(f"{STORED} {name}" for name in catalog.tables())


def note_rows(con: duckdb.DuckDBPyConnection, carried: Carried, aliases: Mapping[str, Any]) -> None:
    """Notes what rows are made of: batches, how persons were told apart, and names of merchants.

    A batch of one community can show that two persons of another one are the same.
    """
    found = con.execute(
        f"select community, count(*), sum(hash({', '.join(PERSON_KEYS)}, resident)::hugeint)"
        " from identities group by community"
    ).fetchall()
    told_apart = {community: counts for community, *counts in found}
    for name, table in catalog.tables().items():
        merchants = sorted(aliases.items()) if table.ends or table.has_merchant else []
        for community, stored in carried.of_table(f"{STORED} {name}"):
            persons = told_apart.get(community) if table.has_person else None
            carried.add((name, community), stored, persons, merchants)


def note_checks(con: duckdb.DuckDBPyConnection, carried: Carried) -> None:
    """Notes the rules that all rows are held against."""
    rules = con.execute("select * from rules order by all").fetchall()
    carried.add(CHECKED, catalog.checks(), rules)


def note_metrics(
    con: duckdb.DuckDBPyConnection, carried: Carried, metrics: Iterable[Metric]
) -> None:
    """Notes what each metric is made of; the tables, the periods and the findings are there."""
    places, periods = (
        con.execute(f"select {columns} from {table} order by all").fetchall()
        for table, columns in (
            ("communities", "community, residents, households"),
            ("periods", "*"),
        )
    )
    expected, covered = _by_table(con, "expected"), _by_table(con, "covered")
    everything = [
        con.execute("select batch, as_of from batches order by all").fetchall(),
        con.execute("select count(*), sum(hash(findings)::hugeint) from findings").fetchall(),
    ]
    hashes = {
        name: _hash(carried.of_table(name), expected.get(name), covered.get(name))
        for name in catalog.tables()
    }
    metrics = list(metrics)
    carried.add(TOGETHER, metrics)
    for metric in metrics:
        needed = [expected.get(table) for table in metric.tables]
        rules = carried.made_of.get(CHECKED) if metric.rests_on == "all" else None
        carried.add((FRAMES, metric.name), metric, places, needed, rules)
        carried.add(
            (METRICS, metric.name),
            *(metric, places, periods, [hashes[table] for table in metric.tables]),
            everything if metric.rests_on == "all" else None,
        )


def _by_table(con: duckdb.DuckDBPyConnection, kind: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for tbl, *row in con.execute(f"select tbl, * from {kind} order by all").fetchall():
        found.setdefault(tbl, []).append(row)
    return found


def keep(con: duckdb.DuckDBPyConnection, carried: Carried, *, but: Collection[Part] = ()) -> None:
    """Writes what everything was made of, for the next build; `but` is not there yet."""
    rows = [(*part, made) for part, made in sorted(carried.made_of.items()) if part not in but]
    columns = [list(column) for column in zip(*rows, strict=True)]
    con.execute("delete from made_of")
    if columns:
        con.execute("insert into made_of select unnest($1), unnest($2), unnest($3)", columns)


@cache
def _code() -> str:
    root = catalog.QUERIES.parent
    texts = [path.read_bytes() for glob in _CODE for path in sorted(root.glob(glob))]
    return hashlib.sha256(b"".join([duckdb.__version__.encode(), *texts])).hexdigest()


def _hash(*made_of: object) -> str:
    return hashlib.sha256(repr((_code(), made_of)).encode()).hexdigest()
