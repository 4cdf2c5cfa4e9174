"""Makes the font of our icons anew: `python docs/make_icons.py`, with `fonttools` and `brotli`.

Streamlit's font of icons has thousands and 375 KB; over a slow line that is three seconds. The few
that the frame of every page shows are taken out of it (Material Symbols, Apache License 2.0).
"""

from __future__ import annotations

import string
from pathlib import Path

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont

from lingti.ui.window.style import (
    ICONS as FILE,
)  # browsers keep it for good: another font has another name

ROOT = Path(__file__).parent.parent
ICONS = (
    *("account_tree", "balance", "bar_chart", "category", "checklist", "contrast", "description"),
    *("download", "edit_calendar", "edit_document", "event_available", "filter_alt"),
    *("filter_alt_off", "flag", "forum", "gavel", "grid_view", "handshake", "history"),
    *("keyboard_double_arrow_left", "keyboard_double_arrow_right", "location_city", "logout"),
    *("menu_book", "monitoring", "more_horiz", "present_to_all", "query_stats", "redeem"),
    *("rule", "settings"),
    *("upload_file", "volunteer_activism", "work"),
)
LETTERS = string.ascii_lowercase + string.digits + "_"


def main() -> None:
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    font = TTFont(next(folder.glob("MaterialSymbols-Rounded.*.woff2")))
    known, letters = set(font.getGlyphOrder()), font.getBestCmap()
    glyphs = [letters[ord(letter)] for letter in LETTERS] + _drawn(font, letters)
    options = subset.Options(layout_features=["liga", "rlig"], layout_closure=False, flavor="woff2")
    options.notdef_outline = True
    maker = subset.Subsetter(options)
    maker.populate(glyphs=[one for one in glyphs if one in known])
    maker.subset(font)
    font.flavor = "woff2"
    font.save(ROOT / FILE)


def _drawn(font: TTFont, letters: dict[int, str]) -> list[str]:
    """The glyph of each icon, as the ligature of its name leads to it."""
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for ligature in ligatures:
                    found[(first, *ligature.Component)] = ligature.LigGlyph
    return [found[tuple(letters[ord(letter)] for letter in icon)] for icon in ICONS]


if __name__ == "__main__":
    main()
