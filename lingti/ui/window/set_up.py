"""The first form of an own district: its name, its programme's, and its communities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from lingti import clock
from lingti.district import change, typed_lists
from lingti.district.typed_lists import Typed
from lingti.language import gettext as _
from lingti.ui.window.community_list import preview
from lingti.upkeep import setting_up


@dataclass(frozen=True)
class Entered:
    """What was entered: two names, and the communities."""

    name: str
    programme: str
    communities: tuple[Typed, ...]


def form() -> Entered | None:
    """Draws the form; what was entered once it is whole and sent."""
    name = st.text_input(_("Name of the district"), placeholder=_("Qinghe District"), max_chars=60)
    programme = st.text_input(
        _("What the programme is called"),
        placeholder=_("Take a topic, tackle it"),
        help=_("Shown in the menu, in titles and in documents."),
        max_chars=60,
    )
    text = st.text_area(
        _("Communities, one a line; copy them from Excel"),
        placeholder=_("Name   subdistrict   residents   households   as of   topic"),
        help=_("Only the name must be there. The order does not matter; a line of titles helps."),
        height=220,
    )
    communities, problems = typed_lists.communities(text)
    for problem in problems:
        st.warning(problem)
    if communities:
        preview(communities)
    ready = bool(name.strip() and communities and not problems)
    if not ready:
        st.caption(_("Give the district a name and enter at least one community."))
    if st.button(_("Begin"), type="primary", disabled=not ready):
        return Entered(name.strip(), programme.strip(), tuple(communities))
    return None


def enter(home: Path, entered: Entered, by: str) -> None:
    """Begins the district with what was entered."""
    setting_up.begin(home, by)
    fields: dict[str, Any] = {"name": entered.name}
    if entered.programme:
        fields["programme"] = entered.programme
    change.district(home, fields, by)
    change.add_communities(home, entered.communities, (), clock.today(), by)
