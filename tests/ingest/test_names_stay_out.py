"""No column taken as plain text may hold persons, whatever the layout and its header say."""

import json
from pathlib import Path

import pytest
from import_kit import (
    SERVICE,
    csv_file,
    everything,
    home_with_sources,
    service,
    stored,
    take,
    workbook,
)

from lingti import district
from lingti.district import ColumnMap, District
from lingti.ingest.keeping import batches
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.learned import Decided
from lingti.person_names import are_persons, persons_among

SHEETS = Path(__file__).parent / "sheets"
RARE = ("仝卓", "乜建国", "亓伟", "逯红梅", "仉莉", "芈小月")


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def test_a_list_without_header_is_told_by_its_cells(home: District) -> None:
    names = dict(
        zip(("day", "name", "activity", "hours"), ("列1", "列2", "列3", "列4"), strict=True)
    )
    columns = {ours: ColumnMap((theirs,)) for ours, theirs in names.items()}
    learned.remember(home, Decided("east", "service", "名单", "days", columns), "secretary")
    home = district.load(home.home)
    first = take(home, (SHEETS / "n12_headerless_a.xlsx").read_bytes(), "a.xlsx")
    assert (first["accepted"], first["questions"]) == (6, [])
    second = take(home, (SHEETS / "n12_headerless_b.xlsx").read_bytes(), "b.xlsx")
    assert second["refused"]["code"] == "unknown_layout"
    assert [one.batch for one in batches.manifests(home.home)] == [1]
    assert "甲一测" not in everything(home.home)


def test_names_in_a_column_of_text_are_asked_of_and_never_stored(home: District) -> None:
    data = service(
        *([f"2024-01-{at + 1:02}", "甲一测", "", name, "1"] for at, name in enumerate(RARE))
    )
    refused = take(home, data)
    (question,) = refused["questions"]
    assert (question["kind"], question["column"], question["default"]) == (
        *("persons", "活动", "persons"),
    )
    assert not any(name in json.dumps(refused, ensure_ascii=False) for name in RARE)
    take(home, data, answers={question["id"]: "persons"})
    assert {text.strip("*") for (text,) in stored(home, "service", "activity")} == {""}
    assert not any(name in everything(home.home) for name in RARE)


def test_words_that_are_no_names_are_taken_once_that_is_said(home: District) -> None:
    data = service(
        *([f"2024-01-{at + 1:02}", "甲一测", "", name, "1"] for at, name in enumerate(RARE))
    )
    (question,) = take(home, data)["questions"]
    taken = take(home, data, answers={question["id"]: "text"})
    assert (taken["accepted"], taken["findings"]) == (6, [])
    assert {text for (text,) in stored(home, "service", "activity")} == set(RARE)


@pytest.mark.parametrize(
    "words",
    [
        "安全宣传 楼道清洁 环境整治 义诊",
        "施工 噪音 物业 停车 漏水",
        "洗衣液 食用油 大米 纸巾 水杯 牙膏",
        "面点师 理发师 保洁员 保安 收银员",
        "常青藤书画社 康宁药店 全家福超市 平安保洁",
    ],
)
def test_words_are_no_names(words: str) -> None:
    found = words.split()
    assert not are_persons(found, [3] * len(found))


@pytest.mark.parametrize(
    ("names", "times", "header"),
    [
        ("张伟 李娜 王芳 刘洋", 1, "活动"),
        ("甲一测 乙二测 丙三测 丁四测 戊五测", 2, "备注"),
        (" ".join(RARE), 1, "列3"),
        ("张伟 李娜", 40, "志愿者姓名"),
        ("张伟", 3, "活动"),
        ("仝卓 亓伟", 1, "活动"),
        ("买买提·阿不都 古丽·阿依", 1, "活动"),
        ("阿卜杜拉买买提 古丽帕提 艾尼瓦尔 吐尔逊江", 1, "活动"),
        ("张伟、李娜 王芳 刘洋、陈静", 2, "活动"),
        ("★张伟 1.李娜 王芳（队长）", 1, "活动"),
    ],
)
def test_names_are_names(names: str, times: int, header: str) -> None:
    found = names.split()
    assert are_persons(found, [times] * len(found), header)


def test_names_in_latin_letters_are_names() -> None:
    found = ["Mike Brown", "Lucy Liu", "ZHANG San"]
    assert are_persons(found, [1, 1, 1])
    assert not are_persons(["Street Cleaning", "Elder Care", "Safety Patrol"], [1, 1, 1])


def test_a_person_among_posts_is_asked_of_and_masked_alone(home: District) -> None:
    texts = ["网格岗", "张晓伟", "物业岗"]
    assert persons_among(texts, "责任岗") == [1]
    assert persons_among(["清扫", "宣传", "甲一测"], "活动", {"甲一测"}) == [2]
    assert persons_among(["夏令营", "清扫", "金秋行", "读书", "宣传"], "活动") == []
    data = service(*([f"2024-01-0{n}", "甲一测", "", one, "1"] for n, one in enumerate(
        ("清扫", "甲一测", "宣传"), 1
    )))  # fmt: skip
    (question,) = take(home, data)["questions"]
    take(home, data, answers={question["id"]: "persons"})
    assert stored(home, "service", "activity") == [("***",), ("宣传",), ("清扫",)]
    # What was said once holds also where too little is there to be asked of again.
    take(home, service(["2024-02-01", "甲一测", "", "乙二测", "1"]))
    assert ("乙二测",) not in stored(home, "service", "activity")


def test_files_and_sheets_that_are_called_by_a_person(home: District) -> None:
    rows = [SERVICE, ["2024-01-05", "王小明", "", "清扫", "2"]]
    data = workbook({"王小明": rows, "李四": [SERVICE, ["2024-01-06", "李四", "", "清扫", "1"]]})
    taken = take(home, data, "王小明志愿时长（填报人张三）.xlsx")
    assert taken["accepted"] == 2
    for name in ("王小明", "李四", "张三"):
        assert name not in json.dumps(taken, ensure_ascii=False)
        assert name not in everything(home.home)


def test_persons_across_a_table_are_not_named_by_a_refusal(home: District) -> None:
    people = ["张晓伟", "李大娜", "王芳芳", "刘洋洋"]
    refused = take(home, csv_file([["日期", *people], ["2024-01-05", 1, 2, 1, 2]]))
    assert refused["refused"]["code"] == "unknown_layout"
    assert not any(name in json.dumps(refused, ensure_ascii=False) for name in people)


@pytest.mark.parametrize("header", ["投放点", "点位", "助餐点", "所属网格", "站点"])
@pytest.mark.parametrize("places", ["东门", "东门 西门 南门", "温泉 金桥 安康里", "夕阳红 金剪刀"])
def test_places_are_no_persons(header: str, places: str) -> None:
    found = places.split()
    assert not are_persons(found, [3] * len(found), header)
    assert not persons_among(found, header)
