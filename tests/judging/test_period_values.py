"""Comparison on a tiny district: changes, rates, gaps, and targets against the time gone by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from kit import small_warehouse

from lingti import catalog
from lingti.judging import period_values, sentences
from lingti.judging.period_values import View
from lingti.judging.periods import Period, Trail, latest_complete, trail_to
from lingti.judging.standing import targets
from lingti.report.sentences import topics
from lingti.warehouse import Warehouse, fast
from lingti.warehouse.frames import rows

MAY = Period("month", "2024-05", date(2024, 5, 1), date(2024, 5, 31))
JUNE = Period("month", "2024-06", date(2024, 6, 1), date(2024, 6, 30))
HALF_OF_JUNE = [("2024-01-01", "2024-06-15")]


def warehouse_of(names: list[str], **settings: object) -> Warehouse:
    """Two communities: a gives 4 hours in May and 6 in June, b gives 1 in each."""
    service = [
        {"community": "a", "day": "2024-05-10", "resident": "r1", "activity": "x", "hours": 4},
        {"community": "a", "day": "2024-06-10", "resident": "r1", "activity": "x", "hours": 6},
        {"community": "b", "day": "2024-05-10", "resident": "r2", "activity": "x", "hours": 1},
        {"community": "b", "day": "2024-06-10", "resident": "r2", "activity": "y", "hours": 1},
    ]
    con = small_warehouse(
        {"service": service}, population={"a": (2000, 800), "b": (500, 200)}, **settings
    )  # type: ignore[arg-type]
    fast.measure_all(con, [catalog.program().metrics[name] for name in names])
    return Warehouse(Path("000001.duckdb"), con)


def view(per: str = "total") -> View:
    return View(JUNE, MAY, ("a", "b"), per)


def told(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in frame[list(columns)].itertuples(index=False)
    ]


def test_a_breakdown_is_withheld_only_where_every_part_is() -> None:
    def parts(*states: str) -> pd.DataFrame:
        return pd.DataFrame({"state": list(states)})

    assert period_values.all_withheld(parts("withheld", "withheld"))
    assert not period_values.all_withheld(parts("withheld", "reported"))
    assert not period_values.all_withheld(parts())


def test_totals_stand_beside_the_month_before() -> None:
    totals = period_values.totals(warehouse_of(["volunteer_hours"]), view(), ["volunteer_hours"])
    assert told(totals, "community", "value", "previous", "change", "per_day") == [
        ("a", 6, 4, 2, True),
        ("b", 1, 1, 0, True),
        ("district", 7, 5, 2, True),
    ]
    per_day = [(6 / 30) / (4 / 31) - 1, (1 / 30) / (1 / 31) - 1, (7 / 30) / (5 / 31) - 1]
    assert totals["change_share"].tolist() == pytest.approx(per_day)


def test_what_is_no_amount_is_compared_as_it_is() -> None:
    """An average of a month does not grow with its days, nor does a quarter count as a month."""
    data = warehouse_of(["hours_per_volunteer"])
    totals = period_values.totals(data, view(), ["hours_per_volunteer"])
    assert told(totals, "community", "change_share", "per_day")[0] == ("a", 0.5, False)
    known = catalog.program().metrics
    told_per_day = {
        (name, grain): period_values.grows_with_days(known[name], grain)
        for name in ("volunteer_hours", "active_volunteers", "concerns_open", "concerns_raised")
        for grain in ("month", "quarter")
    }
    assert [key for key, is_told in told_per_day.items() if is_told] == [
        ("volunteer_hours", "month"),
        ("active_volunteers", "month"),
        ("concerns_raised", "month"),
    ]


def test_a_published_rate_is_per_thousand_of_all_whose_values_are_in_it() -> None:
    data = warehouse_of(["volunteer_hours"])
    data.connection.execute(
        """
        create or replace table published_values as
        select * replace (
            case when community <> 'district' then 'withheld' else state end as state,
            case when community = 'district' then value end as value
        )
        from metric_values
        """
    )
    published = View(JUNE, MAY, ("a", "b"), "residents", published=True)
    totals = period_values.totals(data, published, ["volunteer_hours"])
    assert told(totals, "community", "value", "state") == [
        ("a", None, "withheld"),
        ("b", None, "withheld"),
        ("district", 1000 * 7 / 2500, "reported"),
    ]


def test_rates_are_per_thousand_of_those_who_reported() -> None:
    data = warehouse_of(["volunteer_hours", "hours_per_volunteer"], covered={("b", "service"): []})
    totals = period_values.totals(
        data, view("residents"), ["volunteer_hours", "hours_per_volunteer"]
    )
    assert told(totals, "metric", "community", "value", "state") == [
        ("volunteer_hours", "a", 3, "reported"),
        ("volunteer_hours", "b", None, "not_reported"),
        ("volunteer_hours", "district", 3, "partial"),
        ("hours_per_volunteer", "a", 6, "reported"),
        ("hours_per_volunteer", "b", None, "not_reported"),
        ("hours_per_volunteer", "district", 6, "partial"),
    ]
    households = period_values.totals(data, view("households"), ["volunteer_hours"])
    assert told(households, "value") == [(7.5,), (None,), (7.5,)]


def test_a_part_of_a_month_is_not_compared_with_a_whole_one() -> None:
    data = warehouse_of(["volunteer_hours"], covered={("a", "service"): HALF_OF_JUNE})
    totals = period_values.totals(data, view(), ["volunteer_hours"])
    assert told(totals, "community", "state", "value", "previous", "change") == [
        ("a", "partial", 6, 4, None),
        ("b", "reported", 1, 1, 0),
        ("district", "partial", 7, 5, None),
    ]


def test_a_district_that_a_community_joined_is_not_compared_with_what_it_was() -> None:
    data = warehouse_of(["volunteer_hours"])
    data.connection.execute(
        "update metric_values set value = null, state = 'not_run'"
        " where community = 'b' and period = '2024-05'"
    )
    totals = period_values.totals(data, view(), ["volunteer_hours"])
    assert told(totals, "community", "value", "previous", "alike", "change") == [
        ("a", 6, 4, True, 2),
        ("b", 1, None, True, None),
        ("district", 7, 5, False, None),
    ]
    says = sentences.newly_counted(totals, view(), str.upper)
    assert says == "B为首次计入，全区数据不与5月比较。"


def test_the_greatest_number_alone_leads_nobody() -> None:
    rows = [("a", 6.04), ("b", 6.0), ("c", 1.0), ("district", 13.0)]
    totals = pd.DataFrame(rows, columns=["community", "value"]).assign(metric="volunteer_hours")
    totals["state"] = ["reported", "reported", "partial", "partial"]
    says = topics.ahead(totals, "volunteer_hours", view(), str.upper, None)
    assert says == "C报送不全。"


def test_over_time_has_a_row_per_place_and_period() -> None:
    data = warehouse_of(["volunteer_hours"])
    along = Trail("month", date(2024, 5, 1))
    frame = period_values.over_time(data, view(), ["volunteer_hours"], along)
    assert told(frame, "community", "period", "value") == [
        ("a", "2024-05", 4),
        ("a", "2024-06", 6),
        ("b", "2024-05", 1),
        ("b", "2024-06", 1),
        ("district", "2024-05", 5),
        ("district", "2024-06", 7),
    ]


def test_by_member_counts_each_member_of_a_dimension() -> None:
    data = warehouse_of(["volunteer_hours"])
    frame = period_values.by_member(data, view(), "volunteer_hours", "activity")
    assert told(frame, "community", "member", "value") == [
        ("a", "x", 6),
        ("b", "y", 1),
        ("district", "x", 6),
        ("district", "y", 1),
    ]
    rates = period_values.by_member(data, view("residents"), "volunteer_hours", "activity")
    assert told(rates, "community", "value") == [
        ("a", 3),
        ("b", 2),
        ("district", 2.4),
        ("district", 0.4),
    ]


def test_what_is_due_and_missing() -> None:
    data = warehouse_of([], covered={("a", "service"): HALF_OF_JUNE, ("b", "service"): []})
    late = period_values.gaps(data, 5, date(2024, 7, 6))
    assert told(late[late["period"] >= "2024-05"], "community", "period", "tbl", "state") == [
        ("a", "2024-06", "service", "partial"),
        ("b", "2024-06", "service", "not_reported"),
        ("b", "2024-05", "service", "not_reported"),
    ]
    of_no_day = period_values.gaps(data, 5, None)
    assert of_no_day.equals(late)  # the months of the data, and none after them
    in_time = period_values.gaps(data, 5, date(2024, 7, 5))
    assert "2024-06" not in set(in_time["period"])


def test_freshness_is_the_newest_day_spoken_for() -> None:
    data = warehouse_of([], covered={("a", "service"): HALF_OF_JUNE, ("b", "service"): []})
    found = {row.community: row.until for row in rows(period_values.freshness(data))}
    assert found["a"] == pd.Timestamp("2024-06-15")
    assert pd.isna(found["b"])


@pytest.mark.parametrize(
    ("reached", "latest"),
    [
        (["2024-06-30", "2024-06-30", "2024-05-31", None], "2024-06"),
        (["2024-06-30", "2024-06-29", "2024-05-31", "2024-05-31"], "2024-05"),
        ([None, None], "2024-05"),
    ],
)
def test_the_latest_complete_month_is_one_that_half_have_reported(
    reached: list[str | None], latest: str
) -> None:
    days = [date.fromisoformat(day) if day else None for day in reached]
    assert latest_complete([MAY, JUNE], days).id == latest


def test_targets_are_held_against_the_time_gone_by() -> None:
    data = warehouse_of(["volunteer_hours", "hours_per_volunteer"])
    insert_targets = "insert into targets values (?, ?, ?, ?)"
    for target in [
        ("a", "volunteer_hours", "2024-06", 8),
        ("b", "volunteer_hours", "2024-06", 1),
        ("a", "hours_per_volunteer", "2024-06", 5.5),
        ("a", "volunteer_hours", "2023", 8),
    ]:
        data.connection.execute(insert_targets, list(target))
    held = targets.progress(data, view(), {"a": date(2024, 6, 30), "b": date(2024, 6, 15)})
    assert [(one.place, one.metric.name, one.value, one.needed, one.status) for one in held] == [
        ("a", "hours_per_volunteer", 6, 5.5, "reached"),
        ("a", "volunteer_hours", 6, 8, "missed"),
        ("b", "volunteer_hours", 1, 0.5, "reached"),
    ]


def test_published_values_are_read_where_exact_ones_may_not_be_seen() -> None:
    data = warehouse_of(["volunteer_hours"])
    data.connection.execute(
        "insert into published_values by name"
        " select * replace (null as value, 'withheld' as state) from metric_values"
    )
    seen = View(JUNE, MAY, ("a",), published=True)
    totals = period_values.totals(data, seen, ["volunteer_hours"])
    assert told(totals, "value", "state") == [(None, "withheld"), (None, "withheld")]


def test_a_year_is_drawn_by_its_months_and_a_month_by_the_year_before_it() -> None:
    months = [
        Period("month", f"2024-{number:02}", date(2024, number, 1), date(2024, number, 28))
        for number in range(1, 13)
    ]
    year = Period("year", "2024", date(2024, 1, 1), date(2024, 12, 31))
    of = {"month": months, "year": [year]}
    assert trail_to(View(year, None, ()).period, of) == Trail("month", date(2024, 1, 1))
    at_june = View(months[5], months[4], ())
    assert trail_to(at_june.period, of, most=3) == Trail("month", date(2024, 4, 1))
