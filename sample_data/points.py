"""Points: earned, deducted, redeemed and settled, resident by resident and day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from names import FLOUR, GUQIAO_MERCHANTS, MISCONDUCT, OFFERS, RICE, SHELF, Good
from people import Person
from volunteering import Service
from year import DRAGON_BOAT, YEAR, later, month_end, some_day

START_POINTS = 100
HAIRCUT_POINTS = 50
POINTS_PER_HOUR_AT_BINHU = 4
HAIRCUT = Good("理发", "美容美发", HAIRCUT_POINTS, 0, service=True)
_BARBERS = [merchant.name for merchant in GUQIAO_MERCHANTS[:3]]


@dataclass(frozen=True)
class Entry:
    """A ledger entry that is no redemption; `points` is signed, for `settle` the balance."""

    day: date
    person: Person
    kind: str
    reason: str
    points: int


@dataclass(frozen=True)
class Redemption:
    """What a resident took for points."""

    day: date
    person: Person
    good: Good
    quantity: int
    points: int
    merchant: str


@dataclass
class Ledger:
    """A community's points of one year."""

    entries: list[Entry] = field(default_factory=list)
    redemptions: list[Redemption] = field(default_factory=list)

    def balance(self, person: Person, day: date) -> int:
        """The points a person has at the end of a day; what `settle` states is no movement."""
        entries = (e for e in self.entries if e.person == person and e.kind != "settle")
        spent = (r.points for r in self.redemptions if r.person == person and r.day <= day)
        return sum(e.points for e in entries if e.day <= day) - sum(spent)

    def in_order(self) -> Ledger:
        """The same ledger, by day; within a day as it was written."""
        return Ledger(
            sorted(self.entries, key=lambda entry: entry.day),
            sorted(self.redemptions, key=lambda redemption: redemption.day),
        )


def hours_and_haircuts(random: Random, services: Iterable[Service]) -> Ledger:
    """One point per hour of service; whoever has 50 gets a free haircut before long."""
    ledger = Ledger()
    balances: dict[Person, int] = {}
    cut_on: dict[Person, date] = {}
    for service in services:
        points = int(service.hours)
        person = service.person
        ledger.entries.append(Entry(service.day, person, "earn", service.activity, points))
        balances[person] = balances.get(person, 0) + points
        if balances[person] < HAIRCUT_POINTS or cut_on.get(person, service.day) > service.day:
            continue
        day = later(service.day, random.randint(1, 20))
        if day is None:
            continue
        cut_on[person] = day
        balances[person] -= HAIRCUT_POINTS
        barber = random.choices(_BARBERS, (5, 3, 2))[0]
        ledger.redemptions.append(Redemption(day, person, HAIRCUT, 1, HAIRCUT_POINTS, barber))
    return ledger.in_order()


def points_supermarket(
    random: Random,
    residents: Sequence[Person],
    volunteers: Sequence[Person],
    services: Sequence[Service],
) -> Ledger:
    """A year of the points supermarket, which opened on 1 April.

    Everybody starts with 100 points. By the Dragon Boat Festival exactly 56 volunteers have taken
    58 bags of rice and flour. At each month's end every balance is settled.
    """
    ledger = Ledger()
    _open_accounts(random, ledger, [*volunteers, *residents])
    _earn(random, ledger, services)
    joined = {entry.person: entry.day for entry in ledger.entries if entry.kind == "initial"}
    _take_rice_and_flour(random, ledger, volunteers[:56], services)
    for person, day in joined.items():
        _shop(random, ledger, person, day)
    _settle(ledger, joined)
    return ledger.in_order()


def _open_accounts(random: Random, ledger: Ledger, people: Sequence[Person]) -> None:
    """Two thirds at the opening, volunteers among them, the others month by month."""
    for number, person in enumerate(people):
        day = date(YEAR, 4, random.randint(1, 3))
        if number > 0.66 * len(people):
            day = some_day(random, random.choices(range(4, 12), (9, 8, 6, 3, 2, 4, 4, 3))[0])
        ledger.entries.append(Entry(day, person, "initial", "初始积分", START_POINTS))


def _earn(random: Random, ledger: Ledger, services: Sequence[Service]) -> None:
    opened = [entry for entry in ledger.entries if entry.kind == "initial"]
    for service in services:
        points = max(1, round(service.hours * POINTS_PER_HOUR_AT_BINHU))
        day = max(service.day, date(YEAR, 4, 3))
        ledger.entries.append(Entry(day, service.person, "earn", "公益活动", points))
    for account in opened:
        for month in range(account.day.month, 13):
            day = some_day(random, month)
            if day <= account.day:
                continue
            if random.random() < (0.32 if month in (4, 10, 12) else 0.09):
                ledger.entries.append(Entry(day, account.person, "earn", "缴纳物业费", 30))
            if random.random() < (0.12 if month in (6, 11) else 0.05):
                points = random.choice((10, 15, 20))
                ledger.entries.append(Entry(day, account.person, "earn", "爱心捐赠", points))
            if random.random() < 0.055 - 0.004 * (month - 4):
                reason, points = random.choice(MISCONDUCT)
                ledger.entries.append(Entry(day, account.person, "deduct", reason, -points))


def _take_rice_and_flour(
    random: Random, ledger: Ledger, volunteers: Sequence[Person], services: Sequence[Service]
) -> None:
    """One bag each for 56 volunteers by 10 June, a second for two; afterwards as it comes."""
    first_service: dict[Person, date] = {}
    for service in services:
        first_service.setdefault(service.person, service.day)
    earned = {person: ledger.balance(person, DRAGON_BOAT) for person in volunteers}
    keen = sorted(volunteers, key=lambda person: -earned[person])[:2]
    for person in volunteers:
        good = random.choices((RICE, FLOUR), (34, 22))[0]
        first = max(first_service[person], date(YEAR, 4, 6))
        day = first + timedelta(days=random.randint(0, (DRAGON_BOAT - first).days))
        _redeem(ledger, person, good, day)
        if person in keen:
            _redeem(ledger, person, RICE if good is FLOUR else FLOUR, DRAGON_BOAT)


def _redeem(ledger: Ledger, person: Person, good: Good, day: date, quantity: int = 1) -> None:
    points = good.points * quantity
    ledger.redemptions.append(Redemption(day, person, good, quantity, points, good.merchant))


def _shop(random: Random, ledger: Ledger, person: Person, joined: date) -> None:
    """A person's visits to the shelf, each for what the balance allows from then on."""
    changes = [(e.day, e.points) for e in ledger.entries if e.person == person]
    changes += [(r.day, -r.points) for r in ledger.redemptions if r.person == person]
    for month in range(joined.month, 13):
        trips = random.choices((0, 1, 2), (45, 42, 13) if month != 8 else (70, 25, 5))[0]
        for day in sorted(some_day(random, month) for _ in range(trips)):
            if day <= joined:
                continue
            free = _free_points(changes, day)
            choice = [good for good in _on_offer(day) if good.points <= free]
            if not choice:
                continue
            good = random.choices(choice, [good.wanted for good in choice])[0]
            many = good.points <= 10 and free >= 3 * good.points and random.random() < 0.3
            quantity = random.choice((2, 3)) if many else 1
            changes.append((day, -good.points * quantity))
            if quantity == 2:  # handed out one by one: two identical rows, both real
                _redeem(ledger, person, good, day)
                quantity = 1
            _redeem(ledger, person, good, day, quantity)


def _free_points(changes: Sequence[tuple[date, int]], day: date) -> int:
    """The lowest balance from that day on, so that what is already planned stays paid for."""
    turns = sorted({day, *(then for then, _ in changes if then > day)})
    return min(sum(points for then, points in changes if then <= turn) for turn in turns)


def _on_offer(day: date) -> list[Good]:
    """What is on the shelf and can be chosen freely; rice and flour only after the festival."""
    stocked = [
        good
        for good in SHELF
        if good.wanted and stocked_on(good) <= day < (removed_on(good) or date.max)
    ]
    bags = [] if day <= DRAGON_BOAT else [RICE._replace(wanted=6), FLOUR._replace(wanted=5)]
    return [*stocked, *OFFERS, *bags]


def stocked_on(good: Good) -> date:
    """The day a kind of goods came to the shelf."""
    place = SHELF.index(good)
    if place < 34:
        return date(YEAR, 4, 1)
    return date(YEAR, *((6, 12), (6, 12), (7, 1), (9, 2), (10, 28), (11, 4))[place - 34])


def removed_on(good: Good) -> date | None:
    """The first day on which a kind of goods was off the shelf again, for the two of summer."""
    return date(YEAR, 10, 16) if good.item in ("驱蚊液", "绿豆") else None


def _settle(ledger: Ledger, joined: dict[Person, date]) -> None:
    changes: dict[Person, list[tuple[date, int]]] = {person: [] for person in joined}
    for entry in ledger.entries:
        changes[entry.person].append((entry.day, entry.points))
    for redemption in ledger.redemptions:
        changes[redemption.person].append((redemption.day, -redemption.points))
    for person, day in joined.items():
        for month in range(day.month, 13):
            end = month_end(month)
            balance = sum(points for then, points in changes[person] if then <= end)
            ledger.entries.append(Entry(end, person, "settle", "月末结算", balance))
