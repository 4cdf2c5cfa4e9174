"""What a reader has before them, and the truth to hold the attack against."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import duckdb

from attack.small import CASES, FEWEST, MOST, NESTED, OWNERS_ONLY, PERSONS, SAME, SHARES
from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.warehouse.template import facts_with, member_sql

VIEWER = ""
_SAME = {other: one for one, other in SAME}
_GRAINS = "('month', 'quarter', 'year')"


class Cell(NamedTuple):
    """A number: what it tells, where and when."""

    tells: str
    community: str
    grain: str
    period: str
    dimension: str | None
    member: str | None


@dataclass
class Truth:
    """Every number there is, those that are small, and the days of periods."""

    values: dict[Cell, float] = field(default_factory=dict)
    small: set[Cell] = field(default_factory=set)
    persons: dict[Cell, int] = field(default_factory=dict)
    days: dict[tuple[str, str], tuple[date, date]] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)


@dataclass
class Told:
    """What a reader is told: numbers, and which members are named although theirs are not."""

    values: dict[Cell, float] = field(default_factory=dict)
    named: set[tuple[object, ...]] = field(default_factory=set)

    def names(self, cell: Cell) -> bool:
        """Whether something else over the same rows, or this, names the member of a cell."""
        return (_rows_of(cell.tells.partition(".")[0]), *cell[1:]) in self.named


def truth(con: duckdb.DuckDBPyConnection, ordinary: Collection[tuple[str, str]] = ()) -> Truth:
    """All numbers of a whole warehouse; `ordinary` are (dimension, member) that tell of nobody."""
    found = Truth()
    for grain, period, first, last in con.execute("from periods").fetchall():
        found.days[grain, period] = first, last
    found.places = [one for (one,) in con.execute("select community from communities").fetchall()]
    known = catalog.program().metrics
    there = {
        name for (name,) in con.execute("select distinct metric from metric_values").fetchall()
    }
    for metric in [known[name] for name in (*PERSONS, *CASES) if name in there]:
        counted = _counted(con, metric)
        for row in _rows(con, "metric_values", metric.name):
            *place, value, numerator, denominator, _state = row
            if value is None and numerator is None:
                continue
            for part, amount in _parts(metric, value, numerator, denominator):
                cell = _cell(metric, part, place)
                found.values[cell] = amount
                guarded = _is_guarded(metric, place, ordinary)
                found.persons[cell] = counted.get(tuple(place), 0)
                few = FEWEST <= (amount if part == "rest" else found.persons[cell]) <= MOST
                if part == "numerator" and metric.numerator.startswith("count("):
                    few |= FEWEST <= amount <= MOST
                if guarded and few:
                    found.small.add(cell)
    for part, whole in NESTED:
        _add_rests(found, _SAME.get(part, part), _SAME.get(whole, whole))
    return found


def _add_rests(found: Truth, part: str, whole: str) -> None:
    guarded = {cell[1:] for cell in found.small if cell.tells in (part, whole)}
    metric = whole.partition(".")[0]
    for cell, amount in list(found.values.items()):
        of_part = cell._replace(tells=part)
        if cell.tells != whole or of_part not in found.values:
            continue
        rest = cell._replace(tells=f"{part} of {whole}")
        found.values[rest] = amount - found.values[of_part]
        always = metric in PERSONS or cell[1:] in guarded
        if always and FEWEST <= found.values[rest] <= MOST:
            found.small.add(rest)


def seen(con: duckdb.DuckDBPyConnection, reader: str, known: Truth) -> Told:
    """What a reader is told: a viewer, or the secretary of a community."""
    own = f"community = '{reader}'"
    found = Told()
    told = found.values
    for name in (*PERSONS, *CASES):
        metric = catalog.program().metrics[name]
        rows = [
            *_rows(con, "metric_values", name, own),
            *_rows(con, "published_values", name, f"not {own}"),
        ]
        for *place, value, numerator, denominator, state in rows:
            found.named.add((_rows_of(name), *place))
            if state != "withheld" and (value is not None or numerator is not None):
                for part, amount in _parts(metric, value, numerator, denominator):
                    told[_cell(metric, part, place)] = amount
    for part, whole in NESTED:
        part, whole = _SAME.get(part, part), _SAME.get(whole, whole)
        for cell, amount in list(told.items()):
            if cell.tells == whole and cell._replace(tells=part) in told:
                rest = cell._replace(tells=f"{part} of {whole}")
                told[rest] = amount - told[cell._replace(tells=part)]
    return found


def _rows_of(metric: str) -> str:
    return catalog.program().metrics[metric].sql


def told_to_strangers(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Metrics for owners only of which something is published all the same."""
    return [
        name for name in OWNERS_ONLY
        if any(row[-1] != "withheld" for row in _rows(con, "published_values", name))
    ]  # fmt: skip


def _rows(
    con: duckdb.DuckDBPyConnection, table: str, metric: str, where: str = "true"
) -> list[tuple[Any, ...]]:
    return con.execute(
        "select community, grain, period, dimension, member, value, numerator, denominator, state"
        f" from {table} where metric = '{metric}' and grain in {_GRAINS} and {where}"
    ).fetchall()


def _parts(
    metric: Metric, value: float | None, numerator: float | None, denominator: float | None
) -> Iterator[tuple[str, float]]:
    if numerator is None:
        assert value is not None
        yield "value", value
        return
    yield "numerator", numerator
    if denominator is not None:
        if not metric.by_population:
            yield "denominator", denominator
        if metric.name in SHARES:
            yield "rest", denominator - numerator


def _cell(metric: Metric, part: str, place: list[Any]) -> Cell:
    name = f"{metric.name}.{part}"
    return Cell(_SAME.get(name, name), *place)


def _is_guarded(metric: Metric, place: list[Any], ordinary: Collection[tuple[str, str]]) -> bool:
    _community, _grain, _period, dimension, member = place
    if metric.name in PERSONS:
        return True
    sensitive, _counted = CASES[metric.name]
    return dimension in sensitive and (dimension, member) not in ordinary


def _counted(con: duckdb.DuckDBPyConnection, metric: Metric) -> dict[tuple[Any, ...], int]:
    """How many each number of a metric rests on, counted from its facts."""
    who = PERSONS.get(metric.name)
    how = f"count(distinct {who})" if who else CASES[metric.name][1]
    found: dict[tuple[Any, ...], int] = {}
    for dimension in (None, *metric.dimensions):
        named = f"'{dimension}', {member_sql(dimension)}" if dimension else "null, null"
        member = f", {member_sql(dimension)}" if dimension else ""
        sql = f"""
            with {facts_with(metric)}
            select coalesce(community, '{DISTRICT}'), grain, period, {named}, {how}
            from counted where grain in {_GRAINS}
            group by grouping sets ((community, grain, period{member}), (grain, period{member}))
        """
        found |= {tuple(row[:5]): int(row[5] or 0) for row in con.execute(sql).fetchall()}
    return found
