"""Every colour there is, as `#RRGGBB`: for the theme, style sheets, charts, slides, Word, sheets.

`.streamlit/config.toml` and `lingti/ui/window/icon.svg` must write colours out; a test holds them
equal to these, and finds a colour that is written anywhere else.
"""

from __future__ import annotations

WHITE, BLACK = "#FFFFFF", "#000000"
NONE = "rgba(0,0,0,0)"  # lets what lies below be seen
GREY = "#7A888D"  # 3:1 on light and on dark paper

# What pages are made of, by the name that style sheets know it by: (light, dark).
PAGE = {
    "ink": ("#16242B", "#E6ECEB"),
    "muted": ("#56666B", "#A3B3B6"),
    "faint": ("#617074", "#8799A0"),
    "line": ("#DCE2E1", "#2B363B"),
    "edge": (GREY, "#6F7F85"),  # of what can be chosen or filled in: 3:1
    "paper": (WHITE, "#182126"),
    "tint": ("#EDF3F2", "#1D292E"),
    "on-accent": (WHITE, "#10171B"),
    "accent": ("#14566B", "#6FC3D6"),
    "good": ("#1B6E4A", "#7FD3A5"),
    "bad": ("#A63A1E", "#F29A80"),
    "warn": ("#8A5A00", "#E8BC62"),
    "warn-tint": ("#FBF3E0", "#2A2417"),
}
# What Streamlit is told besides: (light, dark).
THEME = {
    "background": ("#F7F8F7", "#10171B"),
    "table-head": ("#EEF2F1", "#1D272C"),
    "sidebar": ("#EDF1F0", "#0C1215"),
    "sidebar-line": ("#DCE2E1", "#222C31"),
}

# One colour per community. Far apart also for eyes that see no red, green or blue, and 3:1 against
# the page; a test holds it.
COMMUNITIES_LIGHT = ("#C8590B", "#0A4E8A", "#2A9D8F", "#9C5BB5", "#8F7A1E", "#7A2E3A")
COMMUNITIES_DARK = ("#FFB14E", "#4FA3E8", "#7BE0C3", "#D874B5", "#E5E08A", "#F08A7A")
# On black, 7:1, for a bright room and tired eyes.
COMMUNITIES_CONTRAST = ("#F5B160", "#21A9FD", "#74FADB", "#F55CBB", "#FFF68F", "#FF8F80")

# What charts are drawn in: ink, muted, grid, paper, accent, good, bad.
CHART_LIGHT = ("#16242B", "#5B6B70", "#E3E8E7", WHITE, "#14566B", "#1B6E4A", "#A63A1E")
CHART_DARK = ("#E6ECEB", "#9FB0B3", "#2B363B", "#182126", "#6FC3D6", "#7FD3A5", "#F29A80")
CHART_CONTRAST = (WHITE, "#E2E2E2", "#6E6E6E", BLACK, "#FFE14D", "#7DFFB0", "#FF9E8A")

# The offline deck, by the name that its style sheet knows it by: (light, dark).
DECK = {
    "ink": ("#16242B", "#E6ECEB"),
    "muted": ("#5B6B70", "#9FB0B3"),
    "line": ("#DCE2E1", "#2B363B"),
    "head": ("#EDF1F0", "#10171B"),
    "paper": (WHITE, "#182126"),
    **{name: PAGE[name] for name in ("good", "bad")},
    "signal": PAGE["accent"],  # one that is neither better nor worse
}
DISTRICT = "#14566B"  # of documents of the whole district

# Workbooks and templates.
SHEET_HEAD, SHEET_LINE = "#EDF1F0", "#DCE2E1"
SHEET_OPTIONAL, SHEET_REQUIRED = "#EDF3F2", "#D5E6E9"
SHEET_WRONG, SHEET_SAYS, SHEET_FINE = "#FBD9CF", "#FBF3E0", "#9AA5A8"
SHEET_NOTE = "#56666B"


def css(names: dict[str, tuple[str, str]], *, dark: bool, prefix: str = "") -> str:
    """Declarations of the colours of one theme, as variables of a style sheet."""
    return "".join(f"--{prefix}{name}:{pair[dark]};" for name, pair in names.items())
