"""Imports that publish: the work of a job, and of the watched folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from lingti import district, warehouse
from lingti.access import audit
from lingti.editions import reasons
from lingti.editions.reasons import Reason
from lingti.ingest import imports
from lingti.ingest.imports import Outcome, Request
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.language import gettext as _
from lingti.warehouse.snapshots import Change

Report = Callable[[str, float], None]
# Others may be importing; a job waits for its turn rather than fail.
PATIENCE_S = 900
HALF_DONE = 0.85  # of a job, when new numbers are visible
_NUMBER_BYTES = 8


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as one block of bytes, to go through a pipe."""
    out = io.BytesIO()
    for name, data in files:
        for part in (name.encode(), data):
            out.write(len(part).to_bytes(_NUMBER_BYTES, "big"))
            out.write(part)
    return out.getvalue()


def unpack(block: bytes) -> list[tuple[str, bytes]]:
    """The files of a block, in their order."""
    parts, place = [], 0
    while place < len(block):
        start = place + _NUMBER_BYTES
        place = start + int.from_bytes(block[place:start], "big")
        parts.append(block[start:place])
    return [(name.decode(), data) for name, data in zip(parts[::2], parts[1::2], strict=True)]


def publish(home: Path, report: Report = lambda _step, _share: None) -> None:
    """Rebuilds the warehouse, one after the other."""
    half = _("The new numbers are there; published ones are being checked")
    with batches.writing(home, PATIENCE_S):
        publication.rebuild(home, half_done=lambda: report(half, HALF_DONE))


def publish_to_readers(home: Path, by: str | None = None) -> list[Change]:
    """Makes what is counted now what readers get, and notes who did. Raises HomeError."""
    changes = warehouse.publish_anew(home)
    published = [change for change in changes if change.kind in ("new", "replaced")]
    audit.note(
        home,
        "publish",
        by,
        replaced=len(published),
        kept=sum(change.kind == "kept" for change in changes),
    )
    return changes


def make_set(home: Path, report: Report | None = None) -> str:
    """Makes the documents of a month that an import has just completed, where they are asked for.

    Returns what was done in words; "" where there was nothing to do.
    """
    from lingti.report import monthly_set  # what writes documents is slow to load

    return monthly_set.after_import(home, report)


def import_job(
    home: Path, arguments: Mapping[str, Any], payload: bytes, report: Report
) -> dict[str, Any]:
    """Imports uploads. `arguments["groups"]` says per source which files (positions) and what
    the user said of them; a group without files is a nil return."""
    files = unpack(payload)
    groups, reason = arguments["groups"], reasons.parse(arguments.get("reason"))
    documents: list[dict[str, object]] = []
    kept = False
    for number, group in enumerate(groups):
        report(_("Importing {name}").format(name=group["title"]), 0.8 * number / len(groups))
        outcomes = _import_group(home, group, files, arguments["by"])
        reasons.note_imported(home, outcomes, reason, arguments["by"])
        for outcome in outcomes:
            kept = kept or (outcome.plan is not None and outcome.plan.batch is not None)
            documents += [_brief(document) for document in outcome.as_json()]
    if kept:
        report(_("Counting anew"), 0.8)
        publish(home, report)
        make_set(home, lambda what, share: report(what, 0.9 + 0.1 * share))
    return {"documents": documents}


def _import_group(
    home: Path, group: Mapping[str, Any], files: list[tuple[str, bytes]], by: str
) -> list[Outcome]:
    settings = district.load(home)
    allow = bool(group["allow_removal"])
    if not group["files"]:
        source = settings.source(group["source"])
        return [imports.file_nil(settings, source, group["covers"], by, allow)]
    chosen = tuple(files[place] for place in group["files"])
    answers = group.get("answers", {})
    request = Request(group["community"], chosen, group["source"], group["covers"], allow, answers)
    return imports.run(settings, request, by, PATIENCE_S)


def _brief(document: Mapping[str, Any]) -> dict[str, object]:
    """What a job keeps of a document: no list that grows with the file."""
    brief = {key: value for key, value in document.items() if key != "rows_set_aside"}
    brief["findings"] = [
        {**finding, "rows": finding["rows"][:20], "values": finding["values"][:20]}
        for finding in document["findings"]
    ]
    return brief


def undo_job(
    home: Path, arguments: Mapping[str, Any], payload: bytes, report: Report
) -> dict[str, Any]:
    """Withdraws a batch and publishes."""
    return _move(home, reasons.undo, arguments, report)


def redo_job(
    home: Path, arguments: Mapping[str, Any], payload: bytes, report: Report
) -> dict[str, Any]:
    """Puts a batch back and publishes."""
    return _move(home, reasons.redo, arguments, report)


def _move(
    home: Path,
    move: Callable[[Path, int, str | None, Reason], None],
    arguments: Mapping[str, Any],
    report: Report,
) -> dict[str, Any]:
    with batches.writing(home, PATIENCE_S):
        reason = reasons.parse(arguments.get("reason"))
        move(home, int(arguments["batch"]), arguments.get("by"), reason)
    report(_("Counting anew"), 0.3)
    publish(home, report)
    return {"batch": int(arguments["batch"])}
