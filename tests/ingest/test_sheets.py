"""Sheets that are easily read wrongly: each is read rightly, or what is not is a finding."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingti import district
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.checking.across_years import refuse_across_years
from lingti.ingest.checking.convert_column import Distinct
from lingti.ingest.imports import Request
from lingti.ingest.layout.find_tables import lay_out
from lingti.ingest.layout.grid import from_rows
from lingti.ingest.mapping import match_source, proposal
from lingti.ingest.mapping.match_source import Opened
from lingti.ingest.reading.files import read
from lingti.ingest.reading.sheet_tables import Cell, Reading, Refused, Table
from lingti.ingest.values import cell_values

SHEETS = Path(__file__).parent / "sheets"
SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> District:
    folder = tmp_path_factory.mktemp("home")
    shutil.copy(SAMPLE / "district.toml", folder)
    shutil.copytree(SAMPLE / "sources", folder / "sources")
    return district.load(folder)


def _sheet(number: str) -> Path:
    (path,) = SHEETS.glob(f"n{number}_*.xlsx")
    return path


def _table(number: str) -> Table:
    path = _sheet(number)
    return read(path.read_bytes(), path.name).tables[0]


def _opened(number: str) -> Opened:
    path = _sheet(number)
    return Opened(1, path.name, b"", read(path.read_bytes(), path.name))


def _checked(home: District, number: str) -> dict[str, Any]:
    path = _sheet(number)
    (outcome,) = imports.dry_run(home, Request("guqiao", ((path.name, path.read_bytes()),)))
    (document,) = outcome.as_json()
    return document


@pytest.mark.parametrize(
    ("number", "source", "accepted", "quarantined"),
    [
        ("01", "guqiao_activities", 5, 0),
        ("03", "guqiao_concerns", 11, 0),
        ("04", "guqiao_activities", 5, 0),
        ("05", "guqiao_service", 6, 0),
        ("06", "guqiao_service", 6, 0),
        ("07", "guqiao_service", 6, 0),
        ("09", "guqiao_service", 12, 0),
        ("10", "guqiao_concerns", 11, 0),
    ],
)
def test_a_sheet_is_known_and_its_rows_are_taken(
    home: District, number: str, source: str, accepted: int, quarantined: int
) -> None:
    document = _checked(home, number)
    found = (document["source"], document["accepted"], document["quarantined"])
    assert found == (source, accepted, quarantined)
    fates = ("accepted", "already_present", "quarantined", "set_aside")
    assert document["read"] == sum(document[fate] for fate in fates)


def test_printed_rows_that_hold_a_number_and_a_zero_are_blank() -> None:
    table = _table("01")
    assert Counter(one.why for one in table.set_aside) == {"title": 1, "blank": 25}
    assert table.filled_down == {}


def test_a_statistics_period_is_what_is_covered(home: District) -> None:
    assert _checked(home, "05")["covers"] == "2024-06"


def test_a_month_beside_the_title_is_no_header() -> None:
    table = _table("07")
    assert (table.header_rows, table.title) == ([2], "古桥社区志愿服务登记表 2024年6月")


def test_days_out_of_step_are_a_header() -> None:
    table = _table("08")
    assert (table.header_rows, len(table)) == ([1], 6)
    assert table.columns[-1] == "2024-06-15"


def test_a_state_in_the_place_of_a_day(home: District) -> None:
    document = _checked(home, "19")
    wrong = {row for one in document["findings"] for row in one["rows"]}
    assert wrong == {3, 6, 7, 10, 11, 13, 14}  # 已办结, 6.12, 当日, 无需办理, 长期, 次日, no year
    assert document["accepted"] == 6


def test_the_lock_file_of_an_open_workbook_is_named() -> None:
    path = _sheet("20")
    with pytest.raises(Refused) as refusal:
        read(path.read_bytes(), path.name)
    assert refusal.value.code == "owner_file"


def test_a_system_s_own_columns_are_no_day_and_no_kind(home: District) -> None:
    (found,) = match_source.pieces([_opened("11")])
    best = proposal.propose(home, found)[0]
    taken = {name: one.column for name, one in best.choices.items() if one.column}
    assert best.table == "service"
    assert (taken["day"], taken.get("category")) == ("服务开始时间", None)


@pytest.mark.parametrize(
    ("title", "columns", "refused"),
    [
        ("养老助餐登记表", ["日期", "姓名", "电话", "餐次", "金额"], "placements"),
        ("6月考勤表", ["日期", "姓名", "电话", "上班打卡", "下班打卡"], "training"),
    ],
)
def test_a_kind_of_which_nothing_is_told_is_not_offered_as_likely(
    home: District, title: str, columns: list[str], refused: str
) -> None:
    rows = [[f"2024-06-{day:02}", f"甲{day}", None, "x", 1] for day in range(1, 6)]
    table = lay_out(from_rows([[title], columns, *rows]), "", 1)
    opened = Opened(1, "表.xlsx", b"", Reading("xlsx", None, [table]))
    (found,) = match_source.pieces([opened])
    offered = {one.table: one for one in proposal.propose(home, found)}
    assert offered[refused].sureness < proposal.POSSIBLE
    assert all(one.sureness < proposal.LIKELY for one in offered.values())


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        (["12月30日", "12月31日", "1月1日"], [None, None, None]),
        (
            ["1月5日", "6月1日", "12月31日", "2月6日"],
            ["2024-01-05", "2024-06-01", "2024-12-31", None],
        ),
        (
            ["3月1日", "11月2日", "2月1日", "12月1日"],
            ["2024-03-01", "2024-11-02", "2024-02-01", "2024-12-01"],
        ),
    ],
)
def test_days_that_go_on_into_another_year_are_not_of_the_title_s_year(
    texts: list[str], known: list[str | None]
) -> None:
    cells: list[Cell] = list(texts)
    parsed = Distinct(cells, list(cell_values.days(cells, year_hint=2024).values), {})
    refuse_across_years(parsed, np.arange(len(texts), dtype=np.int32))
    assert [day and str(day) for day in parsed.values] == known


@pytest.mark.parametrize(
    ("number", "hours"), [("16", {"活动时间"}), ("17", {"数值"}), ("18", {"签到时间", "签退时间"})]
)
def test_shapes_that_are_no_plain_list_are_proposed_as_service(
    home: District, number: str, hours: set[str]
) -> None:
    (piece,) = match_source.pieces([_opened(number)])
    best = proposal.propose(home, piece)[0]
    found = (best.table, best.is_sure, best.missing, set(best.choices["hours"].columns))
    assert found == ("service", True, [], hours)
