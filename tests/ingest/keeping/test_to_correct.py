"""A number says how many rows in quarantine it lacks, until a newer import takes their place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import asking
from import_kit import home_with_sources, service, take

from lingti.district import District
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.to_correct import to_correct
from lingti.judging import publication

GOOD = ("李明华", "13800000001", "清扫", "2")
BAD = ("张丽丽", "13800000002", "清扫", "很久")


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def waiting(home: District) -> list[tuple[object, ...]]:
    found = to_correct(batches.manifests(home.home))
    return [(one.batch, one.tables, one.first_day, one.last_day, one.rows) for one in found]


def test_each_waits_in_its_month_and_without_a_day_in_all_of_its_batch(home: District) -> None:
    rows = [["2024-01-05", *GOOD], ["2024-01-06", *BAD], ["2024-02-09", *BAD], ["某天", *GOOD]]
    take(home, service(*rows), covers="2024-01-01/2024-03-31")
    assert waiting(home) == [
        (1, ["service"], date(2024, 1, 1), date(2024, 3, 31), 1),
        (1, ["service"], date(2024, 1, 1), date(2024, 1, 31), 1),
        (1, ["service"], date(2024, 2, 1), date(2024, 2, 29), 1),
    ]
    corrected = [["2024-01-05", *GOOD], ["2024-01-06", *GOOD]]
    take(home, service(*corrected), covers="2024-01")
    assert waiting(home) == [
        (1, ["service"], date(2024, 2, 1), date(2024, 3, 31), 1),
        (1, ["service"], date(2024, 2, 1), date(2024, 2, 29), 1),
    ]


def test_numbers_tell_how_many_they_lack(home: District) -> None:
    rows = [
        ["2024-01-05", *GOOD],
        ["2024-01-06", *BAD],
        ["2024-02-09", *BAD],
        ["2024-03-09", *GOOD],
    ]
    take(home, service(*rows), covers="2024-01-01/2024-03-31")
    publication.rebuild(home.home)
    ask = asking(home.home)
    told = {
        (row["community"], row["period"]): row["to_correct"]
        for period in ("2024-01", "2024-02", "2024-03", "2024-Q1")
        for row in ask("volunteer_hours", "--period", period)
        if row["community"] in ("east", "district")
    }
    each = {"2024-01": 1, "2024-02": 1, "2024-03": 0, "2024-Q1": 2}
    assert told == {(one, period): n for one in ("east", "district") for period, n in each.items()}
    (of_range,) = ask(
        "volunteer_hours", "--community", "east", "--from", "2024-02-01", "--to", "2024-02-20"
    )
    assert of_range["to_correct"] == 1
    assert {row["to_correct"] for row in ask("activities_held", "--period", "2024-01")} == {0}
