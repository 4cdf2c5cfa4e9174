"""A home of two communities and ten rows whose months are submitted, accepted and finalised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from little_home import little_home
from templates import copied

from lingti import catalog, district, warehouse
from lingti.district import change, settings
from lingti.editions import submissions
from lingti.editions.keeping import Edition
from lingti.editions.submissions import Remark, Standing
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.judging import publication
from lingti.judging.periods import Period
from lingti.upkeep import finalising

TODAY = date(2024, 4, 2)
PEOPLE = [(f"测试{sign}", f"1380013800{number}") for number, sign in enumerate("甲乙丙丁戊")]
_CROWD = [*PEOPLE, *((f"测试{number}", f"138001390{number}") for number in range(10, 60))]
_MORE = """
[[community]]
id = "b"
name = { zh = "乙", en = "B" }
since = 2024-01-01
residents = 2000
households = 800
population_as_of = 2023-12-31
[[expected]]
community = "a"
tables = ["service"]
from = 2024-01-01
[[expected]]
community = "b"
tables = ["service"]
from = 2024-01-01
"""


FEW = ("volunteer_hours", "active_volunteers", "hours_per_volunteer")


def few_metrics() -> catalog.Catalog:
    """The program's catalogue with three metrics, so that a build takes little."""
    known = catalog.program()
    return replace(known, metrics={name: known.metrics[name] for name in FEW}, fingerprint="few")


def edition_home(home: Path) -> Path:
    """Two communities, five persons each in January and February, published."""
    return copied(home, _of_two_months, catalog.of(home).fingerprint)


def _of_two_months(home: Path) -> None:
    little_home(home, "phone")
    with (home / "district.toml").open("a", encoding="utf-8") as settings:
        settings.write(_MORE)
    source = (home / "sources" / "service.toml").read_text("utf-8")
    (home / "sources" / "service_b.toml").write_text(
        source.replace('community = "a"', 'community = "b"'), "utf-8"
    )
    for place in ("a", "b"):
        bring(home, place, "2024-01", [1, 2, 3], build=False)
        bring(home, place, "2024-02", [2, 2], build=False)
    publication.rebuild(home)


def bring(
    home: Path, place: str, month: str, hours: Sequence[float], *, build: bool = True
) -> int | None:
    """Imports a month of a community: a person per number of hours. The batch, if one came."""
    rows = "".join(
        f"{month}-10,{_CROWD[n][0]},{_CROWD[n][1]},植树,{one}\n" for n, one in enumerate(hours)
    )
    data = f"日期,姓名,电话,活动,时长\n{rows}".encode()
    source = {"a": "service", "b": "service_b"}[place]
    request = Request(place, (("时长.csv", data),), source, month, True)
    (outcome,) = imports.run(district.load(home), request, "secretary")
    assert outcome.refused is None, outcome.refused
    if build:
        publication.rebuild(home)
    assert outcome.plan is not None
    return outcome.plan.batch


def begin(home: Path, day: date) -> None:
    """Enters from which day on service is expected of community a."""
    for one in (date(2024, 1, 1), date(2024, 2, 1)):
        if one == day:
            change.expectation(home, "a", "service", one, "month", "official")
        else:
            change.enter(home, settings.EXPECTED, f"a/service/{one}", None, "official")
    publication.rebuild(home)


def month(home: Path, name: str = "2024-01") -> Period:
    """A month of the home."""
    found = submissions.month_of(warehouse.current(home), name)
    assert found is not None
    return found


def step(
    home: Path, act: str, place: str = "a", name: str = "2024-01", *remarks: Remark
) -> Standing:
    """Takes a step."""
    return submissions.take(home, act, place, month(home, name), remarks, "who", today=TODAY)


def accepted(home: Path, name: str = "2024-01", places: Sequence[str] = ("a", "b")) -> None:
    """Submits and accepts a month of the communities."""
    for place in places:
        step(home, "submit", place, name)
        step(home, "accept", place, name)


def finalised(home: Path, name: str = "2024-01", **said: Any) -> Edition:
    """Finalises a month, without documents unless they are asked for."""
    said = {"formats": (), **said}
    return finalising.finalise(home, month(home, name), "official", **said)


def standing(home: Path, place: str = "a", name: str = "2024-01") -> Standing:
    """How a community's month stands."""
    return submissions.standing(home, place, month(home, name))
