"""Verdicts of all numbers, worked out once per publication and kept with it, and read from there.

`judge_all` fills the table `verdicts` while a warehouse is built: every month of every metric in
every place, anew only where what it rests on has changed. Everything that shows a verdict reads it
by `of`; a week, and the points of a chart, are judged by the same function when they are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from lingti import catalog, district
from lingti.catalog import DISTRICT, Metric
from lingti.district import District, journal
from lingti.district.journal import Baseline
from lingti.judging.charting import Judged
from lingti.judging.periods import Period
from lingti.judging.verdict import FLAGS, SIGNALS, Asked, Said, Series, Value, Verdict, judge
from lingti.judging.verdict_series import kind_of, locked_of, starts_of
from lingti.judging.verdict_words import verdict_words, why_words
from lingti.warehouse import Warehouse
from lingti.warehouse.insert import insert
from lingti.warehouse.publish import as_rows

Key = tuple[str, str]  # metric, place


@dataclass(frozen=True)
class Told:
    """A verdict as it is kept: `rules` are those the judged point breaks, the deciding one first.

    `signals` are the other points of the period that break one: (period, verdict).
    """

    metric: str
    community: str
    grain: str
    period: str
    verdict: Said
    reason: str
    rules: tuple[str, ...] = ()
    chart: str = "none"
    judged_grain: str = "none"
    judged_period: str = ""
    count: int = 0
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signals: tuple[tuple[str, Said], ...] = ()

    @property
    def is_signal(self) -> bool:
        """Whether it is more than ordinary variation."""
        return self.verdict in SIGNALS


def judge_all(con: Any, district: District) -> None:
    """Brings the table `verdicts` up to date; `con` is a warehouse that is being built."""
    con.execute(f"create temp table verdict_series as {catalog.build_step('verdict_series')}")
    basis = Basis.read(_rows_of(con), district)
    days, kept = _days_of_rare_events(con), _kept(con)
    made_of = _fingerprints(con, basis, days)
    stale = {key: mark for key, mark in made_of.items() if mark != kept.get(key)}
    con.execute("create temp table stale (metric varchar, community varchar, fingerprint varchar)")
    insert(con, "stale", [(*key, mark) for key, mark in stale.items()])
    for table in ("verdicts", "judged"):
        con.execute(
            f"delete from {table} where (metric, community) in (select (metric, community) from"
            " stale) or (metric, community) not in (select (metric, community) from verdict_series)"
        )
    insert(con, "verdicts", _rows_to_keep(con, basis, days))
    con.execute("insert into judged from stale")
    con.execute("drop table verdict_series")
    con.execute("drop table stale")


@dataclass(frozen=True)
class Basis:
    """What verdicts rest on besides the numbers: days, and what people entered.

    `until` is the newest day of each place's data, `first_days` period → its first day.
    """

    district: District
    until: Mapping[str, date]
    first_days: Mapping[str, date]
    baselines: Mapping[tuple[str, str, str], Baseline]

    @classmethod
    def read(cls, rows: Callable[[str], list[dict[str, Any]]], district: District) -> Basis:
        """`rows` answers a query on the warehouse."""
        until = {
            row["community"]: row["until"]
            for row in rows(catalog.view("freshness"))
            if row["until"]
        }
        if until:
            until[DISTRICT] = max(until.values())
        periods = rows("select period, first_day from periods where grain in ('week', 'month')")
        return cls(
            district,
            until,
            {row["period"]: row["first_day"] for row in periods},
            journal.baselines(district.home),
        )

    def began(self, place: str) -> date:
        """When a place took its topic on."""
        if place == DISTRICT:
            return self.district.starts_on
        return max(self.district.starts_on, self.district.community(place).since)

    def of(self, metric: Metric, place: str) -> dict[str, Any]:
        """All of it that concerns a series, as `Series` takes it."""
        chosen = {
            grain: one
            for (community, name, grain), one in self.baselines.items()
            if (community, name) == (place, metric.name)
        }
        until = self.until.get(place)
        ripe = until - timedelta(days=metric.matures_days) if until else None
        return {
            "starts": starts_of(metric, self.began(place), chosen, self.first_days),
            "locked": locked_of(chosen),
            "settled": ripe if metric.matures_days else None,
        }


def _rows_of(con: Any) -> Callable[[str], list[dict[str, Any]]]:
    return lambda sql: as_rows(con.execute(sql))


def _fingerprints(con: Any, basis: Basis, days: Mapping[Key, list[date]]) -> dict[Key, str]:
    """Metric and place → what tells apart all that its verdicts are worked out from.

    Events behind rare numbers may move within a week, so their days are looked at too.
    """
    known = catalog.metrics()
    return {
        (name, place): _digest(
            mark, days.get((name, place)), basis.of(known[name], place), known[name].version
        )
        for name, place, mark in con.execute(_MARKS).fetchall()
        if name in known
    }


def _kept(con: Any) -> dict[Key, str]:
    rows = con.execute("select metric, community, fingerprint from judged").fetchall()
    return {(metric, place): of for metric, place, of in rows}


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


_MARKS = """
select
    metric,
    community,
    bit_xor(hash(grain, period, value, state, numerator, denominator, counted)) as mark,
from verdict_series
group by metric, community
"""
# What weeks tell enough of needs no days of events; what hardly ever happens has too few.
_RARE = """
select metric, community
from verdict_series
where grain = 'week'
group by metric, community
having
    (avg(coalesce(value, 0)) < 4 or avg((coalesce(value, 0) = 0)::integer) > 0.2)
    and count(*) filter (where value <> 0) > 1
"""


def _days_of_rare_events(con: Any) -> dict[Key, list[date]]:
    """Metric and place → the days on which something was counted, where that is rare."""
    known = catalog.metrics()
    rare: dict[str, list[str]] = {}
    for metric, place in con.execute(_RARE).fetchall():
        if metric in known and kind_of(known[metric]).shape == "amount":
            rare.setdefault(metric, []).append(place)
    return {
        (metric, place): days
        for metric, places in rare.items()
        for place, days in _event_days(con, known[metric], places).items()
    }


def _event_days(con: Any, metric: Metric, places: Sequence[str]) -> dict[str, list[date]]:
    """Place → the days on which something was counted, in order."""
    found: dict[str, list[date]] = {}
    rows = con.execute(
        f"select distinct community, day from ({metric.sql}) as facts"
        " where list_contains($places, community) or list_contains($places, 'district')"
        " order by day",
        {"places": list(places)},
    ).fetchall()
    for community, day in rows:
        found.setdefault(community, []).append(day)
    if DISTRICT in places:
        found[DISTRICT] = sorted({day for _community, day in rows})
    return {place: days for place, days in found.items() if place in places}


def _rows_to_keep(
    con: Any, basis: Basis, days: Mapping[Key, list[date]]
) -> Iterator[tuple[object, ...]]:
    """The rows of `verdicts` of every series that is `stale`, one a month."""
    rows = as_rows(
        con.execute(
            "select * from verdict_series semi join stale using (metric, community)"
            " order by metric, community, last_day"
        )
    )
    for (name, place), found in groupby(rows, key=lambda row: (row["metric"], row["community"])):
        metric = catalog.metrics()[name]
        series = _series(list(found), days.get((name, place), []), basis.of(metric, place))
        yield from _kept_rows(name, place, series)


def _series(rows: list[dict[str, Any]], days: Sequence[date], of: dict[str, Any]) -> Series:
    by_grain: dict[str, list[Value]] = {"week": [], "month": []}
    for row in rows:
        by_grain[row["grain"]].append(Value(**{name: row[name] for name in _OF_VALUE}))
    weeks, months = (tuple(by_grain[grain]) for grain in ("week", "month"))
    return Series(weeks, months, tuple(days), **of)


_OF_VALUE = (
    *("period", "first_day", "last_day", "value", "state", "numerator", "denominator", "counted"),
)


def _kept_rows(metric: str, place: str, series: Series) -> Iterator[tuple[object, ...]]:
    """The rows of `verdicts` of a series, one a month."""
    kind = kind_of(catalog.metrics()[metric])
    for month in series.months:
        asked = Asked("month", month.period, month.first_day, month.last_day)
        told = _told(metric, place, asked, judge(kind, series, asked))
        signals = [{"period": period, "verdict": said} for period, said in told.signals]
        yield tuple({**vars(told), "rules": list(told.rules), "signals": signals}.values())


def _told(metric: str, place: str, asked: Asked, verdict: Verdict) -> Told:
    return Told(
        metric,
        place,
        asked.grain,
        asked.period,
        verdict.verdict,
        verdict.reason,
        verdict.rules,
        verdict.chart,
        verdict.grain,
        verdict.judged_period,
        verdict.count,
        verdict.centre,
        verdict.lower,
        verdict.upper,
        tuple((one.period, said_of(one)) for one in verdict.earlier),
    )


def said_of(point: Judged) -> Said:
    """The verdict that a point with a signal would have been."""
    return FLAGS[point.flag] if point.flag else "not_judged"


def of(
    warehouse: Warehouse,
    metrics: Sequence[str],
    places: Sequence[str],
    period: Period,
    *,
    published: bool = False,
) -> dict[Key, Told]:
    """(metric, place) → the verdict of a month; of a longer period the signals of its months.

    With `published` it is what readers of published values get. A week is told by `judged`.
    """
    rows = warehouse.rows(
        catalog.view("verdicts").replace(
            "from verdicts", "from published_verdicts" if published else "from verdicts"
        ),
        metrics=list(metrics),
        places=list(places),
        first=period.first_day,
        last=period.last_day,
    )
    months: dict[Key, list[Told]] = {}
    for row in rows:
        months.setdefault((row["metric"], row["community"]), []).append(_read(row))
    if period.grain == "month":
        kept = {key: found[-1] for key, found in months.items() if found[-1].period == period.id}
        return kept or _worked_out(warehouse, metrics, places, period)
    return {key: _of_long_period(*key, period, found) for key, found in months.items()}


def _worked_out(
    warehouse: Warehouse, metrics: Sequence[str], places: Sequence[str], period: Period
) -> dict[Key, Told]:
    """The verdicts of a warehouse that was built without them."""
    settings = district.load(warehouse.home)
    asked = Asked(period.grain, period.id, period.first_day, period.last_day)
    return {
        (name, place): _told(name, place, asked, judged(warehouse, settings, metric, place, period))
        for name in metrics
        for metric in [catalog.metrics()[name]]
        for place in places
    }


def _read(row: Mapping[str, Any]) -> Told:
    signals = tuple((one["period"], one["verdict"]) for one in row["signals"])
    return Told(**{**row, "rules": tuple(row["rules"]), "signals": signals})


def _of_long_period(metric: str, place: str, period: Period, months: Iterable[Told]) -> Told:
    """A quarter and a year have no verdict but the signals of their months."""
    found: dict[str, Said] = {}
    for month in months:
        found |= dict(month.signals)
        if month.is_signal:
            found[month.judged_period or month.period] = month.verdict
    signals = tuple(found.items())
    return Told(
        metric, place, period.grain, period.id, "not_judged", "long_period", signals=signals
    )


def judged(
    warehouse: Warehouse, district: District, metric: Metric, place: str, period: Period
) -> Verdict:
    """The verdict of a place's number in a period, with the points that a chart of it shows."""
    series = warehouse.rows(
        f"select * from ({catalog.build_step('verdict_series')})"
        " where metric = $metric and community = $place order by last_day",
        metric=metric.name,
        place=place,
    )
    basis = Basis.read(warehouse.rows, district)
    days: list[date] = []
    if kind_of(metric).shape == "amount":
        days = [row["day"] for row in warehouse.rows(_DAYS.format(metric.sql), place=place)]
    asked = Asked(period.grain, period.id, period.first_day, period.last_day)
    return judge(kind_of(metric), _series(series, days, basis.of(metric, place)), asked)


_DAYS = (
    "select distinct day from ({}) as facts where $place in (community, 'district') order by day"
)


def rows(
    warehouse: Warehouse,
    district: District,
    metric: Metric,
    *,
    places: Sequence[str] | None = None,
    grain: str = "month",
    period: str | None = None,
    published: bool = False,
) -> list[dict[str, Any]]:
    """The verdicts of a metric as `lingti verdict` prints them, in order of time and place."""
    chosen = list(places or [*(one.id for one in district.communities), DISTRICT])
    table = "published_values" if published else "metric_values"
    states = warehouse.rows(
        f"select period, grain, first_day, last_day, community, state from {table}"
        " join periods using (grain, period) where metric = $metric and dimension is null"
        " and grain = $grain and ($period is null or period = $period) order by last_day",
        metric=metric.name,
        grain=grain,
        period=period,
    )
    state_of = {(row["period"], row["community"]): row["state"] for row in states}
    periods = dict.fromkeys(
        Period(row["grain"], row["period"], row["first_day"], row["last_day"]) for row in states
    )
    return [
        _row(verdict, state_of[one.id, place])
        for one in periods
        for place in chosen
        if (one.id, place) in state_of
        for verdict in [_asked_of(warehouse, district, metric, place, one, published=published)]
    ]


def _asked_of(
    warehouse: Warehouse,
    district: District,
    metric: Metric,
    place: str,
    period: Period,
    *,
    published: bool,
) -> Told:
    if period.grain == "week":
        asked = Asked(period.grain, period.id, period.first_day, period.last_day)
        return _told(metric.name, place, asked, judged(warehouse, district, metric, place, period))
    found = of(warehouse, [metric.name], [place], period, published=published)
    return found[metric.name, place]


def _row(told: Told, state: str) -> dict[str, Any]:
    return {
        "metric": told.metric,
        "community": told.community,
        "grain": told.grain,
        "period": told.period,
        "verdict": told.verdict,
        "words": verdict_words(told.verdict),
        "why": why_words(told),
        "chart": told.chart,
        "judged": told.judged_period,
        "points": told.count,
        "centre": told.centre,
        "lower": told.lower,
        "upper": told.upper,
        "signals": [{"period": one, "verdict": said} for one, said in told.signals],
        "state": state,
    }
