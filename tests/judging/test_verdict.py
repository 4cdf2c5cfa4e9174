"""Every verdict there is, from literal series; later data change no earlier verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging.verdict_kit import (
    AMOUNT,
    MONDAY,
    SHARE,
    month,
    months,
    newest,
    of_weeks,
    shares,
    week,
    weekly,
)

from lingti import catalog
from lingti.district.journal import Baseline, Rebase
from lingti.judging.verdicts.holidays import holiday_in
from lingti.judging.verdicts.verdict import (
    Asked,
    Kind,
    Series,
    Start,
    Value,
    Verdict,
    expected_by_chance,
    judge,
    published,
)
from lingti.judging.verdicts.verdict_series import kind_of, locked_of, starts_of

STEADY = [50, 54, 47, 52, 49, 53, 46, 51, 55, 48, 50, 52, 49, 51]
YEAR = Asked("year", "2050", date(2050, 1, 1), date(2050, 12, 31))


def said(verdict: Verdict) -> tuple[str, str, str, str]:
    return verdict.verdict, verdict.reason, verdict.chart, verdict.grain


# One row of the table after the other


@pytest.mark.parametrize(
    ("better", "last", "expected"),
    [
        ("up", 90, "improving"),
        ("up", 10, "worsening"),
        ("down", 90, "worsening"),
        ("down", 10, "improving"),
        ("none", 90, "changed"),
        ("up", 50, "ordinary"),
    ],
)
def test_a_signal_is_better_worse_or_a_change(better: str, last: float, expected: str) -> None:
    verdict = of_weeks([*STEADY, last], Kind("amount", better))  # type: ignore[arg-type]
    reason = "no_signal" if expected == "ordinary" else "signal"
    assert said(verdict) == (expected, reason, "xmr", "week")
    assert verdict.judged_period == "2050-W14"
    assert verdict.count == 15
    assert verdict.is_signal == (expected != "ordinary")


def test_a_verdict_holds_the_lines_it_rests_on() -> None:
    verdict = of_weeks(STEADY)
    assert verdict.centre == pytest.approx(50.5)
    # The ranges 4 7 5 3 4 7 5 4 7 2 2 3 2 have the mean 55/13.
    assert verdict.upper == pytest.approx(50.5 + 2.66 * 55 / 13)
    assert verdict.lower == pytest.approx(50.5 - 2.66 * 55 / 13)
    assert [one.value for one in verdict.points] == STEADY


def test_cases_that_need_time_are_provisional() -> None:
    series = weekly([*STEADY, 90])
    asked = newest(series)
    young = replace(series, settled=asked.last_day - timedelta(days=1))
    assert said(judge(AMOUNT, young, asked))[:2] == ("provisional", "young")
    assert judge(AMOUNT, replace(series, settled=asked.last_day), asked).verdict == "improving"


def test_a_period_of_which_days_are_missing_is_provisional() -> None:
    series = weekly(STEADY)
    series = replace(series, weeks=(*series.weeks, week(14, 90, "partial")))
    assert said(judge(AMOUNT, series, newest(series)))[:2] == ("provisional", "days_missing")


def test_eleven_points_are_too_few() -> None:
    verdict = of_weeks(STEADY[:11])
    assert said(verdict)[:2] == ("too_few", "few_points")
    assert (verdict.count, verdict.points) == (11, ())
    assert of_weeks(STEADY[:12]).verdict == "ordinary"


@pytest.mark.parametrize(("shape", "reason"), [("stock", "stock"), ("rolling", "rolling")])
def test_stocks_and_rolling_windows_are_not_judged(shape: str, reason: str) -> None:
    verdict = of_weeks([*STEADY, 90], Kind(shape, "up"))  # type: ignore[arg-type]
    assert said(verdict) == ("not_judged", reason, "none", "none")


@pytest.mark.parametrize("state", ["withheld", "not_reported", "not_run"])
def test_a_state_is_its_own_verdict(state: str) -> None:
    series = weekly(STEADY)
    series = replace(series, weeks=(*series.weeks, week(14, None, state)))
    assert said(judge(AMOUNT, series, newest(series))) == (state, "state", "none", "none")


def test_nothing_to_compute_is_no_number() -> None:
    series = weekly(STEADY)
    series = replace(series, weeks=(*series.weeks, week(14, None, "reported")))
    assert judge(Kind("level", "down"), series, newest(series)).verdict == "nothing"


def test_what_lies_before_the_start_is_not_judged() -> None:
    series = replace(weekly(STEADY), starts=(Start(MONDAY + timedelta(days=200), "began"),))
    assert judge(AMOUNT, series, newest(series)).reason == "before_start"


# Which point


def test_a_month_has_the_verdict_of_the_last_whole_week_that_ends_in_it() -> None:
    # W0 to W12 end up to 3 April; W12 begins in March.
    verdict = judge(AMOUNT, weekly([*STEADY[:12], 90, 50]), month(2050, 3))
    assert (verdict.judged_period, verdict.verdict) == ("2050-W11", "ordinary")
    verdict = judge(AMOUNT, weekly([*STEADY[:12], 90, 50]), month(2050, 4))
    assert (verdict.judged_period, verdict.verdict) == ("2050-W13", "ordinary")
    assert [one.period for one in verdict.earlier] == ["2050-W12"]


def test_quarters_and_years_list_the_signals_of_their_months() -> None:
    series = replace(weekly([*STEADY, *STEADY[:2], 95, 51, 50]), months=months([200] * 12))
    verdict = judge(AMOUNT, series, YEAR)
    assert said(verdict)[:2] == ("not_judged", "long_period")
    assert [(one.period, one.flag) for one in verdict.earlier] == [("2050-W16", "improving")]


def test_months_are_compared_per_day() -> None:
    """Two empty weeks a month: months of the same number a day are the same."""
    rows = months([10.0 * days for days in (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)])
    verdict = judge(AMOUNT, Series(weekly([0, 0, 9]).weeks, rows), month(2050, 12))
    assert said(verdict) == ("ordinary", "no_signal", "xmr", "month")
    assert {one.value for one in verdict.points} == {300.0}


def test_a_week_is_not_judged_where_months_are() -> None:
    series = Series(weekly([0, 0, 9, 0]).weeks, months([40.0] * 12))
    asked = Asked("week", "2050-W60", date(2050, 12, 26), date(2051, 1, 1))
    assert judge(AMOUNT, series, asked).reason == "by_month"


# What begins anew


@pytest.mark.parametrize("why", ["rebased", "version"])
def test_a_new_start_forgets_what_was_before(why: str) -> None:
    values = [*STEADY, *(value + 100 for value in STEADY[:12])]
    series = weekly(values)
    anew = replace(series, starts=(Start(series.weeks[14].first_day, why),))  # type: ignore[arg-type]
    assert judge(AMOUNT, series, newest(series)).verdict == "improving"
    verdict = judge(AMOUNT, anew, newest(series))
    assert (verdict.verdict, verdict.count) == ("ordinary", 12)
    assert verdict.points[0].period == "2050-W14"


def test_a_start_in_the_future_changes_nothing_yet() -> None:
    series = replace(weekly(STEADY), starts=(Start(MONDAY + timedelta(days=400), "rebased"),))
    assert judge(AMOUNT, series, newest(series)) == of_weeks(STEADY)


@pytest.mark.parametrize(("before", "after"), [("abc", "abcd"), ("abcd", "abc")])
def test_a_district_that_a_community_joins_or_leaves_begins_anew(before: str, after: str) -> None:
    values = [*STEADY, *(value + 100 for value in STEADY[:5])]
    found = tuple(
        replace(one, counted=before if at < 14 else after)
        for at, one in enumerate(weekly(values).weeks)
    )
    verdict = judge(AMOUNT, Series(found, ()), newest(Series(found, ())))
    assert (verdict.verdict, verdict.count) == ("too_few", 5)


def test_a_locked_baseline_keeps_its_limits() -> None:
    values = [*STEADY[:12], *(value + 8 for value in STEADY)]
    series = weekly(values)
    free = judge(AMOUNT, series, newest(series))
    locked = judge(AMOUNT, replace(series, locked={"week": 12}), newest(series))
    assert free.centre == pytest.approx(sum(values) / len(values))
    assert locked.centre == pytest.approx(sum(STEADY[:12]) / 12)
    assert locked.verdict == "improving"


def test_a_locked_baseline_keeps_the_limits_of_days_between_too() -> None:
    every = [0, 6, 12, 20, 26, 34, 41, 47, 55, 60, 68, 75, 81, 88, 94]  # about a week apart
    later = [94 + 14 * at + at * at % 5 for at in range(1, 14)]
    days = tuple(MONDAY + timedelta(days=2 * at) for at in (*every, *later))
    series = Series(weekly([0.0] * 90).weeks, (), days)
    asked = Asked("month", "", days[-1], days[-1])
    free = judge(AMOUNT, series, asked)
    locked = judge(AMOUNT, replace(series, locked={"week": 27}), asked)
    assert said(free)[2:] == said(locked)[2:] == ("t", "event")
    first = judge(AMOUNT, series, Asked("month", "", days[14], days[14]))
    assert (locked.centre, locked.upper) == (first.centre, first.upper)
    assert locked.verdict == "worsening"
    assert free.centre != locked.centre


# Holidays


def test_weeks_with_public_holidays_are_shown_and_not_judged() -> None:
    first = date(2025, 1, 6)
    found = [(first + timedelta(days=7 * at), 50 + at % 3) for at in range(20)]
    values = [0 if holiday_in(day, day + timedelta(days=6)) else value for day, value in found]
    series = Series(
        tuple(
            Value(f"2050-W{at}", day, day + timedelta(days=6), value)
            for at, ((day, _number), value) in enumerate(zip(found, values, strict=True))
        ),
        (),
    )
    verdict = judge(AMOUNT, series, month(2025, 5))
    assert verdict.verdict == "ordinary"
    assert verdict.count == 15
    left_out = [(one.period, one.left_out) for one in verdict.points if one.left_out]
    assert left_out == [
        ("2050-W3", "春节"),
        ("2050-W4", "春节"),
        ("2050-W12", "清明节"),
        ("2050-W16", "劳动节"),
        ("2050-W17", "劳动节"),
    ]
    assert verdict.lower is not None
    assert verdict.lower > 40
    asked = Asked("week", "2050-W16", series.weeks[16].first_day, series.weeks[16].last_day)
    assert judge(AMOUNT, series, asked).reason == "holiday"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2024, 2, 5), date(2024, 2, 11), ""),  # a Saturday and a Sunday
        (date(2024, 2, 12), date(2024, 2, 18), "春节"),
        (date(2024, 10, 7), date(2024, 10, 13), "国庆节"),
        (date(2024, 11, 4), date(2024, 11, 10), ""),
        (date(2027, 2, 8), date(2027, 2, 14), "春节"),
    ],
)
def test_public_holidays_are_known(first: date, last: date, name: str) -> None:
    assert holiday_in(first, last) == name


# Shares and rare things


def test_shares_are_judged_by_their_cases() -> None:
    cases = [(24, 50), (26, 50), (25, 50), (23, 50), (27, 50), (25, 50)] * 2
    verdict = judge(SHARE, shares([*cases, (46, 50)]), newest(shares([*cases, (46, 50)])))
    assert said(verdict) == ("improving", "signal", "p", "week")
    calm = judge(SHARE, shares([*cases, (31, 50)]), newest(shares([*cases, (31, 50)])))
    assert calm.verdict == "ordinary"


def test_what_is_rare_is_judged_by_the_days_between() -> None:
    days = [MONDAY + timedelta(days=14 * at + (at * 5) % 7) for at in range(20)]
    weeks = weekly([0.0] * 60).weeks
    series = Series(weeks, (), tuple(days))
    last = days[-1]
    verdict = judge(AMOUNT, series, Asked("month", "", last, last))
    assert said(verdict) == ("ordinary", "no_signal", "t", "event")
    assert verdict.judged_period == last.isoformat()
    late = last + timedelta(days=80)
    verdict = judge(AMOUNT, series, Asked("month", "", late - timedelta(days=30), late))
    assert verdict.verdict == "worsening"
    assert verdict.judged is not None
    assert (verdict.judged.is_open, verdict.judged.value) == (True, 80.0)


def test_few_rare_events_are_too_few() -> None:
    days = tuple(MONDAY + timedelta(days=14 * at) for at in range(12))
    series = Series(weekly([0.0] * 24).weeks, (), days)
    assert judge(AMOUNT, series, newest(series)).verdict == "too_few"


# What others are told


def test_readers_of_published_values_get_the_word_alone() -> None:
    verdict = of_weeks([*STEADY, 90])
    assert published(verdict, "reported") == Verdict("improving", "signal", "xmr", "week")
    assert published(verdict, "withheld") == Verdict("withheld", "state")


def test_how_many_signals_chance_alone_would_give() -> None:
    verdicts = [of_weeks([*STEADY, 90]), of_weeks(STEADY), of_weeks(STEADY[:3])]
    assert expected_by_chance(verdicts) == pytest.approx(0.06)


# What holds for any series

numbers = st.lists(st.integers(0, 30) | st.none(), min_size=20, max_size=60)


@given(numbers, numbers, st.sampled_from(["up", "down", "none"]))
def test_data_that_come_later_change_no_verdict(
    early: list[int | None], late: list[int | None], better: str
) -> None:
    kind = Kind("amount", better)  # type: ignore[arg-type]
    before, after = weekly(early), weekly([*early, *late])
    days = tuple(
        one.last_day for one in after.weeks if one.value is not None and one.value % 3 == 0
    )
    before, after = (replace(one, event_days=days) for one in (before, after))
    for number in range(1, 13):
        asked = month(2050, number)
        if asked.last_day <= before.weeks[-1].last_day:
            assert judge(kind, before, asked) == judge(kind, after, asked)


monthly = st.lists(st.integers(0, 60) | st.none(), min_size=14, max_size=30)
starts = st.lists(st.tuples(st.integers(0, 1200), st.sampled_from(["began", "rebased", "version"])))


@given(monthly, st.lists(st.integers(0, 60) | st.none(), min_size=6, max_size=6), starts,
       st.sampled_from([None, 12, 13]), st.sampled_from(["amount", "level"]))  # fmt: skip
def test_six_months_more_change_no_verdict_of_months_with_any_starts(
    early: list[int | None],
    late: list[int | None],
    began: list[tuple[int, str]],
    locked: int | None,
    shape: str,
) -> None:
    kind = Kind(shape, "up")  # type: ignore[arg-type]
    first = date(2050, 1, 1)
    both = tuple(
        replace(one, value=value, state="not_reported" if value is None else "reported")
        for one, value in zip(months([0.0] * (len(early) + 6)), [*early, *late], strict=True)
    )
    days = tuple(one.last_day for one in both if one.value is not None and one.value % 3 == 0)
    known = tuple(
        Start(first + timedelta(days=at), why)  # type: ignore[arg-type]
        for at, why in sorted(began)
    )
    after = Series((), both, days, known, {"month": locked} if locked else {})
    end = both[len(early) - 1].last_day
    before = replace(
        after,
        months=both[: len(early)],
        event_days=tuple(day for day in days if day <= end),
        starts=tuple(one for one in known if one.day <= end or one.why == "began"),
    )
    for one in before.months:
        asked = Asked("month", one.period, one.first_day, one.last_day)
        assert judge(kind, before, asked) == judge(kind, after, asked)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=30, max_size=80))
def test_shares_of_any_cases_stay_inside_their_limits(cases: list[tuple[int, int]]) -> None:
    series = shares([(n, n + d) for n, d in cases])
    cut = replace(series, weeks=series.weeks[:25])
    asked = newest(cut)
    verdict = judge(SHARE, series, asked)
    assert verdict == judge(SHARE, cut, asked)
    for point in verdict.points:
        assert point.lower is not None
        assert point.upper is not None
        assert 0 <= point.lower <= point.upper <= 1


# Metrics of the program


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("redemptions", "amount"),
        ("volunteer_hours", "amount"),
        ("people_served", "amount"),
        ("points_balance", "stock"),
        ("days_to_resolve", "level"),
        ("hours_per_volunteer", "level"),
        ("training_completed_share", "share"),
        ("households_visited_share", "rolling"),
    ],
)
def test_a_metrics_header_tells_its_kind(name: str, shape: str) -> None:
    assert kind_of(catalog.program().metrics[name]).shape == shape


def test_starts_are_the_beginning_new_versions_and_what_was_entered() -> None:
    baselines = {"week": Baseline(12, (Rebase("2024-W20", "moved"), Rebase("2023-W01", "")))}
    metric = catalog.program().metrics["redemptions"]
    found = starts_of(metric, date(2024, 3, 1), baselines, {"2024-W20": date(2024, 5, 13)})
    assert found == (Start(date(2024, 3, 1), "began"), Start(date(2024, 5, 13), "rebased"))
    assert locked_of(baselines) == {"week": 12}
