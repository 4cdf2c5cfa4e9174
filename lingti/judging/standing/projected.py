"""Where a target's pace leads: the rate of the last three months carried on, with a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Literal

from lingti.judging.verdicts.signals import Better

Pace = Literal["on_pace", "behind", "cannot_be_said"]

MONTHS = 3
# Four in five ends lie in the range: the 90 % point of Student's t for three months.
_T_90 = 1.886


@dataclass(frozen=True)
class Projected:
    """What a total will be when its time is up: the middle, and a range that holds four in five.

    All are None where fewer than three months are known.
    """

    pace: Pace
    middle: float | None = None
    lower: float | None = None
    upper: float | None = None


def projected(
    months: Sequence[float | None],
    *,
    reached: float,
    target: float,
    months_left: float,
    better: Better = "up",
) -> Projected:
    """Whether a target will be met if the last three months go on.

    `months` is what each month brought, oldest first, None where not all of it is reported;
    `reached` the value by now, `months_left` months until the target's day, broken ones too. The
    range comes from how much these three differ, and as much as counts of their size do by chance
    at least: on pace where all of it meets the target, behind where none of it does. What is
    reached already, or without time left, is certain.
    """
    if months_left <= 0 or (better != "down" and reached >= target):
        met = reached <= target if better == "down" else reached >= target
        return Projected("on_pace" if met else "behind", reached, reached, reached)
    newest = [month for month in months[-MONTHS:] if month is not None]
    if len(newest) < MONTHS:
        return Projected("cannot_be_said")
    rate = fmean(newest)
    spread = max(stdev(newest), math.sqrt(max(rate, 0)))
    # The months to come vary, and so does the rate that three of them have given.
    away = _T_90 * spread * math.sqrt(months_left + months_left**2 / MONTHS)
    middle = reached + rate * months_left
    lower, upper = max(middle - away, min(reached, middle)), middle + away
    ends = (
        (lower <= target, upper <= target)
        if better == "down"
        else (
            lower >= target,
            upper >= target,
        )
    )
    pace: Pace = "on_pace" if all(ends) else "cannot_be_said" if any(ends) else "behind"
    return Projected(pace, middle, lower, upper)
