"""Verdicts as they are kept with a publication, and as everybody reads them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import run_lingti

from lingti import catalog, district, warehouse
from lingti.access.roles import ReaderView
from lingti.district import journal
from lingti.judging.periods import Period, periods_of
from lingti.judging.publication import rebuild
from lingti.judging.verdicts import verdicts


def month(home: Path, name: str) -> Period:
    found = periods_of(warehouse.current(home))["month"]
    return next(one for one in found if one.id == name)


def test_what_is_kept_is_what_is_worked_out_when_asked(sample_home: Path) -> None:
    settings, data = district.load(sample_home), warehouse.current(sample_home)
    december = month(sample_home, "2024-12")
    for name in (
        "placements",
        "volunteer_hours",
        "concerns_resolved_in_time_share",
        "goods_on_shelf",
    ):
        metric = catalog.program().metrics[name]
        for place in ("guqiao", "jinghang", "district"):
            kept = verdicts.of(data, [name], [place], december)[name, place]
            asked = verdicts.judged(data, settings, metric, place, december)
            assert (kept.verdict, kept.reason, kept.rules) == (
                asked.verdict,
                asked.reason,
                asked.rules,
            )
            assert (kept.count, kept.centre, kept.lower, kept.upper) == (
                asked.count,
                asked.centre,
                asked.lower,
                asked.upper,
            )


def test_a_quarter_has_no_verdict_but_the_signals_of_its_months(sample_home: Path) -> None:
    data = warehouse.current(sample_home)
    quarters = periods_of(data)["quarter"]
    last = next(one for one in quarters if one.id == "2024-Q4")
    told = verdicts.of(data, ["placements"], ["jinghang"], last)["placements", "jinghang"]
    assert (told.verdict, told.reason) == ("not_judged", "long_period")
    months = [
        verdicts.of(data, ["placements"], ["jinghang"], month(sample_home, f"2024-{number}"))
        for number in (10, 11, 12)
    ]
    assert {period for period, _said in told.signals} == {
        period
        for found in months
        for one in found.values()
        for period in [
            *(period for period, _said in one.signals),
            *([one.judged_period] if one.is_signal else []),
        ]
    }


def test_the_command_prints_what_is_kept(sample_home: Path) -> None:
    asked = ("verdict", "placements", "--community", "jinghang", "--period", "2024-12")
    (row,) = json.loads(run_lingti(*asked, "--json", "--home", sample_home))
    data = warehouse.current(sample_home)
    kept = verdicts.of(data, ["placements"], ["jinghang"], month(sample_home, "2024-12"))
    told = kept["placements", "jinghang"]
    assert (row["verdict"], row["chart"], row["points"]) == (told.verdict, told.chart, told.count)
    assert row["verdict"] == "worsening"
    assert row["state"] == "reported"
    (week,) = json.loads(
        run_lingti(
            "verdict",
            "placements",
            "--community",
            "jinghang",
            "--period",
            "2024-W52",
            "--json",
            "--home",
            sample_home,
        )
    )
    assert (week["verdict"], week["judged"]) == ("worsening", "2024-W52")


def test_readers_of_published_values_get_the_word_without_its_numbers(sample_home: Path) -> None:
    december = month(sample_home, "2024-12")
    names = ["active_volunteers", "training_completed", "volunteer_hours"]
    places = ["nanfeng", "guqiao", "jinghang", "binhu", "district"]
    whole = warehouse.current(sample_home)
    reader = warehouse.current(sample_home, ReaderView(frozenset({"guqiao"})))
    seen = verdicts.of(reader, names, places, december)
    own = verdicts.of(whole, names, places, december)
    published = verdicts.of(whole, names, places, december, published=True)
    for key, told in seen.items():
        assert told == (own if key[1] == "guqiao" else published)[key]
        if key[1] != "guqiao":
            assert (told.centre, told.lower, told.upper, told.count) == (None, None, None, 0)
    withheld = {
        (row["metric"], row["community"])
        for row in whole.rows(
            "select metric, community from published_values where state = 'withheld'"
            " and period = '2024-12' and dimension is null"
        )
    }
    assert {key for key, told in published.items() if told.verdict == "withheld"} == {
        key for key in withheld if key[0] in names
    }


def test_a_baseline_that_is_entered_counts_with_the_next_publication(
    sample_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    december = month(home, "2024-12")
    key = ("placements", "jinghang")
    before = verdicts.of(warehouse.current(home), [key[0]], [key[1]], december)[key]
    rebased = journal.Baseline(None, (journal.Rebase("2024-W40", "招聘季结束"),))
    journal.set_baseline(home, "jinghang", "placements", "week", rebased, "tester")
    rebuild(home)
    after = verdicts.of(warehouse.current(home), [key[0]], [key[1]], december)[key]
    assert before.count > after.count
    same = ("volunteer_hours", "guqiao")
    assert verdicts.of(warehouse.current(home), [same[0]], [same[1]], december)[same].count > 12


@pytest.fixture(autouse=True)
def built_with_verdicts(sample_home: Path) -> None:
    """The sample is built by the command, which judges."""
    assert warehouse.current(sample_home).rows("select 1 as one from verdicts limit 1")
