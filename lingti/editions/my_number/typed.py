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


def _without_unit(text: str, metric: Metric) -> str:
    """700小时 → 700; a number with another unit than the metric's stays as it is."""
    for unit in (metric.unit.zh, metric.unit.en):
        if unit and unit != "%" and text.lower().endswith(unit.lower()):
            return text[: -len(unit)].rstrip().removesuffix("个").rstrip()
    return text


def mine_of(text: str, metric: Metric) -> Mine:
    """The number that a text says, in the metric's unit. Raises NoNumberError."""
    text = _without_unit(text.strip(), metric)
    value = parse_number(text)
    if not isinstance(value, int | float):
        raise NoNumberError(text)
    digits = "".join(one for one in text if one.isdigit() or one in ".．")
    plain = digits.replace("．", ".").partition(".")
    written = float(digits.replace("．", ".") or 0) if digits.strip(".．") else 0.0
    scale = abs(value) / written if written else 1.0
    if number_text.is_percent(metric) and scale == 1.0 and abs(value) > 1:
        value, scale = value / 100, 0.01
    return Mine(float(value), scale * 10.0 ** -len(plain[2]))
