"""Columns that say whether a row counts: rows left out by a status, as a proposal has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from lingti.ingest.checking.void_words import void_word
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.values import cell_values

_STATUS = re.compile("状态|状况$|结果$|出勤|考勤|签到情况|status|state")
_YES_OR_NO = re.compile(
    "是否(有效|参加|参与|到场|出席|签到|完成服务)|(有效|参加|到场)$|是否.{0,2}有效"
)
_NO = frozenset(["否", "无效", "no", "n", "×", "未到", "未参加", "0"])
_RESTS = re.compile("休息|公休|调休|[请事病]假")
_MOST_WORDS = 20  # a column with more is no status


class _Made(Protocol):
    @property
    def columns(self) -> tuple[str, ...]: ...


def left_out(piece: Piece, choices: Mapping[str, _Made]) -> dict[str, tuple[str, ...]]:
    """Per column of the export the words by which its rows do not count."""
    taken = {column for choice in choices.values() for column in choice.columns}
    return {
        column: words
        for column in piece.table.columns
        if column not in taken and (words := _words(plain(column), _texts(piece, column)))
    }


def _texts(piece: Piece, column: str) -> list[str]:
    cells = piece.table.distinct(column)[0]
    return (
        [cell_values.written(cell).strip() for cell in cells] if len(cells) <= _MOST_WORDS else []
    )


def _words(header: str, texts: Iterable[str]) -> tuple[str, ...]:
    if _YES_OR_NO.search(header):
        return tuple(text for text in texts if text.casefold() in _NO)
    if _STATUS.search(header):
        return tuple(text for text in texts if void_word(text) or _RESTS.search(text))
    return ()
