"""What day it is comes from one clock, which can be set."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from lingti import clock, district

ROOT = Path(__file__).parent.parent
ASKS = re.compile(
    r"\b(?:date|datetime|Timestamp)\.today\b|\bnow\([^)]*\)\.(?:date|year|month|day)\b"
    r"|\bcurrent_date\b|\bget_current_|\blocaltime\b|\bfromtimestamp\("
)


def test_nothing_else_asks_for_the_day() -> None:
    files = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "lingti").rglob("*.py")]
    files += (ROOT / "queries").rglob("*.sql")
    asking = [path for path in files if ASKS.search(path.read_text("utf-8"))]
    assert asking == [ROOT / "lingti" / "clock.py"]


def test_no_query_asks_the_database_for_the_time() -> None:
    for path in (ROOT / "queries").rglob("*.sql"):
        assert not re.search(r"\b(?:now|today)\(\)", path.read_text("utf-8")), path.name


def test_the_variable_wins_over_the_sample_and_that_over_the_calendar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample = date(2025, 2, 4)
    monkeypatch.delenv(clock.TODAY, raising=False)
    assert clock.today() == date.today()
    assert clock.today(sample) == sample
    monkeypatch.setenv(clock.TODAY, "2024-06-10")
    assert clock.today() == clock.today(sample) == date(2024, 6, 10)
    monkeypatch.setenv(clock.TODAY, "June")
    with pytest.raises(clock.ClockError, match="LINGTI_TODAY: 'June'"):
        clock.today()


def test_the_sample_stands_between_its_last_day_and_what_is_due_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(clock.TODAY, raising=False)
    assert district.load(ROOT / "sample_data").today == date(2025, 2, 4)
