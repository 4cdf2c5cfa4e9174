"""The palette: one colour and one marker per community, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from lingti.catalog import DISTRICT
from lingti.charts import shades
from lingti.district import District
from lingti.language import gettext as _

# Far apart also for eyes that see no red, green or blue, and 3:1 against the page; a test holds it.
LIGHT = ("#C8590B", "#0A4E8A", "#2A9D8F", "#9C5BB5", "#8F7A1E", "#7A2E3A")
DARK = ("#FFB14E", "#4FA3E8", "#7BE0C3", "#D874B5", "#E5E08A", "#F08A7A")
# On black, 7:1, for a bright room and tired eyes.
CONTRAST = ("#F5B160", "#21A9FD", "#74FADB", "#F55CBB", "#FFF68F", "#FF8F80")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "cross")
FONT = (
    "'Source Han Sans SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', 'Segoe UI', system-ui, sans-serif"
)
TEXT_SIZE = 14
ROW = 40  # px that one bar takes


@dataclass(frozen=True)
class Look:
    """What a figure needs to know of the page: its colours, and each community's own."""

    names: dict[str, str]
    colours: dict[str, str]
    symbols: dict[str, str]
    ink: str
    muted: str
    grid: str
    paper: str
    accent: str
    good: str
    bad: str

    def name(self, community: str) -> str:
        """The short name of a community, or of the district."""
        return self.names.get(community, community)

    def words(self, community: str) -> str:
        """The colour of a community as words have it: none too pale to be read."""
        return shades.for_words(self.colours[community], self.ink, self.paper)


# ink, muted, grid, paper, accent, good, bad
_ON_LIGHT = ("#16242B", "#5B6B70", "#E3E8E7", "#FFFFFF", "#14566B", "#1B6E4A", "#A63A1E")
_ON_DARK = ("#E6ECEB", "#9FB0B3", "#2B363B", "#182126", "#6FC3D6", "#7FD3A5", "#F29A80")
_ON_BLACK = ("#FFFFFF", "#E2E2E2", "#6E6E6E", "#000000", "#FFE14D", "#7DFFB0", "#FF9E8A")

# What pictures for a dark page are printed in: nothing pale on white paper.
ON_PAPER = dict(zip((*DARK, *_ON_DARK), (*LIGHT, *_ON_LIGHT), strict=True))


def look(district: District, *, dark: bool = False, contrast: bool = False) -> Look:
    """The colours and markers of a district: by the order of its communities, the same anywhere.

    `contrast` is for projectors in bright rooms: on black, nothing below 7:1.
    """
    palette = CONTRAST if contrast else DARK if dark else LIGHT
    ids = [community.id for community in district.communities]
    names = {community.id: community.short.pick() for community in district.communities}
    tones = _ON_BLACK if contrast else _ON_DARK if dark else _ON_LIGHT
    ink, muted, grid, paper, accent, good, bad = tones
    return Look(
        names=names | {DISTRICT: _("District")},
        colours={one: palette[at % len(palette)] for at, one in enumerate(ids)} | {DISTRICT: muted},
        symbols={one: _symbol(at) for at, one in enumerate(ids)} | {DISTRICT: "circle"},
        ink=ink,
        muted=muted,
        grid=grid,
        paper=paper,
        accent=accent,
        good=good,
        bad=bad,
    )


def _symbol(at: int) -> str:
    """Where colours begin anew, markers go on: 36 communities differ in one or the other."""
    return SYMBOLS[(at + at // len(SYMBOLS)) % len(SYMBOLS)]
