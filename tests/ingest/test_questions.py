"""What can be read in two ways: asked, answered, remembered; nothing is written before."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asking_kit import answers, asked_and_taken
from import_kit import (
    SERVICE,
    csv_file,
    home_with_sources,
    plan_of,
    service,
    stored,
    take,
    workbook,
)

from lingti import entries
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.ingest.questions import KIND, AnswerError

SHEETS = Path(__file__).parent / "sheets"
REGISTER = """
community = "east"
title = { zh = "登记表", en = "Register" }
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = "服务日期"
name = "志愿者姓名"
phone = "联系电话"
activity = "活动名称"
category = "服务类别"
hours = "服务时长"
"""


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path, {"east_register": REGISTER})


def sheet(name: str) -> bytes:
    return (SHEETS / name).read_bytes()


def test_rows_marked_void_are_asked_of_once_per_word(home: District) -> None:
    taken = asked_and_taken(home, sheet("n15_void_in_remarks.xlsx"), "n15.xlsx")
    voids = [one["row"] for one in taken["rows_set_aside"] if one["why"] == "void"]
    assert (taken["accepted"], taken["set_aside"], voids) == (2, 4, [3, 5, 6])
    words = [one["word"] for one in batches.manifests(home.home)[0].answers]
    assert words == ["", "作废", "重复", "取消"]
    # The next month, with one word more.
    rows = [
        [*SERVICE_HEADER, "备注"],
        [date(2024, 7, 1), "甲一测", None, "清洁", "环境", 1, "作废"],
        [date(2024, 7, 2), "乙二测", None, "清洁", "环境", 1, "已退"],
    ]
    july = take(home, workbook({"7月": rows}), "7月.xlsx")
    assert [one["examples"] for one in july["questions"]] == [["已退"]]


SERVICE_HEADER = ["服务日期", "志愿者姓名", "联系电话", "活动名称", "服务类别", "服务时长"]


def test_several_names_in_a_cell_are_a_person_each_once_that_is_said(home: District) -> None:
    data = sheet("n02_several_names_one_cell.xlsx")
    assert asked_and_taken(home, data, "n02.xlsx")["accepted"] == 6
    ((rows, hours, people),) = stored(
        home, "service", "count(*), sum(hours), count(distinct resident)"
    )
    assert (rows, float(hours), people) == (24, 48.0, 5)


def test_hours_that_are_shared_add_up_to_those_of_the_row(home: District) -> None:
    data = sheet("n02_several_names_one_cell.xlsx")
    asked_and_taken(home, data, "n02.xlsx", several_names="shared")
    ((rows, hours),) = stored(home, "service", "count(*), sum(hours)")
    assert (rows, float(hours)) == (24, 12.0)


def test_several_names_that_are_left_out_are_to_be_corrected(home: District) -> None:
    data = service(
        ["2024-01-05", "甲一测、乙二测", "", "清扫", "2"], ["2024-01-06", "丙三测", "", "清扫", "2"]
    )
    taken = asked_and_taken(home, data, "一月.csv", several_names="out")
    assert (taken["accepted"], taken["quarantined"]) == (1, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "志愿者5人",
        "党员先锋队",
        "张三夫妇",
        "101、102、103",
        "甲一测等5人",
        "十余人",
        "全体党员",
        "志愿者",
        "5",
        "网格员",
        "社区工作人员",
        "居民代表",
        "匿名",
        "爱心人士",
        "张三母女",
        "张三一家三口",
        "张三×2",
        "张三2h 李四3h",
        "3号楼",
    ],
)
def test_a_number_of_people_is_no_person(home: District, cell: str) -> None:
    data = service(["2024-01-05", cell, "", "清扫", "2"], ["2024-01-06", "丙三测", "", "清扫", "2"])
    taken = take(home, data)
    assert (taken["accepted"], taken["quarantined"]) == (1, 1)
    assert [one["code"] for one in taken["findings"]] == ["no_person"]


@pytest.mark.parametrize(
    "cell",
    [
        *("甲一测", "张 三", "古丽·阿依", "欧阳和平", "李建民", "张家业", "LI Hua", "居民001"),
        *("古丽.阿依", "欧阳 修远", "司马相如", "阿卜杜拉买买提", "张三 13900000001", "张三、"),
    ],
)
def test_one_person_is_not_asked_about(home: District, cell: str) -> None:
    taken = take(home, service(["2024-01-05", cell, "", "清扫", "2"]))
    assert (taken["accepted"], taken["questions"]) == (1, [])


@pytest.mark.parametrize(
    "cell", ["张三 李四", "张三+李四", "张三.李四", "张三李四", "张三&李四", "1.张三 2.李四"]
)
def test_two_persons_are_two_however_they_are_parted(home: District, cell: str) -> None:
    asked_and_taken(home, service(["2024-01-05", cell, "", "清扫", "2"]), "一月.csv")
    take(home, service(["2024-02-05", "李四", "", "清扫", "2"]), "二月.csv")
    assert stored(home, "service", "count(*), count(distinct resident)") == [(3, 2)]


def test_a_person_with_a_phone_in_the_same_cell_is_the_person(home: District) -> None:
    rows = [[f"2024-01-0{n}", who, "", "清扫", "2"] for n, who in enumerate(
        ("张三", "张三 139****0001", "张三13900000001", "张三（队长） ★", "1.张三"), 1
    )]  # fmt: skip
    take(home, service(*rows))
    assert stored(home, "service", "count(*), count(distinct resident)") == [(5, 1)]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("是否到场", "否"),
        ("审核状态", "未通过"),
        ("签到", "×"),
        ("备注", "本行登记有误，已作废处理，见下行"),
    ],
)
def test_a_word_or_a_no_makes_a_row_void_where_that_is_said(
    home: District, column: str, cell: str
) -> None:
    rows = [["2024-01-05", "甲一测", "", "清扫", "2", "是"]]
    rows += [["2024-01-06", "甲一测", "", "清扫", "2", cell]]
    taken = asked_and_taken(home, csv_file([[*SERVICE, column], *rows]), "一月.csv")
    assert (taken["accepted"], taken["set_aside"]) == (1, 1)


def test_a_word_in_brackets_behind_a_name_is_asked_of_too(home: District) -> None:
    rows = [["2024-01-05", name, "", "清扫", "2"] for name in ("张三（取消）", "李四（队长）")]
    taken = asked_and_taken(home, service(*rows), "一月.csv")
    assert (taken["accepted"], taken["set_aside"]) == (1, 1)


@pytest.mark.parametrize(("choice", "hours"), [("minutes", [0.33, 1.5, 2]), ("hours", [20])])
def test_hours_that_no_day_has_are_asked_of(
    home: District, choice: str, hours: list[float]
) -> None:
    rows = [["2024-01-05", "甲乙丙丁"[at], "", "清扫", (20, 90, 120, 120)[at]] for at in range(4)]
    asked_and_taken(home, service(*rows), "一月.csv", hours_unit=choice)
    assert sorted({float(one) for (one,) in stored(home, "service", "hours")}) == hours


def test_a_plan_does_not_count_as_held_without_a_word(home: District) -> None:
    rows = [["2024年1月志愿服务计划表"], SERVICE, ["2024-01-05", "甲一测", "", "清扫", "2"]]
    taken = asked_and_taken(home, csv_file(rows), "一月.csv", planned="count")
    assert taken["accepted"] == 1
    other = [["2024年1月计划生育服务登记表"], SERVICE, ["2024-02-05", "甲一测", "", "清扫", "2"]]
    assert take(home, csv_file(other), "二月.csv")["questions"] == []


@pytest.mark.parametrize(("choice", "covers"), [("title", ""), ("rows", "2023-01")])
def test_a_title_of_another_year_than_its_rows_is_asked_of(
    home: District, choice: str, covers: str
) -> None:
    rows = [[date(2023, 1, day), "张三", None, "清扫", 2] for day in (3, 4)]
    data = workbook({"2024年1月": [SERVICE, *rows]})
    (question,) = take(home, data, "登记.xlsx")["questions"]
    assert question["kind"] == "other_year"
    taken = take(home, data, "登记.xlsx", answers={question["id"]: choice})
    assert taken.get("refused", {}).get("code", "") == ("no_good_rows" if choice == "title" else "")
    assert (taken["accepted"], taken["covers"] if taken["accepted"] else "") == (
        2 * (choice == "rows"),
        covers,
    )


def test_a_sheet_of_those_who_did_not_come_is_asked_of(home: District) -> None:
    data = workbook({"已签到": of_days(1, 2), "未签到": of_days(3, 4, 5)})
    taken = asked_and_taken(home, data, "一月.xlsx")
    assert (taken["accepted"], taken["set_aside"]) == (2, 3)


def test_an_activity_that_was_put_off_is_asked_of(home: District) -> None:
    rows = [["2024-01-05", "张三", "", what, "2"] for what in ("清扫【延期】", "义诊")]
    taken = asked_and_taken(home, service(*rows), "一月.csv")
    assert (taken["accepted"], taken["set_aside"]) == (1, 1)


def of_days(*days: int, month: int = 1) -> list[list[Any]]:
    return [SERVICE, *([date(2024, month, day), "张三", None, "清扫", 2] for day in days)]


@pytest.mark.parametrize(("choice", "accepted"), [("once", 4), ("each", 7)])
def test_rows_that_a_sum_sheet_repeats_are_asked_of_once(
    home: District, choice: str, accepted: int
) -> None:
    sheets = {"上旬": of_days(1, 2), "中旬": of_days(11), "汇总": of_days(1, 2, 11, 12)}
    data = workbook(sheets)
    (question,) = take(home, data, "一月.xlsx")["questions"]
    assert (question["kind"], question["examples"]) == ("same_rows", ["第2, 3, 4行"])
    taken = take(home, data, "一月.xlsx", answers={question["id"]: choice})
    assert (taken["accepted"], taken["set_aside"]) == (accepted, 7 - accepted)
    later = workbook({name: of_days(*(row[0].day for row in rows[1:]), month=2)
                      for name, rows in sheets.items()})  # fmt: skip
    again = take(home, later, "二月.xlsx")
    assert [one["kind"] for one in again["questions"]] == ["same_rows"] * (choice == "each")


def test_a_file_handed_in_twice_is_asked_of_and_two_months_are_not(home: District) -> None:
    january = ("一月.xlsx", workbook({"1": of_days(1, 2, 3)}))
    copy, february = (
        ("一月 (1).xlsx", january[1]),
        ("二.xlsx", workbook({"2": of_days(1, month=2)})),
    )
    request = Request("east", (january, copy))
    (outcome,) = imports.dry_run(home, request)
    assert outcome.plan is not None
    assert [one.kind for one in outcome.plan.questions] == ["same_rows"]
    (outcome,) = imports.dry_run(home, Request("east", (january, february)))
    assert outcome.plan is not None
    assert outcome.plan.questions == []


def test_answers_that_leave_no_good_row_are_remembered(home: District) -> None:
    data = csv_file([[*SERVICE, "备注"], ["2024-01-05", "甲一测", "", "清扫", "2", "作废"]])
    asked = take(home, data)
    refused = take(home, data, answers=answers(asked))
    assert (refused["refused"]["code"], refused["batch"]) == ("no_good_rows", None)
    assert batches.manifests(home.home) == []
    assert take(home, data)["questions"] == []


def test_the_same_as_above_is_the_row_above(home: District) -> None:
    take(
        home,
        service(
            ["2024-01-05", "甲一测", "", "清扫", "2"],
            ["同上", "〃", "", "″", "1"],
            ["2024-01-06", "同上", "", "同上", "3"],
        ),
    )
    ((rows, people, activities),) = stored(
        home, "service", "count(*), count(distinct resident), count(distinct activity)"
    )
    assert (rows, people, activities) == (3, 1, 1)


def test_an_answer_that_is_no_choice_is_wrong(home: District) -> None:
    data = sheet("n02_several_names_one_cell.xlsx")
    (question,) = take(home, data, "n02.xlsx")["questions"]
    with pytest.raises(AnswerError, match="each, shared, out"):
        take(home, data, "n02.xlsx", answers={question["id"]: "perhaps"})


def test_a_question_keeps_its_id_whatever_sheet_and_file(home: District) -> None:
    ids = []
    for month, name in ((1, "一月"), (2, "二月")):
        rows = [SERVICE, [date(2024, month, 5), "甲一测、乙二测", None, "清扫", 2]]
        plan = plan_of(home, workbook({name: rows}), f"{name}.xlsx").plan
        assert plan is not None
        ids += [one.id for one in plan.questions]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_dry_run_remembers_nothing(home: District) -> None:
    data = csv_file([SERVICE, ["2024-01-05", "甲一测、乙二测", "", "清扫", "2"]])
    (question,) = take(home, data)["questions"]
    outcome = plan_of(home, data, answers={question["id"]: "each"})
    assert outcome.refused is None
    assert entries.current(home.home, KIND) == {}
    take(home, data, answers={question["id"]: "each"})
    ((key, value),) = entries.current(home.home, KIND).items()
    assert key == question["id"]
    assert value["choice"] == "each"
    assert "甲一测" not in json.dumps(value, ensure_ascii=False)
