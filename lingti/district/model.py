"""What a district is, as its settings say: communities, expectations, targets, sources."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from lingti import catalog, clock
from lingti.catalog import Catalog
from lingti.district.toml_reader import SettingsError
from lingti.frozen import Frozen
from lingti.language import Text
from lingti.language import gettext as _
from lingti.memo_cache import keyed

NOTHING = Text("", "")
BEGINNING = date(1900, 1, 1)  # since when, where nothing is said of it


@dataclass(frozen=True)
class Population:
    """How many live in a community from a day on; None where it is not known."""

    from_day: date
    residents: int | None
    households: int | None
    source: Text = NOTHING


@dataclass(frozen=True)
class Community:
    """A community of the district with its topic (领题)."""

    id: str
    name: Text
    short: Text
    topic: Text
    runs: Text
    since: date
    residents: int | None  # these four are the newest of `populations`
    households: int | None
    population_as_of: date | None
    population_source: Text
    subdistrict: Text
    estates: tuple[str, ...]
    headlines: tuple[str, ...]
    populations: tuple[Population, ...] = ()  # in order of time
    until: date | None = None  # the last day it belongs to the district
    into: str = ""  # the community that it became a part of on the day after
    formerly: tuple[str, ...] = ()  # names it had, by which its sheets are still known
    documents: Mapping[str, Text] = Frozen()  # what its documents say of it, by field

    def population_on(self, day: date) -> Population:
        """The newest figure on a day, before all of them the first; of none where none is known."""
        earlier = [population for population in self.populations if population.from_day <= day]
        known = earlier[-1:] or self.populations[:1]
        return known[0] if known else Population(BEGINNING, None, None)


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
class Ask:
    """What a community, or the district, asks for or will do next, as its documents list it.

    It stands in documents of periods that end on its first day or later, until it is taken out.
    """

    place: str
    from_day: date
    text: str
    owner: str  # a post, no person
    due: date | None


@dataclass(frozen=True)
class Holiday:
    """Days off of the district besides the public holidays that the program knows."""

    first_day: date
    last_day: date
    name: str


@dataclass(frozen=True)
class Handed:
    """A blank template that the district handed down: for which days, and by when it is due."""

    table: str
    first_day: date
    last_day: date
    due: date
    communities: tuple[str, ...]


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
    ordinary: tuple[tuple[str, str], ...] = ()
    monthly_set: bool = False
    monthly_set_waits: bool = False  # for the edition of its month
    subdistrict_accepts: bool = False  # before the district does
    stands_at: date | None = None
    declined: frozenset[tuple[str, str, str]] = frozenset()  # community, table, part
    common: tuple[str, ...] = ()  # the metrics of the home page that all communities share
    documents: Mapping[str, Text] = Frozen()  # what documents say of the district, by field
    emblem: str = ""  # a PNG in base64, for the head of documents
    asks: tuple[Ask, ...] = ()
    handed: tuple[Handed, ...] = ()  # in order of when they are due
    holidays: tuple[Holiday, ...] = ()
    united: Mapping[tuple[str, str, str], str] = Frozen()  # table, column, as written → what counts
    catalog: Catalog = field(default_factory=catalog.program, repr=False)

    @property
    def today(self) -> date:
        """The day it is; a sample stands still. Raises ClockError."""
        return clock.today(self.stands_at)

    @property
    def language(self) -> str:
        """That of the district, which its documents are written in: as its name is."""
        is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in self.name.zh)
        return "zh" if is_chinese or not self.name.zh else "en"

    def documents_of(self, place: str) -> Mapping[str, Text]:
        """What the documents of a community, or of the district, say of it, by field."""
        own = next(
            (community.documents for community in self.communities if community.id == place),
            self.documents,
        )
        return {"closing": self.documents["closing"], **own} if "closing" in self.documents else own

    @cached_property
    def days_off(self) -> Mapping[date, str]:
        """Its own holidays, day by day."""
        return Frozen(
            {
                holiday.first_day + timedelta(days=at): holiday.name
                for holiday in self.holidays
                for at in range((holiday.last_day - holiday.first_day).days + 1)
            }
        )

    def community(self, community_id: str) -> Community:
        """The community of that id. Raises SettingsError that names those there are."""
        if community_id in self._by_id:
            return self._by_id[community_id]
        raise SettingsError(
            _("There is no community {given!r}. Known: {known}.").format(
                given=community_id, known=", ".join(one.id for one in self.communities)
            )
        )

    @cached_property
    def _by_id(self) -> Mapping[str, Community]:
        return Frozen({community.id: community for community in reversed(self.communities)})

    @cached_property
    def cache_key(self) -> str:
        """Stands in the keys of `memo_cache` for all it says: thousands of communities."""
        text = f"{self.catalog.fingerprint} {self!r}"
        return hashlib.sha256(text.encode()).hexdigest()

    def source(self, source_id: str) -> Source:
        """The source of that id. Raises SettingsError that names those there are."""
        if source_id in self.sources:
            return self.sources[source_id]
        raise SettingsError(
            _("There is no source {given!r}. Known: {known}.").format(
                given=source_id, known=", ".join(self.sources)
            )
        )
