"""The sentences in every case: up, down, flat, too few points, zero, not reported, not run."""

from __future__ import annotations

import pickle
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from lingti import catalog, language
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.standing.targets import Progress
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.report.content import Marked
from lingti.report.sentences import clerk, registers, verdicts

HOURS = catalog.program().metrics["volunteer_hours"]
SHARE = catalog.program().metrics["concerns_resolved_in_time_share"]
NOVEMBER = Period("month", "2024-11", date(2024, 11, 1), date(2024, 11, 30))
OCTOBER = Period("month", "2024-10", date(2024, 10, 1), date(2024, 10, 31))
VIEW = View(NOVEMBER, OCTOBER, ("a",))


def row(
    value: float | None,
    previous: float | None = 400.0,
    state: str = "reported",
    previous_state: str | None = "reported",
    *,
    alike: bool = True,
    per_day: bool = False,
) -> Any:
    """A row of `compare.totals`."""
    whole = state == previous_state == "reported" and alike
    change = value - previous if whole and value is not None and previous is not None else None
    part = change / previous if change is not None and previous else None
    return SimpleNamespace(
        value=value,
        previous=previous,
        state=state,
        previous_state=previous_state,
        alike=alike,
        change=change,
        change_share=part,
        per_day=per_day,
    )


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (row(436.0), "436 h, up 36 (9.0%) from the month before."),
        (row(364.5), "364.5 h, down 35.5 (8.9%) from the month before."),
        (row(436.0, per_day=True), "436 h, up 36 from the month before (+9.0% a day)."),
        (row(364.5, per_day=True), "364.5 h, down 35.5 from the month before (−8.9% a day)."),
        (row(5.0, 2.0, per_day=True), "5 h, up 3 from the month before."),
        (row(400.0), "400 h, the same as the month before."),
        (row(5.0, 2.0), "5 h, up 3 from the month before."),
        (row(50.0, 0.0), "50 h, up 50 from the month before."),
        (row(0.0, 0.0), "0 h, as reported."),
        (
            row(436.0, alike=False),
            "436 h; the month before counted other communities, so it is not compared.",
        ),
        (row(0.0, 30.0), "0 h, down 30 (100.0%) from the month before."),
        (
            row(90.0, 400.0, "partial"),
            "90 h from the days reported; a part is missing, so it is not compared.",
        ),
        (row(None, 400.0, "not_reported"), "not reported, so there is no number for the period."),
        (row(None, None, "not_run", "not_run"), "not run here."),
        (row(None, 400.0, "withheld"), "withheld, so that it tells of no single person."),
        (row(None, 400.0), "reported, with nothing in the period to compute it from."),
        (
            row(436.0, None, "reported", "not_reported"),
            "436 h; the month before was not reported in full, so it is not compared.",
        ),
        (
            row(436.0, 20.0, "reported", "partial"),
            "436 h; the month before was not reported in full, so it is not compared.",
        ),
        (row(436.0, None, "reported", "not_run"), "436 h, not run yet the month before."),
        (row(436.0, None, "reported", None), "436 h, with no earlier period to compare it with."),
    ],
)
def test_a_number_is_told_in_every_case(found: Any, says: str) -> None:
    assert clerk.value(found, HOURS, VIEW) == f"Volunteer hours: {says}"


def test_a_share_changes_by_points_that_the_written_numbers_have() -> None:
    said = clerk.value(row(0.8966, 0.7907), SHARE, VIEW)
    assert said.endswith("89.7%, up 10.6 percentage points from the month before.")


def test_differences_add_up_as_they_are_written() -> None:
    # 7.25 and 7.15 are written 7.2 and 7.2 or so: the change is that of the written numbers.
    days = catalog.program().metrics["days_to_resolve"]
    said = clerk.value(row(7.26, 7.34), days, VIEW)
    assert "7.3 days, the same as the month before" in said


def test_a_provisional_number_is_compared_with_nothing() -> None:
    said = clerk.value(row(0.8966, 0.7907), SHARE, VIEW, is_provisional=True)
    assert said.endswith(": 89.7%, provisional.")


def told(verdict: Any, reason: str, **of: Any) -> KeptVerdict:
    """A verdict of a month, as it is kept."""
    return KeptVerdict("volunteer_hours", "a", "month", "2024-11", verdict, reason, **of)


BY_WEEK = {"chart": "xmr", "judged_grain": "week", "judged_period": "2024-W47", "count": 39}


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (told("too_few", "few_points", count=9), "Too few points to tell a change"),
        (told("too_few", "few_points", count=9), "ordinary variation: 9, 12 needed."),
        (told("ordinary", "no_signal", **BY_WEEK), "Judged over 39 weeks, it is ordinary"),
        (
            told("improving", "signal", rules=("run_high",), **BY_WEEK),
            "Judged over 39 weeks, week 47, 2024 is one of 7 or more values in a row above the"
            " centre: getting better.",
        ),
        (
            told("worsening", "signal", rules=("outside_low",), **BY_WEEK),
            "is below the lower limit: getting worse. The cause is to be found.",
        ),
        (
            told("changed", "signal", rules=("outside_high",), **BY_WEEK),
            "is above the upper limit: something changed. The cause is to be found.",
        ),
        (
            told(
                "worsening",
                "signal",
                rules=("outside_high",),
                chart="t",
                judged_grain="event",
                judged_period="2024-11-20",
                count=17,
            ),
            "Judged over 17 intervals between events, the days between events at 20 Nov 2024 are"
            " above the upper limit: getting worse.",
        ),
        (told("worsening", "signal", chart="xmr"), "It is judged as getting worse."),
        (told("ordinary", "no_signal", chart="xmr"), "It is judged as ordinary variation."),
        (told("not_judged", "stock"), "A level is not judged; what comes in"),
        (told("not_judged", "holiday"), "Not judged: Every week that ends in the period"),
        (told("withheld", "state"), ""),
        (
            told(
                "ordinary",
                "no_signal",
                signals=(("2024-W45", "improving"), ("2024-W46", "improving")),
                **BY_WEEK,
            ),
            "Other signals in the period: week 45, 2024, week 46, 2024 (getting better).",
        ),
    ],
)
def test_a_verdict_is_told_as_it_is_kept(said: KeptVerdict, says: str) -> None:
    assert says in verdicts.variation(said, HOURS)


def test_only_signals_and_missed_targets_have_a_colour() -> None:
    said = ("improving", "worsening", "changed", "ordinary", "provisional", "withheld")
    tones = [verdicts.marked_verdict(told(one, "state")).tone for one in said]
    assert tones == ["good", "bad", "signal", "grey", "grey", "grey"]
    assert Marked("+12", "change").tone == "grey"
    assert Marked("missed", "target", "missed").tone == "bad"
    assert pickle.loads(pickle.dumps(Marked("missed", "target", "missed"))).tone == "bad"


@pytest.mark.parametrize(
    ("value", "state", "status", "says"),
    [
        (
            1700.0,
            "reported",
            "reached",
            "1,700 h by 30 Nov 2024 against a target of 1,600 h for 2024: reached.",
        ),
        (1400.0, "reported", "on_pace", ": on pace (time gone by asks for 1,438 h)."),
        (1078.5, "reported", "behind", ": behind (time gone by asks for 1,438 h)."),
        (
            1078.5,
            "partial",
            "cannot_be_said",
            ": cannot be said, with part of the data missing.",
        ),
        (
            1500.0,
            "reported",
            "missed",
            ": 1,500 h by 30 Nov 2024 against a target of 1,600 h for 2024: missed by 100.",
        ),
        (
            None,
            "not_reported",
            "unknown",
            "not reported, so the target of 1,600 h for 2024 cannot be judged.",
        ),
    ],
)
def test_a_target_is_told_in_every_case(
    value: float | None, state: str, status: str, says: str
) -> None:
    as_of = date(2024, 11, 30)
    progress = Progress(
        HOURS,
        *("a", "year", "2024", date(2024, 1, 1)),
        last_day=as_of if status == "missed" else date(2024, 12, 31),
        as_of=as_of,
        opening=0.0,
        target=1600.0,
        value=value,
        needed=1438.4,
        state=state,
    )
    assert progress.status == status
    assert clerk.target(progress).endswith(says)


def test_reporting_counts_what_came_in() -> None:
    assert registers.reporting(1, 0, 0) == "The 1 table expected was reported in full."
    assert registers.reporting(5, 0, 0) == "All 5 tables expected were reported in full."
    assert registers.reporting(5, 1, 1).endswith(
        "3 were reported in full, 1 in part, 1 not at all."
    )
    assert registers.reporting(0, 0, 0) == "Nothing is expected for this period."


def test_chinese_reads_as_a_clerk_writes_it() -> None:
    language.use("zh")
    assert (
        clerk.value(row(436.0), HOURS, VIEW) == "志愿服务时长为436小时，比上月增加36小时（9.0%）。"
    )
    assert clerk.value(row(0.8966, 0.7907), SHARE, VIEW) == (
        "诉求按期办结率为89.7%，比上月提高10.6个百分点。"
    )
    assert clerk.value(row(None, None, "not_run"), HOURS, VIEW) == "志愿服务时长一项未开展。"
    assert clerk.value(row(None, 1.0, "not_reported"), HOURS, VIEW) == (
        "志愿服务时长未报送，本期无数据。"
    )
    assert verdicts.variation(told("too_few", "few_points", count=9), HOURS) == (
        "点数不足（现有9个，至少需要12个），尚不能判断是否属于正常波动。"
    )
    said = told("improving", "signal", rules=("run_high",), **BY_WEEK)
    assert verdicts.variation(said, HOURS) == (
        "按近39周数据研判，2024年第47周处在连续7期以上高于中心线的走势中，结论为变好。"
    )
