"""The table of verdicts, which is filled while a warehouse is built.

Every month of every metric in every place is judged, anew only where what it rests on has changed.
Of most of a large district there is only a state to tell: its months are filled in all at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from typing import Any

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.district import District
from lingti.judging.verdicts.verdict import STATES, Asked, Kind, Series, Value, judge
from lingti.judging.verdicts.verdict_series import Basis, kind_of, series_of
from lingti.judging.verdicts.verdicts import KeptVerdict, Key, kept_verdict
from lingti.warehouse.insert import insert
from lingti.warehouse.publish import as_rows

PLACES = 200  # whose series are held at once: some 30,000 rows


def judge_all(con: Any, district: District) -> None:
    """Brings the table `verdicts` up to date; `con` is a warehouse that is being built."""
    con.execute(f"create temp table verdict_series as {catalog.build_step('verdict_series')}")
    basis = Basis.read(_rows_of(con), district)
    days, kept = _days_of_rare_events(con, district.catalog.metrics), _kept(con)
    made_of = _fingerprints(con, basis, days)
    stale = {key: mark for key, mark in made_of.items() if mark != kept.get(key)}
    con.execute("create temp table stale (metric varchar, community varchar, fingerprint varchar)")
    insert(con, "stale", [(*key, mark) for key, mark in stale.items()])
    for table in ("verdicts", "judged"):
        con.execute(
            f"delete from {table} where (metric, community) in (select (metric, community) from"
            " stale) or (metric, community) not in (select (metric, community) from verdict_series)"
        )
    _tell_states(con)
    for name, places in _to_judge(con).items():
        metric = district.catalog.metrics[name]
        for first in range(0, len(places), PLACES):
            some = places[first : first + PLACES]
            insert(con, "verdicts", _rows_to_keep(con, metric, some, basis, days))
    con.execute("insert into judged from stale")
    con.execute("drop table verdict_series")
    con.execute("drop table stale")


def _rows_of(con: Any) -> Callable[[str], list[dict[str, Any]]]:
    return lambda sql: as_rows(con.execute(sql))


def _fingerprints(con: Any, basis: Basis, days: Mapping[Key, list[date]]) -> dict[Key, str]:
    """Metric and place → what tells apart all that its verdicts are worked out from.

    Events behind rare numbers may move within a week, so their days are looked at too.
    """
    known = basis.district.catalog.metrics
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


def _days_of_rare_events(con: Any, known: Mapping[str, Metric]) -> dict[Key, list[date]]:
    """Metric and place → the days on which something was counted, where that is rare."""
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
    days_of: dict[str, list[date]] = {}
    rows = con.execute(
        f"select distinct community, day from ({metric.sql}) as facts"
        " where list_contains($places, community) or list_contains($places, 'district')"
        " order by day",
        {"places": list(places)},
    ).fetchall()
    for community, day in rows:
        days_of.setdefault(community, []).append(day)
    if DISTRICT in places:
        days_of[DISTRICT] = sorted({day for _community, day in rows})
    return {place: days_of[place] for place in places if place in days_of}


# The state of a month as `judge` takes it.
_STATE = "case when state = 'reported' and value is null then 'nothing' else state end"


def _tell_states(con: Any) -> None:
    """Fills in the months of series that are `stale` and have a state in place of a number.

    What is said of a state is asked of `judge` once.
    """
    con.execute("create temp table told_of_states as from verdicts limit 0")
    of_states = [_of_state(state) for state in STATES]
    insert(con, "told_of_states", of_states)
    con.execute(f"""
        insert into verdicts
        select of_state.* replace (
            series.metric as metric, series.community as community, series.period as period
        )
        from (select *, {_STATE} as told from verdict_series where grain = 'month') as series
        semi join stale using (metric, community)
        join told_of_states as of_state on series.told = of_state.period
    """)
    con.execute("drop table told_of_states")


def _of_state(state: str) -> tuple[object, ...]:
    """The row of `verdicts` of a month with a state, which stands as its period."""
    month = Value(state, date.min, date.max, None, state)
    (row,) = _kept_rows("", Kind("amount", "none"), "", Series((), (month,)))
    return row


def _to_judge(con: Any) -> dict[str, list[str]]:
    """Metric → the places whose series is `stale`, with a month that has no state."""
    states = ", ".join(f"'{state}'" for state in STATES)
    series = con.execute(f"""
        select metric, community
        from verdict_series
        semi join stale using (metric, community)
        where grain = 'month' and {_STATE} not in ({states})
        group by all
        order by all
    """)
    places: dict[str, list[str]] = {}
    for metric, place in series.fetchall():
        places.setdefault(metric, []).append(place)
    return places


def _rows_to_keep(
    con: Any, metric: Metric, places: Sequence[str], basis: Basis, days: Mapping[Key, list[date]]
) -> Iterator[tuple[object, ...]]:
    """The rows of `verdicts` of a metric's series, one a month that has no state."""
    rows = as_rows(
        con.execute(
            "select * from verdict_series"
            " where metric = $metric and community in (select unnest($places::varchar[]))"
            " order by community, last_day",
            {"metric": metric.name, "places": list(places)},
        )
    )
    for place, of_series in groupby(rows, key=lambda row: row["community"]):
        of_days = days.get((metric.name, place), [])
        series = series_of(list(of_series), of_days, basis.of(metric, place))
        yield from (
            row
            for row in _kept_rows(metric.name, kind_of(metric), place, series)
            if row[_REASON] != "state"
        )


def _kept_rows(metric: str, kind: Kind, place: str, series: Series) -> Iterator[tuple[object, ...]]:
    """The rows of `verdicts` of a series, one a month."""
    for month in series.months:
        asked = Asked("month", month.period, month.first_day, month.last_day)
        verdict = kept_verdict(metric, place, asked, judge(kind, series, asked))
        signals = [{"period": period, "verdict": said} for period, said in verdict.signals]
        yield tuple({**vars(verdict), "rules": list(verdict.rules), "signals": signals}.values())


_REASON = [field.name for field in fields(KeptVerdict)].index("reason")
