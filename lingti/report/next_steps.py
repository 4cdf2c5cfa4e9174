"""What is to be done next: what a place asks for, then its open decisions, with posts and days."""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.district import Ask
from lingti.district.journal import DONE
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.report import document_tables
from lingti.report.content import Block, Paragraph
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers
from lingti.warehouse.frames import rows

MOST = 10  # steps told; the table of decisions has them all


def asks(material: Material, place: str) -> list[Ask]:
    """What a place asks for in documents of the period; of the district all that anybody does."""
    last_day = material.view.period.last_day
    return [
        ask
        for ask in material.district.asks
        if ask.from_day <= last_day and (place in (DISTRICT, ask.place))
    ]


def blocks(material: Material, place: str) -> list[Block]:
    """A numbered paragraph per step; a marked place where nothing was decided or asked for."""
    steps = [
        *(
            _step(_whose(material, place, ask.place) + ask.text, ask.owner, ask.due, late=False)
            for ask in asks(material, place)
        ),
        *_decided(material, place),
    ]
    if not steps:
        return [Paragraph("", fill=_("[Next steps, posts in charge and days: to be written]"))]
    paragraphs: list[Block] = [
        Paragraph(_("{number}. {step}").format(number=number, step=step.text), fill=step.fill)
        for number, step in enumerate(steps[:MOST], 1)
    ]
    if len(steps) > MOST:
        words = _("There are {count} in all; the annex lists them.")
        paragraphs.append(Paragraph(words.format(count=number_text.exact(len(steps)))))
    return paragraphs


def _decided(material: Material, place: str) -> list[Paragraph]:
    frame = document_tables.of_place(material.decisions, place)
    return [
        _step(
            _whose(material, place, str(row.community)) + str(row.decision),
            "" if material.published else document_tables.written(row.owner),
            row.due_on,
            late=row.standing == "overdue",
        )
        for row in rows(frame[~frame["standing"].isin(DONE)])
    ]


def _step(what: str, owner: str, due: object, *, late: bool) -> Paragraph:
    """A step with its post and day; of one overdue the new day is for people to write."""
    by = "" if due is None or exact_numbers.when(due) == number_text.NOTHING else due
    step = what.rstrip("。.")
    if owner and owner != number_text.NOTHING:
        step = _("{step}; in charge: {owner}").format(step=step, owner=owner)
    if late:
        return Paragraph(_("{step}; ").format(step=step), fill=_("new day: [to be written]"))
    if by:
        return Paragraph(_("{step}; by {day}.").format(step=step, day=exact_numbers.when(by)))
    return Paragraph(_("{step}.").format(step=step))


def _whose(material: Material, place: str, where: str) -> str:
    """Whose it is, in the district's documents."""
    if place == where or where == DISTRICT:
        return ""
    return _("{name}: ").format(name=exact_numbers.short(material, where))
