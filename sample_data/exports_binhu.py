"""The exports of 滨湖: a points workbook with a sheet per month, a till's CSV in GB18030.

Columns with card numbers, balances and remarks are there to be dropped.
"""

from __future__ import annotations

from names import SHELF
from points import Redemption, removed_on, stocked_on
from sample import Sample
from writers import Export, Sheet, sheet
from writing import dotted, slashed, yes

_KINDS = {"initial": "初始", "earn": "增加", "deduct": "扣减", "settle": "结算"}


def exports(sample: Sample) -> list[Export]:
    """No activity was held in August: that month is filed as a nil return."""
    return [
        *(_points(sample, first, last) for first, last in ((4, 8), (9, 12))),
        *(_redemptions(sample, first, last) for first, last in ((4, 8), (9, 12))),
        *(_service(sample, months, named) for months, named in _QUARTERS),
        _shelf(),
        _partners(sample),
        *(_activities(sample, first, last) for first, last in ((4, 7), (9, 12))),
        _decisions(sample),
    ]


_QUARTERS = (
    (range(4, 7), "2024年第二季度"),
    (range(7, 10), "2024年第三季度"),
    (range(10, 13), "2024年第四季度"),
)


def _points(sample: Sample, first: int, last: int) -> Export:
    return Export(
        f"binhu/积分明细（2024年{first}月-{last}月）.xlsx",
        [_points_of(sample, month) for month in range(first, last + 1)],
    )


def _points_of(sample: Sample, month: int) -> Sheet:
    """One month; deductions are written as positive numbers under their type."""
    return sheet(
        [entry for entry in sample.ledgers["binhu"].entries if entry.day.month == month],
        {
            "序号": lambda row: None,
            "居民": lambda row: row.person.name,
            "身份证号": lambda row: row.person.id_number,
            "记分日期": lambda row: dotted(row.day),
            "记分类型": lambda row: _KINDS[row.kind],
            "事由": lambda row: row.reason,
            "分值": lambda row: abs(row.points) if row.kind == "deduct" else row.points,
            "积分卡号": lambda row: f"JF{row.person.phone[-6:]}",
        },
        name=f"{month}月",
        title=f"滨湖社区积分明细（2024年{month}月）",
    )


def _redemptions(sample: Sample, first: int, last: int) -> Export:
    def item(row: Redemption) -> str:
        # The till prints rice and flour with the size of the bag.
        return row.good.item + ("（5kg）" if row.good.item in ("大米", "面粉") else "")

    return Export(
        f"binhu/积分超市兑换记录2024年{first}月-{last}月.csv",
        [
            sheet(
                [
                    row
                    for row in sample.ledgers["binhu"].redemptions
                    if first <= row.day.month <= last
                ],
                {
                    "兑换日期": lambda row: slashed(row.day),
                    "居民姓名": lambda row: row.person.name,
                    "居民身份证": lambda row: row.person.id_number,
                    "物品名称": item,
                    "物品分类": lambda row: row.good.category,
                    "类型": lambda row: "服务" if row.good.service else "实物",
                    "数量": lambda row: row.quantity,
                    "扣除积分": lambda row: f"{row.points}分",
                    "商家": lambda row: row.merchant,
                    "收银员": lambda row: "01",
                    "备注": lambda row: "",
                },
            )
        ],
        encoding="gb18030",
    )


def _service(sample: Sample, months: range, named: str) -> Export:
    return Export(
        f"binhu/志愿服务签到表（{named}）.xlsx",
        [
            sheet(
                [row for row in sample.service["binhu"] if row.day.month in months],
                {
                    "序号": lambda row: None,
                    "签到日期": lambda row: row.day,
                    "志愿者": lambda row: row.person.name,
                    "身份证": lambda row: row.person.id_number,
                    "手机号码": lambda row: row.person.phone,
                    "活动": lambda row: row.activity,
                    "服务类型": lambda row: row.category,
                    "小时数": lambda row: row.hours,
                    "住址": lambda row: row.person.address,
                },
                name="签到",
                title=f"滨湖社区志愿服务签到表（{named}）",
                total="小时数",
                notes=("填表人：志愿服务岗　　审核人：社区副书记",),
            )
        ],
    )


def _shelf() -> Export:
    return Export(
        "binhu/积分超市货架清单（2024年4月-12月）.xlsx",
        [
            sheet(
                SHELF,
                {
                    "序号": lambda row: None,
                    "物品": lambda row: row.item,
                    "分类": lambda row: row.category,
                    "所需积分": lambda row: row.points,
                    "上架日期": lambda row: dotted(stocked_on(row)),
                    "下架日期": lambda row: dotted(removed_on(row)),
                },
                name="货架",
                title="滨湖社区积分超市货架清单（2024年4月-12月）",
            )
        ],
    )


def _partners(sample: Sample) -> Export:
    return Export(
        "binhu/积分合作商家.xlsx",
        [
            sheet(
                sample.agreements["binhu"],
                {
                    "合作商家": lambda row: row.merchant.name,
                    "经营类别": lambda row: row.merchant.sector,
                    "位置": lambda row: row.circle,
                    "加入时间": lambda row: dotted(row.signed_on),
                    "是否授牌": lambda row: yes(row.plaque),
                    "兑换优惠": lambda row: row.merchant.offer,
                    "收款账户": lambda row: "6222000000000000000",
                },
                name="合作商家",
            )
        ],
    )


def _activities(sample: Sample, first: int, last: int) -> Export:
    return Export(
        f"binhu/公益活动统计（2024年{first}月-{last}月）.xlsx",
        [
            sheet(
                [row for row in sample.activities["binhu"] if first <= row.day.month <= last],
                {
                    "活动日期": lambda row: dotted(row.day),
                    "活动内容": lambda row: row.title,
                    "活动分类": lambda row: row.category,
                    "协作单位": lambda row: row.partner or None,
                    "参与居民数": lambda row: row.attendance,
                    "备注": lambda row: None,
                },
                name="活动",
                title=f"滨湖社区公益活动统计（2024年{first}月-{last}月）",
                total="参与居民数",
            )
        ],
    )


def _decisions(sample: Sample) -> Export:
    return Export(
        "binhu/党委会议决定（2024年3月-12月）.xlsx",
        [
            sheet(
                sample.decisions["binhu"],
                {
                    "会议时间": lambda row: dotted(row.day),
                    "主题": lambda row: row.topic,
                    "决定内容": lambda row: row.decision,
                    "负责岗位": lambda row: row.owner,
                    "截止日期": lambda row: dotted(row.due_on),
                    "办结日期": lambda row: dotted(row.done_on),
                },
                name="决定",
            )
        ],
    )
