"""What metrics tell, and through what they can give one another away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lingti.catalog import DISTRICT, PEOPLE_COLUMNS, Metric
from lingti.warehouse.template import member_sql

_NO_SUM = ("median", "avg")


@dataclass(frozen=True)
class Quantity:
    """What a metric tells: as its value, or as the numerator or denominator of a share.

    Metrics that tell the same have the same `name`. `adds_up`: months make a year, as good as
    exactly where persons are counted once each, and what only one month has is the year's.
    `counts`: every row makes it greater by one. `is_distinct`: what stands in several rows counts
    once. `always`: a small one tells of somebody wherever it stands, else where one of the
    `sensitive` dimensions names a member. `has_sum`: what communities or members come to is that of
    all. `facts` are the rows it counts.
    """

    metric: str
    part: str
    name: str
    adds_up: bool
    counts: bool
    is_distinct: bool
    always: bool
    sensitive: tuple[str, ...]
    by_population: bool
    has_sum: bool
    facts: str


def quantities(metrics: Iterable[Metric]) -> list[Quantity]:
    """What the metrics tell that count people."""
    return [
        Quantity(
            metric.name,
            part,
            _name(metric, aggregate),
            metric.window == "period",
            _as_rows(aggregate).startswith("count("),
            "distinct" in aggregate,
            metric.always_protects,
            metric.sensitive,
            metric.by_population,
            not aggregate.startswith(_NO_SUM),
            metric.sql,
        )
        for metric in metrics
        if metric.protects
        for part, aggregate in _parts(metric)
    ]


def _parts(metric: Metric) -> Iterator[tuple[str, str]]:
    if not metric.is_share:
        yield "value", metric.numerator
        return
    yield "numerator", metric.numerator
    if not metric.by_population:
        yield "denominator", str(metric.denominator)


def _name(metric: Metric, aggregate: str) -> str:
    """The same for all metrics whose aggregate over their facts tells the same."""
    return f"{_as_rows(aggregate)} {metric.window} {metric.ends} {metric.sql}"


def _as_rows(aggregate: str) -> str:
    """What is counted; a row that stands for several times is counted as such."""
    return "count(*)" if aggregate == "sum(times)" else aggregate


def flows(metrics: Iterable[Metric]) -> list[tuple[str, str]]:
    """Stock and metric, for all whose values make up how the stock moves in a period."""
    telling = [metric for metric in metrics if metric.protects]
    return [
        (stock.name, flow.name)
        for stock in telling
        if stock.window == "to_date"
        and (stock.always_protects or any(_comes_in(stock, metric) for metric in telling))
        for flow in telling
        if flow.window == "period"
        and _as_rows(flow.numerator) == _as_rows(stock.numerator)
        and set(flow.tables) <= set(stock.tables)
    ]


def _comes_in(stock: Metric, flow: Metric) -> bool:
    """Whether what a metric counts by its day are the rows that come into a stock."""
    same = _as_rows(flow.numerator) == _as_rows(stock.numerator)
    return same and flow.window == "period" and flow.sql == stock.sql


def rests_of(metrics: Iterable[Metric]) -> list[tuple[str, str, str]]:
    """Part, whole, and what is left: of shares of counts, and of sets that headers call nested."""
    known = {metric.name: metric for metric in metrics if metric.protects}
    return [
        (part, whole, f"({whole}) without ({part})")
        for metric in known.values()
        for part, whole in _nested(metric, known)
        if part != whole
    ]


def _nested(metric: Metric, known: Mapping[str, Metric]) -> Iterator[tuple[str, str]]:
    own = _name(metric, metric.numerator)
    if metric.denominator == "count(*)" and _counts_rows(metric.numerator):
        yield own, _name(metric, metric.denominator)
    whole = known.get(metric.part_of or "")
    if whole is not None:
        yield own, _name(whole, whole.numerator)


def _counts_rows(aggregate: str) -> bool:
    return aggregate.startswith("count(") and "distinct" not in aggregate


def groups(linked: Iterable[set[str]]) -> list[set[str]]:
    """Names that hang together, each in one set."""
    apart: list[set[str]] = []
    for names in linked:
        touching = [group for group in apart if group & names]
        apart = [group for group in apart if not group & names] + [names.union(*touching)]
    return apart


def families(metrics: Iterable[Metric]) -> list[set[str]]:
    """Metrics that can give one another away, as they are over the same rows; others alone."""
    metrics = list(metrics)
    by_rows: dict[object, set[str]] = {}
    for metric in metrics:
        rows = metric.tables if metric.protects else metric.name
        by_rows.setdefault(rows, set()).add(metric.name)
    linked = [{stock, flow} for stock, flow in flows(metrics)]
    return groups([*by_rows.values(), *linked])


def moved_by_few(stock: Metric, months: str = "periods") -> str:
    """SQL for places and months in which few moved a stock: community, dimension, member, period.

    Of an area `community` is what `area_place` says. People moved the whole of it (dimension and
    member are null), sensitive cases that of their member. `months` names a relation of the
    periods looked at.
    """
    if stock.always_protects:
        who = f"count(distinct {PEOPLE_COLUMNS[stock.people]})"
        return _moved(stock, PEOPLE_COLUMNS[stock.people], "null", "null", who, months)
    return " union all ".join(
        _moved(stock, name, f"'{name}'", member_sql(name), "count(*)", months)
        for name in stock.sensitive
    )


def area_place(number: str) -> str:
    """SQL for how `moved_by_few` names the area whose number an expression gives."""
    return f"'area ' || {number}"


def _moved(
    stock: Metric, column: str, dimension: str, member: str, how_many: str, months: str
) -> str:
    days = ["day", *([stock.ends] if stock.ends else [])]
    moves = " union all ".join(
        f"select community, {day} as day, {column} from ({stock.sql})" for day in days
    )
    return f"""
        select coalesce(moves.community, moves.area, '{DISTRICT}') as community,
            {dimension} as dimension, moves.member, months.period
        from (
            select moves.community, {area_place("coalesce(areas.area, 0)")} as area, day, {column},
                {member}::varchar as member
            from ({moves}) as moves left join areas using (community)
        ) as moves
        join {months} as months
            on months.grain = 'month' and moves.day between months.first_day and months.last_day
        anti join ordinary_members as ordinary
            on ordinary.dimension = {dimension} and ordinary.member = moves.member
        group by grouping sets (
            (months.period, moves.member, moves.community),
            (months.period, moves.member, moves.area),
            (months.period, moves.member)
        )
        having {how_many} between 1 and 4
    """
