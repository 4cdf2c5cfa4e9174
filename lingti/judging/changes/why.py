"""Why a number changed: its change as parts that add up to it exactly.

Everything is in decimals, so that the parts make the whole to the last digit; as shown they are
rounded by largest remainder, so that they still do. What cannot be taken apart says so: medians,
shares, and distinct counts by member, where one person is in several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

Part_ = Literal[
    "community",
    "joined",  # a community that is absent at the beginning
    "left",  # a community that is absent at the end
    "shared",  # persons of several communities, whom the district counts once
    "member",
    "came_in",
    "went_out",
    "people",
    "average",
    "withheld",  # two parts or more that may not be shown one by one
]
Reason = Literal["median", "share", "distinct", "withheld", "not_reported", "differs"]
_DIGITS = Decimal(10) ** -6


@dataclass(frozen=True)
class Part:
    """A named part of a change: of which kind, the community or member, and how much of it."""

    kind: Part_
    name: str
    change: Decimal


@dataclass(frozen=True)
class Split:
    """A change and the parts it is made of; without parts `cannot` says why there are none."""

    whole: Decimal
    parts: tuple[Part, ...] = ()
    cannot: Reason | None = None


def unsplittable(*, numerator: str, is_share: bool, by_member: bool) -> Reason | None:
    """Why a metric's change cannot be taken apart; None if it can. Names as in its header.

    Averages are no sums, shares have two parts, and persons who are in several members of a
    dimension would count several times.
    """
    if numerator.startswith(("median", "avg")):
        return "median"
    if is_share:
        return "share"
    return "distinct" if by_member and "distinct" in numerator else None


def by_community(
    before: Mapping[str, Decimal | None],
    after: Mapping[str, Decimal | None],
    district: tuple[Decimal, Decimal],
    withheld: Sequence[str] = (),
) -> Split:
    """A district's change by community; None or no entry where a community has no number.

    What the communities do not explain is of persons they share. `withheld` are communities whose
    part may not be shown, with numbers or without.
    """
    parts = _changes(before, after, "community")
    whole = district[1] - district[0]
    rest = whole - sum((part.change for part in parts), Decimal(0))
    shared = [Part("shared", "", rest)] if rest else []
    return _shown(whole, [*parts, *shared], withheld)


def by_member(
    before: Mapping[str, Decimal | None],
    after: Mapping[str, Decimal | None],
    total: tuple[Decimal, Decimal],
    withheld: Sequence[str] = (),
) -> Split:
    """A change by the members of a dimension; a member absent from one end is 0 there.

    Raises ValueError where the members do not make the total, if none is `withheld`.
    """
    names = list(dict.fromkeys([*before, *after]))
    parts = [
        Part("member", name, (after.get(name) or Decimal(0)) - (before.get(name) or Decimal(0)))
        for name in names
    ]
    whole = total[1] - total[0]
    if not withheld and sum((part.change for part in parts), Decimal(0)) != whole:
        raise ValueError("the members do not add up to the total")
    return _shown(whole, parts, withheld)


def _changes(
    before: Mapping[str, Decimal | None], after: Mapping[str, Decimal | None], kind: Part_
) -> list[Part]:
    parts = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None:
            parts.append(Part(kind, name, new - old))
        elif new is not None:
            parts.append(Part("joined", name, new))
        elif old is not None:
            parts.append(Part("left", name, -old))
    return parts


def _shown(whole: Decimal, parts: Sequence[Part], withheld: Sequence[str]) -> Split:
    """The parts that may be shown; the withheld are together what these leave.

    One alone would tell itself, and where all are withheld nothing is told.
    """
    if not withheld:
        return Split(whole, tuple(parts))
    open_ones = [part for part in parts if part.name and part.name not in withheld]
    if len(withheld) == 1 or not open_ones:
        return Split(whole, cannot="withheld")
    rest = whole - sum((part.change for part in open_ones), Decimal(0))
    return Split(whole, (*open_ones, Part("withheld", "", rest)))


def stock(before: Decimal, after: Decimal, came_in: Decimal, went_out: Decimal) -> Split:
    """A level's change as what came in less what went out (given as it was: positive).

    Raises ValueError where these do not make the change.
    """
    if after - before != came_in - went_out:
        raise ValueError("what came in and went out does not make the change")
    parts = (Part("came_in", "", came_in), Part("went_out", "", -went_out))
    return Split(after - before, parts)


def people_and_average(people: tuple[int, int], total: tuple[Decimal, Decimal]) -> Split:
    """A sum's change as more or fewer people and more or less of each: before and after.

    People ΔP·(a₀+a₁)/2, average Δa·(P₀+P₁)/2; all of it people where there were or are none.
    """
    (p0, p1), (t0, t1) = people, total
    whole = t1 - t0
    if p0 == 0 or p1 == 0:
        of_people = whole
    else:
        exact = Fraction(p1 - p0) * (Fraction(t0) / p0 + Fraction(t1) / p1) / 2
        of_people = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_DIGITS)
    return Split(whole, (Part("people", "", of_people), Part("average", "", whole - of_people)))


def rounded(split: Split, decimals: int = 0) -> Split:
    """The split as shown: parts with so many decimals that make the rounded whole.

    Each part is rounded down, and what is missing goes to those with the largest remainders.
    """
    unit = Decimal(10) ** -decimals
    whole = split.whole.quantize(unit)
    floors = [part.change.quantize(unit, ROUND_FLOOR) for part in split.parts]
    missing = int((whole - sum(floors, Decimal(0))) / unit) if floors else 0
    order = sorted(
        range(len(floors)), key=lambda at: split.parts[at].change - floors[at], reverse=True
    )
    up = set(order[:missing])
    parts = tuple(
        Part(part.kind, part.name, floors[at] + (unit if at in up else 0))
        for at, part in enumerate(split.parts)
    )
    return Split(whole, parts, split.cannot)
