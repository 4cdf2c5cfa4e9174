"""What is published of small counts of people: nothing from which they could be worked out.

A value that rests on 1 to 4 people is withheld, and with it what would bring it back: by
subtraction within a breakdown, between communities, between periods, between a stock and what
flows in and out of it, through another metric that tells the same quantity, or by the least that
parts can be: six redemptions in three communities of two named goods each are one of each good.

No sum reaches from one year into another, so every year is worked out for itself; only where few
moved a stock, none of its years is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from lingti import catalog
from lingti.catalog import DISTRICT, PERSON, Metric
from lingti.warehouse import withheld_bounds

_NO_SUM = ("median", "avg")


@dataclass(frozen=True)
class Quantity:
    """What a metric tells: as its value, or as the numerator or denominator of a share.

    Metrics that tell the same have the same `name`. `adds_up`: months make a year, as good as
    exactly where persons are counted once each. `counts`: every row makes it greater by one.
    `is_distinct`: what stands in several rows counts once.
    """

    metric: str
    part: str
    name: str
    adds_up: bool
    counts: bool
    is_distinct: bool


def quantities(metrics: Iterable[Metric]) -> list[Quantity]:
    """What the metrics tell that count people."""
    return [
        Quantity(
            metric.name,
            part,
            _quantity_name(metric, aggregate),
            metric.window == "period" and not aggregate.startswith(_NO_SUM),
            aggregate.startswith("count("),
            "distinct" in aggregate,
        )
        for metric in metrics
        if metric.counts_people
        for part, aggregate in _parts(metric)
    ]


def _quantity_name(metric: Metric, aggregate: str) -> str:
    """The same for all metrics whose aggregate over their facts tells the same."""
    return f"{aggregate} {metric.window} {metric.ends} {metric.sql}"


def flows(metrics: Iterable[Metric]) -> list[tuple[str, str]]:
    """Stock and metric, for all whose values make up how the stock moves in a period."""
    telling = [one for one in metrics if one.counts_people]
    return [
        (stock.name, flow.name)
        for stock in telling
        if stock.window == "to_date"
        for flow in telling
        if flow.window == "period"
        and flow.numerator == stock.numerator
        and set(flow.tables) <= set(stock.tables)
    ]


def publish_values(
    con: duckdb.DuckDBPyConnection, metrics: Iterable[Metric], same: Iterable[tuple[str, str]] = ()
) -> None:
    """Brings `published_values` up to date with `metric_values`, which holds the metrics.

    One withheld cell can call for another, so the steps are repeated until nothing is added.
    The metrics have in the years that `same` names with them the values of the last time; where
    that is true of all that can give one another away, what is published of them stays.
    """
    metrics = list(metrics)
    told = quantities(metrics)
    names = {one.metric: one.name for one in told if one.part == "value"}
    moves = [(stock, names[flow]) for stock, flow in flows(metrics)]
    _note(con, "flows", ["stock", "quantity"], moves)
    con.execute("create or replace temp table withheld_rows (place bigint)")
    groups = _groups([*({one.name} for one in told), *({names[a], b} for a, b in moves)])
    metrics_of = [{one.metric for one in told if one.name in group} for group in groups]
    same_in: dict[str, set[str]] = {year: set() for year in years_of(con)}
    for metric, year in same:
        same_in[year].add(metric)
    kept_in = {year: _kept(names, metrics_of) for year, names in same_in.items()}
    for group, named in zip(groups, metrics_of, strict=True):
        years = [year for year, kept in kept_in.items() if not named <= kept]
        if not years:
            continue
        chosen = [one for one in told if one.name in group]
        rows = [
            (one.metric, one.part, one.name, one.adds_up, one.counts, one.is_distinct)
            for one in chosen
        ]
        columns = ["metric", "part", "quantity", "adds_up", "counts", "is_distinct"]
        _note(con, "quantities", columns, rows)
        stocks = {stock for stock, _flow in moves if names[stock] in group}
        _find_withheld_rows(
            con, [(one, names[one.name]) for one in metrics if one.name in stocks], years
        )
    kept_rows = [(metric, year) for year, kept in kept_in.items() for metric in sorted(kept)]
    _note(con, "unchanged", ["metric", "year"], kept_rows)
    con.execute(
        "delete from published_values"
        " where (metric, left(period, 4)) not in (select (metric, year) from unchanged)"
    )
    con.execute(f"insert into published_values {catalog.build_step('published')}")
    con.execute(
        "drop table if exists sums; drop table if exists withheld; drop table withheld_rows"
    )


def years_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The years that periods lie in; the names of months, quarters and years begin with them."""
    found = con.execute(
        "select distinct left(period, 4) from periods where grain = 'year' order by 1"
    )
    return [year for (year,) in found.fetchall()]


def _kept(same: set[str], groups: Iterable[set[str]]) -> set[str]:
    """Those of the metrics that are in no group with any other than these.

    A share is in two groups, so one metric that leaves can take others with it.
    """
    groups = list(groups)
    while gone := {name for group in groups if not group <= same for name in group & same}:
        same = same - gone
    return same


def _groups(linked: Iterable[set[str]]) -> list[set[str]]:
    """Quantities that can give each other away, together; all else is worked out one by one."""
    groups: list[set[str]] = []
    for names in linked:
        touching = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names] + [names.union(*touching)]
    return groups


def _find_withheld_rows(
    con: duckdb.DuckDBPyConnection, stocks: list[tuple[Metric, str]], years: list[str]
) -> None:
    """Adds to `withheld_rows` the rows of `metric_values` that tell a withheld cell of these years.

    `stocks` are those among the quantities, each with the quantity's name.
    """
    cells = catalog.build_step("published_cells")
    con.execute(
        f"create or replace temp table cells as {cells}", {"district": DISTRICT, "years": years}
    )
    con.execute(
        "create or replace temp table newly_withheld as"
        " select * exclude (from_rows) from cells where few"
    )
    for stock, quantity in stocks:
        con.execute(f"insert into newly_withheld {_series_with_few(stock)}", {"name": quantity})
    if con.execute("select 1 from newly_withheld limit 1").fetchone() is None:
        return
    con.execute("create or replace temp table withheld as from newly_withheld limit 0")
    _withhold(con)
    con.execute(f"create or replace temp table sums as {catalog.build_step('published_sums')}")
    while _open_to_subtraction(con) or _open_to_bounds(con):
        _withhold(con)
    con.execute(
        "insert into withheld_rows"
        " select unnest(from_rows) from cells semi join withheld using (cell)"
    )


def _withhold(con: duckdb.DuckDBPyConnection) -> None:
    """Withholds the cells in `newly_withheld`, and what has to be withheld because of them."""
    con.execute("insert into withheld select distinct * from newly_withheld")
    while con.execute("select 1 from newly_withheld limit 1").fetchall():
        con.execute(f"create temp table next_withheld as {catalog.build_step('withheld_next')}")
        con.execute("drop table newly_withheld")
        con.execute("alter table next_withheld rename to newly_withheld")
        con.execute("insert into withheld from newly_withheld")


def _open_to_subtraction(con: duckdb.DuckDBPyConnection) -> bool:
    """Subtracts, as a reader could, wherever all of a sum but one is known.

    Where that ends at a cell of few people, `newly_withheld` becomes the parts of the wholes that
    were known by it, or, if all of those are withheld already, all there is of the quantity in the
    year.
    """
    con.execute("create or replace temp table worked_out as select cell from withheld limit 0")
    while True:
        ((before,),) = con.execute("select count(*) from worked_out").fetchall()
        con.execute("""
            insert into worked_out
            select distinct any_value(cell)
            from sums semi join withheld using (cell) anti join worked_out using (cell)
            group by sum
            having count(*) = 1
        """)
        ((after,),) = con.execute("select count(*) from worked_out").fetchall()
        if after == before:
            break
    parts = """
        cell in (
            select cell from sums where sum in (
                select sum from sums semi join worked_out using (cell) where is_whole
            )
        )
    """
    return _choose_newly(con, parts)


def _open_to_bounds(con: duckdb.DuckDBPyConnection) -> bool:
    """Narrows, as a reader could, between what every withheld cell must lie.

    Where nothing is left between for a cell of few people, `newly_withheld` becomes what is still
    known of the sums it stands in, or, if there is nothing, all there is of the quantity in the
    year.
    """
    con.register("noted", pa.table({"cell": withheld_bounds.given_away(con)}))
    con.execute("create or replace temp table worked_out as from noted")
    con.unregister("noted")
    return _choose_newly(
        con,
        "cell in (select cell from sums"
        " where sum in (select sum from sums semi join worked_out using (cell)))",
    )


def _choose_newly(con: duckdb.DuckDBPyConnection, which_first: str) -> bool:
    """Fills `newly_withheld` where `worked_out` holds cells of few people; whether it does."""
    con.execute("""
        create or replace temp table exposed as
        select distinct quantity, year from cells semi join worked_out using (cell) where few
    """)
    for which in (which_first, "true"):
        con.execute(f"""
            create or replace temp table newly_withheld as
            select * exclude (from_rows) from cells
            semi join exposed using (quantity, year) anti join withheld using (cell)
            where {which}
        """)
        if con.execute("select 1 from newly_withheld limit 1").fetchall():
            return True
    return False


def _parts(metric: Metric) -> list[tuple[str, str]]:
    if not metric.is_share:
        return [("value", metric.numerator)]
    under = [] if metric.by_population else [("denominator", str(metric.denominator))]
    return [("numerator", metric.numerator), *under]


def _series_with_few(stock: Metric) -> str:
    """The cells of a stock in places where 1 to 4 people moved it in some month.

    Each level less the one before would tell what they did, so none of them is published.
    """
    return f"""
        select * exclude (from_rows) from cells
        where quantity = $name and community in (select community from ({moved_by_few(stock)}))
    """


def moved_by_few(stock: Metric, months: str = "periods") -> str:
    """SQL for places and months in which 1 to 4 people moved a stock: community, period.

    `months` names a relation of the periods looked at.
    """
    moves = f"select community, day, {PERSON} from ({stock.sql})"
    if stock.ends:
        moves += f" union all select community, {stock.ends}, {PERSON} from ({stock.sql})"
    return f"""
        select coalesce(moves.community, '{DISTRICT}') as community, months.period
        from ({moves}) as moves
        join {months} as months
            on months.grain = 'month' and moves.day between months.first_day and months.last_day
        group by grouping sets ((months.period, moves.community), (months.period))
        having count(distinct {PERSON}) between 1 and 4
    """


def _note(
    con: duckdb.DuckDBPyConnection, table: str, names: list[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Makes a temporary table of rows; their columns are text, or true and false."""
    kinds = dict.fromkeys(("adds_up", "counts", "is_distinct"), pa.bool_())
    made = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    con.register("noted", pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) for row in rows], schema=made))  # fmt: skip
    con.execute(f"create or replace temp table {table} as from noted")
    con.unregister("noted")
