"""The menu in the sidebar: every page, grouped, with the view carried along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from lingti.language import LANGUAGES, current
from lingti.language import gettext as _
from lingti.ui import url
from lingti.ui.style import script

ROOT = Path(__file__).parent.parent.parent
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def N_(text: str) -> str:  # noqa: N802 - the customary name for text that is translated later
    """Marks a text for translation where the language is not known yet."""
    return text


@dataclass(frozen=True)
class Item:
    """One page in the menu: its file, its title (an English message id) and its icon."""

    file: str
    title: str
    icon: str


GROUPS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    ("", (Item("app.py", N_("Overview"), ":material/grid_view:"),)),
    (
        N_("Side by side"),
        (
            Item("pages/volunteering.py", N_("Volunteering"), ":material/volunteer_activism:"),
            Item("pages/redemptions.py", N_("Points and redemptions"), ":material/redeem:"),
            Item("pages/jobs.py", N_("Jobs and skills"), ":material/work:"),
            Item("pages/partnerships.py", N_("Partnerships"), ":material/handshake:"),
            Item("pages/concerns.py", N_("Concerns"), ":material/forum:"),
        ),
    ),
    (
        N_("One by one"),
        (Item("pages/community.py", N_("Community"), ":material/location_city:"),),
    ),
    (
        N_("Judge"),
        (
            Item("pages/compared.py", N_("Compared with what"), ":material/balance:"),
            Item("pages/signals.py", N_("Is it real?"), ":material/monitoring:"),
            Item("pages/targets.py", N_("Targets and pace"), ":material/flag:"),
            Item("pages/explore.py", N_("Explore"), ":material/query_stats:"),
        ),
    ),
    (
        N_("Follow up"),
        (
            Item("pages/review.py", N_("Weekly review"), ":material/event_available:"),
            Item("pages/decisions.py", N_("Decisions"), ":material/gavel:"),
            Item("pages/annotations.py", N_("What happened"), ":material/edit_calendar:"),
        ),
    ),
    (
        N_("For the meeting"),
        (
            Item("pages/reports.py", N_("Reports"), ":material/description:"),
            Item("pages/present.py", N_("Projector"), ":material/present_to_all:"),
        ),
    ),
    (
        N_("The data"),
        (
            Item("pages/import_data.py", N_("Import"), ":material/upload_file:"),
            Item("pages/data.py", N_("Sources and columns"), ":material/account_tree:"),
            Item("pages/coverage.py", N_("Reporting"), ":material/checklist:"),
            Item("pages/findings.py", N_("Findings"), ":material/rule:"),
            Item("pages/definitions.py", N_("Definitions"), ":material/menu_book:"),
        ),
    ),
)


def pages() -> dict[str, Item]:
    """The pages there are by their address; the home page's is empty."""
    items = [item for _title, group in GROUPS for item in group]
    return {
        "" if item.file == "app.py" else Path(item.file).stem: item
        for item in items
        if (ROOT / item.file).exists()
    }


def draw(district_name: str, programme: str) -> None:
    """Draws the name of the house, the links to the pages there are, and the language switch."""
    carried = url.carried()
    with st.sidebar:
        st.html(f"<div class='lt-brand'><b>{programme}</b><span>{district_name}</span></div>")
        with st.container(key="lt-menu", gap=None):
            for title, items in GROUPS:
                there = [item for item in items if _is_there(item)]
                if there and title:
                    heading = _(title)
                    st.html(f"<p class='lt-menu-group'>{heading}</p>")
                for item in there:
                    st.page_link(
                        item.file,
                        label=_(item.title),
                        icon=item.icon,
                        width="stretch",
                        query_params=carried,
                    )
        with st.container(key="lt-language"):
            st.segmented_control(
                "语言 Language",
                LANGUAGES,
                format_func=_LANGUAGE_NAMES.__getitem__,
                required=True,
                label_visibility="collapsed",
                **url.follow("language", url.LANGUAGE, current(), str),
            )
        with st.container(key="lt-unseen"):
            # Pressed by the script when the theme changes, so that the pictures are drawn again.
            st.button(_("Redraw"), key="lt-redraw")
            st.html(script(), unsafe_allow_javascript=True)


@cache
def _is_there(item: Item) -> bool:
    """Whether the page exists; without a `pages` folder Streamlit knows of no page at all."""
    return (ROOT / "pages").exists() and (ROOT / item.file).exists()
