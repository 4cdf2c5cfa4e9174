"""Sheets that are easily read wrongly: each is read rightly, or what is not is a finding."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lingti import district
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.reading.files import read
from lingti.ingest.reading.sheet_tables import Refused, Table

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
