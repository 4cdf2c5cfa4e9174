"""What needs attention: reports that are late, targets off pace, rules that the data break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lingti import catalog, compare, formats
from lingti.catalog import DISTRICT
from lingti.compare import View
from lingti.district import District
from lingti.frames import plain, rows
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.sentences import joined
from lingti.warehouse import Warehouse


@dataclass(frozen=True)
class Item:
    """One thing to attend to: `kind` is late, pace or finding; `says` is a sentence."""

    kind: str
    community: str
    says: str


def items(
    warehouse: Warehouse, district: District, view: View, until: dict[str, date], today: date
) -> list[Item]:
    """What needs attention in the communities looked at: late first, then off pace, then findings.

    `until` is the newest day of each community's data; months are late from the reporting day on.
    """
    places = {*view.communities, DISTRICT}
    found = [
        *_late(compare.gaps(warehouse, district, today)),
        *_behind(compare.pace(warehouse, view, until)),
        *_findings(compare.findings(warehouse)),
    ]
    return [item for item in found if item.community in places]


def _late(gaps: pd.DataFrame) -> list[Item]:
    """One item per community and set of tables: the months they were not reported, newest first."""
    months: dict[tuple[str, str, str], list[str]] = {}
    for (community, period), of_month in gaps.groupby(["community", "period"], sort=False):
        for state, of_state in of_month.groupby("state", sort=False):
            names = _tables([str(one) for one in of_state["tbl"]])
            months.setdefault((str(community), str(state), names), []).append(str(period))
    templates: dict[str, Callable[..., str]] = {
        "not_reported": _("{months} not reported: {tables}.").format,
        "partial": _("{months} reported in part: {tables}.").format,
    }
    return [
        Item(
            "late",
            community,
            templates[state](
                months=joined([formats.period("month", one) for one in sorted(periods)]),
                tables=names,
            ),
        )
        for (community, state, names), periods in months.items()
    ]


def _tables(names: list[str]) -> str:
    known = catalog.tables()
    return joined([known[name].title.pick() for name in names])


def _behind(pace: pd.DataFrame) -> list[Item]:
    known = catalog.metrics()
    template = _("{period}: {title} {value} of {target}; {needed} would be on pace.")
    return [
        Item(
            "pace",
            row.community,
            template.format(
                period=formats.period(row.grain, row.period),
                title=known[row.metric].title.pick(),
                value=formats.measured(plain(row.value), known[row.metric]),
                target=formats.measured(row.target, known[row.metric]),
                needed=formats.measured(round(row.needed, 2), known[row.metric]),
            ),
        )
        for row in rows(pace)
        if row.status == "behind"
    ]


def _findings(findings: pd.DataFrame) -> list[Item]:
    known = catalog.checks()
    return [
        Item(
            "finding",
            row.community,
            ngettext("{title}: {number} place.", "{title}: {number} places.", row.findings).format(
                title=known[row.check_name].title.pick() if row.check_name in known else "",
                number=formats.exact(row.findings),
            ),
        )
        for row in rows(findings)
    ]
