"""Compared with what: the period before, the same one a year ago, and the district's rate.

Always periods of equal length. A period that is not over for all communities compared is
provisional (暂定), and all are compared by the same days of it, those that everybody has reported;
so is one whose cases have not had their time yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.district import District
from lingti.ingest.checking.coverage import Span, merge, subtract
from lingti.judging.between import told_apart
from lingti.judging.between.told_apart import PlaceComparison
from lingti.judging.period_values import View
from lingti.judging.periods import Period, if_whole
from lingti.judging.reporting import to_correct
from lingti.judging.verdicts.holidays import festival_moved, week_a_year_ago
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question
from lingti.warehouse.frames import plain
from lingti.warehouse.template import COUNTED_STATES

Days = tuple[date, date]


@dataclass(frozen=True)
class Spans:
    """The days that are compared. `reason` is why they are provisional: days, young, or empty.

    `days`: not all communities have reported the whole period; `lacking` are those with a part of
    it, and all are compared by the longest stretch of days that everybody has. `young`: its cases
    need time. `missing` are the communities that have reported nothing of the period.
    """

    now: Days
    before: Days | None
    last_year: Days | None
    reason: str = ""
    lacking: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A place's number beside others; None where there is none or it cannot be compared.

    `rate` and `district_rate` are per 1,000 of the population asked for, where that makes sense,
    else the value itself (a share of the community beside the share of the district).
    `before_alike` and `last_year_alike` say whether that period is about the same communities.
    `against_others` tells a community from the others together; None where that is not tested.
    `to_correct` is how many rows in quarantine each number lacks.
    """

    place: str
    value: float | None
    state: str
    before: float | None
    before_state: str
    before_alike: bool
    last_year: float | None
    last_year_state: str
    last_year_alike: bool
    rate: float | None
    district_rate: float | None
    against_others: PlaceComparison | None = None
    to_correct: int = 0
    before_to_correct: int = 0
    last_year_to_correct: int = 0


def spans(
    warehouse: Warehouse,
    view: View,
    metric: Metric,
    of: dict[str, list[Period]],
    until: dict[str, date],
) -> Spans:
    """Which days are compared: the period's, or those of it that all communities have reported.

    `of` are the periods of the warehouse by grain, `until` the newest day of each community's data.
    """
    period = view.period
    asked = Span(period.first_day, period.last_day)
    earlier = view.previous
    year_ago = if_whole(_year_before(period, of[period.grain]), of)
    holes = _holes(warehouse, view, metric)
    missing = tuple(one for one, (needed, left) in holes.items() if left and left == needed)
    lacking = tuple(one for one, (_needed, left) in holes.items() if left and one not in missing)
    if not lacking:
        settled = period.last_day + timedelta(days=metric.matures_days)
        reached = min(
            (until[community] for community in view.communities if community in until),
            default=settled,
        )
        reason = "young" if metric.matures_days and reached < settled else ""
        return Spans(asked, _days(earlier), _days(year_ago), reason, (), missing)
    common = subtract([asked], [hole for one in lacking for hole in holes[one][1]])
    if not common:
        return Spans(asked, _days(earlier), _days(year_ago), "days", lacking, missing)
    now = max(common, key=lambda span: span.last - span.first)
    before, last_year = (_same_days(one, period, now) for one in (earlier, year_ago))
    return Spans(now, before, last_year, "days", lacking, missing)


def _holes(
    warehouse: Warehouse, view: View, metric: Metric
) -> dict[str, tuple[list[Span], list[Span]]]:
    """Community → the days of the period that are expected of it, and those it has not sent."""
    asked = Span(view.period.first_day, view.period.last_day)
    needed: dict[tuple[str, str, str], list[Span]] = {}
    left: dict[tuple[str, str, str], list[Span]] = {}
    for name in ("expected", "unexpected", "covered"):
        for row in warehouse.rows(
            f"select community, tbl, part, first_day, last_day from {name}"
            " where list_contains($tables, tbl) and first_day <= $last and last_day >= $first",
            tables=list(metric.tables),
            first=asked.first,
            last=asked.last,
        ):
            key = (row["community"], row["tbl"], row["part"])
            span = Span(max(row["first_day"], asked.first), min(row["last_day"], asked.last))
            if name != "covered":
                needed.setdefault(key, []).append(span)
            else:
                left[key] = subtract(left.get(key, needed.get(key, [])), [span])
    holes: dict[str, tuple[list[Span], list[Span]]] = {}
    for key, spans_needed in needed.items():
        if key[0] in view.communities:
            whole_of_it, lacking = holes.get(key[0], ([], []))
            holes[key[0]] = (
                merge([*whole_of_it, *spans_needed]),
                merge([*lacking, *left.get(key, spans_needed)]),
            )
    return holes


def _days(period: Period | None) -> Days | None:
    return (period.first_day, period.last_day) if period else None


def _same_days(other: Period | None, period: Period, now: Span) -> Days | None:
    """The days of another period that lie in it as `now` lies in the one looked at."""
    if other is None:
        return None
    first, last = (other.first_day + (day - period.first_day) for day in now)
    return (first, min(last, other.last_day)) if first <= other.last_day else None


def _year_before(period: Period, periods: list[Period]) -> Period | None:
    """The period of a year ago; a quarter's is a quarter, a week's the week of that number.

    A week near Spring Festival has the week that lay so far from last year's; a month that has
    other days of it than a year ago has none: January and February are compared together.
    """
    if period.grain in ("programme", "year"):
        return None
    if period.grain == "month" and festival_moved(period.first_day):
        return None
    if period.grain == "week" and (monday := week_a_year_ago(period.first_day)) is not None:
        return next((one for one in periods if one.first_day == monday), None)
    name = f"{int(period.id[:4]) - 1}{period.id[4:]}"
    return next((one for one in periods if one.id == name), None)


def compared(
    warehouse: Warehouse, district: District, view: View, metric: Metric, over: Spans
) -> list[Compared]:
    """Every place of the view, the district last, beside the other periods and the district.

    Communities are told apart by a whole period, so not where other days are compared.
    """
    asked = [over.now, over.before, over.last_year]
    values_of = [_values(warehouse, view, metric, span) for span in asked]
    size = _sizes(district, view, values_of[0])
    district_rate = _rate(metric, view, plain(_value(values_of[0], DISTRICT)), size[DISTRICT])
    known = told_apart.of(warehouse, [metric.name], view.period, published=view.published)
    comparison = known.get(metric.name) if over.reason != "days" else None
    lacking = [
        to_correct.by_place(warehouse, metric, view.places, *span) if span else {} for span in asked
    ]
    return [
        Compared(
            place=place,
            value=plain(_value(values_of[0], place)),
            state=_state(values_of[0], place),
            before=plain(_value(values_of[1], place)),
            before_state=_state(values_of[1], place),
            before_alike=_alike(place, values_of[0], values_of[1]),
            last_year=plain(_value(values_of[2], place)),
            last_year_state=_state(values_of[2], place),
            last_year_alike=_alike(place, values_of[0], values_of[2]),
            rate=_rate(metric, view, plain(_value(values_of[0], place)), size[place]),
            district_rate=district_rate,
            against_others=comparison.of(place) if comparison else None,
            to_correct=lacking[0].get(place, 0),
            before_to_correct=lacking[1].get(place, 0),
            last_year_to_correct=lacking[2].get(place, 0),
        )
        for place in view.places
    ]


def _values(
    warehouse: Warehouse, view: View, metric: Metric, span: Days | None
) -> dict[str, dict[str, Any]]:
    """Place → value in these days; stored values where the days are a whole period."""
    if span is None:
        return {}
    period = _period_of(warehouse, view.period.grain, span)
    if period is not None:
        question = Question(
            metric, grain=view.period.grain, period=period, published=view.published
        )
        return {row["community"]: row for row in ask.values(warehouse, question)}
    if view.published:  # numbers of days are not published
        return {place: {"value": None, "state": "withheld"} for place in view.places}
    of_span = ask.over_spans(warehouse, metric, [span])
    return {place: row for (place, _first_day, _last_day), row in of_span.items()}


def _period_of(warehouse: Warehouse, grain: str, span: Days) -> str | None:
    rows = warehouse.rows(
        "select period from periods where grain = $grain and first_day = $first"
        " and last_day = $last",
        grain=grain,
        first=span[0],
        last=span[1],
    )
    return rows[0]["period"] if rows else None


def _value(row_of: dict[str, dict[str, Any]], place: str) -> Any:
    return row_of[place]["value"] if place in row_of else None


def _state(row_of: dict[str, dict[str, Any]], place: str) -> str:
    return str(row_of[place]["state"]) if place in row_of else ""


def _alike(
    place: str, row_of: dict[str, dict[str, Any]], other_row_of: dict[str, dict[str, Any]]
) -> bool:
    """Whether a place is made of the same communities in both; a community always is."""
    return place != DISTRICT or _counted(row_of) == _counted(other_row_of)


def _counted(row_of: dict[str, dict[str, Any]]) -> list[str]:
    """The communities that have reported at least a part of what is expected of them."""
    return sorted(
        place
        for place in row_of
        if place != DISTRICT and _state(row_of, place) in ("reported", "partial")
    )


def _sizes(district: District, view: View, row_of: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Place → residents or households at the period's end; 0 where they are not known.

    The district's are those of the communities that count.
    """
    of = "households" if view.per == "households" else "residents"
    sizes = {
        community.id: int(getattr(community.population_on(view.period.last_day), of) or 0)
        for community in district.communities
    }
    counted = [size for place, size in sizes.items() if _state(row_of, place) in COUNTED_STATES]
    return sizes | {DISTRICT: sum(counted) if all(counted) else 0}


def _rate(metric: Metric, view: View, value: float | None, size: int) -> float | None:
    if value is None:
        return None
    if not metric.scalable:
        return value
    return 1000 * value / size if size else None


def default_metric(
    view: View, district: District, of: Callable[[Metric], bool] = lambda _metric: True
) -> str:
    """The metric to begin with: the first headline `of` a kind of the communities looked at."""
    known = {name: one for name, one in view.catalog.metrics.items() if of(one)}
    headlines = [
        name for community in view.communities for name in district.community(community).headlines
    ]
    return next((name for name in headlines if name in known), next(iter(known)))


@memoised
def incomplete(gaps: pd.DataFrame, until: dict[str, date], view: View) -> list[str]:
    """The communities looked at of which some data of the period are not there, or not yet.

    `gaps` as of `period_values.gaps`; `until` is the newest day of each community's data.
    """
    first, last = view.period.first_day, view.period.last_day
    months = pd.to_datetime(gaps["period"])
    inside = months.between(pd.Timestamp(first), pd.Timestamp(last))
    owing = set(gaps.loc[inside, "community"])
    return [
        community
        for community in view.communities
        if community in owing
        or (view.period.grain != "programme" and until.get(community, last) < last)
    ]
