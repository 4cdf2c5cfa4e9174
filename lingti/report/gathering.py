"""Finds what documents are asked of (period, places, edition), and reads the data of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from lingti import district, warehouse
from lingti.access.roles import EVERYTHING, ReaderView
from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.editions import revisions
from lingti.editions.keeping import Edition
from lingti.judging.period_values import View
from lingti.judging.periods import GRAINS, LONGER, Period, if_whole, period_before, periods_of
from lingti.judging.standing import headlines
from lingti.language import gettext as _
from lingti.report.inputs import Material
from lingti.warehouse import Warehouse, longer, published_longer

PUBLISHED_GRAINS = ("month", "quarter", "year")


class ReportError(Exception):
    """A document that cannot be made; says what can be asked for."""


def gather(
    home: Path,
    period: str,
    *,
    published: bool = False,
    exact: Collection[str] = (),
    today: date | None = None,
    reader: ReaderView = EVERYTHING,
    edition: Edition | None = None,
) -> Material:
    """Reads a district's data in a period. Raises ReportError for a period there is not.

    `published` leaves out small counts of people, but not those of the communities in `exact`; then
    numbers are those that readers get. Decisions are those that the `reader` may see. `edition` is
    the one that is being made of them.
    """
    data = warehouse.current(home, ReaderView(frozenset(exact)) if published else reader)
    data = _with_longer(data, period)
    known = periods_of(data)
    grains = (*PUBLISHED_GRAINS, *LONGER) if published else (*GRAINS, *LONGER)
    chosen = _find(known, period, grains)
    settings = _counted(data, headlines.filled(data, district.load(home)), chosen)
    view = View(
        catalog=data.catalog,
        period=chosen,
        previous=if_whole(period_before(chosen, known[chosen.grain]), known),
        communities=tuple(community.id for community in settings.communities),
        published=published,
        exact=frozenset(exact),
    )
    lists = warehouse.current(home, reader)
    since = revisions.since(home, data, chosen.id)
    name, revised = (edition.name, 0) if edition else (since[0], len(since[1]))
    return Material(settings, data, view, known, today or settings.today, lists, name, revised)


def _with_longer(data: Warehouse, period: str) -> Warehouse:
    """The warehouse with the half-year or year to date that is asked for, and the one before."""
    named = {row[1]: row for row in longer.periods(data)}
    if period not in named:
        return data
    of_grain = [Period(*row) for row in named.values() if row[0] == named[period][0]]
    before = period_before(Period(*named[period]), of_grain)
    wanted = [period, *([before.id] if before else [])]
    rows = [named[period_id] for period_id in wanted]
    if data.reader_view.is_everything:
        return longer.with_periods(data, rows)
    return published_longer.with_periods(data, rows)


def _counted(data: Warehouse, settings: District, period: Period) -> District:
    """The district without communities so new in the settings that nothing is counted of them."""
    rows = data.rows(
        "select distinct community from metric_values where grain = $grain and period = $period",
        grain=period.grain,
        period=period.id,
    )
    known = {row["community"] for row in rows}
    counted = tuple(community for community in settings.communities if community.id in known)
    return replace(settings, communities=counted)


def place_of(material: Material, community: str | None) -> str:
    """The place asked for; None is the district. Raises ReportError for one there is not."""
    if community in (None, DISTRICT):
        return DISTRICT
    known = [community.id for community in material.district.communities]
    if community not in known:
        raise ReportError(
            _("There is no community {given!r}. Known: {known}.").format(
                given=community, known=", ".join(known)
            )
        )
    return str(community)


def _find(known: dict[str, list[Period]], asked: str, grains: Sequence[str]) -> Period:
    for grain in grains:
        for period in known[grain]:
            if period.id == asked:
                return period
    months = [period.id for period in known["month"]]
    words = (
        _("There is no period {given!r} to report on. Months: {first} to {last}; also {others}.")
        if months
        else _("There is no period {given!r} to report on: nothing has been imported yet.")
    )
    others = [longer_period.id for grain in ("quarter", "year") for longer_period in known[grain]]
    raise ReportError(
        words.format(
            given=asked,
            first=months[0] if months else "",
            last=months[-1] if months else "",
            others=", ".join(others),
        )
    )
