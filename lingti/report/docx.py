"""The briefing as a Word file: by our own layout, or by the district's own template."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.document import Document

from lingti.charts import Look
from lingti.language import current
from lingti.language import gettext as _
from lingti.report import template
from lingti.report.content import Memo
from lingti.report.docx_style import CHINESE, ENGLISH, dress_own, ensure, lay_out
from lingti.report.docx_write import Writer
from lingti.report.material import Material

TEMPLATE = "templates/briefing.docx"
CHART_PT = 9


def briefing(memo: Memo, material: Material, place: str, look: Look) -> bytes:
    """The briefing as a .docx, by `templates/briefing.docx` of the home where there is one.

    Raises `template.TemplateError` that names a placeholder there is not.
    """
    theirs = material.district.home / TEMPLATE
    if theirs.exists():
        document = _from_template(theirs, memo, material, place, look)
    else:
        document = _own(memo, look)
    _describe(document, memo)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _own(memo: Memo, look: Look) -> Document:
    document = docx.Document()
    sizes = CHINESE if current() == "zh" else ENGLISH
    lay_out(document, sizes)
    dress_own(document, sizes)
    ensure(document, sizes)
    writer = Writer(document, document.element.body.sectPr, look, CHART_PT)
    writer.paragraph(memo.title, "Title")
    writer.write(memo.lead)
    for section in memo.sections:
        writer.section(section)
    named = _("Appendix: {title}").format(title=memo.appendix.title)
    writer.paragraph(named, "Lingti Body").paragraph_format.keep_with_next = True
    for line in memo.signed:
        writer.paragraph(line, "Lingti Sign").paragraph_format.keep_with_next = (
            line is not memo.signed[-1]
        )
    heading = writer.paragraph(_("Appendix"), "Lingti Appendix")
    heading.paragraph_format.page_break_before = True
    writer.paragraph(memo.appendix.title, "Title")
    writer.counts["heading"] = 0
    writer.write(memo.appendix.blocks)
    return document


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
