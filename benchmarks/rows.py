"""What every benchmark returns: ratios measured in one run, beside their goals."""

from __future__ import annotations

import importlib
import os
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


def rows_of(name: str) -> list[Row]:
    """Runs one benchmark of this folder; here, where a process of its own finds it by name."""
    found: list[Row] = importlib.import_module(f"benchmarks.{name}").run()
    return found


def be_silent() -> None:
    """Keeps the progress bars of DuckDB, which takes a process like this for a prompt, out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@dataclass(frozen=True)
class Took:
    """Seconds of the clock and of the processor, which a busy machine inflates less."""

    clock_s: float
    processor_s: float

    def __str__(self) -> str:
        return f"{self.clock_s:.2f} s ({self.processor_s:.2f} s of the processor)"


def took(work: Callable[[], Any], runs: int = 1) -> Took:
    """How long a piece of work takes, with the processes it starts; the best of several runs."""
    found = []
    for _run in range(runs):
        clock, processor = time.perf_counter(), _processor_s()
        work()
        found.append(Took(time.perf_counter() - clock, _processor_s() - processor))
    return min(found, key=lambda one: one.clock_s)


def _processor_s() -> float:
    """Seconds of the processor so far, of this process and of the children it has waited for."""
    return sum(os.times()[:4])


def peak_memory() -> str:
    """The peak memory of this process and of the largest child."""
    try:
        import resource
    except ImportError:  # Windows
        return "unknown"
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{own} MB here, {child} MB in the child"


def times(one: Took, other: Took) -> str:
    """How many times the other's time one took, of the clock and of the processor."""
    clock = one.clock_s / max(other.clock_s, 1e-9)
    processor = one.processor_s / max(other.processor_s, 1e-9)
    return f"{clock:.2f} × (processor {processor:.2f} ×)"
