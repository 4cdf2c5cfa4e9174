"""What is exhaustive: `make test` runs a part that a fixed seed draws, `make soak` all of it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")
ALL = bool(os.environ.get("LINGTI_EXHAUSTIVE"))


def part(cases: Iterable[Case], keep: int, seed: int = 20) -> list[Case]:
    """So many of the cases, in their order; all of them in a long run."""
    every = list(cases)
    if ALL or keep >= len(every):
        return every
    return [every[at] for at in sorted(random.Random(seed).sample(range(len(every)), keep))]


def count(every: int, keep: int) -> int:
    """How many examples are generated: `keep`, or `every` in a long run."""
    return every if ALL else keep
