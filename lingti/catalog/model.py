"""What the SQL files say: canonical tables, facts, metrics and checks, as plain values."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from textwrap import indent

from lingti.catalog.headers import CatalogError
from lingti.frozen import Frozen
from lingti.language import Text
from lingti.memo_cache import keyed

GROUPS = ("volunteering", "redemptions", "jobs", "partnerships", "concerns", "decisions", "data")
DISTRICT = "district"
TOTALS = "totals"  # the table of counts without single rows
UNFILLED = "未填写"
SHELF = "社区货架"  # where goods came from that no merchant gave
# A person is one column of ours and up to three keyed columns of a batch.
PERSON = "resident"
PERSON_KEYS = ("name_key", "phone_key", "id_key")
# Columns that name a merchant; entries say which names mean the same one.
MERCHANT_COLUMNS = ("merchant", "partner")
# Where a row stood: the number of the file in its batch, of the sheet in the file, of the row.
SOURCE_ROW = 'struct(file integer, sheet integer, "row" integer)'
SOURCE_COLUMN = "source_column"  # beside it in batches of cross-tabs: the column of each row's cell
# Whose smallness protects: distinct residents, post holders or households, the sum of attendance,
# the rows that are cases, or nobody's.
PEOPLE = ("residents", "posts", "households", "attendance", "cases", "none")
# The column of facts that tells who, for those of whom each counts once.
PEOPLE_COLUMNS = {"residents": PERSON, "posts": "post_held", "households": "home"}
WINDOWS = ("period", "to_date", "last_6_months")


_OF_WEIGHTS = ("（公斤）", "（千克）", "（kg）", "(公斤)", "(千克)", "(kg)")


@dataclass(frozen=True)
class Column:
    """One column of a canonical table, with what its cells may hold.

    `role` is `keyed` where the value identifies a household and is stored as a pseudonym, `text`
    where it is free text and scrubbed of names, else empty. With `per_day` the row may tell of a
    span of days, each of which may have as much as `high`.
    """

    name: str
    type: str
    title: Text
    required: bool
    role: str
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    words: Mapping[str, Text] = Frozen()
    per_day: bool = False

    @property
    def is_weight(self) -> bool:
        """Whether it holds kilograms, as the unit in its title says: 重量（公斤）."""
        return self.type.startswith("decimal") and self.title.zh.endswith(_OF_WEIGHTS)

    @property
    def may_be_united(self) -> bool:
        """Whether its members are words of the communities, of which some may count as others."""
        return (
            self.type == "varchar"
            and not (self.role or self.allowed)
            and self.name not in (PERSON, *MERCHANT_COLUMNS)
        )


@dataclass(frozen=True)
class Table:
    """A canonical table: what one row is, its columns, and how a roster tells its ends."""

    name: str
    title: Text
    grain: Text
    columns: tuple[Column, ...]
    ends: str | None
    key: str | None
    sql: str

    @property
    def has_day(self) -> bool:
        """Whether the table is a log with a `day`; else it is a roster."""
        return any(column.name == "day" for column in self.columns)

    @property
    def has_person(self) -> bool:
        """Whether a row is about a resident."""
        return any(column.name == PERSON for column in self.columns)

    @property
    def has_merchant(self) -> bool:
        """Whether a row names a merchant."""
        return any(column.name in MERCHANT_COLUMNS for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    @property
    def stored_types(self) -> dict[str, str]:
        """Column → DuckDB type as a batch keeps it: a person as keys, a case number as a key."""
        types: dict[str, str] = {}
        for column in self.columns:
            if column.name == PERSON:
                types |= dict.fromkeys(PERSON_KEYS, "varchar")
            else:
                types[column.name] = column.type
        return types | {"case_key": "varchar", "source_row": SOURCE_ROW}


@dataclass(frozen=True)
class Change:
    """A change of a metric's definition: from which version on, since when, and what changed."""

    version: int
    day: date
    note: Text


@dataclass(frozen=True)
class Facts:
    """The rows that metrics count, and the canonical tables they come from.

    `of_all_tables`: `tables: all`, whatever tables there are, as the findings over them do.
    """

    name: str
    tables: tuple[str, ...]
    of_all_tables: bool
    sql: str


@dataclass(frozen=True)
class Need:
    """A column that a metric cannot do without; of the table's rows for which `rows` holds."""

    table: str
    column: str
    rows: str = "true"

    @property
    def name(self) -> str:
        """Names it, alike for all metrics that need the same."""
        return self.column if self.rows == "true" else f"{self.column} where {self.rows}"


@keyed
@dataclass(frozen=True)
class Metric:
    """A named number with its definition (指标口径) and the facts it counts.

    `people` says whose smallness protects; of cases and attendance it does in the dimensions that
    are `sensitive`, for members that nobody has called ordinary. `part_of` names a metric among
    whose facts these are; officials and the own secretary only get what is `owners_only`. `words`
    are what else people call the number. A row counts no more from the day in its column `ends`.
    `judged_by` names what is judged in place of a stock or a rolling window: what comes in and goes
    out. `independent`: each event comes by itself, so that chance alone makes counts vary as
    Poisson's do. `totals` is the measure of the table `totals` that it adds up where there are no
    single rows. Where rows count whose sheets have no column of one of `needs`, it cannot be
    computed. `columns` are those that its dimensions and facts have titles from.
    """

    name: str
    title: Text
    unit: Text
    definition: Text
    better: str
    version: int
    group: str
    numerator: str
    denominator: str | None
    window: str
    when_none: float | None
    dimensions: tuple[str, ...]
    matures_days: int
    decimals: int
    changes: tuple[Change, ...]
    people: str
    sensitive: tuple[str, ...]
    part_of: str | None
    owners_only: bool
    words: tuple[str, ...]
    facts: Facts
    where: str
    ends: str | None
    judged_by: tuple[str, ...]
    independent: bool
    columns: tuple[Column, ...] = field(repr=False, compare=False)
    totals: str = ""
    needs: tuple[Need, ...] = ()

    @property
    def sql(self) -> str:
        """The select of what it counts: its facts, or those of them that it says."""
        if not self.where:
            return self.facts.sql
        return f"select *\nfrom (\n{indent(self.facts.sql, '    ')}\n)\nwhere {self.where}"

    @cached_property
    def cache_key(self) -> str:
        """Stands in the keys of `lingti.memo_cache` for all it says."""
        return hashlib.blake2b(pickle.dumps(self), digest_size=16).hexdigest()

    @property
    def tables(self) -> tuple[str, ...]:
        """The canonical tables its facts come from, by name."""
        return self.facts.tables

    @property
    def people_sql(self) -> str | None:
        """The aggregate that says on how many people or cases a value rests; None for nobody's."""
        if self.people in PEOPLE_COLUMNS:
            return f"count(distinct {PEOPLE_COLUMNS[self.people]})"
        counted = self.numerator if self.totals else "count(*)"
        return {"attendance": self.numerator, "cases": counted}.get(self.people)

    @property
    def always_protects(self) -> bool:
        """Whether a small number tells of somebody wherever it stands."""
        return self.people in PEOPLE_COLUMNS

    @property
    def protects(self) -> bool:
        """Whether a small number could tell of somebody anywhere."""
        return self.always_protects or bool(self.sensitive)

    @property
    def adds_up(self) -> bool:
        """Whether the values, or numerators and denominators, of communities add up."""
        parts = [self.numerator, self.denominator or ""]
        return not any(part.startswith(("median", "avg")) or "distinct" in part for part in parts)

    @property
    def is_additive(self) -> bool:
        """Whether the values, or numerators and denominators, of months add up to a year's."""
        return self.window == "period" and self.adds_up

    @property
    def is_share(self) -> bool:
        """Whether it is a numerator over a denominator."""
        return self.denominator is not None

    @property
    def by_population(self) -> bool:
        """Whether the denominator is all residents or households of `district.toml`."""
        return self.denominator in ("residents", "households")

    @property
    def scalable(self) -> bool:
        """Whether it makes sense per 1,000 residents: a sum or a count, no ratio or median."""
        return not self.is_share and not self.numerator.startswith(("median", "avg"))


@dataclass(frozen=True)
class Check:
    """A rule the data must obey; the rows its SQL returns break it."""

    name: str
    title: Text
    definition: Text
    advice: Text
    severity: str
    sql: str


@keyed
@dataclass(frozen=True, eq=False)
class Catalog:
    """All that the SQL files of the program and of one home say, by name; it never changes.

    `views` are the selects that pages ask. Catalogues are equal whose `fingerprint` is: it tells
    every file there is and what stands in it.
    """

    tables: Mapping[str, Table] = field(repr=False)
    facts: Mapping[str, Facts] = field(repr=False)
    metrics: Mapping[str, Metric] = field(repr=False)
    checks: Mapping[str, Check] = field(repr=False)
    views: Mapping[str, str] = field(repr=False)
    fingerprint: str

    @property
    def measures(self) -> list[tuple[str, str]]:
        """(measure, table): the canonical tables in whose place totals of a measure stand."""
        pairs = {
            (metric.totals, table)
            for metric in self.metrics.values()
            if metric.totals
            for table in metric.tables
            if table != TOTALS
        }
        return sorted(pairs)

    @property
    def needs(self) -> list[Need]:
        """The columns that any metric needs."""
        needed = {need for metric in self.metrics.values() for need in metric.needs}
        return sorted(needed, key=lambda need: (need.table, need.name))

    @property
    def cache_key(self) -> str:
        """Stands in the keys of `lingti.memo_cache` for all that it holds."""
        return self.fingerprint

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalog) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)


def group_place(group: str) -> int:
    """Where a theme of metrics stands among the others, as the menu has them; unknown ones last."""
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


def own_groups(known: Catalog) -> list[str]:
    """The themes of metrics that the program has no page of, in the order of their metrics."""
    groups = dict.fromkeys(metric.group for metric in known.metrics.values())
    return [group for group in groups if group and group not in GROUPS]


def group_title(group: str) -> str:
    """What a theme of a home's own is called: its text as headers write it."""
    return Text.parse(group).pick()


def dimension_title(metric: Metric, name: str) -> Text:
    """The title of a metric's dimension: that of the canonical column it comes from."""
    return _dimension_column(metric, name).title


def member_title(metric: Metric, dimension: str, member: str) -> Text:
    """How a member of a dimension is called; most are called what the data calls them."""
    if member == UNFILLED:
        return Text(UNFILLED, "Not filled in")
    if (dimension, member) == ("merchant", SHELF):
        return Text(SHELF, "Community shelf")
    return _dimension_column(metric, dimension).words.get(member, Text(member, member))


def _dimension_column(metric: Metric, name: str) -> Column:
    for column in metric.columns:
        if column.name == name:
            return column
    raise CatalogError(f"{metric.name}: no table of its facts has a column {name!r}")
