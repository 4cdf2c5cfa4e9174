"""One district's settings: `district.toml` and the sources in its home folder.

The program reads these files and never writes `district.toml`. A file that cannot be read is
refused with its name, the place in it and what is expected there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from lingti import catalog, clock, entries
from lingti.catalog import Catalog
from lingti.district.toml_reader import Reader, SettingsError, read_toml
from lingti.frozen import Frozen
from lingti.home import refuse_newer
from lingti.language import Text
from lingti.language import gettext as _
from lingti.memo_cache import keyed

DISTRICT_ID = "district"
REPLACES = ("days", "all", "key")
# How often something is sent; the months that one return speaks for.
EVERY = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


@dataclass(frozen=True)
class Community:
    """A community of the district with its topic (领题)."""

    id: str
    name: Text
    short: Text
    topic: Text
    runs: Text
    since: date
    residents: int
    households: int
    population_as_of: date
    population_source: Text
    subdistrict: Text
    estates: tuple[str, ...]
    headlines: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """Tables expected from a community from a day on, and for how many months at once."""

    community: str
    tables: tuple[str, ...]
    from_day: date
    to_day: date | None
    part: str
    months: int = 1


@dataclass(frozen=True)
class Target:
    """What a community, or the district, set itself for a metric and period."""

    community: str
    metric: str
    period: str
    value: float


@dataclass(frozen=True)
class Rule:
    """A value that a check reads, for the communities it applies to."""

    check: str
    community: str
    value: float


@dataclass(frozen=True)
class ColumnMap:
    """How one column of ours is fed: from columns of the export, or by a constant."""

    columns: tuple[str, ...] = ()
    constant: str | None = None
    values: Mapping[str, str] = Frozen()
    unit: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Feed:
    """What one canonical table takes from an export."""

    table: str
    columns: Mapping[str, ColumnMap]
    sheet: str | None = None
    when: Mapping[str, tuple[str, ...]] = Frozen()
    unless: Mapping[str, tuple[str, ...]] = Frozen()

    @property
    def needs(self) -> frozenset[str]:
        """The columns an export must have for this feed."""
        named = {name for column in self.columns.values() for name in column.columns}
        return frozenset(named | set(self.when) | set(self.unless))


@dataclass(frozen=True)
class Source:
    """One kind of export of one community, and how its columns map to ours."""

    id: str
    community: str
    title: Text
    replaces: str
    part: str
    key: str | None
    feeds: tuple[Feed, ...]
    catalog: Catalog = field(default_factory=catalog.program, repr=False, compare=False)

    @property
    def tables(self) -> tuple[str, ...]:
        """The canonical tables it feeds, each once, in the order of its feeds."""
        return tuple(dict.fromkeys(feed.table for feed in self.feeds))


@keyed
@dataclass(frozen=True)
class District:
    """A district as its home folder describes it, with the catalogue of its tables and metrics."""

    home: Path
    name: Text
    programme: Text
    note: Text
    starts_on: date
    reporting_day: int
    communities: tuple[Community, ...]
    expected: tuple[Expectation, ...]
    targets: tuple[Target, ...]
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]
    monthly_set: bool = False
    stands_at: date | None = None
    catalog: Catalog = field(default_factory=catalog.program, repr=False)

    @property
    def today(self) -> date:
        """The day it is; a sample stands still. Raises ClockError."""
        return clock.today(self.stands_at)

    def community(self, community_id: str) -> Community:
        """The community of that id. Raises SettingsError that names those there are."""
        for community in self.communities:
            if community.id == community_id:
                return community
        raise SettingsError(
            _("There is no community {given!r}. Known: {known}.").format(
                given=community_id, known=", ".join(one.id for one in self.communities)
            )
        )

    @cached_property
    def cache_key(self) -> str:
        """Stands in the keys of `memo_cache` for all it says: thousands of communities."""
        told = f"{self.catalog.fingerprint} {self!r}"
        return hashlib.sha256(told.encode()).hexdigest()

    def source(self, source_id: str) -> Source:
        """The source of that id. Raises SettingsError that names those there are."""
        if source_id in self.sources:
            return self.sources[source_id]
        raise SettingsError(
            _("There is no source {given!r}. Known: {known}.").format(
                given=source_id, known=", ".join(self.sources)
            )
        )


def load(home: Path) -> District:
    """Reads a home's settings. Raises SettingsError where a file is missing or wrong, CatalogError
    for a wrong SQL file of its own, and HomeError for a home of a newer program.
    """
    path = home / "district.toml"
    if not path.exists():
        raise SettingsError(
            _("{home} is no home folder: it has no district.toml. Run `lingti demo` first.").format(
                home=home
            )
        )
    refuse_newer(home)
    status = path.stat()
    written = _written(path, status.st_mtime_ns, status.st_size)
    tables = catalog.of(home)
    sources = _sources(home, _known(written.communities), tables)
    return replace(written, sources=sources, catalog=tables)


@lru_cache(maxsize=4)
def _written(path: Path, _changed_ns: int, _bytes: int) -> District:
    """What `district.toml` says; read again once it changed."""
    settings = Reader(path.name, read_toml(path))
    communities = tuple(_community(part) for part in settings.parts("community"))
    if not communities:
        settings.fail("community", _("at least one [[community]] is needed"))
    _refuse_twins(settings, [community.id for community in communities])
    known = _known(communities)
    return District(
        home=path.parent,
        name=settings.text("name"),
        programme=settings.text("programme", Text("", "")),
        note=settings.text("note", Text("", "")),
        starts_on=settings.day("starts_on"),
        reporting_day=settings.whole("reporting_day", 5),
        communities=communities,
        expected=tuple(_expectation(part, known) for part in settings.parts("expected")),
        targets=tuple(_target(part, known) for part in settings.parts("target")),
        rules=tuple(_rule(part, known) for part in settings.parts("rule")),
        sources=Frozen(),
        monthly_set=settings.flag("monthly_set"),
        stands_at=settings.day_or_none("today"),
    )


def _known(communities: Iterable[Community]) -> frozenset[str]:
    """The ids that settings may name."""
    return frozenset({one.id for one in communities} | {DISTRICT_ID})


def _community(part: Reader) -> Community:
    community_id = part.string("id")
    if community_id == DISTRICT_ID or not community_id.isidentifier():
        part.fail("id", _("use letters, digits and _, and not {id!r}").format(id=DISTRICT_ID))
    name = part.text("name")
    return Community(
        id=community_id,
        name=name,
        short=part.text("short", name),
        topic=part.text("topic", Text("", "")),
        runs=part.text("runs", Text("", "")),
        since=part.day("since"),
        residents=part.whole("residents"),
        households=part.whole("households"),
        population_as_of=part.day("population_as_of"),
        population_source=part.text("population_source", Text("", "")),
        subdistrict=part.text("subdistrict", Text("", "")),
        estates=part.strings("estates"),
        headlines=part.strings("headlines"),
    )


def _expectation(part: Reader, known: Set[str]) -> Expectation:
    return Expectation(
        community=part.one_of("community", known),
        tables=part.strings("tables"),
        from_day=part.day("from"),
        to_day=part.day_or_none("to"),
        part=part.string("part", ""),
        months=EVERY[part.one_of("every", tuple(EVERY), "month")],
    )


def _target(part: Reader, known: Set[str]) -> Target:
    return Target(
        community=part.one_of("community", known),
        metric=part.string("metric"),
        period=part.string("period"),
        value=part.number("value"),
    )


def _rule(part: Reader, known: Set[str]) -> Rule:
    return Rule(
        check=part.string("check"),
        community=part.one_of("community", known),
        value=part.number("value"),
    )


def _sources(home: Path, known: Set[str], tables: Catalog) -> Mapping[str, Source]:
    """The operator's sources, and those learned on the import page, which are entries."""
    learned = {
        source_id: learned_source(source_id, value, known, tables)
        for source_id, value in sorted(entries.current(home, "source").items())
    }
    written = {
        path.stem: source(path, known, tables) for path in sorted((home / "sources").glob("*.toml"))
    }
    return Frozen(learned | written)


def source(path: Path, known: Set[str], tables: Catalog) -> Source:
    """Reads one source. `known` are the ids of communities. Raises SettingsError."""
    status = path.stat()
    return _source_of(path, status.st_mtime_ns, status.st_size, frozenset(known), tables)


@lru_cache(maxsize=4096)
def _source_of(
    path: Path, _changed_ns: int, _bytes: int, known: frozenset[str], tables: Catalog
) -> Source:
    """Read again once it changed: an import reads the settings of a district several times."""
    return _source(path.stem, Reader(f"sources/{path.name}", read_toml(path)), known, tables)


def learned_source(
    source_id: str, value: dict[str, Any], known: Set[str], tables: Catalog
) -> Source:
    """A source from an entry, whose value is what its TOML would hold. Raises SettingsError."""
    return _source(source_id, Reader(f"source {source_id}", value), known, tables)


def _source(source_id: str, settings: Reader, known: Set[str], tables: Catalog) -> Source:
    replaces = settings.one_of("replaces", REPLACES)
    feeds = tuple(_feed(part) for part in settings.parts("feed"))
    if not feeds:
        settings.fail("feed", _("at least one [[feed]] is needed"))
    if replaces == "key" and "key" not in settings.table:
        settings.fail("key", _("name the column that holds the case number"))
    return Source(
        id=source_id,
        community=settings.one_of("community", _communities(frozenset(known))),
        title=settings.text("title"),
        replaces=replaces,
        part=settings.string("part", ""),
        key=settings.string("key") if replaces == "key" else None,
        feeds=feeds,
        catalog=tables,
    )


@lru_cache(maxsize=4)
def _communities(known: frozenset[str]) -> frozenset[str]:
    return known - {DISTRICT_ID}


def _feed(part: Reader) -> Feed:
    columns = part.table.get("columns")
    if not isinstance(columns, dict) or not columns:
        part.fail("columns", _("name the columns under [feed.columns]"))
        raise AssertionError("unreachable: fail raises")
    return Feed(
        table=part.string("table"),
        columns=Frozen({ours: _column_map(part, ours, theirs) for ours, theirs in columns.items()}),
        sheet=part.string("sheet", "") or None,
        when=_conditions(part, "when"),
        unless=_conditions(part, "unless"),
    )


def _conditions(part: Reader, key: str) -> Mapping[str, tuple[str, ...]]:
    found = part.table.get(key, {})
    return Frozen(
        {
            column: tuple(values) if isinstance(values, list) else (str(values),)
            for column, values in found.items()
        }
    )


def _column_map(part: Reader, ours: str, theirs: str | dict[str, Any]) -> ColumnMap:
    if isinstance(theirs, str):
        return ColumnMap(columns=(theirs,))
    unknown = set(theirs) - {"column", "columns", "constant", "values", "unit", "sign"}
    if unknown:
        part.fail(f"columns.{ours}", _("unknown key {key!r}").format(key=sorted(unknown)[0]))
    named = theirs.get("columns", [theirs["column"]] if "column" in theirs else [])
    return ColumnMap(
        columns=tuple(named),
        constant=str(theirs["constant"]) if "constant" in theirs else None,
        values=Frozen({str(old): str(new) for old, new in theirs.get("values", {}).items()}),
        unit=str(theirs.get("unit", "")),
        sign=str(theirs.get("sign", "")),
    )


def _refuse_twins(settings: Reader, ids: list[str]) -> None:
    for one, times in Counter(ids).items():
        if times > 1:
            settings.fail("community", _("the id {id!r} is given twice").format(id=one))
