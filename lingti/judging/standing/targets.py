"""A target's progress: what was reached, against the pace that the calendar asks for.

Pages, slides, documents and the command line tell the one status that `status` gives, in the words
of `target_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Literal

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.district import Target, journal
from lingti.judging import number_text, period_values
from lingti.judging.period_values import View
from lingti.judging.periods import day_of
from lingti.judging.reporting import to_correct
from lingti.judging.standing.projected import MONTHS, Projected, projected
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.frames import plain, rows

Status = Literal[
    "reached", "missed", "on_pace", "behind", "cannot_be_said", "hangs_on_finding", "unknown"
]

# In the order in which they are told.
STATUSES: tuple[Status, ...] = (
    *("reached", "hangs_on_finding", "on_pace", "behind", "missed", "cannot_be_said", "unknown"),
)
# Of which it is said which targets they are.
TO_LOOK_AT: tuple[Status, ...] = ("missed", "behind", "hangs_on_finding", "cannot_be_said")

MONTH_DAYS = 365.25 / 12
STEP = timedelta(days=7)
# Below this part of what the elapsed time asks for, a target counts as off pace.
PACE_TOLERANCE = 0.9


@dataclass(frozen=True)
class Progress:
    """How far a target is reached by the day looked at.

    Its pace runs straight from the level at the beginning to the target; `needed` is what it asks
    for by `as_of`. `state` says why there is no value. Rates are per month; `rate_needed` is None
    once the time is up. `months` is what each of the last whole months brought, oldest first, None
    where not all of it is reported; `undoubted` the value without the rows that findings are about,
    None where that was not worked out; `to_correct` how many rows in quarantine the value lacks.
    """

    metric: Metric
    place: str
    grain: str
    period: str
    first_day: date
    last_day: date
    as_of: date
    opening: float
    target: float
    value: float | None
    needed: float
    state: str = "reported"
    months: tuple[float | None, ...] = ()
    undoubted: float | None = None
    to_correct: int = 0

    @property
    def status(self) -> Status:
        """How the target stands: the one word for it everywhere."""
        stands = status(
            self.metric,
            self.value,
            target=self.target,
            needed=self.needed,
            is_over=self.is_over,
            is_partial=self.is_part,
            leads_to=self.projected,
        )
        if stands == "reached" and self.undoubted is not None and self.undoubted < self.target:
            return "hangs_on_finding"
        return stands

    @property
    def projected(self) -> Projected | None:
        """Where the last three months lead to; None with fewer, over time, and for what is no sum.

        Nothing leads on from months of which days are missing.
        """
        known = [month for month in self.months if month is not None]
        if self.value is None or self.is_over or self.is_part or len(known) < MONTHS:
            return None
        left = (self.last_day - self.as_of).days / MONTH_DAYS
        return projected(
            self.months, reached=self.value, target=self.target, months_left=left, better="up"
        )

    @property
    def is_part(self) -> bool:
        """Whether the value has days missing, or lies before the start altogether."""
        return self.state in number_text.MARKED

    @property
    def grows(self) -> bool:
        """Whether it adds up day by day; a share or duration is held against the target itself."""
        return grows(self.metric)

    @property
    def is_over(self) -> bool:
        """Whether the target's time is up."""
        return self.as_of >= self.last_day

    @property
    def gap(self) -> float | None:
        """What is missing to the pace (negative) or ahead of it (positive)."""
        return None if self.value is None else self.value - self.needed

    @property
    def rate_so_far(self) -> float | None:
        """What a month has brought on average until now."""
        days = (self.as_of - self.first_day).days + 1
        if self.value is None or days <= 0 or not self.grows:
            return None
        return (self.value - self.opening) / days * MONTH_DAYS

    @property
    def rate_needed(self) -> float | None:
        """What each month has to bring from now on for the target to be met; 0 once it is."""
        days = (self.last_day - self.as_of).days
        if self.value is None or days <= 0 or not self.grows:
            return None
        return max(0.0, self.target - self.value) / days * MONTH_DAYS


def status(
    metric: Metric,
    value: float | None,
    *,
    target: float,
    needed: float,
    is_over: bool,
    is_partial: bool = False,
    leads_to: Projected | None = None,
) -> Status:
    """Reached, missed once the time is up, else held against what the time gone by asks for.

    More than the target is reached at once, wherever it began; what is better low can still rise.
    With days not reported only a total that has its target already can be told: they are not 0.
    Where the last three months lead, if that is known, counts for more than the straight line.
    """
    if value is None:
        return "unknown"
    is_low = metric.better == "down"
    is_met = value <= target if is_low else value >= target
    if is_partial and not (is_met and metric.window == "period" and grows(metric)):
        return "cannot_be_said"
    if is_over or (is_met and not is_low):
        return "reached" if is_met else "missed"
    if is_low:
        return "behind" if value > needed / PACE_TOLERANCE else "on_pace"
    on_the_line = value >= needed * PACE_TOLERANCE
    if leads_to is None or leads_to.middle is None:
        return "on_pace" if on_the_line else "behind"
    if leads_to.pace != "cannot_be_said":
        return leads_to.pace
    # The range holds the target: what has kept to the line and leads to it keeps its pace.
    if not on_the_line:
        return "behind"
    return "on_pace" if leads_to.middle >= target else "cannot_be_said"


def grows(metric: Metric) -> bool:
    """Whether it adds up day by day; a share or duration is held against the target itself."""
    return metric.scalable and metric.better != "down" and metric.window != "last_6_months"


def targets_now(warehouse: Warehouse) -> list[Target]:
    """The targets that hold now: as the warehouse was built, changed by newer entries."""
    built = warehouse.rows("select community, metric, period, target as value from targets")
    return journal.targets(warehouse.home, [Target(**row) for row in built], warehouse.catalog)


def progress(warehouse: Warehouse, view: View, until: dict[str, date]) -> list[Progress]:
    """How the targets whose periods hold the view's last day stand on that day.

    `until` is the newest day of each place's data. In the district's order, its own first.
    """
    known = warehouse.catalog.metrics
    chosen = [target for target in targets_now(warehouse) if target.metric in known]
    return _progress(warehouse, view, until, chosen)


@memoised
def _progress(
    warehouse: Warehouse, view: View, until: dict[str, date], chosen: list[Target]
) -> list[Progress]:
    known = warehouse.catalog.metrics
    frame = period_values.read(
        warehouse,
        view,
        "targets",
        day=view.period.last_day,
        communities=[target.community for target in chosen],
        metrics=[target.metric for target in chosen],
        periods=[target.period for target in chosen],
        values=[target.value for target in chosen],
    )
    until = until | {DISTRICT: max(until.values(), default=view.period.last_day)}
    held = [
        SimpleNamespace(**row._asdict(), opening=0.0, months=(), undoubted=None)
        for row in rows(frame)
    ]
    for row in held:
        row.first_day = day_of(row.first_day)
        row.last_day = day_of(row.last_day)
        row.value, row.target = plain(row.value), float(row.target)
        row.as_of = min(view.period.last_day, until.get(row.community, view.period.last_day))
    for name in dict.fromkeys(row.metric for row in held):
        of_it = [row for row in held if row.metric == name]
        _look_back(warehouse, view, known[name], of_it)
        _look_for_findings(warehouse, view, known[name], of_it)
        spans = [(row.community, row.first_day, row.as_of) for row in of_it]
        waiting = to_correct.counts(warehouse, known[name], spans)
        for row, count in zip(of_it, waiting, strict=True):
            row.to_correct = 0 if row.value is None else count
    return [_held_against_pace(known[row.metric], row) for row in held]


def _look_back(
    warehouse: Warehouse, view: View, metric: Metric, held: Sequence[SimpleNamespace]
) -> None:
    """Sets the values by the day looked at, and what there was before the pace begins.

    That is a stock's level on the eve, and what came before the community began.
    """
    for row in held:
        if row.as_of < row.first_day:  # it has not begun
            row.value, row.state = None, "not_run"
    unfinished = [row for row in held if row.first_day <= row.as_of < row.last_day]
    if view.published:
        for row in unfinished:
            row.value, row.state = None, "withheld"
        return
    ends = {id(row): _month_ends(row) if grows(metric) else [] for row in unfinished}
    eves = [_eve(warehouse, metric, row) for row in held]
    spans = {(row.first_day, row.as_of) for row in unfinished} | {eve for eve in eves if eve}
    spans |= {(row.first_day, day) for row in unfinished for day in ends[id(row)]}
    values = ask.over_spans(warehouse, metric, sorted(spans))
    for row in unfinished:
        then = values[row.community, row.first_day, row.as_of]
        row.value, row.state = plain(then["value"]), then["state"]
    for row, eve in zip(held, eves, strict=True):
        row.opening = (plain(values[row.community, *eve]["value"]) or 0.0) if eve else 0.0
    for row in unfinished:
        levels = [values[row.community, row.first_day, day] for day in ends[id(row)]]
        known = [
            plain(level["value"]) if level["state"] == "reported" else None for level in levels
        ]
        if ends[id(row)] and row.first_day == ends[id(row)][0].replace(day=1):
            known.insert(0, row.opening)
        row.months = tuple(
            None if before is None or after is None else after - before
            for before, after in pairwise(known[-MONTHS - 1 :])
        )


def _eve(warehouse: Warehouse, metric: Metric, row: SimpleNamespace) -> tuple[date, date] | None:
    """The days whose value is there before a target's pace begins; None where there are none."""
    if not grows(metric):
        return None
    began = _began(warehouse).get(row.community, row.first_day)
    eve = max(row.first_day, min(began, row.last_day)) - timedelta(days=1)
    if metric.window == "to_date":
        return eve, eve
    return (row.first_day, eve) if eve >= row.first_day else None


@memoised
def _began(warehouse: Warehouse) -> dict[str, date]:
    """Community → the day on which it took its topic on."""
    communities = warehouse.rows("select community, since from communities")
    return {row["community"]: day_of(row["since"]) for row in communities}


def _month_ends(row: SimpleNamespace) -> list[date]:
    """The ends of the last whole months by the day looked at, the one before three months first."""
    ends = pd.date_range(row.first_day, row.as_of, freq="ME")[-MONTHS - 1 :]
    return [day.date() for day in ends]


def _look_for_findings(
    warehouse: Warehouse, view: View, metric: Metric, held: Sequence[SimpleNamespace]
) -> None:
    """Sets what totals that have their target come to without the rows that findings are about."""
    met = [row for row in held if row.value is not None and row.value >= row.target]
    if view.published or not grows(metric) or not met:
        return
    undoubted = ask.without_findings(warehouse, metric, {(row.first_day, row.as_of) for row in met})
    for row in met:
        row.undoubted = undoubted.get((row.community, row.first_day, row.as_of))


def _held_against_pace(metric: Metric, row: SimpleNamespace) -> Progress:
    """The progress of one target.

    What adds up over the period grows from nothing, a stock from the level it began with; a
    share or a duration is held against the target itself.
    """
    days = (row.last_day - row.first_day).days + 1
    days_gone = (min(row.as_of, row.last_day) - row.first_day).days + 1
    elapsed = max(0.0, days_gone / days) if grows(metric) else 1
    return Progress(
        metric=metric,
        place=row.community,
        grain=row.grain,
        period=row.period,
        first_day=row.first_day,
        last_day=row.last_day,
        as_of=row.as_of,
        opening=row.opening,
        target=row.target,
        value=row.value,
        needed=row.opening + (row.target - row.opening) * elapsed,
        state=str(row.state),
        months=row.months,
        undoubted=row.undoubted,
        to_correct=row.to_correct,
    )


def week_by_week(warehouse: Warehouse, progress: Progress) -> list[tuple[date, float | None]]:
    """What was reached by each seventh day and by the day looked at: (day, value)."""
    days = _every_seventh(progress.first_day, progress.as_of)
    spans = [(progress.first_day, day) for day in days]
    values = ask.over_spans(warehouse, progress.metric, spans)
    return [(day, plain(values[progress.place, first, day]["value"])) for first, day in spans]


def _every_seventh(first_day: date, as_of: date) -> list[date]:
    """Every seventh day, and the last one."""
    days = []
    day = first_day + STEP - timedelta(days=1)
    while day < as_of:
        days.append(day)
        day += STEP
    return [*days, as_of] if as_of >= first_day else []
