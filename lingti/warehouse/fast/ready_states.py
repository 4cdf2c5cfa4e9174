"""States that several metrics share, worked out once and kept in tables.

`known_0` and `totals_0` hold what the CTEs `known` and `totals` of the first such metrics yield.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse.fast.distinct_counts import DISTRICT_PLACE
from lingti.warehouse.template import COUNTED, NO_FACTS, States, states_of


class ReadyStates:
    """The tables of states that metrics need in the periods of `numbered`, made when first needed.

    Metrics have the same states whose tables differ only in those that nobody has to send, unless
    facts of theirs lie before the start.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._sent = tables_sent(con)
        self._has_spans = bool(con.execute("select 1 from spans limit 1").fetchall())
        self._early = EarlyFacts(con, "numbered")
        self._numbers: dict[tuple[object, ...], str] = {}

    def number_of(self, metric: Metric) -> str:
        """The number of the tables `known_…` and `totals_…` of a metric."""
        tables, *rest, told_by = states_key(metric)
        facts = self._early.of(metric)
        # Which totals a metric adds up, and what it needs, makes a difference where there are any.
        key = (self._sent.intersection(tables), *rest, told_by if self._has_spans else "", facts)
        if key not in self._numbers:
            self._numbers[key] = str(len(self._numbers))
            self._make(metric, facts, self._numbers[key])
        return self._numbers[key]

    def drop(self) -> None:
        """Removes the tables."""
        for number in self._numbers.values():
            self._con.execute(f"drop table known_{number}; drop table totals_{number}")

    def _make(self, metric: Metric, facts: str, number: str) -> None:
        """Makes `totals_…`, and `known_…` of communities whose rows count for a period asked for.

        In a new month most count for none, and their rows need not be read.
        """
        states = states_of(metric, "numbered", facts)
        self._con.execute(f"""
            create temp table totals_{number} as
            with {states.by_community}, {states.with_district}
            select totals.*, numbered.number, coalesce(place, {DISTRICT_PLACE}) as place
            from totals
            join numbered using (grain, period)
            left join communities using (community)
            order by number, place
        """)
        self._con.execute(f"""
            create temp table known_{number} as
            with {states.by_community}
            select known.*, place
            from known
            join communities using (community)
            where place in (select place from totals_{number} where state in {COUNTED})
        """)


class Filled:
    """Which tables hold rows; many of a home are empty, and asking a table is quick."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._found: dict[str, bool] = {}

    def any_of(self, tables: Iterable[str]) -> bool:
        """Whether any of the tables holds a row."""
        return any(self._holds(table) for table in tables)

    def _holds(self, table: str) -> bool:
        if table not in self._found:
            self._found[table] = bool(self._con.execute(f"from {table} limit 1").fetchall())
        return self._found[table]


class EarlyFacts:
    """Of which metrics facts lie before their communities have to send them.

    `periods` names a relation of those asked for: what lies in the same one is not early.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, periods: str = "periods") -> None:
        self._con = con
        self._begins = f"""
            select community, max(first_day) as first_day
            from expected
            where list_contains($tables, tbl)
            group by community
            having max(first_day) > (select min(last_day) from {periods})
        """
        self._filled = Filled(con)
        self._found: dict[tuple[tuple[str, ...], str], bool] = {}

    def of(self, metric: Metric) -> str:
        """The facts of a metric where some are early, as `states_of` takes them."""
        key = (metric.tables, metric.sql)
        if key not in self._found:
            there = self._filled.any_of(metric.tables)
            self._found[key] = (
                there
                and self._has_rows(self._begins, metric)
                and self._has_rows(
                    f"select 1 from ({metric.sql}) as facts join ({self._begins}) as begins"
                    " on begins.community = facts.community and facts.day < begins.first_day",
                    metric,
                )
            )
        return f"({metric.sql})" if self._found[key] else NO_FACTS

    def _has_rows(self, sql: str, metric: Metric) -> bool:
        asked = {"tables": list(metric.tables)}
        return bool(self._con.execute(f"{sql} limit 1", asked).fetchall())


def states_key(metric: Metric) -> tuple[tuple[str, ...], str, str | None, tuple[object, ...]]:
    """Metrics with the same one have the same states and populations."""
    population = metric.denominator if metric.by_population else None
    return (metric.tables, metric.window, population, (metric.totals, metric.needs))


def tables_sent(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The canonical tables that anybody has to send, or sent; states rest on no others."""
    rows = con.execute("select tbl from expected union select tbl from unexpected").fetchall()
    return frozenset(table for (table,) in rows)


def ready_states(number: str, periods: str = "periods") -> States:
    """The states that `known_…` and `totals_…` of that number hold, of some of their periods."""
    return States(
        f"""known as (from known_{number}),
states as (from totals_{number} semi join {periods} using (grain, period)
    where community <> '{DISTRICT}')""",
        f"totals as (from totals_{number} semi join {periods} using (grain, period))",
    )
