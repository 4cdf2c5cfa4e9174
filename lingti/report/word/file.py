"""The briefing as a Word file: by our own layout, or by the district's own template."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocxParagraph

from lingti.charts import Look
from lingti.language import current
from lingti.language import gettext as _
from lingti.report import letterhead, text_room
from lingti.report.content import Memo, Paragraph, Section
from lingti.report.inputs import Material
from lingti.report.word import template
from lingti.report.word.blocks import MM_A_POINT, Writer, write_fill
from lingti.report.word.style import (
    CHINESE,
    ENGLISH,
    TEXT_WIDTH_MM,
    Sizes,
    dress_own,
    ensure,
    indent_paragraph,
    lay_out,
    move_in,
)

TEMPLATE = "templates/briefing.docx"
CHART_PT = 9
EMBLEM_MM = 18
STAMP_LINES = 2  # above who signs; a seal reaches a line below the day


def briefing(memo: Memo, material: Material, place: str, look: Look) -> bytes:
    """The briefing as a .docx, by `templates/briefing.docx` of the home where there is one.

    Raises `template.TemplateError` that names a placeholder there is not.
    """
    theirs = material.district.home / TEMPLATE
    if theirs.exists():
        document = _from_template(theirs, memo, material, place, look)
    else:
        document = _own(memo, material, look)
    _describe(document, memo)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _own(memo: Memo, material: Material, look: Look) -> Document:
    document = docx.Document()
    sizes = CHINESE if current() == "zh" else ENGLISH
    lay_out(document, sizes)
    dress_own(document, sizes)
    ensure(document, sizes)
    writer = Writer(document, document.element.body.sectPr, look, CHART_PT)
    picture = letterhead.emblem(material)
    if picture:
        head = writer.paragraph("", "Lingti Picture")
        head.add_run().add_picture(io.BytesIO(picture), height=Mm(EMBLEM_MM))
    writer.paragraph(_in_lines(memo.title, sizes), "Title")
    if memo.addressee is not None:
        addressee = writer.paragraph(memo.addressee, "Normal")
        write_fill(addressee, "" if memo.addressee else _("[To whom it goes]:"))
    writer.write(memo.lead)
    for section in memo.sections:
        writer.section(section)
    if memo.closing:
        # The page that is signed has a line of the text, as the standard wants it.
        writer.keep_last_with_next()
        writer.paragraph(memo.closing, "Lingti Body").paragraph_format.keep_with_next = True
    _name_annexes(writer, memo)
    _sign(writer, memo.signed, sizes)
    _annexes(writer, memo)
    return document


def _annexes_of(memo: Memo) -> list[tuple[str, tuple[Section, ...]]]:
    """The title and the parts of each annex."""
    annexes = [(_("Tables of data"), memo.tables)] if memo.tables else []
    if memo.appendix is not None:
        annexes.append((memo.appendix.title, (memo.appendix,)))
    return annexes


def _name_annexes(writer: Writer, memo: Memo) -> None:
    """The annexes by name, a line each, below the text."""
    named = [title for title, _parts in _annexes_of(memo)]
    for number, title in enumerate(named, 1):
        words = _("{number}. {title}").format(number=number, title=title)
        line = _("Annexes: {title}").format(title=words) if number == 1 else words
        paragraph = writer.paragraph(line, "Lingti Body")
        paragraph.paragraph_format.keep_with_next = True
        if number > 1:  # below the first one's name
            indent_paragraph(paragraph, 5 if current() == "zh" else 6)


def _annexes(writer: Writer, memo: Memo) -> None:
    """Each on a page of its own."""
    for number, (title, parts) in enumerate(_annexes_of(memo), 1):
        heading = writer.paragraph(_("Annex {number}").format(number=number), "Lingti Appendix")
        heading.paragraph_format.page_break_before = True
        _outline(writer.paragraph(title, "Title"))
        writer.counts["heading"] = 0
        for part in parts:
            if part is memo.appendix:
                writer.write(part.blocks)
            elif part.id not in _ONLY_TABLES or not _is_text(part):
                writer.part(part)


_ONLY_TABLES = ("targets", "decisions")  # that there are none is told in the text


def _is_text(part: Section) -> bool:
    return all(isinstance(block, Paragraph) for block in part.blocks)


def _in_lines(title: str, sizes: Sizes) -> str:
    """A title too long for a line is parted in front of its topic, where no word is torn, and of
    what is still too long in front of its period.
    """
    if current() != "zh" or _fits(title, sizes):
        return title
    title = title.replace("“", "\n“", 1)
    first, mark, rest = title.partition("\n")
    if not _fits(first, sizes):
        first = re.sub(r"(?=\d{4} ?年)", "\n", first, count=1)
    return first + mark + rest


def _fits(line: str, sizes: Sizes) -> bool:
    return text_room.width(line, sizes.title) <= TEXT_WIDTH_MM / MM_A_POINT


def _sign(writer: Writer, signed: tuple[str, ...], sizes: Sizes) -> None:
    """Who reports and the day, with room for a stamp over both.

    In Chinese the day ends four letters from the edge and each name is centred over it, as the
    standard has it for papers with a seal; a name too long for that ends where the day does.
    """
    for _line in range(STAMP_LINES):
        writer.paragraph("", "Lingti Body").paragraph_format.keep_with_next = True
    *names, day = (writer.paragraph(line, "Lingti Sign") for line in signed)
    for name in names:
        name.paragraph_format.keep_with_next = True
    if current() != "zh":
        return
    width_of_day = _letters(signed[-1])
    longest = max(_letters(line) for line in signed)
    inner = max(4.0, 2 + (longest - width_of_day) / 2)
    for line, text in zip((*names, day), signed, strict=True):
        centred = inner + (width_of_day - _letters(text)) / 2
        move_in(line._p.get_or_add_pPr(), "right", centred, sizes.body)


def _letters(line: str) -> float:
    """The width of a line in Chinese letters; a figure has half of one."""
    return sum(0.5 if letter.isascii() else 1.0 for letter in line)


def _outline(paragraph: DocxParagraph) -> None:
    """Puts the appendix into the outline, beside the sections."""
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)


def _from_template(path: Path, memo: Memo, material: Material, place: str, look: Look) -> Document:
    document = docx.Document(str(path))
    ensure(document, CHINESE if current() == "zh" else ENGLISH)
    template.fill(document, path, memo, material, place, look)
    return document


def _describe(document: Document, memo: Memo) -> None:
    """Title and author of the file; python-docx would call itself its author."""
    properties = document.core_properties
    properties.title = memo.title
    properties.author = memo.signed[0]
    properties.comments = ""
    properties.language = "zh-CN" if current() == "zh" else "en-GB"
