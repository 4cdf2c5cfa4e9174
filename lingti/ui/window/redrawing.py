"""Parts of a page that are drawn again by themselves, such as the progress of work."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lingti import language


def redrawn(draw: Callable[[], None], every_s: float | None) -> None:
    """Draws a part of a page, and again every so many seconds; once where that is None.

    Drawn again it is a run of its own, which knows nothing of the page: its language goes along.
    """
    spoken = language.current()

    def drawn() -> None:
        language.use(spoken)
        draw()

    st.fragment(drawn, run_every=every_s)()
