"""Every number of the workbook's sheets is one that `lingti` prints."""

from __future__ import annotations

import io
from typing import Any

import pytest
from conftest import Ask
from python_calamine import CalamineWorkbook
from report_kit import BEFORE, PERIOD, PLACES, Document, Known, asked_by_time, by_then, by_title

from lingti import catalog
from lingti.catalog import DISTRICT

Book = dict[str, list[dict[str, Any]]]
NUMBERS = {"Metrics", "Over time", "By part", "Targets", "Findings", "Definitions"}
NUMBERS |= {"Coverage", "Batches"}
WORDS = {"About", "Charts", "Decisions", "Not reported"}


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def book(document: Document, place: str) -> Book:
    """Sheet → its rows by their headings."""
    opened = CalamineWorkbook.from_filelike(io.BytesIO(document(place, "xlsx")))
    made = {}
    for name in opened.sheet_names:
        head, *rows = opened.get_sheet_by_name(name).to_python() or [[]]
        made[name] = [dict(zip(head, row, strict=True)) for row in rows] if name in NUMBERS else []
    assert set(made) == NUMBERS | WORDS
    return made


def cell(value: Any) -> float | None:
    return None if value == "" else float(value)


def test_metrics_and_their_history(book: Book, known: Known, place: str) -> None:
    for row in book["Metrics"]:
        metric, one = by_title(row["Metric"]), known.place(row["Community"])
        now, before = (known.printed.of(metric.name, one, when) for when in (PERIOD, BEFORE))
        assert cell(row["This period"]) == pytest.approx(now)
        assert cell(row["Period before"]) == pytest.approx(before)
        if row["Change"] != "":
            assert now is not None
            assert before is not None
            assert cell(row["Change"]) == pytest.approx(now - before)
        if row["Per 1,000"] != "":
            assert cell(row["Per 1,000"]) == pytest.approx(known.rate(metric, one))
    for row in book["Over time"]:
        metric, when = by_title(row["Metric"]), f"{row['Period']:%Y-%m}"
        for name in row.keys() - {"Metric", "Unit", "Period", "Missing"}:
            expected = known.printed.of(metric.name, known.place(name), when)
            assert cell(row[name]) == pytest.approx(expected), (metric.name, when, name)
    assert len(book["Over time"]) > 100


def test_every_part_of_every_metric(book: Book, known: Known, ask: Ask, place: str) -> None:
    columns: dict[tuple[str, str], str] = {}
    for metric in catalog.program().metrics.values():
        for dimension in metric.dimensions:
            title = catalog.dimension_title(metric, dimension).en
            columns[metric.title.en, title] = dimension
    asked = sorted({(row["Metric"], row["Parted by"]) for row in book["By part"]})
    for title, parted_by in asked:
        metric, dimension = by_title(title), columns[title, parted_by]
        printed = {
            (one["community"], catalog.member_title(metric, dimension, one["member"]).en): one[
                "value"
            ]
            for one in known.ask(metric.name, "--period", PERIOD, "--by", dimension)
        }
        for row in book["By part"]:
            if (row["Metric"], row["Parted by"]) == (title, parted_by):
                expected = printed[known.place(row["Community"]), row["Part"]]
                assert cell(row["This period"]) == pytest.approx(expected), (title, row["Part"])
    assert len(book["By part"]) > 50


def test_targets(book: Book, known: Known, place: str) -> None:
    standing = {(one.place, one.metric.name): one for one in known.material.targets}
    for row in book["Targets"]:
        metric, one = by_title(row["Metric"]), known.place(row["Community"])
        found = standing[one, metric.name]
        assert row["Target"] == pytest.approx(known.targets[one, metric.name])
        assert row["As of"].isoformat()[:10] == found.as_of.isoformat()
        assert cell(row["Reached so far"]) == pytest.approx(
            by_then(known, metric, one, found.as_of)
        )
        needed = asked_by_time(found, metric, known)
        assert row["Asked by time"] == pytest.approx(needed, abs=0.51 * 10**-metric.decimals)
    assert len(book["Targets"]) == sum(place in (DISTRICT, one) for one, _name in known.targets)


def test_findings_coverage_batches_and_versions(book: Book, known: Known, place: str) -> None:
    titles = {one.title.en: name for name, one in catalog.program().checks.items()}
    for row in book["Findings"]:
        key = (titles[row["Rule broken"]], known.place(row["Community"]))
        days = [one["day"] for one in known.findings if (one["check"], one["community"]) == key]
        past = [day for day in days if day is None or day <= f"{PERIOD}-31"]
        assert row["So far"] == len(past), key
        assert row["This period"] == sum(str(day).startswith(PERIOD) for day in past), key
    for row in book["Coverage"]:
        assert row["Days expected"] == 30
        assert (row["Days reported"] == 30) == (row["State"] == "reported"), row
    accepted = {one["batch"]: one["accepted"] for one in known.batches}
    for row in book["Batches"]:
        assert row["Rows accepted"] == accepted[int(row["No."])]
    for row in book["Definitions"]:
        assert row["Version"] == catalog.program().metrics[row["Name"]].version
