"""What every benchmark returns: ratios measured in one run, beside their goals."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, the goal, what came out, and by what it came."""

    what: str
    goal: str
    measured: str
    by: str = ""


@dataclass(frozen=True)
class Took:
    """Seconds of the clock and of the processor, which a busy machine inflates less."""

    clock_s: float
    processor_s: float

    def __str__(self) -> str:
        return f"{self.clock_s:.2f} s ({self.processor_s:.2f} s of the processor)"


def took(work: Callable[[], Any]) -> Took:
    """How long a piece of work takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def times(one: Took, other: Took) -> str:
    """How many times the other's time one took, of the clock and of the processor."""
    clock = one.clock_s / max(other.clock_s, 1e-9)
    processor = one.processor_s / max(other.processor_s, 1e-9)
    return f"{clock:.2f} × (processor {processor:.2f} ×)"
