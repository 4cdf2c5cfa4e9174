"""Documents keep the rules of Open XML that its programs hold files to.

The schemas are not at hand in a checkout, so the rules that writing by hand can break are held one
by one: parts and relations, ids used once, and the order in which properties must stand.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from report_kit import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Element → its children in the order of the schema; those not named here must not appear.
ORDERS = {
    f"{W}pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    f"{W}rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss"
    " imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight"
    " u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    f"{W}tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize"
    " tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    f"{W}tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection"
    " tcFitText vAlign hideMark",
    f"{W}sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi"
    " rtlGutter docGrid printerSettings",
    f"{C}chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotFmts"
    " chart spPr txPr externalData printSettings userShapes extLst",
    f"{C}chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend"
    " plotVisOnly dispBlanksAs showDLblsOverMax extLst",
    f"{C}ser": "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline"
    " errBars cat val smooth shape extLst",
    f"{C}valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt"
    " majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween"
    " majorUnit minorUnit dispUnits extLst",
    f"{C}catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt"
    " majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn"
    " lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
}


def parts(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    assert len(names) == len(set(names))
    return {name: archive.read(name) for name in names}


def wrong_parts(found: dict[str, bytes]) -> Iterator[str]:
    """Parts without a type, types without a part, relations without a target or named twice."""
    types = etree.fromstring(found["[Content_Types].xml"])
    defaults = [one.get("Extension").lower() for one in types if one.tag.endswith("Default")]
    overrides = [one.get("PartName")[1:] for one in types if one.tag.endswith("Override")]
    for given in (defaults, overrides):
        if len(given) != len(set(given)):
            yield "a type is given twice"
    yield from (f"no part {name}" for name in set(overrides) - set(found))
    for name, content in found.items():
        is_typed = name in (*overrides, "[Content_Types].xml")
        if not is_typed and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"no type for {name}"
        if name.endswith(".rels"):
            yield from wrong_relations(name, etree.fromstring(content), set(found))


def wrong_relations(name: str, relations: Any, known: set[str]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = [one.get("Id") for one in relations]
    if len(ids) != len(set(ids)):
        yield f"{name}: an id is given twice"
    for one in relations:
        target = one.get("Target")
        whole = target[1:] if target[0] == "/" else posixpath.join(folder, target)
        if one.get("TargetMode") != "External" and posixpath.normpath(whole) not in known:
            yield f"{name}: no {target}"


def wrong_relation_ids(found: dict[str, bytes]) -> Iterator[str]:
    """Elements that name a relation their part has not."""
    for name, content in found.items():
        if not name.endswith(".xml"):
            continue
        head, _slash, tail = name.rpartition("/")
        rels = found.get(f"{head}/_rels/{tail}.rels")
        ids = {one.get("Id") for one in etree.fromstring(rels)} if rels else set()
        for element in etree.fromstring(content).iter():
            for key, value in element.attrib.items():
                if key in (f"{R}id", f"{R}embed") and value not in ids:
                    yield f"{name}: {element.tag} names {value}"


def wrong_orders(found: dict[str, bytes]) -> Iterator[str]:
    """Properties that stand in an order the schema does not know."""
    for name, content in found.items():
        if not name.endswith(".xml"):
            continue
        for element in etree.fromstring(content).iter(*ORDERS):
            order = ORDERS[element.tag].split()
            children = [etree.QName(one).localname for one in element]
            if unknown := set(children) - set(order):
                yield f"{name}: {element.tag} has {unknown}"
            elif children != sorted(children, key=order.index):
                yield f"{name}: {element.tag} is in the order {children}"


def wrong_ids(found: dict[str, bytes]) -> Iterator[str]:
    """Ids of shapes and pictures used twice in one part; axes that are no whole numbers."""
    for name, content in found.items():
        if not name.endswith(".xml"):
            continue
        root = etree.fromstring(content)
        ids = [one.get("id") for one in root.iter() if str(one.tag).endswith(("}cNvPr", "}docPr"))]
        if len(ids) != len(set(ids)):
            yield f"{name}: a shape's id is used twice"
        axes = [one.get("val") for one in root.iter(f"{C}axId", f"{C}crossAx")]
        if not all(one.isdigit() for one in axes):
            yield f"{name}: axes {axes}"


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
@pytest.mark.parametrize("place", ["district", "nanfeng", "guqiao"])
def test_packages_keep_the_rules(document: Document, ending: str, place: str) -> None:
    found = parts(document(place, ending))
    for name, content in list(found.items()):
        if name.endswith(".xlsx"):
            assert not list(wrong_parts(parts(content))), name
    for rule in (wrong_parts, wrong_relation_ids, wrong_orders, wrong_ids):
        assert list(rule(found)) == []


def test_a_wrong_order_is_noticed() -> None:
    text = f'<p xmlns="{W[1:-1]}"><pPr><jc/><pStyle/></pPr></p>'
    assert list(wrong_orders({"a.xml": text.encode()})) != []
