"""The briefing as an experienced clerk writes it: how it stands, what was done, what is wrong, what
comes next; its tables in an annex. All of it as plain data.
"""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import differing
from lingti.judging.sentences import ended, paragraph
from lingti.language import gettext as _
from lingti.report import (
    annex,
    letterhead,
    next_steps,
    problems,
    reporting_tables,
    since_start,
    work_done,
)
from lingti.report.appendix import appendix
from lingti.report.content import Block, Memo, Paragraph, Section
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers, overall, verdicts


def memo(material: Material, place: str) -> Memo:
    """The briefing of a community, or of the district, in the current language.

    Of all time since the start it is one page for a leader.
    """
    if material.view.period.grain == since_start.GRAIN:
        return since_start.memo(material, place, short_words(material, place))
    sections = (
        Section("overall", _("Overall situation"), (Paragraph(in_short(material, place)),)),
        Section(
            "work_done",
            _("Main work and what came of it"),
            tuple(work_done.blocks(material, place)),
        ),
        Section("problems", _("Problems"), tuple(problems.blocks(material, place))),
        Section("next_steps", _("Next steps"), tuple(next_steps.blocks(material, place))),
    )
    return Memo(
        title=title(material, place),
        lead=tuple(_lead(material, place)),
        sections=sections,
        tables=annex.sections(material, place),
        appendix=appendix(material, place),
        signed=(*letterhead.signers(material, place), number_text.day(material.today)),
        words=short_words(material, place),
        addressee=letterhead.addressee(material, place),
        closing=letterhead.closing(material, place),
    )


def title(material: Material, place: str) -> str:
    """What the briefing is called."""
    community = material.community(place)
    about = community.topic.pick() if community else material.district.programme.pick()
    words_ = (
        _("Report on the progress of {place} in {period}")
        if not about
        else _("Report on the progress of {place} with “{topic}” in {period}")
    )
    return words_.format(
        place=exact_numbers.place(material, place),
        topic=about,
        period=exact_numbers.period(material.view),
    )


def short_words(material: Material, place: str) -> dict[str, str]:
    """The short texts by name, as templates ask for them."""
    community = material.community(place)
    return {
        "title": title(material, place),
        "place": exact_numbers.place(material, place),
        "place_short": exact_numbers.short(material, place),
        "district": material.district.name.pick(),
        "programme": material.district.programme.pick(),
        "topic": community.topic.pick() if community else "",
        "runs": community.runs.pick() if community else "",
        "period": exact_numbers.period(material.view),
        "data_date": exact_numbers.as_of(material, place),
        "numbers": exact_numbers.exactness(material, place),
        "made_on": number_text.day(material.today),
        "note": material.district.note.pick(),
        "addressee": letterhead.addressee(material, place),
        "signed_by": "\n".join(letterhead.signers(material, place)),
        "closing": letterhead.closing(material, place),
    }


def _lead(material: Material, place: str) -> list[Block]:
    """Who reports on what, on which data."""
    community = material.community(place)
    about = community.topic.pick() if community else material.district.programme.pick()
    if community is not None:
        intro = (
            _(
                "{place} reports on the progress of its topic “{topic}” in {period} as follows:"
                " {data_date}; {numbers}."
            )
            if about
            else _(
                "{place} reports on its progress in {period} as follows: {data_date}; {numbers}."
            )
        )
    else:
        intro = (
            _(
                "{place} reports on the progress of “{topic}” in {period} as follows:"
                " {count} communities; {data_date}; {numbers}."
            )
            if about
            else _(
                "{place} reports on its progress in {period} as follows: {count} communities;"
                " {data_date}; {numbers}."
            )
        )
    sentence = intro.format(
        place=_with_people(material, place),
        topic=about,
        period=exact_numbers.period(material.view),
        data_date=exact_numbers.as_of(material, place),
        numbers=exact_numbers.exactness(material, place),
        count=len(material.district.communities),
    )
    notes = [exact_numbers.part(material), material.district.note.pick()]
    return [Paragraph(sentence), *(Paragraph(note, "note") for note in notes if note)]


def _with_people(material: Material, place: str) -> str:
    """The full name of a place, of a community with how many live there where that is known."""
    name, community = exact_numbers.place(material, place), material.community(place)
    people = exact_numbers.people(community) if community else ""
    return _("{name} ({people})").format(name=name, people=people) if people else name


def in_short(material: Material, place: str) -> str:
    """How a place stands: the one sentence, what is judged of how many numbers, what came in."""
    counted = annex.signal_count(material, place)
    differ = differing(material.compared, material.catalog)
    return paragraph(
        [
            ended(overall.sentence(material, place)),
            verdicts.signals_in_short(counted, material.view),
            told_apart_words.differing_words(differ) if place == DISTRICT else "",
            reporting_tables.reporting_sentence(material, place),
        ]
    )
