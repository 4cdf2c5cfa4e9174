"""Any metric by any dimension, grain, place and range of days: the frame and the SQL of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.judging.period_values import MOST_LINES
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question
from lingti.warehouse.frames import rows
from lingti.warehouse.template import COUNTED_STATES, measure_sql

RANGE = "range"
GRAINS = ("month", "week", "quarter", "year", RANGE)
COLUMNS = ("metric", "community", "grain", "period", "dimension", "member", "value", "state")


@dataclass(frozen=True)
class Asked:
    """What is explored. `grain` is one of GRAINS; `range` counts all days together."""

    metric: Metric
    dimension: str
    grain: str
    first_day: date
    last_day: date
    places: tuple[str, ...]
    per: str = "total"
    published: bool = False

    @property
    def pictures(self) -> tuple[str, ...]:
        """The pictures that can be drawn of it, the most telling first; a line needs points."""
        if self.grain == RANGE:
            return ("bar", "multiples", "heat", "table") if self.dimension else _ONE_PERIOD
        if self.dimension or len(self.places) > MOST_LINES:
            return ("multiples", "line", "bar", "heat", "table")
        return _OVER_TIME


_ONE_PERIOD = ("bar", "heat", "table")
_OVER_TIME = ("line", "multiples", "bar", "heat", "table")


def grains(*, published: bool) -> tuple[str, ...]:
    """The grains that can be asked; published values are of months, quarters and years only."""
    return ("month", "quarter", "year") if published else GRAINS


def periods_inside(asked: Asked, of_grain: Sequence[Period], programme: Period) -> list[Period]:
    """The periods that lie in the range with all their days.

    The days before the programme began and after the last ones reported ask for nothing.
    """
    return [
        period
        for period in of_grain
        if asked.first_day <= max(period.first_day, programme.first_day)
        and min(period.last_day, programme.last_day) <= asked.last_day
    ]


def answer(warehouse: Warehouse, asked: Asked, periods: Sequence[Period]) -> pd.DataFrame:
    """One row per place, period and, with a dimension, member, in the order asked.

    The columns are `COLUMNS` and to_correct, how many rows in quarantine a number lacks.

    `periods` are those of `periods_inside`; a range is one period. A member without rows is a zero
    where the place reported sums or counts; elsewhere it has no value and the state of the place.
    """
    order = [period.id for period in periods]
    totals = _values(warehouse, asked, "", order)
    frame = _values(warehouse, asked, asked.dimension, order) if asked.dimension else totals
    if frame.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    if asked.dimension:
        frame = _with_every_member(frame, totals, asked)
    frame = _scaled(warehouse, frame, totals, asked, periods)
    frame = frame.assign(to_correct=_lacking(warehouse, frame, asked, periods))
    return frame[frame["community"].isin(asked.places)].reset_index(drop=True)


def _values(
    warehouse: Warehouse, asked: Asked, dimension: str, periods: Sequence[str]
) -> pd.DataFrame:
    """All places' values as `ask.values` gives them, of these periods or of the range."""
    in_range = asked.grain == RANGE
    question = Question(
        asked.metric,
        grain=None if in_range else asked.grain,
        span=(asked.first_day, asked.last_day) if in_range else None,
        by=dimension or None,
        published=asked.published,
    )
    frame = pd.DataFrame(ask.values(warehouse, question), columns=list(COLUMNS))
    if not in_range:
        frame = frame[frame["period"].isin(periods)]
    return frame.reset_index(drop=True)


def _with_every_member(members: pd.DataFrame, totals: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """A row for every member in every place and period; the largest members first."""
    of_district = members[members["community"] == DISTRICT]
    ranked = (of_district if len(of_district) else members).groupby("member")["value"].sum()
    largest = list(ranked.sort_values(ascending=False, kind="stable").index)
    order = [*largest, *(one for one in members["member"].unique() if one not in largest)]
    places = totals[["metric", "community", "grain", "period", "state"]]
    every = places.merge(pd.DataFrame({"member": order}), how="cross")
    frame = every.merge(
        members[["community", "period", "member", "value", "state"]],
        on=["community", "period", "member"],
        how="left",
        suffixes=("_of_place", ""),
    )
    absent = frame["state"].isna()
    reported = frame["state_of_place"].isin(COUNTED_STATES)
    if asked.metric.when_none == 0:
        frame.loc[absent & reported, "value"] = 0.0
    frame["state"] = frame["state"].where(~absent, frame["state_of_place"])
    return frame.assign(dimension=asked.dimension)[list(COLUMNS)]


def _lacking(
    warehouse: Warehouse, frame: pd.DataFrame, asked: Asked, periods: Sequence[Period]
) -> list[int]:
    """How many rows to correct each number lacks; 0 of members: nobody knows whose they are."""
    if asked.dimension:
        return [0] * len(frame)
    days = {period.id: (period.first_day, period.last_day) for period in periods}
    whole = (asked.first_day, asked.last_day)
    spans = [(row.community, *days.get(row.period, whole)) for row in rows(frame)]
    return to_correct.counts(warehouse, asked.metric, spans)


def _scaled(
    warehouse: Warehouse,
    frame: pd.DataFrame,
    totals: pd.DataFrame,
    asked: Asked,
    periods: Sequence[Period],
) -> pd.DataFrame:
    """Per 1,000 residents or households of those that have reported, where that is asked."""
    if asked.per == "total" or not asked.metric.scalable:
        return frame
    size_of = {
        (row["community"], row["period"]): row[asked.per]
        for row in warehouse.rows(
            "select community, period, residents, households from populations"
            " join (select unnest($periods) as period, unnest($ends) as last_day) as asked"
            " on asked.last_day between from_day and to_day",
            periods=[period.id for period in periods],
            ends=[period.last_day for period in periods],
        )
    }
    sizes: dict[tuple[str, str], float] = {}
    for row in rows(totals):
        if row.community == DISTRICT or row.state not in (*COUNTED_STATES, "withheld"):
            continue
        size = size_of[row.community, row.period] or float("nan")
        sizes[row.community, row.period] = size
        sizes[DISTRICT, row.period] = sizes.get((DISTRICT, row.period), 0) + size
    people = [sizes.get((row.community, row.period)) or float("nan") for row in rows(frame)]
    return frame.assign(value=1000 * frame["value"].astype(float) / people)


def sql(asked: Asked, periods: Sequence[Period]) -> str:
    """The SQL that computes it from the canonical tables; `periods` as for `answer`."""
    dimensions: Sequence[str] = [asked.dimension] if asked.dimension else []
    if asked.grain == RANGE:
        relation = (
            f"(select 'range' as grain, '{asked.first_day}/{asked.last_day}' as period,"
            f" date '{asked.first_day}' as first_day, date '{asked.last_day}' as last_day)"
        )
    else:
        ids = ", ".join(f"'{period.id}'" for period in periods) or "null"
        relation = f"(from periods where grain = '{asked.grain}' and period in ({ids}))"
    return measure_sql(asked.metric, periods=relation, dimensions=dimensions).strip()


def members(frame: pd.DataFrame) -> list[str]:
    """The members of an answer, in its order."""
    return [str(fromkey) for fromkey in dict.fromkeys(frame["member"]) if fromkey is not None]
