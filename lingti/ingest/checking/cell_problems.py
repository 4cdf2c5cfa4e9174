"""What is wrong in an export: one finding per rule and column, with all its rows."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from lingti.ingest.checking.pseudonyms import mask, mask_person
from lingti.ingest.values.problem_text import expected_words
from lingti.language import gettext as _

SHOWN = 20
MOST_CHARACTERS = 60
# Findings that tell of something odd in rows that are accepted all the same.
WARNINGS = frozenset({"id_check_digit", "left_list", "masked_name", "personal_data"})

_NAME = re.compile(
    "(?:欧阳|司马|上官|诸葛|[赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹"
    "苏潘葛范彭鲁马方任袁柳史唐薛贺倪汤罗毕郝邵汪毛戴宋庞熊纪董梁杜阮蓝贾江郭梅林徐邱骆"
    "高夏蔡田樊胡万管卢莫房丁邓洪石崔龚程邢陆翁侯宁甘武刘景龙叶黎白蒲谭冉雍温庄晏柴阎习"
    "牛廖耿欧聂曾沙关游盖于孟尹段雷钟黄申尚付岳向施苗肖])[\u4e00-\u9fff]{1,2}"
)
_NO_NAME = re.compile("周[一二三四五六日天末]|[日时号月年天分个]$|[无未没不]")


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

    @property
    def is_warning(self) -> bool:
        """Whether the rows are accepted all the same."""
        return self.code in WARNINGS

    def as_json(self, shown: int | None = None) -> dict[str, object]:
        """The finding as the command line prints it; with `shown` only so many of its rows."""
        return {
            "code": self.code,
            "severity": "warning" if self.is_warning else "error",
            "file": self.file,
            "sheet": self.sheet,
            "column": self.column,
            "count": max(len(self.rows), len(self.values)),
            "rows": self.rows[:shown],
            "values": self.values[:shown],
            "expected": self.expected,
            "advice": self.advice,
        }


@dataclass
class Findings:
    """The findings of an import, grouped so that one wrong column is one finding.

    `by_place` is (code, file, sheet, column) → finding.
    """

    by_place: dict[tuple[str, str, str, str], Finding] = field(default_factory=dict)

    def add_many(
        self,
        code: str,
        place: tuple[str, str],
        column: str,
        rows: list[int],
        values: list[str],
        expected: str,
    ) -> None:
        """Notes cells: `place` is file and sheet, `rows` are spreadsheet rows."""
        key = (code, *place, column)
        if key not in self.by_place:
            self.by_place[key] = Finding(code, *place, column, expected, advice(code))
        self.by_place[key].rows += rows
        self.by_place[key].values += values

    def cells(self) -> list[dict[str, object]]:
        """Every wrong cell by itself, as the quarantine keeps it."""
        return [
            {
                "file": finding.file,
                "sheet": finding.sheet,
                "row": row,
                "column": finding.column,
                "code": finding.code,
                "value": value,
            }
            for finding in self.by_place.values()
            if not finding.is_warning
            for row, value in zip(finding.rows, finding.values, strict=True)
        ]

    def ordered(self) -> list[Finding]:
        """Every finding, by file, sheet and first row; warnings last."""
        return sorted(
            self.by_place.values(),
            key=lambda finding: (
                finding.is_warning,
                finding.file,
                finding.sheet,
                min(finding.rows, default=0),
            ),
        )

    def as_json(self, shown: int | None = None) -> list[dict[str, object]]:
        """Every finding as JSON; with `shown` only so many rows of each."""
        return [finding.as_json(shown) for finding in self.ordered()]


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


def in_words(kept: Mapping[str, Any]) -> dict[str, str]:
    """What is `expected` and the `advice` of a finding that a manifest keeps, for who reads it now.

    A manifest is in the language of who imported. Where no code stands for what is expected, such
    as a list's own words, it stays as it was written.
    """
    try:
        expected = expected_words(kept["code"])
    except KeyError:
        expected = kept["expected"]
    return {"expected": expected, "advice": advice(kept["code"])}


def advice(code: str) -> str:
    """What to do about a finding."""
    return _special_advice().get(
        code,
        _("Correct the cell, in the table or in the workbook of rows to correct; import it again."),
    )


def _special_advice() -> dict[str, str]:
    as_text = _("Format the column as text, enter the number again, and export the file again.")
    return {
        "required": _("Fill in the cell, or delete the row if it is none."),
        "future_day": _("Correct the day; it lies after today."),
        "outside_days": _("Correct the day, or choose the days the file speaks for."),
        "hours_over_24": _("Check the hours of this person on this day."),
        "damaged_text": _("Type the cell again; part of it was lost when the file was saved."),
        "extra_cells": _("The row has more cells than the header: look for a stray comma."),
        "open_quote": _("Close the quotation mark, or delete it."),
        "id_lost_digits": as_text,
        "phone_lost_digits": as_text,
        "id_check_digit": _("The row counts. Compare the number with the document."),
        "no_year": _("Write the year into the title or the cells, or choose the days covered."),
        "repeated_case": _("Keep the newest row of the case. Import several sheets one by one."),
        "not_in_list": _("Write one of the words of the list, or add this word to the mapping."),
        "personal_data": _("It was masked. Leave it out, or map the column as a person's."),
        "no_person": _("Name the people, one row each; a number of people cannot be counted here."),
        "masked_name": _("The rows count; of two people masked alike the number of people is one."),
        "several_names": _("Give each person a row of their own."),
        "left_list": _("Nothing to do if they have ended; else add them and import again."),
    }


def shown_cell(written: str, names: Container[str]) -> str:
    """A cell as a finding shows it: without phones, ID numbers and what may be a name."""
    text = written.strip()
    if text in names or _looks_like_a_name(text):
        return mask_person(text)
    return mask(written, names)[:MOST_CHARACTERS]


def _looks_like_a_name(text: str) -> bool:
    """Whether a cell that should hold something else seems to hold a person's name."""
    return bool(_NAME.fullmatch(text)) and not _NO_NAME.search(text)
