"""The digest in words, for a group of people: by kind, each line with its place and where it leads.

No names of persons, no texts that people typed, no values; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingti import language
from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.upkeep.digest import KINDS
from lingti.warehouse import ask
from lingti.warehouse.ask import QuestionError

MOST_LINES = 6  # of a kind
MOST_NAMED = 3  # metrics or tables in a line

Item = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One thing in words, and the address where it is dealt with, below that of the site."""

    words: str
    link: str


@dataclass(frozen=True)
class Part:
    """All of a kind: what it is, and its first lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Message:
    """The digest as it is sent; without parts there is nothing to say."""

    title: str
    parts: tuple[Part, ...]


def message(settings: District, digest: dict[str, Any]) -> Message:
    """The digest of a day in words, in the current language."""
    day = number_text.day(date.fromisoformat(digest["as_of"]))
    title = _("Lingti · {district}, {day}").format(district=settings.name.pick(), day=day)
    parts = [_part(settings, kind, digest["items"]) for kind in KINDS]
    return Message(title, tuple(part for part in parts if part.lines))


def _part(settings: District, kind: str, items: Iterable[Item]) -> Part:
    """The items of a kind, those of one place and period in one line."""
    of_kind = [item for item in items if item["kind"] == kind]
    together: dict[tuple[str, str | None], list[Item]] = {}
    for row in of_kind:
        together.setdefault((row["community"], row["period"]), []).append(row)
    lines = [_line(settings, kind, rows) for rows in together.values()]
    if len(lines) > MOST_LINES:
        more = _("and {count} more").format(count=number_text.exact(len(lines) - MOST_LINES))
        lines = [*lines[:MOST_LINES], Line(more, "/")]
    return Part(_heading(kind, len(of_kind)), tuple(lines))


def _heading(kind: str, count: int) -> str:
    words = {
        "late": _("Not reported in time: {count}"),
        "returned": _("Returned, to be submitted again: {count}"),
        "overdue": _("Decisions overdue: {count}"),
        "worsening": _("Numbers worsening: {count}"),
        "revised": _("Numbers revised since they were finalised: {count}"),
        "asked": _("Questions without an answer: {count}"),
    }[kind]
    return words.format(count=number_text.exact(count))


def _line(settings: District, kind: str, items: Sequence[Item]) -> Line:
    first = items[0]
    named = list(dict.fromkeys(filter(None, (_named(settings, row) for row in items))))
    what = language.words(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        words = _("{names} and others, {count} in all")
        what = words.format(names=what, count=number_text.exact(len(named)))
    parts = [_place(settings, first["community"]), _period(first["period"]), what]
    if len(items) > 1 and not named:
        parts.append(_("{count} items").format(count=number_text.exact(len(items))))
    since = min((row["since"] for row in items if row["since"]), default=None)
    if since and kind != "worsening":
        day = number_text.day(date.fromisoformat(since))
        parts.append(_("since {day}").format(day=day))
    return Line(" · ".join(filter(None, parts)), first["link"])


def _named(settings: District, item: Item) -> str:
    """The metric or table that an item is about; "" where it names none."""
    known = settings.catalog
    if item["metric"] in known.metrics:
        return known.metrics[item["metric"]].title.pick()
    if item.get("table") in known.tables:
        return known.tables[item["table"]].title.pick()
    return ""


def _place(settings: District, place: str) -> str:
    if place == DISTRICT:
        return _("District")
    known = {community.id: community.short.pick() for community in settings.communities}
    return known.get(place, place)


def _period(period: str | None) -> str:
    if not period:
        return ""
    try:
        return number_text.period(ask.grain_of(period), period)
    except QuestionError:
        return period
