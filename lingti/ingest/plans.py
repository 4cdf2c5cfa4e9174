"""An import as data: what is asked for, what was worked out, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lingti.district import Source
from lingti.ingest.checking import coverage
from lingti.ingest.checking.cell_problems import Findings, ImportRefused
from lingti.ingest.checking.coverage import Span
from lingti.ingest.checking.days_covered import Covered
from lingti.ingest.checking.row_outcomes import Checked
from lingti.ingest.keeping.diff_to_current import Change
from lingti.ingest.mapping.match_source import Opened, Use
from lingti.ingest.questions import Asking, Question
from lingti.ingest.reading.sheet_tables import Refused

COUNTS = ("read", "accepted", "already_present", "quarantined", "set_aside", "outdated")


@dataclass(frozen=True)
class Request:
    """What the user asks: files by name and content, and what she says of them."""

    community: str
    files: tuple[tuple[str, bytes], ...]
    source: str | None = None
    covers: str | None = None
    allow_removal: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)  # question id → choice
    at: datetime | None = None  # when it counts as imported; now if None


@dataclass
class Plan:
    """An import worked out to the last row, with nothing written yet."""

    source: Source
    files: list[Opened]
    covered: Covered
    checked: Checked
    change: Change
    asking: Asking
    uses: list[Use] = field(default_factory=list)
    set_aside: list[dict[str, object]] = field(default_factory=list)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    batch: int | None = None

    @property
    def covers(self) -> list[Span]:
        """The days the files speak for."""
        return self.covered.spans

    @property
    def findings(self) -> Findings:
        """What is wrong in the files."""
        return self.checked.findings

    @property
    def left_out(self) -> list[dict[str, object]]:
        """Tables that nothing takes: of each its file, its sheet and its number of rows."""
        counts = Counter(
            (one["file"], one["sheet"]) for one in self.set_aside if one["why"] == "other_table"
        )
        return [{"file": f, "sheet": sheet, "rows": n} for (f, sheet), n in counts.items()]

    @property
    def questions(self) -> list[Question]:
        """What has to be answered before anything is written."""
        return self.asking.open

    def total(self, count: str) -> int:
        """A count over all its files."""
        return sum(one[count] for one in self.counts.values())


@dataclass
class Outcome:
    """What became of files that belong together: a plan, kept or not, or a refusal.

    `opened` are the files as read, also where no source takes them.
    """

    names: list[str]
    plan: Plan | None = None
    refused: ImportRefused | Refused | None = None
    opened: list[Opened] = field(default_factory=list)

    def as_json(self) -> list[dict[str, object]]:
        """One object per file, as the command line prints it."""
        if self.plan is None:
            assert self.refused is not None
            return [{"file": name, **self._refusal(name)} for name in self.names]
        if not self.plan.files:
            return [{"file": None, **self._of_file(self.plan, None)}]
        return [{"file": file.name, **self._of_file(self.plan, file)} for file in self.plan.files]

    def _refusal(self, name: str) -> dict[str, object]:
        if self.refused is None:
            return {}
        known = self.refused.findings if isinstance(self.refused, ImportRefused) else Findings()
        findings = [one for one in known.as_json() if one["file"] == name]
        return {"refused": self.refused.as_json(), "findings": findings}

    def _of_file(self, plan: Plan, file: Opened | None) -> dict[str, object]:
        number, name = (file.number, file.name) if file else (0, None)
        is_first = file is None or file is plan.files[0]
        return {
            "batch": plan.batch,
            "source": plan.source.id,
            "covers": coverage.write(plan.covers),
            **plan.counts.get(number, dict.fromkeys(COUNTS, 0)),
            "removed": plan.change.removed if is_first else 0,
            "unread": [] if file is None or file.reading.shows_strikes else ["strikethrough"],
            "questions": [question.as_json() for question in plan.questions],
            "findings": [one for one in plan.findings.as_json() if one["file"] == name],
            "rows_set_aside": [one for one in plan.set_aside if one["file"] == number],
            "filled_down": {
                use.piece.place: filled
                for use in plan.uses
                if use.piece.file is file and (filled := use.filled_down)
            },
            "left_out": [one for one in plan.left_out if one["file"] == number],
            "columns_taken": {
                use.piece.place: use.taken for use in plan.uses if use.piece.file is file
            },
            "columns_dropped": {
                use.piece.place: use.dropped for use in plan.uses if use.piece.file is file
            },
            **self._refusal(name or ""),
        }
