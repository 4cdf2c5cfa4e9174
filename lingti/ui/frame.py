"""The frame of every page: language, look, menu, title, and how fresh the data are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from lingti import charts, compare, district, formats, language, warehouse
from lingti.compare import Period
from lingti.district import District
from lingti.frames import rows
from lingti.language import gettext as _
from lingti.ui import menu, url
from lingti.ui.style import colours, style
from lingti.warehouse import Warehouse

HERE = Path(__file__).parent
SIDEBAR_WIDTH = 240  # px
# Lets screen readers and the browser know the language; it is English for Streamlit.
_TELL_LANGUAGE = "<script>document.documentElement.lang = '{code}';</script>"


@dataclass(frozen=True)
class Page:
    """What a page works with, read once per run."""

    title: str
    district: District
    warehouse: Warehouse
    look: charts.Look
    periods: dict[str, list[Period]]
    freshness: pd.DataFrame
    published: bool = False

    @property
    def until(self) -> dict[str, date]:
        """The newest day each community has reported; those that never did are left out."""
        return {
            row.community: pd.Timestamp(row.until).date()
            for row in rows(self.freshness)
            if not pd.isna(row.until)
        }


def home_folder() -> Path:
    """The folder that is served: `$LINGTI_HOME`, else `home` where the server was started."""
    return Path(os.environ.get("LINGTI_HOME") or "home").absolute()


def page(title: str, ask: str = "") -> Page:
    """Sets the page up; the first statement of every page.

    `title` and `ask` (the question the page answers) are English message ids. Draws the menu, the
    title, the freshness of the data and, for a sample, that it is one. Stops the run and offers to
    build the sample where there is no data.
    """
    language.use(_language())
    dark = st.context.theme.type == "dark"
    st.set_page_config(
        page_title=f"{_(title)} · {_('Lingti')}",
        page_icon=HERE / "icon.png",
        layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
        menu_items={"About": _("Lingti shows how the communities of a district do.")},
    )
    st.html(style(dark=dark))
    home = home_folder()
    if not warehouse.exists(home):
        _welcome(home)
    settings = _settings(home, _changed_at(home))
    menu.draw(escape(settings.name.pick()), escape(settings.programme.pick()))
    with st.sidebar:
        code = "zh-CN" if language.current() == "zh" else "en"
        st.html(_TELL_LANGUAGE.format(code=code), unsafe_allow_javascript=True)
    data = warehouse.current(home)
    periods, freshness = _reach(data.version, str(home), data)
    made = Page(
        title=_(title),
        district=settings,
        warehouse=data,
        look=charts.look(settings, dark=dark),
        periods=periods,
        freshness=freshness,
    )
    _heading(made, _(ask) if ask else "")
    return made


def _language() -> str:
    asked = url.read(url.LANGUAGE)
    return asked if asked in language.LANGUAGES else language.from_locale(st.context.locale)


def _changed_at(home: Path) -> float:
    files = [home / "district.toml", *(home / "sources").glob("*.toml")]
    return max(file.stat().st_mtime for file in files if file.exists())


@st.cache_resource(max_entries=4, show_spinner=False)
def _settings(home: Path, changed_at: float) -> District:
    """The district's settings; read again when a file changed."""
    return district.load(home)


@st.cache_resource(max_entries=4, show_spinner=False)
def _reach(
    version: str, home: str, _warehouse: Warehouse
) -> tuple[dict[str, list[Period]], pd.DataFrame]:
    """Periods and freshness of one published warehouse; they only change with its version."""
    return compare.periods(_warehouse), compare.freshness(_warehouse)


def _heading(page: Page, ask: str) -> None:
    settings = page.district
    above = f"{settings.name.pick()} · {settings.programme.pick()}"
    parts = [
        "<header class='lt-head'>",
        f"<p class='lt-above'>{escape(above)}</p>",
        f"<h1>{escape(page.title)}</h1>",
        f"<p class='lt-ask'>{escape(ask)}</p>" if ask else "",
        _fresh_strip(page),
        "</header>",
    ]
    st.html("".join(parts))
    if settings.note.pick():
        st.html(f"<p class='lt-note' role='note'>{escape(settings.note.pick())}</p>")


def _fresh_strip(page: Page) -> str:
    """Per community: data until which day, imported when, and whether it lags behind the others."""
    newest = max(page.until.values(), default=None)
    chips = []
    for row in rows(page.freshness):
        until = page.until.get(row.community)
        behind = until is None or (newest is not None and until < newest)
        words = (
            _("no data yet")
            if until is None
            else _("data to {day}").format(day=formats.day_short(until))
        )
        told = (
            _("imported {day}").format(day=formats.day(pd.Timestamp(row.imported_at).date()))
            if not pd.isna(row.imported_at)
            else ""
        )
        chips.append(
            f"<li class='{'lt-behind' if behind else ''}' title='{escape(told)}'>"
            f"<i style='background:{colours(page.look, row.community)}'></i>"
            f"<b>{escape(page.look.name(row.community))}</b> {escape(words)}"
            + (f"<em>{escape(_('behind'))}</em>" if behind else "")
            + "</li>"
        )
    return f"<ul class='lt-fresh' aria-label='{escape(_('How fresh the data are'))}'>{''.join(chips)}</ul>"


def _welcome(home: Path) -> None:
    """Says kindly that there is nothing to show yet, and offers the sample; ends the run."""
    menu.draw("", _("Lingti"))
    st.html(
        "<header class='lt-head lt-welcome'>"
        f"<h1>{escape(_('Nothing to show yet'))}</h1>"
        f"<p class='lt-ask'>{escape(_('There is no data in {home}.').format(home=home))}</p>"
        f"<p>{escape(_('Build the sample district to look around: four communities, ten months.'))}</p>"
        "</header>"
    )
    if st.button(_("Build the sample"), type="primary"):
        from lingti import demo

        with st.spinner(_("Reading the sample exports …")):
            demo.build(home)
        st.rerun()
    st.stop()
