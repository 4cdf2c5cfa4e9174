"""What is published of small counts of people: nothing from which they could be worked out.

A value that rests on 1 to 4 people is withheld, and with it what would bring it back: by
subtraction within a breakdown, between communities (whoever keeps one knows its numbers), between
periods, between a stock and what flows in and out of it, between a whole and its part, through
another metric that tells the same quantity, or by the least that parts can be: six redemptions in
three communities of two named goods each are one of each good.

No sum reaches from one year into another, so every year is worked out for itself; only where few
moved a stock, none of its years is published.

Of several areas each is worked out for itself, as if everybody knew what its communities come to.
Then a number of the district tells nothing new where all areas' are as good as known; where one is
not, it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple

import duckdb
import numpy as np
import pyarrow as pa

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.warehouse.areas_apart import Workers
from lingti.warehouse.quantities import (
    Quantity,
    area_place,
    flows,
    groups,
    moved_by_few,
    quantities,
    rests_of,
)
from lingti.warehouse.withheld_bounds import Cells, Exposed
from lingti.warehouse.withheld_sums import Flags

DISTRICT_AREA = 0  # the district beside its areas, or with all communities where there are none
# Of a withheld cell: what it is withheld with.
_OF_WITHHELD = "cell, breakdown, total, places, series, dimension, is_district"
# What the district is asked to keep back because of its areas.
FROM_AREAS = ("withheld_totals", "unlisted")


def publish_values(
    con: duckdb.DuckDBPyConnection,
    metrics: Iterable[Metric],
    same: Iterable[tuple[str, str]] = (),
    only: int | None = None,
) -> None:
    """Brings `published_values` up to date with `metric_values`, which holds the metrics.

    One withheld cell can call for another, so the steps are repeated until nothing is added.
    The metrics have in the years that `same` names with them the values of the last time; where
    that is true of all that can give one another away, what is published of them stays.

    `only` one of several areas, whose values and rows are there alone; or, as `DISTRICT_AREA`, the
    district, whose values are there alone with the tables of `FROM_AREAS` that all areas left.
    """
    metrics = list(metrics)
    all_quantities = quantities(metrics)
    names = {
        quantity.metric: quantity.name for quantity in all_quantities if quantity.part == "value"
    }
    moves = [(stock, names[flow]) for stock, flow in flows(metrics)]
    rests = rests_of(metrics)
    _note(con, "flows", ["stock", "quantity"], moves)
    _note(con, "stocks", ["stock", "quantity"], [(move, names[move]) for move in dict(moves)])
    _note(con, "facts_of", ["metric", "facts"], [(one.name, one.sql) for one in metrics])
    _note(con, "rests", ["part", "whole", "rest"], rests)
    _note(con, "owners", ["metric"], [(one.name,) for one in metrics if one.owners_only])
    con.execute("create or replace temp table withheld_rows (place bigint)")
    areas = _note_areas(con, only)
    links = [*({names[a], b} for a, b in moves), *({part, whole} for part, whole, _rest in rests)]
    linked = groups([*({quantity.name} for quantity in all_quantities), *links])
    metrics_of = [
        {quantity.metric for quantity in all_quantities if quantity.name in group}
        for group in linked
    ]
    same_in: dict[str, set[str]] = {year: set() for year in years_of(con)}
    for metric, year in same:
        same_in[year].add(metric)
    kept_in = {year: _kept(kept, metrics_of) for year, kept in same_in.items()}
    telling = _telling(con)
    with closing(Workers()) as workers:
        for group, named in zip(linked, metrics_of, strict=True):
            if not named & telling:
                continue
            stocks = {stock for stock, _flow in moves if names[stock] in group}
            years = [year for year, kept in kept_in.items() if not named <= kept]
            if years and stocks:  # one level that is withheld takes all others with it
                years = list(kept_in)
                kept_in = {year: kept - named for year, kept in kept_in.items()}
            if not years:
                continue
            _note_quantities(
                con, [quantity for quantity in all_quantities if quantity.name in group]
            )
            moving = [(metric, names[metric.name]) for metric in metrics if metric.name in stocks]
            is_whole = (areas, only) == ([DISTRICT_AREA], None)
            _note_few_moves(con, moving, is_whole)
            _note_linked_values(con, years, is_whole)
            _go_through(con, areas, workers)
    _write_anew(con, kept_in)
    con.execute(
        "drop table if exists sums; drop table if exists withheld; drop table withheld_rows"
    )


def _go_through(con: duckdb.DuckDBPyConnection, areas: list[int], workers: Workers) -> None:
    """Finds what is withheld in every area, and then of the district."""
    if workers.pay(con, areas):
        workers.go_through(con, [area for area in areas if area != DISTRICT_AREA])
        areas = [DISTRICT_AREA]
    for area in areas:
        find_withheld_rows(con, area)


def _write_anew(con: duckdb.DuckDBPyConnection, kept_in: Mapping[str, set[str]]) -> None:
    """Writes what is published, but for the metrics that are kept in a year: it stays."""
    kept_rows = [(metric, year) for year, kept in kept_in.items() for metric in sorted(kept)]
    _note(con, "unchanged", ["metric", "year"], kept_rows)
    con.execute(
        "delete from published_values"
        " where (metric, left(period, 4)) not in (select (metric, year) from unchanged)"
    )
    con.execute(f"insert into published_values {catalog.build_step('published')}")


def _telling(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The metrics that count anything at all; many tables of a home are empty."""
    metrics = con.execute(
        "select distinct metric from metric_values"
        " where value <> 0 or numerator <> 0 or denominator <> 0 or people <> 0"
    )
    return {metric for (metric,) in metrics.fetchall()}


def years_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The years that periods lie in; the names of months, quarters and years begin with them."""
    years = con.execute(
        "select distinct left(period, 4) from periods where grain = 'year' order by 1"
    )
    return [year for (year,) in years.fetchall()]


def _kept(same: set[str], groups: Iterable[set[str]]) -> set[str]:
    """Those of the metrics that are in no group with any other than these.

    A share is in two groups, so one metric that leaves can take others with it.
    """
    groups = list(groups)
    while gone := {name for group in groups if not group <= same for name in group & same}:
        same = same - gone
    return same


def _note_areas(con: duckdb.DuckDBPyConnection, only: int | None) -> list[int]:
    """Makes `protected_in`, and what areas leave the district; the areas to go through, in order.

    The district comes after its areas.
    """
    found = con.execute("select distinct area from areas order by 1").fetchall()
    several = only is not None or len(found) > 1
    areas = [*(area for (area,) in found if several), DISTRICT_AREA]
    con.execute(
        "create or replace temp table protected_in as"
        f" select community, {'area' if several else DISTRICT_AREA} as area"
        f" from {'areas' if several else 'communities'} union all select '{DISTRICT}', 0"
    )
    if only != DISTRICT_AREA:
        texts = ("grain varchar", "period varchar", "dimension varchar")
        columns = ", ".join(texts)
        con.execute(
            f"create or replace temp table unlisted (facts varchar, {columns}, area integer)"
        )
        con.execute(
            "create or replace temp table withheld_totals"
            f" (quantity varchar, {columns}, member varchar)"
        )
    return areas if only is None else [only]


def _note_few_moves(
    con: duckdb.DuckDBPyConnection, stocks: list[tuple[Metric, str]], is_whole: bool
) -> None:
    """Makes a table of where few moved a stock, each of which comes with its quantity's name.

    Without areas (`is_whole`) that of the district; else who are few in it are few in an area.
    """
    con.execute(
        "create or replace temp table few_moves"
        " (quantity varchar, community varchar, dimension varchar, member varchar)"
    )
    for stock, quantity in stocks:
        con.execute(
            "insert into few_moves select distinct $quantity, community, dimension, member"
            f" from ({moved_by_few(stock)}) where $is_whole or community <> '{DISTRICT}'",
            {"quantity": quantity, "is_whole": is_whole},
        )


def _note_linked_values(con: duckdb.DuckDBPyConnection, years: list[str], is_whole: bool) -> None:
    """Makes a table of values in these years that can give one another away, area by area."""
    con.execute(
        f"create or replace temp table linked_values as {catalog.build_step('linked_values')}"
        + ("" if is_whole else " order by area"),
        {"years": years},
    )


def find_withheld_rows(con: duckdb.DuckDBPyConnection, area: int) -> None:
    """Adds to `withheld_rows` the rows of `linked_values` of an area that tell a withheld cell."""
    select = catalog.build_step("published_cells")
    con.execute(
        f"create or replace temp table cells as {select}", {"district": DISTRICT, "area": area}
    )
    if area == DISTRICT_AREA:
        con.execute(
            "insert into unlisted select * replace (0 as area) from unlisted where area > 0"
            " except from unlisted"
        )
    con.execute(f"create or replace temp table rest_cells as {catalog.build_step('rest_cells')}")
    con.execute(
        f"create or replace temp table newly_withheld as select {_OF_WITHHELD} from cells where few"
    )
    if area == DISTRICT_AREA:
        con.execute(f"insert into newly_withheld {_told_by_areas()}")
    con.execute(f"insert into newly_withheld {_series_with_few()}")
    if con.execute("select 1 from newly_withheld limit 1").fetchone() is None:
        return
    con.execute("create or replace temp table withheld as from newly_withheld limit 0")
    _withhold(con)
    con.execute(f"create or replace temp table sums as {catalog.build_step('published_sums')}")
    cells = Cells(con)
    while _open_to_subtraction(con, cells) or _open_to_bounds(con, cells):
        _withhold(con)
    con.execute(
        "insert into withheld_rows"
        " select unnest(from_rows) from cells semi join withheld using (cell)"
    )
    if area != DISTRICT_AREA:
        con.execute(
            "insert into withheld_totals select quantity, grain, period, dimension, member"
            " from cells semi join withheld using (cell) where is_district"
        )


def _told_by_areas() -> str:
    """The district's cells of which an area's part is withheld."""
    return f"""
        select {_OF_WITHHELD} from cells
        where exists (
            select 1 from withheld_totals as totals
            where totals.quantity = cells.quantity
                and totals.grain = cells.grain
                and totals.period = cells.period
                and totals.dimension is not distinct from cells.dimension
                and totals.member is not distinct from cells.member
        )
    """


def _withhold(con: duckdb.DuckDBPyConnection) -> None:
    """Withholds the cells in `newly_withheld`, and what has to be withheld because of them."""
    con.execute("insert into withheld select distinct * from newly_withheld")
    while con.execute("select 1 from newly_withheld limit 1").fetchall():
        con.execute(f"create temp table next_withheld as {catalog.build_step('withheld_next')}")
        con.execute("drop table newly_withheld")
        con.execute("alter table next_withheld rename to newly_withheld")
        con.execute("insert into withheld from newly_withheld")


def _open_to_subtraction(con: duckdb.DuckDBPyConnection, cells: Cells) -> bool:
    """Fills `newly_withheld` with what readers subtract by; whether there is anything."""
    withheld, _is_listed = _flags(con)
    return _close(con, cells, withheld, list(cells.subtracted(withheld)))


def _open_to_bounds(con: duckdb.DuckDBPyConnection, cells: Cells) -> bool:
    """Fills it with what narrows cells of few people too much; whether there is anything.

    That a member is named tells that it has one at least. Where cells of few people follow, the
    members of their breakdown are not named any more; where they still do, more is withheld.
    """
    while True:
        withheld, is_listed = _flags(con)
        exposed = list(cells.narrowed(withheld, is_listed))
        with _chosen(con, _cells_of(exposed)):
            new = con.execute("""
                insert into unlisted
                select distinct facts, grain, period, dimension, area
                from cells semi join chosen using (cell)
                anti join unlisted using (facts, grain, period, dimension, area)
                where facts is not null and dimension is not null
                returning 1
            """).fetchall()
        if not new:
            return _close(con, cells, withheld, exposed)


def _flags(con: duckdb.DuckDBPyConnection) -> tuple[Flags, Flags]:
    """Of every cell whether it is withheld, and whether its members are named."""
    flags = con.execute(catalog.build_step("withheld_flags")).fetchnumpy()
    return np.asarray(flags["is_withheld"], bool), np.asarray(flags["is_listed"], bool)


def _close(
    con: duckdb.DuckDBPyConnection, cells: Cells, withheld: Flags, exposed: list[Exposed]
) -> bool:
    """Fills `newly_withheld` with what led to cells of few people; whether there is anything.

    Where nothing did but which members there are, with all there is of the quantity in the year.
    """
    lead, where = cells.to_withhold(exposed, withheld), "cell in (from chosen)"
    if exposed and not lead:
        lead = _cells_of(exposed)
        alike = "select (quantity, year) from cells semi join chosen using (cell)"
        where = f"(quantity, year) in ({alike})"
    with _chosen(con, lead):
        con.execute(f"""
            create or replace temp table newly_withheld as
            select {_OF_WITHHELD} from cells anti join withheld using (cell) where {where}
        """)
    return con.execute("select 1 from newly_withheld limit 1").fetchone() is not None


def _cells_of(exposed: list[Exposed]) -> set[int]:
    return set(
        np.unique(np.concatenate([[], *(one.cells for one in exposed)])).astype(int).tolist()
    )


@contextmanager
def _chosen(con: duckdb.DuckDBPyConnection, cells: Iterable[int]) -> Iterator[None]:
    """Lends a relation `chosen` of the cells with these numbers."""
    con.register("chosen", pa.table({"cell": pa.array(sorted(cells), pa.int64())}))
    try:
        yield
    finally:
        con.unregister("chosen")


def _series_with_few() -> str:
    """The cells of a stock in places where few moved it, or its member, in some month.

    Each level less the one before would tell what they did, so none of them is published.
    """
    return f"""
        select {_OF_WITHHELD} from cells
        where exists (
            select 1 from few_moves as moves
            where moves.quantity = cells.quantity
                and moves.community = case when is_district and area > 0
                    then {area_place("area")} else cells.community end
                and (
                    moves.dimension is null
                    or moves.dimension = cells.dimension and moves.member = cells.member
                )
        )
    """


def _note_quantities(con: duckdb.DuckDBPyConnection, all_quantities: Iterable[Quantity]) -> None:
    """Makes a temporary table of quantities, one row each."""
    kinds = {
        **dict.fromkeys(("metric", "part", "quantity"), pa.string()),
        **dict.fromkeys(("adds_up", "counts", "is_distinct", "always"), pa.bool_()),
        "sensitive": pa.list_(pa.string()),
        **dict.fromkeys(("by_population", "has_sum"), pa.bool_()),
        "facts": pa.string(),
    }
    rows = [dict(zip(kinds, astuple(quantity), strict=True)) for quantity in all_quantities]
    con.register("noted", pa.Table.from_pylist(rows, schema=pa.schema(kinds)))
    con.execute("create or replace temp table quantities as from noted")
    con.unregister("noted")


def _note(
    con: duckdb.DuckDBPyConnection, table: str, names: list[str], rows: Sequence[tuple[str, ...]]
) -> None:
    """Makes a temporary table of rows of texts."""
    schema = pa.schema([(name, pa.string()) for name in names])
    con.register("noted", pa.Table.from_pylist(
        [dict(zip(names, row, strict=True)) for row in rows], schema=schema))  # fmt: skip
    con.execute(f"create or replace temp table {table} as from noted")
    con.unregister("noted")
