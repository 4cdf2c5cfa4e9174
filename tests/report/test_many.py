"""Documents of a district of many communities read what they show, and say what they leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingti.catalog import DISTRICT
from lingti.judging.period_values import MOST_BESIDE
from lingti.report import Material, Wish, gather, make
from lingti.report import inputs as materials
from lingti.report.briefing import memo
from lingti.report.content import Grid, Memo, Paragraph
from lingti.report.documents import slides


def said(made: Memo) -> str:
    """All that a memo says, tables included."""
    blocks = [
        *made.lead,
        *(one for section in (*made.sections, *made.tables) for one in section.blocks),
    ]
    texts = [one.text for one in blocks if isinstance(one, Paragraph)]
    texts += [cell for one in blocks if isinstance(one, Grid) for row in one.rows for cell in row]
    return "\n".join(texts)


def test_a_communitys_briefing_is_the_same_whether_there_are_few_or_many(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = gather(sample_home, "2024-11")
    as_one_of_few = {one.id: memo(whole, one.id) for one in whole.district.communities}
    monkeypatch.setattr(materials, "MOST_BESIDE", 2)
    for place, expected in as_one_of_few.items():
        narrowed = gather(sample_home, "2024-11").of(place)
        assert narrowed.view.communities == (place,)
        assert said(memo(narrowed, place)) == said(expected)


def test_the_districts_documents_name_the_largest_communities(many_home: Path) -> None:
    whole = gather(many_home, "2024-06")
    found = whole.of(DISTRICT)
    by_size = sorted(whole.district.communities, key=lambda one: -one.residents)
    assert set(found.view.communities) == {one.id for one in by_size[:MOST_BESIDE]}
    words = said(memo(found, DISTRICT))
    assert "Of 60 communities the 12 with the most residents are named" in words
    assert "Of all 60 communities," in words
    assert found.of(DISTRICT) is found
    assert whole.of(DISTRICT) is found


def test_every_document_of_a_large_district_can_be_made(many_home: Path) -> None:
    whole: Material = gather(many_home, "2024-06")
    for place in (DISTRICT, "c0033"):
        for ending in ("docx", "pptx", "xlsx"):
            assert make(whole, place, ending, Wish("zh"))[:2] == b"PK"
        assert slides(whole, place, Wish("en"))
    assert not {"totals", "rates", "history", "_lines"} & whole.__dict__.keys()
