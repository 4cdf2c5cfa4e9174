"""One file that holds a home, and a home made again from one.

A backup is a zip: everything that cannot be made again (settings, batches, entries, the audit),
each file with its hash. The warehouse is not in it, nor the key of the pseudonyms unless asked for:
whoever has a backup without the key cannot find out who anybody is.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from lingti import home as homes
from lingti import warehouse
from lingti.access import audit
from lingti.district import settings
from lingti.ingest.checking.pseudonyms import KEY_FILE
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.language import gettext as _

KEPT = ("district.toml", "home.json", "audit.jsonl", "backups.jsonl")
KEPT_FOLDERS = ("sources", "batches", "withdrawn", "entries", "template", "snapshots", "editions")
REGISTER = "backups.jsonl"
CONTENTS = "backup.json"
INTENT = "forgetting.json"  # there as long as a person is being deleted
FORMAT = 1


class BackupError(homes.HomeError):
    """A backup that cannot be written, or that is damaged or does not fit."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its file's name, when, and the batches in it."""

    file: str
    at: str
    batches: tuple[int, ...]


def make(home: Path, target: Path, *, with_key: bool = False, by: str | None = None) -> Backup:
    """Writes a backup of a home that may be served meanwhile; no import runs during it.

    The file appears whole or not at all. Raises BackupError.
    """
    if not settings.are_there(home):
        raise BackupError(_("{home} is no home folder.").format(home=home))
    if (home / INTENT).exists():
        raise BackupError(_unfinished())
    if target.resolve().is_relative_to(home.resolve()):
        raise BackupError(_("Write the backup outside of the home."))
    draft = target.with_name(f".{target.name}-{uuid.uuid4().hex[:8]}")
    with batches.writing(home, timeout_s=600):
        numbers = tuple(manifest.batch for manifest in _all_manifests(home))
        backup = Backup(target.name, datetime.now(UTC).isoformat(timespec="seconds"), numbers)
        audit.note(home, "backup", by, file=target.name, with_key=with_key)
        _remove_drafts(target)
        try:
            _write(home, draft, backup, with_key)
            draft.replace(target)
        except OSError as error:
            raise BackupError(
                _("The backup could not be written: {why}").format(why=error.strerror or error)
            ) from error
        finally:
            draft.unlink(missing_ok=True)
        _register(home, backup)
    return backup


def _remove_drafts(target: Path) -> None:
    """Deletes what backups to the same file left that were killed."""
    for left in target.parent.glob(f".{glob.escape(target.name)}-????????"):
        left.unlink(missing_ok=True)


def known(home: Path) -> list[Backup]:
    """The backups made of a home, oldest first, whether they still exist or not."""
    path = home / REGISTER
    backups = []
    for line in path.read_text("utf-8", "replace").splitlines() if path.exists() else []:
        with suppress(ValueError, TypeError, KeyError):  # one that a crash has cut off
            raw = json.loads(line)
            backups.append(Backup(raw["file"], raw["at"], tuple(raw["batches"])))
    return backups


def restore(source: Path, home: Path, by: str | None = None) -> Backup:
    """Makes an empty folder the home that a backup holds, and publishes its warehouse.

    Raises BackupError where the folder is not empty or anything in the backup was changed.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise BackupError(_("{home} is not empty. Restore into a new folder.").format(home=home))
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f".restore-{uuid.uuid4().hex[:8]}"
    try:
        with zipfile.ZipFile(source) as archive:
            backup = _unpack(archive, draft)
        homes.refuse_newer(draft)
        # The settings come last: without them the folder is no home yet.
        for path in sorted(draft.iterdir(), key=lambda one: one.name == "district.toml"):
            path.rename(home / path.name)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            _("{file} is no whole backup: {why}").format(file=source.name, why=error)
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    audit.note(home, "restore", by, file=source.name, made_at=backup.at)
    publication.rebuild(home)
    return backup


def needs_key(home: Path) -> bool:
    """Whether the key must be put back before anything can be imported."""
    return bool(_all_manifests(home)) and not (home / KEY_FILE).exists()


def verify(home: Path) -> list[str]:
    """A line for everything in batches, entries and editions that is not as it was written."""
    from lingti import entries
    from lingti.editions import keeping

    unfinished = [f"{INTENT}: {_unfinished()}"] if (home / INTENT).exists() else []
    kept = [*batches.verify(home), *entries.verify(home), *keeping.verify(home)]
    return [*unfinished, *kept, *warehouse.verify(home)]


def _unfinished() -> str:
    return _(
        "A person's deletion was not finished. Start the server or run `lingti forget`; either "
        "finishes it."
    )


def _all_manifests(home: Path) -> list[batches.Manifest]:
    return [*batches.manifests(home), *batches.manifests(home, withdrawn=True)]


def _files(home: Path, with_key: bool) -> Iterator[Path]:
    for name in (*KEPT, *([KEY_FILE.as_posix()] if with_key else [])):
        if (home / name).is_file():
            yield home / name
    for folder in KEPT_FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(home).parts)
            if path.is_file() and not hidden:
                yield path


def _write(home: Path, draft: Path, backup: Backup, with_key: bool) -> None:
    hashes: dict[str, str] = {}
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path in _files(home, with_key):
                content = path.read_bytes()
                name = path.relative_to(home).as_posix()
                hashes[name] = hashlib.sha256(content).hexdigest()
                archive.writestr(name, content)
            contents: dict[str, Any] = {
                "format": FORMAT,
                "at": backup.at,
                "batches": backup.batches,
                "with_key": with_key,
                "files": hashes,
            }
            archive.writestr(CONTENTS, json.dumps(contents, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _unpack(archive: zipfile.ZipFile, draft: Path) -> Backup:
    """Unpacks every file and holds it against its hash. Raises ValueError for the first changed."""
    contents = json.loads(archive.read(CONTENTS))
    if contents["format"] > FORMAT:
        raise ValueError(_("it was made by a newer release"))
    names = set(archive.namelist()) - {CONTENTS}
    if names != set(contents["files"]):
        raise ValueError(_("files are missing or were added"))
    for name, expected in contents["files"].items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts or "\\" in name:
            raise ValueError(name)
        data = archive.read(name)
        if hashlib.sha256(data).hexdigest() != expected:
            raise ValueError(_("{name} was changed").format(name=name))
        path = draft / inside
        private = inside == PurePosixPath(KEY_FILE.as_posix())
        path.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600 if private else 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return Backup("", contents["at"], tuple(contents["batches"]))


def _register(home: Path, backup: Backup) -> None:
    raw = {"file": backup.file, "at": backup.at, "batches": backup.batches}
    with (home / REGISTER).open("a", encoding="utf-8") as file:
        file.write(json.dumps(raw, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
