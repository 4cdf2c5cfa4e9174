"""Deletes a person: every row that is theirs leaves every batch, and every old warehouse goes.

Who is meant is told by an ID number, or by a name with a phone; what they write is turned into the
same keys as at the import, and nothing of it is kept. Rows that the district attributes to the same
person by other keys go as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lingti import warehouse
from lingti.access import audit
from lingti.catalog import PERSON_KEYS
from lingti.ingest.checking.pseudonyms import pseudonyms
from lingti.ingest.keeping import batches
from lingti.ingest.values import cell_values
from lingti.judging import publication
from lingti.upkeep import backup
from lingti.upkeep.backup import Made
from lingti.warehouse import persons
from lingti.warehouse.persons import Keys


@dataclass(frozen=True)
class Forgotten:
    """What was deleted: rows per batch, and the backups that still hold them."""

    rows: dict[int, int] = field(default_factory=dict)
    backups: tuple[Made, ...] = ()


def forget(
    home: Path,
    *,
    id_number: str | None = None,
    name: str | None = None,
    phone: str | None = None,
    by: str | None = None,
) -> Forgotten:
    """Deletes the person of an ID number, or of a name and phone, from all batches.

    The batches keep their numbers; their manifests say when rows were taken out, and why. Raises
    ValueError where it cannot be told who is meant.
    """
    if not id_number and not (name and phone):
        raise ValueError("an ID number, or a name and a phone")
    with batches.writing(home, timeout_s=600):
        wanted = _keys_of(home, id_number, name, phone)
        residents = _rows_of(home, wanted)
        rows: dict[int, int] = {}
        for folder in batches.folders(home):
            gone = _rewrite(folder, residents)
            if gone:
                rows[int(folder.name)] = gone
        if rows:
            audit.note(home, "forget", by, batches=sorted(rows), rows=sum(rows.values()))
            # A copy of the last warehouse would still hold the rows in blocks that are free.
            publication.rebuild(home, full=True)
            warehouse.remove_older(home)
    holding = [one for one in backup.known(home) if set(one.batches) & set(rows)]
    return Forgotten(rows, tuple(holding))


def _keys_of(
    home: Path, id_number: str | None, name: str | None, phone: str | None
) -> dict[str, str]:
    """The keys under which the person is kept, written as an import would have read them."""
    given = {"id": (id_number, cell_values.id_numbers), "phone": (phone, cell_values.phones)}
    known = pseudonyms(home)
    found = {}
    for kind, (text, parse) in given.items():
        if text:
            read = parse([text]).values[0] or text
            key = known.of(kind, read)
            if key:
                found[f"{kind}_key"] = key
    key = known.of("name", name.strip()) if name else None
    if key:
        found["name_key"] = key
    return found


def _rows_of(home: Path, wanted: dict[str, str]) -> set[Keys]:
    """Community and keys of every row that belongs to the person, in any batch."""
    files = [
        (path, batches.read_manifest(folder).community)
        for folder in batches.folders(home)
        for path in sorted(folder.glob("*.parquet"))
        if set(PERSON_KEYS) <= set(pq.read_schema(path).names)
    ]
    return persons.rows_of(files, {key: wanted[key] for key in _telling(wanted)})


def _telling(wanted: dict[str, str]) -> list[str]:
    """The keys that tell a person: the ID by itself, else the name with the phone."""
    return ["id_key"] if "id_key" in wanted else ["name_key", "phone_key"]


def _rewrite(folder: Path, residents: set[Keys]) -> int:
    """Writes a batch again without the person's rows; how many there were."""
    manifest = batches.read_manifest(folder)
    keys = {found[1:] for found in residents if found[0] == manifest.community}
    kept: dict[str, pa.Table] = {}
    gone = 0
    for path in sorted(folder.glob("*.parquet")) if keys else []:
        rows = pq.read_table(path)
        if not set(PERSON_KEYS) <= set(rows.column_names):
            continue
        theirs = pa.array(list(_marked(rows, keys)), pa.bool_())
        count = pc.sum(theirs).as_py() or 0
        if count:
            kept[path.stem] = rows.filter(pc.invert(theirs))
            gone += count
    if gone:
        batches.rewrite(folder, _without(folder, manifest, kept, gone), kept)
    return gone


def _marked(rows: pa.Table, keys: set[Keys]) -> Iterator[bool]:
    columns = [rows.column(name).to_pylist() for name in PERSON_KEYS]
    return (found in keys for found in zip(*columns, strict=True))


def _without(
    folder: Path, manifest: batches.Manifest, kept: dict[str, pa.Table], gone: int
) -> batches.Manifest:
    """The manifest of a batch after rows were deleted, with the record of it."""
    record = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "why": "forget",
        "rows": gone,
        "checksum_before": batches.checksum(folder),
    }
    counts = dict(manifest.counts)
    counts["accepted"] = counts.get("accepted", 0) - gone
    counts["forgotten"] = counts.get("forgotten", 0) + gone
    return replace(
        manifest,
        counts=counts,
        rows={**manifest.rows, **{name: len(rows) for name, rows in kept.items()}},
        replaced=(*manifest.replaced, record),
    )
