"""One district's settings: `district.toml` and the sources in its home folder, and entries.

The program reads these files and never writes `district.toml`; what is set on pages is entries,
which win over it. A file that cannot be read is refused with its name, the place in it and what is
expected there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingti import catalog, entries
from lingti.catalog import DISTRICT as DISTRICT_ID
from lingti.district import entered, sources
from lingti.district import settings as setting
from lingti.district.model import (
    BEGINNING,
    NOTHING,
    Ask,
    ColumnMap,
    Community,
    District,
    Expectation,
    Feed,
    Handed,
    Holiday,
    Population,
    Rule,
    Source,
    Target,
)
from lingti.district.names import refuse_unknown
from lingti.district.settings import Key, Setting
from lingti.district.sources import REPLACES, learned_source, source
from lingti.district.toml_reader import Reader, SettingsError, located, read_toml
from lingti.frozen import Frozen
from lingti.home import refuse_newer
from lingti.language import Text
from lingti.language import gettext as _

__all__ = [
    "BEGINNING",
    "DISTRICT_ID",
    "DOCUMENT_FIELDS",
    "EVERY",
    "REPLACES",
    "Ask",
    "ColumnMap",
    "Community",
    "District",
    "Expectation",
    "Feed",
    "Handed",
    "Holiday",
    "Population",
    "Rule",
    "Source",
    "Target",
    "learned_source",
    "load",
    "of_settings",
    "source",
]

# How often something is sent; the months that one return speaks for.
EVERY = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
# What documents say of a place: to whom they go, its full name, who signs, the words at the end.
DOCUMENT_FIELDS = ("addressee", "full_name", "signed_by", "closing")


def load(home: Path) -> District:
    """Reads a home's settings. Raises SettingsError where a file is missing or wrong, CatalogError
    for a wrong SQL file of its own, and HomeError for a home of a newer program.
    """
    if not setting.are_there(home):
        raise SettingsError(
            _(
                "{home} is no home folder: it has no district.toml and nothing was set up. Run "
                "`lingti init`, or `lingti demo` for the sample."
            ).format(home=home)
        )
    refuse_newer(home)
    path = home / setting.FILE
    status = path.stat() if path.exists() else None
    stamp = (status.st_mtime_ns, status.st_size) if status else (0, 0)
    district = _of_home(home, stamp, entries.version(home))
    tables = catalog.of(home)
    if status is not None:
        _refuse_unknown(path, stamp, tables)
    known = _known({community.id for community in district.communities})
    return replace(district, sources=sources.all_of(home, known, tables), catalog=tables)


@lru_cache(maxsize=8)
def _refuse_unknown(path: Path, _stamp: tuple[int, int], known: catalog.Catalog) -> None:
    """Looked at again once the file or the catalogue changed."""
    try:
        refuse_unknown(Reader(path.name, read_toml(path)), known)
    except SettingsError as error:
        raise located(error, path) from None


@lru_cache(maxsize=4)
def _of_home(home: Path, _stamp: tuple[int, int], _entered: tuple[int, int]) -> District:
    """What settings say; read again once they changed."""
    try:
        return of_settings(home, setting.of(home))
    except SettingsError as error:
        path = home / setting.FILE
        raise located(error, path) if path.exists() else error from None


def of_settings(home: Path, settings: Mapping[Key, Setting]) -> District:
    """The district that settings describe, without its sources. Raises SettingsError."""
    is_written = (home / setting.FILE).exists()
    own = {key: one.value for (kind, key), one in settings.items() if kind == setting.DISTRICT}
    fields = Reader(setting.FILE if is_written else _("settings"), own)
    populations = _populations(settings)
    starts_on = fields.day("starts_on") if is_written else fields.day("starts_on", BEGINNING)
    communities = tuple(
        _community(Reader(one.where, {**one.value, "id": key}), populations.get(key, ()), starts_on)
        for key, one in _of_kind(settings, setting.COMMUNITY)
    )
    if is_written and not communities:
        fields.fail("community", _("at least one [[community]] is needed"))
    known = _known({community.id for community in communities})
    return District(
        home=home,
        name=fields.text("name", None if is_written else NOTHING),
        programme=fields.text("programme", NOTHING),
        note=fields.text("note", NOTHING),
        starts_on=starts_on,
        reporting_day=fields.whole("reporting_day", 5),
        communities=communities,
        expected=tuple(_while_there(_expectations(settings, known), communities)),
        targets=tuple(_targets(home, known)),
        declined=frozenset(_declined(settings)),
        rules=tuple(_rules(settings, known)),
        sources=Frozen(),
        ordinary=tuple(_ordinary(home)),
        monthly_set=fields.flag("monthly_set"),
        monthly_set_waits=fields.flag("monthly_set_waits"),
        subdistrict_accepts=fields.flag("subdistrict_accepts"),
        stands_at=fields.day_or_none("today"),
        common=fields.strings("common"),
        documents=_documents(fields),
        emblem=fields.string("emblem", ""),
        asks=tuple(entered.asks(settings, known)),
        handed=tuple(
            sorted(entered.handed(settings, known), key=lambda handed: (handed.due, handed.table))
        ),
        holidays=tuple(entered.holidays(settings)),
        united=Frozen(entered.united(settings)),
    )


def _documents(part: Reader) -> Mapping[str, Text]:
    """What documents say of the place of a block."""
    return Frozen({name: part.text(name) for name in DOCUMENT_FIELDS if name in part.table})


def _known(communities: Set[str]) -> frozenset[str]:
    """The ids that settings may name."""
    return frozenset(communities | {DISTRICT_ID})


def _of_kind(settings: Mapping[Key, Setting], kind: str) -> list[tuple[str, Setting]]:
    return [(key, one) for (its_kind, key), one in settings.items() if its_kind == kind]


def _community(part: Reader, populations: tuple[Population, ...], starts_on: date) -> Community:
    community_id = part.string("id")
    if community_id == DISTRICT_ID or not community_id.isidentifier():
        part.fail("id", _("use letters, digits and _, and not {id!r}").format(id=DISTRICT_ID))
    name = part.text("name")
    newest = populations[-1] if populations else None
    return Community(
        id=community_id,
        name=name,
        short=part.text("short", name),
        topic=part.text("topic", NOTHING),
        runs=part.text("runs", NOTHING),
        since=part.day("since")
        if part.where.startswith(setting.FILE)
        else part.day("since", starts_on),
        residents=newest.residents if newest else None,
        households=newest.households if newest else None,
        population_as_of=newest.from_day if newest else None,
        population_source=newest.source if newest else NOTHING,
        subdistrict=part.text("subdistrict", NOTHING),
        estates=part.strings("estates"),
        headlines=part.strings("headlines"),
        populations=populations,
        until=part.day_or_none("until"),
        into=part.string("into", ""),
        formerly=part.strings("formerly"),
        documents=_documents(part),
    )


def _populations(settings: Mapping[Key, Setting]) -> dict[str, tuple[Population, ...]]:
    """Those of each community in order of time."""
    read: dict[str, list[Population]] = {}
    for key, entry in sorted(_of_kind(settings, setting.POPULATION)):
        community, _slash, from_day = key.partition("/")
        part = Reader(entry.where, dict(entry.value))
        read.setdefault(community, []).append(
            Population(
                _first_day(part, from_day),
                part.whole_or_none("residents"),
                part.whole_or_none("households"),
                part.text("source", NOTHING),
            )
        )
    return {community: tuple(all_of_it) for community, all_of_it in read.items()}


def _expectations(settings: Mapping[Key, Setting], known: Set[str]) -> list[Expectation]:
    """Those of a block, or an entry, together; entries of a community taken out are left out.

    From its first day on one takes the place of those before it: nothing is expected twice.
    """
    read: dict[tuple[Any, ...], list[str]] = {}
    first_days: dict[tuple[str, ...], list[date]] = {}
    for key, _one in _of_kind(settings, setting.EXPECTED):
        community, table, from_day, *name = key.split("/", 3)
        if isinstance(day := setting.day_of(from_day), date):
            first_days.setdefault((community, table, *name), []).append(day)
    for key, block in _of_kind(settings, setting.EXPECTED):
        community, table, from_day, *name = key.split("/", 3)
        part = Reader(block.where, {**block.value, "community": community})
        if block.is_entered and community not in known:
            continue
        first, last = _first_day(part, from_day), part.day_or_none("to")
        later = [day for day in first_days[community, table, *name] if day > first]
        if later:
            last = min(last or date.max, min(later) - timedelta(days=1))
        terms = (
            part.one_of("community", known),
            first,
            last,
            name[0] if name else "",
            EVERY[part.one_of("every", tuple(EVERY), "month")],
            block.where,
        )
        read.setdefault(terms, []).append(table)
    return [
        Expectation(community, tuple(tables), *rest)
        for (community, *rest, _where), tables in read.items()
    ]


def _while_there(
    expectations: Iterable[Expectation], communities: Iterable[Community]
) -> Iterator[Expectation]:
    """Expectations up to the last day that a community belongs to the district."""
    left = {community.id: community.until for community in communities if community.until}
    for expectation in expectations:
        until = left.get(expectation.community)
        if until is None:
            yield expectation
        elif expectation.from_day <= until:
            yield replace(expectation, to_day=min(until, expectation.to_day or until))


def _declined(settings: Mapping[Key, Setting]) -> Iterator[tuple[str, str, str]]:
    for key, _one in _of_kind(settings, setting.DECLINED):
        community, table, *part = key.split("/", 2)
        yield community, table, part[0] if part else ""


def _first_day(part: Reader, text: str) -> date:
    return Reader(part.where, {"from": setting.day_of(text)}).day("from")


def _ordinary(home: Path) -> Iterator[tuple[str, str]]:
    """Dimension and member of which few tell of nobody, as `district.toml` says."""
    path = home / setting.FILE
    if path.exists():
        for part in Reader(path.name, read_toml(path)).parts("ordinary"):
            dimension = part.string("dimension")
            yield from ((dimension, member) for member in part.strings("members"))


def _targets(home: Path, known: Set[str]) -> list[Target]:
    """Those of `district.toml`; entries change them, see `journal`."""
    if not (home / setting.FILE).exists():
        return []
    written = Reader(setting.FILE, read_toml(home / setting.FILE))
    return [
        Target(
            community=part.one_of("community", known),
            metric=part.string("metric"),
            period=part.string("period"),
            value=part.number("value"),
        )
        for part in written.parts("target")
    ]


def _rules(settings: Mapping[Key, Setting], known: Set[str]) -> list[Rule]:
    read = []
    for key, entry in _of_kind(settings, setting.RULE):
        check, _slash, community = key.rpartition("/")
        part = Reader(entry.where, {"community": community, "value": entry.value})
        read.append(Rule(check, part.one_of("community", known), part.number("value")))
    return read
