"""Verdicts of all numbers, as they are kept with a publication and read from there.

Everything that shows a verdict reads it by `of`; a week, and the points of a chart, are judged by
the same function when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingti import catalog, district
from lingti.catalog import DISTRICT, Metric
from lingti.district import District
from lingti.judging.periods import Period
from lingti.judging.verdicts.charting import Judged
from lingti.judging.verdicts.verdict import FLAGS, SIGNALS, Asked, Verdict, VerdictCode, judge
from lingti.judging.verdicts.verdict_series import Basis, kind_of, series_of
from lingti.judging.verdicts.verdict_words import verdict_words, why_words
from lingti.warehouse import Warehouse

Key = tuple[str, str]  # metric, place


@dataclass(frozen=True)
class KeptVerdict:
    """A verdict as it is kept: `rules` are those the judged point breaks, the deciding one first.

    `signals` are the other points of the period that break one: (period, verdict).
    """

    metric: str
    community: str
    grain: str
    period: str
    verdict: VerdictCode
    reason: str
    rules: tuple[str, ...] = ()
    chart: str = "none"
    judged_grain: str = "none"
    judged_period: str = ""
    count: int = 0
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signals: tuple[tuple[str, VerdictCode], ...] = ()

    @property
    def is_signal(self) -> bool:
        """Whether it is more than ordinary variation."""
        return self.verdict in SIGNALS


def kept_verdict(metric: str, place: str, asked: Asked, verdict: Verdict) -> KeptVerdict:
    """A verdict as it is kept."""
    return KeptVerdict(
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
        tuple((one.period, code_of_point(one)) for one in verdict.earlier),
    )


def code_of_point(point: Judged) -> VerdictCode:
    """The verdict that a point with a signal would have been."""
    return FLAGS[point.flag] if point.flag else "not_judged"


def of(
    warehouse: Warehouse,
    metrics: Sequence[str],
    places: Sequence[str],
    period: Period,
    *,
    published: bool = False,
) -> dict[Key, KeptVerdict]:
    """(metric, place) → the verdict of a month; of a longer period the signals of its months.

    With `published` it is what readers of published values get; a week, which is not published, is
    worked out.
    """
    if period.grain == "week":
        return _worked_out(warehouse, metrics, places, period)
    rows = warehouse.rows(
        warehouse.catalog.views["verdicts"].replace(
            "from verdicts", "from published_verdicts" if published else "from verdicts"
        ),
        metrics=list(metrics),
        places=list(places),
        first=period.first_day,
        last=period.last_day,
    )
    months: dict[Key, list[KeptVerdict]] = {}
    for row in rows:
        months.setdefault((row["metric"], row["community"]), []).append(_read(row))
    if period.grain == "month":
        kept = {key: found[-1] for key, found in months.items() if found[-1].period == period.id}
        return kept or _worked_out(warehouse, metrics, places, period)
    return {key: _of_long_period(*key, period, found) for key, found in months.items()}


def _worked_out(
    warehouse: Warehouse, metrics: Sequence[str], places: Sequence[str], period: Period
) -> dict[Key, KeptVerdict]:
    """The verdicts of a warehouse that was built without them."""
    settings = district.load(warehouse.home)
    asked = Asked(period.grain, period.id, period.first_day, period.last_day)
    return {
        (name, place): kept_verdict(
            name, place, asked, judged(warehouse, settings, metric, place, period)
        )
        for name in metrics
        for metric in [warehouse.catalog.metrics[name]]
        for place in places
    }


def _read(row: Mapping[str, Any]) -> KeptVerdict:
    signals = tuple((signal["period"], signal["verdict"]) for signal in row["signals"])
    return KeptVerdict(**{**row, "rules": tuple(row["rules"]), "signals": signals})


def _of_long_period(
    metric: str, place: str, period: Period, months: Iterable[KeptVerdict]
) -> KeptVerdict:
    """A quarter and a year have no verdict but the signals of their months."""
    signal_of: dict[str, VerdictCode] = {}
    for month in months:
        signal_of |= dict(month.signals)
        if month.is_signal:
            signal_of[month.judged_period or month.period] = month.verdict
    signals = tuple(signal_of.items())
    return KeptVerdict(
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
    return judge(kind_of(metric), series_of(series, days, basis.of(metric, place)), asked)


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
    chosen = list(places or [*(community.id for community in district.communities), DISTRICT])
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
        row(verdict, state_of[one.id, place])
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
) -> KeptVerdict:
    if period.grain == "week":
        asked = Asked(period.grain, period.id, period.first_day, period.last_day)
        return kept_verdict(
            metric.name, place, asked, judged(warehouse, district, metric, place, period)
        )
    verdicts = of(warehouse, [metric.name], [place], period, published=published)
    return verdicts[metric.name, place]


def row(verdict: KeptVerdict, state: str) -> dict[str, Any]:
    """A verdict as `lingti verdict` prints it, in the language in use."""
    return {
        "metric": verdict.metric,
        "community": verdict.community,
        "grain": verdict.grain,
        "period": verdict.period,
        "verdict": verdict.verdict,
        "words": verdict_words(verdict.verdict),
        "why": why_words(verdict),
        "chart": verdict.chart,
        "judged": verdict.judged_period,
        "points": verdict.count,
        "centre": verdict.centre,
        "lower": verdict.lower,
        "upper": verdict.upper,
        "signals": [{"period": one, "verdict": said} for one, said in verdict.signals],
        "state": state,
    }
