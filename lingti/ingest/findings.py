"""What is wrong in an export: one finding per rule and column, with all its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from lingti.language import gettext as _

SHOWN = 20


@dataclass
class Finding:
    """Cells of one column that break one rule. `rows` are spreadsheet rows, from 1.

    `values` are the cells as written, masked where they name a person.
    """

    code: str
    file: str
    sheet: str
    column: str
    expected: str
    advice: str
    rows: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def add(self, row: int, value: str) -> None:
        """Notes one more cell."""
        self.rows.append(row)
        self.values.append(value)

    def as_json(self) -> dict[str, object]:
        """The finding as the command line prints it and a batch keeps it."""
        return {
            "code": self.code,
            "file": self.file,
            "sheet": self.sheet,
            "column": self.column,
            "count": len(self.rows),
            "rows": self.rows[:SHOWN],
            "values": self.values[:SHOWN],
            "expected": self.expected,
            "advice": self.advice,
        }


@dataclass
class Findings:
    """The findings of an import, grouped so that one wrong column is one finding."""

    found: dict[tuple[str, str, str, str], Finding] = field(default_factory=dict)

    def add(
        self, code: str, place: tuple[str, str], column: str, row: int, value: str, expected: str
    ) -> None:
        """Notes a cell: `place` is file and sheet, `row` the spreadsheet row."""
        key = (code, *place, column)
        if key not in self.found:
            self.found[key] = Finding(code, *place, column, expected, advice(code))
        self.found[key].add(row, value)

    def cells(self) -> list[dict[str, object]]:
        """Every wrong cell by itself, as the quarantine keeps it."""
        return [
            {
                "file": one.file,
                "sheet": one.sheet,
                "row": row,
                "column": one.column,
                "code": one.code,
                "value": value,
            }
            for one in self.found.values()
            for row, value in zip(one.rows, one.values, strict=True)
        ]

    def as_json(self) -> list[dict[str, object]]:
        """Every finding, by file, sheet and first row."""
        ordered = sorted(self.found.values(), key=lambda one: (one.file, one.sheet, one.rows[0]))
        return [finding.as_json() for finding in ordered]


class ImportRefused(Exception):  # noqa: N818 - the design's word
    """An import that cannot go on: a stable code, what is wrong, and what to do."""

    def __init__(
        self, code: str, message: str, advice: str, findings: Findings | None = None
    ) -> None:
        super().__init__(f"{message} {advice}")
        self.code = code
        self.message = message
        self.advice = advice
        self.findings = findings or Findings()

    def as_json(self) -> dict[str, object]:
        """The refusal as the command line prints it."""
        return {"code": self.code, "message": self.message, "advice": self.advice}


def advice(code: str) -> str:
    """What to do about a finding."""
    special = {
        "required": _("Fill in the cell, or delete the row if it is none."),
        "future_day": _("Correct the day; it lies after today."),
        "outside_days": _("Choose the days the file speaks for so that they hold this row."),
        "hours_over_24": _("Check the hours of this person on this day."),
        "damaged_text": _("Type the cell again; part of it was lost when the file was saved."),
        "number_as_id": _(
            "Format the column as text, enter the ID number again, and export the file again."
        ),
    }
    return special.get(code, _("Correct the cell in your file and import the file again."))
