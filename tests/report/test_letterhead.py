"""What the settings say of documents: to whom they go, who signs, the emblem, next steps."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
from PIL import Image

from lingti.catalog import DISTRICT
from lingti.district import Ask
from lingti.language import Text
from lingti.report import Material, Wish, make, slides
from lingti.ui.settings_page.documents import as_emblem

CHINESE = Wish("zh")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "red").save(out, "JPEG", exif=b"Exif\x00\x00secret")
    return out.getvalue()


def dressed(material: Material) -> Material:
    """The sample with a heading, two who sign, an emblem and two next steps."""
    told = {
        "addressee": Text("许庄街道党工委", ""),
        "full_name": Text("太白湖新区许庄街道古桥社区", ""),
        "signed_by": Text("中共古桥社区委员会；古桥社区居民委员会", ""),
    }
    district = material.district
    communities = tuple(
        replace(one, documents=told) if one.id == "guqiao" else one for one in district.communities
    )
    day = date(2024, 3, 1)
    asks = (
        Ask("guqiao", day, "协调停车位", "经济发展办", date(2024, 12, 1)),
        Ask("guqiao", date(2030, 1, 1), "以后的事", "", None),
    )
    made = replace(
        district,
        communities=communities,
        documents={"closing": Text("特此报告。", "This is our report.")},
        emblem=as_emblem(picture()),
        asks=asks,
    )
    return replace(material, district=made)


def words(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs if one.text]


def test_a_briefing_has_heading_signatures_and_next_steps(material: Material) -> None:
    data = make(dressed(material), "guqiao", "docx", CHINESE)
    told = words(data)
    title = told.index("许庄街道党工委：") - 1
    assert told[title].replace("\n", "").startswith("太白湖新区许庄街道古桥社区")
    at = told.index("特此报告。")
    assert told[at + 2 : at + 4] == ["中共古桥社区委员会", "古桥社区居民委员会"]
    steps = docx.Document(io.BytesIO(data)).tables
    rows = [[cell.text for cell in row.cells] for table in steps for row in table.rows]
    assert ["1", "协调停车位", "经济发展办", "2024-12-01"] in rows
    assert not any("以后的事" in row for row in rows)


def test_the_district_lists_everybody_s_next_steps_and_says_whose(material: Material) -> None:
    data = make(dressed(material), None, "docx", CHINESE)
    rows = [
        cell.text
        for table in docx.Document(io.BytesIO(data)).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "古桥：协调停车位" in rows


def test_english_documents_do_not_mix_in_names_that_are_only_chinese(material: Material) -> None:
    (first, *_rest) = slides(dressed(material), "guqiao", Wish("en"))
    assert "Guqiao" in first.under
    assert "古桥" not in first.under


def test_the_emblem_is_redrawn_and_stands_in_briefings_and_on_first_slides(
    material: Material,
) -> None:
    drawn = base64.b64decode(dressed(material).district.emblem)
    assert Image.open(io.BytesIO(drawn)).size == (240, 240)
    assert b"secret" not in drawn
    assert as_emblem(b"no picture") == ""
    for ending, folder in (("docx", "word/media/"), ("pptx", "ppt/media/")):
        with zipfile.ZipFile(io.BytesIO(make(dressed(material), None, ending, CHINESE))) as held:
            assert [held.read(one) for one in held.namelist() if one.startswith(folder)] == [drawn]
    page = make(dressed(material), DISTRICT, "html", CHINESE).decode()
    assert page.count('class="emblem" src="data:image/png;base64,') == 1


def test_without_settings_nothing_is_added(material: Material) -> None:
    told = words(make(material, "guqiao", "docx", CHINESE))
    assert told[-1]
    assert "特此报告。" not in told
    assert told[1].startswith("现将")
