"""Finds and reads the SQL files: canonical tables, metrics, checks, views, and their headers.

A file is its own documentation: `-- key: value` comment lines before the first statement, several
to a line where two or more spaces part them. Nothing else says what a table or a metric is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from lingti.language import Text

QUERIES = Path(__file__).parent.parent.parent / "queries"
DISTRICT = "district"
UNFILLED = "未填写"
SHELF = "社区货架"  # where goods came from that no merchant gave
# A person is one column of ours and up to three keyed columns of a batch.
PERSON = "resident"
PERSON_KEYS = ("name_key", "phone_key", "id_key")
# Columns that name a merchant; entries say which names mean the same one.
MERCHANT_COLUMNS = ("merchant", "partner")
_ADDED_COLUMNS = ("community", "batch", "source_row")  # by the build, not fed by an export
# Where a row stood: the number of the file in its batch, of the sheet in the file, of the row.
SOURCE_ROW = 'struct(file integer, sheet integer, "row" integer)'

_HEADER_PART = re.compile(r"(\w+): (.*?)(?=\s{2,}\w+: |$)")
_CHANGED = re.compile(r"^-- changed: (\d+) (\S+) (.+)$", re.MULTILINE)
_COLUMN = re.compile(
    r"^\s{4}\"?(?P<name>\w+)\"? (?P<type>[a-z]+(?:\([^)]*\))?)(?P<rest>[^\n]*?)"
    r",?(?:\s*-- (?P<comment>.*))?$"
)
_WORD = re.compile(r"^\s+-- (\w+) = (.*\|.*)$")
_VALUE_LIST = re.compile(r"check \(\w+ in \(([^)]*)\)\)")
_RANGE = re.compile(r"check \(\w+ between (-?[\d.]+) and (-?[\d.]+)\)")


class CatalogError(Exception):
    """A SQL file whose header or columns cannot be read; the message names the file."""


@dataclass(frozen=True)
class Column:
    """One column of a canonical table, with what its cells may hold.

    `role` is `keyed` where the value identifies a household and is stored as a pseudonym, `text`
    where it is free text and scrubbed of names, else empty.
    """

    name: str
    type: str
    title: Text
    required: bool
    role: str
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    words: Mapping[str, Text] = field(default_factory=dict)


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
class Metric:
    """A named number with its definition (指标口径) and the SQL of its facts."""

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
    rests_on: str
    sql: str

    @property
    def tables(self) -> tuple[str, ...]:
        """The canonical tables its facts come from; `rests_on: all` is every one of them."""
        if self.rests_on == "all":
            return tuple(tables())
        named = re.findall(r"\b(?:from|join)\s+(\w+)", self.sql)
        return tuple(sorted(set(named) & set(tables())))

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


def header(sql: str) -> dict[str, str]:
    """The `key: value` pairs in the comment lines before the first statement."""
    found: dict[str, str] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        found.update(_HEADER_PART.findall(line.removeprefix("--").strip()))
    return found


def statement(sql: str) -> str:
    """The SQL without its header comments and without a closing semicolon."""
    lines = sql.splitlines()
    while lines and lines[0].startswith("--"):
        lines.pop(0)
    return "\n".join(lines).strip().rstrip(";")


@cache
def tables() -> dict[str, Table]:
    """Every canonical table by name, in alphabetical order."""
    return {path.stem: _table(path) for path in sorted((QUERIES / "tables").glob("*.sql"))}


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by name, in alphabetical order."""
    return {path.stem: metric(path) for path in sorted((QUERIES / "metrics").glob("*.sql"))}


@cache
def checks() -> dict[str, Check]:
    """Every check by name, in alphabetical order."""
    return {path.stem: _check(path) for path in sorted((QUERIES / "checks").glob("*.sql"))}


@cache
def view(name: str) -> str:
    """The SQL of a view in `queries/views/`. Raises FileNotFoundError."""
    return statement((QUERIES / "views" / f"{name}.sql").read_text("utf-8"))


@cache
def build_step(name: str) -> str:
    """The SQL of a build step in `queries/build/`. Raises FileNotFoundError."""
    return statement((QUERIES / "build" / f"{name}.sql").read_text("utf-8"))


def parquet_sql(files: Iterable[Path | str]) -> str:
    """A DuckDB relation of the rows of batches' files; an older file may lack columns."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], union_by_name = true)"


def dimension_title(metric: Metric, name: str) -> Text:
    """The title of a metric's dimension: that of the canonical column it comes from."""
    if name in _DERIVED_DIMENSIONS:
        return _DERIVED_DIMENSIONS[name]
    return _dimension_column(metric, name).title


def member_title(metric: Metric, dimension: str, member: str) -> Text:
    """How a member of a dimension is called; most are called what the data calls them."""
    if member == UNFILLED:
        return Text(UNFILLED, "Not filled in")
    if (dimension, member) == ("merchant", SHELF):
        return Text(SHELF, "Community shelf")
    if dimension == "rule":
        return checks()[member].title if member in checks() else Text(member, member)
    if dimension in _DERIVED_DIMENSIONS:
        return Text(member, member)
    return _dimension_column(metric, dimension).words.get(member, Text(member, member))


def _dimension_column(metric: Metric, name: str) -> Column:
    for table in metric.tables:
        for column in tables()[table].columns:
            if column.name == name:
                return column
    raise CatalogError(f"{metric.name}: no table of its facts has a column {name!r}")


# Dimensions that a metric derives from other columns.
_DERIVED_DIMENSIONS = {
    "age_band": Text("年龄段", "Age band"),
    "rule": Text("规则", "Rule"),
    "estate_service": Text("小区 × 服务项目", "Estate × service"),
}


def metric(path: Path) -> Metric:
    """Reads one metric file. Raises CatalogError for a missing or unknown header key."""
    sql = path.read_text("utf-8")
    keys = header(sql)
    _require(path, keys, ["title", "unit", "definition", "better", "version", "window"])
    if ("value" in keys) == ("numerator" in keys):
        raise CatalogError(f"{path.name}: give `value:` or `numerator:` and `denominator:`")
    if keys["window"] not in ("period", "to_date", "last_6_months"):
        raise CatalogError(f"{path.name}: unknown window {keys['window']!r}")
    when_none = keys.get("when_none")
    return Metric(
        name=path.stem,
        title=Text.parse(keys["title"]),
        unit=Text.parse(keys["unit"]),
        definition=Text.parse(keys["definition"]),
        better=keys["better"],
        version=int(keys["version"]),
        group=keys.get("group", ""),
        numerator=keys.get("value") or keys["numerator"],
        denominator=keys.get("denominator"),
        window=keys["window"],
        when_none=None if when_none is None else float(when_none),
        dimensions=tuple(part.strip() for part in keys.get("dimensions", "").split(",") if part),
        matures_days=int(keys.get("matures_days", 0)),
        decimals=int(keys.get("decimals", 0)),
        changes=_changes(path, sql, int(keys["version"])),
        rests_on=keys.get("rests_on", ""),
        sql=statement(sql),
    )


def _changes(path: Path, sql: str, version: int) -> tuple[Change, ...]:
    """The `-- changed: 2 2024-09-01 zh | en` lines of a header, oldest first."""
    found = tuple(
        Change(int(number), date.fromisoformat(day), Text.parse(note))
        for number, day, note in _CHANGED.findall(sql)
    )
    if [one.version for one in found] != list(range(2, version + 1)):
        raise CatalogError(f"{path.name}: one `changed:` line for each version from 2 to {version}")
    return found


def _require(path: Path, keys: dict[str, str], names: list[str]) -> None:
    missing = [name for name in names if name not in keys]
    if missing:
        raise CatalogError(f"{path.name}: the header lacks {', '.join(missing)}")


def _check(path: Path) -> Check:
    sql = path.read_text("utf-8")
    keys = header(sql)
    _require(path, keys, ["title", "definition", "advice", "severity"])
    return Check(
        name=path.stem,
        title=Text.parse(keys["title"]),
        definition=Text.parse(keys["definition"]),
        advice=Text.parse(keys["advice"]),
        severity=keys["severity"],
        sql=statement(sql),
    )


def _table(path: Path) -> Table:
    sql = path.read_text("utf-8")
    keys = header(sql)
    _require(path, keys, ["title", "grain"])
    columns: list[Column] = []
    words: dict[str, Text] = {}
    for line in statement(sql).splitlines():
        if word := _WORD.match(line):
            words[word[1]] = Text.parse(word[2])
        elif column := _COLUMN.match(line):
            columns.append(_column(column, words))
            words = {}
    return Table(
        name=path.stem,
        title=Text.parse(keys["title"]),
        grain=Text.parse(keys["grain"]),
        columns=tuple(one for one in columns if one.name not in _ADDED_COLUMNS),
        ends=keys.get("ends"),
        key=keys.get("key"),
        sql=statement(sql),
    )


def _column(line: re.Match[str], words: Mapping[str, Text]) -> Column:
    comment = line["comment"] or ""
    role = next((one for one in ("keyed", "text") if comment.endswith(f"| {one}")), "")
    allowed = _VALUE_LIST.search(line["rest"])
    limits = _RANGE.search(line["rest"])
    return Column(
        name=line["name"],
        type=line["type"],
        title=Text.parse(comment.removesuffix(f"| {role}")),
        required="not null" in line["rest"],
        role=role,
        allowed=tuple(re.findall(r"'([^']*)'", allowed[1])) if allowed else (),
        low=float(limits[1]) if limits else None,
        high=float(limits[2]) if limits else None,
        words=words,
    )
