"""What the months of a year hold is what the year holds, also from before a community began."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
from exhaustive import part
from kit import insert, measured, small_warehouse
from text_tables import cells, rows, values

from lingti import catalog, warehouse
from lingti.catalog import Metric
from lingti.warehouse import fast

METRICS = list(catalog.program().metrics.values())
# What a period adds up to; persons and things that count once in each are no sums.
_UNEQUAL = """
with of_periods as (
    select metric_values.*, periods.first_day, periods.last_day
    from metric_values
    join periods using (grain, period)
    where metric in (select unnest($metrics::varchar[])) and dimension is null
)
select whole.metric, whole.community, whole.period, whole.{part}, sum(months.{part})
from of_periods as whole
join of_periods as months
    on months.metric = whole.metric
    and months.community = whole.community
    and months.grain = 'month'
    and months.first_day between whole.first_day and whole.last_day
where whole.grain in ('quarter', 'year')
group by all
having
    not bool_or(months.state = 'not_reported')
    and abs(coalesce(whole.{part}, 0) - coalesce(sum(months.{part}), 0)) > 1e-6
order by all
"""


def adding_up(metrics: list[Metric]) -> dict[str, list[str]]:
    """`value`, `numerator` and `denominator` → the metrics of which it adds up over months."""
    parts = [
        (part, metric.name, aggregate)
        for metric in metrics
        if metric.window == "period"
        for part, aggregate in (
            ("numerator" if metric.is_share else "value", metric.numerator),
            ("denominator", (metric.is_share and metric.denominator) or ""),
        )
    ]
    return {
        wanted: [
            name
            for part, name, aggregate in parts
            if part == wanted
            and aggregate.startswith(("sum(", "count("))
            and "distinct" not in aggregate
        ]
        for wanted in ("value", "numerator", "denominator")
    }


def unequal(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The quarters and years that are not what their months add up to."""
    return [
        row
        for part, names in adding_up(METRICS).items()
        for row in con.execute(_UNEQUAL.format(part=part), {"metrics": names}).fetchall()
    ]


def test_on_the_sample_months_make_quarters_and_years(sample_home: Path) -> None:
    assert len(adding_up(METRICS)["value"]) > 20
    published = warehouse.current(sample_home)
    found = [
        row
        for part, names in adding_up(METRICS).items()
        for row in published.rows(_UNEQUAL.format(part=part), metrics=names)
    ]
    assert found == []


@pytest.mark.parametrize("seed", part(range(4), 1))
def test_on_random_rows_before_and_after_the_start_they_do(seed: int) -> None:
    random = Random(seed)
    tables = catalog.program().tables
    con = small_warehouse(
        {},
        population=dict.fromkeys("abcd", (1000, 400)),
        expected={"a": list(tables), "b": list(tables), "c": ["service", "concerns"], "d": []},
        begins={"b": "2024-04-01", "c": "2024-05-17"},
        last_day="2024-12-31",
    )
    for name, table in tables.items():
        days = [column.name for column in table.columns if column.type == "date"]
        for _ in range(60):
            day = date(2024, 1, 1) + timedelta(days=random.randint(0, 180))
            row: dict[str, object] = {"community": random.choice("abcd")}
            for column in table.columns:
                if column.name in days:
                    row[column.name] = day + timedelta(days=9 * days.index(column.name))
                elif column.allowed:
                    row[column.name] = random.choice(column.allowed)
                elif column.type == "boolean":
                    row[column.name] = random.random() < 0.5
                else:
                    row[column.name] = random.randint(
                        int(column.low or 1), int(column.low or 1) + 9
                    )
            insert(con, name, [row])
    fast.measure_all(con, METRICS)
    assert unequal(con) == []
    states = {row[1] for row in measured(con, "volunteer_hours", columns="community, state")}
    assert states >= {"reported", "before_start", "not_run"}


# c begins in July, and has rows of May; d in July too, and has none.
LATE = """
    community  day         resident  activity  category  hours
    a          2024-06-08  r1        清洁      环保      3
    c          2024-05-09  r2        清洁      环保      5
    c          2024-07-09  r2        清洁      环保      1
"""


def test_rows_from_before_the_start_count_and_are_said_to_be() -> None:
    con = small_warehouse(
        {"service": rows(LATE)},
        population=dict.fromkeys("acd", (1000, 400)),
        begins={"c": "2024-07-01", "d": "2024-07-01"},
        starts_on="2024-05-01",
        last_day="2024-07-31",
    )
    expected = """
        community  period   dimension  member  volunteer_hours  state
        a          2024-05  -          -       0                reported
        a          2024-06  -          -       3                reported
        a          2024-06  activity   清洁    3                reported
        a          2024-06  category   环保    3                reported
        a          2024-07  -          -       0                reported
        c          2024-05  -          -       5                before_start
        c          2024-05  activity   清洁    5                before_start
        c          2024-05  category   环保    5                before_start
        c          2024-06  -          -       -                not_run
        c          2024-07  -          -       1                reported
        c          2024-07  activity   清洁    1                reported
        c          2024-07  category   环保    1                reported
        d          2024-05  -          -       -                not_run
        d          2024-06  -          -       -                not_run
        d          2024-07  -          -       0                reported
        district   2024-05  -          -       5                reported
        district   2024-05  activity   清洁    5                reported
        district   2024-05  category   环保    5                reported
        district   2024-06  -          -       3                reported
        district   2024-06  activity   清洁    3                reported
        district   2024-06  category   环保    3                reported
        district   2024-07  -          -       1                reported
        district   2024-07  activity   清洁    1                reported
        district   2024-07  category   环保    1                reported
    """
    assert values(con, expected) == cells(expected)
