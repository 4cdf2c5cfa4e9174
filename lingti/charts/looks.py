"""The palette: one colour and one marker per community, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from lingti import palette
from lingti.catalog import DISTRICT
from lingti.charts import shades
from lingti.district import District
from lingti.language import gettext as _

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


# What pictures for a dark page are printed in: nothing pale on white paper.
ON_PAPER = dict(
    zip(
        (*palette.COMMUNITIES_DARK, *palette.CHART_DARK),
        (*palette.COMMUNITIES_LIGHT, *palette.CHART_LIGHT),
        strict=True,
    )
)


def look(district: District, *, dark: bool = False, contrast: bool = False) -> Look:
    """The colours and markers of a district: by the order of its communities, the same anywhere.

    `contrast` is for projectors in bright rooms: on black, nothing below 7:1.
    """
    hues, tones = palette.COMMUNITIES_LIGHT, palette.CHART_LIGHT
    if contrast:
        hues, tones = palette.COMMUNITIES_CONTRAST, palette.CHART_CONTRAST
    elif dark:
        hues, tones = palette.COMMUNITIES_DARK, palette.CHART_DARK
    ids = [community.id for community in district.communities]
    names = {community.id: community.short.pick() for community in district.communities}
    ink, muted, grid, paper, accent, good, bad = tones
    return Look(
        names=names | {DISTRICT: _("District")},
        colours={one: hues[at % len(hues)] for at, one in enumerate(ids)} | {DISTRICT: muted},
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
