"""Ticks of merged cells, and rows without a tick: asked, never counted without a word."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from import_kit import SIGNED_IN, Rows, counts, home_with_sources, take, workbook

from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.imports import Request

_SOURCES = {
    "east_signed": SIGNED_IN.format(hours="asked"),
    "east_across": """
community = "east"
title = { zh = "月签到", en = "Days across" }
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = "日期"
name = "姓名"
hours = "数值"
""",
}
DAYS = ["姓名", "6月1日", "6月2日", "6月3日", "6月4日"]
PEOPLE = ["甲一测", "乙二测", "丙三测", "丁四测"]


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path, _SOURCES)


def _merged(rows: Rows, top: int, left: int, bottom: int, right: int, mark: Any) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("2024年6月")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        sheet.merge_range(top, left, bottom, right, mark)
    return out.getvalue()


def _take(home: District, data: bytes, source: str, choice: str) -> dict[str, Any]:
    """Imports after the one question was answered; nothing else may be open but hours of ticks."""
    request = Request("east", (("表.xlsx", data),), source=source)
    (outcome,) = imports.dry_run(home, request)
    assert outcome.plan is not None
    asked = {one.kind: one for one in outcome.plan.questions}
    (kind,) = asked.keys() - {"hours_each", "short_year"}
    answers = {one.id: one.default for one in asked.values()} | {asked[kind].id: choice}
    return take(home, data, "表.xlsx", source=source, answers=answers)


@pytest.mark.parametrize(("choice", "taken"), [("count", 4), ("void", 2)])
@pytest.mark.parametrize("bottom_right", [(3, 1), (1, 3)])
def test_a_tick_over_rows_or_days_counts_as_somebody_says(
    home: District, choice: str, taken: int, bottom_right: tuple[int, int]
) -> None:
    rows: list[list[Any]] = [DAYS, *([name, None, None, None, None] for name in PEOPLE)]
    rows[4][4] = "√"
    data = _merged(rows, 1, 1, *bottom_right, "√")
    document = _take(home, data, "east_across", choice)
    assert counts(document) == (taken, 0, 0, 4 - taken)
    aside = [one["why"] for one in document["rows_set_aside"]]
    assert aside == ["merged"] * (4 - taken)


@pytest.mark.parametrize(("choice", "taken"), [("count", 4), ("void", 3)])
def test_rows_without_a_tick_count_as_somebody_says(
    home: District, choice: str, taken: int
) -> None:
    signed = ["√", "", "√", "√"]
    found = [["2024-06-03", *pair] for pair in zip(PEOPLE, signed, strict=True)]
    data = workbook({"签到": [["日期", "姓名", "签到"], *found]})
    document = _take(home, data, "east_signed", choice)
    assert counts(document) == (taken, 0, 0, 4 - taken)


@pytest.mark.parametrize(("choice", "taken"), [("count", 4), ("void", 2)])
def test_a_tick_merged_over_rows_of_a_list_is_asked(
    home: District, choice: str, taken: int
) -> None:
    found: list[list[Any]] = [["2024-06-03", name, "√"] for name in PEOPLE]
    data = _merged([["日期", "姓名", "签到"], *found], 1, 2, 3, 2, "√")
    assert counts(_take(home, data, "east_signed", choice)) == (taken, 0, 0, 4 - taken)


@pytest.mark.parametrize(("choice", "taken"), [("once", 3), ("each", 4)])
def test_who_clocks_in_and_out_counts_as_often_as_somebody_says(
    home: District, choice: str, taken: int
) -> None:
    clocked = ["2024-06-03 08:55", "2024-06-03 11:30", "2024-06-03 08:50", "2024-06-04 08:50"]
    people = [PEOPLE[0], PEOPLE[0], PEOPLE[1], PEOPLE[0]]
    data = workbook({"原始记录": [["日期", "姓名"], *zip(clocked, people, strict=True)]})
    assert counts(_take(home, data, "east_signed", choice)) == (taken, 0, 0, 4 - taken)


@pytest.mark.parametrize(("choice", "wrong"), [("year", 0), ("none", 3)])
def test_years_of_two_digits_are_asked_once(home: District, choice: str, wrong: int) -> None:
    days = ["24.6.3", "24.6.4", "24.6.25"]
    data = workbook({"签到": [["日期", "姓名"], *zip(days, PEOPLE[:3], strict=True)]})
    request = Request("east", (("表.xlsx", data),), source="east_signed")
    (outcome,) = imports.dry_run(home, request)
    assert outcome.plan is not None
    asked = {one.kind: one for one in outcome.plan.questions}
    assert asked.keys() == {"hours_each", "short_year"}
    answers = {asked["hours_each"].id: "2", asked["short_year"].id: choice}
    document = take(home, data, "表.xlsx", source="east_signed", answers=answers)
    found = {} if "refused" in document else {"quarantined": document["quarantined"]}
    assert found == ({"quarantined": 0} if not wrong else {})
