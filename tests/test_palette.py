"""Every colour stands in `lingti/palette.py`, and what must write one out is equal to it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from lingti import palette

ROOT = Path(__file__).parent.parent
COLOUR = re.compile(
    r"""(?<![&\w/])\#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?!\s*\.)"""
    r"""|(?:rgb|hsl)a?\(\s*\d""",
)
WRITTEN_OUT = ("lingti/palette.py", ".streamlit/config.toml", "lingti/ui/window/icon.svg")
SOURCES = (".py", ".css", ".js", ".svg", ".toml", ".html")


def files() -> list[Path]:
    folders = ("lingti", "pages", ".streamlit", "deploy")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return [ROOT / "app.py", *(path for path in found if path.suffix in SOURCES)]


def test_no_colour_is_written_anywhere_else() -> None:
    written = {
        path.relative_to(ROOT).as_posix(): colours
        for path in files()
        if (colours := COLOUR.findall(path.read_text("utf-8")))
    }
    assert set(written) == set(WRITTEN_OUT)


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_is_of_the_palette(dark: bool) -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    told = settings["dark" if dark else "light"]
    page = {name: pair[dark] for name, pair in palette.PAGE.items()}
    theme = {name: pair[dark] for name, pair in palette.THEME.items()}
    assert told == {
        "primaryColor": page["accent"],
        "backgroundColor": theme["background"],
        "secondaryBackgroundColor": page["paper"],
        "textColor": page["ink"],
        "linkColor": page["accent"],
        "borderColor": page["line"],
        "greenTextColor": page["good"],
        "redTextColor": page["bad"],
        "dataframeHeaderBackgroundColor": theme["table-head"],
        "sidebar": {
            "backgroundColor": theme["sidebar"],
            "secondaryBackgroundColor": page["paper"],
            "borderColor": theme["sidebar-line"],
        },
    }


def test_the_icon_is_of_the_palette() -> None:
    icon = (ROOT / "lingti/ui/window/icon.svg").read_text("utf-8")
    assert re.findall('fill="(#[^"]*)"', icon) == [palette.PAGE["accent"][False], palette.WHITE]
