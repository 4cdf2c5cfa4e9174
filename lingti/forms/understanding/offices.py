"""Names of offices in titles: who asks restricts nothing, but may tell of which field it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("titles.toml")
_GENERAL = "general"
# 济宁市, 石桥街道 before an office, and whose it is: 新区党工委组织部.
_PLACE = r"(?:[一-鿿]{2,3}?(?:省|(?<!超)市|自治州|新区|高新区|开发区|街道|区|县|镇|乡))"
_UPPER = r"(?:省|市|区|县|州|新区|街道|镇|乡)?"
_UPPER += r"(?:委员会|委|党工委|工委|党委|人民政府|政府|办事处|管委会)?"


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def plain_words() -> frozenset[str]:
    """Words of titles, headings and groups that restrict nothing."""
    return frozenset(word for words in _lists()["plain"].values() for word in words)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """A pattern of the offices of each field, with what they stand for; those of none first."""
    lists = _lists()
    never: dict[str, str] = lists["endings"]["not_before"]
    endings = [
        re.escape(word) + (f"(?![{never[word]}])" if word in never else "")
        for word in sorted(lists["endings"]["offices"], key=len, reverse=True)
    ]
    tail = f"(?:{'|'.join(endings)})"
    found = []
    every = _either([stem for stems in lists["offices"].values() for stem in stems])
    for field, stems in lists["offices"].items():
        # 民政和社会保障局 is one of all work, because it is of more than one field.
        besides = f"(?:[和与及]?{every})*" if field == _GENERAL else ""
        before = f"(?:{every}[和与及]?)*?" if field == _GENERAL else ""
        whole = [*lists["whole"].get(field, [])]
        names = f"(?:{_either(whole)}|{before}{_either(stems)}{besides}{tail}+)"
        found.append(
            (field, re.compile(f"(?:(?:^|(?<=[年月度日区、]))(?:中共)?{_PLACE}+)?{_UPPER}{names}"))
        )
    return found


def _either(names: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(one) for one in sorted(names, key=len, reverse=True))})"


@lru_cache(maxsize=4096)
def without(title: str) -> tuple[str, tuple[str, ...]]:
    """A title without its offices, and the fields of those that have one.

    `区商务局商家联盟情况表` → `商家联盟情况表` and 商圈.
    """
    plain = title
    fields = []
    for field, pattern in _patterns():
        shorter = pattern.sub("、", plain)
        if shorter != plain and field != _GENERAL:
            fields.append(field)
        plain = shorter
    return (plain.strip("、") if plain != title else title), tuple(fields)
