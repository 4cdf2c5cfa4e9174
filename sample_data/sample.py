"""The whole invented year of the four communities, before anybody writes it into a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import breaches
from dealings import (
    Activity,
    Agreement,
    Concern,
    Council,
    Decision,
    Exchange,
    Visit,
    activities,
    agreements,
    concerns,
    councils,
    decisions,
    exchanges,
    visits,
)
from jobs import Placement, PostService, Training, few_placements, placements, post_services
from jobs import training as training_ordered
from names import (
    BINHU_MERCHANTS,
    ESTATES,
    GUQIAO_MERCHANTS,
    JINGHANG_MERCHANTS,
    NANFENG_MERCHANTS,
    Merchant,
)
from people import Person, Town
from points import Ledger, hours_and_haircuts, points_supermarket
from volunteering import PROFILES, Service, serve
from year import MONTHS

COMMUNITIES = ("nanfeng", "guqiao", "jinghang", "binhu")
HOUSEHOLDS_AT_GUQIAO = 1980
GROWN_UP = (18, 70)
OF_WORKING_AGE = (21, 63)  # at the end of 2023: nobody turns 65 during 2024


@dataclass
class Sample:
    """Everything that happened, by community where several do it."""

    service: dict[str, list[Service]]
    ledgers: dict[str, Ledger]
    placements: dict[str, list[Placement]]
    agreements: dict[str, list[Agreement]]
    activities: dict[str, list[Activity]]
    concerns: dict[str, list[Concern]]
    decisions: dict[str, list[Decision]]
    training: list[Training]
    posts: list[PostService]
    visits: list[Visit]
    councils: list[Council]
    exchanges: list[Exchange]


@dataclass(frozen=True)
class Residents:
    """Who lives where and does what; some are known in two communities."""

    volunteers: dict[str, list[Person]]
    job_seekers: list[Person]
    job_seekers_at_guqiao: list[Person]
    learners: list[Person]
    points_holders: list[Person]
    complainants: dict[str, list[Person]]


def _random(seed: int, what: str) -> Random:
    """A stream of its own per subject, so that a change to one leaves the others alone."""
    return Random(f"{seed}/{what}")


def build(seed: int) -> Sample:
    """The sample of that seed, the planted breaches included."""
    who = residents(seed)
    service = {
        community: serve(_random(seed, f"service/{community}"), PROFILES[community], pool)
        for community, pool in who.volunteers.items()
    }
    breaches.two_shifts_alike(service)
    breaches.over_24_hours(service, who.volunteers["guqiao"][0])
    merchants = _agreements(seed)
    sample = Sample(
        service=service,
        ledgers=_ledgers(seed, who, service),
        placements={
            "guqiao": few_placements(_random(seed, "few jobs"), who.job_seekers_at_guqiao),
            "jinghang": placements(_random(seed, "jobs"), who.job_seekers),
        },
        agreements=merchants,
        activities=_activities(seed, merchants),
        concerns=_concerns(seed, who),
        decisions={
            community: decisions(_random(seed, f"decisions/{community}"), community, in_time)
            for community, in_time in zip(COMMUNITIES, (0.74, 0.86, 0.68, 0.8), strict=True)
        },
        training=training_ordered(_random(seed, "training"), who.learners),
        posts=post_services(_random(seed, "posts")),
        visits=visits(_random(seed, "visits"), ESTATES["guqiao"], HOUSEHOLDS_AT_GUQIAO),
        councils=councils(
            _random(seed, "councils"),
            dict(zip(MONTHS, (1, 1, 2, 1, 2, 1, 0, 2, 2, 1), strict=True)),
        ),
        exchanges=exchanges(_random(seed, "exchanges")),
    )
    breaches.plant(sample)
    return sample


def residents(seed: int) -> Residents:
    """All people of the sample."""
    town = Town(_random(seed, "people"))
    guqiao = town.people(79, GROWN_UP, "古桥家园")
    nanfeng = [*guqiao[3:8], *town.people(35, GROWN_UP, "南风花园一期")]
    nanfeng.insert(12, town.namesake(nanfeng[6], "南风花园三期"))
    job_seekers = town.people(570, OF_WORKING_AGE, "京杭佳苑三区")
    jinghang = [*job_seekers[40:52], *town.people(37, GROWN_UP, "京杭佳苑一区")]
    jinghang.append(town.namesake(jinghang[15], "京杭佳苑五区"))
    binhu = [guqiao[0], *jinghang[20:24], *town.people(69, GROWN_UP, "滨湖花园")]
    return Residents(
        volunteers={"nanfeng": nanfeng, "guqiao": guqiao, "jinghang": jinghang, "binhu": binhu},
        job_seekers=job_seekers,
        job_seekers_at_guqiao=[
            *guqiao[30:33],
            *town.people(21, OF_WORKING_AGE, "桥畔里"),
        ],
        learners=[*job_seekers[:120:2], *town.people(290, OF_WORKING_AGE, "京杭佳苑二区")],
        points_holders=town.people(180, GROWN_UP, "湖畔雅居"),
        complainants={
            "nanfeng": town.people(70, GROWN_UP, "南风花园二期"),
            "guqiao": [*guqiao[10:40], *town.people(170, GROWN_UP, "古桥新苑")],
            "jinghang": town.people(110, GROWN_UP, "京杭佳苑四区"),
        },
    )


def _ledgers(seed: int, who: Residents, service: dict[str, list[Service]]) -> dict[str, Ledger]:
    return {
        "guqiao": hours_and_haircuts(_random(seed, "points/guqiao"), service["guqiao"]),
        "binhu": points_supermarket(
            _random(seed, "points/binhu"),
            who.points_holders,
            who.volunteers["binhu"],
            service["binhu"],
        ),
    }


def _agreements(seed: int) -> dict[str, list[Agreement]]:
    mall, plaza = ("城投星城广场",), ("吾悦广场", "吾悦广场", "古桥街", "桥西路")
    plans: dict[str, tuple[Sequence[Merchant], Sequence[str], Sequence[int], int, float]] = {
        "nanfeng": (NANFENG_MERCHANTS, mall, (3, 4, 5, 6, 8, 9, 10, 11), 13, 0.7),
        "guqiao": (GUQIAO_MERCHANTS, plaza, (3, 3, 4, 4, 5, 6, 7, 9, 10, 11), 32, 1.0),
        "jinghang": (JINGHANG_MERCHANTS, ("京杭小吃街", "运河路"), (3, 4, 5, 7, 9, 10), 6, 0.4),
        "binhu": (BINHU_MERCHANTS, ("湖滨路", "城投星城广场"), (3, 8, 10), 10, 0.6),
    }
    return {
        community: agreements(_random(seed, f"agreements/{community}"), *plan)
        for community, plan in plans.items()
    }


def _activities(seed: int, merchants: dict[str, list[Agreement]]) -> dict[str, list[Activity]]:
    per_month = {
        "nanfeng": "6 7 9 9 6 3 7 9 9 10",
        "guqiao": "6 6 8 8 7 6 8 8 7 9",
        "jinghang": "5 6 6 5 4 3 6 6 5 4",
        "binhu": "0 6 8 8 6 0 7 8 7 8",
    }
    return {
        community: activities(
            _random(seed, f"activities/{community}"),
            community,
            _by_month(counts),
            [agreement.merchant.name for agreement in merchants[community][:8]],
        )
        for community, counts in per_month.items()
    }


def _concerns(seed: int, who: Residents) -> dict[str, list[Concern]]:
    # Concerns per month; days they take. 古桥 learns, 南风花园 falls behind in August.
    plans = {
        "nanfeng": ("10 11 14 16 17 19 15 13 18 16", "8 8 7 8 10 16 11 9 9 8"),
        "guqiao": ("38 42 47 52 55 50 44 43 58 54", "14 13 11 10 9 8 7 6 6 5"),
        "jinghang": ("18 20 22 24 27 25 21 20 29 26", "9 10 9 9 10 9 10 9 12 11"),
    }
    return {
        community: concerns(
            _random(seed, f"concerns/{community}"),
            who.complainants[community],
            _by_month(counts),
            _by_month(usual),
        )
        for community, (counts, usual) in plans.items()
    }


def _by_month(values: str) -> dict[int, int]:
    return dict(zip(MONTHS, map(int, values.split()), strict=True))
