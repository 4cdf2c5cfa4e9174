"""Metrics that can be computed together, because their facts are the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lingti.catalog import PERSON, Metric

_SELECT = re.compile(r"select\s+(?P<columns>.*?)\s+(?P<rows>from\s.*)", re.DOTALL)
_NOT_PLAIN = re.compile(r"\b(union|group by|qualify|having|distinct|over|with|limit)\b")
_ADDITIVE = re.compile(r"count\((\*|\w+)\)|sum\(\w+\)|count\(\*\) filter \(where \w+\)")
_DISTINCT = re.compile(r"count\(distinct (\w+)\)")


@dataclass(frozen=True)
class Family:
    """Metrics over the same rows; `sql` selects the columns that any of them needs."""

    metrics: tuple[Metric, ...]
    sql: str

    @property
    def window(self) -> str:
        """The window of all of them."""
        return self.metrics[0].window

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of any of them."""
        return tuple(dict.fromkeys(name for one in self.metrics for name in one.dimensions))

    @property
    def can_roll_up(self) -> bool:
        """Whether every aggregate can be made of parts, and no row ends."""
        return not re.search(r"\buntil\b", self.sql) and all(
            _ADDITIVE.fullmatch(part) or _DISTINCT.fullmatch(part)
            for one in self.metrics
            for part in aggregates(one)
        )

    @property
    def sums(self) -> tuple[str, ...]:
        """The aggregates whose parts add up; how many rows there are is always one of them."""
        parts = [part for one in self.metrics for part in aggregates(one)]
        return tuple(dict.fromkeys(["count(*)", *(p for p in parts if _ADDITIVE.fullmatch(p))]))

    @property
    def summed_columns(self) -> set[str]:
        """The columns that are added up."""
        return {found[1] for part in self.sums if (found := re.match(r"sum\((\w+)\)", part))}

    @property
    def distinct(self) -> tuple[str, ...]:
        """The columns whose distinct values are counted."""
        parts = [part for one in self.metrics for part in aggregates(one)]
        named = [found[1] for part in parts if (found := _DISTINCT.fullmatch(part))]
        people = [PERSON] if any(counts_people(one) for one in self.metrics) else []
        return tuple(dict.fromkeys([*named, *people]))


def aggregates(metric: Metric) -> list[str]:
    """The aggregates over the facts that make a metric."""
    own = metric.denominator if metric.denominator and not metric.by_population else None
    return [metric.numerator, *([own] if own else [])]


def counts_people(metric: Metric) -> bool:
    """Whether the facts of a metric name residents."""
    return re.search(rf"\b{PERSON}\b", metric.sql) is not None


def told_by(metric: Metric, aggregate: str) -> str:
    """Names what an aggregate over a metric's facts tells; the same for all that tell it."""
    columns, rows = _parts(metric.sql)
    if rows is None:
        return f"{metric.name}: {aggregate}"
    used = {name: columns[name] for name in re.findall(r"\w+", aggregate) if name in columns}
    return f"{aggregate} of {used} {metric.window} {columns.get('day')} {rows}"


def families(metrics: Iterable[Metric]) -> list[Family]:
    """The metrics in families; a metric whose SQL is no plain selection has one of its own."""
    grouped: dict[tuple[str | None, ...], list[tuple[Metric, dict[str, str]]]] = {}
    for metric in metrics:
        columns, rows = _parts(metric.sql)
        alone = metric.name if rows is None else None
        tables = ",".join(metric.tables)
        key = (rows, alone, tables, metric.window, columns.get("day"), columns.get("until"))
        members = grouped.setdefault(key, [])
        if any(_contradict(columns, theirs) for _metric, theirs in members):
            members = grouped.setdefault((*key, metric.name), [])
        members.append((metric, columns))
    made = []
    for (rows, *_rest), members in grouped.items():
        sql = members[0][0].sql
        if rows is not None:
            chosen = {name: sql for _metric, columns in members for name, sql in columns.items()}
            sql = f"select {', '.join(f'{sql} as {name}' for name, sql in chosen.items())} {rows}"
        made.append(Family(tuple(metric for metric, _columns in members), sql))
    return made


def _contradict(ours: dict[str, str], theirs: dict[str, str]) -> bool:
    return any(ours[name] != theirs[name] for name in ours.keys() & theirs.keys())


def _parts(sql: str) -> tuple[dict[str, str], str | None]:
    """Column → SQL, and the rest from `from` on; None for it where the SQL is anything else."""
    bare = re.sub(r"--[^\n]*", "", sql)
    found = _SELECT.fullmatch(bare.strip())
    if not found or _NOT_PLAIN.search(bare) or "select" in found["rows"]:
        return {}, None
    columns: dict[str, str] = {}
    for item in _split(found["columns"]):
        named = re.fullmatch(r"(.*)\s+as\s+(\w+)|(?:\w+\.)?(\w+)", item, re.DOTALL)
        if not named:
            return {}, None
        columns[named[2] or named[3]] = " ".join((named[1] or item).split())
    return columns, " ".join(found["rows"].split())


def _split(columns: str) -> list[str]:
    """The items of a select list: split at commas outside of parentheses."""
    items, depth = [""], 0
    for sign in columns:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            items.append("")
        else:
            items[-1] += sign
    return [item.strip() for item in items if item.strip()]
