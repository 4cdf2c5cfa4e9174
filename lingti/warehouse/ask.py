"""Asking a warehouse for numbers and for the rows behind them; one answer for every reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse import fast
from lingti.warehouse.publish import Warehouse, as_rows
from lingti.warehouse.template import COLUMNS, Cut, facts_with, measure_sql

# Rows times ranges up to which they are met one by one; adding up first takes longer to begin.
MOST_READ = 1_000_000
GRAINS = (
    *("week", "month", "jan-feb", "quarter", "half-year"),
    *("year", "year-to-date", "programme"),
)
# Periods of these grains are not stored, and computed when they are asked for.
COMPUTED = {
    "half-year": (
        "strftime(first_day, '%Y-H') || ceil(month(first_day) / 6)::integer",
        "date_trunc('quarter', first_day - to_months(3 * ((quarter(first_day) + 1) % 2)))",
        "6",
    ),
    "year-to-date": ("period || '-YTD'", "date_trunc('year', first_day)", "month(first_day)"),
}
_GRAIN_OF = [
    (r"\d{4}-W\d{2}", "week"),
    (r"\d{4}-\d{2}", "month"),
    (r"\d{4}-JF", "jan-feb"),
    (r"\d{4}-Q[1-4]", "quarter"),
    (r"\d{4}-H[12]", "half-year"),
    (r"\d{4}", "year"),
    (r"\d{4}-\d{2}-YTD", "year-to-date"),
    ("programme", "programme"),
]


class QuestionError(ValueError):
    """A question that cannot be answered; says what can be asked."""


@dataclass(frozen=True)
class Question:
    """Which values of a metric: None means all. `span` is a custom range of days."""

    metric: Metric
    community: str | None = None
    grain: str | None = None
    period: str | None = None
    span: tuple[date, date] | None = None
    by: str | None = None
    members: Sequence[str] = ()
    published: bool = False


def grain_of(period: str) -> str:
    """The grain of a period id such as 2024-06. Raises QuestionError."""
    for pattern, grain in _GRAIN_OF:
        if re.fullmatch(pattern, period):
            return grain
    raise QuestionError(
        f"{period!r} is no period; write 2024-06, 2024-Q2, 2024-H1, 2024, 2024-06-YTD, 2024-W23"
    )


def values(warehouse: Warehouse, question: Question) -> list[dict[str, Any]]:
    """The values asked for: one row per place, period and, with `by`, member.

    Each has metric, community, grain, period, dimension, member, value, numerator, denominator
    and state. Several members are counted together, as one. Raises QuestionError.
    """
    _refuse_impossible(question)
    if (
        question.span is not None
        or question.members
        or _is_weekly_part(question)
        or _grain(question) in COMPUTED
    ):
        all_rows = _withheld(warehouse, _computed(warehouse, question))
    else:
        all_rows = warehouse.rows(
            f"select {COLUMNS} from {'published_values' if question.published else 'metric_values'}"
            " where metric = $metric and dimension is not distinct from $by"
            " and grain = $grain and ($period is null or period = $period)",
            metric=question.metric.name,
            by=question.by,
            grain=_grain(question),
            period=question.period,
        )
    asked = [row for row in all_rows if question.community in (None, row["community"])]
    for row in asked:
        row.pop("people")
    order = {place["community"]: place["place"] for place in places(warehouse)}
    return sorted(
        asked,
        key=lambda row: (row["period"], order.get(row["community"], 0), row["member"] or ""),
    )


def over_spans(
    warehouse: Warehouse, metric: Metric, spans: Sequence[tuple[date, date]]
) -> dict[tuple[str, date, date], dict[str, Any]]:
    """(place, first day, last day) → the value of a metric in that range of days.

    All ranges are computed at once; each value has the columns of `metric_values`. Where rows and
    ranges are many, the rows are added up first, as in a build.
    """
    if not spans:
        return {}
    if len(spans) * _rows_read(warehouse, metric) > MOST_READ:
        computed = warehouse.worked_out(
            ("ranges", metric.name, repr(spans)),
            lambda cursor: as_rows(fast.measure_ranges(cursor, metric, spans)),
        )
    else:
        relation, parameters = _ranges(spans)
        computed = warehouse.rows(measure_sql(metric, periods=relation), **parameters)
    named = {f"{first}/{last}": (first, last) for first, last in spans}
    return {
        (row["community"], *named[row["period"]]): row for row in _withheld(warehouse, computed)
    }


def in_periods(
    warehouse: Warehouse, metric: Metric, periods: Sequence[tuple[str, str, date, date]]
) -> list[dict[str, Any]]:
    """The values of a metric in periods that need not be stored: grain, id, first and last day.

    Totals and every member, with the columns of `metric_values`.
    """
    relation = (
        "(select unnest($grains::varchar[]) as grain, unnest($ids::varchar[]) as period,"
        " unnest($firsts::date[]) as first_day, unnest($lasts::date[]) as last_day)"
    )
    names = ("grains", "ids", "firsts", "lasts")
    asked = dict(zip(names, map(list, zip(*periods, strict=True)), strict=True))
    sql = measure_sql(metric, periods=relation, dimensions=metric.dimensions)
    return warehouse.rows(sql, **asked)


def without_findings(
    warehouse: Warehouse, metric: Metric, spans: Iterable[tuple[date, date]]
) -> dict[tuple[str, date, date], float]:
    """(place, first day, last day) → what a sum or count is without rows that findings are about.

    A finding about how a merchant is written is about all rows of that name. Places whose facts
    the reader does not see are left out.
    """
    relation, parameters = _ranges(sorted(spans))
    twin = "false"
    if "merchant" in metric.dimensions:
        twin = "check_name = 'merchant_written_two_ways' and detail = counted.merchant"
    totals = warehouse.rows(
        f"""
        with {facts_with(metric, relation)},
        undoubted as (
            from counted anti join findings
                on findings.community = counted.community
                and ((findings.batch = counted.batch
                    and findings.source_row = counted.source_row) or ({twin}))
        )
        select
            coalesce(states.community, '{DISTRICT}') as community,
            states.period,
            coalesce(({metric.numerator})::double, 0) as value,
        from states
        left join undoubted using (community, grain, period)
        group by grouping sets ((states.community, states.period), (states.period))
        """,
        **parameters,
    )
    exact = warehouse.reader_view.exact
    return {
        (row["community"], *map(date.fromisoformat, row["period"].split("/"))): row["value"]
        for row in totals
        if exact is None or row["community"] in exact
    }


def _rows_read(warehouse: Warehouse, metric: Metric) -> int:
    """How many rows there are in the tables that a metric reads."""
    counts = " + ".join(f"(select count(*) from {table})" for table in metric.tables)
    (counted_row,) = warehouse.rows(f"select {counts} as rows_read")
    return int(counted_row["rows_read"])


def _withheld(warehouse: Warehouse, computed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was computed from facts, without the places whose facts the reader does not see."""
    exact = warehouse.reader_view.exact
    if exact is None:
        return computed
    nothing = {"value": None, "numerator": None, "denominator": None, "people": None}
    return [
        row if row["community"] in exact else {**row, **nothing, "state": "withheld"}
        for row in computed
    ]


def _ranges(spans: Sequence[tuple[date, date]]) -> tuple[str, dict[str, Any]]:
    """A relation of periods for ranges of days, and its parameters."""
    relation = (
        "(select 'range' as grain, unnest($ranges::varchar[]) as period,"
        " unnest($firsts::date[]) as first_day, unnest($lasts::date[]) as last_day)"
    )
    return relation, {
        "ranges": [f"{first}/{last}" for first, last in spans],
        "firsts": [first for first, _last in spans],
        "lasts": [last for _first, last in spans],
    }


def _grain(question: Question) -> str:
    return question.grain or (grain_of(question.period) if question.period else "month")


def _is_weekly_part(question: Question) -> bool:
    """Whether members are asked of weeks, of which only the totals are stored."""
    return question.by is not None and _grain(question) == "week"


def places(warehouse: Warehouse) -> list[dict[str, Any]]:
    """Every community with its place in the district's order, and the district as the last."""
    communities = warehouse.rows("select community, place from communities")
    return [*communities, {"community": DISTRICT, "place": len(communities) + 1}]


def _refuse_impossible(question: Question) -> None:
    known = question.metric.dimensions
    if question.by is not None and question.by not in known:
        raise QuestionError(
            f"{question.metric.name} has no dimension {question.by!r}; known: {', '.join(known)}"
        )
    if question.members and question.by is None:
        raise QuestionError("members need a dimension: say --by")
    if question.published and (question.span or question.members):
        raise QuestionError("published values are of months, quarters and years only")
    if question.published and _grain(question) not in ("month", "quarter", "year"):
        raise QuestionError(
            "published values are of months, quarters, half-years, years and years to date"
        )


def _computed(warehouse: Warehouse, question: Question) -> list[dict[str, Any]]:
    """Values that are not stored: of a custom range, or of several members together."""
    periods, parameters = periods_asked(question)
    cut = _cut(question)
    dimensions = [question.by] if question.by and not cut else []
    sql = measure_sql(question.metric, periods=periods, dimensions=dimensions, cut=cut)
    if cut:
        parameters["members"] = list(cut.members)
    computed = warehouse.rows(sql, **parameters)
    if cut:
        return [
            {**row, "dimension": cut.dimension, "member": "+".join(cut.members)} for row in computed
        ]
    return [row for row in computed if row["dimension"] == question.by]


def _cut(question: Question) -> Cut | None:
    if question.by is None or not question.members:
        return None
    return Cut(question.by, tuple(question.members))


def periods_asked(question: Question) -> tuple[str, dict[str, Any]]:
    """A relation of the periods that a question asks for, and its parameters."""
    if question.span is not None:
        return _ranges([question.span])
    grain = _grain(question)
    source = f"({_computed_periods(grain)})" if grain in COMPUTED else "periods"
    relation = f"(from {source} where grain = $grain and ($period is null or period = $period))"
    return relation, {"grain": grain, "period": question.period}


def _computed_periods(grain: str) -> str:
    """The periods of a grain that is not stored, told by the months there are."""
    name, first, months = COMPUTED[grain]
    return f"""
        select distinct
            '{grain}' as grain,
            {name} as period,
            ({first})::date as first_day,
            (({first})::date + to_months({months}))::date - 1 as last_day,
        from periods where grain = 'month'
    """


@dataclass(frozen=True)
class Tally:
    """What the rows behind a number add up to, computed from those rows alone.

    `denominator` is None where the metric has none, or where it is a population.
    """

    rows_count: int
    batches_count: int
    numerator: float | None
    denominator: float | None


def tally(warehouse: Warehouse, question: Question) -> Tally:
    """Counts and adds up the rows that `rows` returns. Raises QuestionError."""
    metric = question.metric
    chosen, parameters = counted(question)
    own = metric.denominator is not None and not metric.by_population
    (row,) = warehouse.rows(
        f"""
        {chosen}
        select
            count(*) as rows_count,
            count(distinct batch) as batches_count,
            ({metric.numerator})::double as numerator,
            ({metric.denominator if own else "null"})::double as denominator,
        from chosen
        """,
        **parameters,
    )
    return Tally(**row)


def rows(
    warehouse: Warehouse, question: Question, limit: int | None = None, offset: int = 0
) -> list[dict[str, Any]]:
    """The facts behind a number, each with batch, file, sheet and row of the original, and `cell`,
    such as F7, where it was a cell of a cross-tab; else "".

    They are exactly those the value was computed from, in a fixed order, so that they can be read
    page by page. Raises QuestionError.
    """
    chosen, parameters = counted(question)
    facts = warehouse.rows(
        f"""
        {chosen}
        select
            chosen.* exclude (source_row),
            chosen.source_row.file as file_number,
            files.name as file,
            coalesce(files.sheets[chosen.source_row.sheet], '') as sheet,
            chosen.source_row."row" as "row",
            chosen.source_row.cell as cell,
            batches.imported_by,
            batches.imported_at,
        from chosen
        left join batches on batches.batch = chosen.batch
        left join files
            on files.batch = chosen.batch and files.file = chosen.source_row.file
        order by chosen.period, chosen.community, chosen.day, chosen.batch, chosen.source_row
        {"" if limit is None else f"limit {int(limit)} offset {int(offset)}"}
        """,
        **parameters,
    )
    return [{**row, "cell": _cell_name(row["row"], row["cell"])} for row in facts]


def _cell_name(row: int | None, column: int | None) -> str:
    if not row or not column:
        return ""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row - 1, column - 1))


def counted(question: Question) -> tuple[str, dict[str, Any]]:
    """The CTEs up to `chosen`, the facts that count for a question, and their parameters."""
    _refuse_impossible(question)
    periods, parameters = periods_asked(question)
    cut = _cut(question)
    if cut:
        parameters["members"] = list(cut.members)
    place = ""
    if question.community not in (None, DISTRICT):
        place = "where community = $community"
        parameters["community"] = question.community
    facts = facts_with(question.metric, periods, cut)
    return f"with {facts},\n        chosen as (from counted {place})", parameters
