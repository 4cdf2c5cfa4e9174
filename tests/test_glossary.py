"""One word per thing: what pages, documents and slides must not call it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lingti import catalog
from lingti.language import Text
from lingti.locale import update

GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.md"
# What was said once, and the word for it.
CHINESE = {
    "向差": "变差",
    "信号中性": "有变化",
    "进度落后|进度滞后|落后进度": "落后于进度",
    "时期|统计时段|统计期间|报告期": "统计周期",
    "新收|采用行数|入库|已入库": "接受",
    "已在库|已存在": "已有",
    "待改正|待更正|待改表|待改\\{|隔离": "待修改",
    "(?<!重新)导出表": "表格",
}
ENGLISH = {
    r"\bexports\b|\b(an?|the|new|this|full|of|sample|import) export\b|\bexport files": "sheet",
    r"\b(?<!\{)quarantined?\b|\bturned away\b": "to correct",
    r"\bsignal,? neutral\b": "something changed",
}
# Numbers of these may be one.
COUNTED = re.compile(
    r"\{(count|number|rows|n)\} (rows|cells|batches|changes|certificates|days|decisions|files)\b"
)
ALWAYS_MANY = {
    "{count} rows in all",
    "{count} decisions are overdue, the longest of them: {names}.",
}


def chinese() -> Iterator[str]:
    for message in update.read():
        yield from [message.string] if isinstance(message.string, str) else message.string or ()
    for text in in_queries():
        yield text.zh


def english() -> Iterator[str]:
    for message in update.read():
        yield from [message.id] if isinstance(message.id, str) else message.id or ()
    for text in in_queries():
        yield text.en


def in_queries() -> list[Text]:
    known = catalog.program()
    return [
        text
        for group in (known.metrics, known.checks)
        for one in group.values()
        for text in (one.title, one.definition)
    ]


@pytest.mark.parametrize(("others", "word"), CHINESE.items())
def test_a_thing_has_one_word_in_chinese(others: str, word: str) -> None:
    assert [text for text in chinese() if re.search(others, text)] == [], word


@pytest.mark.parametrize(("others", "word"), ENGLISH.items())
def test_a_thing_has_one_word_in_english(others: str, word: str) -> None:
    assert [text for text in english() if re.search(others, text, re.IGNORECASE)] == [], word


def test_the_words_that_are_used_are_those_of_the_glossary() -> None:
    known = GLOSSARY.read_text("utf-8")
    said = "\n".join(chinese())
    for word in ("落后于进度", "统计周期", "待修改", "变差", "有变化", "表格"):
        assert word in known, word
        assert word in said, word
    outcomes = {message.id: message.string for message in update.read()}
    assert [
        outcomes[one] for one in ("accepted", "there already", "to correct", "no data rows")
    ] == [
        "接受",
        "已有",
        "待修改",
        "非数据行",
    ]


def test_one_of_a_thing_is_not_many() -> None:
    single = [message.id for message in update.read() if isinstance(message.id, str)]
    assert [text for text in single if COUNTED.search(text) and text not in ALWAYS_MANY] == []
