"""Volunteer service in the four communities: who served when, at what, for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from people import Person
from year import DRAGON_BOAT, MOTHERS_DAY, YEAR, days_of, weight

# activity, kind of service
Work = tuple[str, str | None]


@dataclass(frozen=True)
class Service:
    """One volunteer at one activity on one day."""

    day: date
    person: Person
    activity: str
    category: str | None
    hours: float


@dataclass(frozen=True)
class Profile:
    """How volunteering goes in one community: per month the volunteers active and the rows."""

    active: Mapping[int, int]
    rows: Mapping[int, int]
    hours: tuple[float, ...]
    works: tuple[Work, ...]
    party: int  # how many serve together


_COMMON: tuple[Work, ...] = (
    ("文明交通引导", "文明实践"),
    ("楼道清洁日", "环境整治"),
    ("独居老人探访", "扶老助老"),
    ("四点半课堂", "青少年服务"),
    ("垃圾分类宣传", "环境整治"),
    ("平安巡逻", "平安建设"),
)
# What belongs to a month or a day, in every community.
_SEASONAL: Mapping[int, tuple[Work, ...]] = {
    3: (("学雷锋志愿服务", "文明实践"), ("植树护绿", "环境整治")),
    6: (("高考护航", "青少年服务"),),
    7: (("防汛值守", "平安建设"), ("暑期托管", "青少年服务")),
    8: (("暑期托管", "青少年服务"),),
    10: (("重阳敬老", "扶老助老"),),
    11: (("暖冬行动", "扶老助老"),),
    12: (("义务清雪", "环境整治"), ("冬季消防排查", "平安建设")),
}
_FESTIVE: Mapping[date, Work] = {
    MOTHERS_DAY: ("母亲节活动保障", "文明实践"),
    DRAGON_BOAT: ("端午包粽送老人", "扶老助老"),
    date(YEAR, 9, 17): ("中秋邻里节", "文明实践"),
    date(YEAR, 10, 11): ("重阳长寿宴", "扶老助老"),
}


def _months(first: int, values: str) -> dict[int, int]:
    return {first + i: int(value) for i, value in enumerate(values.split())}


PROFILES: Mapping[str, Profile] = {
    # A small circle around the mall that empties in August and has settled since.
    "nanfeng": Profile(
        active=_months(3, "22 26 38 41 30 16 31 36 37 40"),
        rows=_months(3, "60 75 120 128 80 34 90 100 104 112"),
        hours=(0.5, 1, 1.5, 2, 2.5),
        works=(*_COMMON, ("脊柱侧弯筛查协助", "健康服务"), ("商圈活动引导", None)),
        party=6,
    ),
    # Growing month by month: points keep people coming. Whole hours, as a point is an hour.
    "guqiao": Profile(
        active=_months(3, "36 44 57 66 60 54 64 70 74 79"),
        rows=_months(3, "150 190 270 310 250 215 280 310 322 345"),
        hours=(1, 1, 2, 2, 2, 3, 4),
        works=(*_COMMON, ("民情日报走访", "民情走访"), ("爱心商家进社区", "文明实践")),
        party=8,
    ),
    # Steady in people, with less time each: many have found work.
    "jinghang": Profile(
        active=_months(3, "44 47 50 49 46 43 46 45 44 43"),
        rows=_months(3, "105 118 130 128 108 95 108 104 98 96"),
        hours=(1, 1.5, 1.5, 2, 3),
        works=(*_COMMON, ("招聘会服务", "就业服务"), ("公益岗协助", "就业服务")),
        party=7,
    ),
    # Begins in April with the points supermarket and takes off.
    "binhu": Profile(
        active=_months(4, "34 62 72 66 55 68 70 69 74"),
        rows=_months(4, "88 165 205 165 120 182 190 186 204"),
        hours=(0.5, 1, 1, 1.5, 2, 3),
        works=(*_COMMON, ("积分超市理货", "文明实践"), ("湖滨净滩", "环境整治")),
        party=8,
    ),
}


def serve(random: Random, profile: Profile, pool: Sequence[Person]) -> list[Service]:
    """A year of service; the first of the pool are the most faithful. In the order of days."""
    services: list[Service] = []
    for month, active in profile.active.items():
        services += _month(random, profile, pool[:active], month, profile.rows[month])
    return sorted(services, key=lambda row: row.day)


def _month(
    random: Random, profile: Profile, pool: Sequence[Person], month: int, rows: int
) -> list[Service]:
    """One month: everybody of the pool serves once, the most faithful again and again."""
    days = days_of(month)
    dates = random.choices(days, [weight(day) for day in days], k=rows // profile.party)
    sessions = [(day, _work(random, profile, day)) for day in dates]
    faithful = [1 / (place + 8) for place in range(len(pool))]
    again = random.choices(pool, faithful, k=rows - len(pool))
    hands = [*random.sample(pool, len(pool)), *again]
    busy: set[tuple[Person, date, str]] = set()
    services = []
    for number, person in enumerate(hands):
        for day, (activity, category) in (*sessions[number % len(sessions) :], *sessions):
            if (person, day, activity) not in busy:
                busy.add((person, day, activity))
                hours = random.choice(profile.hours)
                services.append(Service(day, person, activity, category, hours))
                break
    return services


def _work(random: Random, profile: Profile, day: date) -> Work:
    if day in _FESTIVE:
        return _FESTIVE[day]
    seasonal = _SEASONAL.get(day.month, ())
    return random.choice((*profile.works, *seasonal, *seasonal))
