"""The deck as one page that needs no network: live charts, keyboard and clicker, both themes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from lingti import charts
from lingti.catalog import DISTRICT
from lingti.charts import Look
from lingti.language import current
from lingti.language import gettext as _
from lingti.report.content import Grid, Picture
from lingti.report.slides import text_room
from lingti.report.slides.deck_slides import MARGIN, SMALLEST, WIDTHS, Slide, laid_out

HERE = Path(__file__).parent
CHART_HEIGHT = 340
ROOM_FOR_WORDS = 1.3
LINE, AROUND = 1.25, 70  # a line of text beside its type size; what of a figure is no plot, in px
# The file may ask for nothing: not from the network, and not from the disk it lies on.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)


def deck(slides: Sequence[Slide], light: Look, dark: Look, accent: str) -> bytes:
    """The slides as one .html file. `accent` is the colour of the place, as `#RRGGBB`."""
    figures = {
        slide.id: {
            "light": _plain(figure(slide.picture, light)),
            "dark": _plain(figure(slide.picture, dark)),
        }
        for slide in slides
        if slide.picture is not None
    }
    page = _PAGE.format(
        language="zh-CN" if current() == "zh" else "en",
        policy=_POLICY,
        title=escape(slides[0].title),
        css=_asset("deck.css"),
        accent=accent,
        slides="".join(
            _slide(slide, number, len(slides)) for number, slide in enumerate(slides, 1)
        ),
        help=escape(
            _(
                "Next: →, PageDown, space · Back: ←, PageUp · First, last: Home, End · Blank: B"
                " · Notes: N · Light or dark: T · Full screen: F"
            )
        ),
        figures=_within_script(json.dumps(figures, ensure_ascii=False, separators=(",", ":"))),
        plotly=get_plotlyjs(),
        script=_asset("deck.js"),
    )
    return page.encode("utf-8")


def figure(picture: Picture, look: Look) -> go.Figure:
    """The picture of a slide as on the screen, with no text smaller than a back row can read."""
    per_place = [part for _place, part in picture.frame.groupby("community", sort=False)]
    drawn = charts.lines_over_time(picture.frame, picture.metric, look, height=CHART_HEIGHT)
    if len(per_place) == 1 and str(per_place[0]["community"].iloc[0]) != DISTRICT:
        drawn.update_layout(margin={"r": 24})
    return readable(drawn, CHART_HEIGHT)


def readable(drawn: go.Figure, height: int, smallest: float = SMALLEST) -> go.Figure:
    """Raises every text of a figure to the smallest size allowed.

    Lines stay below its words, and the names at their ends apart. `height` is that of the figure.
    """
    layout = drawn.layout
    if any(note.yref == "paper" and note.y == 1 for note in layout.annotations):
        layout.yaxis.range = [0, layout.yaxis.range[1] * ROOM_FOR_WORDS]
    for part in [layout.font, layout.xaxis.tickfont, layout.yaxis.tickfont, layout.legend.font]:
        part.size = max(part.size or 0, smallest)
    for note in layout.annotations:
        note.font.size = max(note.font.size or 0, smallest)
    names = [note for note in layout.annotations if note.xref == "paper" and note.x == 1]
    names.sort(key=lambda note: note.y)
    top = layout.yaxis.range[1] if layout.yaxis.range else 0
    gap = top * LINE * smallest / (height - AROUND)
    for note, moved in zip(names, charts.apart([one.y for one in names], gap, top), strict=True):
        note.y = moved
    layout.hoverlabel.font.size = max(layout.hoverlabel.font.size or 0, smallest)
    layout.clickmode = "event"  # a click selects nothing where nothing follows from it
    return drawn


def _plain(drawn: go.Figure) -> object:
    return json.loads(drawn.to_json())


def _slide(slide: Slide, number: int, count: int) -> str:
    room = WIDTHS["4:3"] - 2 * MARGIN
    first = number == 1
    sizes = (44, 40, 36, 32, 28, 24) if first else (30, 28, 26, 24, 22, 20)
    size = text_room.largest_title(slide.title, room, sizes)
    notes = "\n".join(slide.notes)
    parts = [
        f"<section class='slide{' first' if first else ''}' id='{escape(slide.id)}'"
        f" data-notes='{escape(notes)}' aria-label='{number} / {count}'>",
        f"<h1 style='font-size:{size:g}px'>{escape(slide.title)}</h1>",
        _under(slide, room, first=first),
        f"<div class='chart'><div data-figure='{escape(slide.id)}' role='img'></div></div>"
        if slide.picture is not None
        else "",
        _table(slide.grid, room, slide.under)
        if slide.grid is not None and not slide.picture
        else "",
        f"<div class='foot'><span>{escape(slide.source)}</span><span>{number}</span></div>",
        "</section>",
    ]
    return "".join(parts)


def _under(slide: Slide, room: float, *, first: bool) -> str:
    if not slide.under:
        return ""
    size = 24.0 if first else text_room.largest(slide.under, room, 2, (18.0, 16.0, SMALLEST))
    return f"<p class='under' style='font-size:{size:g}px'>{escape(slide.under)}</p>"


def _table(grid: Grid, room: float, under: str) -> str:
    size, _parts = laid_out(grid, room, under)
    columns = "".join(f"<col style='width:{share:.2%}'>" for share in grid.widths)
    head = "".join(_cell("th", at, text, grid) for at, text in enumerate(grid.head))
    body = "".join(
        f"<tr>{''.join(_cell('td', at, text, grid) for at, text in enumerate(row))}</tr>"
        for row in grid.rows
    )
    return (
        f"<table style='font-size:{size:g}px'><colgroup>{columns}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(tag: str, at: int, text: str, grid: Grid) -> str:
    looks = " class='right'" if at in grid.right else ""
    return f"<{tag}{looks}>{escape(text)}</{tag}>"


@cache
def _asset(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _within_script(text: str) -> str:
    """JSON that cannot end the script it stands in."""
    return text.replace("<", "\\u003c")


_PAGE = """<!doctype html>
<html lang="{language}" data-theme="light"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{css}:root {{ --accent: {accent}; }}</style></head>
<body><main id="stage">{slides}</main>
<div id="blank" hidden></div><aside id="notes" hidden></aside><aside id="help" hidden>{help}</aside>
<script type="application/json" id="figures">{figures}</script>
<script>{plotly}</script>
<script>{script}</script>
</body></html>
"""
