"""The Chinese catalogue: whole, in step with the code, and compiled as it is written."""

from __future__ import annotations

import string

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
        texts = [message.string] if isinstance(message.string, str) else message.string or ()
        for text in (text for text in texts if text):
            assert fields(text) == fields(ids[-1]), text


def fields(text: str) -> set[str | None]:
    return {field for _text, field, _spec, _conversion in string.Formatter().parse(text)} - {None}


def test_messages_are_found_wherever_they_stand() -> None:
    code = """
first = _("plain")
second = f"<b>{escape(_('inside an f-string'))}</b>"
third = _("one " "after another").format(number=_(variable))
fourth = ngettext("{number} row", "{number} rows", number)
page = ui.page(N_("title"), N_("question"))
"""
    assert set(update.messages(code)) == {
        "plain",
        "inside an f-string",
        "one after another",
        ("{number} row", "{number} rows"),
        "title",
        "question",
    }


def test_every_title_in_the_sql_files_is_in_both_languages() -> None:
    texts = [
        text
        for known in (catalog.program().metrics, catalog.program().checks)
        for one in known.values()
        for text in (one.title, one.definition)
    ] + [metric.unit for metric in catalog.program().metrics.values()]
    texts += [
        text for table in catalog.program().tables.values() for text in (table.title, table.grain)
    ]
    assert [text for text in texts if not text.zh or not text.en] == []


def test_plurals_follow_the_language() -> None:
    one, many = "{number} month incomplete", "{number} months incomplete"
    assert language.ngettext(one, many, 2) == "{number}个月报送不全"
    language.use("en")
    assert language.ngettext(one, many, 2) == many
