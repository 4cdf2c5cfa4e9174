"""The deck as one page that needs no network: live charts, keyboard and clicker, both themes."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import htpy as h
import plotly.graph_objects as go
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from lingti import charts, palette
from lingti.catalog import DISTRICT
from lingti.charts import Look
from lingti.charts.looks import TEXT_SIZE
from lingti.language import current
from lingti.language import gettext as _
from lingti.report import text_room
from lingti.report.content import Grid, Picture
from lingti.report.html.grid_table import grid_table
from lingti.report.slides.deck_slides import MARGIN, SMALLEST, WIDTHS, laid_out
from lingti.report.slides.slide import Slide

HERE = Path(__file__).parent
CHART_HEIGHT = 340
ROOM_FOR_WORDS = 0.15  # of the axis, for each line of words above the lines
LINE, AROUND = 1.25, 70  # a line of text beside its type size; what of a figure is no plot, in px
# The file may ask for nothing: not from the network, and not from the disk it lies on.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)


def deck(
    slides: Sequence[Slide], light: Look, dark: Look, accent: str, emblem: bytes = b""
) -> bytes:
    """The slides as one .html file. `accent` is the colour of the place, as `#RRGGBB`.

    `emblem` is a PNG for the first slide, or nothing.
    """
    figures = {
        slide.id: {
            "light": _plain(figure(slide.picture, light)),
            "dark": _plain(figure(slide.picture, dark)),
        }
        for slide in slides
        if slide.picture is not None
    }
    pages = [
        _slide(slide, number, len(slides), emblem if number == 1 else b"")
        for number, slide in enumerate(slides, 1)
    ]
    words = _(
        "Next: →, PageDown, space · Back: ←, PageUp · First, last: Home, End · Blank: B"
        " · Notes: N · Light or dark: T · Full screen: F"
    )
    page = h.html(lang="zh-CN" if current() == "zh" else "en", data_theme="light")[
        h.head[
            h.meta(charset="utf-8"),
            h.meta(http_equiv="Content-Security-Policy", content=_POLICY),
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.title[slides[0].title],
            h.style[Markup(_asset("deck.css")), Markup(_colours(accent))],
        ],
        h.body[
            h.main("#stage")[pages],
            h.div("#blank", hidden=True),
            h.aside("#notes", hidden=True),
            h.aside("#help", hidden=True)[words],
            h.script("#figures", type="application/json")[_within_script(figures)],
            h.script[Markup(get_plotlyjs())],
            h.script[Markup(_asset("deck.js"))],
        ],
    ]
    return str(page).encode("utf-8")


def _colours(accent: str) -> str:
    """The variables that the style sheet knows colours by."""
    light, dark = (palette.css(palette.DECK, dark=dark) for dark in (False, True))
    always = f"--accent:{accent};--black:{palette.BLACK};"
    return f":root{{{light}{always}}}:root[data-theme=dark]{{{dark}}}"


def figure(picture: Picture, look: Look) -> go.Figure:
    """The picture of a slide as on the screen, with no text smaller than a back row can read."""
    per_place = [part for _place, part in picture.frame.groupby("community", sort=False)]
    drawn = charts.lines_over_time(
        picture.frame, picture.metric, look, height=CHART_HEIGHT, with_note=False
    )
    if len(per_place) == 1 and str(per_place[0]["community"].iloc[0]) != DISTRICT:
        drawn.update_layout(margin={"r": 24})
    return readable(drawn, CHART_HEIGHT)


def readable(drawn: go.Figure, height: int, smallest: float = SMALLEST) -> go.Figure:
    """Raises every text of a figure to the smallest size allowed.

    Lines stay below its words, and the names at their ends apart. `height` is that of the figure.
    """
    layout = drawn.layout
    above = [note.text for note in layout.annotations if note.yref == "paper" and note.y == 1]
    if above:
        lines = 1 + max(text.count("<br>") for text in above)
        layout.yaxis.range = [0, layout.yaxis.range[1] * (1 + ROOM_FOR_WORDS * lines)]
    for part in [layout.font, layout.xaxis.tickfont, layout.yaxis.tickfont, layout.legend.font]:
        part.size = max(part.size or 0, smallest)
    for note in layout.annotations:
        note.font.size = max(note.font.size or 0, smallest)
    names = [note for note in layout.annotations if note.xref == "paper" and note.x == 1]
    names.sort(key=lambda note: note.y)
    if names and smallest > TEXT_SIZE:
        layout.margin.r *= smallest / TEXT_SIZE  # their room grows with them
    top = layout.yaxis.range[1] if layout.yaxis.range else 0
    gap = top * LINE * smallest / (height - AROUND)
    gap = min(gap, top / max(1, len(names) - 1))  # none is pushed out of the picture
    for note, moved in zip(names, charts.apart([name.y for name in names], gap, top), strict=True):
        note.y = moved
    layout.hoverlabel.font.size = max(layout.hoverlabel.font.size or 0, smallest)
    layout.clickmode = "event"  # a click selects nothing where nothing follows from it
    return drawn


def _plain(drawn: go.Figure) -> object:
    return json.loads(drawn.to_json())


def _slide(slide: Slide, number: int, count: int, emblem: bytes = b"") -> h.Element:
    room = WIDTHS["4:3"] - 2 * MARGIN
    first = number == 1
    sizes = (44, 40, 36, 32, 28, 24) if first else (28, 26, 24, 22, 20)
    size = text_room.largest(slide.title, room, 4 if first else 2, sizes)
    notes = "\n".join(slide.notes)
    return h.section(
        class_=["slide", "first" if first else None],
        id=slide.id,
        data_notes=notes,
        aria_label=f"{number} / {count}",
    )[
        _emblem(emblem),
        h.h1(style=f"font-size:{size:g}px")[slide.title],
        _under(slide, room, first=first),
        h.div(".chart")[h.div(data_figure=slide.id, role="img")]
        if slide.picture is not None
        else None,
        _table(slide.grid, room, slide.under)
        if slide.grid is not None and not slide.picture
        else None,
        h.div(".foot")[h.span[slide.source], h.span[number]],
    ]


def _emblem(picture: bytes) -> h.VoidElement | None:
    if not picture:
        return None
    data = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    return h.img(".emblem", src=data, alt="")


def _under(slide: Slide, room: float, *, first: bool) -> h.Element | None:
    if not slide.under:
        return None
    size = 24.0 if first else text_room.largest(slide.under, room, 2, (20.0, SMALLEST))
    return h.p(".under", style=f"font-size:{size:g}px")[slide.under]


def _table(grid: Grid, room: float, under: str) -> h.Element:
    size, _parts = laid_out(grid, room, under)
    looks = partial(_cell_looks, grid)
    return grid_table(grid, looks, style=f"font-size:{size:g}px")


def _cell_looks(grid: Grid, at: int, _text: str) -> str | None:
    return "right" if at in grid.right else None


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _within_script(data: object) -> Markup:
    """JSON that cannot end the script it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))
