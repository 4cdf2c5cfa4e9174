"""One path for `check` and `import`: files in, and a plan or a batch out."""

from __future__ import annotations

import getpass
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np

from lingti import person_names as names
from lingti.district import District, Source
from lingti.ingest import questions
from lingti.ingest.checking import aside_text, coverage, days_covered, merchant_twins, row_outcomes
from lingti.ingest.checking.cell_problems import SHOWN, ImportRefused
from lingti.ingest.checking.coverage import CoverageError, Span
from lingti.ingest.checking.days_covered import Covered
from lingti.ingest.checking.pseudonyms import KEY_FILE, Pseudonyms, pseudonyms
from lingti.ingest.checking.row_outcomes import Checked
from lingti.ingest.checking.row_rules import refuse_days_outside
from lingti.ingest.checking.rows_to_ours import check
from lingti.ingest.keeping import batches, origins, rows_and_totals
from lingti.ingest.keeping.batches import ExportFile, Manifest
from lingti.ingest.keeping.diff_to_current import Change, change
from lingti.ingest.mapping import choose_source, match_source
from lingti.ingest.mapping.match_source import Opened, Piece
from lingti.ingest.plans import COUNTS, Outcome, Plan, Request
from lingti.ingest.questions import Asking
from lingti.ingest.reading.files import read
from lingti.ingest.reading.sheet_tables import Refused
from lingti.language import gettext as _
from lingti.personal_data import masked_name

__all__ = [
    "COUNTS",
    "Outcome",
    "Plan",
    "Request",
    "check_nil",
    "dry_run",
    "examine",
    "file_nil",
    "open_file",
    "run",
]


def dry_run(district: District, request: Request) -> list[Outcome]:
    """Works out what an import would do. Nothing is written."""
    return list(_outcomes(district, request))


def run(
    district: District, request: Request, by: str | None = None, timeout_s: float = 30
) -> list[Outcome]:
    """Imports files: one batch per source, also of one workbook with lists of several kinds.

    A refused group leaves the others standing.
    """
    with batches.writing(district.home, timeout_s):
        pseudonyms(district.home)  # makes the key at first use
        outcomes = []
        for outcome in _outcomes(district, request):
            _keep_if_new(district, outcome, by, request.at)
            outcomes.append(outcome)
    return outcomes


def check_nil(
    district: District, source: Source, covers: str, allow_removal: bool = False
) -> Outcome:
    """Works out what a nil return would do. Raises CoverageError for days there are not."""
    spans = coverage.cap(coverage.parse(covers), district.today)
    if not spans:
        raise CoverageError(_("{covers} lies in the future.").format(covers=covers))
    nothing = Checked(source, [], [])
    changed = change(district.home, source, spans, nothing)
    plan = Plan(source, [], Covered(spans, "given"), nothing, changed, Asking(""))
    return Outcome([], plan, None if allow_removal else _guard(plan))


def file_nil(
    district: District,
    source: Source,
    covers: str,
    by: str | None = None,
    allow_removal: bool = False,
    at: datetime | None = None,
) -> Outcome:
    """Files a nil return: the days are covered and have no rows. Raises CoverageError."""
    with batches.writing(district.home):
        pseudonyms(district.home)  # makes the key at first use
        outcome = check_nil(district, source, covers, allow_removal)
        _keep_if_new(district, outcome, by, at)
    return outcome


def _keep_if_new(district: District, outcome: Outcome, by: str | None, at: datetime | None) -> None:
    plan, refused = outcome.plan, outcome.refused
    if plan is None or (refused is not None and refused.code != "no_good_rows"):
        return
    if refused is None and not plan.change.is_nothing:
        plan.batch = _keep(district, plan, by, at)
    questions.remember(district.home, plan.asking, by or getpass.getuser())


def _outcomes(district: District, request: Request) -> Iterator[Outcome]:
    groups: dict[tuple[object, ...], tuple[Source, list[Opened]]] = {}
    for path, data in request.files:
        name = masked_name(Path(path).name)
        opened: list[Opened] = []
        try:
            opened.append(open_file(path, data))
            pieces = match_source.pieces(opened)
            for source in _chosen(district, request, pieces):
                # Templates of one table may be filled in by different columns: then they differ.
                alike = (source.id, *(feed.needs for feed in source.feeds))
                groups.setdefault(alike, (source, []))[1].extend(opened)
        except (ImportRefused, Refused) as refusal:
            yield Outcome([name], refused=refusal, opened=opened)
    for source, files in groups.values():
        yield examine(
            district, source, files, request.covers, request.allow_removal, request.answers
        )


def _chosen(district: District, request: Request, pieces: list[Piece]) -> list[Source]:
    """The one source named, else every source that takes a table of the file."""
    if request.source is not None:
        return [choose_source.choose(district, request.community, request.source, pieces)]
    return choose_source.choose_all(district, request.community, None, pieces)


def examine(
    district: District,
    source: Source,
    opened: list[Opened],
    covers: str | None = None,
    allow_removal: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Outcome:
    """Works out what importing files of one source would do. Nothing is written.

    Raises AnswerError for an answer that is none of the choices.
    """
    files = [replace(one, number=number) for number, one in enumerate(opened, 1)]
    called = [file.name for file in files]
    try:
        asking = questions.asking(district.home, source, answers)
        plan = _plan(district, source, files, covers, asking)
    except ImportRefused as refusal:
        return Outcome(called, refused=refusal, opened=files)
    refused = _refuse_unanswered(plan) or _refuse_nothing_good(plan)
    if refused is None and not allow_removal:
        refused = _guard(plan)
    return Outcome(called, plan, refused, files)


def open_file(path: str, data: bytes) -> Opened:
    """Reads a file for an import; persons in its name and those of its sheets are masked. Raises
    Refused."""
    reading = read(data, path)
    sheets = [table.sheet for table in reading.tables]
    all_are = names.are_persons(sheets, [1] * len(sheets))
    for table in (one for first in reading.tables for one in (first, *first.other_tables)):
        masked = "***" if all_are else masked_name(table.sheet)
        if masked != table.sheet:
            table.sheet = f"{masked}{table.sheet_number}"  # so that two are still two
    return Opened(1, masked_name(Path(path).name), data, reading)


def _plan(
    district: District, source: Source, files: list[Opened], given: str | None, asking: Asking
) -> Plan:
    today = district.today
    pieces = match_source.pieces(files)
    bindings = match_source.bind(source, pieces)
    keys = _pseudonyms(district.home)
    checked = check(source, bindings, keys, today, asking, _spans(given))
    covered = Covered([], "nothing")
    if checked.has_good:
        taken_from = [row.piece for row in checked.rows]
        covered = days_covered.decide(checked, taken_from, given, today, asking)
        refuse_days_outside(checked, covered.spans)
    changed = Change({}, {}, 0, 0, 0, False)
    if checked.has_good:
        merchant_twins.ask(district.home, checked, asking)
        rows_and_totals.settle(district.home, source, checked, covered.spans, asking)
        changed = change(district.home, source, covered.spans, checked, asking)
    taken = match_source.uses(bindings, pieces)
    plan = Plan(source, files, covered, checked, changed, asking, taken)
    if changed.gone:
        place = (files[0].name, checked.rows[0].piece.table.sheet)
        key = next(iter(checked.fed[0].labels.values()))
        expected = _("an entry for everything that has not ended")
        checked.findings.add_many("left_list", place, key, [], list(changed.gone), expected)
    plan.set_aside = list(_set_aside(checked, pieces))
    plan.counts = {file.number: _counts(plan, file.number) for file in files}
    return plan


def _pseudonyms(home: Path) -> Pseudonyms:
    """The home's; passing ones where there is nothing to join yet: a dry run writes no key."""
    if (home / KEY_FILE).exists() or any((home / "batches").glob("[0-9]*")):
        return pseudonyms(home)
    return Pseudonyms(secrets.token_bytes(32))


def _spans(given: str | None) -> list[Span]:
    """The days the user names; none where they cannot be read."""
    try:
        return coverage.parse(given) if given else []
    except CoverageError:
        return []


def _refuse_unanswered(plan: Plan) -> ImportRefused | None:
    if not plan.questions:
        return None
    return ImportRefused(
        "questions",
        " ".join(question.asks for question in plan.questions),
        _("Answer on the import page or with --answers; it is remembered."),
        plan.findings,
    )


def _refuse_nothing_good(plan: Plan) -> ImportRefused | None:
    if plan.checked.has_good:
        return None
    return ImportRefused(
        "no_good_rows",
        _("Not one row could be accepted."),
        _("Correct the cells named below; if there was nothing to report, file a nil return."),
        plan.findings,
    )


def _guard(plan: Plan) -> ImportRefused | None:
    """Refuses an import after which many rows that count today would be gone."""
    if not plan.change.needs_consent:
        return None
    return ImportRefused(
        "removal",
        _("{gone} of the {standing} rows that count today would vanish.").format(
            gone=plan.change.vanishing, standing=plan.change.standing
        ),
        _("Check that the file is complete. If they are to go, say so (--allow-removal)."),
        plan.findings,
    )


def _set_aside(checked: Checked, pieces: list[Piece]) -> Iterator[dict[str, object]]:
    """Rows that are no data, rows of tables nothing takes, and rows no feed takes."""
    bound = {id(rows.piece): rows for rows in checked.rows}
    for piece in pieces:
        place = {"file": piece.file.number, "sheet": piece.table.sheet}
        hidden = aside_text.of_persons(checked.source, piece)
        for set_aside in piece.table.set_aside:
            yield {
                **place,
                "row": set_aside.row,
                "why": set_aside.why,
                "text": aside_text.shown(set_aside, hidden),
            }
        rows = bound.get(id(piece))
        if rows is None:
            for number in piece.table.row_numbers:
                yield {**place, "row": number, "why": "other_table"}
            continue
        left = ~rows.taken & ~rows.bad
        for why, flags in [*rows.void, ("not_taken", left)]:
            for number in row_outcomes.row_numbers(rows)[left & flags].tolist():
                yield {**place, "row": number, "why": why}
            left &= ~flags


def _counts(plan: Plan, file: int) -> dict[str, int]:
    of_file = [row for row in plan.checked.rows if row.piece.file.number == file]
    counts = {
        "accepted": plan.change.new.get(file, 0),
        "already_present": plan.change.present.get(file, 0),
        "quarantined": sum(int(np.count_nonzero(piece_rows.bad)) for piece_rows in of_file),
        "set_aside": sum(1 for one in plan.set_aside if one["file"] == file),
        "outdated": plan.change.old.get(file, 0),
    }
    return {"read": sum(counts.values()), **counts}


def _keep(district: District, plan: Plan, by: str | None, at: datetime | None) -> int:
    totals = {count: plan.total(count) for count in COUNTS} | {"removed": plan.change.removed}
    origin = origins.find(district.home, len(plan.files), plan.checked.rows)
    tables = {name: origin.applied(table) for name, table in plan.checked.tables.items()}
    rows = {name: len(table) for name, table in tables.items()}
    manifest = _manifest(district, plan, totals, rows, by, at)
    manifest = replace(manifest, files=(*manifest.files, *origin.files))
    batches.keep(district.home, manifest, tables, plan.findings.cells())
    return manifest.batch


def _manifest(
    district: District,
    plan: Plan,
    counts: dict[str, int],
    rows: dict[str, int],
    by: str | None,
    at: datetime | None,
) -> Manifest:
    source = plan.source
    return Manifest(
        batch=batches.next_number(district.home),
        source=source.id,
        community=source.community,
        part=source.part,
        replaces=source.replaces,
        tables=(*source.tables, *plan.checked.stands_for()),
        covers=tuple(plan.covers),
        imported_at=(at or datetime.now()).isoformat(timespec="seconds"),
        imported_by=by or getpass.getuser(),
        files=tuple(_export_file(file) for file in plan.files),
        counts=counts,
        rows=rows,
        mapping=match_source.describe(source),
        findings=tuple(plan.findings.as_json(SHOWN)),
        answers=tuple(settled.as_json() for settled in plan.asking.settled),
        spans=tuple(plan.checked.spans()),
        to_correct=tuple(plan.checked.to_correct()),
    )


def _export_file(file: Opened) -> ExportFile:
    sheets = {table.sheet_number: table.sheet for table in file.reading.tables}
    return ExportFile(
        name=file.name,
        sha256=hashlib.sha256(file.data).hexdigest(),
        size=len(file.data),
        sheets=tuple(sheets.get(n, "") for n in range(1, max(sheets, default=0) + 1)),
    )
