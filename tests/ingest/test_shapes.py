"""The same services in nine shapes of sheets add up to the same, with nothing to map by hand."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from exhaustive import count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_kit import home_with_sources, workbook
from xlsxwriter.utility import xl_cell_to_rowcol

from lingti import district, warehouse
from lingti.district import District
from lingti.ingest import imports, questions
from lingti.ingest.imports import Request
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.propose_source import propose
from lingti.warehouse import ask
from lingti.warehouse.ask import Question

NAMES = ["甲一测", "乙二测", "丙三测", "丁四测", "戊五测"]
ACTIVITIES = ["楼道清洁", "文明劝导", "义务巡逻"]
JUNE = [date(2024, 6, 1) + timedelta(days=n) for n in range(30)]
Service = tuple[date, str, Decimal]
Sheets = dict[str, list[list[Any]]]

services = st.lists(
    st.tuples(
        st.sampled_from(JUNE),
        st.sampled_from(NAMES),
        st.sampled_from([Decimal("1"), Decimal("1.5"), Decimal("2"), Decimal("2.5")]),
    ),
    min_size=6,
    max_size=14,
    unique_by=lambda one: one[:2],
)


def _phone(name: str) -> str:
    return f"1390000000{NAMES.index(name)}"


def _activity(day: date) -> str:
    return ACTIVITIES[day.day % 3]


def rows(done: list[Service]) -> Sheets:
    found = [[day, name, _phone(name), _activity(day), float(hours)] for day, name, hours in done]
    return {"志愿服务": [["服务日期", "姓名", "电话", "活动名称", "服务时长"], *found]}


def across_days(done: list[Service]) -> Sheets:
    cells = {(name, day): float(hours) for day, name, hours in done}
    people = [name for name in NAMES if any(name == who for who, _day in cells)]
    body = [[name, _phone(name), *(cells.get((name, day)) for day in JUNE)] for name in people]
    days = [f"{day.month}月{day.day}日" for day in JUNE]
    return {"六月": [["2024年6月志愿服务时长统计表"], ["姓名", "电话", *days], *body]}


def persons_across(done: list[Service]) -> Sheets:
    cells = {(name, day): float(hours) for day, name, hours in done}
    days = sorted({day for day, _name, _hours in done})
    body = [[day, *(cells.get((name, day)) for name in NAMES), None] for day in days]
    return {"六月": [["2024年6月志愿服务时长统计表"], ["日期", *NAMES, "备注"], *body]}


def across_months(done: list[Service]) -> Sheets:
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for day, name, hours in done:
        sums[name, 3 + day.day % 4] += hours
    people = [name for name in NAMES if any(name == who for who, _month in sums)]
    body = [
        [name, _phone(name), *(float(sums[name, m]) or None for m in range(3, 7))]
        for name in people
    ]
    heads = [f"{month}月" for month in range(3, 7)]
    return {"汇总": [["2024年志愿服务时长统计表"], ["姓名", "电话", *heads], *body]}


def sheet_per_day(done: list[Service]) -> Sheets:
    found: Sheets = {}
    for day, name, hours in sorted(done):
        sheet = found.setdefault(f"2024-{day:%m-%d}", [["姓名", "电话", "服务内容", "服务时长"]])
        sheet.append([name, _phone(name), _activity(day), float(hours)])
    return found


def caption_day(done: list[Service]) -> Sheets:
    found: Sheets = {}
    for day, name, hours in sorted(done):
        caption = f"活动时间：{day.year}年{day.month}月{day.day}日"
        head = [["志愿服务活动登记表"], [f"活动名称：{_activity(day)}", None, caption]]
        sheet = found.setdefault(f"第{day.day}场", [*head, ["姓名", "电话", "服务时长"]])
        sheet.append([name, _phone(name), float(hours)])
    return found


def start_and_end(done: list[Service]) -> Sheets:
    found = []
    for day, name, hours in done:
        end = f"{9 + int(hours)}:{'30' if hours % 1 else '00'}"
        found.append([day, name, _phone(name), _activity(day), "09:00", end])
    return {"签到": [["日期", "姓名", "电话", "服务内容", "签到时间", "签退时间"], *found]}


def several_names(done: list[Service]) -> Sheets:
    together: dict[tuple[date, Decimal], list[str]] = defaultdict(list)
    for day, name, hours in done:
        together[day, hours].append(name)
    found = [[day, _activity(day), "、".join(who), float(h)] for (day, h), who in together.items()]
    return {"志愿服务": [["服务日期", "活动名称", "志愿者", "服务时长"], *found]}


def totals(done: list[Service]) -> Sheets:
    sums: dict[date, list[Decimal]] = defaultdict(list)
    for day, _name, hours in done:
        sums[day].append(hours)
    found = [[day, _activity(day), len(h), float(sum(h))] for day, h in sorted(sums.items())]
    return {"汇总": [["日期", "活动名称", "志愿者人数", "总时长"], *found]}


SHAPES: list[Callable[[list[Service]], Sheets]] = [
    *(rows, across_days, persons_across, across_months, sheet_per_day),
    *(caption_day, start_and_end, several_names, totals),
]


def _answered(asked: list[Any]) -> dict[str, str]:
    return {one.id: one.default for one in asked}


def _import(home: District, data: bytes, name: str) -> pa.Table:
    """The rows kept of a file whose layout nobody knows, after every question's usual answer."""
    opened = imports.open_file(name, data)
    given = {
        k: v for one in propose(home, "west", opened) for k, v in _answered(one.asking.open).items()
    }
    for one in propose(home, "west", opened, given):
        assert one.is_whole, (one.proposal.table, one.proposal.missing, one.proposal.sureness)
        assert one.decided is not None
        questions.remember(home.home, one.asking, "secretary")
        learned.remember(home, one.decided, "secretary")
    home = district.load(home.home)
    (outcome,) = imports.dry_run(home, Request("west", ((name, data),)))
    assert outcome.plan is not None, outcome.refused
    answers = _answered(outcome.plan.questions)
    (outcome,) = imports.run(home, Request("west", ((name, data),), answers=answers), "secretary")
    assert outcome.refused is None, outcome.refused
    (batch,) = (home.home / "batches").glob("0*")
    (path,) = batch.glob("*.parquet")
    return pq.read_table(path)


@pytest.mark.parametrize("shape", SHAPES, ids=[one.__name__ for one in SHAPES])
@settings(max_examples=count(6, 3), deadline=None, suppress_health_check=list(HealthCheck))
@given(done=services)
def test_a_shape_adds_up(shape: Callable[[list[Service]], Sheets], done: list[Service]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        kept = _import(home, workbook(shape(done)), "导出.xlsx")
    column = "value" if shape is totals else "hours"
    assert sum(kept[column].to_pylist()) == sum(hours for _day, _name, hours in done)
    if shape is totals:
        assert sum(kept["people"].to_pylist()) == len(done)
    else:
        assert len(set(kept["name_key"].to_pylist())) == len({name for _day, name, _h in done})
    if shape not in (totals, across_months):
        assert len(kept) == len(done)
        assert sorted(kept["day"].to_pylist()) == sorted(day for day, _name, _hours in done)


@pytest.mark.parametrize("shape", [across_days, persons_across])
def test_a_row_of_a_number_points_to_the_cell_of_its_cross_tab(
    shape: Callable[[list[Service]], Sheets], tmp_path: Path
) -> None:
    """Each row behind the hours is told by its cell, and the cell holds these hours."""
    done = [(JUNE[n % 7], NAMES[n % 5], Decimal(n + 1) / 2) for n in range(14)]
    home = home_with_sources(tmp_path)
    _import(home, workbook(shape(done)), "导出.xlsx")
    warehouse.rebuild(home.home)
    now = warehouse.current(home.home)
    found = ask.rows(now, Question(now.catalog.metrics["volunteer_hours"], "west", period="2024"))
    (sheet,) = shape(done).values()
    cells = [xl_cell_to_rowcol(row["cell"]) for row in found]
    assert [sheet[row][column] for row, column in cells] == [float(row["hours"]) for row in found]
    assert len(set(cells)) == len(found) == len(done)
    assert [row + 1 for row, _column in cells] == [row["row"] for row in found]
