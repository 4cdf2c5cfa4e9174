"""The few rule breaches planted on purpose, so that the checks have something to find.

None of them touches a published figure. README.md lists them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from names import HOSPITAL, SHELF
from people import Person
from points import Entry, Ledger, Redemption
from volunteering import Service
from year import YEAR, month_end

if TYPE_CHECKING:
    from sample import Sample


def two_shifts_alike(service: dict[str, list[Service]]) -> None:
    """No breach: who patrols in the morning and at night has two identical rows, both real."""
    rows = service["guqiao"]
    patrols = [row for row in rows if row.activity == "平安巡逻"][::25]
    rows += patrols
    rows.sort(key=lambda row: row.day)


def over_24_hours(service: dict[str, list[Service]], person: Person) -> None:
    """One volunteer, 14 hours at 古桥 and 12 at 滨湖 on one day of the flood watch."""
    day = date(YEAR, 7, 20)
    for community, hours in (("guqiao", 14.0), ("binhu", 12.0)):
        rows = [row for row in service[community] if row.day != day or row.person != person]
        rows.append(Service(day, person, "防汛值守", "平安建设", hours))
        service[community][:] = sorted(rows, key=lambda row: row.day)


def plant(sample: Sample) -> None:
    """All breaches that need no other row to follow them."""
    _points_beside_hours(sample.ledgers["guqiao"])
    _cheap_haircut(sample.ledgers["guqiao"])
    _haircut_after_the_agreement(sample)
    _overdrawn(sample.ledgers["binhu"])
    _started_twice(sample.ledgers["binhu"])
    _not_settled(sample.ledgers["binhu"])
    _placed_twice_and_too_old(sample)
    _certificate_without_completion(sample)
    _resolved_before_raised(sample)


def _points_beside_hours(ledger: Ledger) -> None:
    """3 hours, 5 points."""
    place = next(
        number
        for number, entry in enumerate(ledger.entries)
        if entry.day >= date(YEAR, 8, 12) and entry.points == 3
    )
    ledger.entries[place] = replace(ledger.entries[place], points=5)


def _cheap_haircut(ledger: Ledger) -> None:
    place = _first_from(ledger.redemptions, date(YEAR, 9, 10))
    ledger.redemptions[place] = replace(ledger.redemptions[place], points=45)


def _haircut_after_the_agreement(sample: Sample) -> None:
    """丝语造型 left the alliance at the end of September; one haircut there came after."""
    merchants = sample.agreements["guqiao"]
    ended = date(YEAR, 10, 1)
    barber = "丝语造型"
    place = [agreement.merchant.name for agreement in merchants].index(barber)
    merchants[place] = replace(merchants[place], ended_on=ended)
    redemptions = sample.ledgers["guqiao"].redemptions
    for number, row in enumerate(redemptions):
        if row.day >= ended and row.merchant == barber:
            redemptions[number] = replace(row, merchant="巧匠理发店")
    late = _first_from(redemptions, date(YEAR, 10, 15))
    redemptions[late] = replace(redemptions[late], merchant=barber)


def _overdrawn(ledger: Ledger) -> None:
    """An electric fan for 120 points by somebody who had fewer."""
    fan = next(good for good in SHELF if good.item == "电风扇")
    day = date(YEAR, 11, 20)
    poor = [
        entry
        for entry in ledger.entries
        if entry.kind == "settle" and entry.day == date(YEAR, 10, 31) and 5 < entry.points < 40
    ]
    person = next(
        entry.person
        for entry in poor
        if all(ledger.balance(entry.person, d) < 120 for d in (day, month_end(12)))
    )
    ledger.redemptions.append(Redemption(day, person, fan, 1, fan.points, ""))
    ledger.redemptions.sort(key=lambda row: row.day)
    _carry(ledger, person, day, -fan.points)


def _started_twice(ledger: Ledger) -> None:
    """Somebody was given the 100 points of the start again in September."""
    starts = [entry for entry in ledger.entries if entry.kind == "initial"]
    person, day = starts[150].person, date(YEAR, 9, 12)
    ledger.entries.append(Entry(day, person, "initial", "初始积分", 100))
    ledger.entries.sort(key=lambda entry: entry.day)
    _carry(ledger, person, day, 100)


def _not_settled(ledger: Ledger) -> None:
    """One resident is missing from the settlement of October."""
    settles = [e for e in ledger.entries if e.kind == "settle" and e.day == date(YEAR, 10, 31)]
    ledger.entries.remove(settles[33])


def _carry(ledger: Ledger, person: Person, day: date, points: int) -> None:
    """Lets a movement show in the balances settled after it."""
    for number, entry in enumerate(ledger.entries):
        if entry.person == person and entry.kind == "settle" and entry.day >= day:
            ledger.entries[number] = replace(entry, points=entry.points + points)


def _placed_twice_and_too_old(sample: Sample) -> None:
    """Two rows of October: somebody hired in spring by the same hospital, somebody of 66."""
    rows = sample.placements["jinghang"]
    first = next(row for row in rows if row.employer == HOSPITAL)
    again = replace(first, day=date(YEAR, 10, 17), channel="社区推荐")
    place = _first_from(rows, date(YEAR, 10, 22))
    old = rows[place].person
    born = date(YEAR - 66, 2, old.born.day)
    rows[place] = replace(rows[place], person=old.born_on(born))
    rows.append(again)
    rows.sort(key=lambda row: row.day)


def _certificate_without_completion(sample: Sample) -> None:
    place = next(
        number
        for number, row in enumerate(sample.training)
        if row.day >= date(YEAR, 6, 20) and row.dispatched_on and not row.completed_on
    )
    sample.training[place] = replace(sample.training[place], certificate=True)


def _resolved_before_raised(sample: Sample) -> None:
    rows = sample.concerns["guqiao"]
    place = _first_from(rows, date(YEAR, 7, 9))
    rows[place] = replace(rows[place], resolved_on=rows[place].day - timedelta(days=10))


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


def _first_from(rows: Sequence[_Dated], day: date) -> int:
    """The place of the first row of that day or later."""
    return next(number for number, row in enumerate(rows) if row.day >= day)
