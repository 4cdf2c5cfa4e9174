"""Which rows break a rule: chosen by community, rule and days, and no more read than asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from kit import small_warehouse

from lingti.judging.reporting import findings
from lingti.judging.reporting.findings import Broken
from lingti.warehouse import Warehouse

FOUND = [
    ("over", "a", date(2024, 3, 5), 3),
    ("over", "a", date(2024, 3, 6), 4),
    ("over", "b", None, 5),
    ("twice", "a", None, 6),
    ("twice", "b", date(2024, 3, 6), 7),
]


@pytest.fixture
def found() -> Warehouse:
    con = small_warehouse({})
    con.executemany(
        "insert into findings select ?, ?, ?, 1, {'file': 1, 'sheet': 1, 'row': ?}, 'so', null",
        [list(one) for one in FOUND],
    )
    con.execute("insert into files values (1, 1, 'hours.xlsx', ['March'])")
    return Warehouse(Path("000001.duckdb"), con)


@pytest.mark.parametrize(
    ("which", "rows"),
    [
        (Broken(["a", "b"]), [3, 4, 5, 6, 7]),
        (Broken(["b"]), [5, 7]),
        (Broken([]), []),
        (Broken(["a", "b"], "twice"), [6, 7]),
        (Broken(["a", "b"], days=(date(2024, 3, 6), date(2024, 3, 12))), [4, 7]),
        (Broken(["a"], "over", (date(2024, 3, 1), date(2024, 3, 5))), [3]),
    ],
)
def test_findings_are_chosen_and_counted(found: Warehouse, which: Broken, rows: list[int]) -> None:
    frame = which.rows(found, 10)
    assert sorted(frame["row"]) == rows
    assert set(zip(frame["file"], frame["sheet"], strict=True)) <= {("hours.xlsx", "March")}
    assert which.count(found) == len(rows)
    assert len(which.rows(found, 2)) == min(2, len(rows))


def test_how_often_each_rule_is_broken_where(found: Warehouse) -> None:
    assert list(findings.by_rule(found).itertuples(index=False, name=None)) == [
        ("a", "over", 2),
        ("a", "twice", 1),
        ("b", "over", 1),
        ("b", "twice", 1),
    ]
