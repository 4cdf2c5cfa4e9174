"""Tables and metrics of a home's own: exact numbers, refusals, versions, undo, what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import own_kit
import pytest
from half_set_up_kit import BY
from own_kit import DELIVERED, MEALS, SERVED, made, sent

from lingti import catalog, district, entries, warehouse
from lingti.catalog import own
from lingti.catalog.own import Amount, OwnColumn, OwnMetric, OwnTable
from lingti.ingest.mapping import by_example, learned
from lingti.judging import publication
from lingti.warehouse import ask
from lingti.warehouse.ask import Question

VISITS = OwnTable(
    "own_探访",
    "独居老人探访",
    "每次探访一位老人一行",
    "养老服务",
    (
        OwnColumn("day", "探访日期", own.DAY),
        OwnColumn("resident", "老人姓名", own.PERSON),
        OwnColumn("探访方式", "探访方式", own.CATEGORY),
        OwnColumn("分钟", "分钟", own.NUMBER, "分钟"),
    ),
)


def metric(title: str, amount: Amount, over: Amount | None = None, **more: Any) -> OwnMetric:
    told = {"people": "residents", "unit": "%" if over else "次"} | more
    name = own.metric_name(title)
    return OwnMetric(
        name, title, told.pop("unit"), "口径。", "up", "养老服务", VISITS.name, amount, over, **told
    )


CALLS = metric("探访次数", Amount("rows"), dimensions=("探访方式",))
SEEN = metric("探访老人数", Amount("persons"), unit="人", dimensions=("探访方式",))
OF_ALL = metric("探访覆盖率", Amount("persons"), Amount("all_residents"), decimals=1)
LONG = metric("平均探访时长", Amount("average", "分钟"), unit="分钟", decimals=1)
MIDDLE = metric("探访时长中位数", Amount("median", "分钟"), unit="分钟", decimals=1)


def values(home: Path, of: str = "metric_values") -> dict[tuple[Any, ...], Any]:
    """(metric, place, member) → value in March 2026, or the state where there is none."""
    found = warehouse.current(home).rows(
        f"select metric, community, member, value, state from {of}"
        " where grain = 'month' and period = '2026-03' and starts_with(metric, 'own_')"
    )
    return {
        (row["metric"].removeprefix("own_"), row["community"], row["member"]): (
            row["state"] if row["value"] is None else round(float(row["value"]), 4)
        )
        for row in found
    }


def test_a_handful_of_rows_comes_to_these_numbers_and_no_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, SERVED, DELIVERED)
    assert (sent(home)["accepted"], sent(home)["accepted"]) == (3, 0)
    publication.rebuild(home)
    assert values(home) == {
        ("供餐份数", "望江", None): 50.5,
        ("供餐份数", "district", None): 50.5,
        ("供餐份数", "望江", "一号点"): 40.5,
        ("供餐份数", "district", "一号点"): 40.5,
        ("供餐份数", "望江", "二号点"): 10.0,
        ("供餐份数", "district", "二号点"): 10.0,
        ("供餐份数", "望江", "堂食"): 30.0,
        ("供餐份数", "district", "堂食"): 30.0,
        ("供餐份数", "望江", "送餐上门"): 20.5,
        ("供餐份数", "district", "送餐上门"): 20.5,
        ("供餐份数", "临河", None): "not_run",
        ("送餐率", "望江", None): round(20.5 / 50.5, 4),
        ("送餐率", "district", None): round(20.5 / 50.5, 4),
        ("送餐率", "临河", None): "not_run",
    }
    known = catalog.of(home)
    asked = Question(known.metrics["own_送餐率"], community="望江", period="2026-03")
    data = warehouse.current(home)
    assert [row["份数"] for row in ask.rows(data, asked)] == [30, 10, 10.5]
    assert ask.tally(data, asked).numerator == 20.5


def visited(*names: str, way: str = "上门", minutes: Sequence[int] = ()) -> list[list[str]]:
    return [
        [f"2026-03-{day:02d}", name, way, str(minutes[day - 1] if minutes else 30)]
        for day, name in enumerate(names, 1)
    ]


def test_of_persons_each_counts_once_and_few_are_withheld_from_readers(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, CALLS, SEEN, OF_ALL, LONG, MIDDLE, table=VISITS)
    names = [f"王{one}" for one in "甲乙丙丁戊己"]
    head = ["探访日期", "老人姓名", "探访方式", "分钟"]
    headers = dict(zip(head, (one.name for one in VISITS.columns), strict=True))
    for place in ("望江", "临河"):
        learned.remember(district.load(home), by_example.as_decided(VISITS, headers, place), BY)
    many = visited(*names, names[0], minutes=(10, 20, 30, 40, 50, 60, 70))
    told = sent(home, many, head=head)
    assert (told["accepted"], told["quarantined"]) == (7, 0), told
    publication.rebuild(home)
    assert values(home, "published_values")["探访老人数", "望江", None] == 6
    few = visited("李甲", "李乙", way="电话")
    assert sent(home, few, head=head, community="临河")["accepted"] == 2
    publication.rebuild(home)
    exact, published = values(home), values(home, "published_values")
    assert [exact[name, "望江", None] for name in ("探访次数", "探访老人数", "探访覆盖率")] == [
        7.0,
        6.0,
        0.006,
    ]
    assert (exact["平均探访时长", "望江", None], exact["探访时长中位数", "望江", None]) == (40, 40)
    assert exact["探访老人数", "临河", None] == 2
    for one in ("探访次数", "探访老人数", "探访覆盖率", "平均探访时长", "探访时长中位数"):
        assert published[one, "临河", None] == "withheld", one
        assert published[one, "district", None] == "withheld", one
    rows = warehouse.current(home).rows("select * from own_探访")
    assert not any(name in str(rows) for name in names)


def test_what_it_writes_is_the_header_and_select_that_files_have(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, SERVED, DELIVERED)
    written = own.metric_sql(DELIVERED, MEALS)
    assert "-- numerator: sum(counted)\n-- denominator: sum(份数)\n" in written
    by_entry = catalog.of(home)
    for kind, one in own.files(home):
        path = home / "queries" / kind / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.read_text(), "utf-8")
    for name in (SERVED.name, DELIVERED.name):
        own.remove_metric(home, name, BY)
    own.archive_or_remove(home, MEALS.name, BY, has_batches=False)
    assert own.files(home) == ()
    assert catalog.of(home) == by_entry


def test_a_change_of_what_counts_is_a_version_with_its_day(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, SERVED)
    limited = replace(SERVED, amount=Amount("sum", "份数", "就餐方式", ("堂食",)))
    now = SERVED.changed(limited, date(2026, 4, 1), "只计堂食")
    own.enter_metric(home, now, BY)
    (change,) = catalog.of(home).metrics[SERVED.name].changes
    assert (change.version, change.day, change.note.zh) == (2, date(2026, 4, 1), "只计堂食")
    assert now.changed(replace(now, title="份数"), date(2026, 5, 1), "").version == 2
    (_made, changed) = entries.history(home, own.METRIC)
    own.undo(home, changed, BY, has_batches=False)
    assert own.metric_of(home, SERVED.name) == SERVED


def refused(table: OwnTable = MEALS, **changes: Any) -> str:
    return " ".join(own.refused_table(replace(table, **changes), catalog.program()))


DAY, PLACE, KIND, NUMBER = MEALS.columns


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "台账名称"),
        ({"grain": ""}, "一行是什么"),
        ({"topic": ""}, "哪个专题"),
        ({"columns": (PLACE, NUMBER)}, "没有日期就无法按月统计"),
        ({"columns": (DAY,)}, "除日期外"),
        ({"columns": (DAY, NUMBER, replace(NUMBER, unit="元"))}, "有两列都叫“份数”"),
        ({"columns": (DAY, replace(DAY, title="登记日期"), NUMBER)}, "就餐日期、登记日期"),
        ({"title": "入户走访"}, "已有台账“入户走访”"),
    ],
)
def test_a_table_that_cannot_be_is_refused(changes: dict[str, Any], says: str) -> None:
    assert says in refused(**changes)
    assert refused() == ""


def test_no_name_of_a_column_is_one_that_the_program_gives_a_meaning() -> None:
    titles = {"hours": "own_hours", "Batch": "own_batch", "80岁以上": "own_80岁以上"}
    assert {one: own.column_name(own.NUMBER, one) for one in titles} == titles
    assert own.column_name(own.NUMBER, "重量（公斤）") == "重量_公斤"
    assert own.column_name(own.DAY, "称重日期") == "day"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "指标名称"),
        ({"unit": ""}, "写上单位"),
        ({"definition": ""}, "一句话"),
        ({"title": "志愿服务时长"}, "已用于指标“志愿服务时长”"),
        ({"words": ("志愿时长",)}, "“志愿时长”已用于"),
        ({"amount": Amount("sum")}, "选择要加总的列"),
        ({"amount": Amount("sum", "助餐点")}, "“助餐点”不是数字"),
        ({"amount": Amount("persons")}, "没有说明人员的列"),
        ({"amount": Amount("rows", "", "就餐方式")}, "“就餐方式”中哪些"),
        ({"dimensions": ("份数",)}, "“份数”不能用来细分"),
        ({"over": Amount("sum", "份数")}, "始终为100%"),
        ({"people": "attendance", "amount": Amount("rows")}, "加总一列"),
    ],
)
def test_a_metric_that_cannot_be_is_refused(
    changes: dict[str, Any], says: str, tmp_path: Path
) -> None:
    made(tmp_path / "home")
    known = catalog.of(tmp_path / "home")
    assert own.refused_metric(SERVED, MEALS, known, is_new=True) == []
    found = own.refused_metric(replace(SERVED, **changes), MEALS, known, is_new=True)
    assert says in " ".join(found)
    assert own.refused_metric(SERVED, None, known, is_new=True) == ["请选择统计哪本台账。"]


def test_numbers_of_persons_protect_and_count_all_rows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, CALLS, table=VISITS)
    known = catalog.of(home)
    for changed, says in (
        (replace(SEEN, people="none"), "涉及人员"),
        (replace(SEEN, amount=Amount("rows", "", "探访方式", ("电话",))), "请统计全部"),
        (
            replace(OF_ALL, amount=Amount("persons", "", "探访方式", ("电话",))),
            "分子不能只取一部分行",
        ),
    ):
        assert says in " ".join(own.refused_metric(changed, VISITS, known, is_new=True))


def test_numbers_over_the_same_rows_protect_alike(tmp_path: Path) -> None:
    made(tmp_path / "home", replace(SERVED, people="attendance"))
    known = catalog.of(tmp_path / "home")
    assert "小数目须同样处理" in " ".join(own.refused_metric(DELIVERED, MEALS, known, is_new=True))


def test_below_batches_columns_are_added_or_retired_and_tables_archived(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, SERVED)
    sent(home)
    known, counting = catalog.of(home), [SERVED]

    def says(*columns: OwnColumn) -> str:
        now = replace(MEALS, columns=columns)
        return " ".join(own.refused_table(now, known, MEALS, counting, has_batches=True))

    assert "可以停用" in says(DAY, PLACE, KIND)
    assert "正被指标“供餐份数”使用" in says(DAY, replace(PLACE, retired=True), KIND, NUMBER)
    assert "类型须保持为地点" in says(DAY, replace(PLACE, kind=own.TEXT), KIND, NUMBER)
    price = OwnColumn("金额", "金额", own.NUMBER, "元")
    assert "不能设为必填" in says(DAY, PLACE, KIND, NUMBER, replace(price, required=True))
    assert says(DAY, PLACE, KIND, NUMBER, price) == ""

    own.enter_metric(home, replace(SERVED, dimensions=("助餐点",)), BY)
    without = replace(MEALS, columns=(DAY, PLACE, replace(KIND, retired=True), NUMBER, price))
    own.enter_table(home, without, BY)
    told = sent(
        home,
        [["2026-04-01", "一号点", "7", "50"]],
        head=["就餐日期", "助餐点", "份数", "金额"],
        covers="2026-04",
    )
    assert told["accepted"] == 1
    publication.rebuild(home)
    data = warehouse.current(home)
    assert data.rows('select 份数, 金额 from own_助餐登记 order by day, "助餐点"') == [
        {"份数": 30, "金额": None},
        {"份数": 10, "金额": None},
        {"份数": 10.5, "金额": None},
        {"份数": 7, "金额": 50},
    ]

    own.archive_or_remove(home, MEALS.name, BY, has_batches=True)
    assert MEALS.name in catalog.of(home).tables
    assert SERVED.name not in catalog.of(home).metrics
    publication.rebuild(home)
    own.unarchive(home, MEALS.name, BY)
    assert SERVED.name in catalog.of(home).metrics


def test_an_undone_table_with_batches_is_archived_and_keeps_its_columns(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, SERVED)
    sent(home)
    price = OwnColumn("金额", "金额", own.NUMBER, "元")
    own.enter_table(home, replace(MEALS, columns=(*MEALS.columns, price)), BY)
    first, second = entries.history(home, own.TABLE)
    own.undo(home, second, BY, has_batches=True)
    found = own.table_of(home, MEALS.name)
    assert found is not None
    assert found.column("金额") == replace(price, retired=True)
    own.undo(home, first, BY, has_batches=True)
    assert own.tables(home)[MEALS.name].archived
    publication.rebuild(home)
    assert district.load(home).catalog.tables[MEALS.name].column("份数")


def test_a_table_without_batches_goes_with_its_metrics(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made(home, SERVED)
    own.archive_or_remove(home, MEALS.name, BY, has_batches=False)
    assert (own.tables(home), own.metrics(home)) == ({}, {})
    assert catalog.of(home) == catalog.program()


def test_another_unit_in_a_cell_is_no_number_of_its_own(tmp_path: Path) -> None:
    home = tmp_path / "home"
    weight = OwnColumn("重量_公斤", "重量（公斤）", own.NUMBER, "公斤", required=True)
    made(home, table=replace(MEALS, columns=(DAY, weight)))
    rows = [["2026-03-02", "30.5公斤"], ["2026-03-03", "2桶"], ["2026-03-04", "120"]]
    told = sent(home, rows, head=["就餐日期", "重量（公斤）"])
    assert (told["accepted"], told["quarantined"]) == (2, 1)


def test_the_kit_is_what_pages_make() -> None:
    assert own.name_of(MEALS.title) == MEALS.name
    assert [own.column_name(one.kind, one.title) for one in MEALS.columns] == [
        one.name for one in MEALS.columns
    ]
    assert [one.title for one in MEALS.columns] == own_kit.HEAD
