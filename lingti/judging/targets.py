"""A target's way: what was reached day by day, against the pace that the calendar asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lingti import catalog
from lingti.catalog import Metric
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.warehouse import Warehouse, ask

MONTH_DAYS = 365.25 / 12
STEP = timedelta(days=7)


@dataclass(frozen=True)
class Way:
    """How a target was approached.

    Its pace runs straight from the level at the beginning to the target. Rates are per month;
    `rate_needed` is None once the time is up.
    """

    metric: Metric
    place: str
    period: str
    first_day: date
    last_day: date
    as_of: date
    opening: float
    target: float
    value: float | None
    needed: float
    status: str
    state: str = "reported"

    @property
    def grows(self) -> bool:
        """Whether it adds up day by day; a share or duration is held against the target itself."""
        return self.metric.scalable and self.metric.better == "up"

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


def way(standing: Any) -> Way:
    """The way of a target; `standing` is one row of `compare.pace`."""
    return Way(
        metric=catalog.metrics()[standing.metric],
        place=standing.community,
        period=standing.period,
        first_day=standing.first_day,
        last_day=standing.last_day,
        as_of=standing.as_of,
        opening=float(standing.opening),
        target=float(standing.target),
        value=_known(standing.value),
        needed=float(standing.needed),
        status=str(standing.status),
        state=str(standing.state),
    )


def walked(warehouse: Warehouse, one: Way) -> list[tuple[date, float | None]]:
    """What was reached by each seventh day and by the day looked at: (day, value)."""
    spans = [(one.first_day, day) for day in _days(one.first_day, one.as_of)]
    found = ask.over_spans(warehouse, one.metric, spans)
    return [(day, _known(found[one.place, first, day]["value"])) for first, day in spans]


def _days(first_day: date, as_of: date) -> list[date]:
    """Every seventh day, and the last one."""
    days = []
    day = first_day + STEP - timedelta(days=1)
    while day < as_of:
        days.append(day)
        day += STEP
    return [*days, as_of] if as_of >= first_day else []


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)


def status_words(one: Way) -> str:
    """How a target stands, in a word or two."""
    if one.value is None:
        return _("no number yet")
    if one.status == "behind":
        return _("missed") if one.is_over else _("behind pace")
    if one.is_over or _is_met(one):
        return _("reached")
    return _("on pace")


def _is_met(one: Way) -> bool:
    if one.value is None or one.metric.better == "down":
        return False
    return one.value >= one.target


def gap_words(one: Way) -> str:
    """The gap to the pace with its sign; `0` where it is too small to be written.

    What has no pace is held against the target itself, a share in percentage points.
    """
    if one.gap is None:
        return number_text.NOTHING
    if number_text.is_percent(one.metric):
        shown = _("{number} points").format(number=number_text.exact(one.gap * 100, 1))
    else:
        shown = number_text.bare(one.gap, one.metric)
    seen = any(digit in shown for digit in "123456789")
    return number_text.signed(shown, one.gap) if seen else "0"


def words(one: Way) -> str:
    """Value, pace, gap and the rate still required, in sentences."""
    metric = one.metric
    if one.value is None:
        return _("There is no number to hold against the target yet.")
    template = _("By {day}: {value}; the target is {target}.")
    if one.state == "partial":
        template = _("By {day}: {value}, with days not reported; the target is {target}.")
    says = template.format(
        day=number_text.day(one.as_of),
        value=number_text.measured_exact(one.value, metric),
        target=number_text.measured_exact(one.target, metric),
    )
    if not one.grows or one.is_over:
        return says
    gap = one.gap or 0.0
    pace = (_("{gap} ahead of its pace") if gap >= 0 else _("{gap} behind its pace")).format(
        gap=number_text.measured(abs(gap), metric)
    )
    if gap_words(one) == "0":
        pace = _("exactly its pace")
    says = _("{says} That is {pace}.").format(says=says, pace=pace)
    if one.rate_needed is None:
        return says
    return _("{says} Still required: {needed} a month; so far it was {so_far} a month.").format(
        says=says,
        needed=number_text.measured(one.rate_needed, metric),
        so_far=number_text.measured(one.rate_so_far, metric),
    )
