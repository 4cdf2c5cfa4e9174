"""How good verdicts are: `python -m benchmarks.verdicts` simulates the whole decision.

Series of which the truth is known go through `verdict.judge`, the choice of chart included: first
without any change, for the false alarms of the judged point, then followed by a shift of two
standard deviations of the points judged, for how often it is found within eight of them. Only
shifts that can exist are made: a count does not fall below 0, days between events not under one
day, and of what is not judged nothing can be found. Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Row
from lingti.judging.verdicts.verdict import Asked, Kind, Series, Value, Verdict, judge

POINTS = (24, 44, 104)
FALSE_ALARMS, FOUND, WITHIN = 0.03, 0.8, 8
RARE = 3
MISSED = " MISSED"
# So far ahead that no public holidays are known.
END = date(2053, 12, 31)
LAST_SUNDAY = END - timedelta(days=(END.weekday() + 1) % 7)
# Mean and standard deviation of the 3.6th root of times that come by chance, of mean 1.
ROOT_MEAN, ROOT_SD = 0.9011, 0.2777
# Days between events two standard deviations longer, under the root that is charted.
LONGER = ((ROOT_MEAN + 2 * ROOT_SD) / ROOT_MEAN) ** 3.6
AMOUNT, SHARE = Kind("amount", "up"), Kind("share", "up")
Random = np.random.Generator
Numbers = NDArray[np.float64]
Cut = tuple[Asked, int, int]


@dataclass(frozen=True)
class Data:
    """Numbers by week, with the cases of shares, or by day, in order of time from a Monday on."""

    first_day: date
    numbers: Numbers
    cases: Numbers | None = None
    by_day: bool = False


@dataclass(frozen=True)
class Process:
    """Weekly numbers around a mean, each week as much like the one before as `memory` says."""

    name: str
    memory: float = 0.0
    goal: float = FALSE_ALARMS
    kind: Kind = AMOUNT

    def found_goal(self, up: bool) -> float | None:
        """Which part of the shifts must be found; None where it is printed only."""
        return FOUND

    def drawn(self, random: Random, points: int) -> Data:
        """A series without change."""
        return Data(_first_day(points), self._noise(random, points) + 100)

    def _noise(self, random: Random, points: int) -> Numbers:
        noise = random.normal(0, 10, points)
        for at in range(1, points):
            noise[at] = self.memory * noise[at - 1] + math.sqrt(1 - self.memory**2) * noise[at]
        return noise

    def shifted(
        self, random: Random, data: Data, known: Verdict, up: bool
    ) -> tuple[Data, list[Asked]] | None:
        """The series and eight points after a shift, and when to ask; None where there is none."""
        after = self._noise(random, WITHIN) + (120 if up else 80)
        return _longer(data, after), _weeks_after(WITHIN)


@dataclass(frozen=True)
class Shares(Process):
    """Weekly shares of `fewest` to `most` cases."""

    share: float = 0.5
    fewest: int = 1
    most: int = 8
    kind: Kind = SHARE

    def found_goal(self, up: bool) -> float | None:
        """Two standard deviations above 95 % most points are at 100 %, which is no side."""
        return None if up and self.share > 0.9 else FOUND

    def drawn(self, random: Random, points: int) -> Data:
        return self._cases(random, points, self.share, _first_day(points))

    def _cases(self, random: Random, weeks: int, share: float, first_day: date) -> Data:
        cases = random.integers(self.fewest, self.most + 1, weeks)
        return Data(first_day, _floats(random.binomial(cases, share)), _floats(cases))

    def shifted(
        self, random: Random, data: Data, known: Verdict, up: bool
    ) -> tuple[Data, list[Asked]] | None:
        pooled = round(len(data.numbers) / known.count)
        cases = pooled * (self.fewest + self.most) / 2
        away = 2 * math.sqrt(self.share * (1 - self.share) / cases)
        share = self.share + (away if up else -away)
        if not 0 <= share <= 1:
            return None
        after = self._cases(random, WITHIN * pooled, share, data.first_day)
        assert after.cases is not None
        return _longer(data, after.numbers, after.cases), _weeks_after(WITHIN * pooled)


@dataclass(frozen=True)
class Counts(Process):
    """Events that come by chance, of a mean by week."""

    mean: float = 1.0

    def drawn(self, random: Random, points: int) -> Data:
        first_day = _first_day(points)
        days = (END - first_day).days + 1
        return Data(first_day, _floats(random.poisson(self.mean / 7, days)), by_day=True)

    def shifted(
        self, random: Random, data: Data, known: Verdict, up: bool
    ) -> tuple[Data, list[Asked]] | None:
        if known.chart == "t":
            return None if up else self.after_events(random, data, LONGER)
        days = 7.0 if known.grain == "week" else 30.4
        expected = self.mean / 7 * days
        away = 2 * math.sqrt(expected)
        daily = (expected + (away if up else -away)) / days
        if daily < 0:
            return None
        if known.grain == "week":
            whole = (LAST_SUNDAY - data.first_day).days + 1
            data = Data(data.first_day, data.numbers[:whole], by_day=True)
            return _longer(data, _floats(random.poisson(daily, 7 * WITHIN))), _weeks_after(WITHIN)
        asked = [_month(END.year + 1, month) for month in range(1, WITHIN + 1)]
        after = random.poisson(daily, (asked[-1].last_day - END).days)
        return _longer(data, _floats(after)), asked

    def after_events(self, random: Random, data: Data, longer: float) -> tuple[Data, list[Asked]]:
        """Eight events more, with days between that are so many times as long on average."""
        chance = 1 - math.exp(-self.mean / 7 / longer)
        happened = np.cumsum(random.geometric(chance, WITHIN))
        after = np.zeros(happened[-1])
        after[happened - 1] = 1
        days = [END + timedelta(days=int(one)) for one in happened]
        events = [Asked("month", "", day, day) for day in days]
        # Meanwhile there may be months enough to be judged in their place.
        months = [_month(END.year + 1 + at // 12, at % 12 + 1) for at in range(len(after) // 30)]
        return _longer(data, after), [*events, *months]


def _floats(numbers: NDArray[np.int64]) -> Numbers:
    return numbers.astype(np.float64)


def _first_day(points: int) -> date:
    return LAST_SUNDAY - timedelta(days=7 * points - 1)


def _longer(data: Data, numbers: Numbers, cases: Numbers | None = None) -> Data:
    more = None if data.cases is None or cases is None else np.r_[data.cases, cases]
    return Data(data.first_day, np.r_[data.numbers, numbers], more, data.by_day)


def _weeks_after(count: int) -> list[Asked]:
    ends = [LAST_SUNDAY + timedelta(days=7 * week) for week in range(1, count + 1)]
    return [Asked("week", "", end - timedelta(days=6), end) for end in ends]


def _month(year: int, month: int) -> Asked:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Asked("month", "", date(year, month, 1), after - timedelta(days=1))


def series(data: Data) -> Series:
    """What `verdict.judge` is given of the data."""
    if not data.by_day:
        cases = [None] * len(data.numbers) if data.cases is None else data.cases.tolist()
        weeks = [
            _value(_week(data.first_day, at), number, of)
            for at, (number, of) in enumerate(zip(data.numbers.tolist(), cases, strict=True))
        ]
        return Series(tuple(weeks), ())
    sums = np.r_[0, np.cumsum(data.numbers)].tolist()
    weeks_there, months_there = _calendar(data.first_day, len(data.numbers))
    return Series(
        tuple(_value(one, sums[end] - sums[start]) for one, start, end in weeks_there),
        tuple(_value(one, sums[end] - sums[start]) for one, start, end in months_there),
        tuple(data.first_day + timedelta(days=int(at)) for at in np.nonzero(data.numbers)[0]),
    )


@cache
def _calendar(first_day: date, days: int) -> tuple[list[Cut], list[Cut]]:
    """The whole weeks and months of so many days, and where they begin and end in them."""
    weeks = [(_week(first_day, at // 7), at, at + 7) for at in range(0, days - 6, 7)]
    last = first_day + timedelta(days=days - 1)
    months = [
        _month(year, number)
        for year in range(first_day.year, last.year + 1)
        for number in range(1, 13)
    ]
    return weeks, [
        (one, (one.first_day - first_day).days, (one.last_day - first_day).days + 1)
        for one in months
        if one.first_day >= first_day and one.last_day <= last
    ]


@cache
def _week(first_day: date, number: int) -> Asked:
    monday = first_day + timedelta(days=7 * number)
    return Asked("week", monday.isoformat(), monday, monday + timedelta(days=6))


def _value(of: Asked, number: float, cases: float | None = None) -> Value:
    value = number if cases is None else number / cases
    return Value(of.period, of.first_day, of.last_day, value, "reported", number, cases)


PROCESSES: Sequence[Process] = (
    Process("normal"),
    *(Counts(f"Poisson, mean {mean}", mean=mean) for mean in (0.3, 1, 2, 3, 5)),
    *(
        Shares(f"share near {share}, {cases} cases", share=share, fewest=low, most=high)
        for share in (0.5, 0.95)
        for cases, low, high in (("1-8", 1, 8), ("50", 50, 50))
    ),
    Process("AR(1) 0.3", memory=0.3, goal=1.0),
)


@dataclass(frozen=True)
class Measured:
    """Of how many series how many were judged, falsely alarmed, and by what chart."""

    series: int
    judged: int
    alarms: int
    charts: tuple[str, ...]


def unchanged(process: Process, random: Random, points: int, count: int) -> Measured:
    """The false alarms of the judged point of a month, where nothing changed."""
    asked = _month(END.year, END.month)
    found = [
        judge(process.kind, series(process.drawn(random, points)), asked) for _one in range(count)
    ]
    judged = [one for one in found if one.judged]
    charts = sorted({f"{one.chart} by {one.grain}" for one in judged})
    return Measured(count, len(judged), sum(one.is_signal for one in judged), tuple(charts))


def found_shifts(
    process: Process, random: Random, points: int, count: int, up: bool
) -> tuple[int, int]:
    """How many shifts of series that are judged there were, and how many of them were found.

    Where few series are judged more are drawn, up to four times as many as shifts are wanted.
    """
    asked = _month(END.year, END.month)
    made = found = drawn = 0
    while made < count and drawn < (4 * count if made else count):
        drawn += 1
        data = process.drawn(random, points)
        known = judge(process.kind, series(data), asked)
        shift = process.shifted(random, data, known, up) if known.judged else None
        if shift is not None:
            of_it = series(shift[0])
            made += 1
            found += any(judge(process.kind, of_it, one).is_signal for one in shift[1])
    return made, found


def _alarms_row(process: Process, count: int) -> Row:
    found = {
        points: unchanged(process, _random(process, points), points, count) for points in POINTS
    }
    holds = all(one.alarms <= process.goal * one.judged for one in found.values())
    goal = "printed, 5 % known" if process.goal == 1 else f"≤ {process.goal:.0%}"
    charts = sorted({chart for one in found.values() for chart in one.charts})
    judged = _by_points({points: _share(one.judged, one.series) for points, one in found.items()})
    return Row(
        f"false alarms, {process.name}",
        goal + ("" if holds else MISSED),
        _by_points({points: _share(one.alarms, one.judged) for points, one in found.items()}),
        f"{', '.join(charts) or 'no chart'}; judged {judged}",
    )


def _shift_row(process: Process, count: int, up: bool) -> Row:
    found = {
        points: found_shifts(process, _random(process, points), points, count, up)
        for points in POINTS
    }
    least = process.found_goal(up)
    holds = all(hits >= (least or 0) * made for made, hits in found.values() if made >= count / 10)
    goal = "printed, at 100 %" if least is None else f"≥ {least:.0%} within {WITHIN} points"
    return Row(
        f"shift of 2 sd {'up' if up else 'down'}, {process.name}",
        goal + ("" if holds else MISSED),
        _by_points({points: _share(hits, made) for points, (made, hits) in found.items()}),
    )


def _more_often_row(process: Counts, count: int) -> Row:
    """Where days between are judged, how often three times as many events are seen; printed."""
    asked = _month(END.year, END.month)
    found = {}
    for points in POINTS:
        random = _random(process, points)
        made = hits = 0
        for _one in range(count):
            data = process.drawn(random, points)
            if judge(process.kind, series(data), asked).chart == "t":
                longer, when = process.after_events(random, data, 1 / 3)
                of_it = series(longer)
                made += 1
                hits += any(judge(process.kind, of_it, one).is_signal for one in when)
        found[points] = _share(hits, made)
    return Row(f"three times as many events, {process.name}", "printed", _by_points(found))


def _random(process: Process, points: int) -> Random:
    """Numbers of its own for each row, so that one row changes no other."""
    return np.random.default_rng([points, *process.name.encode()])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _by_points(found: dict[int, str]) -> str:
    return ", ".join(f"{points}: {text}" for points, text in found.items())


def run(count: int = 1000, shifts: int = 120) -> list[Row]:
    """The table: per process the false alarms at 24, 44 and 104 weeks, and the shifts found."""
    found = []
    for process in PROCESSES:
        found.append(_alarms_row(process, count))
        found += [_shift_row(process, shifts, up) for up in (True, False)]
        if isinstance(process, Counts) and process.mean < RARE:
            found.append(_more_often_row(process, shifts))
    return found


def main() -> None:
    rows = run()
    for row in rows:
        print(f"| {row.what} | {row.goal} | {row.measured} | {row.by} |")
    sys.exit(any(MISSED in row.goal for row in rows))


if __name__ == "__main__":
    main()
