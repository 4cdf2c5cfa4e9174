"""Who sent what: complete, nil, partial, missing, not run and not due, and how late."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from lingti import catalog, district, warehouse
from lingti.judging import reporting
from lingti.judging.periods import periods_of
from lingti.judging.reporting import Return

TODAY = date(2025, 2, 1)


@pytest.fixture(scope="module")
def found(sample_home: Path) -> dict[tuple[str, str], Return]:
    sample = warehouse.current(sample_home)
    months = periods_of(sample)["month"]
    all_of_it = reporting.returns(sample, district.load(sample_home), months, TODAY)
    return {(one.source, one.period): one for one in all_of_it}


@pytest.mark.parametrize(
    ("source", "period", "state"),
    [
        ("guqiao_service", "2024-06", "complete"),
        ("binhu_activities", "2024-08", "nil"),
        ("jinghang_service", "2024-11", "partial"),
        ("nanfeng_service", "2024-09", "missing"),
        ("binhu_points", "2024-03", "not_run"),
    ],
)
def test_the_states_of_the_sample(
    found: dict[tuple[str, str], Return], source: str, period: str, state: str
) -> None:
    assert found[source, period].state == state


def test_days_late_count_from_the_reporting_day(found: dict[tuple[str, str], Return]) -> None:
    # Due on 5 October 2024, and still not there.
    assert found["nanfeng_service", "2024-09"].days_late == (TODAY - date(2024, 10, 5)).days
    whole = found["binhu_activities", "2024-08"]
    assert whole.completed_on is not None
    assert whole.days_late == max(0, (whole.completed_on - date(2024, 9, 5)).days)


def test_before_the_reporting_day_nothing_is_missing(sample_home: Path) -> None:
    sample = warehouse.current(sample_home)
    (september,) = [one for one in periods_of(sample)["month"] if one.id == "2024-09"]
    settings = district.load(sample_home)
    early = reporting.returns(sample, settings, [september], date(2024, 10, 5))
    assert {one.state for one in early if one.source == "nanfeng_service"} == {"not_due"}


def test_the_message_names_what_is_owed(
    sample_home: Path, found: dict[tuple[str, str], Return]
) -> None:
    asked = reporting.asked_for(district.load(sample_home), found.values())
    assert asked == {
        "nanfeng": "南风花园社区，请补报：\n– 志愿服务记录：2024年9月",
        "jinghang": "京杭佳苑社区，请补报：\n– 志愿服务导出：2024年11月（缺11月19日–11月30日）",
    }


def test_a_month_is_due_with_the_months_it_is_sent_with(
    found: dict[tuple[str, str], Return],
) -> None:
    # Every quarter, every half-year and every year, each by the 5th after it.
    sent = {
        (source, period): (found[source, period].due_on, found[source, period].days_late)
        for source, period in (
            ("nanfeng_service", "2024-05"),
            ("nanfeng_service", "2024-06"),
            ("guqiao_service", "2024-03"),
            ("guqiao_activities", "2024-03"),
        )
    }
    assert sent == {
        ("nanfeng_service", "2024-05"): (date(2024, 7, 5), 0),
        ("nanfeng_service", "2024-06"): (date(2024, 7, 5), 60),
        ("guqiao_service", "2024-03"): (date(2024, 7, 5), 0),
        ("guqiao_activities", "2024-03"): (date(2025, 1, 5), 2),
    }


def test_a_return_names_the_imports_it_rests_on(
    sample_home: Path, found: dict[tuple[str, str], Return]
) -> None:
    june = found["guqiao_service", "2024-06"]  # sent twice
    sample = warehouse.current(sample_home)
    imports = sample.rows(catalog.program().views["imports"], batches=list(june.batches))
    assert [(one["files"], one["covers"]) for one in imports] == [
        (["志愿服务时长登记表（2024年3月至6月）.xlsx"], "2024-03-01/2024-06-30"),
        (["志愿服务时长登记表（2024年6月至9月）.xlsx"], "2024-06-01/2024-09-30"),
    ]
    assert found["nanfeng_service", "2024-09"].batches == ()


def test_a_month_says_how_many_rows_its_imports_have_to_correct(
    sample_home: Path, tmp_path: Path
) -> None:
    """Of the placements to June 34 rows wait, of which no month is known; from July none do."""
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    (built,) = (home / "warehouse").glob(f"{(home / 'warehouse' / 'CURRENT').read_text().strip()}*")
    with duckdb.connect(str(built)) as con:
        con.execute(
            "insert into to_correct select batch, community, ['placements'], '2024-03-01',"
            " '2024-06-30', 34 from batches"
            " where source = 'jinghang_placements' and covers like '%/2024-06-30'"
        )
    sample = warehouse.current(home)
    months = periods_of(sample)["month"]
    lacking = {
        (one.source, one.period): one.to_correct
        for one in reporting.returns(sample, district.load(home), months, TODAY)
        if one.to_correct
    }
    assert lacking == {("jinghang_placements", f"2024-0{month}"): 34 for month in (3, 4, 5, 6)}
