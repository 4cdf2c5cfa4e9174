"""A document as it will look: a briefing as text, a deck as slides, a workbook as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import htpy as h
import streamlit as st

from lingti import charts, report
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.report import Material, Wish
from lingti.report.briefing import memo
from lingti.report.content import Block, Grid, Heading, Paragraph, Picture, Section
from lingti.report.sentences import exact_numbers
from lingti.report.slides.slide import Slide
from lingti.report.word.heading_numbers import ordinal
from lingti.report.workbook.file import preview as sheets_of
from lingti.ui.parts.elements import chart
from lingti.ui.parts.html_out import Html, send, send_style
from lingti.ui.parts.tables import framed, labels, unbroken
from lingti.ui.window.frame import Page

ROWS_SHOWN = 8  # of each table of a workbook
SHORT = 6  # letters of a name that is not broken
_STYLE = """
.st-key-lt-sheet { max-width: 50rem; padding-block: 3rem;
  max-height: 85vh; overflow-y: auto; scroll-behavior: smooth; display: block;
  border: 1px solid var(--lt-line); background: var(--lt-paper); }
@media (min-width: 1101px) { .st-key-lt-sheet { padding-inline: 3.5rem; } }
@media (max-width: 1100px) { .st-key-lt-sheet { padding-inline: 1.5rem; } }
@media (max-width: 700px) { .st-key-lt-sheet { padding: 1.5rem 1rem; } }
.st-key-lt-sheet .lt-table:not(.lt-heat) :is(th, td) { font-size: .875rem; padding-inline: .4rem;
  min-width: 0; }
@media (min-width: 481px) { .st-key-lt-sheet .lt-table.lt-blocks :is(th, td) { font-size: .75rem;
  padding-inline: .25rem; } }
.lt-doc-title { text-align: center; font-size: 1.5rem; margin: 0 0 1rem; }
.lt-doc-head { font-size: 1.125rem; margin: .75rem 0 .25rem; }
.lt-doc-addressee { margin: .25rem 0; }
.lt-doc-body { text-indent: 2em; margin: .25rem 0; line-height: 1.8; }
.lt-doc-note { font-size: .9375rem; opacity: .8; margin: .25rem 0; }
.lt-doc-caption { text-align: center; font-size: .9375rem; margin: 0; }
.lt-doc-sign { text-align: right; margin: 1rem 0 0; }
"""


def draw(page: Page, material: Material, place: str, ending: str, wish: Wish) -> None:
    """Draws the document of a place with the ending of a file, in the language wished for."""
    send_style(_STYLE)
    with exact_numbers.speaking(wish.language):
        is_dark = page.look.paper != charts.look(material.district).paper
        look = charts.look(material.district, dark=is_dark)
        if ending == "docx":
            _briefing(material, place, look)
        elif ending == "xlsx":
            _workbook(material, place)
        else:
            _deck(report.slides(material, place, wish), look)


def _briefing(material: Material, place: str, look: charts.Look) -> None:
    briefing = memo(material, place)
    titles = [ordinal(at, 1) + section.title for at, section in enumerate(briefing.sections, 1)]
    annexed = (*briefing.tables, *([briefing.appendix] if briefing.appendix else []))
    titles += [part.title for part in annexed]
    if titles:
        send(_contents(titles))
    with st.container(key="lt-sheet"):
        send(h.h2(".lt-doc-title")[briefing.title])
        if briefing.addressee is not None:
            to = briefing.addressee or h.mark[_("[To whom it goes]:")]
            send(h.p(".lt-doc-addressee")[to])
        _blocks(briefing.lead, look, "lead")
        for number, section in enumerate(briefing.sections):
            _section(section, titles[number], number, look)
        if briefing.closing:
            send(h.p(".lt-doc-body")[briefing.closing])
        signed = [[h.br if at else None, line] for at, line in enumerate(briefing.signed)]
        send(h.p(".lt-doc-sign")[signed])
        for at, part in enumerate(annexed, len(briefing.sections)):
            _section(part, titles[at], at, look)


def _contents(titles: Sequence[str]) -> Html:
    """What stands in the document, each leading to its place in the preview."""
    links = [h.li[h.a(href=f"#lt-doc-{at}")[title]] for at, title in enumerate(titles)]
    return h.nav(".lt-contents", aria_label=_("Contents"))[h.ul[links]]


def _section(section: Section, title: str, at: int, look: charts.Look) -> None:
    send(h.h3(".lt-doc-head", id=f"lt-doc-{at}")[title])
    _blocks(section.blocks, look, section.id)


def _blocks(blocks: Sequence[Block], look: charts.Look, key: str) -> None:
    """Texts and tables in one piece, charts between them."""
    pieces: list[Html] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Picture):
            _flush(pieces)
            _picture(block, look, f"{key}-{number}")
        else:
            pieces.append(_html(block))
    _flush(pieces)


def _flush(pieces: list[Html]) -> None:
    if pieces:
        send(h.fragment[tuple(pieces)])
        pieces.clear()


def _picture(picture: Picture, look: charts.Look, key: str) -> None:
    drawn = charts.lines_over_time(picture.frame, picture.metric, look, height=300)
    chart(drawn, key=f"preview-{key}")
    send(h.fragment[h.p(".lt-doc-caption")[picture.caption], h.p(".lt-doc-note")[picture.missing]])


def _html(block: Heading | Paragraph | Grid) -> Html:
    if isinstance(block, Heading):
        return h.h4[block.text]
    if isinstance(block, Paragraph):
        fill = h.mark[block.fill] if block.fill else None
        return h.p(class_=f"lt-doc-{block.kind}")[block.text, fill]
    return _grid(block)


def _cell(text: str) -> Html | str:
    """A cell as HTML; names, days and numbers stand in one line, what is said may take two."""
    if not text[:1].isdigit():
        return unbroken(text) if 0 < len(text) <= SHORT else text or "\u00a0"
    number, opened, remark = text.partition(" (")
    return h.fragment[unbroken(number), f"{opened}{remark}" if opened else None]


def _grid(grid: Grid) -> Html:
    looks = ["lt-num" if at in grid.right else None for at in range(len(grid.head))]
    head = [h.th(scope="col", class_=of)[text] for text, of in zip(grid.head, looks, strict=True)]
    beside = labels(grid.head)
    body = [
        h.tr[
            h.th(scope="row", class_=looks[0])[_cell(first)],
            [
                h.td(class_=[of, "lt-long" if " (" in text else None], data_label=label)[
                    _cell(text)
                ]
                for text, of, label in zip(others, looks[1:], beside[1:], strict=True)
            ],
        ]
        for first, *others in grid.rows
    ]
    return framed(head, body, len(grid.head), grid.caption)


def _deck(slides: Sequence[Slide], look: charts.Look) -> None:
    for number, slide in enumerate(slides, 1):
        with st.container(key=f"lt-slide-{number}", border=True):
            under = h.p(".lt-doc-note")[slide.under] if slide.under else None
            send(h.fragment[h.h3(".lt-doc-head")[number, " · ", slide.title], under])
            if slide.picture is not None:
                _picture(slide.picture, look, slide.id)
            elif slide.grid is not None:
                send(_grid(slide.grid))
            send(h.p(".lt-doc-note")[slide.source])


def _workbook(material: Material, place: str) -> None:
    for sheet in sheets_of(material, place):
        grid = Grid(
            sheet.name,
            tuple(column.title for column in sheet.columns),
            tuple(tuple(_written(cell) for cell in row) for row in sheet.rows[:ROWS_SHOWN]),
            (),
        )
        send(_grid(grid))
        if len(sheet.rows) > ROWS_SHOWN:
            st.caption(_("{count} rows in all").format(count=number_text.exact(len(sheet.rows))))


def _written(cell: Any) -> str:
    number = getattr(cell, "value", cell)
    if isinstance(number, float):
        return number_text.exact(number, 2, trim=True)
    return "" if cell is None else str(cell)
