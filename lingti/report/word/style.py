"""The layout of official documents by GB/T 9704-2012: paper, margins, fonts, page numbers.

Fonts are named as Chinese systems know them; `fontTable` names others that may stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

BODY, TITLE, HEAD_1, HEAD_2 = "仿宋", "方正小标宋简体", "黑体", "楷体"
LATIN = "Times New Roman"
TEXT_WIDTH_MM = 156
# Paper and margins of the standard; the number stands 7 mm below the text.
PAPER = {"page_width": 210, "page_height": 297}
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
FOOTER_MM = 25
PAGE_NUMBER_PT = 14
# A font → those that may stand in for it, and its kind.
FONTS = {
    BODY: ("FangSong, 仿宋_GB2312, STFangsong, SimSun", "modern"),
    TITLE: ("FZXiaoBiaoSong-B05S, 华文中宋, STZhongsong, SimSun", "roman"),
    HEAD_1: ("SimHei, Microsoft YaHei", "swiss"),
    HEAD_2: ("KaiTi, 楷体_GB2312, STKaiti", "script"),
    "宋体": ("SimSun, NSimSun", "roman"),
}


@dataclass(frozen=True)
class Sizes:
    """Sizes in points: Chinese follows the standard, English is set smaller, as is usual."""

    title: float
    body: float
    pitch: float
    small: float


CHINESE = Sizes(title=22, body=16, pitch=28, small=10.5)
ENGLISH = Sizes(title=18, body=12, pitch=18, small=9.5)


def lay_out(document: Document, sizes: Sizes) -> None:
    """Paper, margins, page numbers and fonts of a document of our own."""
    section = document.sections[0]
    for name, mm in (PAPER | MARGINS).items():
        setattr(section, name, Mm(mm))
    section.footer_distance = Mm(FOOTER_MM)
    section.header_distance = Mm(15)
    _grid(section, sizes)
    document.settings.odd_and_even_pages_header_footer = True
    for zoom in document.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")  # required, and the default template lacks it
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _page_number(footer.paragraphs[0], align)
    _font_table(document)


def _grid(section: Any, sizes: Sizes) -> None:
    """22 lines a page, as the pitch has it."""
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(sizes.pitch * 20)))
    properties.append(grid)


def _page_number(paragraph: Any, align: WD_ALIGN_PARAGRAPH) -> None:
    """`— 1 —`, one letter in from the outer edge of the text."""
    paragraph.alignment = align
    side = "right" if align == WD_ALIGN_PARAGRAPH.RIGHT else "left"
    move_in(paragraph._p.get_or_add_pPr(), side, 1, PAGE_NUMBER_PT)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.size = Pt(PAGE_NUMBER_PT)
        set_fonts(run._r.get_or_add_rPr(), "宋体", "宋体")
        if field:
            _field(run, field)


def _field(run: Any, instruction: str) -> None:
    for kind in ("begin", "", "separate", "text", "end"):
        if kind == "":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _font_table(document: Document) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (others, family) in FONTS.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            xml = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
            relation.target_part._blob = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}'.encode()
            )


def set_fonts(properties: Any, east_asian: str, latin: str = LATIN) -> None:
    """Names the fonts of run properties, for Chinese and for Latin letters."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for side in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{side}"), latin)
    fonts.set(qn("w:eastAsia"), east_asian)


def dress_own(document: Document, sizes: Sizes) -> None:
    """Sets Normal, Title and the headings of a document of our own."""
    normal = document.styles["Normal"]
    _font(normal, BODY, sizes.body)
    _defaults(document)
    _spacing(normal, sizes.pitch)
    title = document.styles["Title"]
    _font(title, TITLE, sizes.title)
    _plain(title)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _spacing(title, sizes.title * 1.5, after=sizes.pitch)
    _off_grid(title)
    for level, font in ((1, HEAD_1), (2, HEAD_2)):
        heading = document.styles[f"Heading {level}"]
        _font(heading, font, sizes.body)
        _plain(heading)
        heading.font.bold = sizes is ENGLISH
        heading.paragraph_format.keep_with_next = True
        _spacing(heading, sizes.pitch, before=sizes.pitch / 4)
        indent(heading, 2)


def _defaults(document: Document) -> None:
    """The document's own fonts and languages, in place of its theme's."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_fonts(properties, BODY)
    languages = properties.find(qn("w:lang"))
    if languages is not None:
        languages.set(qn("w:val"), "en-GB")
        languages.set(qn("w:eastAsia"), "zh-CN")


def _plain(style: Any) -> None:
    """Takes borders and letter spacing of the default template away."""
    for name in ("w:pBdr", "w:contextualSpacing"):
        for old in style.element.findall(f".//{qn(name)}"):
            old.getparent().remove(old)
    for name in ("w:spacing", "w:kern"):
        for old in style.element.findall(f"{qn('w:rPr')}/{qn(name)}"):
            old.getparent().remove(old)


def ensure(document: Document, sizes: Sizes) -> None:
    """Adds the styles of our own that a document lacks; those it has are left as they are."""
    for name, east_asian, size, pitch in (
        ("Lingti Body", BODY, sizes.body, sizes.pitch),
        ("Lingti Note", HEAD_2, sizes.small + 1.5, sizes.pitch * 0.75),
        ("Lingti Caption", HEAD_1, sizes.small + 1.5, sizes.pitch * 0.8),
        ("Lingti Cell", BODY, sizes.small, sizes.small * 1.45),
        ("Lingti Cell Head", HEAD_1, sizes.small, sizes.small * 1.45),
        ("Lingti Picture", BODY, sizes.body, None),
        ("Lingti Sign", BODY, sizes.body, sizes.pitch),
        ("Lingti Appendix", HEAD_1, sizes.body, sizes.pitch),
    ):
        if name not in document.styles:
            _add(document, name, east_asian, size, pitch, sizes.pitch)


def _add(
    document: Document,
    name: str,
    east_asian: str,
    size: float,
    pitch: float | None,
    base_pitch: float,
) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _font(style, east_asian, size)
    form = style.paragraph_format
    if pitch is None:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        form.space_before = form.space_after = Pt(4)
    else:
        _spacing(style, pitch)
    if pitch != base_pitch:
        _off_grid(style)
    if name == "Lingti Body":
        # Chinese lines are even by themselves; spread, those before a long number are torn apart,
        # and so are Chinese names within English ones.
        form.alignment = WD_ALIGN_PARAGRAPH.LEFT
        indent(style, 2)
    if name == "Lingti Note":
        indent(style, 2)
        form.space_after = Pt(4)
    if name in ("Lingti Caption", "Lingti Picture"):
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.keep_with_next = True
    if name == "Lingti Caption":
        form.space_before = Pt(6)
    if name == "Lingti Sign":
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        move_in(style.element.get_or_add_pPr(), "right", 2, size)


def move_in(properties: Any, side: str, letters: float, size_pt: float) -> None:
    """Sets a paragraph in from the right or left by so many letters.

    In points too, for not every program knows the unit of letters.
    """
    element = properties.get_or_add_ind()
    element.set(qn(f"w:{side}Chars"), str(round(letters * 100)))
    element.set(qn(f"w:{side}"), str(round(letters * size_pt * 20)))


def _off_grid(style: Any) -> None:
    """Lines as high as they say, not as the body's grid has them."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def indent(style: Any, letters: int) -> None:
    """Sets the first line in by so many letters."""
    properties = style.element.get_or_add_pPr().get_or_add_ind()
    properties.set(qn("w:firstLineChars"), str(letters * 100))
    properties.set(qn("w:firstLine"), str(round(style.font.size.pt * letters * 20)))


def indent_paragraph(paragraph: Any, letters: int) -> None:
    """Sets the first line of one paragraph in by so many letters of its style."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_ind()
    properties.set(qn("w:firstLineChars"), str(letters * 100))
    properties.set(qn("w:firstLine"), str(round(paragraph.style.font.size.pt * letters * 20)))


def _font(style: Any, east_asian: str, size: float) -> None:
    style.font.size = Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    set_fonts(style.element.get_or_add_rPr(), east_asian)


def _spacing(style: Any, pitch: float, before: float = 0, after: float = 0) -> None:
    form = style.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(pitch)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.widow_control = True


def table_borders() -> Any:
    """Thin lines around and inside a table."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")


def cell_margins() -> Any:
    """Little room at the sides of a cell, so that numbers stay on one line."""
    room = (("top", 40), ("left", 57), ("bottom", 40), ("right", 57))
    sides = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in room)
    return parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
