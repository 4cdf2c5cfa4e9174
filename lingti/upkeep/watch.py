"""A folder outside the home: what is dropped into a community's subfolder is imported.

`DIR/guqiao/表.xlsx` goes to `DIR/guqiao/done/` or `DIR/guqiao/refused/`, with what became of it
beside it: `表.xlsx.json` for programs, `表.xlsx.txt` for people. Neither names a person.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lingti import district
from lingti.district import District
from lingti.district.toml_reader import SettingsError
from lingti.ingest import imports
from lingti.ingest.checking.pseudonyms import KeyMissingError
from lingti.ingest.imports import Outcome, Request
from lingti.ingest.keeping.batches import BatchError
from lingti.ingest.reading import files
from lingti.language import gettext as _
from lingti.upkeep import publishing

DONE, REFUSED = "done", "refused"
EVERY_S = 2.0
# A file is taken when it kept its size and time for so long: a copy may still be under way.
SETTLED_S = 3.0
BY = "watch"
_LEFT_ALONE = (".", "~$")  # hidden files, and those that a spreadsheet has open
_UNFINISHED = (".tmp", ".part", ".crdownload", ".partial")


class WatchError(Exception):
    """A folder that cannot be watched; says why."""


@dataclass(frozen=True)
class _Seen:
    size: int
    changed_at: float
    since: float


def watch(home: Path, folder: Path, *, once: bool = False) -> None:
    """Imports what is dropped until interrupted; with `once` what is there now.

    Raises WatchError for a folder inside the home, where uploads must not lie.
    """
    prepare(district.load(home), folder)
    seen: dict[Path, _Seen] = {}
    while True:
        look(home, folder, seen, settled_s=0.0 if once else SETTLED_S)
        if once:
            return
        time.sleep(EVERY_S)


def prepare(known: District, folder: Path) -> None:
    """Makes a subfolder per community."""
    if folder.resolve().is_relative_to(known.home.resolve()):
        raise WatchError(
            _("{folder} lies inside the home; choose one outside.").format(folder=folder)
        )
    try:
        for community in known.communities:
            (folder / community.id).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WatchError(f"{folder}: {error.strerror}") from error


def look(home: Path, folder: Path, seen: dict[Path, _Seen], settled_s: float = SETTLED_S) -> int:
    """Looks once: imports the files that stopped growing. Returns how many were dealt with."""
    known = district.load(home)  # anew each time: sources may have been added
    ready = [path for path in _dropped(known, folder) if _is_settled(path, seen, settled_s)]
    if not ready:
        return 0
    kept = [_take(known, path) for path in ready]
    for path in ready:
        seen.pop(path, None)
    if any(kept):
        publishing.publish(home)
        publishing.make_set(home)
    return len(ready)


def _dropped(known: District, folder: Path) -> Iterator[Path]:
    for community in known.communities:
        place = folder / community.id
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            name = path.name.lower()
            passed_over = name.startswith(_LEFT_ALONE) or name.endswith(_UNFINISHED)
            if path.is_file() and not passed_over:
                yield path


def _is_settled(path: Path, seen: dict[Path, _Seen], settled_s: float) -> bool:
    """Whether a file has kept its size and time for a while."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return False
    before, now = seen.get(path), time.monotonic()
    if before is None or (before.size, before.changed_at) != (stat.st_size, stat.st_mtime):
        seen[path] = before = _Seen(stat.st_size, stat.st_mtime, now)
    return now - before.since >= settled_s


def _take(known: District, path: Path) -> bool:
    """Imports one file and moves it; whether a batch was kept."""
    community = path.parent.name
    try:
        data = files.bytes_of(path)
        request = Request(community, ((path.name, data),))
        outcomes = imports.run(known, request, BY, publishing.PATIENCE_S)
    except (BatchError, SettingsError, KeyMissingError, OSError) as error:
        _put_aside(path, REFUSED, [{"file": path.name, "refused": {"message": str(error)}}])
        return False
    documents = [document for outcome in outcomes for document in outcome.as_json()]
    refused = any(outcome.refused is not None for outcome in outcomes)
    _put_aside(path, REFUSED if refused else DONE, documents)
    return any(_kept(outcome) for outcome in outcomes)


def _kept(outcome: Outcome) -> bool:
    return outcome.plan is not None and outcome.plan.batch is not None


def _put_aside(path: Path, kind: str, documents: list[dict[str, Any]]) -> None:
    """Moves a file out of the way, under a name that is free, with its findings beside it."""
    place = path.parent / kind
    place.mkdir(exist_ok=True)
    there = place / path.name
    if there.exists():
        there = place / f"{datetime.now():%Y%m%d-%H%M%S-%f} {path.name}"
    text = json.dumps(documents, ensure_ascii=False, indent=1, default=str)
    there.with_name(f"{there.name}.json").write_text(text, "utf-8")
    words = "\n".join(line for document in documents for line in _lines(document))
    there.with_name(f"{there.name}.txt").write_text(words + "\n", "utf-8-sig")
    path.rename(there)


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    """What became of a file, for people."""
    yield str(document["file"])
    if "refused" in document:
        refused = document["refused"]
        yield _("Refused: {why}").format(why=refused["message"])
        yield str(refused.get("advice", ""))
    elif document["batch"] is None:
        yield _("Everything in it counts already.")
    else:
        yield _("Batch {number}").format(number=document["batch"])
    if "read" in document:
        counts = _("{accepted} accepted, {already_present} there already, {quarantined} to correct")
        yield counts.format(**{name: document[name] for name in imports.COUNTS if name != "read"})
    for finding in document.get("findings", []):
        place = " · ".join(part for part in (finding["sheet"], finding["column"]) if part)
        rows = ", ".join(map(str, finding["rows"][:50])) + (
            " …" if len(finding["rows"]) > 50 else ""
        )
        yield f"- {place}: {_('Expected: {expected}').format(expected=finding['expected'])}"
        if rows:
            yield f"  {_('Rows {rows}').format(rows=rows)}"
        yield f"  {finding['advice']}"
