"""What pages of one's own topics say in one way."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h
import streamlit as st

from lingti.ui.parts.html_out import Html


def refused(reasons: Sequence[str]) -> None:
    """Why something cannot be kept."""
    st.error("\n\n".join(reasons))


def sample(text: str) -> Html:
    """A few cells of a column."""
    return h.p(".lt-sample")[text]
