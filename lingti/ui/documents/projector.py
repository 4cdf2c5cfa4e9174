"""The stage: a deck's slides drawn once, one of them seen at a time; the browser turns the pages.

A slide is laid out on a page 540 units high and 720 to 960 wide, and the page is scaled as a whole,
so that nothing is stretched and no text is smaller than 1/40 of the height.
"""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts, palette
from lingti.catalog import DISTRICT, Metric
from lingti.charts import Look
from lingti.editions.keeping import Edition
from lingti.judging import number_text
from lingti.judging.standing import to_do
from lingti.language import current, ngettext
from lingti.language import gettext as _
from lingti.report import accent
from lingti.report.content import Grid, Picture
from lingti.report.html.grid_table import grid_table
from lingti.report.html.offline_deck import readable
from lingti.report.slides.slide import Slide
from lingti.ui.documents.decks import EDITION, PLACE, SLIDES, Deck
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import picture as picture_of
from lingti.ui.parts.html_out import Html, send, send_script, send_style
from lingti.ui.parts.markers import mark
from lingti.ui.streamlit_inside.names import filled_file
from lingti.ui.window.frame import MOST_CHIPS, Page, how_far
from lingti.warehouse.frames import rows

HERE = Path(__file__).parent
THEME, EVERY, SHOW = "theme", "every", "show"
THEMES = ("page", "light", "dark", "contrast")
SECONDS = ("0", "10", "20", "30", "60")
# Charts are drawn small and shown larger, so that lines and marks grow with the words.
ENLARGED = 1.3
CHART_HEIGHT = 190  # of the lowest chart, before it is enlarged; keeps the names of lines apart
CHART_TYPE = 14.0  # before it is enlarged, and then as large as in PowerPoint
TITLE_SIZES = (32, 30, 28, 26, 24, 22)
FIRST_SIZES = (64, 60, 56, 52, 48, 44, 40, 36, 32, 28)
UNDER_SIZES = (22, 20, 18, 17, 16, 15, 14)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{4}年\d+月|[A-Z][a-z]{2} \d{4}")
_WITH_UNIT = re.compile(r"(\d[\d,.]*[\u4e00-\u9fff])")
TABLE_SIZES = (26, 24, 22, 20, 19, 18, 17, 16, 15, 14)


def theme() -> str:
    """The colours of the slides: those of the page, light, dark or high contrast."""
    names = {
        "page": _("As the page"),
        "light": _("Light"),
        "dark": _("Dark"),
        "contrast": _("High contrast"),
    }
    return pickers.choose_one(THEME, THEMES, names.__getitem__, _("Theme"))


def every() -> str:
    """After how many seconds the next slide comes by itself; "0" for never."""
    return pickers.choose_one(
        EVERY,
        SECONDS,
        lambda seconds: _("Never") if seconds == "0" else _("{count} s").format(count=seconds),
        _("Next slide by itself"),
    )


def stage(page: Page, deck: Deck, theme: str, every: str) -> None:
    """Draws the slides, and what turns their pages."""
    dark = page.look.paper == charts.look(page.district, dark=True).paper
    contrast = theme == "contrast"
    look = charts.look(
        page.district, dark=theme == "dark" or (theme == "page" and dark), contrast=contrast
    )
    with st.container(key="lt-screen", gap=None):
        send_style(_style(look, _accent(look, deck.place), contrast=contrast))
        with st.container(key="lt-stage", gap=None):
            for number, slide in enumerate(deck.slides):
                _slide(slide, number, look)
            send(_kept_foot(deck.edition) if deck.edition else _foot(page, look))
        send(_handles(deck, every))
    with st.container(key="lt-stage-unseen"):
        st.button(
            _("Next theme"),
            key="lt-next-theme",
            on_click=url.write,
            args=(THEME, THEMES[THEMES.index(theme) % (len(THEMES) - 1) + 1]),
        )
        send_script(filled_file(HERE / "projector.js"))


def link(deck: Deck, theme: str, every: str) -> str:
    """The whole address that shows this deck, in this order, from its first slide on."""
    asked = {
        url.LANGUAGE: current(),
        url.PERIOD: deck.period,
        PLACE: "" if deck.place == DISTRICT else deck.place,
        EDITION: deck.edition.name if deck.edition else "",
        SLIDES: ",".join(deck.ids),
        THEME: "" if theme == THEMES[0] else theme,
        EVERY: "" if every == SECONDS[0] else every,
        SHOW: "1",
    }
    query = urlencode({name: value for name, value in asked.items() if value}, safe=",")
    return f"{(st.context.url or '').partition('?')[0]}?{query}"


def _accent(look: Look, place: str) -> str:
    """The colour of the place, or of the district that the theme can show."""
    return look.accent if place == DISTRICT else accent(look, place)


def _slide(slide: Slide, number: int, look: Look) -> None:
    kind = "first" if slide.id == "title" else "statement"
    if slide.picture is not None or slide.grid is not None:
        kind = "message"
    with st.container(key=f"lt-slide-{number}", gap=None):
        sizes = TITLE_SIZES if kind == "message" else FIRST_SIZES
        under = slide.under or None
        send(
            h.div(class_=f"lt-s-head lt-s-{kind}", data_slide=slide.id)[
                h.h2(data_sizes=_listed(sizes))[_unbroken(slide.title)],
                under and h.p(".lt-s-under", data_sizes=_listed(UNDER_SIZES))[under],
            ]
        )
        with st.container(key=f"lt-body-{number}", gap=None):
            if slide.picture is not None:
                _picture(slide, slide.picture, look)
            elif slide.grid is not None:
                send(_table(slide.grid))
        send(h.p(".lt-s-source")[slide.source])


def _unbroken(title: str) -> list[Html]:
    """The title as HTML: each number stays with its unit, and Chinese breaks at its commas."""
    bound = re.sub(r"(?<=\d) (?=\w)|(?<=:) (?=\d)", "\u00a0", title)
    return [
        h.span(".lt-part")[
            [
                h.span(".lt-whole")[words] if at % 2 else words
                for at, words in enumerate(_WITH_UNIT.split(part))
                if words
            ]
        ]
        for part in re.split(r"(?<=[，；、])(?!$)", bound)
    ]


def _picture(slide: Slide, picture: Picture, look: Look) -> None:
    drawn = _drawn(picture.frame, picture.metric, look)
    send(picture_of(drawn, key=f"lt-stage-{slide.id}", height="100%"))


@charts.drawn_once
def _drawn(frame: pd.DataFrame, metric: Metric, look: Look) -> Any:
    # Whose numbers are missing stands below the title.
    drawn = charts.lines_over_time(frame, metric, look, height=CHART_HEIGHT, with_note=False)
    return readable(drawn, CHART_HEIGHT, CHART_TYPE)


def _table(grid: Grid) -> Html:
    sizes = _listed(TABLE_SIZES)
    looks = partial(_cell_looks, grid)
    return h.div(".lt-s-table")[grid_table(grid, looks, data_sizes=sizes)]


def _cell_looks(grid: Grid, at: int, text: str) -> str | None:
    return "lt-right" if at in grid.right else "lt-day" if _DAY.fullmatch(text) else None


def _listed(sizes: tuple[int, ...]) -> str:
    """The type sizes to try, from large to small; the browser takes the first that has room."""
    return " ".join(map(str, sizes))


def _foot(page: Page, look: Look) -> Html:
    """How fresh the data of each community are, on every slide; and the number of the slide."""
    label = _("How fresh the data are")
    fresh_rows = list(rows(page.freshness))
    chips = [_fresh(page, look, row.community) for row in fresh_rows]
    if len(fresh_rows) > MOST_CHIPS:
        chips = [h.li[how_far(fresh_rows)]]
    return h.div(".lt-s-foot")[h.ul(".lt-s-fresh", aria_label=label)[chips], h.span(".lt-s-number")]


def _kept_foot(edition: Edition) -> Html:
    """Which edition the slides are of, and of when, on every slide; and the number of the slide."""
    day = number_text.day(date.fromisoformat(edition.at[:10]))
    words = _("edition {edition}, finalised on {day}").format(edition=edition.name, day=day)
    return h.div(".lt-s-foot")[h.ul(".lt-s-fresh")[h.li[h.b[words]]], h.span(".lt-s-number")]


def _fresh(page: Page, look: Look, community: str) -> Html:
    until = page.until.get(community)
    same_year = until is not None and until.year == max(page.until.values()).year
    short = number_text.day_short if same_year and _one_year(page) else number_text.day
    words = _("data to {day}").format(day=short(until)) if until else _("no data yet")
    missing = len(to_do.gap_sentences(page.gaps[page.gaps["community"] == community], page.catalog))
    gap = ngettext("{number} month incomplete", "{number} months incomplete", missing)
    return h.li[
        mark(look.symbols[community], look.colours[community]),
        h.b[look.name(community)],
        " ",
        words,
        h.em[gap.format(number=missing)] if missing else None,
    ]


def _one_year(page: Page) -> bool:
    """Whether all data end in the year that the slides' source lines name in full."""
    return len({day.year for day in page.until.values()}) == 1


def _handles(deck: Deck, every: str) -> Html:
    """What is pressed with a mouse; it hides as long as the mouse rests."""
    buttons = (
        ("back", _("Back (←, PageUp)"), "chevron_left"),
        ("next", _("Next (→, PageDown, space)"), "chevron_right"),
        ("list", _("List of slides (J)"), "list"),
        ("play", _("Go on by itself, or pause (P)"), "play_arrow"),
        ("blank", _("Blank screen (B)"), "tv_off"),
        ("theme", _("Next theme (T)"), "contrast"),
        ("full", _("Full screen (F)"), "fullscreen"),
        ("leave", _("Leave (Esc)"), "close"),
    )
    bar = [
        h.button(type="button", data_act=act, title=label, aria_label=label)[sign]
        for act, label, sign in buttons
    ]
    named = [
        h.li[h.button(type="button", data_act="jump", data_to=slide.id)[slide.title]]
        for slide in deck.slides
    ]
    paused = _("Paused")
    return h.fragment[
        h.div(".lt-s-blank"),
        h.ol(".lt-s-list")[named],
        h.div(".lt-s-progress", data_every=every)[h.i],
        h.p(".lt-s-paused")[paused],
        h.div(".lt-s-bar")[bar],
    ]


def _style(look: Look, accent: str, *, contrast: bool) -> str:
    head = look.paper if contrast else f"color-mix(in srgb, {look.accent} 7%, {look.paper})"
    tones = {
        "ink": look.ink,
        "muted": look.muted,
        "line": look.grid,
        "paper": look.paper,
        "head": head,
        "accent": accent,
        "good": look.good,
        "bad": look.bad,
        "signal": look.accent,
        "black": palette.BLACK,
        "enlarged": str(ENLARGED),
        "rule": "2px" if contrast else "1px",
    }
    now = "".join(f"--s-{name}:{value};" for name, value in tones.items())
    return f".st-key-lt-screen{{{now}}}{filled_file(HERE / 'projector.css')}"


def begin() -> None:
    """The button that fills the screen, and the keys to know."""
    words = _("Present in full screen")
    keys = _(
        "Clicker or keyboard: → ← PageUp PageDown Home End · B blank screen · J list of slides"
        " · P go on by itself · T theme · Esc leave"
    )
    send(h.div(".lt-s-begin")[h.button(type="button", data_act="present")[words], h.p[keys]])
