"""Sheets as people keep them, with everything at once: each row is taken as it is meant, asked
about, or set aside with its reason."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from import_kit import counts, home_with_sources

from lingti import district
from lingti.ingest import imports, questions
from lingti.ingest.imports import Request
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.propose_source import propose

Rows = list[list[Any]]
TWO_YEARS: Rows = [
    ["古桥社区2023—2024年度志愿服务记录"],
    ["序号", "服务时间", "志愿者", "服务内容", "时长（h）", "备注"],
    [1, "12.28", "甲一测、乙二测", "慰问老人", 2],
    [2, "12月30日", "丙三测", "清雪", 1.5],
    [3, "1月3日", "丁四测 戊五测", "清雪", "1.5小时"],
    [4, "1月5日", "己六测（未到）", "清雪", 2],
    [5, "1月8日", "庚七测", "值守", 2, "重复"],
    [6, "1月9日", "负责人：辛八测", "值守", 2],
    [7, "1月10日", "甲一测", "审核通过名单公示", 1],
]
TWO_LEVELS: Rows = [
    ["2024年6月文明劝导排班签到表"],
    ["序号", "姓名", "6月1日", None, "6月2日", None, "6月3日", None],
    [None, None, *["上午", "下午"] * 3],
    [1, "甲一测", "√", None, "√", "√", None, None],
    [2, "乙二测", None, "√", None, None, "√", "√"],
    [3, "丙三测", "√", "√", "缺", "请假", None, None],
    [4, None, 0, 0, 0, 0, 0, 0],
    [5, None, 0, 0, 0, 0, 0, 0],
    ["人数", None, 2, 2, 1, 1, 1, 1],
]
CAPTION_DAY: Rows = [
    ["端午包粽子活动签到表"],
    ["活动时间：2024年6月8日（周六）14:00—16:30", None, "地点：社区二楼"],
    ["序号", "姓名", "联系电话", "签名"],
    [1, "甲一测", "13900000001", "甲一测"],
    [2, "乙二测", "13900000002", "乙二测"],
    [3, "丙三测", "13900000003", None],
    ["带队人：", "庚七测", None, None],
    ["统计：", "共2人", None, None],
]
SHORT_DAYS: Rows = [
    ["2024年2月志愿活动台账"],
    ["日期", "活动名称", "参加人员", "时长"],
    ["02-16", "灯谜会", "甲一测", 2],
    ["02-17", "灯谜会", "同上", 2],
    ["02-18", "清雪", "志愿者12人", 1.5],
    ["02-19", "清雪", "乙二测、丙三测等5人", 1.5],
    ["02-20", "巡逻", "丁四测夫妇", 1],
]
NIGHTS: Rows = [
    ["夜间巡逻登记"],
    ["日期", "姓名", "开始", "结束"],
    ["2024-06-01 周六", "甲一测", "22:00", "0:30"],
    ["2024-06-02 周日", "乙二测", "19:30", "21:00"],
    ["2024-06-03", "丙三测", "下午7:00", "9:00"],
    ["2024-06-04", "丁四测", "19点半", "21点"],
    ["2024-06-05", "戊五测", "8:00", "8:00"],
]
GROUPS: Rows = [
    ["2024年6月活动签到汇总"],
    ["姓名", "电话", "时长"],
    ["一、6月5日 义诊"],
    ["甲一测", "13900000001", 2],
    ["乙二测", "13900000002", 2],
    ["小计", None, 4],
    ["二、6月12日 包粽子"],
    ["丙三测", "13900000003", 1.5],
    ["小计", None, 1.5],
    ["总计", None, 5.5],
]
BESIDE: Rows = [
    ["积分兑换登记", None, None, None, None, "物品清单"],
    ["日期", "姓名", "物品", "数量", "积分", "物品", "库存"],
    ["2024-06-03", "甲一测", "大米", 1, 50, "大米", 20],
    ["2024-06-04", "乙二测", "纸巾", 2, 20, "纸巾", 60],
    ["2024-06-05", "丙三测", "大米（已退）", 1, 50, "洗衣液", 12],
]
STATES: Rows = [
    ["2024年6月活动开展统计"],
    ["时间", "活动", "地点", "预计人数", "实到人数", "完成情况"],
    ["6月5日", "义诊", "广场", 50, 43, "已完成"],
    ["6月20日", "观影", "三楼", 40, None, "因雨取消"],
    ["6月28日", "党课", "一楼", 30, None, "未开展"],
]
LEAVE: Rows = [
    ["审批编号", "审批状态", "发起人姓名", "请假类型", "开始时间", "结束时间", "时长"],
    ["1", "完成", "甲一测", "年假", "2024-06-03 09:00", "2024-06-03 18:00", 8],
    ["2", "完成", "乙二测", "事假", "2024-06-04 09:00", "2024-06-04 12:00", 3],
]
STAFF: Rows = [
    ["姓名", "部门", "职务", "工号", "公司名称", "入职日期", "离职日期"],
    ["甲一测", "行政部", "主管", "001", "测试物业公司", "2022-06-03", None],
    ["乙二测", "保安部", "队员", "002", "测试物业公司", "2023-06-03", "2024-01-05"],
]
MERGED = {"TWO_LEVELS": [(1, at, 1, at + 1, f"6月{at // 2}日") for at in (2, 4, 6)]}


def _workbook(rows: Rows, merges: list[tuple[Any, ...]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("登记")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for merge in merges:
            sheet.merge_range(*merge)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "table", "found", "asked"),
    [
        ("TWO_YEARS", "service", (5, 0, 0, 3), "several_names short_day void_word year"),
        ("TWO_LEVELS", "service", (8, 0, 0, 2), "hours_each"),
        ("CAPTION_DAY", "service", (2, 0, 0, 5), "unticked"),
        ("SHORT_DAYS", "service", (2, 0, 3, 1), "short_day"),
        ("NIGHTS", "service", (4, 0, 1, 1), "kind"),
        ("GROUPS", "service", (3, 0, 0, 6), ""),
        ("BESIDE", "redemptions", (2, 0, 0, 6), "void_word"),
        ("STATES", "activities", (1, 0, 0, 3), "void_word"),
    ],
)
def test_a_messy_sheet_is_taken_as_it_is_meant(
    tmp_path: Path, name: str, table: str, found: tuple[int, int, int, int], asked: str
) -> None:
    home = home_with_sources(tmp_path)
    data = _workbook(globals()[name], MERGED.get(name, []))
    opened = imports.open_file("表.xlsx", data)
    told = {one.id: one for each in propose(home, "west", opened) for one in each.asking.open}
    said = {key: one.default for key, one in told.items()}
    best = next(one for one in propose(home, "west", opened, said) if one.is_whole)
    assert (best.proposal.table, best.decided is not None) == (table, True)
    assert best.decided is not None
    questions.remember(home.home, best.asking, "secretary")
    learned.remember(home, best.decided, "secretary")
    home = district.load(home.home)
    answers: dict[str, str] = {}
    kinds = {one.kind for one in told.values()}
    while True:
        request = Request("west", (("表.xlsx", data),), answers=answers)
        (outcome,) = imports.run(home, request, "secretary")
        assert outcome.plan is not None
        if not outcome.plan.questions:
            break
        kinds |= {one.kind for one in outcome.plan.questions}
        answers |= {one.id: one.default for one in outcome.plan.questions}
    (document,) = outcome.as_json()
    assert counts(document) == found
    assert " ".join(sorted(kinds)) == asked


@pytest.mark.parametrize("name", ["LEAVE", "STAFF"])
def test_leave_is_no_service_and_a_staff_no_placement_without_a_word(
    tmp_path: Path, name: str
) -> None:
    home = home_with_sources(tmp_path)
    opened = imports.open_file("表.xlsx", _workbook(globals()[name], []))
    assert not any(one.is_whole for one in propose(home, "west", opened))
