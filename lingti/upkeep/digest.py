"""What is late, returned, overdue, worsening, revised or asked: for whoever sends it on.

Published values only; no names of persons, and nothing about who looked at what.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lingti import district, warehouse
from lingti.access import roles
from lingti.catalog import DISTRICT
from lingti.district import District, follow_ups
from lingti.district.follow_ups import About
from lingti.editions import revisions, submissions
from lingti.judging import annotations as noted
from lingti.judging.period_values import freshness
from lingti.judging.periods import Period, day_of, latest_complete, periods_of
from lingti.judging.reporting import reporting
from lingti.judging.verdicts import verdicts
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import rows

KINDS = ("late", "returned", "overdue", "worsening", "revised", "asked")
MONTHS = 3  # the newest ones looked at for returned submissions


def digest(home: Path) -> dict[str, Any]:
    """The day it is of, and its items: kind, community, metric, period, since, link."""
    settings = district.load(home)
    published = warehouse.current(home, roles.PUBLISHED)
    today = settings.today
    months = periods_of(published)["month"]
    items = [
        *_late(published, settings, today),
        *_returned(home, months, today),
        *_overdue(home, today),
        *(_worsening(published, settings, months) if months else ()),
        *_revised(home, published),
        *_asked(home, published),
    ]
    return {"as_of": today.isoformat(), "items": items}


def _item(kind: str, community: str, page: str, **details: Any) -> dict[str, Any]:
    asked = {name: details.pop(name) for name in ("asks",) if name in details}.get("asks", {})
    query = urlencode({name: one for name, one in asked.items() if one})
    whole = {"metric": None, "period": None, "since": None, **details}
    return {
        "kind": kind,
        "community": community,
        **whole,
        "link": f"/{page}?{query}" if query else f"/{page}",
    }


def _late(published: Warehouse, settings: District, today: date) -> list[dict[str, Any]]:
    months = reporting.months_to(today, periods_of(published)["month"])
    return [
        _item(
            "late",
            owed.community,
            "reporting",
            period=owed.period,
            since=str(owed.due_on + timedelta(days=1)) if owed.due_on else None,
            table=owed.table,
            asks={"in": owed.community},
        )
        for owed in reporting.returns(published, settings, months, today)
        if owed.state in ("missing", "partial")
    ]


def _returned(home: Path, months: list[Period], today: date) -> list[dict[str, Any]]:
    over = [month for month in months if month.last_day < today][-MONTHS:]
    return [
        _item(
            "returned",
            standing.community,
            "submission",
            period=month.id,
            since=standing.at[:10],
            asks={"month": month.id, "community": standing.community},
        )
        for month in over
        for standing in submissions.standings(home, month)
        if standing.status == submissions.OPEN and standing.act == submissions.RETURN
    ]


def _overdue(home: Path, today: date) -> list[dict[str, Any]]:
    return [
        _item(
            "overdue",
            decision.community,
            "decisions",
            metric=decision.metric or None,
            since=str(decision.due_on),
            asks={
                "standing": "overdue",
                "in": "" if decision.community == DISTRICT else decision.community,
            },
        )
        for decision in noted.decisions(warehouse.current(home))
        if decision.standing(today) == "overdue"
    ]


def _worsening(
    published: Warehouse, settings: District, months: list[Period]
) -> list[dict[str, Any]]:
    until = [day_of(row.until) for row in rows(freshness(published)) if row.until == row.until]
    month = latest_complete(months, until)
    places = [*(community.id for community in settings.communities), DISTRICT]
    judged = verdicts.of(published, list(published.catalog.metrics), places, month, published=True)
    return [
        _item(
            "worsening",
            place,
            "verdicts",
            metric=metric,
            period=month.id,
            since=str(month.first_day),
            asks={"metric": metric},
        )
        for (metric, place), one in sorted(judged.items())
        if one.verdict == "worsening"
    ]


def _revised(home: Path, published: Warehouse) -> list[dict[str, Any]]:
    return [
        _item(
            "revised",
            revision.community,
            "revisions",
            metric=revision.metric,
            period=revision.cell[3],
            since=max((cause.at[:10] for cause in revision.causes if cause.at), default=None),
            asks={"metric": revision.metric, "place": revision.community, "of": revision.cell[3]},
        )
        for revision in revisions.of_home(home, published, stored_only=True)
        if revision.cell[4] is None
    ]


def _asked(home: Path, published: Warehouse) -> list[dict[str, Any]]:
    """What waits for an answer: never the text, and the number only where readers are told it."""
    open_ones = [
        follow_up
        for follow_up in follow_ups.most_urgent_first(follow_ups.follow_ups(home))
        if follow_up.status == follow_ups.OPEN
        and follow_up.about.metric in published.catalog.metrics
    ]
    shown = [_is_told(published, follow_up.about) for follow_up in open_ones]
    return [
        _item(
            "asked",
            one.about.place,
            "follow_up",
            metric=one.about.metric if is_told else None,
            period=one.about.of if is_told else None,
            since=str(one.since),
            asks={"which": one.key},
        )
        for one, is_told in zip(open_ones, shown, strict=True)
    ]


def _is_told(published: Warehouse, about: About) -> bool:
    """Whether readers of published values are told the number that is asked about, as a whole."""
    if about.by or about.batch:
        return False
    values = published.rows(
        "select value from published_values where metric = $metric and community = $place"
        " and period = $of and dimension is null and value is not null",
        metric=about.metric,
        place=about.place,
        of=about.of,
    )
    return bool(values)
