"""Totals of a form: they are filled where they agree with what is filled above them.

A total of persons is asked: somebody in two communities counts twice in the sum of the column, and
once in the district's own number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from lingti.catalog import DISTRICT, UNFILLED
from lingti.forms.reading.slots import Slot
from lingti.forms.understanding import times
from lingti.forms.understanding.cells import LIKELY, SURE, Reading
from lingti.forms.values import Number, Numbers
from lingti.judging.periods import Period

_ALIKE = 1e-6
_DAY = timedelta(days=1)
OTHER = ("其他", "其它")
Looked = tuple[Slot, Reading, Number | None]


def settled(numbers: Numbers, looked: Sequence[Looked]) -> list[Looked]:
    """The cells with totals worked out, and with 其他 only where all other members stand there."""
    others_settled = [_other(numbers, looked_up, looked) for looked_up in looked]
    return [
        _total(numbers, looked_up, others_settled) if looked_up[1].total else looked_up
        for looked_up in others_settled
    ]


def with_times(readings: Sequence[tuple[Slot, Reading]]) -> list[tuple[Slot, Reading]]:
    """A total in a form that says no period is of the times that stand in its column or row."""
    looked: list[Looked] = [(slot, asked, None) for slot, asked in readings]
    timed = []
    for slot, reading in readings:
        if reading.total and reading.period is None and reading.needs == {"period"}:
            alike = [other[1] for other in _siblings((slot, reading, None), looked)]
            same = [r.period for r in alike if r.period and _whose(r) == _whose(reading)]
            if same and (whole := _joined(same)):
                reading = replace(reading, period=whole, needs=frozenset(), which="this")
        timed.append((slot, reading))
    return timed


def _whose(reading: Reading) -> tuple[str, str, str]:
    return reading.place, reading.dimension, reading.member


def _joined(periods: Sequence[Period]) -> Period | None:
    """The period that others make up, one after the other; None where they do not follow."""
    days = sorted((period.first_day, period.last_day) for period in periods)
    if all(after[0] - before[1] == _DAY for before, after in pairwise(days)):
        return times.period_between(days[0][0], days[-1][1])
    return None


def _siblings(looked_up: Looked, looked: Sequence[Looked]) -> list[Looked]:
    """The cells that ask for the same of other places, members or times, in its column or row."""
    slot, asked, _number = looked_up
    return [
        other
        for other in looked
        if other[0].block == slot.block
        and other[0].address != slot.address
        and not other[1].total
        and (other[0].place[0] == slot.place[0] or other[0].place[1] == slot.place[1])
        and (other[1].metric, other[1].change) == (asked.metric, asked.change)
    ]


def _is_of_place(asked: Reading, other: Reading) -> bool:
    """Whether a cell asks for the same of another place."""
    same = (other.period, other.dimension, other.member)
    return (
        other.own_place
        and other.place != asked.place
        and same == (asked.period, asked.dimension, asked.member)
    )


def _is_of_member(asked: Reading, other: Reading) -> bool:
    """Whether a cell asks for a member of what is asked."""
    same = (other.period, other.place) == (asked.period, asked.place)
    return bool(other.dimension) and not asked.dimension and same


def _is_of_time(asked: Reading, other: Reading) -> bool:
    """Whether a cell asks for a part of the time that is asked."""
    if other.period is None or asked.period is None or other.period == asked.period:
        return False
    first, last = other.period.first_day, other.period.last_day
    if first < asked.period.first_day or last > asked.period.last_day:
        return False
    same = (other.place, other.dimension, other.member)
    return same == (asked.place, asked.dimension, asked.member)


def _other(numbers: Numbers, looked_up: Looked, looked: Sequence[Looked]) -> Looked:
    slot, asked, number = looked_up
    if "other" not in asked.doubts or not asked.metric:
        return looked_up
    listed = {
        other[1].member
        for other in _siblings(looked_up, looked)
        if (other[1].dimension, other[1].place, other[1].period)
        == (asked.dimension, asked.place, asked.period)
    }
    had = numbers.members_of(asked.metric, asked.dimension, asked.place)
    if not had - listed <= {*OTHER, UNFILLED, asked.member}:
        return looked_up
    doubts = tuple(doubt for doubt in asked.doubts if doubt != "other")
    sureness = SURE if asked.sureness == LIKELY and not doubts else asked.sureness
    return slot, replace(asked, doubts=doubts, sureness=sureness), number


def _total(numbers: Numbers, looked_up: Looked, looked: Sequence[Looked]) -> Looked:
    slot, asked, _number = looked_up
    if not asked.metric or asked.period is None or not asked.sureness:
        return looked_up
    siblings = _siblings(looked_up, looked)
    by_place = [other for other in siblings if _is_of_place(asked, other[1])]
    if by_place and (not asked.own_place or asked.place == DISTRICT):
        return _of_places(numbers, looked_up, by_place)
    if not asked.place:
        return slot, replace(asked, needs=frozenset({"community"})), None
    number = numbers.number(asked)
    parts = [other for other in siblings if _is_of_member(asked, other[1])]
    if not parts:
        parts = _all_of_time(
            asked, [sibling for sibling in siblings if _is_of_time(asked, sibling[1])]
        )
    added = _sum(parts) if parts else None
    complete = added is not None and number.raw is not None and abs(added - number.raw) < _ALIKE
    return slot, _judged(numbers, asked, complete, "part"), number


def _all_of_time(asked: Reading, parts: list[Looked]) -> list[Looked]:
    """The cells whose periods make up the period that is asked; () where they do not."""
    periods = [asked.period for _slot, asked, _number in parts if asked.period]
    if not periods or asked.change:
        return []
    return parts if _joined(periods) == asked.period else []


def _of_places(numbers: Numbers, looked_up: Looked, siblings: list[Looked]) -> Looked:
    slot, asked, _number = looked_up
    every = {community.id for community in numbers.district.communities}
    listed = {other[1].place for other in siblings}
    added = _sum(siblings)
    asked = replace(asked, place=DISTRICT, own_place=True, needs=frozenset())
    if asked.total == "sum" or (asked.total != "district" and listed != every):
        number = Number(added, "reported", "" if added is not None else "not_reported")
        return slot, _judged(numbers, asked, False, "part"), number
    number = numbers.number(asked)
    metric = numbers.warehouse.catalog.metrics[asked.metric]
    agrees = added is not None and number.raw is not None and abs(added - number.raw) < _ALIKE
    complete = listed == every and (agrees or (metric.is_share and metric.adds_up))
    return slot, _judged(numbers, asked, complete, "distinct"), number


def _judged(numbers: Numbers, asked: Reading, complete: bool, why: str) -> Reading:
    """A total is sure where its parts add up to it, and no person is in two of them."""
    metric = numbers.warehouse.catalog.metrics[asked.metric]
    if asked.sureness not in (SURE, LIKELY):
        return asked
    if complete and metric.adds_up and asked.sureness == SURE:
        return asked
    return replace(asked, sureness=LIKELY, doubts=(*asked.doubts, f"total_{why}"))


def _sum(siblings: Sequence[Looked]) -> float | None:
    """What the cells come to; None where one is blank that is not for want of the activity."""
    whole = 0.0
    for _slot, reading, number in siblings:
        if number is None or reading.sureness == "":
            return None
        if number.raw is None:
            if number.state in ("not_run", "not_expected"):
                continue
            return None
        whole += number.raw
    return whole
