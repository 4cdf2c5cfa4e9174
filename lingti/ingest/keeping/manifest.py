"""What is known of a batch: who, when, which files and how they were mapped, every count."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lingti.ingest.checking.coverage import Span
from lingti.ingest.keeping.counting import TOTALS
from lingti.language import gettext as _

FILE = "manifest.json"


class BatchError(Exception):
    """A batch that is not there, cannot be moved, or does not match its manifest."""


@dataclass(frozen=True)
class ExportFile:
    """A file of a batch: its name (masked), its content's hash and its sheets in order."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What is known of a batch. `counts` holds read, accepted, already_present, … per batch.

    `replaced` records every time its rows were rewritten: when, why, and the checksum before.
    `answers` are the questions asked of it, each with the choice that counted. `spans` are those of
    rows that tell of several days as a whole. The tables of a batch with totals also name those in
    whose place they stand. `to_correct` tells of the rows in quarantine: tables, month and rows;
    None in batches that did not note it.
    """

    batch: int
    source: str
    community: str
    part: str
    replaces: str
    tables: tuple[str, ...]
    covers: tuple[Span, ...]
    imported_at: str
    imported_by: str
    files: tuple[ExportFile, ...]
    counts: Mapping[str, int]
    rows: Mapping[str, int]
    mapping: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[Mapping[str, Any], ...] = ()
    answers: tuple[Mapping[str, Any], ...] = ()
    spans: tuple[Span, ...] = ()
    to_correct: Sequence[Mapping[str, Any]] | None = None

    @property
    def columns(self) -> dict[str, set[str]]:
        """The columns of each canonical table that any of its sheets gave, as it was mapped."""
        given: dict[str, set[str]] = {}
        for feed in self.mapping.get("feeds", ()):
            given.setdefault(feed["table"], set()).update(feed["columns"])
        return given

    @property
    def has_totals(self) -> bool:
        """Whether some of its rows are totals, of several days or of many people."""
        return bool(self.spans) or TOTALS in self.tables

    @property
    def as_of(self) -> date:
        """The last day it speaks for."""
        return max(span.last for span in self.covers)

    @property
    def ranks_as_of(self) -> date:
        """The day its cases rank by: that of a newer list where it is said to correct it."""
        days = (
            answer["ranks_as_of"] for answer in self.answers if answer["choice"] == "correction"
        )
        return max([self.as_of, *map(date.fromisoformat, days)])


def read_manifest(folder: Path) -> Manifest:
    """The manifest of one batch. Raises BatchError if it is damaged."""
    try:
        raw = json.loads((folder / FILE).read_text("utf-8"))
        raw.pop("checksum")
        if raw["batch"] != int(folder.name):
            raise ValueError(_("it is that of batch {number}").format(number=raw["batch"]))
        raw["covers"] = tuple(
            Span(date.fromisoformat(first), date.fromisoformat(last))
            for first, last in raw["covers"]
        )
        raw["files"] = tuple(
            ExportFile(**{**file, "sheets": tuple(file["sheets"])}) for file in raw["files"]
        )
        raw["tables"] = tuple(raw["tables"])
        raw["findings"] = tuple(raw["findings"])
        raw["replaced"] = tuple(raw.get("replaced", ()))
        raw["answers"] = tuple(raw.get("answers", ()))
        raw["spans"] = tuple(
            Span(date.fromisoformat(first), date.fromisoformat(last))
            for first, last in raw.get("spans", ())
        )
        return Manifest(**raw)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        sentence = _("The manifest of batch {batch} is damaged: {error}")
        raise BatchError(sentence.format(batch=folder.name, error=error)) from error


def as_json(manifest: Manifest, hashes: Mapping[str, str]) -> str:
    """A manifest as its file holds it, with the hashes of the batch's other files."""
    raw = json.loads(json.dumps({**asdict(manifest), "hashes": hashes}, default=str))
    return _dump({**raw, "checksum": _checksum(raw)})


def is_as_written(text: str, raw: Mapping[str, Any]) -> bool:
    """Whether the file of a manifest, and what it holds, is what `as_json` wrote."""
    return _checksum(raw) == raw["checksum"] and text == _dump(raw)


def _dump(raw: Mapping[str, Any]) -> str:
    return json.dumps(raw, ensure_ascii=False, indent=1)


def _checksum(raw: Mapping[str, Any]) -> str:
    """The hash of a manifest's content without the checksum itself."""
    rest = {key: value for key, value in raw.items() if key != "checksum"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()
