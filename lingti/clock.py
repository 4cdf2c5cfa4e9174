"""Which day it is: the only place that asks. Moments of acts, as in logs, are of the real time."""

from __future__ import annotations

import os
from datetime import date

TODAY = "LINGTI_TODAY"


class ClockError(Exception):
    """`$LINGTI_TODAY` is no day."""


def today(of_sample: date | None = None) -> date:
    """`$LINGTI_TODAY`, else the day on which a sample stands still, else today.

    Raises ClockError.
    """
    given = os.environ.get(TODAY)
    if not given:
        return of_sample or date.today()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ClockError(f"{TODAY}: {given!r}: 2024-06-10") from error
