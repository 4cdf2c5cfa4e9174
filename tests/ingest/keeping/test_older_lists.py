"""Cases of an older list that a newer one tells otherwise: a correction, or outdated."""

from pathlib import Path
from typing import Any

import pytest
from import_kit import TICKETS, csv_file, home_with_sources, stored, take

from lingti.district import District
from lingti.ingest.keeping import batches

COLUMNS = "category, resolved_on::varchar"
JANUARY = csv_file([TICKETS, ["A1", "2024-01-06", "物业", ""], ["A2", "2024-01-07", "环境", ""]])
FEBRUARY = csv_file([TICKETS, ["A1", "2024-01-06", "物业", "2024-02-09"]])
CORRECTED = csv_file([TICKETS, ["A1", "2024-01-06", "噪音", ""], ["A2", "2024-01-07", "环境", ""]])


@pytest.fixture
def home(tmp_path: Path) -> District:
    """A case of January that February's list tells on."""
    found = home_with_sources(tmp_path)
    take(found, JANUARY, "一月.csv", covers="2024-01")
    take(found, FEBRUARY, "二月.csv", covers="2024-02")
    return found


def fates(document: dict[str, Any]) -> tuple[int, int, int]:
    names = ("accepted", "already_present", "outdated")
    found = tuple(document[name] for name in names)
    assert document["read"] == sum(found) + document["quarantined"] + document["set_aside"]
    return found  # type: ignore[return-value]  # three of them


def test_an_older_list_that_differs_is_asked_about(home: District) -> None:
    document = take(home, CORRECTED, "一月更正.csv", covers="2024-01")
    (question,) = document["questions"]
    assert [one["id"] for one in question["choices"]] == ["outdated", "correction"]
    assert document["batch"] is None
    assert stored(home, "concerns", COLUMNS) == [("物业", "2024-02-09"), ("环境", None)]


def test_an_outdated_row_changes_nothing_and_is_told(home: District) -> None:
    (question,) = take(home, CORRECTED, "一月.csv", covers="2024-01")["questions"]
    said = {question["id"]: "outdated"}
    document = take(home, CORRECTED, "一月.csv", covers="2024-01", answers=said)
    assert fates(document) == (0, 1, 1)
    assert batches.manifests(home.home)[-1].answers[0]["choice"] == "outdated"
    assert stored(home, "concerns", COLUMNS) == [("物业", "2024-02-09"), ("环境", None)]
    again = take(home, CORRECTED, "一月.csv", covers="2024-01")
    assert (again["batch"], again["questions"], fates(again)) == (None, [], (0, 1, 1))


def test_a_correction_counts_until_a_newer_list_comes(home: District) -> None:
    (question,) = take(home, CORRECTED, "一月.csv", covers="2024-01")["questions"]
    said = {question["id"]: "correction"}
    document = take(home, CORRECTED, "一月.csv", covers="2024-01", answers=said)
    assert fates(document) == (1, 1, 0)
    assert stored(home, "concerns", COLUMNS) == [("噪音", None), ("环境", None)]
    march = csv_file([TICKETS, ["A1", "2024-01-06", "噪音", "2024-03-09"]])
    assert fates(take(home, march, "三月.csv", covers="2024-03")) == (1, 0, 0)
    assert stored(home, "concerns", COLUMNS) == [("噪音", "2024-03-09"), ("环境", None)]
    batches.undo(home.home, 4)
    batches.undo(home.home, 3)
    assert stored(home, "concerns", COLUMNS) == [("物业", "2024-02-09"), ("环境", None)]


def test_an_old_list_sent_again_as_it_was_asks_nothing(home: District) -> None:
    document = take(home, JANUARY, "一月.csv", covers="2024-01")
    assert (document["batch"], document["questions"]) == (None, [])
    assert fates(document) == (0, 1, 1)


def test_new_cases_of_an_older_list_count(home: District) -> None:
    late = csv_file([TICKETS, ["A3", "2024-01-08", "环境", ""]])
    assert fates(take(home, late, "一月补.csv", covers="2024-01")) == (1, 0, 0)
    assert len(stored(home, "concerns", COLUMNS)) == 3
