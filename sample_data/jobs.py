"""Jobs and skills: placements, training ordered and dispatched, public-welfare posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from names import COURSES, ESTATES, HOSPITAL, POST_SERVICES, POSTS, SCHOOL
from people import Person
from year import DRAGON_BOAT, MONTHS, YEAR, days_of, later, some_day, working_day

# Placed by the Dragon Boat Festival; published is "more than 350".
PLACED_BY_FESTIVAL = 358
JOB_FAIR_DAYS = {date(YEAR, 3, 16): 64, date(YEAR, 4, 13): 98, date(YEAR, 5, 18): 112}
AUTUMN_FAIR_DAYS = {date(YEAR, 9, 21): 46, date(YEAR, 10, 26): 30}
_OTHER_PLACEMENTS_LATER = {6: 12, 7: 16, 8: 9, 9: 18, 10: 20, 11: 22, 12: 14}
_EMPLOYERS = ("运河物业服务公司", "惠民劳务服务部", "佳苑便利店", "京杭小吃街", "好帮手家政")
_OCCUPATIONS = ("保洁", "保安", "配送员", "餐饮服务员", "家政服务员", "仓库管理员")


@dataclass(frozen=True)
class Placement:
    """One resident placed in a job."""

    day: date
    person: Person
    employer: str
    occupation: str
    channel: str


@dataclass(frozen=True)
class Training:
    """One course place ordered by a resident, and how far it came."""

    day: date
    person: Person
    course: str
    provider: str
    dispatched_on: date | None
    completed_on: date | None
    certificate: bool


@dataclass(frozen=True)
class PostService:
    """One service of a public-welfare post in an estate."""

    day: date
    post: str
    estate: str
    service: str
    served: int
    hours: float


def placements(random: Random, people: Sequence[Person]) -> list[Placement]:
    """Placements at 京杭佳苑: the job fairs of spring and autumn, and a trickle between them."""
    days: list[date] = []
    for fair, hired in {**JOB_FAIR_DAYS, **AUTUMN_FAIR_DAYS}.items():
        # Contracts are signed at the fair and on the days after it.
        steps = random.choices(range(8), (12, 2, 6, 5, 3, 3, 2, 1), k=hired)
        days += [working_day(fair) + timedelta(days=step) for step in steps]
    while sum(day <= DRAGON_BOAT for day in days) < PLACED_BY_FESTIVAL:
        days.append(working_day(some_day(random, random.choice(range(3, 7)), DRAGON_BOAT)))
        days[-1] = min(days[-1], DRAGON_BOAT)
    for month, count in _OTHER_PLACEMENTS_LATER.items():
        after = [day for day in days_of(month) if day > DRAGON_BOAT and day.weekday() < 5]
        days += random.choices(after, k=count)
    return [_placed(random, day, people[number]) for number, day in enumerate(sorted(days))]


def _placed(random: Random, day: date, person: Person) -> Placement:
    fairs = {**JOB_FAIR_DAYS, **AUTUMN_FAIR_DAYS}
    at_fair = any(timedelta() <= day - fair <= timedelta(days=9) for fair in fairs)
    if at_fair and random.random() < 0.82:
        occupation = random.choices(("保洁", "保安"), (6, 5) if person.woman else (3, 8))[0]
        return Placement(day, person, HOSPITAL, occupation, "专场招聘会")
    channel = random.choice(("社区推荐", "社区推荐", "劳务公司", "微信群"))
    return Placement(day, person, random.choice(_EMPLOYERS), random.choice(_OCCUPATIONS), channel)


def few_placements(random: Random, people: Sequence[Person]) -> list[Placement]:
    """The few (invented) placements at 古桥, with alliance merchants."""
    employers = ("吾悦暖锅", "好邻居超市", "美邻家政", "老济宁甏肉干饭")
    rows = [
        Placement(
            working_day(some_day(random, random.choice(MONTHS))),
            person,
            random.choice(employers),
            random.choice(("服务员", "收银员", "家政服务员")),
            "联盟商家推荐",
        )
        for person in people
    ]
    return sorted(rows, key=lambda row: row.day)


def training(random: Random, people: Sequence[Person]) -> list[Training]:
    """Courses ordered at 京杭佳苑. Dispatching took three weeks at first, one by the autumn."""
    rows = []
    for person in people:
        month = random.choices(MONTHS, (3, 5, 6, 5, 4, 2, 6, 6, 5, 3))[0]
        day = working_day(some_day(random, month))
        course = random.choices(COURSES, (5, 3, 4, 4) if person.woman else (5, 4, 1, 6))[0]
        dispatched = later(day, random.randint(2, 6) + max(0, 9 - month) * 2)
        if random.random() < 0.07:
            dispatched = None
        completed = later(dispatched, random.randint(14, 45)) if dispatched else None
        if random.random() < 0.13:
            completed = None
        certificate = completed is not None and random.random() < 0.76
        rows.append(Training(day, person, course, SCHOOL, dispatched, completed, certificate))
    return sorted(rows, key=lambda row: row.day)


def post_services(random: Random) -> list[PostService]:
    """Six posts, each in four to six estates a month; every estate is served every month."""
    rows = []
    for month in MONTHS:
        for number, (post, service) in enumerate(zip(POSTS, POST_SERVICES, strict=True)):
            left_out = () if month != 8 else (random.randrange(6), random.randrange(6))
            for place, estate in enumerate(ESTATES["jinghang"]):
                if place in left_out and place != number:
                    continue
                served = random.randint(8, 26) + (10 if post == POSTS[0] else 0)
                hours = random.choice((2, 2.5, 3, 3.5))
                day = some_day(random, month)
                rows.append(PostService(day, post, estate, service, served, hours))
    return sorted(rows, key=lambda row: row.day)
