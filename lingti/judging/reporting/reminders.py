"""What a community is reminded of (催报), as texts to copy and send: what is late, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from lingti.catalog import Catalog
from lingti.district import District
from lingti.ingest.checking.coverage import Span
from lingti.ingest.layout import written_periods
from lingti.judging import number_text
from lingti.judging.reporting.handed import Returned
from lingti.judging.reporting.reporting import Return, title_of
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.warehouse import ask


def reminders(
    known: Catalog,
    district: District,
    returns: Iterable[Return],
    handed: Sequence[Returned],
    today: date,
) -> dict[str, str]:
    """Community → a message that says what it still has to send; only those that owe something."""
    owed: dict[str, dict[str, list[Return]]] = {}
    for late_return in returns:
        if late_return.state in ("missing", "partial"):
            title = title_of(known, district, late_return)
            owed.setdefault(late_return.community, {}).setdefault(title, []).append(late_return)
    messages = {}
    for community in district.communities:
        lines = [_line(title, late) for title, late in owed.get(community.id, {}).items()]
        lines += [
            _template(known, returned, today)
            for returned in handed
            if community.id in returned.owing
        ]
        if lines:
            head = _("{community}, please send (as of {day}):").format(
                community=community.name.pick(), day=number_text.day(today)
            )
            messages[community.id] = "\n".join([head, *lines])
    return messages


def together(district: District, messages: Iterable[str]) -> str:
    """All messages in one, for a group of all."""
    programme = district.programme.pick() or district.name.pick()
    head = _("“{programme}”: data still to be sent").format(programme=programme)
    return "\n\n".join([head, *messages])


def days_words(first: date, last: date) -> str:
    """Days from one to another: as the period they are, else by the first and the last."""
    named = written_periods.id_of(Span(first, last))
    if "/" not in named:
        return number_text.period(ask.grain_of(named), named)
    return f"{number_text.day(first)} – {number_text.day(last)}"


def _line(title: str, late: Sequence[Return]) -> str:
    """What is missing of a table, and since when it is late."""
    missing = [owed.period for owed in late if owed.state == "missing"]
    in_part = [_partial_words(owed) for owed in late if owed.state == "partial"]
    parts = joined([*number_text.months(missing), *in_part])
    first = min(
        (owed for owed in late if owed.due_on), key=lambda owed: str(owed.due_on), default=None
    )
    if first is None or first.due_on is None:
        return _("– {title}: {parts}").format(title=title, parts=parts)
    return ngettext(
        "– {title}: {parts}; was due by {day}, {days} day late",
        "– {title}: {parts}; was due by {day}, {days} days late",
        first.days_late,
    ).format(title=title, parts=parts, day=number_text.day(first.due_on), days=first.days_late)


def _template(known: Catalog, returned: Returned, today: date) -> str:
    """A template that was handed down and not returned, with its deadline."""
    words = (
        _("– Template “{title}” for {days}: was due by {day}")
        if returned.handed.due < today
        else _("– Template “{title}” for {days}: please return it by {day}")
    )
    of = known.tables.get(returned.handed.table)
    return words.format(
        title=of.title.pick() if of else returned.handed.table,
        days=days_words(returned.handed.first_day, returned.handed.last_day),
        day=number_text.day(returned.handed.due),
    )


def _partial_words(owed: Return) -> str:
    month = number_text.period("month", owed.period)
    days = joined([_days(span) for span in owed.missing])
    return _("{month} ({days} missing)").format(month=month, days=days)


def _days(span: Span) -> str:
    first, last = number_text.day_short(span.first), number_text.day_short(span.last)
    return first if span.first == span.last else f"{first}–{last}"
