"""The spreadsheets of 古桥: workbooks with real dates, and a CSV from its points program.

Columns with addresses, remarks, bank cards and the like are there to be dropped.
"""

from __future__ import annotations

from datetime import date

from dealings import Agreement, Concern, Exchange
from points import Entry, Redemption
from sample import Sample
from writers import Cell, Export, Sheet, sheet
from writing import dotted, iso, tick
from year import YEAR

JUNE_30 = date(YEAR, 6, 30)


def exports(sample: Sample) -> list[Export]:
    """Workbooks with real dates and hours as 2小时, a CSV ledger from the points program."""
    ledger = sample.ledgers["guqiao"]
    moves: list[Entry | Redemption] = [*ledger.entries, *ledger.redemptions]
    moves.sort(key=lambda row: row.day)
    return [
        # June is sent twice, the second time within the third quarter's list.
        *(_guqiao_service(sample, first, last) for first, last in ((3, 6), (6, 9), (10, 12))),
        *(_guqiao_ledger(moves, first, last) for first, last in ((3, 7), (7, 12))),
        _alliance(sample.agreements["guqiao"], "3月至6月", JUNE_30),
        _alliance(sample.agreements["guqiao"], "3月至12月", date(YEAR, 12, 31)),
        _three_lists(sample.exchanges),
        _diary(sample.concerns["guqiao"], "3月至8月", date(YEAR, 8, 31)),
        _diary(sample.concerns["guqiao"], "3月至12月", date(YEAR, 12, 31)),
        *(_visits(sample, first, last) for first, last in ((3, 8), (9, 12))),
        *_guqiao_meetings(sample),
        _guqiao_jobs(sample),
    ]


def _guqiao_service(sample: Sample, first: int, last: int) -> Export:
    rows = [row for row in sample.service["guqiao"] if first <= row.day.month <= last]
    months = f"2024年{first}月至{last}月"
    made = sheet(
        rows,
        {
            "序号": lambda row: None,
            "服务日期": lambda row: row.day,
            "志愿者姓名": lambda row: row.person.name,
            "联系电话": lambda row: row.person.phone,
            "活动名称": lambda row: row.activity,
            "服务类别": lambda row: row.category,
            "服务时长": lambda row: f"{row.hours:g}小时",
            "家庭住址": lambda row: row.person.address,
            "备注": lambda row: None,
        },
        name="志愿服务",
        title=f"古桥社区志愿服务时长登记表（{months}）",
    )
    total: list[list[Cell]] = [
        ["合计", None, None, None, None, None, f"{sum(row.hours for row in rows):g}小时"]
    ]
    return Export(
        f"guqiao/志愿服务时长登记表（{months}）.xlsx",
        [Sheet(made.name, made.columns, made.rows, made.title, tuple(total))],
    )


def _guqiao_ledger(moves: list[Entry | Redemption], first: int, last: int) -> Export:
    def sign(row: Entry | Redemption) -> int:
        return -row.points if isinstance(row, Redemption) else row.points

    return Export(
        f"guqiao/志愿积分台账_2024年{first}月-{last}月.csv",
        [
            sheet(
                [row for row in moves if first <= row.day.month <= last],
                {
                    "序号": lambda row: None,
                    "发生日期": lambda row: iso(row.day),
                    "姓名": lambda row: row.person.name,
                    "手机号": lambda row: row.person.phone,
                    "变动类型": lambda row: "兑换" if isinstance(row, Redemption) else "服务积分",
                    "积分变动": sign,
                    "事由": lambda row: "" if isinstance(row, Redemption) else row.reason,
                    "兑换项目": lambda row: row.good.item if isinstance(row, Redemption) else "",
                    "兑换商家": lambda row: row.merchant if isinstance(row, Redemption) else "",
                    "家庭住址": lambda row: row.person.address,
                    "经办人": lambda row: "社工甲",
                },
            )
        ],
        encoding="utf-8-sig",
    )


def _alliance(rows: list[Agreement], months: str, as_of: date) -> Export:
    def ended(row: Agreement) -> date | None:
        return row.ended_on if row.ended_on and row.ended_on <= as_of else None

    return Export(
        f"guqiao/爱心联盟商家名册（2024年{months}）.xlsx",
        [
            sheet(
                [row for row in rows if row.signed_on <= as_of],
                {
                    "序号": lambda row: None,
                    "联盟商家": lambda row: row.merchant.name,
                    "行业": lambda row: row.merchant.sector,
                    "商圈": lambda row: row.circle,
                    "签约日期": lambda row: row.signed_on,
                    "终止日期": ended,
                    "标牌": lambda row: tick(row.plaque),
                    "优惠内容": lambda row: row.merchant.offer,
                    "负责人电话": lambda row: "19900009998",
                },
                name="联盟商家",
                title=f"古桥社区爱心联盟商家名册（2024年{months}）",
                notes=("注：标牌一栏打√的为已授牌商家。",),
            )
        ],
    )


def _three_lists(rows: list[Exchange]) -> Export:
    names = {"need": "需求清单", "resource": "资源清单", "project": "项目清单"}
    what = {"need": "需求内容", "resource": "资源名称", "project": "项目名称"}
    contact = {"need": "提出人", "resource": "提供方", "project": "牵头岗位"}
    return Export(
        "guqiao/供需账三张清单（2024年3月至12月）.xlsx",
        [
            sheet(
                [row for row in rows if row.kind == kind],
                {
                    "序号": lambda row: None,
                    what[kind]: lambda row: row.title,
                    "登记日期": lambda row: iso(row.opened_on),
                    "对接日期": lambda row: iso(row.matched_on),
                    "完成日期": lambda row: iso(row.completed_on),
                    contact[kind]: lambda row: "居民",
                },
                name=name,
                title=f"古桥社区供需账——{name}",
            )
            for kind, name in names.items()
        ],
    )


def _diary(rows: list[Concern], months: str, as_of: date) -> Export:
    def known(day: date | None) -> date | None:
        return day if day and day <= as_of else None

    return Export(
        f"guqiao/民情日报台账（2024年{months}）.xlsx",
        [
            sheet(
                [row for row in rows if row.day <= as_of],
                {
                    "编号": lambda row: f"GQ2024{row.number:04d}",
                    "提出日期": lambda row: row.day,
                    "居民姓名": lambda row: row.person.name,
                    "住址": lambda row: row.person.address,
                    "诉求类别": lambda row: row.category,
                    "来源": lambda row: row.channel,
                    "具体内容": lambda row: f"{row.text}，联系{row.person.phone}",
                    "周会审日期": lambda row: known(row.reviewed_on),
                    "办结日期": lambda row: known(row.resolved_on),
                },
                name="民情日报",
                title=f"古桥社区民情日报台账（2024年{months}）",
            )
        ],
    )


def _visits(sample: Sample, first: int, last: int) -> Export:
    months = f"2024年{first}月至{last}月"
    return Export(
        f"guqiao/居民手账走访记录（{months}）.xlsx",
        [
            sheet(
                [row for row in sample.visits if first <= row.day.month <= last],
                {
                    "走访日期": lambda row: dotted(row.day),
                    "小区": lambda row: row.estate,
                    "楼栋": lambda row: row.building,
                    "房号": lambda row: row.room,
                    "走访人": lambda row: "网格员",
                    "意见建议": lambda row: None,
                },
                name="走访",
                title=f"居民手账走访记录（{months}）",
            )
        ],
    )


def _guqiao_meetings(sample: Sample) -> list[Export]:
    return [
        Export(
            "guqiao/三方议事会记录（2024年3月至12月）.xlsx",
            [
                sheet(
                    sample.councils,
                    {
                        "议事日期": lambda row: row.day,
                        "议题": lambda row: row.topic,
                        "议事结果": lambda row: row.outcome,
                        "参会业主": lambda row: "业主代表三人",
                    },
                    name="议事会",
                    title="古桥社区三方议事会记录（2024年3月至12月）",
                )
            ],
        ),
        Export(
            "guqiao/社区活动登记（2024年3月至12月）.xlsx",
            [
                sheet(
                    sample.activities["guqiao"],
                    {
                        "日期": lambda row: row.day,
                        "活动": lambda row: row.title,
                        "类别": lambda row: row.category,
                        "联盟商家": lambda row: row.partner or None,
                        "到场人数": lambda row: row.attendance,
                        "场地": lambda row: "党群服务中心",
                    },
                    name="活动",
                    title="古桥社区活动登记（2024年3月至12月）",
                )
            ],
        ),
        Export(
            "guqiao/周会决定事项（2024年3月至12月）.csv",
            [
                sheet(
                    sample.decisions["guqiao"],
                    {
                        "周会日期": lambda row: iso(row.day),
                        "事项": lambda row: row.topic,
                        "决定": lambda row: row.decision,
                        "责任岗": lambda row: row.owner,
                        "期限": lambda row: iso(row.due_on),
                        "完成": lambda row: iso(row.done_on),
                    },
                )
            ],
        ),
    ]


def _guqiao_jobs(sample: Sample) -> Export:
    return Export(
        "guqiao/联盟商家用工登记（2024年3月至12月）.xlsx",
        [
            sheet(
                sample.placements["guqiao"],
                {
                    "姓名": lambda row: row.person.name,
                    "身份证号码": lambda row: row.person.id_number,
                    "手机": lambda row: row.person.phone,
                    "年龄": lambda row: row.person.age_on(row.day),
                    "用工单位": lambda row: row.employer,
                    "工种": lambda row: row.occupation,
                    "到岗日期": lambda row: row.day,
                    "推荐渠道": lambda row: row.channel,
                    "银行卡号": lambda row: f"6222000000{row.person.phone[1:]}",
                },
                name="用工",
                title="联盟商家用工登记（2024年3月至12月）",
            )
        ],
    )
