"""What a new warehouse may take over from the last one, because it would come out the same.

Everything derived has a fingerprint of what it is made of: the rows of a canonical table, per
community, of the batches they come from and of how persons were told apart; a metric of its SQL,
of the rows of its tables, of the district and of the periods. All hold the code and SQL of the
build itself, so that a new version of Lingti builds everything anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS, Metric, Table
from lingti.district import District
from lingti.ingest.batch import Manifest
from lingti.warehouse import limits

Part = tuple[str, str]
_CODE = ("lingti/warehouse/*.py", "lingti/catalog.py", "lingti/ingest/batch.py", "queries/build/*")
METRICS = "metric"
FRAMES = "frame"  # what a metric is made of besides its rows, the days reported and the periods
TOGETHER = ("together", "")  # all metrics as they are defined: one can give another away
WHOLE = ("whole", "")  # the part that stands for all a build was made of


@dataclass
class Carried:
    """The fingerprints of what is being built, and those that the last warehouse holds too.

    Both by part: a canonical table and a community, or `metric` (or `frame`) and its name.
    """

    made_of: dict[Part, str] = field(default_factory=dict)
    last: Mapping[Part, str] = field(default_factory=dict)

    def add(self, part: Part, *made_of: object) -> None:
        """Notes what a part is made of, besides what was noted of it before."""
        self.made_of[part] = _hash(self.made_of.get(part), *made_of)

    def unchanged(self, part: Part) -> bool:
        """Whether the last warehouse holds the part as it would come out now."""
        return part in self.made_of and self.made_of[part] == self.last.get(part)

    def of_table(self, table: str) -> list[tuple[str, str]]:
        """(community, fingerprint) of the rows of a table."""
        return sorted((part[1], made) for part, made in self.made_of.items() if part[0] == table)

    def changed(self, tables: Iterable[str]) -> list[str]:
        """The communities of which any of the tables has other rows than in the last warehouse."""
        known = self.made_of.keys() | self.last.keys()
        of = set(tables)
        found = {part[1] for part in known if part[0] in of and not self.unchanged(part)}
        return sorted(found)

    def communities(self, table: str, *, unchanged: bool) -> list[str]:
        """The communities whose rows of a table are, or are not, as in the last warehouse."""
        return [
            community
            for community, _made in self.of_table(table)
            if self.unchanged((table, community)) == unchanged
        ]


def attach(con: duckdb.DuckDBPyConnection, last: Path | None) -> Carried:
    """Opens the last warehouse as `last`; without a readable one nothing is carried."""
    if last is None:
        return Carried()
    name = str(last).replace("'", "''")
    try:
        con.execute(f"attach '{name}' as last (read_only)")
    except duckdb.Error:  # damaged, or of another version: a full build needs none
        return Carried()
    known = con.execute(
        "select 1 from duckdb_tables() where database_name = 'last' and table_name = 'made_of'"
    ).fetchall()
    if not known:
        return Carried()
    rows = con.execute("select kind, name, fingerprint from last.made_of").fetchall()
    return Carried(last={(kind, name): made for kind, name, made in rows})


def of_everything(
    district: District, manifests: Sequence[Manifest], aliases: Mapping[str, Any], targets: object
) -> str:
    """The fingerprint of all that a build is made of; where it is the same, so is the warehouse."""
    known = (catalog.tables(), catalog.metrics(), catalog.checks())
    return _hash(district, manifests, sorted(aliases.items()), targets, known)


def is_made_of(path: Path, everything: str) -> bool:
    """Whether a warehouse was built of just that; a damaged one was not."""
    try:
        with duckdb.connect(str(path), read_only=True, config=limits.reading()) as con:
            kind, name = WHOLE
            found = con.execute(
                "select fingerprint from made_of where kind = $kind and name = $name",
                {"kind": kind, "name": name},
            ).fetchall()
    except duckdb.Error:
        return False
    return found == [(everything,)]


def note_tables(
    carried: Carried, manifests: Sequence[Manifest], aliases: Mapping[str, Any]
) -> None:
    """Notes of which batches the rows of each table and community are made."""
    for name, table in catalog.tables().items():
        merchants = aliases if table.ends or table.has_merchant else {}
        for one in manifests:
            if name in one.tables:
                carried.add(
                    (name, one.community),
                    *(table.sql, sorted(merchants.items()), one.batch, one.part, one.replaces),
                    *(one.covers, one.hashes.get(f"{name}.parquet")),
                )


def note_persons(con: duckdb.DuckDBPyConnection, carried: Carried, tables: Iterable[Table]) -> None:
    """Notes how the persons of a table's rows were told apart.

    A batch of one community can show that two persons of another one are the same.
    """
    found = con.execute(
        f"select community, count(*), sum(hash({', '.join(PERSON_KEYS)}, resident)::hugeint)"
        " from residents group by community"
    ).fetchall()
    told_apart = {community: counts for community, *counts in found}
    for table in tables:
        if table.has_person:
            for community, _made in carried.of_table(table.name):
                carried.add((table.name, community), told_apart.get(community))


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
        con.execute(f"select {columns} from {table} order by all").fetchall()
        for table, columns in (("batches", "batch, as_of"), ("findings", "*"))
    ]
    hashes = {
        name: _hash(carried.of_table(name), expected.get(name), covered.get(name))
        for name in catalog.tables()
    }
    metrics = list(metrics)
    carried.add(TOGETHER, metrics)
    for metric in metrics:
        if metric.rests_on != "all":
            needed = [expected.get(table) for table in metric.tables]
            carried.add((FRAMES, metric.name), metric, places, needed)
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


def keep(con: duckdb.DuckDBPyConnection, carried: Carried) -> None:
    """Writes what everything was made of, for the next build."""
    rows = [(*part, made) for part, made in sorted(carried.made_of.items())]
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        con.execute("insert into made_of select unnest($1), unnest($2), unnest($3)", columns)


@cache
def _code() -> str:
    root = catalog.QUERIES.parent
    texts = [path.read_bytes() for glob in _CODE for path in sorted(root.glob(glob))]
    return hashlib.sha256(b"".join([duckdb.__version__.encode(), *texts])).hexdigest()


def _hash(*made_of: object) -> str:
    return hashlib.sha256(repr((_code(), made_of)).encode()).hexdigest()
