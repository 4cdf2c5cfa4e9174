"""What areas tell of the district's values, and the district made of it.

A sum is that of the areas' sums. What is distinct is the sum of the areas' counts, less what was
counted in several. Medians and stocks whose rows end are made of the rows themselves, alike ones
together. All of it is as exact as one pass over all rows would be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lingti.catalog import DISTRICT, PERSON, Metric, parquet_sql
from lingti.warehouse import template
from lingti.warehouse.fast import distinct_counts, rollups, windows
from lingti.warehouse.fast.distinct_counts import DISTRICT_PLACE, Periods
from lingti.warehouse.fast.ready_states import ready_states
from lingti.warehouse.fast.shared_facts import SharedFacts, aggregates
from lingti.warehouse.template import COLUMNS

SHARED_PERSONS = "shared_persons"  # a row is a person of the area who is known in others, too
_BITS = "what integer, dimension varchar, member varchar, thing varchar"


@dataclass(frozen=True)
class AreaParts:
    """Writes the parts of an area into a folder; a file is named after the first of its metrics."""

    folder: Path

    def of_rolled_up(
        self, con: duckdb.DuckDBPyConnection, facts: SharedFacts, periods: Periods
    ) -> None:
        """Writes sums and counts of the area, and the bits of what can be in other areas, too."""
        name = facts.metrics[0].name
        _write(
            con,
            "select rolled_up.* exclude (place, cut), dimension, member"
            f" from rolled_up join cuts using (cut) where place = {DISTRICT_PLACE}",
            self.folder / f"sums-{name}.parquet",
        )
        if not facts.distinct:
            return
        words = distinct_counts.words_of(periods.all)
        kinds = ", ".join(f"{word} bigint default 0" for word in words)
        con.execute(f"create or replace temp table area_bits ({_BITS}, {kinds})")
        for i, what in enumerate(facts.distinct):
            where = f"{what} in (from {SHARED_PERSONS})" if what == PERSON else "true"
            for dimension in ("", *facts.dimensions):
                numbers = periods.long if dimension else periods.all
                distinct_counts.make_bits(con, what, dimension, numbers, where)
                con.execute(
                    f"insert into area_bits by name select {i} as what, '{dimension}' as dimension,"
                    f" member, thing::varchar as thing, {distinct_counts.laid_over_sql(numbers)}"
                    " from bits group by all"
                )
        _write(con, "from area_bits", self.folder / f"bits-{name}.parquet")
        con.execute("drop table area_bits; drop table bits")

    def of_rows(self, con: duckdb.DuckDBPyConnection, metric: Metric, states: str) -> None:
        """Writes the rows that count of a metric: what its aggregates read, and how many alike."""
        there = [row[0] for row in con.execute(f"describe {metric.sql}").fetchall()]
        read = " ".join([*aggregates(metric), *metric.dimensions])
        columns = ", ".join(f'"{name}"' for name in there if re.search(rf"\b{name}\b", read))
        selects = (
            f"(with {template.facts_with(metric, periods, states=ready_states(states, periods))}"
            f" select grain, period, {columns}{', ' if columns else ''}count(*) as alike"
            " from counted group by all)"
            for periods in ("weeks", "other_periods")
        )
        _write(con, " union all ".join(selects), self.folder / f"rows-{metric.name}.parquet")

    def of_states(self, con: duckdb.DuckDBPyConnection, numbers: Mapping[str, str]) -> None:
        """Writes how many live where a metric has which state, and which metrics share states."""
        selects = (
            f"select {number} as states, grain, period, state, population is null as is_unknown,"
            f" sum(population) as population from totals_{number} where place <> {DISTRICT_PLACE}"
            " group by all"
            for number in sorted(set(numbers.values()))
        )
        _write(con, " union all ".join(selects), self.folder / "states.parquet")
        named = ", ".join(f"('{metric}', {number})" for metric, number in numbers.items())
        _write(
            con, f"from (values {named}) as named(metric, states)", self.folder / "named.parquet"
        )


def measure_district(
    con: duckdb.DuckDBPyConnection, facts: SharedFacts, areas: Sequence[Path]
) -> None:
    """Adds to `metric_values` those of the district, made of the parts in the areas' folders."""
    windows.choose_places(con, [])
    periods = windows.number_periods(con, "periods")
    for number, metric in enumerate(facts.metrics):
        _make_states(con, metric, str(number), areas)
    first = facts.metrics[0].name
    if sums := _files(areas, f"sums-{first}"):
        _add_up(con, facts, periods, sums, _files(areas, f"bits-{first}"))
        for number, metric in enumerate(facts.metrics):
            rollups.insert_rolled_up(con, facts, metric, str(number))
        return
    for number, metric in enumerate(facts.metrics):
        if rows := _files(areas, f"rows-{metric.name}"):
            _insert_of_rows(con, metric, str(number), rows)
        else:
            rollups.insert_without_facts(con, [metric], str(number))


def _make_states(
    con: duckdb.DuckDBPyConnection, metric: Metric, number: str, areas: Sequence[Path]
) -> None:
    """Makes `totals_…` of the district."""
    pairs = (
        f"select grain, period, state, population from {parquet_sql([area / 'states.parquet'])}"
        f" semi join (from {parquet_sql([area / 'named.parquet'])} where metric = '{metric.name}')"
        " using (states)"
        for area in areas
    )
    con.execute(f"""
        create or replace temp table totals_{number} as
        with sized as (select '' as community, * from ({" union all ".join(pairs)})),
        {template.totals_sql()}
        select totals.*, numbered.number, {DISTRICT_PLACE} as place
        from totals join numbered using (grain, period)
        where community = '{DISTRICT}'
    """)


def _add_up(
    con: duckdb.DuckDBPyConnection,
    facts: SharedFacts,
    periods: Periods,
    sums: Sequence[Path],
    bits: Sequence[Path],
) -> None:
    """Makes `rolled_up` and `cuts` of the district."""
    parts = [f"sum_{i}" for i in range(len(facts.sums))]
    parts += [f"count_{i}" for i in range(len(facts.distinct))]
    con.execute(f"""
        create or replace temp table summed as
        select number, dimension, member, {", ".join(f"sum({part}) as {part}" for part in parts)}
        from {parquet_sql(sums)}
        group by all
    """)
    con.execute("""
        create or replace temp table cuts as
        select row_number() over (order by dimension, member)::integer as cut, dimension, member
        from (select distinct dimension, member from summed)
    """)
    _count_again(con, periods, bits)
    joins = "".join(
        f" left join (from counted_again where what = {i}) as again_{i}"
        " using (number, dimension, member)"
        for i in range(len(facts.distinct))
    )
    once = ", ".join(
        f"count_{i} - coalesce(again_{i}.times, 0) as count_{i}" for i in range(len(facts.distinct))
    )
    con.execute(f"""
        create or replace temp table rolled_up as
        select
            {DISTRICT_PLACE} as place,
            cut,
            summed.* exclude (dimension, member){f" replace ({once})" if once else ""},
        from summed join cuts using (dimension, member){joins}
    """)


def _count_again(con: duckdb.DuckDBPyConnection, periods: Periods, bits: Sequence[Path]) -> None:
    """Makes `counted_again`: how often something was counted in a second area, or a third."""
    con.execute(
        "create or replace temp table counted_again"
        " (what integer, dimension varchar, member varchar, number bigint, times bigint)"
    )
    if not bits:
        return
    cut = "what, dimension, member"
    con.execute(f"""
        insert into counted_again
        with in_several as (
            select {cut}, thing from {parquet_sql(bits)} group by all having count(*) > 1
        ),
        by_area as (from {parquet_sql(bits)} semi join in_several using ({cut}, thing)),
        by_thing as (
            select {cut}, thing, {distinct_counts.laid_over_sql(periods.all)}
            from by_area group by {cut}, thing
        ),
        apart as (
            select {cut}, {distinct_counts.counts_sql(periods.all)} as counts
            from by_area group by {cut}
        ),
        together as (
            select {cut}, {distinct_counts.counts_sql(periods.all)} as counts
            from by_thing group by {cut}
        ),
        spread as (
            select {cut}, unnest(range({periods.all})) as number,
                unnest(apart.counts) - unnest(together.counts) as times,
            from apart join together using ({cut})
        )
        select * from spread where times > 0
    """)


def _insert_of_rows(
    con: duckdb.DuckDBPyConnection, metric: Metric, states: str, rows: Sequence[Path]
) -> None:
    for periods, dimensions in (("weeks", ()), ("other_periods", metric.dimensions)):
        ready = ready_states(states, periods)
        con.execute(f"""
            insert into metric_values ({COLUMNS})
            with counted as (
                select '' as community, * exclude (alike), unnest(range(alike)) as nth
                from {parquet_sql(rows)} semi join {periods} using (grain, period)
            ),
            added_up as ({template.added_up_sql(metric, dimensions)}),
            {ready.with_district}
            {template.values_sql(metric)}
            from totals as states
            left join added_up using (community, grain, period)
        """)


def _files(areas: Sequence[Path], name: str) -> list[Path]:
    return [path for area in areas if (path := area / f"{name}.parquet").exists()]


def _write(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    con.execute(f"copy ({sql}) to {quoted(path)} (format parquet, compression zstd)")


def quoted(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"
