"""The menu in the sidebar: what is used most in view, the rest folded; language and theme.

`page.js` lets its links carry the view along, so that it need not be sent anew with every view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import htpy as h
import streamlit as st
from markupsafe import Markup

from lingti.catalog import group_title
from lingti.language import LANGUAGES, current
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.html_out import Html, put, send_script
from lingti.ui.window.style import script

ROOT = Path(__file__).parents[3]
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def N_(text: str) -> str:  # noqa: N802 - the customary name for text that is translated later
    """Marks a text for translation where the language is not known yet."""
    return text


@dataclass(frozen=True)
class Item:
    """One page in the menu: its file, its title (an English message id) and its Material symbol."""

    file: str
    title: str
    icon: str


THEMES = N_("Compare metrics")
# What has no title is in view, what has one is folded below it: twelve entries in all.
GROUPS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "",
        (
            Item("app.py", N_("Overview"), "grid_view"),
            Item("pages/community.py", N_("Community"), "location_city"),
        ),
    ),
    (
        THEMES,
        (
            Item("pages/volunteering.py", N_("Volunteering"), "volunteer_activism"),
            Item("pages/redemptions.py", N_("Points and redemptions"), "redeem"),
            Item("pages/jobs.py", N_("Jobs and skills"), "work"),
            Item("pages/partnerships.py", N_("Partnerships"), "handshake"),
            Item("pages/concerns.py", N_("Concerns"), "forum"),
        ),
    ),
    (
        "",
        (
            Item("pages/targets.py", N_("Targets and pace"), "flag"),
            Item("pages/decisions.py", N_("Decisions"), "gavel"),
            Item("pages/review.py", N_("Weekly review"), "event_available"),
            Item("pages/reporting.py", N_("Reporting"), "checklist"),
            Item("pages/import_data.py", N_("Import"), "upload_file"),
            Item("pages/reports.py", N_("Reports"), "description"),
            Item("pages/forms.py", N_("Fill forms"), "edit_document"),
            Item("pages/present.py", N_("Projector"), "present_to_all"),
        ),
    ),
    (
        N_("More"),
        (
            Item("pages/since_start.py", N_("Since the start"), "history"),
            Item("pages/compared.py", N_("Then and now"), "balance"),
            Item("pages/verdicts.py", N_("Changes judged"), "monitoring"),
            Item("pages/explore.py", N_("Explore"), "query_stats"),
            Item("pages/annotations.py", N_("What happened"), "edit_calendar"),
            Item("pages/findings.py", N_("Findings"), "rule"),
            Item("pages/data.py", N_("Sources and columns"), "account_tree"),
            Item("pages/definitions.py", N_("Definitions"), "menu_book"),
            Item("pages/settings.py", N_("Settings"), "settings"),
        ),
    ),
)
_SIGNS = {"Compare metrics": "bar_chart", "More": "more_horiz"}  # of what is folded


def pages() -> dict[str, Item]:
    """The pages there are by their address; the home page's is empty."""
    items = [item for _title, group in GROUPS for item in group]
    return {address(item): item for item in items if (ROOT / item.file).exists()}


def address(item: Item) -> str:
    """The address of a page; the home page's is empty."""
    return "" if item.file == "app.py" else Path(item.file).stem


def draw(district_name: str, programme: str, topics: Sequence[str] = ()) -> None:
    """Draws the name of the house, the links to the pages there are, and the two switches.

    `topics` are the themes of the home's own, each of which has a page.
    """
    here = f"{url.here()}?{url.read('topic')}" if url.here() == "topic" else url.here()
    with st.sidebar:
        put(
            h.fragment[
                _links(here, district_name, programme, tuple(topics), current()),
                h.div(".lt-switches")[_languages(), _themes()],
            ]
        )
        with st.container(key="lt-unseen"):
            # Pressed by the script when the theme changes, so that the pictures are drawn again.
            st.button(_("Redraw"), key="lt-redraw")
            send_script(script())


def _languages() -> Html:
    names = {code: _LANGUAGE_NAMES[code] for code in LANGUAGES}
    label = "语言 Language"
    return choice_links.one_of(
        "language", label, url.LANGUAGE, names, current(), named=False, lead=url.alone
    )


def _themes() -> Html:
    """Light or dark: `page.js` asks Streamlit's own menu for the other one."""
    words = _("Light or dark")
    sign = h.i(data_icon="contrast", aria_hidden="true")
    return h.button(".lt-theme", type="button", title=words, aria_label=words)[sign]


@memoised
def _links(
    here: str, district_name: str, programme: str, topics: tuple[str, ...], _language: str
) -> Html:
    """One piece of HTML: as elements of Streamlit the links were half of a run's messages."""
    skip = h.a(".lt-skip", href="#")[_("To the content")]
    parts: list[Html] = [skip, h.div(".lt-brand")[h.b[programme], h.span[district_name]]]
    for title, items in GROUPS:
        there = [item for item in items if _is_there(item)]
        is_open = here in [address(item) for item in there]
        links = [_link(item, is_here=address(item) == here) for item in there]
        if title == THEMES:
            links += [_topic_link(topic, is_here=here == f"topic?{topic}") for topic in topics]
            is_open = is_open or here.startswith("topic?")
        if not title or not links:
            parts += links
            continue
        sign = h.i(data_icon=_SIGNS[title], aria_hidden="true")
        parts.append(
            h.details(".lt-menu-fold", open=is_open)[
                h.summary[sign, h.span[_(title)]], h.div[links]
            ]
        )
    return Markup(h.nav(".lt-menu", data_carried=" ".join(url.CARRIED))[parts])


def _link(item: Item, *, is_here: bool) -> Html:
    leads = h.a(".lt-page", href=f"./{address(item)}", aria_current="page" if is_here else None)
    return leads[h.i(data_icon=item.icon, aria_hidden="true"), h.span[_(item.title)]]


def _topic_link(topic: str, *, is_here: bool) -> Html:
    href = f"./topic?{urlencode({'topic': topic})}"
    leads = h.a(".lt-page", href=href, aria_current="page" if is_here else None)
    return leads[h.i(data_icon="category", aria_hidden="true"), h.span[group_title(topic)]]


@cache
def _is_there(item: Item) -> bool:
    """Whether the page exists; without a `pages` folder Streamlit knows of no page at all."""
    return (ROOT / "pages").exists() and (ROOT / item.file).exists()
