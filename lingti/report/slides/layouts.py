"""The design of a deck: a theme in its colours, and layouts with places for what slides have.

Every layout has a title, and but for the cover also what stands below it, the source at the foot
and the number of the slide. They are drawn for the format, so that a slide that is added in
PowerPoint looks as those made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from lingti import palette
from lingti.language import gettext as _
from lingti.report.native_charts import EAST_ASIAN, LATIN
from lingti.report.slides.deck_slides import MARGIN, SMALLEST

INK, MUTED, WHITE, HEAD = (
    shade.removeprefix("#")
    for shade in (*palette.CHART_LIGHT[:2], palette.WHITE, palette.SHEET_HEAD)
)
COVER, WITH_CHART, WITH_TABLE, WORDS = range(4)
UNDER, SOURCE, BODY, NUMBER = 10, 11, 12, 13  # the places of a layout, by number
TITLE_TOP, TITLE_HEIGHT = 26.0, 78.0
UNDER_TOP, UNDER_HEIGHT = 106.0, 50.0
BODY_TOP = 160.0
FOOT_TOP, FOOT_HEIGHT = 488.0, 47.0
BAND, BAND_OF_COVER = 8, 14


@dataclass(frozen=True)
class _Place:
    """One place of a layout: its kind in the file, number, name, box in points, and type size."""

    kind: str
    number: int | None
    name: str
    box: tuple[float, float, float, float]
    size: float
    colour: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"


def design(show: Any, width: float, accent: str, colours: tuple[str, ...]) -> None:
    """Gives an empty presentation our theme and layouts. `colours` are those of communities."""
    master = show.slide_master
    _theme(master, accent, colours)
    room = width - 2 * MARGIN
    kept = [show.slide_layouts[at] for at in (0, 1, 5, 6)]
    for layout in list(show.slide_layouts):
        if layout not in kept:
            show.slide_layouts.remove(layout)
    whole = (MARGIN, BODY_TOP, room, FOOT_TOP - 8 - BODY_TOP)
    common = (
        _title(room),
        _Place(
            "body", UNDER, _("What it means"), (MARGIN, UNDER_TOP, room, UNDER_HEIGHT), 20, "tx2"
        ),
        _Place("body", SOURCE, _("Source"), (MARGIN, FOOT_TOP, room - 60, FOOT_HEIGHT), 18, "tx2"),
        _Place(
            *("sldNum", NUMBER, _("Number of the slide")),
            (width - MARGIN - 50, FOOT_TOP, 50, FOOT_HEIGHT),
            SMALLEST,
            "tx2",
            align="r",
        ),
    )
    cover = (
        _Place("title", None, _("Verdict"), (MARGIN, 60, room, 210), 40, bold=True, anchor="b"),
        _Place("body", UNDER, _("Whose and when"), (MARGIN, 284, room, 70), 24),
        _Place("body", SOURCE, _("Source"), (MARGIN, 400, room, 76), 18, "tx2"),
    )
    named = (_("Cover"), _("Message and chart"), _("Message and table"), _("Message"))
    for layout, name, places in zip(
        kept,
        named,
        (
            cover,
            (*common, _Place("chart", BODY, _("Chart"), whole, 18)),
            (*common, _Place("tbl", BODY, _("Table"), whole, 18)),
            common,
        ),
        strict=True,
    ):
        _draw(layout, name, places, width)
    _draw(master, None, (_title(room), *common[2:]), width)


def _title(room: float) -> _Place:
    box = (MARGIN, TITLE_TOP, room, TITLE_HEIGHT)
    return _Place("title", None, _("Message"), box, 28, bold=True)


def _theme(master: Any, accent: str, colours: tuple[str, ...]) -> None:
    """Our colours and fonts under the names that PowerPoint offers them by."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = theme.blob.decode("utf-8")
    xml = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{LATIN}"', xml)
    xml = re.sub(r'<a:ea typeface="[^"]*"', f'<a:ea typeface="{EAST_ASIAN}"', xml)
    xml = re.sub(r'script="Hans" typeface="[^"]*"', f'script="Hans" typeface="{EAST_ASIAN}"', xml)
    accents = ((accent, *colours) * 6)[:6]
    shades = {
        **{"dk1": INK, "lt1": WHITE, "dk2": MUTED, "lt2": HEAD},
        **{f"accent{at}": accent_colour for at, accent_colour in enumerate(accents, 1)},
    }
    for name, shade in shades.items():
        element = f'<a:{name}><a:srgbClr val="{shade.removeprefix("#").upper()}"/></a:{name}>'
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", element, xml, flags=re.DOTALL)
    xml = re.sub(
        r'(<a:(?:theme|clrScheme|fontScheme)\b[^>]*?) name="[^"]*"', r'\1 name="Lingti"', xml
    )
    theme._blob = xml.encode("utf-8")


def _draw(layout: Any, name: str | None, places: tuple[_Place, ...], width: float) -> None:
    """Puts the places and the strip of colour onto a layout, or onto the master."""
    tree = layout.shapes._spTree
    for old in [*tree.iterchildren()][2:]:
        tree.remove(old)
    if name is not None:
        layout.name = name
    high = BAND_OF_COVER if places[0].anchor == "b" else BAND
    tree.append(parse_xml(_strip(width, high)))
    for at, place in enumerate(places, 3):
        tree.append(parse_xml(_xml(place, at)))


def _strip(width: float, high: float) -> str:
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="2" name="Colour"/><p:cNvSpPr/><p:nvPr'
        f' userDrawn="1"/></p:nvSpPr><p:spPr>{_box((0, 0, width, high))}<a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln>'
        "<a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _box(box: tuple[float, float, float, float]) -> str:
    left, top, width, height = (int(Pt(length)) for length in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _xml(place: _Place, at: int) -> str:
    index = "" if place.number is None else f' idx="{place.number}"'
    field = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:t>‹#›</a:t></a:fld>'
        if place.kind == "sldNum"
        else f"<a:r><a:t>{place.name}</a:t></a:r>"
    )
    bold = ' b="1"' if place.bold else ""
    style = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{place.align}"><a:spcBef><a:spcPts val="0"/>'
        f'</a:spcBef><a:buNone/><a:defRPr sz="{round(place.size * 100)}"{bold}><a:solidFill>'
        f'<a:schemeClr val="{place.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{at}" name="{place.name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{place.kind}"{index}/></p:nvPr>'
        f'</p:nvSpPr><p:spPr>{_box(place.box)}</p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0"'
        f' rIns="0" bIns="0" anchor="{place.anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle>'
        f"{style}</a:lstStyle><a:p>{field}</a:p></p:txBody></p:sp>"
    )
