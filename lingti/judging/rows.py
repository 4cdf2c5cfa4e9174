"""The rows behind a number as one reads them, and how they add up to it.

A fact has the columns that its metric's SQL selects, and where it stood: batch, file, sheet, row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lingti import catalog
from lingti.catalog import Metric
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.warehouse.ask import Tally

# What a fact has besides the columns of its own: where it counts and where it stood.
_PLACED = {"community", "day", "grain", "period"}
_PLACED |= {
    "batch",
    "file_number",
    "file",
    "sheet",
    "row",
    "cell",
    "imported_by",
    "imported_at",
    "times",
}
# What facts work out for those of their metrics that count or show it.
_WORKED_OUT = {"resolved_in_time", "reviewed_in_time", "matched_in_time", "days", "certified_on"}
_WORKED_OUT |= {"post_held", "estate_served", "estate_service", "age_band"}
_WORKED_OUT |= {"many_people", "few_people"}
# Pseudonyms: long enough to tell two apart on a page, short enough to read out.
_PSEUDONYMS = ("resident", "household", "home")
_PSEUDONYM_LENGTH = 6


def columns(metric: Metric, names: list[str]) -> list[str]:
    """The columns of a metric's facts that say what was counted; of `names`, in their order.

    What facts work out for other metrics that count them too is left out.
    """
    counted = re.findall(r"\w+", f"{metric.numerator} {metric.denominator or ''}")
    hidden = _PLACED | (_WORKED_OUT - {*counted, *metric.dimensions})
    return [name for name in names if name not in hidden]


def amounts(metric: Metric) -> set[str]:
    """The columns that are added up: their cells line up as numbers."""
    both = f"{metric.numerator} {metric.denominator or ''}"
    return set(re.findall(r"(?:sum|median|avg)\((\w+)\)", both))


def file_name(parts: Mapping[str, str]) -> str:
    """The name of a download of rows: `rows-volunteer_hours-guqiao-2024-06`."""
    return "-".join(["rows", *(re.sub(r"[^\w-]+", "_", part) for part in parts.values())])


def title(metric: Metric, column: str) -> str:
    """The title of a column of a metric's facts."""
    derived = {
        "in_time": _("In time"),
        "resolved_in_time": _("In time"),
        "reviewed_in_time": _("In time"),
        "matched_in_time": _("In time"),
        "days": _("Days taken"),
        "home": _("Household"),
        "estate_served": _("Estate"),
        "post_held": _("Post"),
        "certified_on": _("Certified"),
        "raised_on": _("Day raised"),
        "detail": _("What stands there"),
        "rule_expects": _("What the rule expects"),
    }
    if column in derived:
        return derived[column]
    return catalog.dimension_title(metric, column).pick()


def written(metric: Metric, column: str, value: Any) -> str:
    """A cell of a fact as text; persons and households as short pseudonyms."""
    if value is None or value != value:
        return ""
    if column in _PSEUDONYMS:
        return str(value).rpartition("/")[2].removeprefix("r")[:_PSEUDONYM_LENGTH]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{number_text.day(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return number_text.day(value)
    if isinstance(value, int | float | Decimal):
        return number_text.exact(float(value), 2, trim=True)
    if column in metric.dimensions:
        return catalog.member_title(metric, column, str(value)).pick()
    return str(value)


@dataclass(frozen=True)
class Part:
    """One thing that rows add up to: in words, as SQL, and what it comes to."""

    words: str
    sql: str
    value: float | None


def parts(metric: Metric, tally: Tally, population: float | None) -> list[Part]:
    """What the rows of a number add up to: a numerator, and a denominator where there is one.

    `population` is the denominator where the metric's is all residents or households.
    """
    listed = [Part(_aggregate_words(metric, metric.numerator), metric.numerator, tally.numerator)]
    if metric.by_population:
        words = _("all households") if metric.denominator == "households" else _("all residents")
        listed.append(Part(words, str(metric.denominator), population))
    elif metric.denominator is not None:
        words = _aggregate_words(metric, metric.denominator)
        listed.append(Part(words, metric.denominator, tally.denominator))
    return listed


def result(metric: Metric, parts: list[Part]) -> float | None:
    """The number that the parts make; None where there is nothing to compute."""
    values = [part.value for part in parts]
    if len(values) == 1:
        return metric.when_none if values[0] is None else values[0]
    if values[0] is None or not values[1]:
        return None
    return values[0] / values[1]


def exactly(value: float, metric: Metric) -> str:
    """A number with its unit and more digits than pages show, so that it can be checked."""
    if number_text.is_percent(metric):
        return f"{number_text.exact(value * 100, 4, trim=True)}%"
    return number_text.attach(number_text.exact(value, 4, trim=True), metric)


def agrees(number: float | None, other_number: float | None) -> bool:
    """Whether two numbers are the same but for the rounding of floating point."""
    if number is None or other_number is None:
        return number is other_number
    return abs(number - other_number) <= 1e-9 * max(1.0, abs(number), abs(other_number))


def _aggregate_words(metric: Metric, aggregate: str) -> str:
    """An aggregate of a header in words; the SQL itself where it is none of the usual."""
    if aggregate in ("count(*)", "sum(times)"):
        return _("rows counted")
    for pattern, words in (
        (r"count\(\*\) filter \(where (\w+)\)", _("rows with “{column}” yes")),
        (r"count\(distinct (\w+)\)", _("different entries under “{column}”")),
        (r"count\((\w+)\)", _("rows with “{column}” filled in")),
        (r"sum\((\w+)\)", _("“{column}” added up")),
        (r"median\((\w+)\)", _("median of “{column}”")),
    ):
        if match := re.fullmatch(pattern, aggregate):
            return words.format(column=title(metric, match[1]))
    return aggregate
