"""Members of a column that count as one: in numbers, at once and back again, in every build."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from half_set_up_kit import BY, named, sent

from lingti import warehouse
from lingti.district import change
from lingti.district.typed_lists import Typed
from lingti.judging import publication

ROWS = [
    ["日期", "姓名", "活动", "时长"],
    ["2026-03-01", "王甲", "环保", "1"],
    ["2026-03-02", "王乙", "环境整治", "2"],
    ["2026-03-03", "王丙", "助老", "4"],
]


def by_category(home: Path) -> dict[Any, Any]:
    found = warehouse.current(home).rows(
        "select member, value from metric_values where metric = 'volunteer_hours'"
        " and period = '2026-03' and community = 'district' and dimension = 'category'"
    )
    return {row["member"]: row["value"] for row in found}


def test_united_categories_count_as_one_and_stand_alone_again(
    tmp_path: Path, monkeypatch: Any
) -> None:
    home = tmp_path / "home"
    named(home, Typed("望江社区", "", 5200, 1800))
    monkeypatch.setitem(_columns(), "category", "活动")
    sent(home, "望江", "service", ROWS, "2026-03")
    change.expectation(home, "望江", "service", date(2026, 3, 1), "month", BY)
    publication.rebuild(home)
    assert by_category(home) == {"环保": 1, "环境整治": 2, "助老": 4}
    change.unite(home, "service", "category", "环保", "环境整治", BY)
    publication.rebuild(home)
    assert by_category(home) == {"环境整治": 3, "助老": 4}
    publication.rebuild(home, full=True)
    assert by_category(home) == {"环境整治": 3, "助老": 4}
    change.unite(home, "service", "category", "环保", "", BY)
    publication.rebuild(home)
    assert by_category(home) == {"环保": 1, "环境整治": 2, "助老": 4}


def _columns() -> dict[str, Any]:
    from half_set_up_kit import _SOURCES

    columns = _SOURCES["service"][0]
    assert isinstance(columns, dict)
    return columns
