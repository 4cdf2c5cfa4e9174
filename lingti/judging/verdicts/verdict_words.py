"""The words and the tone of a verdict: the only ones, on every surface."""

from __future__ import annotations

from typing import Literal, Protocol

from lingti.judging import number_text
from lingti.judging.verdicts.chart_choice import POINTS_NEEDED
from lingti.judging.verdicts.charting import Judged
from lingti.judging.verdicts.verdict import FLAGS, Verdict, VerdictCode
from lingti.language import gettext as _

Tone = Literal["good", "bad", "signal", "grey"]


def verdict_words(verdict: VerdictCode) -> str:
    """What a verdict is called, in the current language."""
    match verdict:
        case "improving":
            return _("getting better")
        case "worsening":
            return _("getting worse")
        case "changed":
            return _("something changed")
        case "ordinary":
            return _("ordinary variation")
        case "provisional":
            return _("provisional")
        case "too_few":
            return _("too few points")
        case "not_judged":
            return _("not judged")
        case "withheld":
            return _("withheld")
        case "not_reported":
            return _("not reported")
        case "not_run":
            return _("not run")
        case "not_computable":
            return _("not computable")
        case "not_expected":
            return _("not expected")
        case "nothing":
            return _("nothing to compute")


def tone(verdict: VerdictCode) -> Tone:
    """How a verdict looks: grey unless it is a signal."""
    match verdict:
        case "improving":
            return "good"
        case "worsening":
            return "bad"
        case "changed":
            return "signal"
        case _:
            return "grey"


class Reasoned(Protocol):
    """What is needed of a verdict, worked out or as it is kept, to say why it is one."""

    @property
    def reason(self) -> str: ...
    @property
    def rules(self) -> tuple[str, ...]: ...
    @property
    def chart(self) -> str: ...
    @property
    def judged_period(self) -> str: ...
    @property
    def count(self) -> int: ...


def why_words(verdict: Reasoned) -> str:
    """Why a verdict is what it is, in a sentence; empty where the value's state says it already."""
    match verdict.reason:
        case "signal":
            return _signal_sentence(verdict)
        case "no_signal":
            return _("The judged point lies within the limits and breaks no rule of its chart.")
        case "young":
            return _("Cases of the period have not had their time yet.")
        case "days_missing":
            return _("Not all days of the period are reported.")
        case "few_points" if not verdict.count:
            return _("There are fewer points to judge by than the {needed} needed.").format(
                needed=POINTS_NEEDED
            )
        case "few_points":
            return _("There are {count} points to judge by; {needed} are needed.").format(
                count=verdict.count, needed=POINTS_NEEDED
            )
        case "stock":
            return _("A level is not judged; what comes in and what goes out is.")
        case "rolling":
            return _("Six months that overlap the six before are not judged.")
        case "long_period":
            return _("Quarters and years are not judged; the signals in them are listed.")
        case "before_start":
            return _("The period lies before the start.")
        case "early_rows":
            return _("Rows from before a start are among what is counted.")
        case "holiday":
            return _("Every week that ends in the period has public holidays.")
        case "by_month":
            return _("The weeks hold too little to be judged; the months are.")
        case "no_point":
            return _("No point of the chart ends in the period.")
        case _:
            return ""


def _signal_sentence(verdict: Reasoned) -> str:
    if not verdict.rules:  # a reader of published values is told no more than the word
        return ""
    why = _("; ").join(rule_words(rule) for rule in verdict.rules)
    if verdict.chart == "t":
        return _("The days between events, at {point}, are {why}.").format(
            point=number_text.point(verdict.judged_period), why=why
        )
    return _("The judged point, {point}, is {why}.").format(
        point=number_text.point(verdict.judged_period), why=why
    )


def rule_words(rule: str) -> str:
    """Why a point of any of the charts stands out, to follow `is`: of `outside_high` and so on."""
    match rule:
        case "outside_high":
            return _("above the upper limit")
        case "outside_low":
            return _("below the lower limit")
        case "trend_high":
            return _("one of 7 or more values rising in a row")
        case "trend_low":
            return _("one of 7 or more values falling in a row")
        case "two_of_three_high":
            return _("one of two in three close to the upper limit")
        case "two_of_three_low":
            return _("one of two in three close to the lower limit")
        case "run_high":
            return _("one of 7 or more values in a row above the centre")
        case _:
            return _("one of 7 or more values in a row below the centre")


def point_words(point: Judged) -> str:
    """What is said of one point of a chart and why, for its hover text."""
    if point.left_out:
        return _("A week with a public holiday: shown, not judged.")
    if point.flag is None:
        return verdict_words("not_judged")
    verdict = verdict_words(FLAGS[point.flag])
    why = _("; ").join(rule_words(f"{signal.rule}_{signal.direction}") for signal in point.signals)
    return _("{verdict}: {why}").format(verdict=verdict, why=why) if why else verdict


def chart_words(verdict: Verdict, *, per_month_days: bool = False) -> str:
    """What one point of a verdict's chart is, in a sentence; empty without a chart."""
    match verdict.chart, verdict.grain:
        case "t", _grain:
            return _("Each point is the days between two days on which it happened.")
        case "p", "week":
            return _("Each point is weeks, together until there are cases enough.")
        case "p", _grain:
            return _("Each point is months, together until there are cases enough.")
        case "xmr", "week":
            return _("Each point is a week.")
        case "xmr", _grain if per_month_days:
            return _("Each point is a month, per 30 days.")
        case "xmr", _grain:
            return _("Each point is a month.")
        case _:
            return ""
