"""The reports page: what it offers, previews and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_kit import figures, opened, text


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        ("docx", "一、总体情况"),
        ("pptx", "5项目标进度正常3项、落后于进度1项、1项暂不能下结论"),
        ("html", "5项目标进度正常3项、落后于进度1项、1项暂不能下结论"),
        ("xlsx", "指标口径"),
    ],
)
def test_it_previews_what_is_chosen(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, ending: str, says: str
) -> None:
    address = {"period": "2024-11", "of": "guqiao", "as": ending}
    page = opened(monkeypatch, sample_home, "reports", **address)
    assert not page.exception
    assert says in text(page)
    if ending == "docx":
        assert "古桥社区2024年11月“盟友聚力”工作进展情况报告" in text(page)
        assert "参与志愿者人数为74人，比上月增加4人（日均+9.2%）。" in text(page)
        assert "原因：【待填】" in text(page)
    assert len(figures(page)) == (0 if ending == "xlsx" else 4)


def test_a_document_can_have_another_language_than_the_page(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "reports", period="2024-11", of="guqiao", text="en")
    assert "Report on the progress of Guqiao" in text(page)
    assert "预览" in text(page)


def test_every_number_says_whether_it_is_exact(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "reports", period="2024-11")
    assert [one.value for one in page.caption] == [
        "本文件所列为精确数，未定稿；数据截至2024年11月30日。"
    ]
