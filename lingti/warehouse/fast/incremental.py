"""What may stay as it is in a copy of the last warehouse, because it would come out the same.

Everything derived has a fingerprint of what it is made of: the rows of a canonical table, per
community, of the batches they come from and of how persons were told apart; a metric of its SQL,
of the rows of its tables, of the district and of the periods. All hold the code and SQL of the
build itself, so that a new version of Lingti builds everything anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS, Catalog, Metric
from lingti.district import District
from lingti.ingest.keeping.batches import Manifest
from lingti.warehouse import resource_limits
from lingti.warehouse.inputs import Inputs
from lingti.warehouse.insert import insert

Part = tuple[str, str]  # its kind and its name
Prints = dict[str, dict[str, str]]  # fingerprints by kind and name
_CODE = (
    *(
        "lingti/warehouse/**/*.py",
        "lingti/judging/**/*.py",
        "lingti/judging/**/*.csv",
        "lingti/catalog/*.py",
        "lingti/ingest/keeping/batches.py",
        "lingti/ingest/keeping/manifest.py",
        "lingti/ingest/keeping/to_correct.py",
    ),
    "queries/build/*",
)
METRICS = "metric"
FRAMES = "frame"  # what a metric is made of besides its rows, the days reported and the periods
STORED = "stored"  # with a table's name: its rows as the batches of a community hold them
LAYOUT = ("layout", "")  # the tables there are, and the code that fills them
CHECKED = ("checked", "")  # the rules that rows are held against
TOGETHER = ("together", "")  # all metrics as they are defined: one can give another away
BATCHES = ("batches", "")  # those that stand: quickly told, where all else takes a while
WHOLE = ("whole", "")  # the part that stands for all a build was made of
SETTINGS = ("settings", "")  # those that values rest on: quickly told
UNPUBLISHED = (TOGETHER, WHOLE)  # not to be trusted before `published_values` is up to date


@dataclass
class Changes:
    """What differs between the last warehouse and the one being built, told by fingerprints.

    A part is a canonical table and a community, or `metric` (or `frame`) and its name. Nothing is
    known of a last warehouse where everything is built anew.
    """

    catalog: Catalog
    now: Prints = field(default_factory=dict)
    last: Prints = field(default_factory=dict)
    # The communities of which rows were held against the rules again, where not all were.
    rechecked: list[str] = field(default_factory=list)
    # Metrics, each with a year in which all its values are those of the last warehouse.
    unchanged_years: list[tuple[str, str]] = field(default_factory=list)

    def add(self, part: Part, *made_of: object) -> None:
        """Notes what a part is made of, besides what was noted of it before."""
        self.note(part, _hash(_print_of(self.now, part), *made_of))

    def note(self, part: Part, fingerprint: str) -> None:
        """Notes the fingerprint of a part."""
        kind, name = part
        self.now.setdefault(kind, {})[name] = fingerprint

    def unchanged(self, part: Part) -> bool:
        """Whether the last warehouse holds the part as it would come out now."""
        fingerprint = _print_of(self.now, part)
        return fingerprint is not None and fingerprint == _print_of(self.last, part)

    def of_table(self, table: str) -> list[tuple[str, str]]:
        """(community, fingerprint) of the rows of a table."""
        return sorted(self.now.get(table, {}).items())

    def communities(self, tables: Iterable[str]) -> list[str]:
        """The communities of which any of the tables has other rows than in the last warehouse."""
        changed = set()
        for table in tables:
            now, last = (prints.get(table, {}) for prints in (self.now, self.last))
            changed |= {community for community, _print in now.items() ^ last.items()}
        return sorted(changed)


def _print_of(prints: Prints, part: Part) -> str | None:
    kind, name = part
    return prints.get(kind, {}).get(name)


def of_warehouse(path: Path | None) -> Prints:
    """What a warehouse was made of; nothing of one that is damaged or of another version."""
    if path is None:
        return {}
    try:
        with duckdb.connect(str(path), read_only=True, config=resource_limits.reading()) as con:
            return fingerprints_in(con)
    except duckdb.Error:
        return {}


def fingerprints_in(con: duckdb.DuckDBPyConnection) -> Prints:
    """What the warehouse was made of that a database holds."""
    prints: Prints = {}
    rows = con.execute("select kind, name, fingerprint from made_of").fetchall()
    for kind, name, fingerprint in rows:
        prints.setdefault(kind, {})[name] = fingerprint
    return prints


def is_made_of(last: Prints, inputs: Inputs) -> bool:
    """Whether a build would come out as the last, which was made of this."""
    same_batches = _print_of(last, BATCHES) in (None, of_batches(inputs.manifests))
    return same_batches and _print_of(last, WHOLE) == of_everything(inputs)


def of_batches(manifests: Sequence[Manifest]) -> str:
    """The fingerprint of which batches stand."""
    return _hash([manifest.batch for manifest in manifests])


def can_be_copied(last: Prints, known: Catalog) -> bool:
    """Whether a new warehouse can begin as a copy of the last, which was made of this."""
    return _print_of(last, LAYOUT) == _layout(known)


def _layout(known: Catalog) -> str:
    tables = [(name, table.sql) for name, table in sorted(known.tables.items())]
    return _hash(catalog.build_step("schema"), tables)


def of_everything(inputs: Inputs) -> str:
    """The fingerprint of all that a build is made of; where it is the same, so is the warehouse."""
    entered = (
        *(sorted(inputs.aliases.items()), inputs.targets),
        *(sorted(inputs.baselines.items()), inputs.ordinary),
    )
    return _hash(inputs.district, inputs.manifests, entered, inputs.district.catalog.fingerprint)


def of_settings(district: District) -> str:
    """The fingerprint of the settings that values rest on, and of the catalogue."""
    places = [
        (
            community.id,
            community.name,
            community.short,
            community.since,
            community.until,
            community.populations,
        )
        for community in district.communities
    ]
    return _hash(
        places, district.expected, district.rules, district.starts_on, district.catalog.fingerprint
    )


def keep_whole(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Writes of a build that no later one takes parts over from what all of it was made of."""
    changes = Changes(inputs.district.catalog)
    changes.note(WHOLE, of_everything(inputs))
    changes.note(SETTINGS, of_settings(inputs.district))
    keep(con, changes)


def note_batches(changes: Changes, manifests: Sequence[Manifest]) -> None:
    """Notes how tables lie, and which batches of each community fill them."""
    changes.note(LAYOUT, _layout(changes.catalog))
    for name in changes.catalog.tables:
        for manifest in manifests:
            if name in manifest.tables:
                changes.add(
                    (f"{STORED} {name}", manifest.community),
                    *(manifest.batch, manifest.part, manifest.replaces, manifest.covers),
                    manifest.hashes.get(f"{name}.parquet"),
                )


def communities_of_other_batches(changes: Changes) -> list[str]:
    """The communities that have other batches than in the last warehouse."""
    return changes.communities(f"{STORED} {name}" for name in changes.catalog.tables)


def note_rows(con: duckdb.DuckDBPyConnection, changes: Changes, aliases: Mapping[str, Any]) -> None:
    """Notes what rows are made of: batches, how persons were told apart, names of merchants, and
    members that count as others.

    A batch of one community can show that two persons of another one are the same.
    """
    rows = con.execute(
        f"select community, count(*), sum(hash({', '.join(PERSON_KEYS)}, resident)::hugeint)"
        " from identities group by community"
    ).fetchall()
    told_apart = {community: counts for community, *counts in rows}
    united: dict[str, list[tuple[str, ...]]] = {}
    for tbl, *member in con.execute("from united_members order by all").fetchall():
        united.setdefault(tbl, []).append(tuple(member))
    for name, table in changes.catalog.tables.items():
        merchants = sorted(aliases.items()) if table.ends or table.has_merchant else []
        for community, stored in changes.of_table(f"{STORED} {name}"):
            persons = told_apart.get(community) if table.has_person else None
            changes.add((name, community), stored, persons, merchants, *united.get(name, []))


def note_checks(con: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    """Notes the rules that all rows are held against."""
    rules = con.execute("select * from rules order by all").fetchall()
    changes.add(CHECKED, changes.catalog.checks, rules)


def note_metrics(
    con: duckdb.DuckDBPyConnection, changes: Changes, metrics: Iterable[Metric]
) -> None:
    """Notes what each metric is made of; the tables, the periods and the findings are there."""
    places, periods = (
        con.execute(f"from {table} order by all").fetchall() for table in ("populations", "periods")
    )
    expected, covered = _by_table(con, "expected"), _by_table(con, "covered")
    totals, lacking = _by_table(con, "spans", "lacking is null"), _lacking(con)
    # Once something came unexpected, no period of it is one in which nothing is run.
    came: dict[str, list[str]] = {}
    for tbl, community in con.execute(
        "select distinct tbl, community from unexpected order by all"
    ).fetchall():
        came.setdefault(tbl, []).append(community)
    everything = [
        con.execute("select batch, as_of from batches order by all").fetchall(),
        con.execute("select count(*), sum(hash(findings)::hugeint) from findings").fetchall(),
    ]
    hashes = {
        name: _hash(changes.of_table(name), expected.get(name), covered.get(name))
        for name in changes.catalog.tables
    }
    metrics = list(metrics)
    ordinary = con.execute("from ordinary_members order by all").fetchall()
    areas = con.execute("from areas order by all").fetchall()
    changes.add(TOGETHER, metrics, ordinary, areas)
    for metric in metrics:
        needed = [
            *((expected.get(table), totals.get(table), came.get(table)) for table in metric.tables),
            *(lacking.get(need.name) for need in metric.needs),
        ]
        rules = _print_of(changes.now, CHECKED) if metric.facts.of_all_tables else None
        changes.add((FRAMES, metric.name), metric, places, needed, rules)
        changes.add(
            (METRICS, metric.name),
            *(metric, places, periods, needed, [hashes[table] for table in metric.tables]),
            everything if metric.facts.of_all_tables else None,
        )


def _by_table(
    con: duckdb.DuckDBPyConnection, kind: str, where: str = "true"
) -> dict[str, tuple[int, int]]:
    """Of each canonical table how many rows name it, and what they add up to as numbers."""
    counted = f"select tbl, count(*), sum(hash({kind})::hugeint) from {kind} where {where}"
    rows = con.execute(f"{counted} group by tbl").fetchall()
    return {tbl: (count, total) for tbl, count, total in rows}


def _lacking(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Of each need of metrics the spans in which some rows have no such column."""
    spans: dict[str, list[tuple[object, ...]]] = {}
    rows = con.execute("from spans where lacking is not null order by all").fetchall()
    for row in rows:
        spans.setdefault(row[-1], []).append(row)
    return spans


def keep(con: duckdb.DuckDBPyConnection, changes: Changes, *, but: Collection[Part] = ()) -> None:
    """Writes what everything was made of, for the next build; `but` is not there yet."""
    rows = [
        (kind, name, fingerprint)
        for kind, parts in sorted(changes.now.items())
        for name, fingerprint in sorted(parts.items())
        if (kind, name) not in but
    ]
    con.execute("delete from made_of")
    insert(con, "made_of", rows)


def code_files() -> list[Path]:
    """The files that say what a build makes: where one differs, all is built anew."""
    root = catalog.QUERIES.parent
    return [path for glob in _CODE for path in sorted(root.glob(glob))]


@cache
def _code() -> str:
    texts = [path.read_bytes() for path in code_files()]
    return hashlib.sha256(b"".join([duckdb.__version__.encode(), *texts])).hexdigest()


def _hash(*made_of: object) -> str:
    return hashlib.sha256(repr((_code(), made_of)).encode()).hexdigest()
