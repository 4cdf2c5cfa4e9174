"""The style sheet with the colours of the theme filled in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lingti.charts import Look
from lingti.language import current
from lingti.language import gettext as _

_SHEET = Path(__file__).parent / "style.css"
_LIGHT = {
    "ink": "#16242B", "muted": "#56666B", "faint": "#7B898D", "line": "#DCE2E1",
    "paper": "#FFFFFF", "ground": "#F7F8F7", "tint": "#EDF3F2", "accent": "#14566B",
    "good": "#1B6E4A", "bad": "#A63A1E", "warn": "#8A5A00", "warn-tint": "#FBF3E0",
}  # fmt: skip
_DARK = {
    "ink": "#E6ECEB", "muted": "#A3B3B6", "faint": "#83949A", "line": "#2B363B",
    "paper": "#182126", "ground": "#10171B", "tint": "#1D292E", "accent": "#6FC3D6",
    "good": "#7FD3A5", "bad": "#F29A80", "warn": "#E8BC62", "warn-tint": "#2A2417",
}  # fmt: skip


@cache
def _sheet() -> str:
    return _SHEET.read_text("utf-8")


def style(*, dark: bool) -> str:
    """The style element of a page: colours of the theme, the sheet, and Streamlit's own words."""
    colours = "".join(
        f"--lt-{name}:{value};" for name, value in (_DARK if dark else _LIGHT).items()
    )
    return f"<style>:root{{{colours}}}{_sheet()}{_streamlit_words()}</style>"


def colours(look: Look, community: str) -> str:
    """The colour of a community."""
    return look.colours.get(community, look.muted)


def _streamlit_words() -> str:
    """Rules that put our words in place of Streamlit's English ones, which cannot be set."""
    if current() == "en":
        return ""
    words = {
        "[data-testid='stMainMenuItem-about'] [data-testid='stMainMenuItemLabel']": _("About"),
        "[data-testid='stFileUploaderDropzoneInstructions'] span": _("Drop files here"),
    }
    return "".join(
        f"{where}{{font-size:0!important}}{where}::after{{content:'{word}';font-size:.875rem}}"
        for where, word in words.items()
    )
