"""Periods are understood as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from lingti.ingest.checking import coverage
from lingti.ingest.layout.written_periods import period_id


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025年1月", "2025-01"),
        ("2026年第三季度", "2026-Q3"),
        ("一季度", "2026-Q1"),
        ("上半年", "2026-H1"),
        ("2025年下半年", "2025-H2"),
        ("2026年1月至10月", "2026-10-YTD"),
        ("2026年1月至12月", "2026"),
        ("2026年", "2026"),
        ("2026年3月至5月", "2026-03-01/2026-05-31"),
        ("12月", "2025-12"),
        ("2024-H1", "2024-H1"),
        ("nothing", "nothing"),
    ],
)
def test_a_period_is_understood(written: str, meant: str) -> None:
    assert period_id(written, date(2026, 11, 30)) == meant


def test_days_covered_are_too() -> None:
    assert coverage.parse("2024年上半年") == coverage.parse("2024-01-01/2024-06-30")
