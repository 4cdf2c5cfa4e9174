"""The workbook: the period's tables, tidy and formatted, with native charts and definitions."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import xlsxwriter

from lingti import catalog, formats
from lingti.catalog import DISTRICT, Metric
from lingti.charts import Look
from lingti.frames import plain, rows
from lingti.language import Text
from lingti.language import gettext as _
from lingti.report import clerk, grids, words
from lingti.report.appendix import about
from lingti.report.content import Picture
from lingti.report.material import Material
from lingti.report.memo import picture, short_words, title
from lingti.safe_text import harmless

_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_MARKERS = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "pentagon": "star",
    "cross": "plus",
}
CHART_ROWS = 16  # rows of a sheet that a chart takes


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading, width in letters, and how its numbers are written."""

    title: str
    width: float = 14
    form: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` hold texts, numbers, days, or None for an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]


def workbook(material: Material, place: str, look: Look) -> bytes:
    """The workbook of a community, or of the district, in the current language."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SETTINGS) as book:
        book.set_properties(
            {"title": title(material, place), "author": words.place(material, place)}
        )
        book.formats[0].set_font_name("微软雅黑")
        book.formats[0].set_font_size(10.5)
        _about(book, material, place)
        _over_time(book, material, place, look)
        for sheet in (
            _metrics(material, place),
            _members(material, place),
            _targets(material, place),
            _decisions(material, place),
            _gaps(material, place),
            _findings(material, place),
            _definitions(material, place),
            _coverage(material, place),
            _batches(material, place),
        ):
            _write(book, sheet)
    return out.getvalue()


def _write(book: Any, sheet: Sheet) -> Any:
    """A table with filters, a frozen heading and columns as wide as they need be."""
    made = book.add_worksheet(sheet.name)
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#EDF1F0",
            "border": 1,
            "border_color": "#DCE2E1",
            "text_wrap": True,
        }
    )
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, column in enumerate(sheet.columns):
        form = {"valign": "top", **({"num_format": column.form} if column.form else {})}
        made.set_column(
            at, at, column.width, wrapped if column.width > 30 else book.add_format(form)
        )
        made.write_string(0, at, column.title, head)
    cells = {form: book.add_format({"num_format": form, "valign": "top"}) for form in _FORMS}
    for number, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            _cell(made, number, at, cell, cells, sheet.columns[at].form)
    made.freeze_panes(1, 0)
    if sheet.rows:
        made.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    return made


_FORMS = ("", "#,##0", "#,##0.##", "0.0%", "yyyy-mm-dd")


def _cell(made: Any, row: int, at: int, cell: Any, cells: dict[str, Any], form: str) -> None:
    if isinstance(cell, Number):
        made.write_number(row, at, cell.value, cells[cell.form])
    elif isinstance(cell, date):
        made.write_datetime(row, at, cell, cells["yyyy-mm-dd"])
    elif isinstance(cell, str):
        made.write_string(row, at, harmless(cell))
    elif cell is not None:
        made.write_number(row, at, cell, cells.get(form, cells[""]))


@dataclass(frozen=True)
class Number:
    """A number with the form that its metric is written in."""

    value: float
    form: str


def _number(value: Any, metric: Metric) -> Number | None:
    known = plain(value)
    return None if known is None else Number(known, _form(metric, [known]))


def _form(metric: Metric, values: Iterable[float]) -> str:
    if formats.is_percent(metric):
        return "0.0%"
    return "#,##0" if all(value % 1 == 0 for value in values) else "#,##0.##"


def _about(book: Any, material: Material, place: str) -> None:
    """The first sheet: what this is, of whom and when, and how to read it."""
    made = book.add_worksheet(_("About"))
    made.hide_gridlines(2)
    made.set_landscape()
    made.fit_to_pages(1, 0)
    made.set_column(0, 0, 18)
    made.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    made.write_string(
        0, 0, title(material, place), book.add_format({"bold": True, "font_size": 16})
    )
    named = short_words(material, place)
    facts = [
        (_("District or community"), named["place"]),
        (_("Topic"), named["topic"] or named["programme"]),
        (_("Period"), named["period"]),
        (_("Data"), named["data_date"]),
        (_("Numbers"), named["numbers"]),
        (_("Made on"), named["made_on"]),
        (_("Note"), named["note"]),
        *(
            (_("How to read it") if not at else "", text)
            for at, text in enumerate(about(material, place))
        ),
    ]
    bold = book.add_format({"bold": True, "valign": "top"})
    for at, (name, text) in enumerate([one for one in facts if one[1]], 2):
        made.write_string(at, 0, name, bold)
        made.write_string(at, 1, harmless(text))


def _metrics(material: Material, place: str) -> Sheet:
    """One row per metric and place of the period."""
    places = material.view.places if place == DISTRICT else [place, DISTRICT]
    body = []
    for metric in material.runs(place):
        for one in places:
            row = material.totals[metric.name, one]
            rate = material.rates.get((metric.name, one))
            body.append(
                (
                    metric.title.pick(),
                    metric.unit.pick(),
                    words.short(material, one),
                    words.period(material.view),
                    _number(row.value, metric),
                    clerk.state(formats.state_of(plain(row.value), row.state)),
                    _number(row.previous, metric),
                    _number(row.change, metric),
                    _rate(rate),
                    clerk.verdict(material.judged(metric, one))
                    if row.state == "reported"
                    else None,
                )
            )
    return Sheet(
        _("Metrics"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Community"), 14),
            Column(_("Period"), 14),
            Column(_("This period"), 12),
            Column(_("State"), 14),
            Column(_("Period before"), 12),
            Column(_("Change"), 12),
            Column(_("Per 1,000"), 12, "#,##0.##"),
            Column(_("Variation"), 14),
        ),
        body,
    )


def _rate(rate: Any) -> Number | None:
    value = plain(rate.value) if rate is not None else None
    return None if value is None else Number(value, "#,##0.##")


def _over_time(book: Any, material: Material, place: str, look: Look) -> None:
    """Every metric over time, places as columns; the headlines as charts on a sheet of their own.

    A missing number is an empty cell, so that charts have a gap there; the last column says why.
    """
    places = [one for one in material.view.places if place in (DISTRICT, one) or one == DISTRICT]
    body: list[tuple[Any, ...]] = []
    spans: dict[str, tuple[int, int]] = {}
    for metric in material.runs(place):
        frame = material.history[material.history["metric"] == metric.name]
        first = len(body) + 1
        for period, part in frame.groupby("period", sort=False):
            cells = {row.community: row for row in rows(part)}
            missing = [
                (words.short(material, one), clerk.state(cells[one].state))
                for one in places
                if cells[one].state != "reported"
            ]
            body.append(
                (
                    metric.title.pick(),
                    metric.unit.pick(),
                    formats.period(part["grain"].iloc[0], str(period)),
                    *(_number(cells[one].value, metric) for one in places),
                    clerk.reasons(missing) if missing else None,
                )
            )
        spans[metric.name] = (first, len(body))
    sheet = Sheet(
        _("Over time"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Period"), 14),
            *(Column(words.short(material, one), 12) for one in places),
            Column(_("Missing"), 40),
        ),
        body,
    )
    charts = book.add_worksheet(_("Charts"))
    charts.hide_gridlines(2)
    charts.fit_to_pages(1, 0)
    _write(book, sheet)
    for number, metric in enumerate(material.headlines(place)):
        drawn = picture(material, metric, place)
        if drawn is not None and metric.name in spans:
            chart = _chart(book, sheet.name, drawn, look, places, spans[metric.name])
            charts.insert_chart(number // 2 * (CHART_ROWS + 2), number % 2 * 9, chart)


def _chart(
    book: Any, sheet: str, drawn: Picture, look: Look, places: Sequence[str], span: tuple[int, int]
) -> Any:
    """A chart over the rows of a metric; gaps stay gaps."""
    first, last = span
    lines = drawn.kind == "lines"
    chart = book.add_chart({"type": "line" if lines else "column"})
    for place in dict.fromkeys(drawn.frame["community"]):
        at = 3 + list(places).index(place)
        colour = {"color": look.colours[place]}
        dash = {"dash_type": "dash"} if place == DISTRICT else {}
        mark = {"type": _MARKERS[look.symbols[place]], "size": 6, "fill": colour, "border": colour}
        chart.add_series(
            {
                "name": [sheet, 0, at],
                "categories": [sheet, first, 2, last, 2],
                "values": [sheet, first, at, last, at],
                **({"line": {**colour, "width": 2, **dash}, "marker": mark} if lines else {}),
                **({} if lines else {"fill": colour, "gap": 60, "data_labels": {"value": True}}),
            }
        )
    chart.show_blanks_as("gap")
    chart.set_title(
        {"name": drawn.caption, "name_font": {"size": 11, "bold": True}, "overlay": False}
    )
    chart.set_legend({"position": "bottom"} if lines else {"none": True})
    grid = {"visible": True, "line": {"color": look.grid}}
    chart.set_y_axis({"min": 0, "major_gridlines": grid, "line": {"none": True}})
    chart.set_size({"width": 560, "height": 320})
    return chart


def _members(material: Material, place: str) -> Sheet:
    """One row per metric, dimension, member and place of the period."""
    body = []
    for metric in material.runs(place):
        for dimension in metric.dimensions:
            frame = grids.of_place(material.by_member(metric.name, dimension), place)
            name = catalog.dimension_title(metric, dimension).pick()
            body += [
                (
                    metric.title.pick(),
                    metric.unit.pick(),
                    name,
                    catalog.member_title(metric, dimension, row.member).pick(),
                    words.short(material, row.community),
                    _number(row.value, metric),
                    clerk.state(formats.state_of(plain(row.value), row.state)),
                )
                for row in rows(frame)
            ]
    return Sheet(
        _("By part"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Parted by"), 14),
            Column(_("Part"), 24),
            Column(_("Community"), 14),
            Column(_("This period"), 12),
            Column(_("State"), 14),
        ),
        body,
    )


def _targets(material: Material, place: str) -> Sheet:
    body = [
        (
            words.short(material, one.place),
            one.metric.title.pick(),
            one.metric.unit.pick(),
            formats.period(one.grain, one.period),
            _number(one.target, one.metric),
            one.as_of,
            _number(one.value, one.metric),
            Number(one.needed, "0.0%" if formats.is_percent(one.metric) else "#,##0"),
            clerk.status(one),
        )
        for one in material.standings
        if place in (DISTRICT, one.place)
    ]
    return Sheet(
        _("Targets"),
        (
            Column(_("Community"), 14),
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Period"), 14),
            Column(_("Target"), 12),
            Column(_("As of"), 12),
            Column(_("Reached so far"), 12),
            Column(_("Asked by time"), 12),
            Column(_("State"), 16),
        ),
        body,
    )


def _decisions(material: Material, place: str) -> Sheet:
    told = grids.decision_states()
    body = [
        (
            words.short(material, row.community),
            _day(row.day),
            _text(row.topic),
            _text(row.decision),
            _text(row.owner),
            _day(row.due_on),
            _day(row.done_on),
            told[row.standing],
        )
        for row in rows(grids.of_place(material.decisions, place))
    ]
    return Sheet(
        _("Decisions"),
        (
            Column(_("Community"), 14),
            Column(_("Made on"), 12),
            Column(_("Topic"), 18),
            Column(_("Decision"), 36),
            Column(_("Post in charge"), 18),
            Column(_("Due by"), 12),
            Column(_("Done on"), 12),
            Column(_("State"), 14),
        ),
        body,
    )


def _gaps(material: Material, place: str) -> Sheet:
    body = [
        (
            words.short(material, row.community),
            formats.period("month", row.period),
            words.tables([row.tbl])[0],
            clerk.state(row.state),
        )
        for row in rows(grids.of_place(material.gaps, place))
    ]
    head = (Column(_("Community"), 14), Column(_("Month"), 14), Column(_("Kind of data"), 20))
    return Sheet(_("Not reported"), (*head, Column(_("State"), 14)), body)


def _findings(material: Material, place: str) -> Sheet:
    known = catalog.checks()
    body = [
        (
            words.short(material, row.community),
            known[row.check_name].title.pick(),
            float(row.in_period),
            float(row.so_far),
            known[row.check_name].definition.pick(),
            known[row.check_name].advice.pick(),
        )
        for row in rows(grids.of_place(material.findings, place))
    ]
    return Sheet(
        _("Findings"),
        (
            Column(_("Community"), 14),
            Column(_("Rule broken"), 28),
            Column(_("This period"), 10, "#,##0"),
            Column(_("So far"), 10, "#,##0"),
            Column(_("Definition"), 50),
            Column(_("What to do"), 50),
        ),
        body,
    )


def _definitions(material: Material, place: str) -> Sheet:
    better = {"up": _("higher is better"), "down": _("lower is better"), "none": _("neither")}
    body = [
        (
            metric.title.pick(),
            metric.unit.pick(),
            metric.definition.pick(),
            better[metric.better],
            float(metric.version),
            metric.name,
        )
        for metric in material.runs(place)
    ]
    return Sheet(
        _("Definitions"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Definition"), 80),
            Column(_("Better"), 14),
            Column(_("Version"), 8, "#,##0"),
            Column(_("Name"), 28),
        ),
        body,
    )


def _coverage(material: Material, place: str) -> Sheet:
    body = [
        (
            words.short(material, row.community),
            words.tables([row.tbl])[0],
            float(row.days_expected),
            float(row.days_reported),
            clerk.state(row.state),
        )
        for row in rows(grids.of_place(material.coverage, place))
    ]
    return Sheet(
        _("Coverage"),
        (
            Column(_("Community"), 14),
            Column(_("Kind of data"), 20),
            Column(_("Days expected"), 12, "#,##0"),
            Column(_("Days reported"), 12, "#,##0"),
            Column(_("State"), 14),
        ),
        body,
    )


def _batches(material: Material, place: str) -> Sheet:
    body = [
        (
            float(row.batch),
            words.short(material, row.community),
            Text(row.title_zh, row.title_en).pick(),
            str(row.files or ""),
            str(row.covers),
            float(row.accepted),
            pd.Timestamp(row.imported_at).date(),
        )
        for row in rows(grids.of_place(material.batches, place))
    ]
    return Sheet(
        _("Batches"),
        (
            Column(_("No."), 8, "#,##0"),
            Column(_("Community"), 14),
            Column(_("Export"), 24),
            Column(_("Files"), 50),
            Column(_("Days covered"), 24),
            Column(_("Rows accepted"), 12, "#,##0"),
            Column(_("Imported on"), 12),
        ),
        body,
    )


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)
