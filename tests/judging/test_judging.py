"""Targets as ways, comparisons by the same days, and series that are judged by whole periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from lingti import catalog, district, warehouse
from lingti.district.journal import Decision, Origin
from lingti.judging import annotations as annotations_module
from lingti.judging import period_values, review
from lingti.judging.between import compared
from lingti.judging.period_values import View
from lingti.judging.periods import period_before, periods_of
from lingti.judging.standing import target_words, targets
from lingti.judging.verdicts import verdicts
from lingti.warehouse import Warehouse, ask

IDS = ("nanfeng", "guqiao", "jinghang", "binhu")
METRICS = catalog.program().metrics
UNTIL = dict.fromkeys(IDS, date(2024, 12, 31))


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Warehouse:
    return warehouse.current(sample_home)


def view(sample: Warehouse, grain: str, period: str) -> View:
    of_grain = periods_of(sample)[grain]
    (found,) = [one for one in of_grain if one.id == period]
    return View(found, period_before(found, of_grain), IDS)


def progress(sample: Warehouse, place: str, metric: str, month: str) -> targets.Progress:
    held = targets.progress(sample, view(sample, "month", month), UNTIL)
    (found,) = [one for one in held if (one.place, one.metric.name) == (place, metric)]
    return found


def test_a_target_is_held_against_the_day_looked_at(sample: Warehouse) -> None:
    by_june = progress(sample, "guqiao", "volunteer_hours", "2024-06")
    (range_value,) = [
        row["value"]
        for (place, *_days), row in ask.over_spans(
            sample, METRICS["volunteer_hours"], [(date(2024, 3, 1), date(2024, 6, 30))]
        ).items()
        if place == "guqiao"
    ]
    assert (by_june.value, by_june.as_of) == (range_value, date(2024, 6, 30))
    # The programme began in March: 122 of 306 days are gone.
    assert by_june.needed == pytest.approx(5400 * 122 / 306)
    days_left = 184
    assert by_june.rate_needed == pytest.approx(
        (5400 - range_value) / days_left * targets.MONTH_DAYS
    )
    by_week = targets.week_by_week(sample, by_june)
    assert by_week[-1] == (date(2024, 6, 30), range_value)
    values = [value for _day, value in by_week]
    assert values == sorted(values)


def test_once_the_time_is_up_a_target_is_reached_or_missed(sample: Warehouse) -> None:
    missed = progress(sample, "jinghang", "certificates", "2024-12")
    assert (missed.status, missed.rate_needed) == ("missed", None)
    assert target_words.status_words(missed) == "未达到"
    reached = progress(sample, "guqiao", "volunteer_hours", "2024-12")
    assert target_words.status_words(reached) == "已达到"


def test_a_pace_that_breaks_off_shows_in_time(sample: Warehouse) -> None:
    """京杭佳苑's 600 placements kept to the straight line until November and missed in December."""
    found = {
        month: progress(sample, "jinghang", "placements", f"2024-{month}").status
        for month in ("05", "08", "09", "10", "11", "12")
    }
    assert found == {
        "05": "on_pace",
        "08": "behind",
        **dict.fromkeys(("09", "10", "11"), "cannot_be_said"),
        "12": "missed",
    }


def test_days_not_reported_are_not_nothing(sample: Warehouse) -> None:
    """南风花园 sent nothing of September: of its hours nothing can be told since."""
    assert progress(sample, "nanfeng", "volunteer_hours", "2024-08").status == "behind"
    for month in ("2024-09", "2024-11", "2024-12"):
        assert progress(sample, "nanfeng", "volunteer_hours", month).status == "cannot_be_said"


def test_a_target_hangs_on_a_finding(sample: Warehouse) -> None:
    """One of 古桥's 36 merchants is written as another is; without it there are 35."""
    merchants = progress(sample, "guqiao", "partners_active", "2024-12")
    assert (merchants.value, merchants.undoubted) == (36, 35)
    assert merchants.status == "hangs_on_finding"
    hours = progress(sample, "guqiao", "volunteer_hours", "2024-12")
    assert (hours.undoubted, hours.status) == (5713, "reached")


def test_before_a_community_begins_its_target_has_no_number(sample: Warehouse) -> None:
    """滨湖 began in April: in March nothing of what came later counts."""
    early = progress(sample, "binhu", "items_redeemed", "2024-03")
    assert (early.value, early.needed, early.status) == (None, 0.0, "unknown")
    assert targets.week_by_week(sample, early) == []


def test_a_share_has_no_pace(sample: Warehouse) -> None:
    share = progress(sample, "guqiao", "concerns_resolved_in_time_share", "2024-06")
    assert (share.needed, share.grows, share.rate_needed) == (0.8, False, None)


def test_an_unfinished_period_is_compared_by_the_same_days(sample: Warehouse) -> None:
    looked_at = view(sample, "month", "2024-06")
    periods = periods_of(sample)
    hours = METRICS["volunteer_hours"]
    whole = compared.spans(sample, looked_at, hours, periods, UNTIL)
    assert whole.now == (date(2024, 6, 1), date(2024, 6, 30))
    assert (whole.before, whole.reason) == ((date(2024, 5, 1), date(2024, 5, 31)), "")
    # 京杭佳苑 sent November only to the 18th.
    part = compared.spans(sample, view(sample, "month", "2024-11"), hours, periods, UNTIL)
    assert (part.now, part.reason) == ((date(2024, 11, 1), date(2024, 11, 18)), "days")
    assert (part.before, part.lacking) == ((date(2024, 10, 1), date(2024, 10, 18)), ("jinghang",))
    # 南风花园 sent nothing of September: there are no days of it to compare.
    none = compared.spans(sample, view(sample, "month", "2024-09"), hours, periods, UNTIL)
    assert (none.now, none.missing) == ((date(2024, 9, 1), date(2024, 9, 30)), ("nanfeng",))
    without = replace(view(sample, "month", "2024-11"), communities=("guqiao", "binhu"))
    assert compared.spans(sample, without, hours, periods, UNTIL).reason == ""


def test_the_same_days_of_all_are_compared_with_those_of_the_period_before(
    sample: Warehouse, sample_home: Path
) -> None:
    looked_at, hours = view(sample, "month", "2024-11"), METRICS["volunteer_hours"]
    over = compared.spans(sample, looked_at, hours, periods_of(sample), UNTIL)
    settings = district.load(sample_home)
    found = compared.compared(sample, settings, looked_at, hours, over)
    days = [(date(2024, 11, 1), date(2024, 11, 18)), (date(2024, 10, 1), date(2024, 10, 18))]
    values = ask.over_spans(sample, hours, days)
    assert {one.place: (one.value, one.before, one.state) for one in found} == {
        place: (*(values[place, *span]["value"] for span in days), "reported")
        for place in (*IDS, "district")
    }


def test_a_period_that_a_community_lacks_is_provisional(sample: Warehouse) -> None:
    gaps = period_values.gaps(sample, 5, date(2025, 2, 1))
    found = {
        period: compared.incomplete(gaps, UNTIL, view(sample, grain, period))
        for grain, period in (("month", "2024-06"), ("month", "2024-09"), ("quarter", "2024-Q4"))
    }
    assert found == {"2024-06": [], "2024-09": ["nanfeng"], "2024-Q4": ["jinghang"]}
    begun = UNTIL | {"binhu": date(2024, 6, 12)}
    assert compared.incomplete(gaps, begun, view(sample, "month", "2024-06")) == ["binhu"]


def test_cases_that_need_time_are_provisional_until_they_had_it(sample: Warehouse) -> None:
    share = METRICS["concerns_resolved_in_time_share"]
    periods = periods_of(sample)
    found = {
        month: compared.spans(sample, view(sample, "month", month), share, periods, UNTIL).reason
        for month in ("2024-11", "2024-12")
    }
    assert found == {"2024-11": "", "2024-12": "young"}


def test_the_district_rate_is_that_of_the_communities_that_reported(
    sample: Warehouse, sample_home: Path
) -> None:
    looked_at = view(sample, "month", "2024-09")  # 南风花园 did not report its hours
    settings = district.load(sample_home)
    hours = METRICS["volunteer_hours"]
    over = compared.spans(sample, looked_at, hours, periods_of(sample), UNTIL)
    found = {one.place: one for one in compared.compared(sample, settings, looked_at, hours, over)}
    reported = sum(one.residents for one in settings.communities if one.id != "nanfeng")
    total = found["district"].value
    assert total is not None
    assert found["district"].rate == pytest.approx(1000 * total / reported)
    assert (found["nanfeng"].value, found["nanfeng"].rate) == (None, None)


def test_only_whole_reported_periods_are_judged(sample: Warehouse, sample_home: Path) -> None:
    looked_at = view(sample, "month", "2024-12")
    settings = district.load(sample_home)
    nanfeng = verdicts.judged(
        sample, settings, METRICS["volunteer_hours"], "nanfeng", looked_at.period
    )
    judged = {point.period: point.value for point in nanfeng.points}
    assert "2024-W09" not in judged  # the programme began on its Friday
    assert judged["2024-W37"] is None  # not reported
    known = [one.value for one in nanfeng.points if one.value is not None and not one.left_out]
    assert nanfeng.centre == pytest.approx(sum(known) / len(known))


def test_the_agenda_of_a_week(sample: Warehouse) -> None:
    (week,) = [one for one in periods_of(sample)["week"] if one.id == "2024-W24"]
    late = Decision("guqiao", date(2024, 5, 1), "", "late", "", date(2024, 6, 9))
    now = replace(late, decision="now", due_on=date(2024, 6, 14))
    later = replace(late, decision="later", due_on=date(2024, 6, 20))
    done = replace(late, decision="done", done_on=date(2024, 6, 12))
    future = replace(late, decision="future", day=date(2024, 7, 1))
    due = review.due([late, now, later, done, future], week, IDS)
    assert (due.overdue, due.this_week) == ((late,), (now,))
    assert (due.next_week, due.done) == ((later,), (done,))
    concerns = review.overdue_concerns(sample, week, IDS)
    values = ask.values(
        sample, ask.Question(METRICS["concerns_overdue"], "district", period="2024-W24")
    )
    assert int(concerns["concerns"].sum()) == values[0]["value"]


def test_a_decision_of_an_export_says_where_it_stands(sample: Warehouse) -> None:
    first = annotations_module.decisions(sample)[-1]
    assert (first.community, first.day, first.decision) == (
        "binhu",
        date(2024, 3, 1),
        "补充米面货架",
    )
    assert first.origin is not None
    assert first.origin == Origin(
        first.origin.batch,
        "党委会议决定（2024年3月-12月）.xlsx",
        "决定",
        2,
        "sample",
        datetime(2025, 1, 6, 9, 30),
    )
