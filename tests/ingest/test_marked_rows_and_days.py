"""Rows with a line through them or hidden, and days that can be read in two ways: asked."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from asking_kit import asked_and_taken
from import_kit import (
    SERVICE,
    TICKETS,
    csv_file,
    home_with_sources,
    service,
    stored,
    take,
)

from lingti.district import District


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def marked_workbook(*, hide: bool, month: int = 1) -> bytes:
    """Three rows: the second is struck through, or hidden by a filter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("一月")
        struck = book.add_format({"font_strikeout": True})
        page.write_row(0, 0, SERVICE)
        for at in (1, 2, 3):
            row = [f"2024-0{month}-0{at}", "甲一测", "", "清扫", at]
            page.write_row(at, 0, row, struck if at == 2 and not hide else None)
        if hide:
            page.autofilter(0, 0, 3, 4)
            page.set_row(2, None, None, {"hidden": True})
    return out.getvalue()


def test_rows_that_are_struck_through_are_asked_of_once(home: District) -> None:
    taken = asked_and_taken(home, marked_workbook(hide=False), "一月.xlsx")
    struck = [one["row"] for one in taken["rows_set_aside"] if one["why"] == "struck"]
    assert (taken["accepted"], struck, taken["unread"]) == (2, [3], [])


def test_in_an_old_workbook_lines_through_rows_are_seen_too(home: District) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("一月")
    struck = xlwt.easyxf("font: struck_out on")
    for at, row in enumerate(
        [SERVICE, *(["2024-01-0" + n, "甲一测", "", "清扫", 2] for n in "123")]
    ):
        for column, cell in enumerate(row):
            page.write(at, column, cell, struck if at == 2 else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    taken = asked_and_taken(home, out.getvalue(), "一月.xls")
    struck_rows = [one["row"] for one in taken["rows_set_aside"] if one["why"] == "struck"]
    assert (taken["accepted"], struck_rows, taken["unread"]) == (2, [3], [])


def test_in_a_text_file_it_is_said_that_no_line_can_be_seen(home: District) -> None:
    rows = [SERVICE, ["2024-01-05", "甲一测", "", "清扫", "2"]]
    assert take(home, csv_file(rows))["unread"] == ["strikethrough"]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><table>{cells}</table></body></html>".encode()
    assert take(home, page, "导出.xls")["unread"] == ["strikethrough"]


@pytest.mark.parametrize(("choice", "accepted"), [("count", 3), ("void", 2)])
def test_rows_that_a_filter_hides_are_asked_of_in_each_file(
    home: District, choice: str, accepted: int
) -> None:
    data = marked_workbook(hide=True)
    (question,) = take(home, data, "一月.xlsx")["questions"]
    assert question["default"] == "count"
    taken = take(home, data, "一月.xlsx", answers={question["id"]: choice})
    assert taken["accepted"] == accepted
    assert take(home, data, "一月.xlsx")["questions"] == []
    later = marked_workbook(hide=True, month=2)
    assert take(home, later, "二月.xlsx")["questions"][0]["id"] != question["id"]


def test_a_stray_row_does_not_report_a_month_without_a_word(home: District) -> None:
    june = [[f"2024-06-{day:02}", f"甲{day}", "", "清扫", "2"] for day in range(3, 27, 4)]
    data = service(*june, ["2024-07-01", "乙二测", "", "清扫", "2"])
    (question,) = take(home, data)["questions"]
    assert (question["kind"], question["default"]) == ("covers", "mostly")
    taken = take(home, data, answers={question["id"]: "mostly"})
    assert (taken["covers"], taken["accepted"], taken["quarantined"]) == ("2024-06", 6, 1)
    assert [one["code"] for one in taken["findings"]] == ["outside_days"]
    # The next month is told the same of August: its row is a finding, no question.
    july = [[f"2024-07-{day:02}", f"甲{day}", "", "清扫", "2"] for day in range(3, 27, 4)]
    later = take(home, service(*july, ["2024-08-02", "乙二测", "", "清扫", "2"]))
    assert (later["covers"], later["questions"], later["quarantined"]) == ("2024-07", [], 1)


def test_a_month_that_has_begun_is_covered_where_that_is_said_of_the_file(home: District) -> None:
    def month(number: int) -> list[list[str]]:
        return [[f"2024-{number:02}-{day:02}", "甲", "", "清扫", "2"] for day in range(3, 27, 4)]

    data = service(*month(6), ["2024-07-01", "乙二测", "", "清扫", "2"])
    taken = asked_and_taken(home, data, "导出.csv", covers="both")
    assert (taken["covers"], taken["accepted"]) == ("2024-06-01/2024-07-31", 7)
    again = take(home, service(*month(8), ["2024-09-01", "乙二测", "", "清扫", "2"]))
    assert [one["kind"] for one in again["questions"]] == ["covers"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2024-01-05", "2024-01-06", "2024-02-05"], {}),
        ([*(f"2024-06-{day:02}" for day in range(1, 20)), "2024-07-01"], {"covers": "2024-06"}),
    ],
)
def test_days_that_are_given_or_plain_are_not_asked_about(
    home: District, days: list[str], said: dict[str, str]
) -> None:
    data = service(*([day, "甲一测", "", "清扫", "2"] for day in days))
    assert take(home, data, **said)["questions"] == []


@pytest.mark.parametrize("choice", ["swap", "as_is"])
def test_two_columns_of_days_in_the_wrong_order_are_asked_of(home: District, choice: str) -> None:
    rows = [[f"A{n}", f"2024-01-{n + 10}", "噪音", f"2024-01-0{n}"] for n in range(1, 6)]
    data = csv_file([TICKETS, *rows, ["A6", "2024-01-20", "停车", "2024-01-25"]])
    taken = asked_and_taken(home, data, "工单2024年1月.csv", days_swapped=choice)
    assert taken["accepted"] == 6
    ((backwards,),) = stored(home, "concerns", "count(*) filter (resolved_on < day)")
    assert backwards == (1 if choice == "swap" else 5)


def test_days_in_order_in_most_rows_are_not_asked_about(home: District) -> None:
    rows = [[f"A{n}", f"2024-01-0{n}", "噪音", f"2024-01-{n + 10}"] for n in range(1, 6)]
    data = csv_file([TICKETS, *rows, ["A6", "2024-01-25", "停车", "2024-01-20"]])
    assert take(home, data, "工单2024年1月.csv")["questions"] == []


@pytest.mark.parametrize(
    ("others", "default", "choice", "day"),
    [
        (["25/04/2024"], "day", "day", date(2024, 4, 3)),
        (["04/25/2024"], "month", "month", date(2024, 3, 4)),
        (["04/25/2024"], "month", "day", date(2024, 4, 3)),
    ],
)
def test_days_that_read_two_ways_are_asked_of_once_per_column(
    home: District, others: list[str], default: str, choice: str, day: date
) -> None:
    data = service(*([text, "甲一测", "", "清扫", "2"] for text in ["03/04/2024", *others]))
    (question,) = take(home, data)["questions"]
    assert (question["kind"], question["default"]) == ("day_order", default)
    asked_and_taken(home, data, "导出.csv", day_order=choice)
    assert (day,) in stored(home, "service", "day")
    assert take(home, service(["05/06/2024", "甲一测", "", "清扫", "2"]))["questions"] == []
