"""Editions on disk: one immutable folder `editions/2024-06/1/` each, there whole or not at all.

`edition.json` says what it is of and what it rests on, with the hash of every other file; the
numbers and verdicts are Parquet files, the documents lie as they were made.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lingti import home as homes
from lingti.home import HomeError, sync
from lingti.language import gettext as _

FOLDER = "editions"
MANIFEST = "edition.json"
DOCUMENTS = "documents"
VALUES, VERDICTS = "values", "verdicts"
PUBLISHED_VALUES, PUBLISHED_VERDICTS = "published_values", "published_verdicts"
FORMAT = 1
_PACKED = ".gz"
_LARGE = 2**20  # bytes of a script that is a library
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class Edition:
    """What an edition says of itself. Times are UTC in ISO 8601.

    `communities` are those in it: what their month rests on and who submitted and accepted it;
    `without` those left out, with the reason. `periods` are all that end with the month: grain, id,
    first and last day. `batches` counted, with their checksums; `metrics` are versions, with the
    hash of the definition; `findings` counts per community and rule. `last_entry` is the number of
    the newest entry that counted.
    """

    period: str
    number: int
    at: str
    by: str
    program: str
    language: str
    communities: Mapping[str, Mapping[str, Any]]
    without: Mapping[str, str]
    periods: tuple[tuple[str, str, str, str], ...]
    batches: Mapping[str, str]
    last_entry: int
    settings: str
    metrics: Mapping[str, tuple[int, str]]
    findings: tuple[Mapping[str, Any], ...]
    hashes: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def name(self) -> str:
        """How it is called: `2024-06/1`."""
        return f"{self.period}/{self.number}"

    @property
    def grains(self) -> dict[str, str]:
        """Period id → grain, of all that it holds."""
        return {period: grain for grain, period, _first, _last in self.periods}


class NoEditionError(ValueError):
    """An edition, or a period of one, that there is not; says what there is."""


def folder_of(home: Path, edition: Edition) -> Path:
    """Where an edition lies."""
    return home / FOLDER / edition.period / str(edition.number)


def editions(home: Path, month: str | None = None) -> list[Edition]:
    """The editions of a home, or of a month, by month and number. Raises HomeError for damage."""
    return [_read(path, path.stat().st_mtime_ns) for path in _manifests(home, month)]


def newest(home: Path, month: str) -> Edition | None:
    """The newest edition of a month; None where there is none."""
    of_month = editions(home, month)
    return of_month[-1] if of_month else None


def find(home: Path, name: str) -> Edition:
    """The edition of a name such as `2024-06/1`; the newest one where no number is said.

    Raises NoEditionError.
    """
    month, _slash, number = name.partition("/")
    of_month = editions(home, month) if _MONTH.fullmatch(month) else []
    for edition in reversed(of_month):
        if number in ("", str(edition.number)):
            return edition
    known = ", ".join(edition.name for edition in editions(home))
    if not known:
        sentence = _("There is no edition {name!r}: nothing was finalised yet.")
        raise NoEditionError(sentence.format(name=name))
    raise NoEditionError(
        _("There is no edition {name!r}. There are: {known}.").format(name=name, known=known)
    )


def rows(home: Path, edition: Edition, what: str) -> list[dict[str, Any]]:
    """The rows of one of its tables: values, verdicts, or what of them was published."""
    return _rows(folder_of(home, edition) / f"{what}.parquet")


def document(home: Path, edition: Edition, name: str) -> bytes | None:
    """The bytes of a document as they were kept; None where there is none of that name."""
    inside = f"{DOCUMENTS}/{name}"
    packed = inside + _PACKED
    if packed in edition.hashes:
        return gzip.decompress((folder_of(home, edition) / packed).read_bytes())
    if inside not in edition.hashes:
        return None
    return (folder_of(home, edition) / inside).read_bytes()


def documents(edition: Edition, reader: str = "") -> list[str]:
    """The names of the documents that are kept, or of those for a kind of reader."""
    start = f"{DOCUMENTS}/{reader}/" if reader else f"{DOCUMENTS}/"
    return sorted(
        one.removeprefix(f"{DOCUMENTS}/").removesuffix(_PACKED)
        for one in edition.hashes
        if one.startswith(start)
    )


def keep(
    home: Path,
    edition: Edition,
    tables: Mapping[str, pa.Table],
    documents: Mapping[str, bytes],
) -> Edition:
    """Writes an edition and returns it with its hashes; documents by reader and name.

    Call where only one writer is at work. Raises HomeError where it cannot be written.
    """
    homes.refuse_full_disk(home)
    folder = home / FOLDER / edition.period
    draft = folder / f".draft-{uuid.uuid4().hex}"
    final = folder_of(home, edition)
    try:
        draft.mkdir(parents=True)
        for name, table in tables.items():
            pq.write_table(table, draft / f"{name}.parquet", compression="zstd")
        for name, data in documents.items():
            path = draft / DOCUMENTS / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".html":
                path.with_name(path.name + _PACKED).write_bytes(_packed(data))
            else:
                path.write_bytes(data)
        kept = Edition(**{**vars(edition), "hashes": _hashes(draft)})
        (draft / MANIFEST).write_text(_written(asdict(kept)), "utf-8")
        for path in (*_files(draft), *(one for one in draft.rglob("*") if one.is_dir()), draft):
            sync(path)
        if final.exists():
            raise FileExistsError(17, "it exists", str(final))
        draft.rename(final)
    except OSError as error:
        raise HomeError(
            _("The edition could not be written: {why}. Nothing was finalised.").format(
                why=error.strerror or type(error).__name__
            )
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for path in (folder, folder.parent, home):
        sync(path)
    return kept


def _packed(page: bytes) -> bytes:
    """A page as gzip has it, script by script: most of it is the library that draws, in each page
    again, which is packed once."""
    parts = re.split(rb"(?=<script)", page)
    return b"".join(
        _packed_once(part) if len(part) > _LARGE else gzip.compress(part, 6, mtime=0)
        for part in parts
        if part
    )


@lru_cache(maxsize=2)
def _packed_once(part: bytes) -> bytes:
    return gzip.compress(part, 6, mtime=0)


def verify(home: Path) -> list[str]:
    """A line for everything among the editions that is not as it was written."""
    wrong = []
    for path in sorted((home / FOLDER).glob("[!.]*/[!.]*")):
        name = path.relative_to(home).as_posix()
        try:
            wrong += [f"{name}: {problem}" for problem in _problems(path)]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            wrong.append(f"{name}: {error}")
    return wrong


def _problems(folder: Path) -> Iterator[str]:
    text = (folder / MANIFEST).read_text("utf-8")
    manifest = json.loads(text)
    named = f"{manifest['period']}/{manifest['number']}"
    if (folder.parent.name, folder.name) != (manifest["period"], str(manifest["number"])):
        yield f"stands under a wrong name, it is {named}"
    if text != _written({name: value for name, value in manifest.items() if name != "checksum"}):
        yield f"{MANIFEST} was changed"
    there = _hashes(folder)
    for name, expected in manifest["hashes"].items():
        if name not in there:
            yield f"{name} is missing"
        elif there[name] != expected:
            yield f"{name} was changed"
    yield from (
        f"{name} does not belong here" for name in sorted(set(there) - {*manifest["hashes"]})
    )


def _manifests(home: Path, month: str | None) -> list[Path]:
    paths = (home / FOLDER).glob(f"{month or '*'}/*/{MANIFEST}")
    whole = [
        path
        for path in paths
        if path.parent.name.isdecimal() and _MONTH.fullmatch(path.parent.parent.name)
    ]
    return sorted(whole, key=lambda path: (path.parent.parent.name, int(path.parent.name)))


@lru_cache(maxsize=512)
def _read(path: Path, _changed: int) -> Edition:
    try:
        manifest = json.loads(path.read_text("utf-8"))
        manifest.pop("checksum")
        if manifest["format"] > FORMAT:
            raise ValueError(_("it was made by a newer release"))
        manifest["periods"] = tuple(tuple(period) for period in manifest["periods"])
        manifest["metrics"] = {name: tuple(one) for name, one in manifest["metrics"].items()}
        manifest["findings"] = tuple(manifest["findings"])
        return Edition(**manifest)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        named = "/".join(path.parts[-4:])
        raise HomeError(_("{file} cannot be read: {why}").format(file=named, why=error)) from error


@lru_cache(maxsize=64)
def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, which never changes; nobody may change them either."""
    file_rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return file_rows


def _hashes(folder: Path) -> dict[str, str]:
    """File → hash of all but the manifest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in _files(folder)
        if path != folder / MANIFEST
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _written(manifest: Mapping[str, Any]) -> str:
    """A manifest as it is written, with the hash of all that it says."""
    plain = json.loads(json.dumps(manifest, default=str))
    checksum = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
    return json.dumps({**plain, "checksum": checksum}, ensure_ascii=False, indent=1)
