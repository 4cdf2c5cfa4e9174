"""Readers get what was published on purpose, and never what one late row adds."""

from __future__ import annotations

import random
from pathlib import Path
from random import Random

import pytest
from attack.breaches import Remembered, over_time, remembered
from attack.cells import truth
from little_home import little_home
from soak.over_time import of_a_district

from lingti import district, warehouse
from lingti.access.roles import PUBLISHED
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.judging import publication
from lingti.warehouse import snapshots


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose 60 volunteers of January were published."""
    home = little_home(tmp_path / "home")
    with (home / "district.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[expected]]\ncommunity = "a"\ntables = ["service"]\nfrom = 2024-01-01\n')
    bring(home, 1, 60)
    return home


def bring(home: Path, month: int, people: int, hours: float = 2) -> None:
    """Imports a month anew, and counts."""
    rows = "".join(f"2024-{month:02d}-10,志愿{n},{hours},植树\n" for n in range(people))
    data = f"日期,姓名,时长,活动\n{rows}".encode()
    covers = f"2024-{month:02d}"
    (outcome,) = imports.run(
        district.load(home), Request("a", ((f"{month}-{people}.csv", data),), None, covers, True)
    )
    assert outcome.refused is None
    publication.rebuild(home)


def told(home: Path, metric: str = "active_volunteers", period: str = "2024-01") -> float | None:
    found = warehouse.current(home, PUBLISHED).rows(
        "select value from metric_values where metric = $metric and community = 'a'"
        " and period = $period and dimension is null",
        metric=metric,
        period=period,
    )
    return found[0]["value"] if found else None


def planned(home: Path) -> dict[str, str]:
    return {name: one.kind for one in warehouse.unpublished(home) for name in one.metrics}


def kinds(home: Path) -> dict[str, str]:
    return {name: one.kind for one in warehouse.publish_anew(home) for name in one.metrics}


def test_the_first_snapshot_is_published_whole(home: Path) -> None:
    assert told(home) == 60
    assert told(home, "volunteer_hours") == 120


def test_an_import_changes_nothing_for_readers_until_it_is_published(home: Path) -> None:
    bring(home, 2, 30)
    assert (told(home), told(home, period="2024-02")) == (60, None)
    assert warehouse.current(home, PUBLISHED).is_newer_than_published
    assert planned(home)["volunteer_hours"] == "replaced"
    before = warehouse.published_at(home)
    assert kinds(home)["volunteer_hours"] == "replaced"
    assert (told(home), told(home, period="2024-02")) == (60, 30)
    assert warehouse.published_at(home) >= before
    assert not warehouse.current(home, PUBLISHED).is_newer_than_published


def test_one_late_row_keeps_the_old_whole_and_more_replace_it(home: Path) -> None:
    bring(home, 1, 61)
    found = kinds(home)
    assert (found["active_volunteers"], found["volunteer_hours"]) == ("kept", "kept")
    assert (told(home), told(home, "volunteer_hours")) == (60, 120)
    bring(home, 1, 66)
    assert kinds(home)["active_volunteers"] == "replaced"
    assert (told(home), told(home, "volunteer_hours")) == (66, 132)


def test_a_few_hours_more_of_the_same_people_are_told_no_sooner(home: Path) -> None:
    bring(home, 1, 60, hours=2.05)
    assert kinds(home)["volunteer_hours"] == "kept"
    assert told(home, "volunteer_hours") == 120


def test_a_publication_that_was_killed_leaves_the_last_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(home, 2, 30)

    def killed(_path: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            warehouse.publish_anew(home)
    assert told(home) == 60
    assert [path.suffix for path in (home / "snapshots").iterdir()] == [".duckdb"]
    assert snapshots.newest(home) is not None


def test_nothing_of_few_follows_from_publications_after_each_other(home: Path) -> None:
    chance = random.Random(5)
    last: Remembered = {}
    for _number in range(4):
        bring(home, chance.randint(1, 3), chance.randint(50, 70))
        warehouse.publish_anew(home)
        known = truth(warehouse.current(home).connection)
        now = remembered(warehouse.current(home, PUBLISHED).connection, known, last)
        assert over_time(last, now) == []
        last = now


def test_nothing_of_few_follows_from_publications_of_a_district(tmp_path: Path) -> None:
    assert of_a_district(tmp_path / "home", 3, Random(3)) == []


def test_the_first_numbers_of_a_home_that_was_empty_are_told_at_once(tmp_path: Path) -> None:
    home = little_home(tmp_path / "home")
    publication.rebuild(home)
    assert told(home) is None
    bring(home, 1, 60)
    assert told(home) == 60
    assert warehouse.published_at(home)
    bring(home, 1, 90)
    assert told(home) == 60
