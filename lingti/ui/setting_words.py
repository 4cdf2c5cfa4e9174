"""A change of a setting in words: when, by whom, of what, and what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lingti import entries
from lingti.catalog import packs
from lingti.district import District, settings
from lingti.judging import number_text
from lingti.judging.sentences import joined
from lingti.language import current
from lingti.language import gettext as _
from lingti.upkeep.settings_sheets import EVERY_WORDS, SHEETS, TWINS

MOST_LETTERS = 300
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OF_ONES_OWN = ("pack", "table", "metric")
SHEET_OF = {sheet.kind: sheet for sheet in SHEETS}


def change_words(entry: entries.Entry, titles: Mapping[str, str] | None = None) -> str:
    """When a change was made, by whom, and what it says, in a line.

    `titles` says what ids in it are called: of communities, tables and their columns as
    `TABLE/COLUMN`, metrics, checks.
    """
    titles = titles or {}
    value_words = _value_words(
        entry.value, entry.kind.removeprefix(settings.PREFIX), entry.key, titles
    )
    kind = entry.kind.removeprefix(settings.PREFIX)
    return f"{day_of(entry.at)} · {entry.by} · {named(kind, entry.key, titles)} → {value_words}"


def titles_of(known: District) -> dict[str, str]:
    """What the ids of a district's communities, and of its catalogue, are called."""
    catalog = known.catalog
    tables = catalog.tables.values()
    return {
        **{community.id: community.short.pick() for community in known.communities},
        **{table.name: table.title.pick() for table in tables},
        **{
            f"{table.name}/{column.name}": column.title.pick()
            for table in tables
            for column in table.columns
        },
        **{check.name: check.title.pick() for check in catalog.checks.values()},
        **{metric.name: metric.title.pick() for metric in catalog.metrics.values()},
        **{pack.id: pack.title.pick() for pack in packs.known().values()},
    }


def day_of(at: str) -> str:
    """The day of a moment in ISO 8601, in full."""
    return number_text.day(datetime.fromisoformat(at).astimezone().date())


def named(kind: str, key: str, titles: Mapping[str, str]) -> str:
    """Which setting it is: what its kind is called, and what the parts of its key are."""
    words = {
        settings.DISTRICT: _("The district"),
        settings.COMMUNITY: _("Community"),
        settings.POPULATION: _("Population"),
        settings.EXPECTED: SHEET_OF[settings.EXPECTED].title.pick(),
        settings.DECLINED: _("Not expected"),
        settings.RULE: _("Rule"),
        settings.ASK: _("Next steps"),
        settings.HANDED: _("Templates handed down"),
        settings.HOLIDAY: _("Holidays"),
        settings.UNITED: _("Categories that are one"),
        TWINS: _("Merchants' twins"),
        "target": _("Target"),
        "baseline": _("Baseline"),
        "ordinary": _("Ordinary range"),
        "pack": _("Ready-made topic"),
        "table": _("Table of one's own"),
        "metric": _("Metric"),
    }
    if kind == settings.DISTRICT:
        return f"{words[kind]} {field_title(key)}"
    parts = key.split("/")
    called = [titles.get(part, part) for part in parts]
    if kind == settings.UNITED:
        called[1:2] = [titles.get("/".join(parts[:2]), parts[1])]
    called = [_as_day(part) for part in called if part]
    return " ".join([words.get(kind, kind), " / ".join(called)])


def field_title(name: str) -> str:
    """What a field of the district is called."""
    return {
        "name": _("Name of the district"),
        "programme": _("What the programme is called"),
        "note": _("A note above every page"),
        "starts_on": _("First day"),
        "reporting_day": _("Reporting day"),
        "common": _("The four numbers of the home page"),
        "monthly_set": _("Monthly set of documents"),
        "monthly_set_waits": _("The monthly set waits until the month is final"),
        "subdistrict_accepts": _("The subdistrict accepts first"),
        "today": _("Today, as the home has it"),
        "emblem": _("Emblem"),
        **{
            column.field: column.title.pick()
            for column in SHEET_OF[settings.COMMUNITY].columns
            if not column.is_english
        },
    }.get(name, name)


def _value_words(value: Any, kind: str, key: str, known: Mapping[str, str]) -> str:
    """A value in words: a field's title before what it says."""
    if value is None:
        return number_text.NOTHING
    if key == "emblem":
        return _("a picture")
    if kind in _OF_ONES_OWN:
        return _of_ones_own(kind, value)
    if not isinstance(value, Mapping):
        words = _in_a_cell(value, known)
    else:
        sheet = SHEET_OF.get(kind)
        columns = () if sheet is None else sheet.columns
        titles = {column.field: column.title.pick() for column in columns if not column.is_english}
        parts = [
            f"{titles.get(name) or field_title(name)} {_in_a_cell(part, known)}"
            for name, part in value.items()
        ]
        words = " · ".join(parts) or _("yes")
    return words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]} …"


def _of_ones_own(kind: str, value: Any) -> str:
    """What a pack, a table or a metric of one's own has become."""
    words = {"taken": _("taken"), "archived": _("archived")}
    if kind == "pack":
        return words.get(value, str(value))
    if value.get("archived"):
        return words["archived"]
    version = value.get("version", 1)
    if version == 1:
        return str(value["title"])
    return _("{title}, version {version}").format(title=value["title"], version=version)


def _in_a_cell(value: Any, known: Mapping[str, str]) -> str:
    if value is None:
        return number_text.NOTHING
    if isinstance(value, Mapping):
        return str(value.get("zh", ""))
    if isinstance(value, list | tuple):
        return joined([known.get(str(one), str(one)) for one in value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = EVERY_WORDS.get(str(value), str(value)) if current() == "zh" else str(value)
    return known.get(text, _as_day(text))


def _as_day(text: str) -> str:
    """A day as people write it; anything else as it is."""
    return number_text.day(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
