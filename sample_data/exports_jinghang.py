"""The exports of 京杭佳苑: CSV from a district system, days as 20240610, and one old .xls.

Columns with cards, phones of third persons and remarks are there to be dropped.
"""

from __future__ import annotations

from datetime import date

from dealings import Concern
from jobs import Placement
from sample import Sample
from volunteering import Service
from writers import Export, sheet
from writing import digits, hours_or_minutes, iso, yes
from year import ENDS_ON, STARTS_ON, YEAR

JULY_31 = date(YEAR, 7, 31)


def exports(sample: Sample) -> list[Export]:
    """November's service was exported on the 18th and never again."""
    service, orders = sample.service["jinghang"], sample.concerns["jinghang"]
    jobs = sample.placements["jinghang"]
    return [
        _service(service, STARTS_ON, date(YEAR, 10, 31), "2024年3月-10月"),
        _service(service, date(YEAR, 11, 1), date(YEAR, 11, 18), "2024年11月1日-2024年11月18日"),
        _service(service, date(YEAR, 12, 1), ENDS_ON, "2024年12月"),
        _jobs([row for row in jobs if row.day.month <= 6], "3月-6月", "xls"),
        _jobs([row for row in jobs if row.day.month > 6], "7月-12月", "xlsx"),
        _training(sample),
        _posts(sample),
        _orders(orders, STARTS_ON, JULY_31, "3月-7月"),
        _orders(orders, date(YEAR, 8, 1), ENDS_ON, "8月-12月"),
        *_partners_and_meetings(sample),
    ]


def _service(rows: list[Service], first: date, last: date, days: str) -> Export:
    return Export(
        f"jinghang/志愿服务导出_{days}.csv",
        [
            sheet(
                [row for row in rows if first <= row.day <= last],
                {
                    "服务日": lambda row: digits(row.day),
                    "人员姓名": lambda row: row.person.name,
                    "证件号码": lambda row: row.person.id_number,
                    "项目名称": lambda row: row.activity,
                    "项目分类": lambda row: row.category,
                    "时长": lambda row: hours_or_minutes(row.hours),
                    "录入账号": lambda row: "jhjy01",
                },
            )
        ],
    )


def _jobs(rows: list[Placement], months: str, ending: str) -> Export:
    return Export(
        f"jinghang/就业安置花名册（2024年{months}）.{ending}",
        [
            sheet(
                rows,
                {
                    "序号": lambda row: None,
                    "姓名": lambda row: row.person.name,
                    "性别": lambda row: "女" if row.person.woman else "男",
                    "身份证号": lambda row: row.person.id_number,
                    "年龄": lambda row: row.person.age_on(row.day),
                    "联系电话": lambda row: row.person.phone,
                    "用人单位": lambda row: row.employer,
                    "岗位": lambda row: row.occupation,
                    "上岗日期": lambda row: row.day,
                    "安置渠道": lambda row: row.channel,
                    "工资卡号": lambda row: f"6217000000{row.person.phone[1:]}",
                    "家庭住址": lambda row: row.person.address,
                },
                name="花名册",
                title=f"京杭佳苑社区就业安置花名册（2024年{months}）",
            )
        ],
    )


def _training(sample: Sample) -> Export:
    return Export(
        "jinghang/居民点单社区派单台账（2024年3月-12月）.xlsx",
        [
            sheet(
                sample.training,
                {
                    "序号": lambda row: None,
                    "点单人": lambda row: row.person.name,
                    "身份证号": lambda row: row.person.id_number,
                    "点单课程": lambda row: row.course,
                    "点单日期": lambda row: digits(row.day),
                    "承接学校": lambda row: row.provider,
                    "派单日期": lambda row: digits(row.dispatched_on),
                    "结业日期": lambda row: digits(row.completed_on),
                    "是否取证": lambda row: yes(row.certificate) if row.dispatched_on else None,
                    "备注": lambda row: None,
                },
                name="点单派单",
                title="居民点单 社区派单台账（2024年3月-12月）",
            )
        ],
    )


def _posts(sample: Sample) -> Export:
    return Export(
        "jinghang/公益岗服务记录（2024年3月-12月）.xlsx",
        [
            sheet(
                sample.posts,
                {
                    "日期": lambda row: row.day,
                    "公益岗": lambda row: row.post,
                    "服务小区": lambda row: row.estate,
                    "服务内容": lambda row: row.service,
                    "服务人次": lambda row: row.served,
                    "服务时间": lambda row: f"{row.hours:g}小时",
                    "上岗人员": lambda row: "公益岗人员",
                },
                name="公益岗",
                title="京杭佳苑社区公益岗服务记录（2024年3月-12月）",
                total="服务人次",
            )
        ],
    )


def _orders(rows: list[Concern], first: date, last: date, months: str) -> Export:
    """Cases raised or changed in these months, as known at their end."""

    def known(day: date | None) -> str | None:
        return digits(day) if day and day <= last else None

    def changed(row: Concern) -> bool:
        days = (row.day, row.reviewed_on, row.resolved_on)
        return row.day <= last and any(day and first <= day <= last for day in days)

    return Export(
        f"jinghang/群众诉求工单_2024年{months}.csv",
        [
            sheet(
                [row for row in rows if changed(row)],
                {
                    "工单号": lambda row: f"JH{row.number:05d}",
                    "受理日期": lambda row: digits(row.day),
                    "诉求人": lambda row: row.person.name,
                    "回访电话": lambda row: row.person.phone,
                    "工单类别": lambda row: row.category,
                    "受理渠道": lambda row: row.channel,
                    "会审日期": lambda row: known(row.reviewed_on),
                    "办结日期": lambda row: known(row.resolved_on),
                },
            )
        ],
    )


def _partners_and_meetings(sample: Sample) -> list[Export]:
    return [
        Export(
            "jinghang/签约单位名单（2024年3月-12月）.csv",
            [
                sheet(
                    sample.agreements["jinghang"],
                    {
                        "单位名称": lambda row: row.merchant.name,
                        "单位类型": lambda row: row.merchant.sector,
                        "片区": lambda row: row.circle,
                        "签订日": lambda row: digits(row.signed_on),
                        "挂牌情况": lambda row: "已挂牌" if row.plaque else "未挂牌",
                        "合作内容": lambda row: row.merchant.offer,
                        "对公账号": lambda row: "6217000000000000000",
                    },
                )
            ],
        ),
        Export(
            "jinghang/活动场次导出_2024年3月-12月.csv",
            [
                sheet(
                    sample.activities["jinghang"],
                    {
                        "开展日期": lambda row: digits(row.day),
                        "场次名称": lambda row: row.title,
                        "场次分类": lambda row: row.category,
                        "协办单位": lambda row: row.partner,
                        "签到人数": lambda row: row.attendance,
                        "录入账号": lambda row: "jhjy01",
                    },
                )
            ],
        ),
        Export(
            "jinghang/会议决定跟踪_2024年3月-12月.csv",
            [
                sheet(
                    sample.decisions["jinghang"],
                    {
                        "会议日": lambda row: iso(row.day),
                        "专题": lambda row: row.topic,
                        "议定事项": lambda row: row.decision,
                        "承办岗位": lambda row: row.owner,
                        "应完成日": lambda row: iso(row.due_on),
                        "完成日": lambda row: iso(row.done_on),
                    },
                )
            ],
        ),
    ]
