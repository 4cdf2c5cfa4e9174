"""Charts that Word, PowerPoint and WPS can edit: DrawingML with the numbers in a small workbook.

The colours and markers of communities are those of the screen. Missing values stay gaps.
"""

from __future__ import annotations

from math import floor, log10
from typing import Any

import pandas as pd
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries, LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from lingti import charts
from lingti.catalog import DISTRICT
from lingti.charts import Look
from lingti.ingest.values.formula_text import harmless
from lingti.judging import number_text, sentences
from lingti.judging.reporting import to_correct
from lingti.report import text_room
from lingti.report.content import Picture
from lingti.warehouse.frames import plain, rows

LATIN, EAST_ASIAN = "Arial", "微软雅黑"
_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "pentagon": XL_MARKER_STYLE.STAR,
    "cross": XL_MARKER_STYLE.PLUS,
}


def chart_type(picture: Picture) -> XL_CHART_TYPE:
    """The kind of native chart that draws a picture."""
    return {
        "lines": XL_CHART_TYPE.LINE_MARKERS,
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    }[picture.kind]


def places(picture: Picture) -> list[str]:
    """The places drawn: those with any number, in the order of the frame."""
    frame = picture.frame
    return [
        str(place)
        for place in dict.fromkeys(frame["community"])
        if frame.loc[frame["community"] == place, "value"].notna().any()
    ]


def categories(picture: Picture) -> list[str]:
    """The periods as the axis names them, with the state where a column is missing."""
    frame = picture.frame.drop_duplicates("period")
    years = frame["first_day"].map(lambda day: pd.Timestamp(day).year).tolist()
    # Over more than one year, each is told once, where it begins.
    is_told = [
        len(set(years)) > 1 and (not at or year != years[at - 1]) for at, year in enumerate(years)
    ]
    names = [
        (number_text.period if with_year else number_text.period_short)(row.grain, row.period)
        for with_year, row in zip(is_told, rows(frame), strict=True)
    ]
    if picture.kind != "columns":
        return names
    return [
        name if plain(row.value) is not None else f"{name}\n{_why(row)}"
        for name, row in zip(names, rows(frame), strict=True)
    ]


def _why(row: Any) -> str:
    return number_text.state(number_text.state_of(None, row.state))


def chart_data(picture: Picture, look: Look) -> CategoryChartData:
    """The numbers of a picture as its workbook holds them; missing ones are empty cells."""
    data = CategoryChartData(number_format=number_format(picture))
    data.categories = categories(picture)
    for place in places(picture):
        line = picture.frame[picture.frame["community"] == place]
        # The workbook within would take a name that looks like a formula for one.
        data.add_series(harmless(look.name(place)), [plain(value) for value in line["value"]])
    return data


def number_format(picture: Picture) -> str:
    """How the chart writes its numbers: in percent, whole, or with one decimal."""
    values = picture.frame["value"].dropna()
    if number_text.is_percent(picture.metric):
        return "0.0%"
    return "#,##0" if bool((values % 1 == 0).all()) else "#,##0.0"


def chart_xml(
    picture: Picture, look: Look, size_pt: float, box: tuple[float, float]
) -> tuple[bytes, bytes]:
    """A chart part's XML, with its workbook to be related as `rId1`, and that workbook."""
    data = chart_data(picture, look)
    space = parse_xml(data.xml_bytes(chart_type(picture)))
    dress(Chart(space, None), picture, look, size_pt, box)
    workbook = space.get_or_add_externalData()
    workbook.rId = "rId1"
    xml = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml, data.xlsx_blob


def in_words(picture: Picture, look: Look) -> str:
    """What a native chart shows, for those who cannot see it."""
    return sentences.of_lines(
        picture.frame, picture.metric, look.name, as_columns=picture.kind == "columns"
    )


def dress(
    chart: Chart, picture: Picture, look: Look, size_pt: float, box: tuple[float, float]
) -> None:
    """Gives a chart the look of the screen; `size_pt` is that of its text, `box` its size in pt."""
    shown = places(picture)
    _no_frame(chart)
    _positive_ids(chart)
    chart.has_title = False
    _font(chart, size_pt, look)
    chart.has_legend = False
    _axes(chart, picture, look)
    for place, series in zip(shown, chart.plots[0].series, strict=True):
        line = picture.frame[picture.frame["community"] == place]
        if isinstance(series, LineSeries):
            _dress_line(series, place, line, look)
        else:
            _dress_columns(series, place, line, look)
    if picture.kind == "columns":
        _label_columns(chart, picture, look, size_pt)
    elif len(shown) > 1:
        _label_lines(chart, picture, look, size_pt, box)


def _no_frame(chart: Chart) -> None:
    """Square corners and no frame: without saying so, Office draws a rounded one."""
    space = chart._chartSpace
    corners = space.makeelement(qn("c:roundedCorners"), {"val": "0"})
    space.find(qn("c:date1904")).addnext(corners)
    frame = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    space.find(qn("c:chart")).addnext(frame)


def _positive_ids(chart: Chart) -> None:
    """The numbers of the axes as the schema wants them; python-pptx gives them a sign."""
    known: dict[str, str] = {}
    for element in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        element.set("val", known.setdefault(element.get("val"), str(len(known) + 1)))


def _font(chart: Chart, size_pt: float, look: Look) -> None:
    font = chart.font
    font.size = Pt(size_pt)
    font.name = LATIN
    font.color.rgb = _rgb(look.ink)
    properties = font._rPr
    east = properties.makeelement(qn("a:ea"), {"typeface": EAST_ASIAN})
    properties.find(qn("a:latin")).addnext(east)


def _axes(chart: Chart, picture: Picture, look: Look) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    values.major_gridlines.format.line.color.rgb = _rgb(look.grid)
    values.major_gridlines.format.line.width = Pt(0.75)
    values.format.line.fill.background()
    values.tick_labels.number_format = (
        "0%" if number_text.is_percent(picture.metric) else "#,##0.##"
    )
    whole = number_format(picture) == "#,##0"
    if whole:
        values.tick_labels.number_format = "#,##0"
    values.tick_labels.number_format_is_linked = False
    if number_text.is_percent(picture.metric) and picture.frame["value"].max() > 0.6:
        values.maximum_scale = 1
    names.format.line.color.rgb = _rgb(look.muted)
    names.has_major_gridlines = False


def _dress_line(series: LineSeries, place: str, line: pd.DataFrame, look: Look) -> None:
    colour = _rgb(look.colours[place])
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(2.25 if place != DISTRICT else 1.75)
    if place == DISTRICT:
        series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    series.marker.style = _MARKERS.get(look.symbols[place], XL_MARKER_STYLE.CIRCLE)
    series.marker.size = 7 if place != DISTRICT else 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
    for at, row in enumerate(rows(line)):
        if to_correct.is_less(row):
            marker = series.points[at].marker
            marker.style = _MARKERS.get(look.symbols[place], XL_MARKER_STYLE.CIRCLE)
            marker.size = 7
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = RGBColor(255, 255, 255)
            marker.format.line.color.rgb = colour


def _label_lines(
    chart: Chart, picture: Picture, look: Look, size_pt: float, box: tuple[float, float]
) -> None:
    """The name of each place at the end of its line, apart from the others; no legend."""
    width, height = box
    shown = places(picture)
    longest = max(text_room.width(look.name(place), size_pt) for place in shown)
    left, top = 3.2 * size_pt / width, size_pt / height
    right = min(0.4, (longest + 2 * size_pt) / width)
    below = (2.2 * size_pt) / height
    plot = {"x": left, "y": top, "w": 1 - left - right, "h": 1 - top - below}
    _lay_out(chart, plot)
    ends = {place: _end(picture, place) for place in shown}
    highest = _round_up(max(float(picture.frame["value"].max()), 1e-9))
    if number_text.is_percent(picture.metric) and highest > 0.6:
        highest = 1.0
    chart.value_axis.maximum_scale = highest
    room = plot["h"] * height
    in_order = sorted(shown, key=lambda place: ends[place][1])
    heights = [ends[place][1] / highest * room for place in in_order]
    moved = dict(zip(in_order, charts.apart(heights, size_pt * 1.25, room), strict=True))
    for place, series in zip(shown, chart.plots[0].series, strict=True):
        at, value = ends[place]
        label = series.points[at].data_label
        label.position = XL_LABEL_POSITION.RIGHT
        frame = label.text_frame
        frame.text = look.name(place)
        run = frame.paragraphs[0].runs[0]
        run.font.size = Pt(size_pt)
        run.font.color.rgb = _rgb(look.colours[place])
        up = moved[place] - value / highest * room
        if abs(up) > 1:
            _move(label._get_or_add_dLbl(), -up / height)


def _end(picture: Picture, place: str) -> tuple[int, float]:
    """Where the line of a place ends: its last point with a number, and that number."""
    values = list(picture.frame.loc[picture.frame["community"] == place, "value"])
    at = max(number for number, value in enumerate(values) if plain(value) is not None)
    return at, float(values[at])


def _round_up(value: float) -> float:
    """A round number at or above a value, for the end of an axis."""
    step = float(10 ** floor(log10(value)))
    return next(
        factor * step
        for factor in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
        if factor * step >= value
    )


def _lay_out(chart: Chart, plot: dict[str, float]) -> None:
    """Says where the plot itself lies, as shares of the chart."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    sizes = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in plot.items())
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
        ),
    )


def _move(label: Any, down: float) -> None:
    """Moves a label down by a share of the chart's height."""
    for old in label.findall(qn("c:layout")):
        label.remove(old)
    label.find(qn("c:idx")).addnext(
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/><c:y val="{down:.4f}"/>'
            "</c:manualLayout></c:layout>"
        )
    )


def _dress_columns(series: BarSeries, place: str, line: pd.DataFrame, look: Look) -> None:
    colour = _rgb(look.colours[place])
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour
    series.invert_if_negative = False
    for at, row in enumerate(rows(line)):
        if to_correct.is_less(row):
            fill = series.points[at].format.fill
            fill.patterned()
            fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
            fill.fore_color.rgb = colour
            fill.back_color.rgb = RGBColor(255, 255, 255)
            series.points[at].format.line.color.rgb = colour


def _label_columns(chart: Chart, picture: Picture, look: Look, size_pt: float) -> None:
    plot = chart.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = number_format(picture)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.font.size = Pt(size_pt)
    labels.font.color.rgb = _rgb(look.ink)


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))
