"""What a setting cannot be though it can be read: more people than live anywhere, far-off days."""

from __future__ import annotations

from datetime import date, timedelta

from lingti import clock
from lingti.language import gettext as _

MOST_PEOPLE = 1_000_000  # of one community
A_YEAR, _YEARS_AHEAD = timedelta(days=366), timedelta(days=10 * 366)


def people(number: int) -> int:
    """How many residents or households a community has. Raises ValueError beyond `MOST_PEOPLE`."""
    if not 0 <= number <= MOST_PEOPLE:
        sentence = _("{number} is more than one community has; check its digits")
        raise ValueError(sentence.format(number=f"{number:,}"))
    return number


def counted_on(day: date) -> date:
    """A day as of which people were counted. Raises ValueError for one over a year ahead."""
    if day > clock.today() + A_YEAR:
        sentence = _("{day} is more than a year ahead; check the year")
        raise ValueError(sentence.format(day=day.isoformat()))
    return day


def to_come(day: date) -> date:
    """A day until which something holds, or is due. Raises ValueError for one ten years ahead."""
    if day > clock.today() + _YEARS_AHEAD:
        sentence = _("{day} is more than ten years ahead; check the year")
        raise ValueError(sentence.format(day=day.isoformat()))
    return day
