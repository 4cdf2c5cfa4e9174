"""What a workbook of settings would change, why that is refused, and its entry: all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lingti import district, entries
from lingti.district import District, settings
from lingti.district.settings import Key, Setting
from lingti.district.toml_reader import SettingsError
from lingti.ingest.keeping import batches
from lingti.language import gettext as _
from lingti.upkeep import own_sheets
from lingti.upkeep import settings_sheets as sheets
from lingti.upkeep.settings_book import ALL, Book, Problem, read, write


@dataclass(frozen=True)
class Change:
    """A setting that the workbook changes; None: there was, or is to be, none."""

    kind: str
    key: str
    before: Any
    after: Any


def compare(home: Path, data: bytes) -> tuple[list[Change], list[Problem]]:
    """What a workbook would change, and what is wrong in it; with anything wrong nothing is."""
    known = district.load(home)
    now = read(write(home), known).settings
    book = read(data, known)
    changed = [
        Change(kind, key, now.get((kind, key)), book.settings.get((kind, key)))
        for kind, key in dict.fromkeys([*now, *book.settings])
        if now.get((kind, key)) != book.settings.get((kind, key)) and kind in book.kinds
    ]
    if not book.problems:
        book.problems += _refused(home, known, book, changed)
    return changed, book.problems


def _refused(home: Path, known: District, book: Book, changed: list[Change]) -> Iterator[Problem]:
    """What the settings would be refused for, were they so."""
    with_batches = {manifest.community for manifest in batches.manifests(home)}
    for change in changed:
        if (
            change.kind == settings.COMMUNITY
            and change.after is None
            and change.key in with_batches
        ):
            sentence = _("{name} has data and cannot be taken out; say when it left.")
            yield Problem(_sheet_of(change.kind), "", sentence.format(name=change.key))
    would = settings.of(home)
    for change in changed:
        key = (change.kind, change.key)
        if change.kind in (sheets.TARGET, sheets.TWINS, *own_sheets.KINDS):
            continue
        if change.after is None:
            would.pop(key, None)
        else:
            would[key] = Setting(
                settings.with_days(change.after, change.key), _where(book, key), at="now"
            )
    yield from _called_alike(book, would, changed)
    if any(change.kind in own_sheets.KINDS for change in changed):
        touched = {(change.kind, change.key) for change in changed}
        for key, sentence in own_sheets.refused(home, _own_rows(home, changed), touched):
            place = _where(book, key) if key in book.places else _sheet_of(key[0])
            sheet, _mark, row = place.partition("!")
            yield Problem(sheet, row, sentence)
    try:
        district.of_settings(home, would)
    except SettingsError as error:
        place, _colon, sentence = str(error).partition(": ")
        sheet, _mark, row = place.rpartition("!")
        yield Problem(sheet, row, sentence or str(error))


def _called_alike(
    book: Book, would: Mapping[Key, Setting], changed: list[Change]
) -> Iterator[Problem]:
    """Communities that the workbook gives the name of another: sheets could be either's."""
    names: dict[str, set[str]] = {}
    for (kind, community), held in would.items():
        if kind == settings.COMMUNITY:
            for name in (held.value.get("name"), held.value.get("short")):
                zh = name.get("zh") if isinstance(name, Mapping) else name
                names.setdefault(zh or community, set()).add(community)
    for change in changed:
        alike = [name for name, of in names.items() if change.key in of and len(of) > 1]
        if change.kind == settings.COMMUNITY and change.after is not None and alike:
            sentence = _("another community is called {name} already").format(name=alike[0])
            sheet, _mark, row = _where(book, (change.kind, change.key)).partition("!")
            yield Problem(sheet, row, sentence)


def _sheet_of(kind: str) -> str:
    return next(sheet.title.zh for sheet in ALL if sheet.kind == kind)


def _where(book: Book, key: Key) -> str:
    sheet, row = book.places[key]
    return f"{sheet}!A{row}"


def _own_rows(home: Path, changed: list[Change]) -> own_sheets.Flat:
    """What rows of topics of one's own say after the changes."""
    rows = own_sheets.current(home)
    for change in changed:
        if change.kind in own_sheets.KINDS:
            rows[change.kind, change.key] = change.after
    return {key: value for key, value in rows.items() if value is not None}


def take(home: Path, changed: list[Change], by: str) -> None:
    """Enters what a workbook changes."""
    if any(change.kind in own_sheets.KINDS for change in changed):
        own_sheets.take(home, _own_rows(home, changed), by)
    for change in changed:
        if change.kind in own_sheets.KINDS:
            continue
        own = change.kind in (sheets.TARGET, sheets.TWINS)
        kind = change.kind if own else settings.PREFIX + change.kind
        value = change.after
        if own and value is not None:
            (value,) = value.values()
        if change.kind == settings.COMMUNITY and value is not None:
            value = {**dict.fromkeys(change.before or ()), **value}  # cells made empty
        entries.add(home, kind, change.key, value, by)
