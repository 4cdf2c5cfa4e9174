"""A number as somebody has it, read from what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from lingti.catalog import Metric
from lingti.ingest.values.amounts import parse_number
from lingti.judging import number_text

LIKE = 1e-9


class NoNumberError(ValueError):
    """A text that is no number."""


@dataclass(frozen=True)
class Mine:
    """A number that somebody has, and the step to which it was written: 1.2万 is 12,000 by 1,000"""

    value: float
    step: float

    def is_like(self, other: float | None) -> bool:
        """Whether another number is this one, but for how it is rounded."""
        if other is None:
            return False
        return abs(other - self.value) <= self.step / 2 + LIKE * max(1.0, abs(other))


def mine_of(text: str, metric: Metric) -> Mine:
    """The number that a text says, in the metric's unit. Raises NoNumberError."""
    value = parse_number(text.strip())
    if not isinstance(value, int | float):
        raise NoNumberError(text)
    digits = "".join(one for one in text if one.isdigit() or one in ".．")
    plain = digits.replace("．", ".").partition(".")
    written = float(digits.replace("．", ".") or 0) if digits.strip(".．") else 0.0
    scale = abs(value) / written if written else 1.0
    if number_text.is_percent(metric) and scale == 1.0 and abs(value) > 1:
        value, scale = value / 100, 0.01
    return Mine(float(value), scale * 10.0 ** -len(plain[2]))
