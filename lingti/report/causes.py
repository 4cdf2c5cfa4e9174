"""What is known of the cause of a problem: annotations, answers and decisions on its metric."""

from __future__ import annotations

from datetime import date

from lingti.catalog import DISTRICT
from lingti.district import journal
from lingti.district.follow_ups import ANSWER
from lingti.judging import annotations as annotations_module
from lingti.judging import number_text
from lingti.judging.sentences import listed, paragraph
from lingti.language import gettext as _
from lingti.report import follow_ups
from lingti.report.content import Paragraph
from lingti.report.inputs import Material


def with_cause(problem: str, cause: str) -> Paragraph:
    """A problem with its cause, else with a marked place where people write it."""
    if cause:
        return Paragraph(paragraph([problem, cause]))
    return Paragraph(_("{problem} ").format(problem=problem), fill=_("Cause: [to be written]"))


def of_metric(material: Material, metric: str, place: str, since: date) -> str:
    """What is known of a metric in a place from a day on to the period's end; "" if nothing is.

    Annotations on the metric and answers to questions about it say what happened, decisions on it
    what is being done; whether that is the cause is for people to say.
    """
    until = material.view.period.last_day
    places = (place, DISTRICT)
    known = [
        _("{day}: {text}").format(day=number_text.day(note.day), text=_plain(note.text))
        for note in journal.notes(material.district.home)
        if note.metric == metric and note.community in places and since <= note.day <= until
    ]
    known += [
        _plain(step.text)
        for follow_up in follow_ups.of(material)
        if (follow_up.about.metric, follow_up.about.place) == (metric, place)
        for step in follow_up.steps[-1:]
        if step.act == ANSWER
    ]
    decided = [
        _plain(decision.decision)
        for decision in annotations_module.decisions(material.lists)
        if decision.metric == metric and decision.community in places
        if since <= decision.day <= until and may_read(material, decision.community)
    ]
    return paragraph(
        [
            _("What is known: {told}.").format(told=listed(known)) if known else "",
            _("Decided on it: {told}.").format(told=listed(decided)) if decided else "",
        ]
    )


def may_read(material: Material, place: str) -> bool:
    """Whether the reader of the document may know a place's decisions."""
    mine = material.lists.reader_view.exact
    return mine is None or place in mine


def _plain(text: str) -> str:
    return text.strip().rstrip("。.;；")
