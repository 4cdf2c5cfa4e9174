"""The settings of a home as kind and key → value: what `district.toml` says, and entries over it.

| kind | key | value |
|---|---|---|
| district | a field: name, programme, starts_on, reporting_day, common, … | what TOML would hold |
| community | its id | name, short, topic, runs, since, until, subdistrict, estates, headlines |
| population | `ID/2024-12-31`, the first day it holds | residents, households, source |
| expected | `ID/TABLE/2024-03-01[/PART]`, the first day expected | every, to |
| declined | `ID/TABLE[/PART]`: what comes now and then is not expected | true |
| rule | `CHECK/ID` | value |
| ask | `PLACE/2026-07-01/TEXT`, the first day it stands in documents | owner, due |
| handed | `TABLE/2026-04-01/2026-04-30`, the days it asks for | due, communities |
| holiday | `2027-05-01`, its first day | name, to |
| united | `TABLE/COLUMN/WRITTEN` | means: the member that it counts as |

An entry's kind is `setting/` and the kind here. A field of a community that an entry does not name
stays as it was, one that it names without a value is taken out; an entry without a value takes the
setting out, also one of `district.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.district.toml_reader import Reader, read_toml
from lingti.language import gettext as _

FILE = "district.toml"
PREFIX = "setting/"
DISTRICT, COMMUNITY, POPULATION, EXPECTED, DECLINED, RULE, ASK, HANDED, HOLIDAY, UNITED = KINDS = (
    *("district", "community", "population", "expected", "declined", "rule"),
    *("ask", "handed", "holiday", "united"),
)
BEGUN = "begun"  # the field that says that a district is being set up here, and since when
_BLOCKS = ("community", "population", "expected", "target", "rule", "ordinary")
_OF_POPULATION = {
    "residents": "residents",
    "households": "households",
    "population_source": "source",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = ("since", "until", "starts_on", "today", "from", "to", "due", BEGUN)

Key = tuple[str, str]


@dataclass(frozen=True)
class Setting:
    """A setting as it holds now: its value, where it stands, and who entered it and when."""

    value: Any
    where: str = FILE
    by: str = ""
    at: str = ""

    @property
    def is_entered(self) -> bool:
        """Whether it was entered on a page or by a workbook, not written in `district.toml`."""
        return bool(self.at)


def are_there(home: Path) -> bool:
    """Whether the home is that of a district, were it one without any community yet."""
    return (home / FILE).exists() or bool(entries.history(home, PREFIX + DISTRICT))


def written(home: Path) -> dict[Key, Setting]:
    """What `district.toml` says; nothing where there is none. Raises SettingsError."""
    path = home / FILE
    if not path.exists():
        return {}
    settings = Reader(FILE, read_toml(path))
    setting_of = {
        (DISTRICT, name): Setting(value)
        for name, value in settings.table.items()
        if name not in _BLOCKS
    }
    for kind in (COMMUNITY, POPULATION, EXPECTED, RULE):
        for part in settings.parts(kind):
            for key, value in _OF_BLOCK[kind](part):
                if key in setting_of and kind == COMMUNITY:
                    settings.fail(kind, _("the id {id!r} is given twice").format(id=key[1]))
                where = part.where if key[0] == kind else f"{FILE}: {key[0]} {key[1]}"
                setting_of[key] = Setting(value, where)
    return setting_of


def of(home: Path) -> dict[Key, Setting]:
    """Every setting that holds now. Raises SettingsError."""
    settings = written(home)
    for kind in KINDS:
        for entry in entries.history(home, PREFIX + kind):
            _enter(settings, kind, entry)
    return settings


def before(home: Path, changed: entries.Entry) -> Setting | None:
    """What one of these settings was before an entry changed it. Raises SettingsError."""
    kind = changed.kind.removeprefix(PREFIX)
    settings = written(home)
    for entry in entries.history(home, changed.kind):
        if entry == changed:
            break
        _enter(settings, kind, entry)
    return settings.get((kind, changed.key))


def _enter(settings: dict[Key, Setting], kind: str, entry: entries.Entry) -> None:
    key = (kind, entry.key)
    before = settings.get(key)
    if entry.value is None:
        settings.pop(key, None)
        return
    value = entry.value
    if kind == COMMUNITY:
        merged = {**(before.value if before is not None else {}), **value}
        value = {name: one for name, one in merged.items() if one is not None}
    settings[key] = Setting(with_days(value, entry.key), f"{kind} {entry.key}", entry.by, entry.at)


def day_of(text: str) -> Any:
    """A day that a key or an entry names; the text itself where it is none."""
    return date.fromisoformat(text) if _DAY.fullmatch(text) else text


def with_days(value: Any, name: str) -> Any:
    """An entry's value with days in the place of their text, as TOML has them."""
    if isinstance(value, Mapping):
        return {key: with_days(part, key) for key, part in value.items()}
    return day_of(value) if name in _DAYS and isinstance(value, str) else value


def _of_community(part: Reader) -> Iterator[tuple[Key, Any]]:
    """A block of a community holds the first of its populations."""
    community = part.string("id")
    about = {**dict.fromkeys(_OF_POPULATION), "population_as_of": None, "id": None}
    yield (
        (COMMUNITY, community),
        {key: value for key, value in part.table.items() if key not in about},
    )
    if any(name in part.table for name in _OF_POPULATION):
        as_of = part.day("population_as_of")
        part.whole_or_none("residents")  # so that the message names the block
        part.whole_or_none("households")
        counts = {
            ours: part.table[name] for name, ours in _OF_POPULATION.items() if name in part.table
        }
        yield (POPULATION, f"{community}/{as_of}"), counts


def _of_population(part: Reader) -> Iterator[tuple[Key, Any]]:
    counts = {key: value for key, value in part.table.items() if key not in ("community", "from")}
    yield (POPULATION, f"{part.string('community')}/{part.day('from')}"), counts


def _of_expected(part: Reader) -> Iterator[tuple[Key, Any]]:
    named = {"community", "tables", "from", "part"}
    rest = {key: value for key, value in part.table.items() if key not in named}
    name = part.string("part", "")
    for table in part.strings("tables"):
        key = f"{part.string('community')}/{table}/{part.day('from')}"
        yield (EXPECTED, f"{key}/{name}" if name else key), rest


def _of_rule(part: Reader) -> Iterator[tuple[Key, Any]]:
    yield (RULE, f"{part.string('check')}/{part.string('community')}"), part.number("value")


_OF_BLOCK = {
    COMMUNITY: _of_community,
    POPULATION: _of_population,
    EXPECTED: _of_expected,
    RULE: _of_rule,
}
