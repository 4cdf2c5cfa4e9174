"""Fifteen blank forms after public ones: statistical reports, ledgers, quarterly reports.

They have what such forms have: numbers of a form and of a rule above it, the line of letters and
numbers under the headers, a term of validity that is no period, chapters, codes of rows. What
belongs into them stands in `own/public.tsv`, written from the forms and `docs/forms.md` alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter
from forms.own_forms import COMMUNITIES, Rows, book, document

E = None  # an empty cell


def with_looks(rows: Rows, merged: list[str], formats: dict[int, str]) -> bytes:
    """A workbook whose columns have formats of numbers of their own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("调度表")
        plain = made.add_format({"border": 1})
        looks = {
            column: made.add_format({"border": 1, "num_format": text})
            for column, text in formats.items()
        }
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                look = looks.get(column, plain)
                if cell is None:
                    sheet.write_blank(row, column, None, look)
                elif cell != "":
                    sheet.write(row, column, cell, look)
        for area in merged:
            first = area.split(":")[0]
            sheet.merge_range(area, rows[int(first[1:]) - 1][ord(first[0]) - 65], plain)
    return out.getvalue()


def n01_statistics() -> bytes:
    rows: list[list[Any]] = [
        ["社区志愿服务情况季报", "", "", "", "", ""],
        ["", "", "", "", "表    号：", "济志统1表"],
        ["", "", "", "", "制定机关：", "市志愿服务联合会"],
        ["", "", "", "", "有效期至：", "2026年12月"],
        ["填报单位：古桥社区", "", "2024年第3季度", "", "", ""],
        ["指标名称", "计量单位", "代码", "本季", "本年累计", "上年同期"],
        ["甲", "乙", "丙", 1, 2, 3],
        ["注册志愿者人数", "人", "01", E, E, E],
        ["参与志愿者人数", "人", "02", E, E, E],
        ["志愿服务时长", "小时", "03", E, E, E],
        ["人均服务时长", "小时", "04", E, E, E],
        ["举办活动场次", "场", "05", E, E, E],
        ["  其中：联办活动场次", "场", "06", E, E, E],
        ["活动参加人次", "人次", "07", E, E, E],
        ["单位负责人：", E, "统计负责人：", E, "填表人：", E],
        ["报出日期：2024年10月8日", "", "", "", "", ""],
    ]
    return book(("季报", rows, ["A1:F1", "A5:B5", "C5:D5"]), validate="D8:F14", hidden=True)


def n02_places_by_categories() -> bytes:
    kinds = ["停车秩序", "设施维修", "环境卫生", "噪音扰民", "邻里纠纷", "婚姻家庭"]
    rows: list[list[Any]] = [
        ["2024年第三季度各社区居民诉求受理件数分类统计表", *[""] * 7],
        ["", "", "", "", "", "", "", "单位：件"],
        ["社区", *kinds, "合计"],
        *([name, *[E] * 6, f"=SUM(B{row}:G{row})"] for row, name in enumerate(COMMUNITIES, 4)),
        ["合计", *(f"=SUM({letter}4:{letter}7)" for letter in "BCDEFGH")],
    ]
    return book(("Sheet1", rows, ["A1:H1"]))


def n03_categories_by_places() -> bytes:
    kinds = ["扶老助老", "环境整治", "文明实践", "平安建设", "青少年服务", "其他"]
    rows = [
        ["服务类别", "志愿服务时长（小时）", ""],
        ["", "古桥社区", "滨湖社区"],
        *([name, "", ""] for name in kinds),
        ["合计", "", ""],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 0, 2)]
    return document("许庄街道2024年9月志愿服务分类统计表", (rows, merged))


def n04_months_down() -> bytes:
    rows: list[list[Any]] = [
        ["2024年下半年民情诉求办理情况表", "", "", "", "", ""],
        ["填报单位（盖章）：古桥社区", "", "", "填报人：", "", "电话："],
        ["月份", "诉求提出（件）", "诉求办结（件）", "办理质效", "", "备注"],
        ["", "", "", "按期办结率（%）", "满意率（%）", ""],
        *([f"{month}月", E, E, E, E, E] for month in range(7, 13)),
        ["合计", "=SUM(B5:B10)", "=SUM(C5:C10)", E, E, E],
    ]
    merged = ["A1:F1", "A2:C2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"]
    return book(("Sheet1", rows, merged), validate="B5:E10")


def n05_employment() -> bytes:
    rows = [
        ["就业安置", "安置人数（人）", "", "安置人次（人次）", ""],
        ["", "城镇新增就业（人）", "", "失业再就业（人）", ""],
        ["技能培训", "点单人次（人次）", "", "派单人次（人次）", ""],
        ["", "结业人次（人次）", "", "取得证书数（本）", ""],
        ["公益岗", "在岗公益岗数（个）", "", "服务小区数（个）", ""],
        ["", "服务次数（次）", "", "服务时长（小时）", ""],
        ["填表人", "", "", "联系电话", ""],
    ]
    merged = [(0, 0, 1, 0), (2, 0, 3, 0), (4, 0, 5, 0), (6, 1, 6, 2)]
    return document("京杭佳苑社区就业服务情况表（2024年上半年）", (rows, merged))


def n06_points() -> bytes:
    names = [
        ("获得积分", "分"),
        ("兑换积分", "分"),
        ("扣减积分", "分"),
        ("期末积分余额", "万分"),
        ("兑换次数", "次"),
        ("兑换件数", "件"),
        ("兑换人数", "人"),
        ("在架物品种类", "种"),
        ("入驻商家数", "家"),
    ]
    rows: list[list[Any]] = [
        ["附件3", "", "", "", "", ""],
        ["滨湖社区积分超市运营情况季报表", "", "", "", "", ""],
        ["报告期：2024年第三季度", "", "", "", "", ""],
        ["项目", "计量单位", "本季数", "上季数", "较上季增减", "环比（%）"],
        *([name, unit, E, E, E, E] for name, unit in names),
    ]
    return book(("Sheet1", rows, ["A2:F2", "A3:F3"]), validate="C5:D13", hidden=True)


def n07_dispatch() -> bytes:
    places = ("南风花园", "古桥", "京杭佳苑", "滨湖")
    rows: list[list[Any]] = [
        ["2024年9月份社区重点工作调度表", *[""] * 10],
        ["序号", "社区名称", "志愿服务", "", "", "联盟商家", "", "诉求办理", "", "", "备注"],
        [
            *("", "", "参与人数（人）", "服务时长（小时）", "人均时长（小时）", "签约商家（家）"),
            *("其中：挂牌（家）", "受理（件）", "办结（件）", "按期办结率", ""),
        ],
        *([number, name, *[E] * 9] for number, name in enumerate(places, 1)),
        ["合计", E, *[E] * 9],
        ["分管领导：", E, E, "审核人：", E, E, "制表人：", E, E, E, E],
    ]
    merged = ["A1:K1", "A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:J2", "K2:K3", "A8:B8"]
    return with_looks(rows, merged, {9: "0.0%"})


def n08_summary() -> bytes:
    return document(
        "关于报送第四季度工作情况的报告",
        "2024年第四季度，滨湖社区举办活动____场，参加活动____人次；发放积分____分，兑换积分____分，"
        "兑换物品____件，惠及居民____人。",
        "截至12月底，滨湖社区积分结余____分，签约商家____家，挂牌商家____家，注册志愿者____人。",
        "滨湖社区居民委员会（盖章）",
        "____年____月____日",
    )


def n09_quarters_across() -> bytes:
    quarters = ["一季度", "二季度", "三季度", "四季度"]
    rows: list[list[Any]] = [
        ["京杭佳苑社区2024年公益岗服务情况年报", *[""] * 6],
        ["指标", "单位", *quarters, "全年"],
        ["服务次数", "次", *[E] * 4, "=SUM(C3:F3)"],
        ["服务人次", "人次", *[E] * 4, "=SUM(C4:F4)"],
        ["服务时长", "小时", *[E] * 4, "=SUM(C5:F5)"],
        ["在岗公益岗数", "个", *[E] * 4, E],
        ["服务小区数", "个", *[E] * 4, E],
        ["岗位补贴", "元", *[E] * 4, E],
    ]
    return book(("Sheet1", rows, ["A1:G1"]), hidden=True)


def n10_lists() -> bytes:
    rows: list[list[Any]] = [
        ["社区供需对接情况月报", "", "", ""],
        ["填报单位：古桥社区", "", "填报月份：2024年11月", ""],
        ["指标", "本月", "1-11月累计", "备注"],
        ["三张清单登记数（条）", E, E, E],
        ["需求对接数（条）", E, E, E],
        ["未对接需求（条）", E, E, E],
        ["需求对接率（%）", E, E, E],
        ["完成项目数（个）", E, E, E],
        ["引入社会组织（家）", E, E, E],
    ]
    return book(("月报", rows, ["A1:D1", "A2:B2", "C2:D2"]), validate="B4:C9")


def n11_alliance() -> bytes:
    rows: list[list[Any]] = [
        ["填报单位", "南风花园社区", "填报时间", "2024年11月3日", "", ""],
        ["工作", "指标", "2024年10月", "1-10月累计", "去年同期", "同比（%）"],
        ["商圈联盟", "新签协议数（份）", "", "", "", ""],
        ["", "终止协议数（份）", "", "", "", ""],
        ["公益活动", "举办活动场次（场）", "", "", "", ""],
        ["", "参加人次（人次）", "", "", "", ""],
        ["", "志愿服务时长（小时）", "", "", "", ""],
        ["备注", "", "", "", "", ""],
    ]
    merged = [(0, 3, 0, 5), (2, 0, 3, 0), (4, 0, 6, 0), (7, 1, 7, 5)]
    return document("“强圈优社”工作情况统计表（10月）", (rows, merged))


def n12_places_by_months() -> bytes:
    rows = [
        ["社区", "10月", "11月", "12月", "合计"],
        *([name, "", "", "", ""] for name in COMMUNITIES),
        ["合计", "", "", "", ""],
    ]
    return document("各社区2024年第四季度志愿服务时长统计表", "单位：小时", (rows, []))


def n13_district_year() -> bytes:
    rows: list[list[Any]] = [
        ["2024年度社区治理工作统计年报", "", "", ""],
        ["填报单位：太白湖新区", "", "", ""],
        ["志愿服务总时长（万小时）", E, "参与志愿者人数（人）", E],
        ["诉求提出件数（件）", E, "诉求办结件数（件）", E],
        ["按期办结率（‰）", E, "诉求满意率（%）", E],
        ["签约商家数（家）", E, "辖区商户总数（家）", E],
        ["积分余额（万分）", E, "专职网格员（人）", E],
    ]
    return book(("年报", rows, ["A1:D1", "A2:D2"]), hidden=True)


def n14_activity_ledger() -> bytes:
    heads = ["序号", "社区", "活动名称", "活动时间", "活动地点", "参加人次", "志愿者人数"]
    rows: list[list[Any]] = [
        ["2024年6月社区活动开展情况登记台账", *[""] * 6],
        heads,
        *([number, *[E] * 6] for number in range(1, 7)),
    ]
    return book(("台账", rows, ["A1:G1"]), validate="F3:G8")


def n15_two_tables() -> bytes:
    first = [
        ["指标", "单位", "数值"],
        ["参与志愿者人数", "人", ""],
        ["志愿服务时长", "小时", ""],
        ["党员志愿者服务时长", "小时", ""],
    ]
    second = [
        ["指标", "单位", "数值"],
        ["诉求受理件数", "件", ""],
        ["诉求办结件数", "件", ""],
        ["未办结诉求件数", "件", ""],
        ["群众满意率", "%", ""],
        ["平均办结天数", "天", ""],
    ]
    return document(
        "社区工作季报",
        "填报单位：古桥社区（盖章）        报告期：2024年10-12月",
        "一、志愿服务情况",
        (first, []),
        "二、诉求办理情况",
        (second, []),
    )


FORMS: dict[str, Callable[[], bytes]] = {
    "n01_statistics.xlsx": n01_statistics,
    "n02_places_by_categories.xlsx": n02_places_by_categories,
    "n03_categories_by_places.docx": n03_categories_by_places,
    "n04_months_down.xlsx": n04_months_down,
    "n05_employment.docx": n05_employment,
    "n06_points.xlsx": n06_points,
    "n07_dispatch.xlsx": n07_dispatch,
    "n08_summary.docx": n08_summary,
    "n09_quarters_across.xlsx": n09_quarters_across,
    "n10_lists.xlsx": n10_lists,
    "n11_alliance.docx": n11_alliance,
    "n12_places_by_months.docx": n12_places_by_months,
    "n13_district_year.xlsx": n13_district_year,
    "n14_activity_ledger.xlsx": n14_activity_ledger,
    "n15_two_tables.docx": n15_two_tables,
}
