"""What was done and what came of it: by theme for a community, by community for the district."""

from __future__ import annotations

from collections.abc import Sequence

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.district import journal
from lingti.judging import number_text
from lingti.judging.group_words import group_title
from lingti.judging.sentences import ended, listed, paragraph
from lingti.language import gettext as _
from lingti.report import problems
from lingti.report.content import Block, Heading, Paragraph
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers, main_numbers, overall, registers
from lingti.warehouse.frames import plain

MOST_OF_ONE = 3  # numbers told of each community in the district's documents
MOST_NAMED = 8  # communities told one by one; the tables have them all
MOST_EVENTS = 4


def blocks(material: Material, place: str) -> list[Block]:
    """The section's paragraphs, without what is told among the problems."""
    body = _district(material) if place == DISTRICT else _community(material, place)
    return body or [Paragraph(_("No number of the period shows what was done."))]


def _community(material: Material, place: str) -> list[Block]:
    body: list[Block] = []
    if sentence := paragraph([_runs(material, place), _events(material, (place, DISTRICT))]):
        body.append(Paragraph(sentence))
    groups: dict[str, list[Metric]] = {}
    for metric in metrics_to_tell(material, place):
        groups.setdefault(metric.group, []).append(metric)
    for group in sorted(groups, key=catalog.group_place):
        body.append(Heading(group_title(group)))
        sentence = paragraph(
            [main_numbers.number(material, metric, place) for metric in groups[group]]
        )
        body.append(Paragraph(sentence))
    if (row := material.totals.get(("decisions_open", place))) and plain(row.value) is not None:
        body += [
            Heading(group_title("decisions")),
            Paragraph(registers.decisions(material, place)),
        ]
    return body


def _district(material: Material) -> list[Block]:
    common = [
        material.catalog.metrics[name]
        for name in material.district.common
        if (name, DISTRICT) in material.totals
    ]
    troubled = problems.troubled(material, DISTRICT)
    numbers = [
        main_numbers.number(material, metric, DISTRICT)
        for metric in common
        if main_numbers.has_number(material, metric, DISTRICT)
        and (metric.name, DISTRICT) not in troubled
    ]
    events = _events(material, (*material.view.communities, DISTRICT))
    body: list[Block] = []
    if sentence := paragraph([*numbers, events]):
        body.append(Paragraph(sentence))
    places = _to_tell(material)
    for place in places:
        chosen = metrics_to_tell(material, place)[:MOST_OF_ONE]
        sentence = paragraph(
            [
                _runs(material, place),
                *(
                    main_numbers.number(material, own_metric, place, briefly=True)
                    for own_metric in chosen
                ),
            ]
        )
        if sentence:
            body += [Heading(_of_topic(material, place)), Paragraph(sentence)]
    return body


def _to_tell(material: Material) -> Sequence[str]:
    """The communities told one by one: all, or those with the most targets reached."""
    places = material.view.communities
    if len(places) <= MOST_NAMED:
        return places
    reached = {
        place_standing.place: sum(
            aim.status in ("reached", "on_pace") for aim in place_standing.targets
        )
        for place_standing in material.standings
    }
    best = sorted(places, key=lambda place: -reached.get(place, 0))[:MOST_NAMED]
    return [place for place in places if place in best]


def _of_topic(material: Material, place: str) -> str:
    community = material.community(place)
    topic = community.topic.pick() if community else ""
    name = exact_numbers.name(material, place)
    return _("{place}: “{topic}”").format(place=name, topic=topic) if topic else name


def _runs(material: Material, place: str) -> str:
    """What a community does for its topic, as settings say it."""
    community = material.community(place)
    runs = community.runs.pick().strip() if community else ""
    return runs if not runs or runs[-1] in "。." else ended(runs)


def _events(material: Material, places: Sequence[str]) -> str:
    """What happened in the period, as annotations that are about no single number have it."""
    period = material.view.period
    events = [
        _("{day}: {text}").format(day=number_text.day_short(note.day), text=note.text.rstrip("。."))
        for note in journal.notes(material.district.home)
        if note.community in places
        and not note.metric
        and period.first_day <= note.day <= period.last_day
    ]
    return (
        _("In the period: {events}.").format(events=listed(events[:MOST_EVENTS])) if events else ""
    )


def metrics_to_tell(material: Material, place: str) -> list[Metric]:
    """The main numbers of a community that are no problem: its own first, then those in common."""
    troubled = problems.troubled(material, place)
    names = [metric.name for metric in material.headlines(place)]
    names += [aim.metric.name for aim in material.targets if aim.place == place]
    names += [
        signal.metric
        for place_standing in overall.of_place(material, place)
        for signal in place_standing.signals
    ]
    names += material.district.common
    return [
        material.catalog.metrics[name]
        for name in dict.fromkeys(names)
        if (name, place) not in troubled
        and (name, place) in material.totals
        and main_numbers.has_number(material, material.catalog.metrics[name], place)
    ]
