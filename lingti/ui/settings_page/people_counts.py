"""How many live somewhere, typed as people write it: 5200, 5,200人, 1.2万."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lingti.district import typed_lists

MOST_LETTERS = 20


def text_of(count: int | None) -> str:
    """What a field holds at first."""
    return "" if count is None else str(count)


def read(typed: Mapping[str, str]) -> list[int | None] | None:
    """The counts of fields, by their titles; None with a sentence on the page for one that is no
    count."""
    counts = []
    for title, text in typed.items():
        try:
            counts.append(typed_lists.count(text.strip()))
        except ValueError as error:
            st.error(f"{title}: {error}")
            return None
    return counts
