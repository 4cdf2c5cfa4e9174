"""The metric findings_count goes by day and rule; it is partial while any table is missing."""

from __future__ import annotations

from kit import measured, small_warehouse
from text_tables import rows

from lingti import catalog
from lingti.warehouse import plain

CONCERNS = """
    community  day         category  resolved_on
    a          2024-06-10  物业      2024-06-08
    a          2024-06-11  物业      2024-06-09
    a          2024-06-12  物业      2024-06-20
"""


def test_findings_count_by_day_and_rule() -> None:
    con = small_warehouse(
        {"concerns": rows(CONCERNS)},
        population=dict.fromkeys(("a", "b", "c"), (1000, 400)),
        expected={"a": ["concerns"], "b": ["concerns", "visits"], "c": []},
        covered={("b", "visits"): []},
        starts_on="2024-06-01",
    )
    plain.run_checks(con, catalog.program())
    assert measured(con, "findings_count") == [
        ("a", "2024-06", None, None, 2, "reported"),
        ("a", "2024-06", "rule", "resolved_before_raised", 2, "reported"),
        ("b", "2024-06", None, None, 0, "partial"),
        ("c", "2024-06", None, None, None, "not_run"),
        ("district", "2024-06", None, None, 2, "partial"),
        ("district", "2024-06", "rule", "resolved_before_raised", 2, "partial"),
    ]
