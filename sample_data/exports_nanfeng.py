"""The spreadsheets of 南风花园: made by hand in an office suite, days as 2024年6月10日.

Columns with contacts, places and remarks are there to be dropped.
"""

from __future__ import annotations

from datetime import date

from dealings import Agreement
from sample import Sample
from volunteering import Service
from writers import Export, sheet
from writing import chinese, yes
from year import YEAR

JUNE_30 = date(YEAR, 6, 30)


def exports(sample: Sample) -> list[Export]:
    """Workbooks with a title and a total, days as 2024年6月10日, service in minutes."""
    return [
        *(_nanfeng_service(sample, first, last) for first, last in ((3, 5), (6, 8), (10, 12))),
        _nanfeng_agreements(sample.agreements["nanfeng"], "3月-6月", JUNE_30),
        _nanfeng_agreements(sample.agreements["nanfeng"], "3月-12月", date(YEAR, 12, 31)),
        Export(
            "nanfeng/公益活动台账2024年3月-12月.xlsx",
            [
                sheet(
                    sample.activities["nanfeng"],
                    {
                        "序号": lambda row: None,
                        "活动时间": lambda row: chinese(row.day),
                        "活动主题": lambda row: row.title,
                        "活动类型": lambda row: row.category,
                        "合作商家": lambda row: row.partner or None,
                        "参与人数": lambda row: row.attendance,
                        "活动地点": lambda row: "城投星城广场一楼中庭",
                    },
                    name="活动台账",
                    title="南风花园社区公益活动台账（2024年3月至12月）",
                    total="参与人数",
                )
            ],
        ),
        Export(
            "nanfeng/居民诉求登记（2024年3月-12月）.csv",
            [
                sheet(
                    sample.concerns["nanfeng"],
                    {
                        "反映时间": lambda row: chinese(row.day),
                        "反映人": lambda row: row.person.name,
                        "联系方式": lambda row: row.person.phone,
                        "诉求分类": lambda row: row.category,
                        "反映渠道": lambda row: row.channel,
                        "诉求内容": lambda row: row.text,
                        "会商时间": lambda row: chinese(row.reviewed_on),
                        "办结时间": lambda row: chinese(row.resolved_on),
                    },
                )
            ],
        ),
        Export(
            "nanfeng/重点工作决议（2024年3月-12月）.xlsx",
            [
                sheet(
                    sample.decisions["nanfeng"],
                    {
                        "会议日期": lambda row: chinese(row.day),
                        "会议议题": lambda row: row.topic,
                        "决定事项": lambda row: row.decision,
                        "责任岗位": lambda row: row.owner,
                        "完成时限": lambda row: chinese(row.due_on),
                        "实际完成": lambda row: chinese(row.done_on),
                    },
                    name="决议",
                )
            ],
        ),
    ]


def _nanfeng_service(sample: Sample, first: int, last: int) -> Export:
    rows = [row for row in sample.service["nanfeng"] if first <= row.day.month <= last]
    # Every fifteenth sheet of signatures lacks the phone: known by name only.
    nameless = {id(row) for row in rows[::15]}

    def phone(row: Service) -> str | None:
        return None if id(row) in nameless else row.person.phone

    return Export(
        f"nanfeng/志愿服务记录（2024年{first}月-{last}月）.xlsx",
        [
            sheet(
                rows,
                {
                    "序号": lambda row: None,
                    "活动日期": lambda row: chinese(row.day),
                    "姓名": lambda row: row.person.name,
                    "电话": phone,
                    "服务项目": lambda row: row.activity,
                    "项目类别": lambda row: row.category,
                    "服务时长（分钟）": lambda row: int(row.hours * 60),
                    "签到地点": lambda row: "党群服务中心",
                    "备注": lambda row: None,
                },
                name="志愿服务",
                title=f"南风花园社区志愿服务记录（2024年{first}月-{last}月）",
                total="服务时长（分钟）",
            )
        ],
    )


def _nanfeng_agreements(rows: list[Agreement], months: str, as_of: date) -> Export:
    listed = [row for row in rows if row.signed_on <= as_of]
    if as_of > JUNE_30:  # a shop of the first list is gone, without a word about it
        listed = [row for row in listed if row.merchant.name != "童趣乐园"]
    return Export(
        f"nanfeng/强圈优社商家签约情况（2024年{months}）.xlsx",
        [
            sheet(
                listed,
                {
                    "商家名称": lambda row: row.merchant.name,
                    "业态": lambda row: row.merchant.sector,
                    "所属商圈": lambda row: row.circle,
                    "签约时间": lambda row: chinese(row.signed_on),
                    "是否挂牌": lambda row: yes(row.plaque),
                    "惠民内容": lambda row: row.merchant.offer,
                    "联系人": lambda row: "店长",
                    "联系电话": lambda row: "19900009999",
                },
                name="签约商家",
                title=f"强圈优社商家签约情况（2024年{months}）",
            )
        ],
    )
