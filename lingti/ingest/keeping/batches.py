"""Batches: the accepted exports, immutable, and which of them counts for which days.

A batch is a folder `batches/000007/` with a Parquet file per canonical table, the quarantine and a
manifest. It appears by one atomic rename, or not at all. Undo moves it to `withdrawn/`, redo back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from lingti import entries, language
from lingti import home as homes
from lingti.access import audit
from lingti.ingest.keeping.counting import TOTALS, Counting, counting
from lingti.ingest.keeping.manifest import FILE as MANIFEST
from lingti.ingest.keeping.manifest import (
    BatchError,
    ExportFile,
    Manifest,
    as_json,
    is_as_written,
    read_manifest,
)
from lingti.language import gettext as _

__all__ = [
    "MANIFEST", "QUARANTINE", "TOTALS", "BatchError", "Counting", "ExportFile", "Manifest",
    "checksum", "counting", "folders", "keep", "manifests", "next_number", "read_manifest", "redo",
    "rewrite", "tidy", "undo", "verify", "writing",
]  # fmt: skip

QUARANTINE = "quarantine.json"


_held = threading.local()


@contextmanager
def writing(home: Path, timeout_s: float = 30) -> Iterator[None]:
    """Lets one writer at a time change a home. Raises BatchError that names the other.

    May be nested in one thread. What an earlier writer left unfinished is put in order first.
    Raises HomeError for a home of a newer program.
    """
    home.mkdir(parents=True, exist_ok=True)
    place = home.resolve()
    held: set[Path] = _held.__dict__.setdefault("homes", set())
    if place in held:
        yield
        return
    owner = home / ".writer"
    lock = FileLock(home / ".lock")
    try:
        lock.acquire(timeout=timeout_s)
    except Timeout as error:
        other = owner.read_text("utf-8") if owner.exists() else "?"
        raise BatchError(
            _("Another import is at work (process {owner}). Try again when it is done.").format(
                owner=other
            )
        ) from error
    held.add(place)
    try:
        with suppress(OSError):  # on a full disk the name of the owner is not worth failing for
            owner.write_text(f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M:%S}", "utf-8")
        homes.migrate(home)
        tidy(home)
        yield
    finally:
        held.discard(place)
        owner.unlink(missing_ok=True)
        lock.release()


def tidy(home: Path) -> None:
    """Ends what a crash interrupted: drafts go, a replacement once complete takes its place.

    Call inside `writing`: a draft that is there then has no writer any more.
    """
    for kind in ("batches", "withdrawn"):
        for new in (home / kind).glob(".new-*"):
            final = new.with_name(new.name.removeprefix(".new-"))
            if final.exists():  # the old one still stands, so the new one may be half written
                shutil.rmtree(new)
            else:
                new.rename(final)
        for left in [*(home / kind).glob(".draft-*"), *(home / kind).glob(".old-*")]:
            shutil.rmtree(left)
    for left in (home / "editions").glob("*/.draft-*"):
        shutil.rmtree(left)
    for pattern in ("warehouse/.draft-*", "warehouse/.CURRENT-*", "snapshots/.draft-*"):
        for left in home.glob(pattern):
            left.unlink(missing_ok=True)


def keep(
    home: Path,
    manifest: Manifest,
    tables: Mapping[str, pa.Table],
    quarantine: Iterable[Mapping[str, Any]],
) -> Path:
    """Writes a batch. Call inside `writing`. The folder appears whole or not at all.

    Raises HomeError where the disk is full; then nothing was kept.
    """
    homes.refuse_full_disk(home)
    entries.refuse_damaged(home)
    folder = home / "batches"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".draft-{uuid.uuid4().hex}"
    draft.mkdir()
    try:
        for name, rows in tables.items():
            numbers = pa.array([manifest.batch] * len(rows), pa.int32())
            kept = rows.append_column("batch", numbers)
            pq.write_table(kept, draft / f"{name}.parquet", compression="zstd")
        (draft / QUARANTINE).write_text(
            json.dumps(list(quarantine), ensure_ascii=False, indent=1, default=str), "utf-8"
        )
        _seal(draft, manifest)
        final = folder / _folder_name(manifest.batch)
        draft.rename(final)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise homes.HomeError(
            _("The batch could not be written: {why}. Nothing was imported.").format(
                why=error.strerror or type(error).__name__
            )
        ) from error
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    homes.sync(folder)
    audit.note(
        home,
        "import",
        manifest.imported_by,
        batch=manifest.batch,
        source=manifest.source,
        community=manifest.community,
    )
    return final


def rewrite(folder: Path, manifest: Manifest, tables: Mapping[str, pa.Table]) -> None:
    """Puts other rows in the place of some of a batch's tables. Call inside `writing`.

    At every moment either the old folder or the new one is there, or `tidy` brings one back.
    """
    new, old = folder.with_name(f".new-{folder.name}"), folder.with_name(f".old-{folder.name}")
    shutil.copytree(folder, new)
    for name, rows in tables.items():
        pq.write_table(rows, new / f"{name}.parquet", compression="zstd")
    (new / MANIFEST).unlink()
    _seal(new, manifest)
    folder.rename(old)
    new.rename(folder)
    homes.sync(folder.parent)
    shutil.rmtree(old)


def _seal(draft: Path, manifest: Manifest) -> None:
    """Writes the manifest with the hash of every file, and all of it to the disk."""
    hashes = {path.name: _sha256(path) for path in sorted(draft.iterdir())}
    (draft / MANIFEST).write_text(as_json(manifest, hashes), "utf-8")
    for path in draft.iterdir():
        homes.sync(path)
    homes.sync(draft)


def next_number(home: Path) -> int:
    """The number of the next batch: never one that was given before, also if withdrawn."""
    there = [path.name for kind in ("batches", "withdrawn") for path in (home / kind).glob("*")]
    return max((int(name) for name in there if name.isdecimal()), default=0) + 1


def manifests(home: Path, *, withdrawn: bool = False) -> list[Manifest]:
    """The manifests of the batches that stand, or of those withdrawn, by number."""
    return [read_manifest(path) for path in _folders(home, "withdrawn" if withdrawn else "batches")]


def readable(home: Path) -> tuple[list[tuple[Manifest, bool]], list[str]]:
    """The manifests that can be read, each with whether the batch stands, and what is damaged."""
    read, problems = [], []
    for kind in ("batches", "withdrawn"):
        for folder in _folders(home, kind):
            try:
                read.append((read_manifest(folder), kind == "batches"))
            except BatchError as error:
                problems.append(str(error))
    return read, problems


def undo(home: Path, batch: int, by: str | None = None) -> None:
    """Moves a batch aside. Raises BatchError if there is none of that number."""
    with writing(home):
        _move(home, batch, "batches", "withdrawn")
        audit.note(home, "undo", by, batch=batch)


def redo(home: Path, batch: int, by: str | None = None) -> None:
    """Puts a withdrawn batch back under its old number. Raises BatchError if there is none."""
    with writing(home):
        _move(home, batch, "withdrawn", "batches")
        audit.note(home, "redo", by, batch=batch)


def _move(home: Path, batch: int, here: str, there: str) -> None:
    origin = home / here / _folder_name(batch)
    if not origin.is_dir():
        there_are = [int(path.name) for path in _folders(home, here)]
        sentence = _("There is no batch {batch} to move. There are: {known}.")
        if not there_are:
            sentence = _("There is no batch {batch} to move, and no other.")
        raise BatchError(sentence.format(batch=batch, known=language.runs(there_are)))
    (home / there).mkdir(exist_ok=True)
    origin.rename(home / there / origin.name)
    homes.sync(home / there)
    homes.sync(home / here)


def verify(home: Path) -> list[str]:
    """Compares every batch with its manifest; a line per batch that is not as it was written."""
    wrong = [f"{path.relative_to(home)} does not belong here" for path in _strays(home)]
    for folder in folders(home):
        try:
            wrong += [f"{folder.name}: {problem}" for problem in _problems(folder)]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            wrong.append(f"{folder.name}: {error}")
    return wrong


def _problems(folder: Path) -> Iterator[str]:
    text = (folder / MANIFEST).read_text("utf-8")
    raw = json.loads(text)
    if raw["batch"] != int(folder.name):
        yield f"stands under a wrong number, it is batch {raw['batch']}"
    if not is_as_written(text, raw):
        yield f"{MANIFEST} was changed"
    present = {path.name for path in folder.iterdir()} - {MANIFEST}
    for name, expected in raw["hashes"].items():
        if name not in present:
            yield f"{name} is missing"
        elif _sha256(folder / name) != expected:
            yield f"{name} was changed"
    yield from (f"{name} does not belong here" for name in sorted(present - set(raw["hashes"])))


def folders(home: Path) -> list[Path]:
    """The folder of every batch, standing or withdrawn."""
    return [*_folders(home, "batches"), *_folders(home, "withdrawn")]


def checksum(folder: Path) -> str:
    """The checksum in a batch's manifest."""
    return str(json.loads((folder / MANIFEST).read_text("utf-8"))["checksum"])


def _folders(home: Path, kind: str) -> list[Path]:
    return sorted(path for path in (home / kind).glob("[0-9]*") if _is_batch(path))


def _is_batch(path: Path) -> bool:
    return path.name.isdecimal() and path.name == _folder_name(int(path.name)) and path.is_dir()


def _strays(home: Path) -> list[Path]:
    """What lies among the batches and is none."""
    there = [path for kind in ("batches", "withdrawn") for path in (home / kind).glob("[!.]*")]
    return sorted(path for path in there if not _is_batch(path))


def _folder_name(batch: int) -> str:
    return f"{batch:06d}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
