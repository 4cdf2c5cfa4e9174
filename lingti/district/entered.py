"""What is set on pages alone: asks, templates handed down, holidays, what counts as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from lingti.catalog import DISTRICT
from lingti.district import settings as setting
from lingti.district.model import Ask, Handed, Holiday
from lingti.district.settings import Key, Setting
from lingti.district.toml_reader import Reader
from lingti.language import gettext as _


def asks(settings: Mapping[Key, Setting], known: Set[str]) -> Iterator[Ask]:
    """What places ask for, by place and day; of those there are. Raises SettingsError."""
    for key, part in _of_kind(settings, setting.ASK):
        place, from_day, text = key.split("/", 2)
        if place in known or place == DISTRICT:
            yield Ask(
                place,
                Reader(part.where, {"from": setting.day_of(from_day)}).day("from"),
                text,
                part.string("owner", ""),
                part.day_or_none("due"),
            )


def handed(settings: Mapping[Key, Setting], known: Set[str]) -> Iterator[Handed]:
    """Templates that were handed down, to the communities there are. Raises SettingsError."""
    for key, part in _of_kind(settings, setting.HANDED):
        table, *days = key.split("/")
        first, last = (
            Reader(part.where, {"from": setting.day_of(one)}).day("from")
            for one in (days[0], days[-1])
        )
        places = tuple(string for string in part.strings("communities") if string in known)
        yield Handed(table, first, last, part.day("due"), places)


def holidays(settings: Mapping[Key, Setting]) -> Iterator[Holiday]:
    """The district's own holidays in order of time. Raises SettingsError."""
    for key, part in _of_kind(settings, setting.HOLIDAY):
        first = Reader(part.where, {"from": setting.day_of(key)}).day("from")
        last = part.day("to", first)
        if last < first:
            part.fail("to", _("it ends before it begins"))
        yield Holiday(first, last, part.string("name"))


def united(settings: Mapping[Key, Setting]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """(table, column, member as written) → the member that it counts as. Raises SettingsError."""
    means = {key: part.string("means") for key, part in _of_kind(settings, setting.UNITED)}
    for key, meant in means.items():
        table, column, written = key.split("/", 2)
        seen = {written}
        while (further := means.get(f"{table}/{column}/{meant}")) and meant not in seen:
            seen.add(meant)
            meant = further
        if meant != written:
            yield (table, column, written), meant


def _of_kind(settings: Mapping[Key, Setting], kind: str) -> list[tuple[str, Reader]]:
    return sorted(
        (
            (key, Reader(one.where, dict(one.value)))
            for (its_kind, key), one in settings.items()
            if its_kind == kind
        ),
        key=lambda one: one[0],
    )
