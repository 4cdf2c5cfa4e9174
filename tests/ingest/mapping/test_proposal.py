"""An unknown layout is proposed a mapping, decided by the user, and known from then on."""

from pathlib import Path

import pytest
from import_kit import counts, csv_file, home_with_sources, plan_of, stored, take

from lingti import district
from lingti.district import ColumnMap, District
from lingti.ingest.mapping import learned, match_source, proposal
from lingti.ingest.mapping.learned import Decided
from lingti.ingest.mapping.proposal import Proposal

HEADER = ["序号", "志愿者", "手机号码", "参加的活动", "活动日期", "服务时长（分钟）", "备注"]
ROWS = [
    [1, "李明华", "13800000001", "清扫楼道", "2024-05-01", 90, ""],
    [2, "张丽丽", "13800000002", "清扫楼道", "2024-05-02", 60, "代签"],
]


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def proposed(home: District, header: list[str], rows: list[list[object]], name: str) -> Proposal:
    outcome = plan_of(home, csv_file([header, *rows]), name)
    (piece,) = match_source.pieces(outcome.opened)
    return proposal.propose(home, piece)[0]


def test_usual_headers_are_found(home: District) -> None:
    best = proposed(home, HEADER, ROWS, "志愿服务五月.csv")
    assert best.table == "service"
    assert {name: one.column for name, one in best.choices.items()} == {
        "day": "活动日期",
        "name": "志愿者",
        "phone": "手机号码",
        "id": None,
        "activity": "参加的活动",
        "category": None,
        "hours": "服务时长（分钟）",
        "through": None,
    }
    assert (best.choices["hours"].unit, best.missing) == ("minutes", [])


@pytest.mark.parametrize(
    ("table", "header", "row"),
    [
        (
            "concerns",
            ["登记日期", "问题类别", "诉求来源", "办结时间"],
            ["2024-05-01", "噪音", "电话", ""],
        ),
        (
            "partnerships",
            ["店铺名称", "经营范围", "签约时间", "是否挂牌"],
            ["甲店", "餐饮", "2024-05-01", "是"],
        ),
        (
            "redemptions",
            ["居民姓名", "兑换时间", "商品名称", "件数", "消耗积分", "兑换类型"],
            ["李明华", "2024-05-01", "大米", "1", "20", "实物"],
        ),
        (
            "activities",
            ["开展时间", "活动主题", "参与人次", "共建单位"],
            ["2024-05-01", "义诊", "30", "医院"],
        ),
        (
            "placements",
            ["姓名", "身份证号码", "入职日期", "企业名称", "工种", "年龄"],
            ["李明华", "", "2024-05-01", "甲厂", "焊工", "40"],
        ),
        ("visits", ["走访日期", "家庭住址", "走访人"], ["2024-05-01", "一号楼101", "王五"]),
        ("goods", ["商品名称", "分类", "上架时间"], ["大米", "粮油", "2024-05-01"]),
    ],
)
def test_the_table_is_told_by_its_columns(
    home: District, table: str, header: list[str], row: list[object]
) -> None:
    best = proposed(home, header, [row, row], "导出.csv")
    assert (best.table, best.missing) == (table, [])


def test_words_of_a_fixed_list_are_matched_or_asked_for(home: District) -> None:
    rows = [["2024-05-01", "李明华", word, "5"] for word in ("期初", "加分", "扣分", "其他")]
    best = proposed(home, ["记分日期", "居民", "变动方式", "分数"], rows, "积分.csv")
    assert best.table == "points"
    assert best.choices["kind"].values == {"期初": "initial", "加分": "earn", "扣分": "deduct"}
    assert best.unknown_words == {"kind": ("其他",)}


def test_samples_show_no_person(home: District) -> None:
    outcome = plan_of(home, csv_file([HEADER, *ROWS]))
    (piece,) = match_source.pieces(outcome.opened)
    assert proposal.samples(piece, "参加的活动", secret=False) == ["清扫楼道"]
    assert proposal.samples(piece, "志愿者", secret=True) == ["***", "***"]
    assert [one for one in HEADER if proposal.looks_personal(one)] == ["志愿者", "手机号码"]


def test_a_decided_mapping_is_known_from_then_on(home: District) -> None:
    decided = Decided(
        "east",
        "service",
        "五月表",
        "days",
        {
            "day": ColumnMap(("活动日期",)),
            "name": ColumnMap(("志愿者",)),
            "phone": ColumnMap(("手机号码",)),
            "hours": ColumnMap(("服务时长（分钟）",), unit="minutes"),
        },
    )
    source = learned.remember(home, decided, "secretary")
    assert source.id == "east_service_2"
    again = district.load(home.home)
    order = [5, 4, 3, 2, 1, 0, 6]
    turned = [[row[i] for i in order] + ["新增"] for row in [HEADER, *ROWS]]
    document = take(again, csv_file(turned))
    assert (document["source"], counts(document)) == (source.id, (2, 0, 0, 0))
    assert stored(again, "service", "hours::double") == [(1.0,), (1.5,)]
    learned.forget(again, source.id, "secretary")
    assert source.id not in district.load(home.home).sources


@pytest.mark.parametrize(
    ("sheet", "title"),
    [("Sheet1", "志愿服务"), ("工作表 2", "志愿服务"), ("五月表", "五月表"), ("2024", "志愿服务")],
)
def test_a_source_whose_sheet_has_no_name_of_its_own_is_called_as_its_table(
    home: District, sheet: str, title: str
) -> None:
    columns = {
        "day": ColumnMap(("日期",)),
        "name": ColumnMap(("志愿者",)),
        "hours": ColumnMap(("时长",)),
    }
    source = learned.remember(home, Decided("east", "service", sheet, "days", columns), "secretary")
    assert source.title.zh == title
    assert district.load(home.home).sources[source.id].title == source.title


def test_deductions_of_a_learned_ledger_are_negative(home: District) -> None:
    columns = {
        "day": ColumnMap(("日期",)),
        "name": ColumnMap(("居民",)),
        "kind": ColumnMap(("方式",), values={"加": "earn", "扣": "deduct"}),
        "points": ColumnMap(("分",)),
    }
    learned.remember(home, Decided("east", "points", "", "days", columns), "secretary")
    rows = [["2024-05-01", "李明华", "加", 5], ["2024-05-02", "李明华", "扣", 2]]
    take(district.load(home.home), csv_file([["日期", "居民", "方式", "分"], *rows]))
    assert stored(home, "points", "kind, points") == [("deduct", -2), ("earn", 5)]
