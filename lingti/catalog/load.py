"""Reads the SQL files of folders of queries into what they say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from lingti.catalog.headers import (
    CatalogError,
    File,
    Written,
    choice,
    header,
    listed,
    require,
    statement,
)
from lingti.catalog.model import (
    PEOPLE,
    WINDOWS,
    Catalog,
    Change,
    Check,
    Column,
    Facts,
    Metric,
    Need,
    Table,
)
from lingti.frozen import Frozen
from lingti.language import Text

OWN_KINDS = ("tables", "facts", "metrics", "checks")  # what a home may add
KINDS = (*OWN_KINDS, "views")
_ADDED_COLUMNS = ("community", "batch", "source_row")  # by the build, not fed by an export
_CHANGED = re.compile(r"^-- changed: (\d+) (\S+) (.+)$", re.MULTILINE)
_COLUMN = re.compile(
    r"^\s{4}\"?(?P<name>\w+)\"? (?P<type>[a-z]+(?:\([^)]*\))?)(?P<rest>[^\n]*?)"
    r",?(?:\s*-- (?P<comment>.*))?$"
)
_WORD = re.compile(r"^\s+-- (\w+) = (.*\|.*)$")
_VALUE_LIST = re.compile(r"check \(\w+ in \(([^)]*)\)\)")
# The upper limit of a day may be that of each day of a span.
_RANGE = re.compile(r"check \(\w+ between (-?[\d.]+) and (-?[\d.]+)(\)| \* \()")
# Dimensions that facts derive from other columns.
_DERIVED = {
    "age_band": Text("年龄段", "Age band"),
    "rule": Text("规则", "Rule"),
    "estate_service": Text("小区 × 服务项目", "Estate × service"),
}


def read(
    program: Path,
    *own: tuple[Path, tuple[str, ...]],
    written: Iterable[tuple[str, Written]] = (),
) -> Catalog:
    """What the program's folder of queries says, and what others add to it.

    Of another folder the kinds of files that are read may be named; `written` are queries that
    stand in no file, with their kind. Raises CatalogError for what cannot be read, and where two
    files of a kind have one name.
    """
    by_kind: dict[str, dict[str, File]] = {kind: {} for kind in KINDS}
    for folder, kinds in ((program, KINDS), *own):
        for kind in kinds or OWN_KINDS:
            for path in (folder / kind).glob("*.sql"):
                if path.stem in by_kind[kind]:
                    raise CatalogError(
                        f"{path.name}: there are {kind} of that name; choose another"
                    )
                by_kind[kind][path.stem] = path
    for kind, query in written:
        by_kind[kind].setdefault(query.stem, query)  # a file of the home says it for an operator
    files = {kind: dict(sorted(named.items())) for kind, named in by_kind.items()}
    tables = Frozen({name: read_table(path) for name, path in files["tables"].items()})
    checks = Frozen({name: read_check(path) for name, path in files["checks"].items()})
    facts = Frozen({name: read_facts(path, tables) for name, path in files["facts"].items()})
    return Catalog(
        tables,
        facts,
        Frozen(
            {name: metric(path, tables, facts, checks) for name, path in files["metrics"].items()}
        ),
        checks,
        _views(files["views"]),
        _fingerprint(files),
    )


def _fingerprint(files: Mapping[str, Mapping[str, File]]) -> str:
    texts = [
        (kind, name, path.read_text("utf-8"))
        for kind, named in files.items()
        for name, path in named.items()
    ]
    return hashlib.sha256(repr(texts).encode()).hexdigest()


def _views(files: Mapping[str, File]) -> Frozen[str, str]:
    """The selects of views, with the parts that some name in braces, which may name others."""
    parts = {name: statement(path.read_text("utf-8")) for name, path in files.items()}

    def whole(sql: str) -> str:
        return re.sub(r"{(\w+)}", lambda part: whole(parts[part[1]]), sql)

    return Frozen({name: whole(sql) for name, sql in parts.items()})


def metric(
    path: File,
    tables: Mapping[str, Table],
    facts: Mapping[str, Facts],
    checks: Mapping[str, Check],
) -> Metric:
    """Reads one metric file. Raises CatalogError for a missing or unknown header key."""
    sql = path.read_text("utf-8")
    keys = header(sql)
    require(path, keys, ["title", "unit", "definition", "better", "version", "window", "people"])
    if ("value" in keys) == ("numerator" in keys):
        raise CatalogError(f"{path.name}: give `value:` or `numerator:` and `denominator:`")
    when_none = keys.get("when_none")
    counted = _facts_of(path, keys, tables, facts)
    return Metric(
        name=path.stem,
        title=Text.parse(keys["title"]),
        unit=Text.parse(keys["unit"]),
        definition=Text.parse(keys["definition"]),
        better=keys["better"],
        version=int(keys["version"]),
        group=keys.get("group", ""),
        numerator=_numerator(keys),
        denominator=keys.get("denominator"),
        window=choice(path, keys, "window", WINDOWS),
        when_none=None if when_none is None else float(when_none),
        dimensions=listed(keys.get("dimensions", "")),
        matures_days=int(keys.get("matures_days", 0)),
        decimals=int(keys.get("decimals", 0)),
        changes=_changes(path, sql, int(keys["version"])),
        people=choice(path, keys, "people", PEOPLE),
        sensitive=_sensitive(path, keys),
        part_of=keys.get("part_of"),
        owners_only=keys.get("for") == "owners",
        words=tuple(word for half in keys.get("words", "").split("|") for word in listed(half)),
        facts=counted,
        where=keys.get("where", ""),
        ends=keys.get("ends"),
        judged_by=listed(keys.get("judged_by", "")),
        independent=_is_independent(path, keys),
        totals=_totals(path, keys, tables),
        needs=_needs(path, keys, [tables[name] for name in counted.tables]),
        columns=_columns(counted, tables, checks),
    )


def _is_independent(path: File, keys: Mapping[str, str]) -> bool:
    """Whether each event comes by itself, as the header says; only events that are counted can."""
    if "independent" not in keys:
        return False
    choice(path, keys, "independent", ["yes"])
    if keys.get("value") != "count(*)" or keys["window"] != "period":
        raise CatalogError(
            f"{path.name}: `independent` is of events: `value: count(*)`, `window: period`"
        )
    return True


def _numerator(keys: Mapping[str, str]) -> str:
    """What is added up. With totals a row may stand for several: its `times` say how many."""
    counts = keys.get("value") == "count(*)" and "totals" in keys
    return "sum(times)" if counts else keys.get("value") or keys["numerator"]


def _totals(path: File, keys: Mapping[str, str], tables: Mapping[str, Table]) -> str:
    """The measure of the table `totals` that a metric adds up besides single rows, or ""."""
    named = keys.get("totals", "")
    if named:
        known = tables["totals"].column("measure").allowed if "totals" in tables else ()
        return choice(path, keys, "totals", known)
    return ""


def _needs(path: File, keys: Mapping[str, str], tables: Iterable[Table]) -> tuple[Need, ...]:
    """The columns that it needs; each stands in one of its tables, and sheets may lack it."""
    names, _where, rows = keys.get("needs", "").partition(" where ")
    needs = tuple(
        Need(table.name, column.name, rows or "true")
        for table in tables
        for column in table.columns
        if column.name in listed(names) and not column.required
    )
    if unknown := set(listed(names)) - {need.column for need in needs}:
        raise CatalogError(
            f"{path.name}: `needs:` names columns that a sheet may lack; not"
            f" {', '.join(sorted(unknown))}"
        )
    return needs


def _sensitive(path: File, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The dimensions of cases and attendance whose members may tell of somebody."""
    sensitive, people = listed(keys.get("sensitive", "")), keys["people"]
    if sensitive and people not in ("cases", "attendance"):
        raise CatalogError(f"{path.name}: `sensitive:` is for people: cases or attendance")
    if unknown := set(sensitive) - set(listed(keys.get("dimensions", ""))):
        raise CatalogError(f"{path.name}: no dimension {', '.join(sorted(unknown))}")
    return sensitive


def _facts_of(
    path: File, keys: Mapping[str, str], tables: Mapping[str, Table], facts: Mapping[str, Facts]
) -> Facts:
    """The facts that a metric names, or those of its own select."""
    name, own = keys.get("facts"), statement(path.read_text("utf-8"))
    if bool(name) == bool(own):
        raise CatalogError(f"{path.name}: name its `facts:`, or give their select")
    if not name:
        return read_facts(path, tables)
    if name not in facts:
        raise CatalogError(f"{path.name}: there are no facts {name!r}")
    return facts[name]


def read_facts(path: File, tables: Mapping[str, Table]) -> Facts:
    """Reads one file with the select of facts. Raises CatalogError for a table there is not."""
    sql = path.read_text("utf-8")
    keys = header(sql)
    require(path, keys, ["tables"])
    named = listed(keys.get("tables", ""))
    of_all = named == ("all",)
    if not of_all and (unknown := set(named) - set(tables)):
        raise CatalogError(f"{path.name}: there is no table {', '.join(sorted(unknown))}")
    return Facts(path.stem, tuple(sorted(tables if of_all else named)), of_all, statement(sql))


def _columns(
    facts: Facts, tables: Mapping[str, Table], checks: Mapping[str, Check]
) -> tuple[Column, ...]:
    rules = Frozen({name: check.title for name, check in checks.items()})
    derived = [
        Column(name, "varchar", title, False, "", words=rules if name == "rule" else Frozen())
        for name, title in _DERIVED.items()
    ]
    named = () if facts.of_all_tables else facts.tables
    return (*derived, *(column for name in named for column in tables[name].columns))


def _changes(path: File, sql: str, version: int) -> tuple[Change, ...]:
    """The `-- changed: 2 2024-09-01 zh | en` lines of a header, oldest first."""
    changes = tuple(
        Change(int(number), date.fromisoformat(day), Text.parse(note))
        for number, day, note in _CHANGED.findall(sql)
    )
    if [change.version for change in changes] != list(range(2, version + 1)):
        raise CatalogError(f"{path.name}: one `changed:` line for each version from 2 to {version}")
    return changes


def read_check(path: File) -> Check:
    """Reads one rule. Raises CatalogError for a missing header key."""
    sql = path.read_text("utf-8")
    keys = header(sql)
    require(path, keys, ["title", "definition", "advice", "severity"])
    return Check(
        name=path.stem,
        title=Text.parse(keys["title"]),
        definition=Text.parse(keys["definition"]),
        advice=Text.parse(keys["advice"]),
        severity=keys["severity"],
        sql=statement(sql),
    )


def read_table(path: File) -> Table:
    """Reads one canonical table. Raises CatalogError for a missing header key."""
    sql = path.read_text("utf-8")
    keys = header(sql)
    require(path, keys, ["title", "grain"])
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
        words=Frozen(words),
        per_day=limits is not None and limits[3] != ")",
    )
