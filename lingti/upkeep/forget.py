"""Deletes a person: every row that is theirs leaves every batch, and every old warehouse goes.

Who is meant is told by an ID number, or by a name with a phone; what they write is turned into the
same keys as at the import, and nothing of it is kept. Rows that the district attributes to the same
person by other keys go as well.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lingti import warehouse
from lingti.access import audit
from lingti.catalog import PERSON_KEYS
from lingti.editions import keeping, revisions
from lingti.ingest.checking.pseudonyms import pseudonyms
from lingti.ingest.keeping import batches
from lingti.ingest.values import cell_values
from lingti.judging import publication
from lingti.upkeep import backup
from lingti.upkeep.backup import INTENT, Backup
from lingti.warehouse import persons
from lingti.warehouse.persons import Keys


@dataclass(frozen=True)
class Forgotten:
    """What was deleted: rows per batch, and the backups that still hold them."""

    rows: dict[int, int] = field(default_factory=dict)
    backups: tuple[Backup, ...] = ()


def forget(
    home: Path,
    *,
    id_number: str | None = None,
    name: str | None = None,
    phone: str | None = None,
    by: str | None = None,
) -> Forgotten:
    """Deletes the person of an ID number, or of a name and phone, from all batches.

    The batches keep their numbers; their manifests say when rows were taken out, and why. What is
    going to be done is written down first, so that whoever comes next finishes it. Raises
    ValueError where it cannot be told who is meant.
    """
    if not id_number and not (name and phone):
        raise ValueError("an ID number, or a name and a phone")
    with batches.writing(home, timeout_s=600):
        finished = finish(home)
        residents = _rows_of(home, _keys_of(home, id_number, name, phone))
        if not residents:
            return finished
        if warehouse.is_behind(home):  # so that all that differs then is what is deleted
            publication.rebuild(home)
        intent = {
            "id": uuid.uuid4().hex,
            "warehouse": warehouse.current(home).path.stem if warehouse.exists(home) else "",
            "by": by or audit.account(),
            "rows": sorted(residents, key=repr),
        }
        _write_intent(home, intent)
        return finish(home)


def finish(home: Path) -> Forgotten:
    """Does what is left to do of a deletion that was begun; nothing where none was.

    Whose rows go is written down before the first one does: what tells that a row is the person's
    may be gone after a kill.
    """
    path = home / INTENT
    if not path.exists():
        return Forgotten()
    with batches.writing(home, timeout_s=600):
        intent = json.loads(path.read_text("utf-8"))
        number, residents = intent["id"], {cast("Keys", tuple(row)) for row in intent["rows"]}
        for folder in batches.folders(home):
            _rewrite(folder, residents, number)
        rows = _rows_deleted(home, number)
        noted = any(row.get("id") == number for row in audit.read(home) if row["what"] == "forget")
        if not noted:
            counts = {"batches": sorted(rows), "rows": sum(rows.values())}
            audit.note(home, "forget", intent["by"], id=number, **counts)
        # A copy of the last warehouse would still hold the rows in blocks that are free.
        publication.rebuild(home, full=True)
        _note_editions(home, intent)
        warehouse.remove_older(home)
        path.unlink()
    holding = [one for one in backup.known(home) if set(one.batches) & set(rows)]
    return Forgotten(rows, tuple(holding))


def _note_editions(home: Path, intent: Mapping[str, Any]) -> None:
    """Notes in the audit which finalised numbers a deletion made others; editions stay.

    It is no revision: one by one person would say who it was.
    """
    before = warehouse.earlier(home, intent.get("warehouse", ""))
    acts = [row for row in audit.read(home) if row.get("id") == intent["id"]]
    editions = keeping.editions(home)
    if before is None or not editions or any("editions" in act for act in acts):
        return
    now = warehouse.current(home)
    differing = {edition.name: revisions.differences(edition, before, now) for edition in editions}
    audit.note(home, "forget", intent["by"], id=intent["id"], editions=differing)


def _write_intent(home: Path, intent: Mapping[str, Any]) -> None:
    draft = home / f".{INTENT}-{uuid.uuid4().hex}"
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(intent, file)
            file.flush()
            os.fsync(descriptor)
        draft.rename(home / INTENT)
    finally:
        draft.unlink(missing_ok=True)


def _rows_deleted(home: Path, number: str) -> dict[int, int]:
    """How many rows of each batch a deletion took out, as the manifests say."""
    return {
        manifest.batch: record["rows"]
        for manifest in map(batches.read_manifest, batches.folders(home))
        for record in manifest.replaced
        if record.get("id") == number
    }


def _keys_of(
    home: Path, id_number: str | None, name: str | None, phone: str | None
) -> dict[str, str]:
    """The keys under which the person is kept, written as an import would have read them."""
    given = {"id": (id_number, cell_values.id_numbers), "phone": (phone, cell_values.phones)}
    known = pseudonyms(home)
    person_keys = {}
    for kind, (text, parse) in given.items():
        if text:
            read = parse([text]).values[0] or text
            key = known.of(kind, read)
            if key:
                person_keys[f"{kind}_key"] = key
    key = known.of("name", name.strip()) if name else None
    if key:
        person_keys["name_key"] = key
    return person_keys


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


def _rewrite(folder: Path, residents: set[Keys], number: str) -> None:
    """Writes a batch again without the person's rows, if there are any left."""
    manifest = batches.read_manifest(folder)
    keys = {resident[1:] for resident in residents if resident[0] == manifest.community}
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
        batches.rewrite(folder, _without(folder, manifest, kept, gone, number), kept)


def _marked(rows: pa.Table, keys: set[Keys]) -> Iterator[bool]:
    columns = [rows.column(name).to_pylist() for name in PERSON_KEYS]
    return (found in keys for found in zip(*columns, strict=True))


def _without(
    folder: Path, manifest: batches.Manifest, kept: dict[str, pa.Table], gone: int, number: str
) -> batches.Manifest:
    """The manifest of a batch after rows were deleted, with the record of it."""
    record = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "why": "forget",
        "id": number,
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
