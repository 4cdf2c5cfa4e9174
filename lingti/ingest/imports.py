"""One path for `check` and `import`: files in, and a plan or a batch out."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from lingti.district import District, Source
from lingti.ingest import batch as batches
from lingti.ingest import coverage, mapping, titles
from lingti.ingest.batch import ExportFile, Manifest
from lingti.ingest.check import Checked, check
from lingti.ingest.coverage import CoverageError, Span
from lingti.ingest.findings import Findings, ImportRefused
from lingti.ingest.mapping import Opened, Piece
from lingti.ingest.privacy import mask, pseudonyms
from lingti.ingest.read import read
from lingti.ingest.shapes import Refused
from lingti.ingest.standing import Change, change
from lingti.language import gettext as _


@dataclass(frozen=True)
class Request:
    """What the user asks: files by name and content, and what she says of them."""

    community: str
    files: tuple[tuple[str, bytes], ...]
    source: str | None = None
    covers: str | None = None
    allow_removal: bool = False


@dataclass
class Plan:
    """An import worked out to the last row, with nothing written yet."""

    source: Source
    files: list[Opened]
    covers: list[Span]
    checked: Checked
    tables: dict[str, pa.Table]
    change: Change
    set_aside: list[dict[str, object]]
    dropped: dict[str, list[str]]
    counts: dict[int, dict[str, int]]
    batch: int | None = None

    @property
    def findings(self) -> Findings:
        """What is wrong in the files."""
        return self.checked.findings

    def total(self, count: str) -> int:
        """A count over all its files."""
        return sum(one[count] for one in self.counts.values())


@dataclass
class Outcome:
    """What became of files that belong together: a plan, kept or not, or a refusal."""

    names: list[str]
    plan: Plan | None = None
    refused: ImportRefused | Refused | None = None

    def as_json(self) -> list[dict[str, object]]:
        """One object per file, as the command line prints it."""
        if self.plan is None or self.refused is not None:
            assert self.refused is not None
            known = self.refused.findings if isinstance(self.refused, ImportRefused) else Findings()
            refusal = {"refused": self.refused.as_json(), "findings": known.as_json()}
            return [{"file": name, **refusal} for name in self.names]
        plan = self.plan
        return [
            {
                "file": file.name,
                "batch": plan.batch,
                "source": plan.source.id,
                "covers": coverage.write(plan.covers),
                **plan.counts[file.number],
                "removed": plan.change.removed if file is plan.files[0] else 0,
                "findings": [one for one in plan.findings.as_json() if one["file"] == file.name],
                "rows_set_aside": [one for one in plan.set_aside if one["file"] == file.number],
                "columns_dropped": {
                    place: columns
                    for place, columns in plan.dropped.items()
                    if place.split("｜")[0] == file.name
                },
            }
            for file in plan.files
        ]


def dry_run(district: District, request: Request) -> list[Outcome]:
    """Works out what an import would do. Nothing is written."""
    return list(_outcomes(district, request))


def run(district: District, request: Request, by: str | None = None) -> list[Outcome]:
    """Imports files: one batch per source. A refused group leaves the others standing."""
    with batches.writing(district.home):
        outcomes = []
        for outcome in _outcomes(district, request):
            plan = outcome.plan
            if plan is not None and outcome.refused is None and not plan.change.is_nothing:
                plan.batch = _keep(district, plan, by)
            outcomes.append(outcome)
    return outcomes


def file_nil(district: District, source: Source, covers: str, by: str | None = None) -> Manifest:
    """Files a nil return: the days are covered and have no rows. Raises CoverageError."""
    spans = coverage.cap(coverage.parse(covers), date.today())
    if not spans:
        raise CoverageError(_("{covers} lies in the future.").format(covers=covers))
    with batches.writing(district.home):
        counts = dict.fromkeys(COUNTS, 0)
        manifest = _manifest(district, source, spans, [], counts, {}, Findings(), by)
        batches.keep(district.home, manifest, {}, [])
    return manifest


COUNTS = ("read", "accepted", "already_present", "quarantined", "set_aside")


def _outcomes(district: District, request: Request) -> Iterator[Outcome]:
    groups: dict[str, list[Opened]] = {}
    for name, data in request.files:
        try:
            opened = Opened(1, mask(Path(name).name), data, read(data, name))
            groups.setdefault(_source_of(district, request, opened).id, []).append(opened)
        except (ImportRefused, Refused) as refusal:
            yield Outcome([mask(Path(name).name)], refused=refusal)
    for source_id, files in groups.items():
        try:
            numbered = [replace(one, number=number) for number, one in enumerate(files, 1)]
            plan = _plan(district, district.sources[source_id], numbered, request.covers)
            yield Outcome([one.name for one in files], plan, _guard(plan, request))
        except ImportRefused as refusal:
            yield Outcome([one.name for one in files], refused=refusal)


def _source_of(district: District, request: Request, opened: Opened) -> Source:
    if request.source is not None:
        return district.source(request.source)
    known = [one for one in district.sources.values() if one.community == request.community]
    return mapping.recognise(known, mapping.pieces([opened]))


def _plan(district: District, source: Source, files: list[Opened], covers: str | None) -> Plan:
    today = date.today()
    found = mapping.pieces(files)
    bindings = mapping.bind(source, found)
    checked = check(source, bindings, pseudonyms(district.home), today)
    spans = decide_covers(checked, found, covers, today)
    checked.refuse_days_outside(spans)
    tables = checked.tables()
    if not any(len(rows) for rows in tables.values()):
        raise ImportRefused(
            "no_good_rows",
            _("Not one row could be accepted."),
            _("Correct the cells named below; if there was nothing to report, file a nil return."),
            checked.findings,
        )
    changed = change(district.home, source, spans, tables)
    plan = Plan(source, files, spans, checked, tables, changed, [], {}, {})
    plan.dropped = mapping.dropped(bindings, found)
    plan.set_aside = list(_set_aside(checked, found))
    plan.counts = {file.number: _counts(plan, file.number) for file in files}
    return plan


def decide_covers(
    checked: Checked, found: list[Piece], given: str | None, today: date
) -> list[Span]:
    """The days an export speaks for: as given; else as its titles, sheets or names say, where all
    rows lie in them; else the whole months touched. Never past the day of export or today.

    Raises ImportRefused where the days given cannot be read or none are left.
    """
    days = checked.days()
    try:
        spans = coverage.parse(given) if given else _named_spans(found, days)
    except CoverageError as error:
        raise ImportRefused("covers", str(error), "") from error
    spans = spans or coverage.months_touched(days)
    last = min([today] + [day for one in found if (day := titles.as_of_in(one.table.title))])
    spans = coverage.cap(spans, last if not given else today)
    if not spans:
        raise ImportRefused(
            "no_days",
            _("It cannot be told which days the file speaks for."),
            _("Say which (--covers), such as 2024-06."),
            checked.findings,
        )
    return spans


def _named_spans(found: list[Piece], days: list[date]) -> list[Span]:
    """The days that titles, sheets or file names state, if every row lies in them."""
    named: list[Span] = []
    for piece in found:
        year = titles.year_in(piece.table.title) or titles.year_in(piece.file.name)
        texts = (piece.table.title, piece.table.sheet, Path(piece.file.name).stem)
        spans = next((s for text in texts if (s := titles.named_in(text, year))), [])
        if not spans:
            return []
        named += spans
    named = coverage.merge(named)
    return named if all(coverage.contains(named, day) for day in days) else []


def _guard(plan: Plan, request: Request) -> ImportRefused | None:
    if request.allow_removal or not plan.change.needs_consent:
        return None
    return ImportRefused(
        "removal",
        _("{gone} of the {standing} rows that count today would vanish.").format(
            gone=plan.change.vanishing, standing=plan.change.standing
        ),
        _("Check that the file is complete. If they are to go, say so (--allow-removal)."),
        plan.findings,
    )


def _set_aside(checked: Checked, found: list[Piece]) -> Iterator[dict[str, object]]:
    """Rows that are no data, rows of tables nothing takes, and rows no feed takes."""
    bound = {id(rows.piece): rows for rows in checked.rows}
    for piece in found:
        place = {"file": piece.file.number, "sheet": piece.table.sheet}
        for one in piece.table.set_aside:
            yield {**place, "row": one.row, "why": one.why}
        rows = bound.get(id(piece))
        for index, number in enumerate(piece.table.row_numbers):
            if rows is None:
                yield {**place, "row": number, "why": "other_table"}
            elif not rows.taken[index] and not rows.bad[index]:
                yield {**place, "row": number, "why": "not_taken"}


def _counts(plan: Plan, file: int) -> dict[str, int]:
    of_file = [one for one in plan.checked.rows if one.piece.file.number == file]
    counts = {
        "accepted": plan.change.new.get(file, 0),
        "already_present": plan.change.present.get(file, 0),
        "quarantined": sum(int(one.bad.sum()) for one in of_file),
        "set_aside": sum(1 for one in plan.set_aside if one["file"] == file),
    }
    return {"read": sum(counts.values()), **counts}


def _keep(district: District, plan: Plan, by: str | None) -> int:
    totals = {count: plan.total(count) for count in COUNTS} | {"removed": plan.change.removed}
    rows = {name: len(table) for name, table in plan.tables.items()}
    manifest = _manifest(
        district, plan.source, plan.covers, plan.files, totals, rows, plan.findings, by
    )
    batches.keep(district.home, manifest, plan.tables, plan.findings.cells())
    return manifest.batch


def _manifest(
    district: District,
    source: Source,
    covers: list[Span],
    files: list[Opened],
    counts: dict[str, int],
    rows: dict[str, int],
    findings: Findings,
    by: str | None,
) -> Manifest:
    return Manifest(
        batch=batches.next_number(district.home),
        source=source.id,
        community=source.community,
        part=source.part,
        replaces=source.replaces,
        tables=source.tables,
        covers=tuple(covers),
        imported_at=datetime.now().isoformat(timespec="seconds"),
        imported_by=by or getpass.getuser(),
        files=tuple(_export_file(one) for one in files),
        counts=counts,
        rows=rows,
        mapping=mapping.describe(source),
        findings=tuple(findings.as_json()),
    )


def _export_file(file: Opened) -> ExportFile:
    sheets = {table.sheet_number: mask(table.sheet) for table in file.reading.tables}
    return ExportFile(
        name=file.name,
        sha256=hashlib.sha256(file.data).hexdigest(),
        size=len(file.data),
        sheets=tuple(sheets.get(n, "") for n in range(1, max(sheets, default=0) + 1)),
    )
