"""How communities can be told apart, which is filled in while a warehouse is built.

Months, quarters, years and the programme to date are compared, anew only where what they rest on
has changed. What each person added is read from the rows once, and only where these have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from lingti import catalog
from lingti.catalog import Catalog, Metric
from lingti.judging.between.between import Count, How, compared, funnel, how_of, leader
from lingti.warehouse.insert import insert
from lingti.warehouse.publish import as_rows
from lingti.warehouse.template import facts_with

Family = tuple[str, str, str]  # metric, grain, period
_MONTHS = "(from periods where grain = 'month')"
_MARKS = """
select
    metric,
    grain,
    period,
    sum(hash(place, community, number, size, people, squares)::hugeint)::varchar as fingerprint,
from compared_counts
group by metric, grain, period
"""
_FAMILY = "(metric, grain, period)"


def compare_all(con: Any, known: Catalog) -> None:
    """Brings `comparisons` and `told_apart` up to date; `con` is a warehouse being built."""
    compared_by = {name: how for name, one in known.metrics.items() if (how := how_of(one))}
    _spread(con, [known.metrics[name] for name, how in compared_by.items() if how == "sums"])
    con.execute(
        "create temp table compared_by (metric varchar, is_share boolean, matures_days integer)"
    )
    of_metrics = [known.metrics[name] for name in compared_by]
    insert(
        con,
        "compared_by",
        [(metric.name, metric.is_share, metric.matures_days) for metric in of_metrics],
    )
    counts = catalog.build_step("compared_counts").format(freshness=known.views["freshness"])
    con.execute(f"create temp table compared_counts as {counts}")
    con.execute(f"create temp table marks as {_MARKS}")
    con.execute(
        "create temp table same as select metric, grain, period from comparisons"
        " join marks using (metric, grain, period, fingerprint)"
    )
    for table in ("told_apart", "comparisons"):
        con.execute(f"delete from {table} where {_FAMILY} not in (select {_FAMILY} from same)")
    families = list(_families(con, compared_by))
    insert(con, "comparisons", [row for row, _communities in families])
    insert(con, "told_apart", [row for _row, communities in families for row in communities])
    for table in ("same", "marks", "compared_counts", "compared_by"):
        con.execute(f"drop table {table}")


def _spread(con: Any, metrics: Sequence[Metric]) -> None:
    """Brings `spreads` up to date with the rows of metrics, where these are others than before."""
    made_of = _prints(con, "select name, fingerprint from made_of where kind = 'metric'")
    kept = _prints(con, "from spread_of")
    same = [one.name for one in metrics if made_of.get(one.name, "") == kept.get(one.name)]
    for table in ("spreads", "spread_of"):
        con.execute(f"delete from {table} where not list_contains($same, metric)", {"same": same})
    filled = {
        table
        for table in {table for metric in metrics for table in metric.tables}
        if con.execute(f"from {table} limit 1").fetchall()
    }
    for metric in metrics:
        if metric.name in same:
            continue
        if not filled.isdisjoint(metric.tables):  # many tables of a home are empty
            sql = catalog.build_step("spreads").format(
                facts=facts_with(metric, _MONTHS), numerator=metric.numerator
            )
            con.execute(f"insert into spreads {sql}", {"metric": metric.name})
        if metric.name in made_of:
            insert(con, "spread_of", [(metric.name, made_of[metric.name])])


def _prints(con: Any, sql: str) -> dict[str, str]:
    return dict(con.execute(sql).fetchall())


def _families(
    con: Any, compared_by: Mapping[str, How]
) -> Iterator[tuple[tuple[object, ...], list[tuple[object, ...]]]]:
    """The rows of `comparisons` and `told_apart` of every family that is not the same as before."""
    rows = as_rows(
        con.execute(
            f"from compared_counts join marks using {_FAMILY} anti join same using {_FAMILY}"
            " order by metric, grain, period, place"
        )
    )
    key: Callable[[dict[str, Any]], Family] = lambda row: (  # noqa: E731 - said shortest
        row["metric"],
        row["grain"],
        row["period"],
    )
    for (metric, grain, period), of_family in groupby(rows, key=key):
        family = list(of_family)
        how = compared_by[metric]
        counts = [
            Count(
                row["community"], *(row[name] for name in ("number", "size", "people", "squares"))
            )
            for row in family
        ]
        # Of a population that is too small somewhere no share can be told.
        known = [count for count in counts if how != "cases" or count.number <= count.size]
        if len(known) > 1:
            yield (
                (metric, grain, period, how, *_of_all(known, how), family[0]["fingerprint"]),
                _of_each(known, how, (grain, period), metric),
            )


def _of_all(counts: Sequence[Count], how: How) -> tuple[float, float, float]:
    drawn = funnel(counts, how)
    return drawn.rate, drawn.unit_variance, drawn.dispersion


def _of_each(
    counts: Sequence[Count], how: How, period: tuple[str, str], metric: str
) -> list[tuple[object, ...]]:
    comparisons = compared(counts, how)
    higher = {comparison.place for comparison in comparisons if comparison.against == "higher"}
    first = leader(counts, how)
    return [
        (
            *(
                metric,
                comparison.place,
                *period,
                comparison.number,
                comparison.size,
                comparison.lower,
                comparison.upper,
                comparison.others,
            ),
            "untested" if comparison.p_value is None else comparison.against,
            comparison.place == first and first in higher,
        )
        for comparison in comparisons
    ]
