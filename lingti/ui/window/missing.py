"""What a half set-up district lacks for a page, said kindly, and where to enter it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import htpy as h
import streamlit as st

from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html, put

if TYPE_CHECKING:
    from lingti.ui.window.frame import Page

# What must be there for a page to have something to show.
Needs = Literal["nothing", "communities", "numbers"]


def stop_without(page: Page, needs: Needs) -> None:
    """Ends the run where there is not what a page needs, and says what is to be done first."""
    steps = to_do(page)
    if needs == "nothing" or (needs == "communities" and page.district.communities):
        return
    if page.district.communities and page.periods["month"]:
        return
    put(h.p(".lt-sentence")[_("There is nothing to show here yet.")])
    put(h.ol(".lt-steps")[steps])
    st.stop()


def to_do(page: Page) -> list[Html]:
    """The steps to the first comparison, those done ticked off, each with where it is done."""
    settings = page.district
    known = settings.communities
    named = bool(settings.name.pick())
    return [
        _step(named, _("Name the district and its programme"), "settings"),
        _step(bool(known), _("Enter the communities"), "settings"),
        _step(
            bool(known) and all(community.residents for community in known),
            _("Enter how many live in each, for rates per 1,000"),
            "settings",
        ),
        _step(
            bool(known) and all(community.topic.pick() for community in known),
            _("Enter the topic of each"),
            "settings",
        ),
        _step(
            bool(page.periods["month"]), _("Drop the sheets that communities sent"), "import_data"
        ),
    ]


def _step(is_done: bool, words: str, where: str) -> Html:
    if is_done:
        return h.li(".lt-step-done")["✓ ", words]
    return h.li[h.a(".lt-defined", href=url.link(where))[words, " →"]]
