"""What needs attention: reports that are late, targets off pace, rules that the data break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lingti.catalog import DISTRICT, Catalog
from lingti.judging import findings as findings_module
from lingti.judging import number_text, targets
from lingti.judging.period_values import View
from lingti.judging.sentences import joined
from lingti.judging.targets import Progress
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import rows


@dataclass(frozen=True)
class Item:
    """One thing to attend to: `kind` is late, pace, missed or finding; `says` is a sentence."""

    kind: str
    community: str
    says: str


def items(
    warehouse: Warehouse, view: View, gaps: pd.DataFrame, until: dict[str, date]
) -> list[Item]:
    """What needs attention in the communities looked at: late first, then off pace, then findings.

    `gaps` as `period_values.gaps` returns it; `until` is the newest day of each community's data.
    """
    places = {*view.communities, DISTRICT}
    found = [
        *_late(gaps, warehouse.catalog),
        *_off_pace(targets.progress(warehouse, view, until)),
        *_findings(findings_module.by_rule(warehouse), warehouse.catalog),
    ]
    return [item for item in found if item.community in places]


def told(gaps: pd.DataFrame, known: Catalog) -> list[str]:
    """What a community has not reported, one sentence per month and state."""
    return [
        _late_sentence([str(period)], str(state), [str(one) for one in found["tbl"]], known)
        for (period, state), found in gaps.groupby(["period", "state"], sort=False)
    ]


@memoised
def _late(gaps: pd.DataFrame, known: Catalog) -> list[Item]:
    """One item per community and set of tables, with all its months."""
    months: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (community, period, state), found in gaps.groupby(
        ["community", "period", "state"], sort=False
    ):
        tables = tuple(str(one) for one in found["tbl"])
        months.setdefault((str(community), str(state), tables), []).append(str(period))
    return [
        Item("late", community, _late_sentence(sorted(periods), state, list(tables), known))
        for (community, state, tables), periods in months.items()
    ]


def _late_sentence(periods: list[str], state: str, tables: list[str], known: Catalog) -> str:
    template = (
        _("{months} not reported: {tables}.")
        if state == "not_reported"
        else _("{months} reported in part: {tables}.")
    )
    months = joined([number_text.period("month", one) for one in periods])
    titles = [known.tables[name].title.pick() for name in tables]
    return template.format(months=months, tables=joined(titles))


def _off_pace(progress: list[Progress]) -> list[Item]:
    return [_off_pace_item(one) for one in progress if one.status in ("behind", "missed")]


def _off_pace_item(progress: Progress) -> Item:
    metric = progress.metric
    is_missed = progress.status == "missed"
    template = (
        _("{period}: {title} {value}, the target was {target}.")
        if is_missed
        else _("{period}: {title} {value} of {target}; {needed} would be on pace.")
    )
    if not is_missed and progress.value is not None and progress.value >= progress.needed:
        template = _("{period}: {title} {value} of {target}; the last three months fall short.")
    says = template.format(
        period=number_text.period(progress.grain, progress.period),
        title=metric.title.pick(),
        value=number_text.measured_exact(progress.value, metric),
        target=number_text.measured_exact(progress.target, metric),
        needed=number_text.measured_exact(progress.needed, metric),
    )
    return Item("missed" if is_missed else "pace", progress.place, says)


@memoised
def _findings(findings: pd.DataFrame, known: Catalog) -> list[Item]:
    """One item per community: how many findings of each rule."""
    told: dict[str, list[str]] = {}
    for row in rows(findings):
        words = _("{title} ({number})").format(
            title=known.checks[row.check_name].title.pick(), number=number_text.exact(row.findings)
        )
        told.setdefault(row.community, []).append(words)
    return [
        Item("finding", community, _("{findings}.").format(findings=joined(words)))
        for community, words in told.items()
    ]
