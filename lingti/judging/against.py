"""Compared with what: the period before, the same one a year ago, and the district's rate.

Always periods of equal length. A period that is not over for all communities compared is
provisional (暂定), and all are compared by the same days of it; so is one whose cases have not had
their time yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.compare import Period, View, previous
from lingti.district import District
from lingti.frames import plain
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question

Span = tuple[date, date]


@dataclass(frozen=True)
class Spans:
    """The days that are compared. `reason` is why they are provisional: days, young, or empty.

    `days`: not all communities have reported to the period's end. `young`: its cases need time.
    """

    now: Span
    before: Span | None
    last_year: Span | None
    reason: str = ""


@dataclass(frozen=True)
class Compared:
    """A place's number beside others; None where there is none or it cannot be compared.

    `rate` and `district_rate` are per 1,000 of the population asked for, where that makes sense,
    else the value itself (a share of the community beside the share of the district).
    """

    place: str
    value: float | None
    state: str
    before: float | None
    before_state: str
    last_year: float | None
    last_year_state: str
    rate: float | None
    district_rate: float | None


def spans(view: View, metric: Metric, periods: list[Period], until: dict[str, date]) -> Spans:
    """Which days are compared: the period's, or as many of them as all communities reported."""
    period = view.period
    earlier = previous(period, periods) if period.grain != "programme" else None
    year_ago = _year_before(period, periods)
    reached = min((until[one] for one in view.communities if one in until), default=period.last_day)
    if reached >= period.last_day or reached < period.first_day:
        settled = period.last_day + timedelta(days=metric.matures_days)
        reason = "young" if metric.matures_days and reached < settled else ""
        return Spans(_span(period), _whole(earlier), _whole(year_ago), reason)
    days = reached - period.first_day
    return Spans((period.first_day, reached), _first(earlier, days), _first(year_ago, days), "days")


def _span(period: Period) -> Span:
    return period.first_day, period.last_day


def _whole(period: Period | None) -> Span | None:
    return _span(period) if period else None


def _first(period: Period | None, days: timedelta) -> Span | None:
    """The first days of a period, as many as are compared."""
    if period is None:
        return None
    return period.first_day, min(period.first_day + days, period.last_day)


def _year_before(period: Period, periods: list[Period]) -> Period | None:
    """The period of a year ago; a quarter's is a quarter, a week's the week of that number."""
    if period.grain in ("programme", "year"):
        return None
    name = f"{int(period.id[:4]) - 1}{period.id[4:]}"
    return next((one for one in periods if one.id == name), None)


def compared(
    warehouse: Warehouse, district: District, view: View, metric: Metric, over: Spans
) -> list[Compared]:
    """Every place of the view, the district last, beside the other periods and the district."""
    asked = [over.now, over.before, over.last_year]
    found = [_values(warehouse, view, metric, span) for span in asked]
    size = _sizes(district, view, found[0])
    district_rate = _rate(metric, view, plain(_value(found[0], DISTRICT)), size[DISTRICT])
    return [
        Compared(
            place=place,
            value=plain(_value(found[0], place)),
            state=_state(found[0], place),
            before=plain(_value(found[1], place)),
            before_state=_state(found[1], place),
            last_year=plain(_value(found[2], place)),
            last_year_state=_state(found[2], place),
            rate=_rate(metric, view, plain(_value(found[0], place)), size[place]),
            district_rate=district_rate,
        )
        for place in view.places
    ]


def _values(
    warehouse: Warehouse, view: View, metric: Metric, span: Span | None
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
    if view.published:
        return {}
    found = ask.over_spans(warehouse, metric, [span])
    return {place: row for (place, _first_day, _last_day), row in found.items()}


def _period_of(warehouse: Warehouse, grain: str, span: Span) -> str | None:
    found = warehouse.rows(
        "select period from periods where grain = $grain and first_day = $first"
        " and last_day = $last",
        grain=grain,
        first=span[0],
        last=span[1],
    )
    return found[0]["period"] if found else None


def _value(found: dict[str, dict[str, Any]], place: str) -> Any:
    return found[place]["value"] if place in found else None


def _state(found: dict[str, dict[str, Any]], place: str) -> str:
    return str(found[place]["state"]) if place in found else ""


def _sizes(district: District, view: View, found: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Place → residents or households; the district's are those of the communities that count."""
    of = "households" if view.per == "households" else "residents"
    sizes = {one.id: int(getattr(one, of)) for one in district.communities}
    counted = [one for one in sizes if _state(found, one) in ("reported", "partial")]
    return sizes | {DISTRICT: sum(sizes[one] for one in counted)}


def _rate(metric: Metric, view: View, value: float | None, size: int) -> float | None:
    if value is None:
        return None
    if not metric.scalable:
        return value
    return 1000 * value / size if size else None


def default_metric(view: View, district: District) -> str:
    """The metric to begin with: the first headline of the first community looked at."""
    known = catalog.metrics()
    headlines = [name for one in view.communities for name in district.community(one).headlines]
    return next((name for name in headlines if name in known), next(iter(known)))
