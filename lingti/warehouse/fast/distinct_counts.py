"""Counts what is distinct in many periods in one pass: a row of bits per person, a bit per period.

Bits of the same person laid over each other say where they occur; counting the bits of all persons
by their place counts the persons of every period.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from lingti.warehouse.fast.shared_facts import SharedFacts

WORD_BITS = 62  # of a signed bigint, with room to spare
DISTRICT_PLACE = 0  # communities are numbered from 1


@dataclass(frozen=True)
class Periods:
    """How many periods there are, and how many of them, numbered first, are no weeks."""

    all: int
    long: int


def count(con: duckdb.DuckDBPyConnection, facts: SharedFacts, periods: Periods) -> None:
    """Makes `distinct_counts`; needs `facts_by_span`, `counted`, `cuts` and `asked_places`."""
    con.execute(
        "create temp table distinct_counts (place integer, number bigint, cut integer,"
        " what integer, counted bigint)"
    )
    for i, what in enumerate(facts.distinct):
        for dimension in ("", *facts.dimensions):
            make_bits(con, what, dimension, periods.long if dimension else periods.all)
            _count_bits(con, i, dimension, periods.long if dimension else periods.all)
    con.execute("drop table if exists bits")


def make_bits(
    con: duckdb.DuckDBPyConnection, what: str, dimension: str, periods: int, where: str = "true"
) -> None:
    """Makes `bits`, one row per place, distinct value of a column, and member of a dimension.

    The bits say in which periods the value occurs; a community's are blanked where its rows do not
    count. `where` chooses among the values.
    """
    words = words_of(periods)
    member = f"by_{dimension}" if dimension else "''"
    blanked = ", ".join(f"bits.{word} & mask.{word} as {word}" for word in words)
    con.execute(f"""
        create or replace temp table bits as
        with bits as (
            select place, {member} as member, {what} as thing, {laid_over_sql(periods)}
            from facts_by_span
            where {what} is not null and {where}
            group by all
        ),
        mask as (select place, {words_sql(periods)} from counted group by place)
        select place, member, thing, {blanked}
        from bits
        join mask using (place)
    """)


def _count_bits(con: duckdb.DuckDBPyConnection, what: int, dimension: str, periods: int) -> None:
    """Adds to `distinct_counts` how many rows of `bits` have each bit set.

    The district's are those of its communities laid over each other.
    """
    con.execute(f"""
        insert into distinct_counts
        with laid_over as (
            select * from bits semi join asked_places using (place)
            union all
            select {DISTRICT_PLACE} as place, member, thing, {laid_over_sql(periods)}
            from bits group by all
        ),
        counted_bits as (
            select place, member, {counts_sql(periods)} as counts from laid_over group by all
        ),
        spread as (
            select place, cut, unnest(range({periods})) as number, unnest(counts) as counted,
            from counted_bits
            join (from cuts where dimension = '{dimension}') as cuts using (member)
        )
        select place, number, cut, {what}, counted
        from spread
        where counted > 0
    """)


def words_of(numbers: int) -> list[str]:
    """The columns of words that hold the bits of so many periods."""
    return [f"w{word}" for word in range(max(1, -(-numbers // WORD_BITS)))]


def laid_over_sql(numbers: int) -> str:
    """SQL for the words of several rows laid over each other."""
    return ", ".join(f"bit_or({word}) as {word}" for word in words_of(numbers))


def counts_sql(numbers: int) -> str:
    """SQL for a list of how many rows have each bit set."""
    counts = (
        f"count(nullif(w{number // WORD_BITS} & {1 << number % WORD_BITS}, 0))"
        for number in range(numbers)
    )
    return f"[{', '.join(counts)}]"


def words_sql(numbers: int) -> str:
    """SQL for the words in which the bits of `number` are set."""
    return ", ".join(
        f"coalesce(bit_or(1::bigint << (number % {WORD_BITS})::integer)"
        f" filter (where number // {WORD_BITS} = {word}), 0) as w{word}"
        for word in range(len(words_of(numbers)))
    )
