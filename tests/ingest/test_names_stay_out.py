"""No column taken as plain text may hold persons, whatever the layout and its header say."""

import json
from pathlib import Path

import pytest
from import_kit import home_with_sources, service, stored, take

from lingti import district
from lingti.district import ColumnMap, District
from lingti.ingest.keeping import batches
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.learned import Decided
from lingti.ingest.values.names import are_persons

SHEETS = Path(__file__).parent / "sheets"
RARE = ("仝卓", "乜建国", "亓伟", "逯红梅", "仉莉", "芈小月")


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def everything(home: District) -> str:
    """All that lies in the home, as far as it can be read as text; rows of batches too."""
    files = [path for path in home.home.rglob("*") if path.is_file() and "sources" not in str(path)]
    return "".join(path.read_bytes().decode("utf-8", "ignore") for path in files)


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
    assert "甲一测" not in everything(home)


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
    assert not any(name in everything(home) for name in RARE)


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
    ],
)
def test_names_are_names(names: str, times: int, header: str) -> None:
    found = names.split()
    assert are_persons(found, [times] * len(found), header)
