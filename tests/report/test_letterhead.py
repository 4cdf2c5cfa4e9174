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
    assert told[at + 1 : at + 5] == [
        *("附件：1.有关数据表", "2.数据说明"),
        *("中共古桥社区委员会", "古桥社区居民委员会"),
    ]
    assert "1.协调停车位，由经济发展办负责，2024年12月1日前完成。" in told
    assert not any("以后的事" in one for one in told)


def test_the_district_lists_everybody_s_next_steps_and_says_whose(material: Material) -> None:
    data = make(dressed(material), None, "docx", CHINESE)
    assert any(one.startswith("1.古桥：协调停车位") for one in words(data))


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


def test_without_settings_a_community_reports_to_its_district(material: Material) -> None:
    told = words(make(material, "guqiao", "docx", CHINESE))
    assert told[1:3] == ["太白湖新区：", told[2]]
    assert told[2].startswith("现将")
    assert told[told.index("特此报告。") + 3 :][:2] == ["古桥社区", "2025年2月4日"]
    assert words(make(material, None, "docx", CHINESE))[1] == "【主送机关】："
