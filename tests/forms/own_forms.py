"""Twenty-one blank forms after those that offices send: as code, so that one sees what is in them.

Workbooks are written by XlsxWriter (shared strings, formulas, merges, validations, hidden sheets),
documents by python-docx. What belongs into them stands in `own/expected.tsv`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
import xlsxwriter

Rows = Sequence[Sequence[Any]]
COMMUNITIES = ("南风花园社区", "古桥社区", "京杭佳苑社区", "滨湖社区")


def book(
    *sheets: tuple[str, Rows, Sequence[str]],
    hidden: bool = False,
    validate: str = "",
    text_cells: bool = False,
    protect: Sequence[str] = (),
    number_format: str = "",
) -> bytes:
    """A workbook; each sheet has a name, rows and merged ranges. None is an empty one.

    `protect` are the cells that stay locked in a sheet that is protected.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        looks = {"border": 1, "num_format": number_format or ("@" if text_cells else "General")}
        bordered = made.add_format(looks)
        unlocked = made.add_format({**looks, "locked": False})
        for name, rows, merged in sheets:
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    free = protect and f"{chr(65 + column)}{row + 1}" not in protect
                    look = unlocked if free else bordered
                    if cell is None:
                        sheet.write_blank(row, column, None, look)
                    elif cell != "":
                        sheet.write(row, column, cell, look)
            for area in merged:
                first = area.split(":")[0]
                sheet.merge_range(area, rows[int(first[1:]) - 1][ord(first[0]) - 65], bordered)
            if validate:
                sheet.data_validation(
                    validate, {"validate": "decimal", "criteria": ">=", "value": 0}
                )
            if protect:
                sheet.protect()
            sheet.set_landscape()
            sheet.repeat_rows(0, 1)
        if hidden:
            kept = made.add_worksheet("字典")
            kept.write_column(0, 0, ["志愿服务时长", "诉求件数", None, "合计"])
            kept.write_formula(4, 0, "=1+1")
            kept.hide()
    return out.getvalue()


def document(*blocks: str | tuple[Rows, Sequence[tuple[int, int, int, int]]]) -> bytes:
    """Paragraphs, and tables with merged cells: from a row and column to a row and column."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        rows, merged = block
        table = made.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell:
                    table.cell(row, column).text = cell
        for top, left, bottom, right in merged:
            text = rows[top][left]
            whole = table.cell(top, left).merge(table.cell(bottom, right))
            whole.text = text or ""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def o01_two_levels() -> bytes:
    rows: list[list[Any]] = [
        ["2024年第二季度各社区民情诉求办理情况统计表", "", "", "", "", "", ""],
        ["序号", "社区", "居民诉求", "", "按期办结率（%）", "未办结件数（件）", "备注"],
        ["", "", "受理件数", "办结件数", "", "", ""],
        *(
            [number, name, None, None, None, None, None]
            for number, name in enumerate(COMMUNITIES, 1)
        ),
        ["合计", None, "=SUM(C4:C7)", "=SUM(D4:D7)", None, "=SUM(F4:F7)", None],
        ["填表人：", None, "审核人：", None, "填报日期：", None, None],
    ]
    merged = ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:G3", "A8:B8"]
    return book(("表一", rows, merged), validate="C4:F7")


def o02_months_across() -> bytes:
    months = [f"{month}月" for month in range(1, 13)]
    rows = [
        ["古桥社区2024年志愿服务时长统计表", *[""] * 14],
        ["指标", "单位", *months, "全年合计"],
        ["志愿服务时长", "小时", *[None] * 12, "=SUM(C3:N3)"],
        ["参与志愿者", "人", *[None] * 12, None],
        ["人均服务时长", "小时", *[None] * 12, None],
    ]
    return book(("Sheet1", rows, ["A1:O1"]), hidden=True)


def o03_sentences() -> bytes:
    return document(
        "社区工作情况报告",
        "2024年上半年，古桥社区共开展志愿服务____小时，参与志愿者____人；受理居民诉求____件，"
        "办结诉求____件，按期办结率____%。",
        "负责人签字：________    填报日期：____年__月__日",
    )


def o04_members() -> bytes:
    rows = [
        ["滨湖社区2024年9月积分兑换情况表", "", "", ""],
        ["物品类别", "兑换次数（次）", "兑换件数（件）", "消耗积分（分）"],
        *([name, None, None, None] for name in ("粮油", "日用品", "餐饮", "家用电器", "合计")),
    ]
    return book(("9月", rows, ["A1:D1"]))


def o05_jobs() -> bytes:
    rows = [
        ["就业安置", "安置人数（人）", ""],
        ["", "安置人次（人次）", ""],
        ["技能培训", "点单人次", ""],
        ["", "派单人次", ""],
        ["", "结业人次", ""],
        ["公益岗", "服务次数（次）", ""],
        ["", "服务人次", ""],
        ["城镇新增就业人数（人）", "", ""],
    ]
    merged = [(0, 0, 1, 0), (2, 0, 4, 0), (5, 0, 6, 0), (7, 0, 7, 1)]
    return document("京杭佳苑社区就业服务季报表", "报告期：2024年三季度", (rows, merged))


def o06_side_by_side() -> bytes:
    rows = [
        ["社区治理月报（2024年6月）", "", "", "", "", ""],
        ["填报单位（盖章）：古桥社区", "", "", "", "", ""],
        ["项目", "单位", "数量", "项目", "单位", "数量"],
        ["入户走访户次", "户次", None, "三方议事会次数", "次", None],
        ["诉求提出件数", "件", None, "会议决定事项", "项", None],
        ["志愿服务时长", "小时", None, "签约商家数", "家", None],
        ["志愿者队伍", "支", None, "物业服务企业", "家", None],
    ]
    return book(("Sheet1", rows, ["A1:F1", "A2:F2"]))


def o07_ten_thousands() -> bytes:
    rows = [
        ["各社区积分情况季报（2024年三季度）", "", "", "", ""],
        ["", "", "", "", "单位：万分"],
        ["社区", "发放初始积分", "获得积分", "兑换积分", "期末积分余额"],
        *([name, None, None, None, None] for name in COMMUNITIES),
    ]
    return book(("Sheet1", rows, ["A1:E1"]))


def o08_places_across() -> bytes:
    rows = [
        ["指标", "单位", "社区", ""],
        ["", "", "古桥社区", "滨湖社区"],
        ["志愿服务时长", "小时", "", ""],
        ["参与志愿者人数", "人", "", ""],
        ["注册志愿者", "人", "", ""],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]
    return document("许庄街道社区志愿服务情况统计表（2024年5月）", (rows, merged))


def o09_changes() -> bytes:
    heads = ["本月", "上月", "环比增减（件）", "环比增长（%）", "上年同期", "同比增长（%）"]
    rows = [
        ["古桥社区2024年7月诉求办理情况月报", *[""] * 6],
        ["项目", *heads],
        ["诉求提出件数（件）", *[None] * 6],
        ["诉求办结件数（件）", *[None] * 6],
    ]
    return book(("Sheet1", rows, ["A1:G1"]))


def o10_formulas() -> bytes:
    heads = ["举办活动场次", "其中：联办活动场次", "活动参加人次", "场均参加人数"]
    rows: list[list[Any]] = [
        ["2024年6月社区活动开展情况统计表", *[""] * 4],
        ["社区", *heads],
        *([name, *[None] * 4] for name in COMMUNITIES),
        ["合计", "=SUM(B3:B6)", "=SUM(C3:C6)", "=SUM(D3:D6)", "=D7/B7"],
    ]
    return book(("活动统计", rows, ["A1:E1"]), hidden=True, validate="B3:E6")


def o11_register() -> bytes:
    rows = [
        ["活动名称", "", "活动时间", ""],
        ["活动地点", "", "参加人次", ""],
        ["服务时长（小时）", "", "活动场次", ""],
    ]
    return document("古桥社区活动登记表（2024年6月）", (rows, []))


def o12_ledger() -> bytes:
    rows = [
        ["古桥社区2024年6月志愿服务台账", "", "", "", ""],
        ["序号", "姓名", "服务日期", "志愿服务时长（小时）", "备注"],
        *([number, None, None, None, None] for number in range(1, 6)),
    ]
    return book(("Sheet1", rows, ["A1:E1"]))


def o13_categories_across() -> bytes:
    heads = ["停车秩序", "噪音扰民", "设施维修", "邻里纠纷", "婚姻家庭", "合计"]
    rows = [
        ["2024年8月古桥社区民情诉求分类统计表", *[""] * 6],
        ["指标", *heads],
        ["受理件数", *[None] * 5, "=SUM(B3:F3)"],
        ["办结件数", *[None] * 5, "=SUM(B4:F4)"],
    ]
    return book(("Sheet1", rows, ["A1:G1"]))


def o14_district() -> bytes:
    rows = [
        ["2024年二季度志愿服务情况表", "", "", ""],
        ["填报单位", "太白湖新区", "", ""],
        ["志愿服务时长（小时）", None, "参与志愿者人数（人）", None],
        ["人均志愿服务时长（小时）", None, "党员志愿者（人）", None],
    ]
    return book(("Sheet1", rows, ["A1:D1"]))


def o15_nothing_said() -> bytes:
    rows = [
        ["志愿服务时长（小时）", "", "参与志愿者（人）", ""],
        ["举办活动（场）", "", "活动参加人次", ""],
    ]
    return document("社区工作月报", "填报单位：________    填报月份：____年__月", (rows, []))


def o16_text_and_locks() -> bytes:
    rows = [
        ["古桥社区2024年10月积分情况表", "", "", ""],
        ["获得积分（分）", None, "兑换积分（分）", None],
        ["兑换人数（人）", None, "积分余额（分）", None],
    ]
    return book(("Sheet1", rows, ["A1:D1"]), text_cells=True, protect=["D3"])


def o17_groups_down() -> bytes:
    rows = [
        ["社区综合工作季报表", "", "", "", ""],
        ["填报单位：京杭佳苑社区", "", "报告期：2024年第四季度", "", ""],
        ["类别", "指标", "单位", "本季", "本年累计"],
        ["就业安置", "安置人数", "人", None, None],
        ["", "安置人次", "人次", None, None],
        ["技能培训", "点单人次", "人次", None, None],
        ["", "结业人次", "人次", None, None],
        ["", "取得证书数", "本", None, None],
        ["公益岗", "在岗公益岗数", "个", None, None],
        ["", "服务小区数", "个", None, None],
        ["", "服务时长", "小时", None, None],
    ]
    merged = ["A1:E1", "A2:B2", "C2:E2", "A4:A5", "A6:A8", "A9:A11"]
    return book(("Sheet1", rows, merged), validate="D4:E11", hidden=True)


def o18_sheet_per_community() -> bytes:
    rows = [
        ["2024年11月志愿服务统计", ""],
        ["指标", "数值"],
        ["志愿服务时长（小时）", None],
        ["参与志愿者人数", None],
    ]
    return book(("古桥", rows, ["A1:B1"]), ("滨湖", rows, ["A1:B1"]))


def o19_estates() -> bytes:
    estates = [f"京杭佳苑{number}区" for number in "一二三四五六"]
    rows = [
        ["小区", "服务次数（次）", "服务人次", "服务时长（小时）"],
        *([name, "", "", ""] for name in estates),
    ]
    return document("京杭佳苑社区公益岗服务情况（2024年11月）", (rows, []))


def o20_chapters() -> bytes:
    rows = [
        ["古桥社区2024年6月工作台账汇总", "", ""],
        ["项目", "本月", "备注"],
        ["一、志愿服务", None, None],
        ["1.服务时长（小时）", None, None],
        ["2.参与人数（人）", None, None],
        ["二、三张清单", None, None],
        ["1.需求对接数（条）", None, None],
        ["2.三张清单登记数（条）", None, None],
        ["三、联盟商家", None, None],
        ["1.签约商家数（家）", None, None],
        ["2.挂牌商家数（家）", None, None],
    ]
    return book(("Sheet1", rows, ["A1:C1"]))


def o21_states() -> bytes:
    rows = [
        ["2024年6月重点工作统计表", "", "", ""],
        ["社区", "兑换次数（积分兑换）", "培训结业人次", "入户走访户次"],
        *([name, None, None, None] for name in COMMUNITIES),
        ["注：未开展的填“未开展”，未报送的填“未报”。", "", "", ""],
    ]
    return book(("Sheet1", rows, ["A1:D1", "A7:D7"]))


FORMS: dict[str, Callable[[], bytes]] = {
    f"{name}.{'docx' if name in _DOCUMENTS else 'xlsx'}": made
    for _DOCUMENTS in [
        {"o03_sentences", "o05_jobs", "o08_places_across", "o11_register", "o15_nothing_said"}
        | {"o19_estates"}
    ]
    for name, made in list(globals().items())
    if name.startswith("o") and name[1:3].isdigit()
}
