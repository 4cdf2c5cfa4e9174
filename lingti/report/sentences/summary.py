"""What a briefing says in short: the points that need attention, called by their names."""

from __future__ import annotations

from collections.abc import Sequence

from lingti import language
from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.sentences import begun, paragraph
from lingti.judging.target_words import words_of
from lingti.judging.targets import TO_LOOK_AT, Progress
from lingti.language import gettext as _
from lingti.report import document_tables
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, overall, verdicts
from lingti.report.verdicts import Found
from lingti.warehouse.frames import rows

MOST = 3  # names in brackets; the tables have them all


def points(
    material: Material,
    place: str,
    targets: list[Progress],
    signals: list[Found],
) -> list[str]:
    """How it stands in one sentence, then one each on targets, signals, decisions and reporting."""
    end = "。" if language.current() == "zh" else "."
    return [
        overall.sentence(material, place) + end,
        _targets(material, place, targets),
        _signals(material, place, signals),
        _decisions(material, place),
        _reporting(material, place),
    ]


def _targets(material: Material, place: str, found: list[Progress]) -> str:
    said = clerk.targets_in_short(found)
    for status in TO_LOOK_AT:
        names = [
            _of(material, place, progress.place, progress.metric.title.pick())
            for progress in found
            if progress.status == status
        ]
        if names:
            word = begun(words_of(status))
            said = paragraph(
                [said, _("{status}: {parts}.").format(status=word, parts=_named(names))]
            )
    return said


def _signals(material: Material, place: str, found: list[Found]) -> str:
    """The signals by name, those for the worse first, and two of the same facts once."""
    order = ("worsening", "changed", "improving", "not_judged")
    sorted_ = sorted(found, key=lambda one: order.index(one[2].verdict))
    once = {
        (metric.facts.name, where): (metric, where, told) for metric, where, told in sorted_[::-1]
    }
    names = [
        _("{name} ({verdict})").format(
            name=_of(material, place, where, metric.title.pick()), verdict=verdicts.way(told)
        )
        for metric, where, told in list(once.values())[::-1]
    ]
    if not names:
        return ""
    return _("Beyond ordinary variation: {names}.").format(names=_named(names))


def _decisions(material: Material, place: str) -> str:
    frame = document_tables.of_place(material.decisions, place)
    late = [
        _of(material, place, str(row.community), str(row.decision))
        for row in rows(frame[frame["standing"] == "overdue"])
    ]
    if not late:
        return ""
    return _("Decisions overdue: {names}.").format(names=_named(late))


def _reporting(material: Material, place: str) -> str:
    """Which tables did not come in whole; that all came in, where they did."""
    frame = document_tables.of_place(material.coverage, place)
    lacking = [
        _("{name} ({verdict})").format(
            name=_of(
                material, place, str(row.community), material.catalog.tables[row.tbl].title.pick()
            ),
            verdict=clerk.state(str(row.state)),
        )
        for row in rows(frame[frame["state"] != "reported"])
    ]
    if not lacking:
        return document_tables.reporting_sentence(material, place)
    return _("Not reported in full: {names}.").format(names=_named(lacking))


def _of(material: Material, place: str, where: str, name: str) -> str:
    """A name, with whose it is in front where the document is about several places."""
    if place != DISTRICT:
        return name
    return _("{place} {name}").format(place=exact_numbers.short(material, where), name=name)


def _named(names: Sequence[str]) -> str:
    """The first names, and how many there are in all where that is not all."""
    first = language.words(names[:MOST])
    if len(names) <= MOST:
        return first
    return _("{names} and others, {count} in all").format(
        names=first, count=number_text.exact(len(names))
    )
