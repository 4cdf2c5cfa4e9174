"""What communities do with merchants and residents: agreements, activities, concerns, visits,
councils, the three lists, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from random import Random

from names import COLLEGE, ESTATES, FLORIST, TALENT_AT_NANFENG, Merchant
from people import Person
from year import (
    DRAGON_BOAT,
    ENDS_ON,
    MONTHS,
    MOTHERS_DAY,
    STARTS_ON,
    YEAR,
    days_of,
    friday_after,
    later,
    some_day,
    working_day,
)


@dataclass(frozen=True)
class Agreement:
    """A merchant's agreement with a community."""

    merchant: Merchant
    circle: str
    signed_on: date
    ended_on: date | None
    plaque: bool


@dataclass(frozen=True)
class Activity:
    """An activity held."""

    day: date
    title: str
    category: str | None
    partner: str
    attendance: int


@dataclass(frozen=True)
class Concern:
    """A concern of a resident, from the day it was raised to the day it was resolved."""

    number: int
    day: date
    person: Person
    category: str
    channel: str
    text: str
    reviewed_on: date | None
    resolved_on: date | None


@dataclass(frozen=True)
class Visit:
    """One visit to one household."""

    day: date
    estate: str
    building: int
    room: str


@dataclass(frozen=True)
class Council:
    """A three-party council of community, owners and property manager."""

    day: date
    topic: str
    outcome: str


@dataclass(frozen=True)
class Exchange:
    """An entry of the three lists: needs, resources, projects."""

    kind: str
    title: str
    opened_on: date
    matched_on: date | None
    completed_on: date | None


@dataclass(frozen=True)
class Decision:
    """A decision of a meeting; its owner is a post, not a person."""

    day: date
    topic: str
    decision: str
    owner: str
    due_on: date
    done_on: date | None


def agreements(
    random: Random,
    merchants: Sequence[Merchant],
    circles: Sequence[str],
    months: Sequence[int],
    by_festival: int,
    plaques: float = 1.0,
) -> list[Agreement]:
    """Agreements in the merchants' order: the first `by_festival` are signed by 10 June, from
    the first of the months on; the rest after it."""
    early = [m for m in months if m <= 6]
    late = [m for m in months if m > 6]
    days = sorted(
        working_day(some_day(random, random.choice(early), date(YEAR, 6, 7)))
        for _ in range(by_festival)
    )
    days += sorted(
        working_day(some_day(random, random.choice(late)))
        for _ in range(len(merchants) - by_festival)
    )
    return [
        Agreement(merchant, random.choice(circles), day, None, random.random() < plaques)
        for merchant, day in zip(merchants, days, strict=True)
    ]


_ACTIVITIES = (
    ("邻里百家宴", "邻里融合", 60),
    ("健康义诊", "健康服务", 45),
    ("反诈宣传进社区", "平安建设", 70),
    ("亲子阅读会", "青少年服务", 24),
    ("老年人手机课堂", "扶老助老", 18),
    ("公益观影", "文化活动", 80),
    ("便民服务日", "便民服务", 110),
    ("消防疏散演练", "平安建设", 55),
)
_FESTIVE_ACTIVITIES: Mapping[str, tuple[tuple[date, str, str | None, int], ...]] = {
    "nanfeng": (
        (MOTHERS_DAY, "母亲节插花", "节日活动", 20),
        (DRAGON_BOAT, "端午扇面绘画", "节日活动", 32),
        (date(YEAR, 7, 13), "青少年脊柱侧弯筛查", "健康服务", 86),
        (date(YEAR, 9, 17), "中秋灯谜会", "节日活动", 140),
    ),
    "guqiao": (
        (MOTHERS_DAY, "母亲节联盟惠民日", "节日活动", 130),
        (DRAGON_BOAT, "端午粽香邻里节", "节日活动", 210),
        (date(YEAR, 10, 11), "重阳长寿宴", "节日活动", 165),
    ),
    "jinghang": (
        (date(YEAR, 3, 16), "春季专场招聘会", "就业服务", 320),
        (date(YEAR, 4, 13), "物业岗位专场招聘会", "就业服务", 410),
        (date(YEAR, 5, 18), "夏季专场招聘会", "就业服务", 460),
        (DRAGON_BOAT, "端午面点比赛", "节日活动", 90),
        (date(YEAR, 9, 21), "秋季专场招聘会", "就业服务", 280),
    ),
    "binhu": (
        (date(YEAR, 4, 1), "积分超市开业", "积分超市", 260),
        (DRAGON_BOAT, "端午积分兑换日", "积分超市", 190),
        (date(YEAR, 12, 28), "年末积分嘉年华", "积分超市", 230),
    ),
}
_FESTIVE_PARTNERS = {
    "母亲节插花": FLORIST,
    "端午扇面绘画": TALENT_AT_NANFENG,
    "青少年脊柱侧弯筛查": COLLEGE,
}


def activities(
    random: Random, community: str, per_month: Mapping[int, int], partners: Sequence[str]
) -> list[Activity]:
    """Activities of a community: its festivals, and the usual ones on busy days."""
    rows = [
        Activity(day, title, category, _FESTIVE_PARTNERS.get(title, random.choice(partners)), count)
        for day, title, category, count in _FESTIVE_ACTIVITIES[community]
    ]
    for month, count in per_month.items():
        for _ in range(count):
            title, category, usual = random.choice(_ACTIVITIES)
            attendance = max(6, round(random.gauss(usual, usual / 5)))
            partner = random.choice(partners) if random.random() < 0.7 else ""
            kind = category if random.random() < 0.96 else None
            rows.append(Activity(some_day(random, month), title, kind, partner, attendance))
    return sorted(rows, key=lambda row: row.day)


_CONCERNS = (
    ("物业管理", "电梯困人后未及时处理"),
    ("环境卫生", "垃圾桶满溢无人清运"),
    ("停车秩序", "车位被长期占用"),
    ("噪音扰民", "夜间装修噪音"),
    ("设施维修", "单元门禁损坏"),
    ("设施维修", "路灯不亮"),
    ("邻里纠纷", "楼上漏水协商不成"),
    ("养老服务", "希望增设助餐点"),
)
_WINTER = ("供水供暖", "暖气不热")
_CHANNELS = ("入户走访", "网格员上报", "来电", "微信群", "窗口接待")


def concerns(
    random: Random,
    people: Sequence[Person],
    per_month: Mapping[int, int],
    days_to_resolve: Mapping[int, float],
) -> list[Concern]:
    """Concerns and their way: raised, reviewed on a Friday, resolved; some slow, some open."""
    raised = sorted(some_day(random, m) for m, count in per_month.items() for _ in range(count))
    rows = []
    for number, day in enumerate(raised, start=1):
        winter = day >= date(YEAR, 11, 8) and random.random() < 0.45
        category, text = _WINTER if winter else random.choice(_CONCERNS)
        weeks = random.choices((0, 1, 2, 4), (80, 12, 5, 3))[0]
        reviewed = friday_after(day + timedelta(days=1)) + timedelta(weeks=weeks)
        usual = days_to_resolve[day.month] * (2 if category == "邻里纠纷" else 1)
        resolved = day + timedelta(days=max(0, round(random.gammavariate(2, usual / 2))))
        known_reviewed = reviewed if reviewed <= ENDS_ON else None
        still_open = resolved > ENDS_ON or random.random() < 0.03
        person = random.choice(people)
        channel = random.choices(_CHANNELS, (6, 5, 3, 3, 2))[0]
        rows.append(
            Concern(
                number,
                day,
                person,
                category,
                channel,
                text,
                known_reviewed,
                None if still_open else resolved,
            )
        )
    return rows


def visits(random: Random, estates: Sequence[str], households: int) -> list[Visit]:
    """Two rounds through every household: March to August, nearly complete, and from September
    on, half done by the year's end."""
    homes = [
        (estate, building, f"{unit}单元{floor}0{door}")
        for estate in estates
        for building in range(1, 30)
        for unit in (1, 2)
        for floor in range(1, 7)
        for door in (1, 2)
    ]
    homes = random.sample(homes, households)
    first = {3: 0.10, 4: 0.16, 5: 0.18, 6: 0.19, 7: 0.16, 8: 0.13}
    second = {9: 0.15, 10: 0.19, 11: 0.17, 12: 0.12}
    rows = []
    for plan in (first, second):
        order = random.sample(homes, len(homes))
        begin = 0
        for month, share in plan.items():
            end = begin + round(share * households)
            rows += [Visit(_visiting_day(random, month), *home) for home in order[begin:end]]
            begin = end
    again = random.sample(rows, 60)
    rows += [Visit(_visiting_day(random, min(12, v.day.month + 1)), *_home(v)) for v in again]
    return sorted(rows, key=lambda row: row.day)


def _home(visit: Visit) -> tuple[str, int, str]:
    return visit.estate, visit.building, visit.room


def _visiting_day(random: Random, month: int) -> date:
    days = days_of(month)
    # Staff visit in the evening of Tuesdays and Thursdays, and on Saturdays.
    return random.choices(days, [(1, 6, 1, 6, 1, 4, 0.3)[day.weekday()] for day in days])[0]


_COUNCIL_TOPICS = (
    ("电动车充电桩选址", "确定三处，物业两周内施工，联系电话19900008888"),
    ("地下车位收费标准", "维持原价，公示成本"),
    ("小区大门改造", "业主表决后动用维修资金"),
    ("楼道堆物清理", "每月最后一个周六集中清理"),
    ("垃圾投放点调整", "试行一个月后再议"),
    ("加装电梯意见征集", "先做两个单元试点"),
    ("物业服务评价", "按季度公示结果"),
    ("广场舞时间", "晚八点半前结束"),
)


def councils(random: Random, per_month: Mapping[int, int]) -> list[Council]:
    """Councils at irregular dates; a month may have none."""
    days = [some_day(random, month) for month, count in per_month.items() for _ in range(count)]
    topics = [random.sample(_COUNCIL_TOPICS, len(_COUNCIL_TOPICS)) for _ in days]
    rows = [Council(day, *topic) for day, topic in zip(days, chain(*topics), strict=False)]
    return sorted(rows, key=lambda row: row.day)


_LISTS = {
    "need": ("老人助餐", "暑期托管", "家电维修", "理发上门", "法律咨询", "就业岗位", "停车共享"),
    "resource": ("商家会议室", "义诊队伍", "绘本馆场地", "维修师傅", "律师志愿者", "空闲车位"),
    "project": ("助餐点建设", "四点半课堂", "共享工具屋", "微光夜市", "红色代办"),
}


def exchanges(random: Random) -> list[Exchange]:
    """The three lists of 古桥; more needs are matched as the alliance grows."""
    rows = []
    for kind, count in (("need", 120), ("resource", 70), ("project", 34)):
        for number in range(1, count + 1):
            day = working_day(some_day(random, random.choice(MONTHS)))
            matched = later(day, random.randint(3, 40))
            if random.random() < 0.42 - 0.025 * day.month:
                matched = None
            completed = later(matched, random.randint(5, 60)) if matched else None
            title = f"{random.choice(ESTATES['guqiao'])}{random.choice(_LISTS[kind])}{number}号"
            rows.append(Exchange(kind, title, day, matched, completed))
    return sorted(rows, key=lambda row: row.opened_on)


_DECISIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "nanfeng": (("强圈优社", "新签两家商家"), ("强圈优社", "八月前补招商圈志愿者")),
    "guqiao": (("盟友聚力", "联盟商家季度评议"), ("民情日报", "超期诉求逐件销号")),
    "jinghang": (("就业安置", "对接用人单位"), ("技能培训", "缩短派单时间")),
    "binhu": (("积分超市", "补充米面货架"), ("积分超市", "月末结算公示")),
}
_USUAL_DECISIONS = (
    ("环境整治", "清理楼道堆物"),
    ("安全生产", "排查飞线充电"),
    ("养老服务", "更新独居老人台账"),
    ("文明实践", "排定下月志愿活动"),
)
_OWNERS = ("党组织副书记", "网格长", "物业项目经理", "社区社工", "志愿服务队队长")


def decisions(random: Random, community: str, in_time: float) -> list[Decision]:
    """Decisions of the fortnightly meetings; `in_time` is the share done by the day due."""
    rows = []
    meeting = friday_after(STARTS_ON)
    while meeting <= ENDS_ON:
        for _ in range(random.choices((0, 1, 2), (2, 5, 3))[0]):
            topic, what = random.choice((*_DECISIONS[community], *_USUAL_DECISIONS))
            due = meeting + timedelta(days=random.choice((7, 14, 30)))
            late = random.random() > in_time
            step = random.randint(1, 25) if late else -random.randint(0, 6)
            done = due + timedelta(days=step)
            known = done if done <= ENDS_ON and random.random() > 0.04 else None
            rows.append(Decision(meeting, topic, what, random.choice(_OWNERS), due, known))
        meeting += timedelta(days=14)
    return rows
