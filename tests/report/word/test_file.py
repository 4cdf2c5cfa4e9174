"""The briefing's layout, outline, tables and charts, and templates of a district's own."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lingti.catalog import DISTRICT
from lingti.language import Text
from lingti.report import Material, TemplateError, Wish, gather, make
from lingti.report.briefing import memo
from lingti.report.content import Paragraph
from lingti.report.word.template import BLOCKS, WORDS

ROOT = Path(__file__).parents[3]
ENGLISH = Wish("en")


@pytest.fixture(scope="module")
def chinese(material: Material) -> bytes:
    return make(material, "guqiao", "docx", Wish("zh"))


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def test_the_page_is_that_of_the_standard(chinese: bytes) -> None:
    section = opened(chinese).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Mm(1)) for one in margins] == [37, 35, 28, 26]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)


def test_fonts_sizes_and_pitch_are_those_of_the_standard(chinese: bytes) -> None:
    styles = opened(chinese).styles
    expected = {
        "Lingti Body": ("仿宋", 16),
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体", 16),
    }
    for name, (font, size) in expected.items():
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not [one for one in fonts.attrib if one.endswith("Theme")]
        assert styles[name].font.size == Pt(size)
    assert styles["Lingti Body"].paragraph_format.line_spacing == Pt(28)
    table = zipfile.ZipFile(io.BytesIO(chinese)).read("word/fontTable.xml").decode()
    assert "方正小标宋简体" in table
    assert "FangSong" in table


def test_headings_are_those_of_a_report(chinese: bytes) -> None:
    found = [one.text for one in opened(chinese).paragraphs if one.style.name == "Heading 1"]
    assert found == [
        "一、总体情况",
        "二、主要做法与成效",
        "三、存在问题",
        "四、下一步打算",
    ]


def test_table_headings_repeat_and_rows_stay_whole(chinese: bytes) -> None:
    for table in opened(chinese).tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        for row in [first, *others]:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_page_numbers_stand_at_the_outer_edge(chinese: bytes) -> None:
    document = opened(chinese)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph.alignment == side
        assert " PAGE " in paragraph._p.xml


def test_it_says_whether_numbers_are_exact_or_published(sample_home: Path) -> None:
    for published, words in ((False, "exact numbers"), (True, "published numbers")):
        found = gather(sample_home, "2024-11", published=published)
        text = "\n".join(p.text for p in opened(make(found, "binhu", "docx", ENGLISH)).paragraphs)
        assert words in text
        assert "data up to 30 Nov 2024" in text


def test_a_community_that_did_not_report_has_a_whole_briefing(sample_home: Path) -> None:
    found = gather(sample_home, "2024-09")
    text = "\n".join(p.text for p in opened(make(found, "nanfeng", "docx", ENGLISH)).paragraphs)
    assert "Nanfeng: Not whole: Sep 2024: Volunteer service not reported." not in text
    assert "Not whole: Sep 2024: Volunteer service not reported." in text
    assert "1 not at all" in text


def test_without_topics_nothing_stands_between_empty_quotes(material: Material) -> None:
    nothing = Text("", "")
    bare = [
        replace(one, topic=nothing, population_source=nothing)
        for one in material.district.communities
    ]
    settings = replace(material.district, programme=nothing, communities=tuple(bare))
    found = replace(material, district=settings)
    for place, name in (("guqiao", "Guqiao"), (DISTRICT, "Taibai Lake New District")):
        made = memo(found, place)
        assert made.title == f"Report on the progress of {name} in Nov 2024"
        said = [
            one.text
            for one in (*made.lead, *(made.appendix.blocks if made.appendix else ()))
            if isinstance(one, Paragraph)
        ]
        assert not [one for one in said if "“”" in one or ", )" in one]


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A copy of the sample with a folder for templates."""
    shutil.copytree(sample_home, tmp_path / "home")
    (tmp_path / "home" / "templates").mkdir()
    return tmp_path / "home"


def with_template(home: Path, document: Document) -> Document:
    """What a template of the home becomes for one community."""
    document.save(str(home / "templates/briefing.docx"))
    return opened(make(gather(home, "2024-11"), "guqiao", "docx", ENGLISH))


def test_placeholders_are_replaced_wherever_word_cuts_them(home: Path) -> None:
    template = docx.Document()
    paragraph = template.add_paragraph("To: ")
    for part in ("{", "{pla", "ce}", "} and {{ per", "iod }}!"):
        paragraph.add_run(part).bold = part == "{"
    template.add_table(1, 1).rows[0].cells[
        0
    ].text = "{{value volunteer_hours}} {{unit volunteer_hours}}"
    template.sections[0].header.paragraphs[0].text = "{{topic}}"
    made = with_template(home, template)
    assert made.paragraphs[0].text == "To: Guqiao and Nov 2024!"
    assert [run.text for run in made.paragraphs[0].runs if run.bold] == ["Guqiao"]
    assert made.tables[0].rows[0].cells[0].text == "665 h"
    assert made.sections[0].header.paragraphs[0].text == "Allies join forces"


def test_blocks_stand_where_the_template_has_them(home: Path) -> None:
    template = docx.Document()
    template.add_paragraph("Before")
    template.add_paragraph("{{targets}}")
    template.add_paragraph("{{chart volunteer_hours}}")
    template.add_table(1, 1).rows[0].cells[0].text = "{{not_reported}}"
    template.add_paragraph("After")
    made = with_template(home, template)
    texts = [one.text for one in made.paragraphs if one.text]
    assert texts[0] == "Before"
    assert texts[1] == "Table 1  Targets for 2024"
    assert texts[-1] == "After"
    assert "All 11 tables expected were reported in full." in made.tables[-1].rows[0].cells[0].text
    assert len(made.element.body.findall(f".//{qn('w:drawing')}")) == 1


def test_every_placeholder_there_is_can_be_used_and_is_documented(home: Path) -> None:
    template = docx.Document()
    for name in (*WORDS, *BLOCKS):
        template.add_paragraph(f"{{{{{name}}}}}")
    assert "{{" not in "".join(one.text for one in with_template(home, template).paragraphs)
    told = (ROOT / "docs/templates.md").read_text("utf-8")
    assert [name for name in (*WORDS, *BLOCKS) if f"`{{{{{name}}}}}`" not in told] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{perod}}", "there is no placeholder {{perod}}. Did you mean {{period}}?"),
        ("{{value volunter_hours}}", "Did you mean {{value volunteer_hours}}?"),
        ("see {{targets}}", "{{targets}} needs a paragraph of its own."),
    ],
)
def test_a_wrong_placeholder_is_named(home: Path, text: str, says: str) -> None:
    template = docx.Document()
    template.add_paragraph(text)
    with pytest.raises(TemplateError) as refused:
        with_template(home, template)
    assert "briefing.docx" in str(refused.value)
    assert says in str(refused.value)
