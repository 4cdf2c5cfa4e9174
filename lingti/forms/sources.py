"""The workbook of sources beside a filled form: where each number is from, why others are blank.

It is a file of its own: nothing is added to the form.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import xlsxwriter

from lingti.catalog import DISTRICT, Metric, dimension_title, member_title
from lingti.district import District
from lingti.forms import explained
from lingti.forms.fill_document import SILENT
from lingti.forms.filling import ACCEPTED, LIKELY, SURE, Filled, Outcome
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _

_WIDTHS = (10, 9, 34, 11, 22, 8, 50, 20, 16, 18, 12, 12, 12, 12, 50)


def workbook(done: Filled, district: District, address: str = "") -> bytes:
    """The bytes of the workbook. `address` is that of the pages, for links to rows; "" for none."""
    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, settings) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        numbers = [outcome for outcome in done.outcomes if outcome.number.raw is not None]
        _write(
            book.add_worksheet(_("Numbers")),
            _columns(),
            [_number_row(number, district, address) for number in numbers],
            bold,
            wrapped,
        )
        blank = [
            outcome
            for outcome in done.outcomes
            if not outcome.filled and outcome.code not in SILENT
        ]
        _write(
            book.add_worksheet(_("Left blank")),
            [
                _("Sheet"),
                _("Cell"),
                _("What the form asks"),
                _("Code"),
                _("Why, and what would help"),
            ],
            [
                [
                    outcome.slot.sheet,
                    outcome.slot.address,
                    asked_words(outcome),
                    outcome.code,
                    explained.why(outcome),
                ]
                for outcome in blank
            ],
            bold,
            wrapped,
        )
    return out.getvalue()


def _columns() -> list[str]:
    return [
        _("Sheet"),
        _("Cell"),
        _("What the form asks"),
        _("Written"),
        _("Metric"),
        _("Version"),
        _("Definition"),
        _("Of"),
        _("Place"),
        _("Period"),
        _("State"),
        _("Edition"),
        _("Sureness"),
        _("In full"),
        _("Rows"),
    ]


def _number_row(outcome: Outcome, district: District, address: str) -> list[Any]:
    asked = outcome.reading
    metric = district.catalog.metrics[asked.metric]
    assert asked.period is not None
    return [
        outcome.slot.sheet,
        outcome.slot.address,
        asked_words(outcome),
        outcome.value if outcome.filled else "",
        metric.title.pick() + _change_words(asked.change),
        metric.version,
        metric.definition.pick(),
        member_words(metric, asked.dimension, asked.member),
        place_name(district, asked.place),
        period_words(asked.period),
        number_text.state(number_text.state_of(outcome.number.raw, outcome.number.state)),
        edition_words(outcome),
        sureness_words(asked.sureness),
        outcome.number.raw,
        rows_address(outcome, address),
    ]


def _write(sheet: Any, heads: list[str], rows: list[list[Any]], bold: Any, wrapped: Any) -> None:
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(_WIDTHS[: len(heads)]):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                is_link = value.startswith(("http://", "https://"))
                put: Callable[..., Any] = sheet.write_url if is_link else sheet.write_string
                put(number, column, value, *([] if is_link else [wrapped]))
            elif value is not None:
                sheet.write_number(number, column, value)


def asked_words(outcome: Outcome) -> str:
    """What stands around a cell: its row, and its column."""
    row = " / ".join(" ".join(name.split()) for name in outcome.slot.rows)
    column = " / ".join(" ".join(name.split()) for name in outcome.slot.columns)
    return " × ".join(filter(None, [row, column]))


def member_words(metric: Metric, dimension: str, member: str) -> str:
    """`诉求类别：停车秩序`; empty for a total."""
    if not dimension:
        return ""
    title = dimension_title(metric, dimension).pick()
    return _("{dimension}: {member}").format(
        dimension=title, member=member_title(metric, dimension, member).pick()
    )


def place_name(district: District, place: str) -> str:
    """The name of a community, or of the district."""
    return district.name.pick() if place == DISTRICT else district.community(place).name.pick()


def period_words(period: Period) -> str:
    """A period in words; a range by its days."""
    if period.grain != "range":
        return number_text.period(period.grain, period.id)
    first, last = number_text.day(period.first_day), number_text.day(period.last_day)
    return f"{first}–{last}"


def edition_words(outcome: Outcome) -> str:
    """The edition that holds a number, with what it says where that differs."""
    reported = outcome.number.reported
    if reported is None:
        return ""
    if not reported.differs:
        return reported.edition
    was = (
        _("no number")
        if reported.was is None
        else number_text.exact(reported.was * outcome.reading.scale, 4, trim=True)
    )
    return _("{edition}, where it is {number}").format(edition=reported.edition, number=was)


def sureness_words(sureness: str) -> str:
    """How sure a reading is, in a word."""
    return {SURE: _("sure"), LIKELY: _("likely"), ACCEPTED: _("confirmed")}.get(sureness, "")


def rows_address(outcome: Outcome, address: str) -> str:
    """The address of the rows behind a number; without a server, what it ends with."""
    asked = outcome.reading
    assert asked.period is not None
    named = {
        "metric": asked.metric,
        "place": asked.place,
        "of": asked.period.id,
        "by": asked.dimension,
        "member": asked.member,
    }
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{address.rstrip('/')}/rows?{query}" if address else f"rows?{query}"


def _change_words(change: str) -> str:
    words = {"yoy": _(", against a year before"), "mom": _(", against the period before")}
    return words.get(change, "")
