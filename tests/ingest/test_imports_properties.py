"""Whatever the rows: importing twice changes nothing, the counts add up, undo is exact.

LINGTI_EXAMPLES makes the search longer.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from import_kit import (
    LEDGER,
    MERCHANTS,
    SERVICE,
    TICKETS,
    counts,
    csv_file,
    home_with_sources,
    metric_values,
    service,
    stored,
    take,
    workbook,
)

from lingti.ingest.keeping import batches

people = st.sampled_from([("李明华", "13800000001"), ("张丽丽", "13800000002"), ("王五一", "")])
days = st.integers(0, 59).map(lambda n: (date(2024, 1, 1) + timedelta(n)).isoformat())
hours = st.sampled_from(["1", "1.5h", "90分钟", "两小时", "很久", ""])
rows = st.builds(lambda day, who, h: [day, *who, "清扫", h], days, people, hours)
tables = st.lists(rows, min_size=1, max_size=25)
# Persons known by ID, by phone or by name only, in logs, a list of cases, and two full lists.
EXPORTS = {
    "服务1月.csv": service(["2024-01-05", "李明华", "13800000001", "清扫", "2"]),
    "服务2月.csv": service(
        ["2024-02-05", "李明华", "", "清扫", "1"], ["2024-02-06", "张丽丽", "", "清扫", "1"]
    ),
    "台账1月.csv": csv_file([LEDGER, ["2024-01-07", "李明华", "奖励", "5", ""]]),
    "台账3月.csv": csv_file([LEDGER, ["2024-03-07", "张丽丽", "兑换", "-3", "大米"]]),
    "工单.csv": csv_file([TICKETS, ["A1", "2024-01-06", "物业", "2024-01-09"]]),
    "商家（截至2024年1月31日）.csv": csv_file(
        [["商家名册，截至2024年1月31日"], MERCHANTS, ["米乐", "2024-01-02", ""]]
    ),
    "商家（截至2024年3月31日）.csv": csv_file(
        [["商家名册，截至2024年3月31日"], MERCHANTS, ["家佰乐", "2024-02-02", ""]]
    ),
}
few = settings(
    max_examples=int(os.environ.get("LINGTI_EXAMPLES", "15")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)


def contents(home: Any) -> Counter[Any]:
    return Counter(stored(home, "service", "day, resident, hours"))


def answered(home: Any, data: bytes, choose: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
    """Imports a file; each question that is open, also after others were answered, is answered."""
    said: dict[str, str] = {}
    document = take(home, data)
    while asked := document.get("questions"):
        said |= {one["id"]: choose(one) for one in asked}
        document = take(home, data, answers=said)
    return document


@few
@given(tables)
def test_the_counts_add_up_and_twice_is_once(table: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        first = answered(home, service(*table), lambda one: str(one["default"]))
        if "refused" in first:
            assert first["refused"]["code"] == "no_good_rows"
            return
        accepted, present, bad, aside = counts(first)
        assert (accepted + bad + aside, present) == (len(table), 0)
        again = take(home, service(*table))
        assert (again["batch"], counts(again)) == (None, (0, accepted, bad, aside))


@few
@given(tables, tables)
def test_a_longer_export_after_a_shorter_one_is_as_the_longer_alone(
    one: list[list[str]], two: list[list[str]]
) -> None:
    january = [row for row in one if row[0] < "2024-02"]
    with TemporaryDirectory() as a, TemporaryDirectory() as b:
        after, alone = home_with_sources(Path(a)), home_with_sources(Path(b))
        take(after, service(*january), covers="2024-01")
        longer = service(*january, *[row for row in two if row[0] >= "2024-02"])
        said = {"covers": "2024-01-01/2024-02-29"}
        if "refused" not in take(after, longer, **said):
            take(alone, longer, **said)
            assert contents(after) == contents(alone)


@few
@given(tables, tables)
def test_undo_takes_exactly_one_import_back(one: list[list[str]], two: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        take(home, service(*one))
        before = contents(home)
        second = take(home, service(*two), allow_removal=True)
        if second.get("batch"):
            batches.undo(home.home, second["batch"])
        assert contents(home) == before


def imported(folder: str, order: list[str]) -> Any:
    home = home_with_sources(Path(folder))
    for name in order:
        assert take(home, EXPORTS[name], name, allow_removal=True)["batch"]
    return home


def rows_that_count(home: Any) -> dict[str, Any]:
    """What the numbers are made of: the rows of every table, with their residents."""
    columns = {
        "service": "day, resident, hours",
        "points": "day, resident, points",
        "redemptions": "day, resident, points",
        "concerns": "day, resolved_on",
        "partnerships": "merchant, signed_on, ended_on",
    }
    return {table: stored(home, table, shown) for table, shown in columns.items()}


@pytest.fixture(scope="module")
def as_listed() -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        return rows_that_count(imported(folder, list(EXPORTS)))


@settings(few, max_examples=max(4, few.max_examples // 5))
@given(order=st.permutations(list(EXPORTS)))
def test_the_order_of_imports_does_not_matter(as_listed: dict[str, Any], order: list[str]) -> None:
    assert all(as_listed.values())
    with TemporaryDirectory() as folder:
        assert rows_that_count(imported(folder, order)) == as_listed


def test_the_order_of_imports_changes_no_number() -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        there = metric_values(imported(one, list(EXPORTS)))
        assert metric_values(imported(other, list(EXPORTS)[::-1])) == there


names = st.sampled_from(
    ["李明华", "甲一测、乙二测", "张三 李四", "志愿者5人", "同上", "党员先锋队", ""]
)
remarks = st.sampled_from(["", "", "作废", "已取消", "重复登记", "雨天"])
marked = st.lists(st.tuples(days, names, hours, remarks), min_size=1, max_size=20)


@few
@given(marked, st.randoms(use_true_random=False))
def test_every_row_read_has_one_fate_whatever_is_answered(
    table: list[tuple[str, str, str, str]], chance: Random
) -> None:
    header = [*SERVICE, "备注"]
    rows = [[day, name, "", "清扫", h, remark] for day, name, h, remark in table]
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        data = csv_file([header, *rows])
        taken = answered(home, data, lambda one: str(chance.choice(one["choices"])["id"]))
        assert sum(counts(taken)) == len(table)
        if "refused" in taken:  # not one good row is left: nothing is written
            assert batches.manifests(home.home) == []
            return
        again = take(home, csv_file([header, *rows]))
        assert (again["questions"], again["batch"]) == ([], None)
        assert counts(again)[1:] == (taken["accepted"], *counts(taken)[2:])


cases = st.lists(
    st.tuples(st.sampled_from(["A1", "A2", "A3"]), days, st.sampled_from(["物业", "环境"])),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)


@few
@given(st.lists(st.tuples(st.integers(1, 3), cases), min_size=1, max_size=4), st.booleans())
def test_lists_of_cases_in_any_order_add_up(lists: list[Any], correct: bool) -> None:
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        for month, found in lists:
            rows = [[case, "2024-01-01", kind, ""] for case, _day, kind in found]
            data, covers = csv_file([TICKETS, *rows]), f"2024-0{month}"
            asked = take(home, data, covers=covers)
            choice = "correction" if correct else "outdated"
            said = {one["id"]: choice for one in asked["questions"]}
            taken = take(home, data, covers=covers, answers=said) if said else asked
            assert sum(counts(taken)) + taken["outdated"] == len(found)
            assert not (correct and said and taken["outdated"])


blanks = st.just([""] * 6)
asides = st.sampled_from(
    [["合计", "", "", "", "9", ""], ["小计：", "", "", "", "3", ""], ["备注：以上属实。"], [""] * 6]
)
bodies = st.lists(
    st.one_of(
        st.builds(lambda *one: [one[0], one[1], "", "清扫", *one[2:]], days, names, hours, remarks),
        asides,
    ),
    min_size=1,
    max_size=15,
)


@few
@given(bodies, st.booleans(), st.booleans())
def test_every_filled_row_of_a_sheet_is_told_of(
    body: list[list[str]], titled: bool, signed: bool
) -> None:
    """Not only the sum: rows with a cell in the file are the header, or are counted once."""
    title = [["东街志愿服务登记表", "", "", "", "", ""]] if titled else []
    foot = [["填表人：张三", "", "", "审核人：李四", "", ""]] if signed else []
    sheet = [*title, [*SERVICE, "备注"], *body, *foot]
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        asked = take(home, workbook({"登记": sheet}), "登记.xlsx")
        if asked.get("refused", {}).get("code") in ("no_rows", "no_table"):
            return
        told = Counter(one["row"] for one in asked["rows_set_aside"])
        empty = [n for n, why in ((one["row"], one["why"]) for one in asked["rows_set_aside"])
                 if why == "blank" and not any(sheet[n - 1])]  # fmt: skip
        assert set(told.values()) <= {1}
        filled = sum(any(row) for row in sheet)
        assert asked["read"] - len(empty) == filled - 1
