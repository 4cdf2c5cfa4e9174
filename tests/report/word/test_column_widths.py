"""Columns of Word tables: days and short words whole, the rest shared."""

from __future__ import annotations

import pytest

from lingti.report.content import Grid
from lingti.report.text_room import width
from lingti.report.word.column_widths import CELL_ROOM, fitted

ROOM, SIZE = 442.0, 10.5


def needed(text: str) -> float:
    return width(text, SIZE) + CELL_ROOM


def grid(head: tuple[str, ...], row: tuple[str, ...], widths: tuple[float, ...]) -> Grid:
    return Grid("", head, (row,), widths)


def test_a_table_that_has_room_for_all_texts_breaks_none() -> None:
    texts = ("2024-03-01 – 2024-12-31", "甲乙丙丁戊己", "3,863（部分）")
    shares = fitted(grid(("覆盖日期", "项", "本期"), texts, (0.1, 0.8, 0.1)), ROOM, SIZE)
    assert sum(shares) == pytest.approx(1)
    for share, text in zip(shares, texts, strict=True):
        assert share * ROOM >= needed(text)


def test_days_stay_whole_beside_long_texts() -> None:
    texts = ("核对" * 40, "2024-03-08", "2024-12-31")
    shares = fitted(grid(("处理办法", "完成期限", "完成日期"), texts, (0.8, 0.1, 0.1)), ROOM, SIZE)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > 0.5
    assert shares[1] * ROOM >= needed("2024-03-08") - 0.1


def test_english_words_and_short_chinese_heads_are_not_broken() -> None:
    texts = ("Points supermarket", "text " * 40, "text " * 40)
    shares = fitted(grid(("Topic", "采用行数", "b"), texts, (0.05, 0.05, 0.9)), ROOM, SIZE)
    assert shares[0] * ROOM >= needed("supermarket") - 0.1
    assert shares[1] * ROOM >= needed("采用行数") - 0.1


def test_what_cannot_be_whole_in_the_room_still_adds_up() -> None:
    row = ("x" * 60, "y" * 60, "2024-03-08")
    shares = fitted(grid(("a", "b", "c"), row, (0.2, 0.2, 0.6)), ROOM, SIZE)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_a_span_of_days_is_not_broken_at_a_hyphen() -> None:
    row = ("居民点单社区派单台账的导出表格" * 3, "2026-01-01 – 2026-04-30", "x" * 30)
    shares = fitted(grid(("导出表", "覆盖日期", "b"), row, (0.6, 0.2, 0.2)), ROOM, SIZE)
    assert shares[1] * ROOM >= needed("2026-01-01–2026-04-30") - 0.1
