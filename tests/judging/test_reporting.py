"""Who sent what: complete, nil, partial, missing, not run and not due, and how late."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from half_set_up_kit import no_expectation

from lingti import catalog, district, warehouse
from lingti.judging import period_values
from lingti.judging.periods import periods_of
from lingti.judging.reporting import reminders, reporting
from lingti.judging.reporting.reporting import Return

TODAY = date(2025, 2, 1)


@pytest.fixture(scope="module")
def found(sample_home: Path) -> dict[tuple[str, str], Return]:
    sample = warehouse.current(sample_home)
    months = periods_of(sample)["month"]
    all_of_it = reporting.returns(sample, district.load(sample_home), months, TODAY)
    return {(f"{one.community}/{one.table}", one.period): one for one in all_of_it}


@pytest.mark.parametrize(
    ("sent", "period", "state"),
    [
        ("guqiao/service", "2024-06", "complete"),
        ("binhu/activities", "2024-08", "nil"),
        ("jinghang/service", "2024-11", "partial"),
        ("nanfeng/service", "2024-09", "missing"),
        ("binhu/points", "2024-03", "not_run"),
    ],
)
def test_the_states_of_the_sample(
    found: dict[tuple[str, str], Return], sent: str, period: str, state: str
) -> None:
    assert found[sent, period].state == state


def test_days_late_count_from_the_reporting_day(found: dict[tuple[str, str], Return]) -> None:
    # Due on 5 October 2024, and still not there.
    assert found["nanfeng/service", "2024-09"].days_late == (TODAY - date(2024, 10, 5)).days
    whole = found["binhu/activities", "2024-08"]
    assert whole.completed_on is not None
    assert whole.days_late == max(0, (whole.completed_on - date(2024, 9, 5)).days)


def test_before_the_reporting_day_nothing_is_missing(sample_home: Path) -> None:
    sample = warehouse.current(sample_home)
    (september,) = [one for one in periods_of(sample)["month"] if one.id == "2024-09"]
    settings = district.load(sample_home)
    early = reporting.returns(sample, settings, [september], date(2024, 10, 5))
    assert {one.state for one in early if (one.community, one.table) == ("nanfeng", "service")} == {
        "not_due"
    }


def test_the_message_names_what_is_owed(
    sample_home: Path, found: dict[tuple[str, str], Return]
) -> None:
    known = catalog.program()
    settings = district.load(sample_home)
    told = reminders.reminders(known, settings, found.values(), [], TODAY)
    assert told == {
        "nanfeng": "南风花园社区：请补报以下数据（截至2025年2月1日）。\n"
        "– 志愿服务（志愿服务记录）：2024年9月，最早应于2024年10月5日前报送，已逾期119天",
        "jinghang": "京杭佳苑社区：请补报以下数据（截至2025年2月1日）。\n"
        "– 志愿服务（志愿服务导出）：2024年11月（缺11月19日–11月30日），"
        "最早应于2025年1月5日前报送，已逾期27天",
    }


def test_a_month_is_due_with_the_months_it_is_sent_with(
    found: dict[tuple[str, str], Return],
) -> None:
    # Every quarter, every half-year and every year, each by the 5th after it.
    sent = {
        (source, period): (found[source, period].due_on, found[source, period].days_late)
        for source, period in (
            ("nanfeng/service", "2024-05"),
            ("nanfeng/service", "2024-06"),
            ("guqiao/service", "2024-03"),
            ("guqiao/activities", "2024-03"),
        )
    }
    assert sent == {
        ("nanfeng/service", "2024-05"): (date(2024, 7, 5), 0),
        ("nanfeng/service", "2024-06"): (date(2024, 7, 5), 60),
        ("guqiao/service", "2024-03"): (date(2024, 7, 5), 0),
        ("guqiao/activities", "2024-03"): (date(2025, 1, 5), 2),
    }


def test_a_return_names_the_imports_it_rests_on(
    sample_home: Path, found: dict[tuple[str, str], Return]
) -> None:
    june = found["guqiao/service", "2024-06"]  # sent twice
    sample = warehouse.current(sample_home)
    imports = sample.rows(catalog.program().views["imports"], batches=list(june.batches))
    assert [(one["files"], one["covers"]) for one in imports] == [
        (["志愿服务时长登记表（2024年3月至6月）.xlsx"], "2024-03-01/2024-06-30"),
        (["志愿服务时长登记表（2024年6月至9月）.xlsx"], "2024-06-01/2024-09-30"),
    ]
    assert found["nanfeng/service", "2024-09"].batches == ()


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
        (one.community, one.table, one.period): one.to_correct
        for one in reporting.returns(sample, district.load(home), months, TODAY)
        if one.to_correct
    }
    assert lacking == {("jinghang", "placements", f"2024-0{month}"): 34 for month in (3, 4, 5, 6)}


def test_months_after_the_newest_data_are_due_too(sample_home: Path) -> None:
    sample = warehouse.current(sample_home)
    today = date(2025, 4, 10)
    months = reporting.months_to(today, periods_of(sample)["month"])
    assert [one.id for one in months[-4:]] == ["2024-12", "2025-01", "2025-02", "2025-03"]
    of_service = {
        (one.community, one.period): (one.state, one.due_on, one.days_late)
        for one in reporting.returns(sample, district.load(sample_home), months, today)
        if one.table == "service" and one.period in ("2025-01", "2025-03")
    }
    with_march, with_june = date(2025, 4, 5), date(2025, 7, 5)  # every quarter, every half-year
    assert of_service == {
        ("nanfeng", "2025-01"): ("missing", with_march, 5),
        ("nanfeng", "2025-03"): ("missing", with_march, 5),
        ("guqiao", "2025-01"): ("not_due", with_june, 0),
        ("guqiao", "2025-03"): ("not_due", with_june, 0),
        ("jinghang", "2025-01"): ("not_due", with_june, 0),
        ("jinghang", "2025-03"): ("not_due", with_june, 0),
        ("binhu", "2025-01"): ("missing", with_march, 5),
        ("binhu", "2025-03"): ("missing", with_march, 5),
    }
    late = period_values.gaps(sample, 5, today)
    late = late[late["period"] > "2024-12"][["community", "period", "tbl", "state"]]
    assert set(late.itertuples(index=False, name=None)) == {
        (community, period, "service", "not_reported")
        for community in ("nanfeng", "binhu")
        for period in ("2025-01", "2025-02", "2025-03")
    }


def test_what_nobody_expects_has_a_line_once_it_came(tmp_path: Path) -> None:
    home = tmp_path / "home"
    no_expectation(home)
    warehouse.rebuild(home)
    current = warehouse.current(home)
    months = periods_of(current)["month"]
    found = reporting.returns(current, district.load(home), months, date(2026, 11, 30))
    came = {"望江": ("2026-01", "2026-02", "2026-03", "2026-04"), "临河": ("2026-03",)}
    assert {
        (one.community, one.period, one.table, one.days_late) for one in found if one.batches
    } == {(community, month, "service", 0) for community, those in came.items() for month in those}
    assert {one.state for one in found if one.batches} == {"not_expected"}
    assert {one.state for one in found if not one.batches} == {"not_run"}
