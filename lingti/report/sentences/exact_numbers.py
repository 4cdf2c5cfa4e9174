"""How numbers, places and spans of time are written in documents: exact, and adding up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pandas as pd

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.district import Community
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.reporting import to_correct
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report.inputs import Material
from lingti.warehouse.frames import plain

# From here on a percentage says less than the number itself, as it does over a small number.
LARGEST_SHARE = 9.995
SMALLEST_BASE = 10


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Another language for the time being. Raises ValueError for an unknown one."""
    before = language.current()
    language.use(code)
    try:
        yield
    finally:
        language.use(before)


def decimals(metric: Metric) -> int:
    """How many decimals documents write: those of a ratio, and all that a sum may have."""
    if number_text.is_percent(metric):
        return 1
    return 2 if metric.scalable else max(1, metric.decimals)


def shown(value: float, metric: Metric) -> float:
    """The value as it is written, so that differences add up for those who check them."""
    if number_text.is_percent(metric):
        return round(value * 100, decimals(metric)) / 100
    return round(value, decimals(metric))


def bare(value: float | None, metric: Metric) -> str:
    """A value without its unit, exact: `1,248.5`, `74.4%`."""
    if number_text.is_percent(metric):
        return number_text.share(value, decimals(metric))
    return number_text.exact(value, decimals(metric), trim=metric.scalable)


def amount(value: float | None, metric: Metric) -> str:
    """A value with its unit, exact: `1,248.5小时`, `74.4%`."""
    return number_text.attach(bare(value, metric), metric)


def needed_bare(value: float, metric: Metric) -> str:
    """What time asks for, without its unit: an amount of no more decimals than the metric's."""
    if number_text.is_percent(metric):
        return bare(value, metric)
    return number_text.exact(value, metric.decimals)


def needed(value: float, metric: Metric) -> str:
    """The same with its unit."""
    return number_text.attach(needed_bare(value, metric), metric)


def cell(row: Any, metric: Metric) -> str:
    """What a table says of a number: the number, marked where partial, or why there is none."""
    value = plain(row.value)
    if value is None:
        return number_text.state(number_text.state_of(None, row.state))
    return bare(value, metric) + mark(row.state) + lacks(to_correct.lacking(row))


def state_cell(row: Any) -> str:
    """The state of a number in a column of its own, and how many rows to correct it lacks."""
    code = number_text.state_of(plain(row.value), row.state)
    return (_("reported in part") if code == "partial" else number_text.state(code)) + lacks(
        to_correct.lacking(row)
    )


def lacks(count: int) -> str:
    """What stands behind a number that lacks so many rows to correct; "" where it lacks none."""
    words = to_correct.words(count)
    return _(" ({words})").format(words=words) if words else ""


def mark(code: str) -> str:
    """What a table says behind a number that is less, or other, than it seems."""
    return {"partial": _(" (part)"), "before_start": _(" (before start)")}.get(code, "")


def previous_cell(row: Any, metric: Metric) -> str:
    """The same of the period before; a dash where there is no such period."""
    value = plain(row.previous)
    if value is not None:
        lacking = to_correct.previous_lacking(row)
        return bare(value, metric) + mark(row.previous_state) + lacks(lacking)
    if not isinstance(row.previous_state, str):
        return number_text.NOTHING
    return number_text.state(number_text.state_of(None, row.previous_state))


def difference(row: Any, metric: Metric) -> float | None:
    """The change as the two written numbers have it; None where they cannot be compared."""
    if plain(row.change) is None:
        return None
    gap = shown(row.value, metric) - shown(row.previous, metric)
    return round(gap, decimals(metric) + (2 if number_text.is_percent(metric) else 0))


def change_cell(row: Any, metric: Metric) -> str:
    """A table's change: `+52`, `−3.2 points`, `0`; a dash where it cannot be compared."""
    gap = difference(row, metric)
    if gap is None:
        return number_text.NOTHING
    return number_text.signed(size(gap, metric), gap)


def size(gap: float, metric: Metric) -> str:
    """A difference without its unit; that of a share in percentage points."""
    if number_text.is_percent(metric):
        points = number_text.exact(gap * 100, decimals(metric))
        return _("{number} points").format(number=points)
    return number_text.exact(gap, decimals(metric), trim=True)


def size_words(gap: float, metric: Metric) -> str:
    """The same in a sentence; English leaves out the unit that the value before it had."""
    if number_text.is_percent(metric):
        points = number_text.exact(gap * 100, decimals(metric))
        return _("{number} percentage points").format(number=points)
    sized = size(gap, metric)
    return number_text.attach(sized, metric) if language.current() == "zh" else sized


def growth(row: Any, metric: Metric) -> str:
    """The change as a percentage of the previous value; "" where that says little.

    Of months of different lengths (`per_day`) it is that of what a day brought, with its sign.
    """
    part = plain(row.change_share)
    if part is None or number_text.is_percent(metric) or abs(part) > LARGEST_SHARE:
        return ""
    if abs(row.previous) < SMALLEST_BASE:
        return ""
    if row.per_day:
        return number_text.signed(number_text.share(part, 1), part)
    return number_text.share(abs(part), 1)


def place(material: Material, place_id: str) -> str:
    """The full name of a community or the district, as its documents give it."""
    text = material.district.documents_of(place_id).get("full_name")
    if text is None or not text.pick() or (language.current() == "en" and text.en in ("", text.zh)):
        return name(material, place_id)
    return text.pick()


def name(material: Material, place_id: str) -> str:
    """The name of a community or the district, as pages give it."""
    community = material.community(place_id)
    return community.name.pick() if community else material.district.name.pick()


def short(material: Material, place_id: str) -> str:
    """The short name of a community, or `District`."""
    community = material.community(place_id)
    return community.short.pick() if community else _("District")


def people(community: Community) -> str:
    """How many residents and households a community has, as far as that is known; else ""."""
    residents, households = community.residents, community.households
    if residents is None:
        return ""
    count = number_text.exact(residents)
    if not households:
        return _("{residents} residents").format(residents=count)
    return _("{residents} residents, {households} households").format(
        residents=count, households=number_text.exact(households)
    )


def period(view: View) -> str:
    """The view's period in full."""
    return number_text.period(view.period.grain, view.period.id)


def before(view: View) -> str:
    """The period before, as one speaks of it: `上月`, `the month before`."""
    return {
        "week": _("the week before"),
        "month": _("the month before"),
        "jan-feb": _("January and February of the year before"),
        "quarter": _("the quarter before"),
        "half-year": _("the half-year before"),
        "year-to-date": _("the same months of the year before"),
        "year": _("the year before"),
    }.get(view.period.grain, "")


def data_date(material: Material, place_id: str) -> date | None:
    """The day up to which the data of a place speak in the period; None if they say nothing.

    The district's is that of the community that reported last.
    """
    until = material.until
    known = list(until.values()) if place_id == DISTRICT else [until.get(place_id)]
    reached = [day for day in known if day is not None and day >= material.view.period.first_day]
    return min(max(reached), material.view.period.last_day) if reached else None


def as_of(material: Material, place_id: str) -> str:
    """`data up to 30 Nov 2024`, or that there are none in the period."""
    day = data_date(material, place_id)
    if day is None:
        return _("no data in this period")
    return _("data up to {day}").format(day=number_text.day(day))


def exactness(material: Material, place_id: str) -> str:
    """Whether the numbers of a place are exact or published, and final or not, in a few words."""
    return language.clauses([_exactness(material, place_id), finality(material)])


def _exactness(material: Material, place_id: str) -> str:
    if material.view.opens(place_id):
        return _("exact numbers")
    if material.warehouse.is_being_checked:
        return _("published numbers as before the last import")
    return _("published numbers")


def finality(material: Material) -> str:
    """Which edition the numbers are of, or that they are not final."""
    if not material.edition:
        return _("not final")
    if material.revised:
        words = ngettext(
            "not final: {count} number revised since edition {edition}",
            "not final: {count} numbers revised since edition {edition}",
            material.revised,
        )
        return words.format(count=material.revised, edition=material.edition)
    return _("edition {edition}").format(edition=material.edition)


def part(material: Material) -> str:
    """Which of many communities documents of the district name; "" where they name all."""
    if not material.view.is_part or len(material.view.communities) < 2:
        return ""
    return _(
        "Of {count} communities the {shown} with the most residents are named; the numbers of the"
        " district count them all."
    ).format(
        count=number_text.exact(len(material.district.communities)),
        shown=len(material.view.communities),
    )


def tables(material: Material, names: list[str]) -> list[str]:
    """The titles of canonical tables."""
    return [material.catalog.tables[name].title.pick() for name in names]


def when(value: Any) -> str:
    """A day of a frame; a dash where there is none."""
    return number_text.NOTHING if pd.isna(value) else number_text.day(pd.Timestamp(value).date())


def when_short(value: Any) -> str:
    """A day for a narrow column: `2024-11-30`."""
    return number_text.NOTHING if pd.isna(value) else f"{pd.Timestamp(value):%Y-%m-%d}"
