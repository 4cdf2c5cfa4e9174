"""The section of a briefing on what was asked about numbers and is not closed."""

from __future__ import annotations

from datetime import date

from lingti.catalog import DISTRICT, member_title
from lingti.district import follow_ups
from lingti.district.follow_ups import ANSWER, OPEN, About, FollowUp
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report.content import Grid, Paragraph, Section
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers
from lingti.warehouse import ask
from lingti.warehouse.ask import QuestionError

_WIDTHS = (0.13, 0.27, 0.27, 0.21, 0.12)


def sections(material: Material, place: str) -> tuple[Section, ...]:
    """The section, the longest open first; none where its reader may know of no question."""
    questions = [
        follow_up for follow_up in of(material) if place in (DISTRICT, follow_up.about.place)
    ]
    if not questions:
        return ()
    waiting = sum(follow_up.status == OPEN for follow_up in questions)
    words = ngettext(
        "{count} question is asked about numbers, {waiting} without an answer.",
        "{count} questions are asked about numbers, {waiting} without an answer.",
        len(questions),
    )
    sentence = words.format(
        count=number_text.exact(len(questions)), waiting=number_text.exact(waiting)
    )
    head = (_("Community"), _("Number"), _("Question"), _("Answer"), _("Since"))
    rows = tuple(_row(material, follow_up) for follow_up in questions)
    grid = Grid(_("Questions on numbers"), head, rows, _WIDTHS)
    return (Section("follow_ups", _("Asked about numbers"), (Paragraph(sentence), grid)),)


def of(material: Material) -> list[FollowUp]:
    """What is asked about numbers up to the period's end and not closed, of places open to it.

    Nothing on places whose rows the reader of the document may not see.
    """
    mine = material.lists.reader_view.exact
    known = {
        period.id: period.last_day for periods in material.periods.values() for period in periods
    }
    until = material.view.period.last_day
    return [
        follow_up
        for follow_up in follow_ups.most_urgent_first(follow_ups.follow_ups(material.district.home))
        if follow_up.status != follow_ups.CLOSED
        and follow_up.about.place in material.view.places
        and follow_up.about.metric in material.catalog.metrics
        and material.view.opens(follow_up.about.place)
        and (mine is None or follow_up.about.place in mine)
        and known.get(follow_up.about.of, _last_day(follow_up.about.of)) <= until
    ]


def _last_day(of: str) -> date:
    """The last day of a range; of what cannot be told, a day that no document is before."""
    _first, _slash, last = of.partition("/")
    return date.fromisoformat(last) if last else date.min


def _row(material: Material, follow_up: FollowUp) -> tuple[str, ...]:
    answers = [step.text for step in follow_up.steps if step.act == ANSWER]
    return (
        exact_numbers.short(material, follow_up.about.place),
        _number(material, follow_up.about),
        follow_up.text,
        answers[-1] if answers else _("waits for an answer"),
        number_text.day(follow_up.since),
    )


def _number(material: Material, about: About) -> str:
    """The metric, its period and, where there is one, its member."""
    metric = material.catalog.metrics[about.metric]
    parts = [metric.title.pick(), _period(about.of)]
    if about.by and about.member:
        parts.append(member_title(metric, about.by, about.member).pick())
    return " · ".join(parts)


def _period(of: str) -> str:
    try:
        return number_text.period(ask.grain_of(of), of)
    except QuestionError:
        return of
