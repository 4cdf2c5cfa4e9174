"""The workbook: the period's tables, tidy and formatted, with native charts and definitions."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from lingti import palette
from lingti.catalog import DISTRICT
from lingti.charts import Look
from lingti.ingest.values.formula_text import harmless
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.report.annex import picture
from lingti.report.appendix import about
from lingti.report.briefing import short_words, title
from lingti.report.content import Picture, colour
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers
from lingti.report.workbook import sheets
from lingti.warehouse.frames import rows

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
WRAPS_FROM, LINE_POINTS = 30, 15  # letters from which a column wraps; the height of a line
WIDEST = 44  # letters of a column that does not wrap
CHART_ROWS = 16  # rows of a sheet that a chart takes
A4, NARROW = 9, 110  # the number of the paper; letters that fit on it upright


def workbook(material: Material, place: str, look: Look) -> bytes:
    """The workbook of a community, or of the district, in the current language."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SETTINGS) as book:
        book.set_properties(
            {"title": title(material, place), "author": exact_numbers.place(material, place)}
        )
        book.formats[0].set_font_name("微软雅黑")
        book.formats[0].set_font_size(10.5)
        foot = _foot(material, place)
        _about(book, material, place, foot)
        rows_of = _over_time(book, material, place, look, foot)
        for sheet in preview(material, place):
            _write(book, sheet, look, foot, rows_of)
    return out.getvalue()


def _foot(material: Material, place: str) -> str:
    """What stands at the foot of printed pages: what it is, which page, and how far data go."""
    left, right = title(material, place), exact_numbers.as_of(material, place)
    return "&L&9{left}&C&9&P / &N&R&9{right}".format(
        left=left.replace("&", "&&"), right=right.replace("&", "&&")
    )


def _printing(worksheet: Any, foot: str, *, is_wide: bool = True) -> None:
    """A4, as wide as the paper, with a footer."""
    if is_wide:
        worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.75)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer(foot)


def preview(material: Material, place: str) -> list[sheets.Sheet]:
    """The plain sheets in their order; the notes, the charts and their numbers come before."""
    return [
        sheets.metrics(material, place),
        sheets.members(material, place),
        sheets.targets(material, place),
        sheets.decisions(material, place),
        sheets.gaps(material, place),
        sheets.findings(material, place),
        sheets.definitions(material, place),
        sheets.coverage(material, place),
        sheets.batches(material, place),
    ]


def _write(
    book: Any, sheet: sheets.Sheet, look: Look, foot: str, rows_of: Mapping[str, str]
) -> Any:
    """A named table with filters, its heading and first column frozen, as wide as need be.

    `rows_of` is where the history of a metric stands, by its title: its name leads there.
    """
    worksheet = book.add_worksheet(sheet.name)
    head = book.add_format(
        {
            "bold": True,
            "bg_color": palette.SHEET_HEAD,
            "border": 1,
            "border_color": palette.SHEET_LINE,
            "text_wrap": True,
            "indent": 1,
        }
    )
    titles = [harmless(column.title) for column in sheet.columns]
    for at, title_ in enumerate(titles):
        worksheet.set_column(at, at, _width(sheet, at))
        worksheet.write_string(0, at, title_, head)
    if sheet.rows:
        columns = [{"header": title_, "header_format": head} for title_ in titles]
        named = {"name": f"Lingti_{sheet.table}", "columns": columns, "style": None}
        worksheet.add_table(0, 0, len(sheet.rows), len(titles) - 1, named)
    _write_rows(book, worksheet, sheet, look, rows_of)
    worksheet.freeze_panes(1, 1)
    _printing(worksheet, foot, is_wide=sum(column.width for column in sheet.columns) > NARROW)
    worksheet.repeat_rows(0)
    last = len(sheet.rows) if sheet.printed is None else sheet.printed
    worksheet.print_area(0, 0, max(last, 1), len(titles) - 1)
    return worksheet


def _write_rows(
    book: Any, worksheet: Any, sheet: sheets.Sheet, look: Look, rows_of: Mapping[str, str]
) -> None:
    texts = _text_forms(book, look)
    leads = book.add_format({"align": "left", "valign": "top", "indent": 1, "underline": 1})
    cells = {form: book.add_format({"num_format": form, "valign": "top"}) for form in _FORMS}
    grey = {
        _grey(form): book.add_format(
            {"num_format": form, "valign": "top", "font_color": look.muted}
        )
        for form in _FORMS
    }
    for number, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            column = sheet.columns[at]
            text = texts[colour(cell, look), column.width > WRAPS_FROM]
            if isinstance(cell, str) and cell in rows_of and column.title == _("Metric"):
                worksheet.write_url(number, at, rows_of[cell], leads, string=harmless(cell))
            else:
                _cell(worksheet, number, at, cell, cells | grey | {"text": text}, column.form)
        wide = zip(row, sheet.columns, strict=True)
        _make_room(
            worksheet, number, [(value, of.width) for value, of in wide if of.width > WRAPS_FROM]
        )


def _text_forms(book: Any, look: Look) -> dict[tuple[str | None, bool], Any]:
    """Colour of the palette or none, and whether lines wrap → the format of a text."""
    base = {"align": "left", "valign": "top", "indent": 1}
    return {
        (tone, wraps): book.add_format(
            base | ({"font_color": tone} if tone else {}) | ({"text_wrap": True} if wraps else {})
        )
        for tone in (None, look.good, look.bad, look.accent, look.muted)
        for wraps in (False, True)
    }


def _grey(form: str) -> str:
    """The key of a form in grey."""
    return f"grey {form}"


def _width(sheet: sheets.Sheet, at: int) -> float:
    """As wide as planned, and wider where a word of a narrow column needs it."""
    column = sheet.columns[at]
    if column.width > WRAPS_FROM:
        return column.width
    longest = max((_letters(row[at]) for row in sheet.rows), default=0)
    longest = max(longest, *(_letters(word) for word in column.title.split()))
    return max(column.width, min(longest + 3, WIDEST))


def _make_room(worksheet: Any, number: int, texts: Sequence[tuple[Any, float]]) -> None:
    """Makes a row as high as its wrapped texts; not every program does that by itself."""
    lines = max((-(-_letters(text) // max(1, int(width) - 2)) for text, width in texts), default=1)
    if lines > 1:
        worksheet.set_row(number, LINE_POINTS * lines)


def _letters(cell: Any) -> int:
    """How many letters wide a text is; a Chinese sign takes two."""
    if not isinstance(cell, str):
        return 0
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in cell)


_FORMS = ("", "#,##0", "#,##0.##", "#,##0.00", "0.0%", "yyyy-mm-dd", "yyyy-mm")


def _cell(worksheet: Any, row: int, at: int, cell: Any, cells: dict[str, Any], form: str) -> None:
    if isinstance(cell, sheets.Number):
        form = _grey(cell.form) if cell.is_grey else cell.form
        worksheet.write_number(row, at, cell.value, cells[form])
    elif isinstance(cell, date):
        worksheet.write_datetime(row, at, cell, cells[form or "yyyy-mm-dd"])
    elif isinstance(cell, str):
        worksheet.write_string(row, at, harmless(cell), cells["text"])
    elif cell is not None:
        worksheet.write_number(row, at, cell, cells.get(form, cells[""]))


def _about(book: Any, material: Material, place: str, foot: str) -> None:
    """The first sheet: what this is, of whom and when, and how to read it."""
    worksheet = book.add_worksheet(_("About"))
    worksheet.hide_gridlines(2)
    _printing(worksheet, foot)
    worksheet.set_column(0, 0, 26)
    worksheet.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    worksheet.write_string(
        0, 0, harmless(title(material, place)), book.add_format({"bold": True, "font_size": 16})
    )
    named = short_words(material, place)
    facts = [
        (_("District or community"), named["place"]),
        (_("Topic"), named["topic"] or named["programme"]),
        (_("Period"), named["period"]),
        (_("Data"), named["data_date"]),
        (_("Numbers"), named["numbers"]),
        (_("Made on"), named["made_on"]),
        (_("Communities"), exact_numbers.part(material)),
        (_("Note"), named["note"]),
        (_("Printing"), _("Of long sheets the main numbers are printed; they come first.")),
        *(
            (_("How to read it") if not at else "", text)
            for at, text in enumerate(about(material, place))
        ),
    ]
    bold = book.add_format({"bold": True, "valign": "top"})
    for at, (name, text) in enumerate([fact for fact in facts if fact[1]], 2):
        worksheet.write_string(at, 0, name, bold)
        worksheet.write_string(at, 1, harmless(text))
        _make_room(worksheet, at, [(text, 100)])


def _over_time(book: Any, material: Material, place: str, look: Look, foot: str) -> dict[str, str]:
    """Every metric over time, places as columns; the headlines as charts on a sheet of their own.

    A missing number is an empty cell, so that charts have a gap there; the last column says why.
    Returns where the rows of a metric stand, by its title.
    """
    places = [
        community
        for community in material.view.places
        if place in (DISTRICT, community) or community == DISTRICT
    ]
    body: list[tuple[Any, ...]] = []
    spans: dict[str, tuple[int, int]] = {}
    for metric in sheets.main_first(material, place):
        frame = material.history[material.history["metric"] == metric.name]
        first = len(body) + 1
        for period, part in frame.groupby("period", sort=False):
            cells = {row.community: row for row in rows(part)}
            missing = [
                (exact_numbers.short(material, community), clerk.state(cells[community].state))
                for community in places
                if cells[community].state != "reported"
            ]
            body.append(
                (
                    metric.title.pick(),
                    metric.unit.pick(),
                    _when(part, str(period)),
                    *(sheets.number(cells[community].value, metric) for community in places),
                    clerk.reasons(missing) if missing else None,
                )
            )
        spans[metric.name] = (first, len(body))
    sheet = sheets.Sheet(
        _("Over time"),
        (
            sheets.Column(_("Metric"), 24),
            sheets.Column(_("Unit"), 8),
            sheets.Column(_("Period"), 14, "yyyy-mm"),
            *(sheets.Column(exact_numbers.short(material, community), 12) for community in places),
            sheets.Column(_("Missing"), 40),
        ),
        body,
        "OverTime",
        max(
            (spans[metric.name][1] for metric in material.headlines(place) if metric.name in spans),
            default=None,
        ),
    )
    charts = book.add_worksheet(_("Charts"))
    charts.hide_gridlines(2)
    _printing(charts, foot)
    _write(book, sheet, look, foot, {})
    for number, metric in enumerate(material.headlines(place)):
        drawn = picture(material, metric, place)
        if drawn is not None and metric.name in spans:
            chart = _chart(book, sheet.name, drawn, look, places, spans[metric.name])
            charts.insert_chart(number // 2 * (CHART_ROWS + 2), number % 2 * 9, chart)
    quoted = sheet.name.replace("'", "''")
    return {
        material.catalog.metrics[name].title.pick(): f"internal:'{quoted}'!A{first + 1}"
        for name, (first, _last) in spans.items()
    }


def _when(part: Any, period: str) -> date | str:
    """A month as its first day, so that it sorts as one; any other period in words."""
    grain = part["grain"].iloc[0]
    if grain == "month":
        return date(int(period[:4]), int(period[5:7]), 1)
    return number_text.period(grain, period)


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
