"""The deck as a PowerPoint file: real titles, native charts and tables, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from lingti.charts import Look
from lingti.judging import sentences
from lingti.language import current
from lingti.report import native_charts
from lingti.report.content import TARGET_AT, Bar, Grid, Picture, colour
from lingti.report.native_charts import EAST_ASIAN, LATIN
from lingti.report.slides import text_room
from lingti.report.slides.deck_slides import (
    CELL,
    HEIGHT,
    MARGIN,
    MOST_UNDER,
    SMALLEST,
    TABLE_TOP,
    WIDTHS,
    laid_out,
)
from lingti.report.slides.slide import Slide

INK, MUTED, LINE, HEAD = "16242B", "5B6B70", "14566B", "EDF1F0"
TITLE_TOP, TITLE_HEIGHT = 30.0, 84.0
UNDER_TOP = 118.0
UNDER_SIZES = (18.0, 16.0, SMALLEST)
TITLE_SIZES = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0)
FOOT_TOP, FOOT_HEIGHT = 496.0, 38.0
CHART_PT = 14.0
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
    _prepare(show, WIDTHS[ratio])
    for number, slide in enumerate(slides, 1):
        if number == 1:
            _title_slide(show, slide, accent, WIDTHS[ratio], emblem)
        else:
            _slide(show, slide, number, look, accent, WIDTHS[ratio])
    show.core_properties.title = slides[0].title
    show.core_properties.author = slides[0].title
    show.core_properties.language = "zh-CN" if current() == "zh" else "en-GB"
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _prepare(show: Any, width: float) -> None:
    """Puts the layouts' placeholders where they belong on this format; names the fonts."""
    master = show.slide_master
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = theme.blob.decode("utf-8")
    xml = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{LATIN}"', xml)
    xml = re.sub(r'<a:ea typeface="[^"]*"', f'<a:ea typeface="{EAST_ASIAN}"', xml)
    theme._blob = re.sub(
        r'script="Hans" typeface="[^"]*"', f'script="Hans" typeface="{EAST_ASIAN}"', xml
    ).encode()
    scale = width / 720.0
    for holder in [
        *master.placeholders,
        *(placeholder for lay in show.slide_layouts for placeholder in lay.placeholders),
    ]:
        holder.left, holder.width = int(holder.left * scale), int(holder.width * scale)
    for title in (show.slide_layouts[5].placeholders[0], master.placeholders[0]):
        _place(title, MARGIN, TITLE_TOP, width - 2 * MARGIN, TITLE_HEIGHT)


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)


def _title_slide(show: Any, slide: Slide, accent: str, width: float, emblem: bytes) -> None:
    made = show.slides.add_slide(show.slide_layouts[5])
    room = width - 2 * MARGIN
    _band(made, accent, 0, 0, width, 14)
    if emblem:
        height = Pt(EMBLEM_HEIGHT)
        made.shapes.add_picture(io.BytesIO(emblem), Pt(MARGIN), Pt(26), height=height)
    title = made.shapes.title
    _place(title, MARGIN, 60, room, 210)
    size = text_room.largest(slide.title, room, 4, (40, 36, 32, 28, 24))
    text = text_room.shortened(slide.title, room, 6, size)
    _write(title.text_frame, text, size, bold=True, anchor=MSO_ANCHOR.BOTTOM)
    size = text_room.largest(slide.under, room, 2, (24, 20, 18))
    under = text_room.shortened(slide.under, room, 2, size)
    _text(made, under, MARGIN, 284, room, 70, size, colour=INK)
    foot = text_room.shortened(slide.source, room, 3, 16)
    _text(made, foot, MARGIN, 400, room, 76, 16)
    _notes(made, slide)


def _slide(show: Any, slide: Slide, number: int, look: Look, accent: str, width: float) -> None:
    made = show.slides.add_slide(show.slide_layouts[5])
    room = width - 2 * MARGIN
    _band(made, accent, 0, 0, width, 8)
    title = made.shapes.title
    size = text_room.largest_title(slide.title, room, TITLE_SIZES)
    text = text_room.balanced(text_room.shortened(slide.title, room, 3, size), room, size)
    _write(title.text_frame, text, size, bold=True, anchor=MSO_ANCHOR.MIDDLE)
    top = UNDER_TOP
    if slide.under:
        under_size = text_room.largest(slide.under, room, 2, UNDER_SIZES)
        under = text_room.shortened(slide.under, room, MOST_UNDER, under_size)
        needs = text_room.height(under, room, under_size) + 4
        _text(made, under, MARGIN, top, room, needs, under_size)
        top += needs
    if slide.picture is not None:
        _chart(made, slide.picture, look, (MARGIN, top, room, FOOT_TOP - 8 - top))
    elif slide.grid is not None:
        _table(made, slide.grid, max(top + 4, TABLE_TOP), room, slide.under, look)
    foot_room = room - 60
    _text(
        made,
        text_room.shortened(slide.source, foot_room, 2, SMALLEST),
        MARGIN,
        FOOT_TOP,
        foot_room,
        FOOT_HEIGHT,
        SMALLEST,
    )
    _number(made, width, number)
    _notes(made, slide)


def _band(made: Any, colour: str, left: float, top: float, width: float, height: float) -> None:
    """A strip in the colour of the place."""
    band = made.shapes.add_shape(1, Pt(left), Pt(top), Pt(width), Pt(height))
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    band.line.fill.background()
    band.name = "Colour"


def _text(
    made: Any,
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    size: float,
    colour: str = MUTED,
) -> None:
    if text:
        box = made.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
        _write(box.text_frame, text, size, colour=colour)


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


def _number(made: Any, width: float, number: int) -> None:
    """The number of the slide, as a field that follows when slides are moved."""
    box = made.shapes.add_textbox(Pt(width - MARGIN - 50), Pt(FOOT_TOP), Pt(50), Pt(FOOT_HEIGHT))
    _write(box.text_frame, str(number), SMALLEST, colour=MUTED, align=PP_ALIGN.RIGHT)
    run = box.text_frame.paragraphs[0].runs[0]._r
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"/>'
    )
    for child in list(run):
        field.append(child)
    run.getparent().replace(run, field)


def _chart(made: Any, picture: Picture, look: Look, box: tuple[float, float, float, float]) -> None:
    left, top, width, height = (Pt(one) for one in box)
    data = native_charts.chart_data(picture, look)
    kind = native_charts.chart_type(picture)
    shape = made.shapes.add_chart(kind, left, top, width, height, data)
    native_charts.dress(shape.chart, picture, look, CHART_PT)
    described = shape._element.find(f".//{qn('p:cNvPr')}")
    described.set("name", picture.caption)
    described.set("descr", sentences.of_lines(picture.frame, picture.metric, look.name))


def _table(made: Any, grid: Grid, top: float, room: float, under: str, look: Look) -> None:
    size, _parts = laid_out(grid, room, under)
    widths = [share * room for share in grid.widths]
    heights = text_room.row_heights([grid.head, *grid.rows], widths, size, CELL)
    shape = made.shapes.add_table(
        1 + len(grid.rows), len(grid.head), Pt(MARGIN), Pt(top), Pt(room), Pt(sum(heights))
    )
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
                _bar(made, text, box, look.bad if text.status == "missed" else look.muted)


def _cell(cell: Any, text: str, size: float, tone: str, *, head: bool, right: bool) -> None:
    align = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _write(cell.text_frame, str(text), size, bold=head, colour=tone, align=align)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = Pt(CELL)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(HEAD if head else "FFFFFF")


def _bar(made: Any, bar: Bar, box: tuple[float, float, float, float], tone: str) -> None:
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
        shape = made.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            *(Pt(one) for one in (left + start * width, at - size / 2, share * width, size)),
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


def _notes(made: Any, slide: Slide) -> None:
    text = "\n".join(part for part in (*slide.notes, slide.source) if part)
    made.notes_slide.notes_text_frame.text = text
