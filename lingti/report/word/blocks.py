"""Writes blocks into a Word document, in front of an anchor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as DocxParagraph

from lingti.charts import Look
from lingti.language import current
from lingti.language import gettext as _
from lingti.report import native_charts
from lingti.report.content import Block, Grid, Heading, Paragraph, Picture, Section, colour
from lingti.report.word import column_widths
from lingti.report.word.heading_numbers import ordinal
from lingti.report.word.style import (
    CHINESE,
    ENGLISH,
    TEXT_WIDTH_MM,
    cell_margins,
    table_borders,
)

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MM_A_POINT = 25.4 / 72
CHART_MM = (TEXT_WIDTH_MM, 50)  # two with their words to a page
SHORT = 7  # rows up to which a table is not broken over two pages


@dataclass
class Writer:
    """Puts blocks in front of `anchor`, and numbers what is numbered."""

    document: Document
    anchor: Any
    look: Look
    chart_pt: float
    counts: dict[str, int] = field(default_factory=dict)
    style_ids: dict[str, str] = field(default_factory=dict)

    def write(self, blocks: Iterable[Block]) -> None:
        """Writes the blocks in their order; what leads to a table or chart stays with it."""
        listed = list(blocks)
        for block, following in zip_longest(listed, listed[1:]):
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    paragraph = self.paragraph(block.text, _STYLES[block.kind])
                    write_fill(paragraph, block.fill)
                    leads = isinstance(following, Grid | Picture)
                    paragraph.paragraph_format.keep_with_next = True if leads else None
                case Grid():
                    self._grid(block)
                case Picture():
                    self._picture(block)

    def keep_last_with_next(self) -> None:
        """Keeps the last paragraph that was written on one page with what follows."""
        last = self.anchor.getprevious()
        if last is not None and last.tag == qn("w:p"):
            DocxParagraph(last, self.document._body).paragraph_format.keep_with_next = True

    def section(self, section: Section) -> None:
        """A section with its heading."""
        self.counts["heading"] = 0
        self.paragraph(self._number("section") + section.title, "Heading 1")
        self.write(section.blocks)

    def part(self, section: Section) -> None:
        """A part of an annex with its heading."""
        self._heading(Heading(section.title))
        self.write(section.blocks)

    def _heading(self, heading: Heading) -> None:
        self.counts["heading"] = self.counts.get("heading", 0) + 1
        self.paragraph(ordinal(self.counts["heading"], 2) + heading.text, "Heading 2")

    def _number(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return ordinal(self.counts[kind], 1)

    def paragraph(self, text: str, style: str) -> DocxParagraph:
        """One paragraph of a style."""
        element = OxmlElement("w:p")
        self.anchor.addprevious(element)
        docx_paragraph = DocxParagraph(element, self.document._body)
        docx_paragraph._p.style = self._style_id(style)
        write_run(docx_paragraph, text)
        return docx_paragraph

    def _style_id(self, name: str) -> str:
        """The id of a style; looked up once, for that reads the whole list of styles."""
        if name not in self.style_ids:
            self.style_ids[name] = self.document.styles[name].style_id
        return self.style_ids[name]

    def _caption(self, kind: str, text: str, *, with_next: bool) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        name = _("Table {number}") if kind == "table" else _("Chart {number}")
        label = name.format(number=self.counts[kind])
        caption = self.paragraph(f"{label}  {text}", "Lingti Caption")
        caption.paragraph_format.keep_with_next = with_next

    def _grid(self, grid: Grid) -> None:
        if grid.caption:
            self._caption("table", grid.caption, with_next=True)
        table = self._table(grid)
        for number, text in enumerate(grid.head):
            _cell(
                table.rows[0].cells[number],
                text,
                self._style_id("Lingti Cell Head"),
                "center",
                None,
            )
        for row, texts in zip(table.rows[1:], grid.rows, strict=True):
            for number, text in enumerate(texts):
                side = "right" if number in grid.right else "left"
                tone = colour(text, self.look)
                _cell(row.cells[number], text, self._style_id("Lingti Cell"), side, tone)
        _hold_together(table)
        self.paragraph("", "Lingti Cell")

    def _table(self, grid: Grid) -> Table:
        width = Mm(TEXT_WIDTH_MM)
        table: Table = self.document.add_table(rows=1 + len(grid.rows), cols=len(grid.head))
        properties = table._tbl.tblPr
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        properties.insert_element_before(table_borders(), "w:tblLayout", "w:tblLook")
        properties.insert_element_before(cell_margins(), "w:tblLook")
        sizes = CHINESE if current() == "zh" else ENGLISH
        shares = column_widths.fitted(grid, TEXT_WIDTH_MM / MM_A_POINT, sizes.small)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Emu(int(width * share))
        for row in table.rows:
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = Emu(int(width * share))
        self.anchor.addprevious(table._tbl)
        return table

    def _picture(self, picture: Picture) -> None:
        paragraph = self.paragraph("", "Lingti Picture")
        alt = native_charts.in_words(picture, self.look)
        paragraph.add_run()._r.append(self._chart(picture, alt))
        self._caption("chart", picture.caption, with_next=bool(picture.missing))
        if picture.missing:
            self.paragraph(picture.missing, "Lingti Note")

    def _chart(self, picture: Picture, alt: str) -> Any:
        """The drawing of a native chart; its part and workbook are added to the package."""
        part = self.document.part
        package = part.package
        box = (CHART_MM[0] / MM_A_POINT, CHART_MM[1] / MM_A_POINT)
        xml, workbook = native_charts.chart_xml(picture, self.look, self.chart_pt, box)
        chart = Part(package.next_partname("/word/charts/chart%d.xml"), CHART_TYPE, xml, package)
        relation = part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
        number = int("".join(filter(str.isdigit, chart.partname.filename)))
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
        inner = chart.relate_to(Part(name, XLSX_TYPE, workbook, package), RELATIONSHIP_TYPE.PACKAGE)
        assert inner == "rId1", "the chart's XML names its workbook rId1"
        width, height = (Mm(mm) for mm in CHART_MM)
        drawing = parse_xml(
            _DRAWING.format(spaces=nsdecls("w", "wp", "a", "r"), cx=width, cy=height)
        )
        shape = drawing.find(f".//{qn('wp:docPr')}")
        shape.set("id", str(1000 + number))
        shape.set("name", f"Chart {number}")
        shape.set("descr", alt)
        drawing.find(f".//{{{_CHART_SPACE}}}chart").set(qn("r:id"), relation)
        return drawing


_STYLES = {"body": "Lingti Body", "note": "Lingti Note"}
_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = (
    "<w:drawing {spaces}>"
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="1" name=""/><wp:cNvGraphicFramePr/><a:graphic>'
    f'<a:graphicData uri="{_CHART_SPACE}"><c:chart xmlns:c="{_CHART_SPACE}"/></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing>"
)


# What Chinese and Latin fonts both have and draw differently; a minus is left to the Latin one,
# for not every Chinese font has it.
_SHARED = frozenset("“”‘’—…·")


def write_run(paragraph: DocxParagraph, text: str) -> None:
    """Adds text; Chinese quotation marks and dashes take the Chinese font."""
    if not text:
        return
    run = paragraph.add_run(text)
    if current() == "zh" and _SHARED.intersection(text):
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def write_fill(paragraph: DocxParagraph, text: str) -> None:
    """Adds a marked place for people to write into."""
    if not text:
        return
    before = len(paragraph.runs)
    write_run(paragraph, text)
    for run in paragraph.runs[before:]:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _cell(cell: Any, text: str, style_id: str, side: str, tone: str | None) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style_id
    write_run(paragraph, text)
    if tone is not None:
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor.from_string(tone.removeprefix("#"))
    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
    }[side]


def _hold_together(table: Table) -> None:
    """Repeats the heading on every page, breaks no row over two, and keeps a short table whole."""
    rows = list(table.rows)
    for number, row in enumerate(rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        is_last = number == len(rows) - 1
        if not is_last and len(rows) <= SHORT:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
