"""The frame of every page: language, look, menu, title, and how fresh the data are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import htpy as h
import pandas as pd
import streamlit as st
from markupsafe import Markup

from lingti import charts, language, warehouse
from lingti.access import roles
from lingti.access.roles import Person
from lingti.catalog import Catalog, own_groups
from lingti.district import District
from lingti.judging import number_text, period_values
from lingti.judging.periods import Period, periods_of
from lingti.judging.standing import headlines, standing_words, to_do
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.memo_cache import memoised
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html, lasting, put, style_element
from lingti.ui.parts.markers import mark
from lingti.ui.window import menu, missing, served_home, session, welcome
from lingti.ui.window.missing import Needs
from lingti.ui.window.served_home import home_folder, own_home
from lingti.ui.window.style import style
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import rows

HERE = Path(__file__).parent
SIDEBAR_WIDTH = 208  # px
MOST_CHIPS, EXCEPTIONS = 12, 3  # how many communities the freshness strip names


@dataclass(frozen=True)
class Page:
    """What a page works with, read once per run."""

    title: str
    district: District
    warehouse: Warehouse
    look: charts.Look
    periods: dict[str, list[Period]]
    freshness: pd.DataFrame
    gaps: pd.DataFrame
    today: date
    person: Person = field(default_factory=roles.local_official)

    @property
    def published(self) -> bool:
        """Whether published values are read, at least of some communities."""
        return not roles.reader_view(self.person).is_everything

    @property
    def exact(self) -> frozenset[str]:
        """The communities that are read exactly although of others it is published values."""
        return roles.reader_view(self.person).exact or frozenset()

    def may(self, action: str, community: str | None = None) -> bool:
        """Whether who is at the screen may do something with a community's data; see access."""
        return roles.may(self.person, action, community)

    @property
    def catalog(self) -> Catalog:
        """The tables, metrics and rules of the home."""
        return self.district.catalog

    @cached_property
    def until(self) -> dict[str, date]:
        """The newest day each community has reported; those that never did are left out."""
        return _until(self.freshness)


def page(title: str, ask: str = "", *, needs: Needs = "numbers") -> Page:
    """Sets the page up; the first statement of every page.

    `title`, which may name the `{programme}`, and `ask` (the question the page answers) are English
    message ids. Draws the menu, the
    title, the freshness of the data and, for a sample, that it is one. Stops the run with what is
    missing, and where to enter it, where there is not what the page `needs`; and for who may not
    see it. Where nothing is set up it welcomes.
    """
    language.use(_language())
    url.note_taken()
    dark = st.context.theme.type == "dark"
    st.set_page_config(
        page_title=_("Lingti"),
        page_icon=str(HERE / "icon.svg"),  # drawn in place: a picture would be a file to ask for
        layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
        menu_items={"About": _("Lingti shows how the communities of a district do.")},
    )
    with lasting():
        put(style_element(style(dark=dark)))
    person = session.person_or_stop(own_home())
    welcome.at_the_door(person)
    home = home_folder()
    settings = served_home.read(home, person)
    programme = settings.programme.pick()
    title = _(title).format(programme=programme or settings.name.pick())
    of = programme or _("Lingti")
    st.set_page_config(page_title=title if of in title else f"{title} · {of}")
    with lasting():
        menu.draw(settings.name.pick(), of, own_groups(settings.catalog))
    session.draw(home, person)
    served_home.keep_up(home, settings)
    data = warehouse.current(home, roles.reader_view(person))
    settings = headlines.filled(data, settings)
    today = settings.today
    opened = Page(
        title=title,
        district=settings,
        warehouse=data,
        look=charts.look(settings, dark=dark),
        periods=periods_of(data),
        freshness=period_values.freshness(data),
        gaps=period_values.gaps(data, settings.reporting_day, today),
        today=today,
        person=person,
    )
    _heading(opened, _(ask) if ask else "")
    missing.stop_without(opened, needs)
    return opened


def _language() -> str:
    asked = url.read(url.LANGUAGE)
    return asked if asked in language.LANGUAGES else language.from_locale(st.context.locale)


def _heading(page: Page, ask: str) -> None:
    settings = page.district
    named = (settings.name.pick(), settings.programme.pick())
    above = " · ".join(name for name in named if name)
    put(
        h.header(".lt-head")[
            h.p(".lt-above")[above],
            h.h1[page.title],
            h.div(".lt-ask-room")[h.p(".lt-ask")[ask]] if ask else None,
            h.div(".lt-chips")[
                _note_chip(settings.note.pick(), welcome.sample_line(settings.home, page.person)),
                _gaps_chip(page.look, page.freshness, page.gaps, page.catalog),
            ],
            _published_on(page.warehouse) if page.published else None,
        ]
    )


def _note_chip(note: str, more: Html | None) -> Html | None:
    """That it is a sample, or what else is to be said of all data: its first words, then all."""
    if not note:
        return more
    words = re.split("[：:]", note)[0]
    return h.details(".lt-chip.lt-chip-note", role="note")[
        h.summary[words], h.div(".lt-panel")[h.p(".lt-note")[note], more]
    ]


def _published_on(data: Warehouse) -> Html | None:
    """Of which day published numbers are, where newer ones are counted already."""
    if data.snapshot is None or not data.is_newer_than_published:
        return None
    day = number_text.day(date.fromisoformat(warehouse.published_at(data.home)[:10]))
    words = _("Published numbers are those of {day}; newer ones follow when an official publishes.")
    return h.p(".lt-checking", role="status")[words.format(day=day)]


@memoised
def _until(freshness: pd.DataFrame) -> dict[str, date]:
    return {
        row.community: pd.Timestamp(row.until).date()
        for row in rows(freshness)
        if not pd.isna(row.until)
    }


@url.linked_once
def _gaps_chip(
    look: charts.Look, freshness: pd.DataFrame, gaps: pd.DataFrame, known: Catalog
) -> Html:
    """Of how many communities something is missing; opened, how far the data of each reach."""
    label = _("How fresh the data are")
    fresh_rows = list(rows(freshness))
    owing = gaps["community"].nunique()
    words = how_far(fresh_rows) if fresh_rows else _("no data yet")
    if owing:
        words = standing_words.gaps_words(owing)
    chips = (
        _fresh_summary(look, fresh_rows, gaps, known)
        if len(fresh_rows) > MOST_CHIPS
        else [
            _fresh_chip(
                look, row, to_do.gap_sentences(gaps[gaps["community"] == row.community], known)
            )
            for row in fresh_rows
        ]
    )
    more = h.a(".lt-defined", href=url.link("reporting"))[_("What is missing"), " →"]
    kind = "lt-chip-gaps" if owing else "lt-chip-whole"
    return Markup(
        h.details(class_=f"lt-chip {kind}")[
            h.summary[words],
            h.div(".lt-panel")[h.ul(".lt-fresh", aria_label=label)[chips], h.p[more]],
        ]
    )


def _fresh_summary(
    look: charts.Look, fresh_rows: list[Any], gaps: pd.DataFrame, known: Catalog
) -> list[Html]:
    """How far most of many communities have come, and those that are furthest behind."""
    missing = gaps.groupby("community").size().to_dict()
    behind = [row for row in fresh_rows if row.community in missing or pd.isna(row.until)]
    behind.sort(key=lambda row: -missing.get(row.community, 0))
    chips: list[Html] = [h.li[h.b[how_far(fresh_rows)]]]
    chips += [
        _fresh_chip(look, row, to_do.gap_sentences(gaps[gaps["community"] == row.community], known))
        for row in behind[:EXCEPTIONS]
    ]
    if len(behind) > EXCEPTIONS:
        more = _("and {count} more with something missing").format(
            count=number_text.exact(len(behind) - EXCEPTIONS)
        )
        chips.append(h.li[more])
    return chips


def how_far(fresh_rows: Sequence[Any]) -> str:
    """How far most of many communities have come; rows as of `period_values.freshness`."""
    days = sorted(
        (pd.Timestamp(row.until) for row in fresh_rows if not pd.isna(row.until)), reverse=True
    )
    half = (len(fresh_rows) - 1) // 2
    if len(days) <= half:
        return _("{count} communities").format(count=number_text.exact(len(fresh_rows)))
    return _("{count} of {all} communities have data to {day} or later").format(
        count=number_text.exact(sum(day >= days[half] for day in days)),
        all=number_text.exact(len(fresh_rows)),
        day=number_text.day(days[half].date()),
    )


def _fresh_chip(look: charts.Look, row: Any, unreported: list[str]) -> Html:
    """`row` is one of `period_values.freshness`; `unreported` is what is due."""
    words = [_("no data yet")]
    if not pd.isna(row.until):
        until, imported = pd.Timestamp(row.until).date(), pd.Timestamp(row.imported_at).date()
        words = [
            _("data to {day}").format(day=number_text.day(until)),
            # The year of a day soon after another goes without saying.
            _("imported {day}").format(
                day=(
                    number_text.day_short if 0 <= (imported - until).days < 300 else number_text.day
                )(imported)
            ),
        ]
    missing = (
        ngettext("{number} month incomplete", "{number} months incomplete", len(unreported)).format(
            number=len(unreported)
        )
        if unreported
        else ""
    )
    return h.li(title=" ".join(unreported))[
        mark(look.symbols[row.community], look.colours[row.community]),
        h.b[look.name(row.community)],
        " ",
        " · ".join(words),
        h.em[missing] if missing else None,
    ]
