from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti.ingest.checking import coverage
from lingti.ingest.checking.coverage import CoverageError, Span

DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda pair: Span(min(pair), max(pair))), max_size=6)


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def days_of(spans: list[Span]) -> set[date]:
    return {
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    }


@pytest.mark.parametrize("text", ["", "June", "2024-13", "2024-06-30/2024-06-01", "2024-Q5"])
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(CoverageError):
        coverage.parse(text)


@given(SPANS)
def test_what_is_written_reads_back(spans: list[Span]) -> None:
    merged = coverage.merge(spans)
    if merged:
        assert coverage.parse(coverage.write(merged)) == merged


@given(SPANS, SPANS)
def test_spans_behave_as_sets_of_days(left: list[Span], right: list[Span]) -> None:
    assert days_of(coverage.merge(left)) == days_of(left)
    assert days_of(coverage.subtract(left, right)) == days_of(left) - days_of(right)


@given(SPANS, DAYS)
def test_nothing_is_covered_after_the_day_of_export(spans: list[Span], last: date) -> None:
    assert days_of(coverage.cap(spans, last)) == {day for day in days_of(spans) if day <= last}


def test_whole_months_touched() -> None:
    days = [date(2024, 1, 31), date(2024, 2, 1), date(2024, 4, 15)]
    assert coverage.write(coverage.months_touched(days)) == "2024-01-01/2024-02-29,2024-04"
