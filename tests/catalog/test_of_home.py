"""Each home has a catalogue: the program's, and what its own queries add; it never changes."""

from __future__ import annotations

import copy
import json
import os
import pickle
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from import_kit import csv_file, home_with_sources, service, take

from lingti import catalog, district, warehouse
from lingti.catalog import CatalogError
from lingti.commands import cli
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.mapping import match_source, proposal
from lingti.judging import period_values
from lingti.judging.period_values import View
from lingti.judging.periods import periods_of
from lingti.memo_cache import memoised

LONG_HOURS = """\
-- title: 长时服务次数 | Long services
-- unit: 次 | services     better: up          version: 1
-- group: volunteering     decimals: 0
-- definition: 期内时长达{hours}小时的服务次数。 | Services of {hours} hours or more.
-- words: 长时服务 | long services
-- value: count(*)         window: period      when_none: 0
-- dimensions: category
-- people: residents       facts: service          where: hours >= {hours}
"""
TOO_LONG = """\
-- title: 时长过长 | Very long
-- definition: 时长超过3小时。 | More than 3 hours.
-- advice: 请核对。 | Check it.
-- severity: warning
-- One row per service.
select community, day, batch, source_row, hours as detail, 3 as expected
from service
where hours > 3
"""
OWN_TABLE = """\
-- title: 助餐 | Meals
-- grain: 每份一行 | one row per meal
create table own_meals (
    community varchar not null,
    day date not null, -- 日期 | Day
    meals integer not null, -- 份数 | Meals
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null,
);
"""

MEALS_SERVED = """\
-- title: 助餐份数 | Meals served
-- unit: 份 | meals        better: up          version: 1
-- group: own              decimals: 0
-- definition: 期内助餐份数之和。 | Sum of the meals served.
-- value: sum(meals)       window: period      when_none: 0
-- people: none            tables: own_meals
-- One row per meal.
select community, day, meals, batch, source_row
from own_meals
"""


def put(home: Path, place: str, text: str) -> Path:
    path = home / "queries" / f"{place}.sql"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def built(home: Path, hours: int | None) -> District:
    """A home with two services, 2 and 4 hours long, and its own metric of `hours` or more."""
    home_with_sources(home)
    if hours is not None:
        put(home, "metrics/own_long", LONG_HOURS.format(hours=hours))
    settings = district.load(home)
    rows = service(
        ["2024-03-05", "张三", "13800000001", "巡逻", 2],
        ["2024-03-06", "李四", "13800000002", "巡逻", 4],
    )
    assert take(settings, rows, covers="2024-03")["accepted"] == 2
    warehouse.rebuild(home)
    return settings


def long_services(home: Path, capsys: pytest.CaptureFixture[str]) -> float:
    arguments = ["metric", "own_long", "--community", "east", "--period", "2024-03", "--json"]
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "--home", str(home)])
    assert ended.value.code == 0
    ((found,),) = [json.loads(capsys.readouterr().out)]
    return float(found["value"])


def test_two_homes_in_one_process_have_metrics_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, hours in (("one", 4), ("other", 2), ("plain", None)):
        built(tmp_path / name, hours)
    assert long_services(tmp_path / "one", capsys) == 1
    assert long_services(tmp_path / "other", capsys) == 2
    with pytest.raises(SystemExit) as ended:
        cli.main(["metric", "own_long", "--json", "--home", str(tmp_path / "plain")])
    assert ended.value.code == 2
    plain = warehouse.current(tmp_path / "plain")
    assert plain.rows("select * from metric_values where metric = 'own_long'") == []


def test_who_reads_has_the_catalogue_of_the_home(tmp_path: Path) -> None:
    settings = built(tmp_path, 4)
    data, known = warehouse.current(tmp_path), catalog.of(tmp_path)
    assert "own_long" in known.metrics
    assert known == data.catalog == settings.catalog == settings.source("east_service").catalog
    (march,) = [one for one in periods_of(data)["month"] if one.id == "2024-03"]
    view = View(march, None, ("east", "west"), catalog=data.catalog)
    totals = period_values.totals(data, view, ["own_long"])
    assert list(totals[totals["community"] == "east"]["value"]) == [1]
    by_category = period_values.by_member(data, view, "own_long", "category")
    assert list(by_category["metric"].unique()) == ["own_long"]


def test_a_changed_definition_is_built_and_read_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(tmp_path, 4)
    before, data = catalog.of(tmp_path), warehouse.current(tmp_path)
    assert warehouse.rebuild(tmp_path) == data.path
    path = put(tmp_path, "metrics/own_long", LONG_HOURS.format(hours=2))
    os.utime(path, ns=(1, 1))
    after = catalog.of(tmp_path)
    assert after != before
    assert after.fingerprint != before.fingerprint
    assert warehouse.current(tmp_path).cache_key != data.cache_key
    settings = district.load(tmp_path)
    assert settings.cache_key != replace(settings, catalog=before).cache_key
    assert warehouse.rebuild(tmp_path) != data.path
    assert long_services(tmp_path, capsys) == 2
    path.unlink()
    warehouse.rebuild(tmp_path)
    left = warehouse.current(tmp_path).rows("select distinct metric from metric_values")
    assert "own_long" not in {row["metric"] for row in left}


def test_a_rule_of_the_home_finds_in_its_rows_only(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    put(own, "checks/own_too_long", TOO_LONG)
    for home in (own, other):
        built(home, None)
    found = [
        [row["check_name"] for row in warehouse.current(home).rows("from findings")]
        for home in (own, other)
    ]
    assert ("own_too_long" in found[0], "own_too_long" in found[1]) == (True, False)


def test_a_table_of_the_home_is_built_and_counts_where_all_tables_do(tmp_path: Path) -> None:
    put(tmp_path, "tables/own_meals", OWN_TABLE)
    built(tmp_path, None)
    known = catalog.of(tmp_path)
    assert warehouse.current(tmp_path).rows("from own_meals") == []
    assert "own_meals" in known.metrics["findings_count"].tables
    assert "own_meals" not in catalog.program().metrics["findings_count"].tables


def test_rows_of_a_table_of_the_home_are_imported_and_counted(tmp_path: Path) -> None:
    put(tmp_path, "tables/own_meals", OWN_TABLE)
    put(tmp_path, "metrics/own_served", MEALS_SERVED)
    settings = home_with_sources(tmp_path)
    text = (tmp_path / "district.toml").read_text("utf-8")
    expected = '[[expected]]\ncommunity = "east"\ntables = ["own_meals"]\nfrom = 2024-03-01\n'
    (tmp_path / "district.toml").write_text(f"{text}\n{expected}", "utf-8")
    settings = district.load(tmp_path)
    rows = csv_file([["日期", "份数"], ["2024-03-05", "3"], ["2024-03-06", "4"]])
    taken = take(settings, rows, covers="2024-03")
    assert (taken["source"], taken["accepted"]) == ("template_own_meals", 2)
    (piece,) = match_source.pieces([imports.open_file("助餐.csv", rows)])
    assert proposal.propose(settings, piece)[0].table == "own_meals"
    warehouse.rebuild(tmp_path)
    (served,) = warehouse.current(tmp_path).rows(
        "select value, state from metric_values where metric = 'own_served' and dimension is null"
        " and community = 'east' and period = '2024-03'"
    )
    assert served == {"value": 7, "state": "reported"}


@pytest.mark.parametrize("place", ["tables/service", "metrics/redemptions", "facts/service"])
def test_no_name_of_the_program_can_be_taken(place: str, tmp_path: Path) -> None:
    put(tmp_path, place, "-- title: x | x")
    with pytest.raises(CatalogError, match=f"{Path(place).name}.sql: there are"):
        catalog.of(tmp_path)


def test_a_wrong_file_of_the_home_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home_with_sources(tmp_path)
    put(tmp_path, "metrics/own_long", re.sub(r"people: residents", "", LONG_HOURS))
    with pytest.raises(SystemExit) as ended:
        cli.main(["build", "--home", str(tmp_path)])
    assert ended.value.code == 1
    assert "own_long.sql: the header lacks people" in capsys.readouterr().err


def test_a_catalogue_never_changes() -> None:
    known = catalog.program()
    assert known is catalog.of(Path("a home without queries"))
    for held in (known.tables, known.facts, known.metrics, known.checks, known.views):
        with pytest.raises(TypeError):
            held["more"] = held  # type: ignore[index]  # what must not be possible
    column = known.tables["points"].column("kind")
    with pytest.raises(TypeError):
        column.words["more"] = column.title  # type: ignore[index]  # likewise
    with pytest.raises(FrozenInstanceError):
        known.fingerprint = ""  # type: ignore[misc]  # likewise
    again = pickle.loads(pickle.dumps(known))
    assert again == copy.deepcopy(known) == known
    assert again.metrics == known.metrics


ASKED: list[str] = []


@memoised
def titles(known: catalog.Catalog) -> list[str]:
    ASKED.append(known.fingerprint)
    return [metric.title.en for metric in known.metrics.values()]


def test_what_is_kept_of_one_catalogue_is_not_given_for_another(tmp_path: Path) -> None:
    ASKED.clear()
    put(tmp_path, "metrics/own_long", LONG_HOURS.format(hours=4))
    own = catalog.of(tmp_path)
    found = [titles(known) for known in (own, catalog.program(), own)]
    assert ["Long services" in one for one in found] == [True, False, True]
    assert len(ASKED) == 2
