"""Rows to correct go out like the original, and come back to the same residents."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from import_kit import (
    MERCHANTS,
    SERVICE,
    counts,
    csv_file,
    home_with_sources,
    plan_of,
    service,
    stored,
    take,
    workbook,
)

from lingti.district import District
from lingti.ingest.keeping import batches, corrections

LI = ("李明华", "13800000001", "清扫")
ZHANG = ("张丽丽", "13800000002", "清扫")
Edit = Callable[[list[Any]], list[Any]]


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def corrections_of(home: District, data: bytes, name: str, **said: Any) -> bytes:
    plan = plan_of(home, data, name, **said).plan
    assert plan is not None
    assert corrections.needed(plan)
    return corrections.workbook(plan)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook as someone would save it after changing rows."""
    return workbook({name: [edit(row) for row in rows] for name, rows in sheets(data).items()})


def test_all_rows_are_there_and_those_to_correct_come_first(home: District) -> None:
    data = service(["2024-01-05", *LI, "2"], ["2024-01-06", *ZHANG, "很久"])
    ((title, header, *rows),) = sheets(corrections_of(home, data, "1月.csv")).values()
    assert title[0] == "2024年1月1日至2024年1月31日"
    assert header == ["需要修改", *SERVICE, "原文件", "原行号"]
    assert [row[1:] for row in rows] == [
        ["2024-01-06", *ZHANG, "很久", "1月.csv", 3],
        ["2024-01-05", *LI, "2", "1月.csv", 2],
    ]
    assert "时长" in rows[0][0]


@pytest.mark.parametrize("covers", [None, "2024-01", "2024-01-01/2024-01-20"])
def test_corrected_rows_join_the_same_residents_and_days(
    home: District, covers: str | None
) -> None:
    data = service(
        ["2024-01-05", *LI, "2"], ["2024-01-06", *ZHANG, "很久"], ["2024-01-07", *ZHANG, "1"]
    )
    fixed = edited(
        corrections_of(home, data, "导出.csv", covers=covers),
        lambda row: [3 if cell == "很久" else cell for cell in row],
    )
    first = take(home, data, "导出.csv", covers=covers)
    second = take(home, fixed, "导出_修改.xlsx")
    assert (counts(first), first["source"]) == ((2, 0, 1, 0), "east_service")
    assert (second["source"], second["covers"]) == ("east_service", first["covers"])
    assert counts(second)[:3] == (1, 2, 0)
    assert second["removed"] == 0
    days = [day for (day,) in stored(home, "service", "day")]
    assert days == [date(2024, 1, 5), date(2024, 1, 6), date(2024, 1, 7)]
    assert len(set(stored(home, "service", "resident"))) == 2


def test_sheets_titles_and_dates_stay_as_they_were(home: District) -> None:
    title = ["2024年志愿服务"]
    data = workbook(
        {
            "3月": [title, SERVICE, [date(2024, 3, 5), *LI, 2], [date(2024, 3, 6), *LI, "x"]],
            "4月": [title, SERVICE, [date(2024, 4, 5), *LI, 2], ["4月31日", *LI, 1]],
        }
    )
    out = corrections_of(home, data, "服务.xlsx")
    found = sheets(out)
    assert list(found) == ["3月", "4月"]
    assert [row[1] for row in found["3月"][2:]] == [date(2024, 3, 6), date(2024, 3, 5)]
    fixed = edited(
        out, lambda row: [{"x": 1, "4月31日": "4月30日"}.get(cell, cell) for cell in row]
    )
    document = take(home, fixed, "服务_修改.xlsx")
    assert (counts(document)[:3], document["covers"]) == ((4, 0, 0), "2024-03-01/2024-04-30")


def test_a_roster_without_a_single_good_row_can_be_corrected_too(home: District) -> None:
    data = csv_file([MERCHANTS, ["甲店", "不详", ""]])
    out = corrections_of(home, data, "名册.csv", covers="2024-03")
    fixed = edited(out, lambda row: ["2024-02-01" if cell == "不详" else cell for cell in row])
    document = take(home, fixed, "名册_修改.xlsx", covers="2024-03")
    assert counts(document)[:3] == (1, 0, 0)


def test_the_quarantine_keeps_no_person(home: District) -> None:
    rows = [["2024-01-05", "李明华", "1391234", "清扫", "2"], ["张丽丽", *LI, "王小二"]]
    take(home, service(*rows, ["2024-01-05", *LI, "2"]))
    kept = (home.home / "batches" / "000001" / "quarantine.json").read_text("utf-8")
    manifest = (home.home / "batches" / "000001" / batches.MANIFEST).read_text("utf-8")
    for text in (kept, manifest):
        assert not any(word in text for word in ("李明华", "张丽丽", "王小二", "1391234"))


def places(home: District, table: str) -> list[tuple[str, str, int]]:
    """Where each row that counts was first: file, sheet and row."""
    found = stored(home, table, "batch, source_row.file, source_row.sheet, source_row.row")
    files = {one.batch: one.files for one in batches.manifests(home.home)}
    return [
        (files[batch][file - 1].name, files[batch][file - 1].sheets[sheet - 1], row)
        for batch, file, sheet, row in found
    ]


def test_corrected_rows_keep_pointing_to_their_first_file_and_row(home: District) -> None:
    data = workbook(
        {
            "3月": [SERVICE, [date(2024, 3, 5), *LI, 2], [date(2024, 3, 6), *LI, "x"]],
            "4月": [SERVICE, [date(2024, 4, 5), *LI, 2], [date(2024, 4, 6), *ZHANG, "y"]],
        }
    )
    take(home, data, "2024年服务.xlsx")
    once = edited(
        corrections_of(home, data, "2024年服务.xlsx"),
        lambda row: [1 if cell == "x" else cell for cell in row],
    )
    fixed = edited(
        corrections_of(home, once, "修改.xlsx"),
        lambda row: [1 if cell == "y" else cell for cell in row],
    )
    assert counts(take(home, fixed, "再改.xlsx"))[:3] == (2, 2, 0)
    first = "2024年服务.xlsx"
    assert sorted(places(home, "service")) == [
        (first, "3月", 2), (first, "3月", 3), (first, "4月", 2), (first, "4月", 3)
    ]  # fmt: skip
    (kept,) = [one for one in batches.manifests(home.home)[1].files if one.name == first]
    assert kept == batches.manifests(home.home)[0].files[0]


def test_a_row_added_to_the_corrections_points_to_where_it_stands(home: District) -> None:
    data = service(["2024-01-05", *LI, "2"], ["2024-01-06", *ZHANG, "很久"])
    (rows,) = sheets(corrections_of(home, data, "1月.csv", covers="2024-01")).values()
    rows[2][5] = 3
    added = [None, "2024-01-09", *LI, "1", None, None]
    take(home, workbook({"1月": [*rows, added]}), "修改.xlsx", covers="2024-01")
    assert sorted(places(home, "service")) == [
        ("1月.csv", "", 2), ("1月.csv", "", 3), ("修改.xlsx", "1月", 5)
    ]  # fmt: skip
