"""What has come of it since it began, on one page for a leader.

The memo of the period `programme`; it has no annex, and its tables stand in the text.
"""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.sentences import begun, ended, joined, listed, paragraph
from lingti.judging.standing import standing, standing_words
from lingti.judging.standing.standing import Standing
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report import document_tables, letterhead, next_steps, problems
from lingti.report.content import Grid, Memo, Paragraph
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, overall
from lingti.warehouse.frames import plain

GRAIN = "programme"
MOST_PLACES = 6  # rows on a page; the worst first
MOST_NUMBERS = 2  # of each community
MOST_ROWS = 10  # of a community's own numbers
MOST_TO_DO = 3


def memo(material: Material, place: str, words: dict[str, str]) -> Memo:
    """The page of a community, or of the district; `words` are those of every briefing."""
    grid = _communities(material) if place == DISTRICT else _numbers(material, place)
    period = material.view.period
    since = _("From the start on {first} to {last} it stands as follows. {sentence}").format(
        first=number_text.day(period.first_day),
        last=number_text.day(exact_numbers.data_date(material, place) or period.last_day),
        sentence=ended(overall.sentence(material, place)),
    )
    note = material.district.note.pick()
    return Memo(
        title=_title(material, place),
        lead=(
            Paragraph(since),
            grid,
            *(Paragraph(text) for text in [_to_see_to(material, place)] if text),
            *((Paragraph(note, "note"),) if note else ()),
        ),
        sections=(),
        tables=(),
        appendix=None,
        signed=(*letterhead.signers(material, place), number_text.day(material.today)),
        words=words,
        addressee=None,
    )


def _title(material: Material, place: str) -> str:
    community = material.community(place)
    topic = community.topic.pick() if community else material.district.programme.pick()
    name = exact_numbers.place(material, place)
    if not topic:
        return _("{place} since the start").format(place=name)
    return _("{place} with “{topic}” since the start").format(place=name, topic=topic)


def _communities(material: Material) -> Grid:
    """A row per community, the worst first: its main numbers, its targets, what is late."""
    worst = [
        place_standing
        for place_standing in standing.worst_first(material.standings)
        if _is_named(material, place_standing)
    ]
    body = tuple(
        (
            exact_numbers.short(material, place_standing.place),
            _topic(material, place_standing.place),
            listed(_main_numbers(material, place_standing.place)) or number_text.NOTHING,
            begun(standing_words.targets_words(place_standing.targets)) or number_text.NOTHING,
            _late(place_standing),
        )
        for place_standing in worst[:MOST_PLACES]
    )
    head = (_("Community"), _("Topic"), _("Since the start"), _("Targets"), _("Late"))
    return Grid("", head, body, (0.13, 0.13, 0.29, 0.29, 0.16))


def _is_named(material: Material, place_standing: Standing) -> bool:
    return place_standing.place in material.view.communities


def _topic(material: Material, place: str) -> str:
    community = material.community(place)
    return (community.topic.pick() if community else "") or number_text.NOTHING


def _main_numbers(material: Material, place: str) -> list[str]:
    numbers = []
    for metric in material.headlines(place):
        row = material.totals.get((metric.name, place))
        if row is not None and plain(row.value) is not None:
            amount = exact_numbers.amount(row.value, metric)
            numbers.append(_("{title} {value}").format(title=metric.title.pick(), value=amount))
    return numbers[:MOST_NUMBERS]


def _late(place_standing: Standing) -> str:
    words = ngettext("{count} decision", "{count} decisions", len(place_standing.overdue))
    parts = (
        [words.format(count=number_text.exact(len(place_standing.overdue)))]
        if place_standing.overdue
        else []
    )
    if place_standing.gap_months:
        parts.append(standing_words.gap_words(len(place_standing.gap_months)))
    return listed(parts) or number_text.NOTHING


def _numbers(material: Material, place: str) -> Grid:
    """A row per main number of a community, with its targets."""
    aims = [aim for aim in material.targets if aim.place == place]
    of_targets = {aim.metric.name: aim for aim in standing.from_the_worst(aims)[::-1]}
    metrics = dict.fromkeys([*material.headlines(place), *(aim.metric for aim in aims)])
    body = []
    for metric in metrics:
        row = material.totals.get((metric.name, place))
        if row is None:
            continue
        aim = of_targets.get(metric.name)
        body.append(
            (
                _("{title} ({unit})").format(title=metric.title.pick(), unit=metric.unit.pick()),
                exact_numbers.cell(row, metric),
                exact_numbers.bare(aim.target, metric) if aim else number_text.NOTHING,
                clerk.status_cell(aim) if aim else number_text.NOTHING,
            )
        )
    head = (_("Metric (unit)"), _("Since the start"), _("Target"), _("State"))
    return Grid("", head, tuple(body[:MOST_ROWS]), (0.4, 0.2, 0.18, 0.22), frozenset({1, 2}))


def _to_see_to(material: Material, place: str) -> str:
    """The longest overdue decisions, and what is asked for; "" where there is neither."""
    late = [
        ngettext("{decision} ({days} day)", "{decision} ({days} days)", late.days).format(
            decision=late.decision.decision.rstrip("。."), days=number_text.exact(late.days)
        )
        for late in problems.overdue(material, place)
    ]
    asked = [
        _("{ask} ({owner})").format(
            ask=request.text.rstrip("。."), owner=document_tables.written(request.owner or None)
        )
        for request in next_steps.asks(material, place)
    ]
    return paragraph(
        [
            _late_ones(late),
            _("We ask for decisions on: {names}.").format(names=_named(asked)) if asked else "",
        ]
    )


def _late_ones(late: list[str]) -> str:
    if len(late) <= MOST_TO_DO:
        return _("Overdue decisions: {names}.").format(names=joined(late)) if late else ""
    return _("{count} decisions are overdue, the longest of them: {names}.").format(
        count=number_text.exact(len(late)), names=joined(late[:MOST_TO_DO])
    )


def _named(names: list[str]) -> str:
    first = listed(names[:MOST_TO_DO])
    if len(names) <= MOST_TO_DO:
        return first
    return _("{names}; {count} in all").format(names=first, count=number_text.exact(len(names)))
