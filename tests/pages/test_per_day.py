"""A change between months of different lengths is that of a day, on every surface the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Ask
from page_kit import html, opened, text

from lingti import language
from lingti.judging import number_text
from lingti.report import gather
from lingti.report.sentences import clerk

PLACE, METRIC = "district", "placements"


@pytest.fixture
def part(ask: Ask) -> float:
    """By how much fewer a day of December brought than one of November."""
    now, before = (
        next(row["value"] for row in ask(METRIC, "--period", month) if row["community"] == PLACE)
        for month in ("2024-12", "2024-11")
    )
    found: float = (now / 31) / (before / 30) - 1
    assert found < -0.1
    return found


def test_pages_and_documents_say_the_same(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, part: float
) -> None:
    whole, exact = number_text.share(abs(part)), number_text.share(part, 1)
    jobs = opened(monkeypatch, sample_home, "jobs", period="2024-12")
    assert f"日均比11月减少{whole}" in text(jobs)
    assert f"↓ 日均{whole}" in re.sub(r"<[^>]*>", "", html(jobs))
    beside = opened(monkeypatch, sample_home, "compared", period="2024-12", metric=METRIC)
    assert f"（日均{exact}）" in text(beside)
    language.use("zh")
    material = gather(sample_home, "2024-12")
    said = clerk.findings(material, material.catalog.metrics[METRIC], PLACE)
    assert f"，比上月减少16人次（日均{exact}）" in said


def test_months_of_one_length_and_what_is_no_amount_are_compared_as_they_are(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    august = text(opened(monkeypatch, sample_home, "jobs", period="2024-08"))
    assert "比7月" in august
    assert "日均" not in august
    stocks = text(opened(monkeypatch, sample_home, "partnerships", period="2024-12"))
    assert "日均" not in stocks.partition("新签")[0]
