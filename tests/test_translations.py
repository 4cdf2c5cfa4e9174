"""The Chinese catalogue: whole, in step with the code, and compiled as it is written."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from test_structure import sources

from lingti import catalog, language
from lingti.locale import update


def test_every_message_has_its_chinese_and_none_is_stale() -> None:
    in_code = {str(message.id) for message in update.template() if message.id}
    in_catalogue = {str(message.id) for message in update.read() if message.id}
    assert in_code == in_catalogue, "run `make translations`"
    assert update.untranslated(update.read()) == []


def test_the_catalogue_is_compiled_as_it_is_written() -> None:
    assert update.MO.read_bytes() == update.as_mo(update.read()), "run `make translations`"
    assert update.PO.read_bytes() == update.as_po(update.update()), "run `make translations`"


def test_a_translation_fills_in_the_same_fields() -> None:
    for message in update.read():
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else message.id
        texts = [message.string] if isinstance(message.string, str) else message.string
        for text in texts:
            assert fields(text) == fields(ids[-1]), text


def fields(text: str) -> set[str | None]:
    return {field for _text, field, _spec, _conversion in string.Formatter().parse(text)} - {None}


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_no_message_hides_in_an_f_string(path: Path) -> None:
    """The extraction does not look into f-strings, so such a message would never get Chinese."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name):
                    assert inner.func.id not in ("_", "ngettext"), ast.unparse(inner)


def test_every_title_in_the_sql_files_is_in_both_languages() -> None:
    texts = [
        text
        for known in (catalog.metrics(), catalog.checks())
        for one in known.values()
        for text in (one.title, one.definition)
    ] + [metric.unit for metric in catalog.metrics().values()]
    texts += [text for table in catalog.tables().values() for text in (table.title, table.grain)]
    assert [text for text in texts if not text.zh or not text.en] == []


def test_plurals_follow_the_language() -> None:
    try:
        language.use("en")
        one, many = "{number} month incomplete", "{number} months incomplete"
        assert language.ngettext(one, many, 2) == many
        language.use("zh")
        assert language.ngettext(one, many, 2) == "{number}个月不全"
    finally:
        language.use("zh")
