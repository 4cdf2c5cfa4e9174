"""The deck as a PowerPoint file: real titles, native charts and tables, notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from lingti.charts import Look
from lingti.language import current
from lingti.language import gettext as _
from lingti.report import native_charts, text_room
from lingti.report.content import TARGET_AT, Bar, Grid, Picture, colour
from lingti.report.slides import layouts
from lingti.report.slides.deck_slides import (
    ABOVE,
    CELL,
    HEIGHT,
    MARGIN,
    MOST_UNDER,
    SMALLEST,
    TABLE_TOP,
    WIDTHS,
    laid_out,
)
from lingti.report.slides.layouts import FOOT_HEIGHT, FOOT_TOP, HEAD, INK, MUTED, UNDER_TOP
from lingti.report.slides.slide import Slide

UNDER_SIZES = (20.0, SMALLEST)
TITLE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)
CHART_PT = SMALLEST
EMBLEM_HEIGHT = 44.0
MARK = 0.008  # how wide the mark of a target is, as a part of its cell
_PLAIN_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"


def deck(
    slides: Sequence[Slide], look: Look, accent: str, ratio: str = "16:9", emblem: bytes = b""
) -> bytes:
    """The slides as a .pptx. `accent` is the colour of the place, as `#RRGGBB`.

    `emblem` is a PNG for the first slide, or nothing.
    """
    show = pptx.Presentation()
    show.slide_width, show.slide_height = Pt(WIDTHS[ratio]), Pt(HEIGHT)
    layouts.design(show, WIDTHS[ratio], accent, tuple(look.colours.values()))
    for number, slide in enumerate(slides, 1):
        if number == 1:
            _cover(show, slide, WIDTHS[ratio], emblem)
        else:
            _slide(show, slide, number, look, WIDTHS[ratio])
    show.core_properties.title = slides[0].title
    show.core_properties.author = slides[0].title
    show.core_properties.language = "zh-CN" if current() == "zh" else "en-GB"
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _cover(show: Any, slide: Slide, width: float, emblem: bytes) -> None:
    pptx_slide = show.slides.add_slide(show.slide_layouts[layouts.COVER])
    room = width - 2 * MARGIN
    if emblem:
        height = Pt(EMBLEM_HEIGHT)
        pptx_slide.shapes.add_picture(io.BytesIO(emblem), Pt(MARGIN), Pt(26), height=height)
    size = text_room.largest(slide.title, room, 4, (40, 36, 32, 28, 24))
    text = text_room.shortened(slide.title, room, 6, size)
    _write(pptx_slide.shapes.title.text_frame, text, size, bold=True, anchor=MSO_ANCHOR.BOTTOM)
    size = text_room.largest(slide.under, room, 2, (24, 20, SMALLEST))
    _fill(pptx_slide, layouts.UNDER, text_room.shortened(slide.under, room, 2, size), size, INK)
    foot = text_room.shortened(slide.source, room, 3, SMALLEST)
    _fill(pptx_slide, layouts.SOURCE, foot, SMALLEST)
    _notes(pptx_slide, slide)


def _slide(show: Any, slide: Slide, number: int, look: Look, width: float) -> None:
    kind = layouts.WORDS
    if slide.picture is not None:
        kind = layouts.WITH_CHART
    elif slide.grid is not None:
        kind = layouts.WITH_TABLE
    pptx_slide = show.slides.add_slide(show.slide_layouts[kind])
    room = width - 2 * MARGIN
    size = text_room.largest(slide.title, room, 2, TITLE_SIZES)
    text = text_room.balanced(text_room.shortened(slide.title, room, 3, size), room, size)
    _write(pptx_slide.shapes.title.text_frame, text, size, bold=True)
    under_size = text_room.largest(slide.under, room, 2, UNDER_SIZES)
    under = text_room.shortened(slide.under, room, MOST_UNDER, under_size)
    _fill(pptx_slide, layouts.UNDER, under, under_size)
    top = UNDER_TOP
    if under:
        needs = text_room.height(under, room, under_size) + 4
        _at(pptx_slide, layouts.UNDER, (MARGIN, top, room, needs))
        top += needs
    if slide.picture is not None:
        _chart(pptx_slide, slide.picture, look, (MARGIN, top, room, FOOT_TOP - 8 - top))
    elif slide.grid is not None:
        _table(pptx_slide, slide.grid, max(top + 4, TABLE_TOP), room, slide.under, look)
    foot = text_room.shortened(slide.source, room - 60, 2, SMALLEST)
    _fill(pptx_slide, layouts.SOURCE, foot, SMALLEST)
    _number(pptx_slide, width, number)
    _notes(pptx_slide, slide)


def _fill(pptx_slide: Any, number: int, text: str, size: float, colour: str = MUTED) -> None:
    """Writes into a place of the layout; one without text is taken away."""
    place = pptx_slide.placeholders[number]
    if text:
        _write(place.text_frame, text, size, colour=colour)
    else:
        place._element.getparent().remove(place._element)


def _at(pptx_slide: Any, number: int, box: tuple[float, float, float, float]) -> None:
    place = pptx_slide.placeholders[number]
    place.left, place.top, place.width, place.height = (Pt(length) for length in box)


def _write(
    frame: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> None:
    """Text in a frame at a size that was measured to fit; nothing shrinks by itself."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
        paragraph.line_spacing = Pt(size * text_room.LINE)
        paragraph.space_before = paragraph.space_after = Pt(0)
        for run in paragraph.runs:
            _font(run, size, bold, colour)


def _font(run: Any, size: float, bold: bool, colour: str) -> None:
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.color.rgb = RGBColor.from_string(colour)
    properties = run._r.get_or_add_rPr()
    properties.set("lang", "zh-CN" if current() == "zh" else "en-GB")
    properties.set("altLang", "en-GB" if current() == "zh" else "zh-CN")


def _number(pptx_slide: Any, width: float, number: int) -> None:
    """The number of the slide in its place, as a field that follows when slides are moved."""
    box = tuple(Pt(length) for length in (width - MARGIN - 50, FOOT_TOP, 50, FOOT_HEIGHT))
    shape = pptx_slide.shapes.add_textbox(*box)
    shape.name = _("Number of the slide")
    marked = shape._element.find(f".//{qn('p:nvPr')}")
    marked.append(parse_xml(f'<p:ph {nsdecls("p")} type="sldNum" idx="{layouts.NUMBER}"/>'))
    _write(shape.text_frame, str(number), SMALLEST, colour=MUTED, align=PP_ALIGN.RIGHT)
    run = shape.text_frame.paragraphs[0].runs[0]._r
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"/>'
    )
    for child in list(run):
        field.append(child)
    run.getparent().replace(run, field)


def _chart(
    pptx_slide: Any, picture: Picture, look: Look, box: tuple[float, float, float, float]
) -> None:
    place = pptx_slide.placeholders[layouts.BODY]
    data = native_charts.chart_data(picture, look)
    shape = place.insert_chart(native_charts.chart_type(picture), data)
    shape.left, shape.top, shape.width, shape.height = (Pt(length) for length in box)
    native_charts.dress(shape.chart, picture, look, CHART_PT, box[2:])
    described = shape._element.find(f".//{qn('p:cNvPr')}")
    described.set("name", picture.caption)
    described.set("descr", native_charts.in_words(picture, look))


def _table(pptx_slide: Any, grid: Grid, top: float, room: float, under: str, look: Look) -> None:
    size, _parts = laid_out(grid, room, under)
    widths = [share * room for share in grid.widths]
    heights = text_room.row_heights([grid.head, *grid.rows], widths, size, CELL, ABOVE)
    place = pptx_slide.placeholders[layouts.BODY]
    shape = place.insert_table(1 + len(grid.rows), len(grid.head))
    box = (MARGIN, top, room, sum(heights))
    shape.left, shape.top, shape.width, shape.height = (Pt(length) for length in box)
    shape.name = grid.caption or "Table"
    table = shape.table
    shape._element.find(f".//{qn('a:tableStyleId')}").text = _PLAIN_GRID
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for at, (row, texts) in enumerate(zip(table.rows, (grid.head, *grid.rows), strict=True)):
        row.height = Pt(heights[at])
        for number, text in enumerate(texts):
            tone = (colour(text, look) or INK).removeprefix("#")
            cell = row.cells[number]
            _cell(cell, text, size, tone, head=at == 0, right=number in grid.right)
            if isinstance(text, Bar):
                box = (
                    MARGIN + sum(widths[:number]) + CELL,
                    top + sum(heights[:at]),
                    widths[number] - 2 * CELL,
                    heights[at],
                )
                _bar(pptx_slide, text, box, look.bad if text.status == "missed" else look.muted)


def _cell(cell: Any, text: str, size: float, tone: str, *, head: bool, right: bool) -> None:
    align = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _write(cell.text_frame, str(text), size, bold=head, colour=tone, align=align)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Pt(CELL)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(HEAD if head else "FFFFFF")


def _bar(pptx_slide: Any, bar: Bar, box: tuple[float, float, float, float], tone: str) -> None:
    """A bar as far as the target is reached, in the room of its cell, with a mark where that is."""
    left, top, width, height = box
    thick, at = min(12.0, height / 2), top + height / 2
    for share, start, size, shade in (
        (1.0, 0.0, thick, _tint(tone)),
        (bar.part, 0.0, thick, tone.removeprefix("#")),
        (MARK, TARGET_AT, thick + 6, INK),
    ):
        if share <= 0:
            continue
        shape = pptx_slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            *(Pt(length) for length in (left + start * width, at - size / 2, share * width, size)),
        )
        shape.name = "bar"
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(shade)
        shape.line.fill.background()
        shape.shadow.inherit = False


def _tint(tone: str) -> str:
    """A colour on white so light that text stands out from it."""
    parts = (int(tone[at : at + 2], 16) for at in (1, 3, 5))
    return "".join(f"{round(255 - 0.2 * (255 - part)):02X}" for part in parts)


def _notes(pptx_slide: Any, slide: Slide) -> None:
    text = "\n".join(part for part in (*slide.notes, slide.source) if part)
    pptx_slide.notes_slide.notes_text_frame.text = text
