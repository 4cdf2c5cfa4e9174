"""What is wrong: targets, changes for the worse, what is overdue, unanswered and missing.

Each with its cause, where an annotation, an answer or a decision tells it; else with a marked place
for it.
"""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import joined, listed, paragraph
from lingti.judging.standing import standing
from lingti.judging.standing.standing import Overdue, Standing
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report import causes, document_tables, reporting_tables
from lingti.report.content import Block, Heading, Paragraph
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, main_numbers, overall, registers
from lingti.warehouse.frames import plain, rows

MOST = 8  # of a kind; the tables have them all
# Targets that are a problem: also those that rest on rows a finding is about.
TROUBLED = (*standing.SHORT_OF, "hangs_on_finding")


def blocks(material: Material, place: str) -> list[Block]:
    """The section: a heading per kind, a paragraph per problem."""
    kinds = (
        (_("Targets not reached"), _targets(material, place)),
        (_("Numbers getting worse"), _worse(material, place)),
        (_("Decisions overdue"), _overdue(material, place)),
        (_("Concerns not answered in time"), _concerns(material, place)),
        (_("Data missing or in doubt"), [*_gaps(material, place), *_findings(material, place)]),
    )
    problem_blocks: list[Block] = []
    for title, paragraphs in kinds:
        if paragraphs:
            problem_blocks += [Heading(title), *paragraphs]
    return problem_blocks or [
        Paragraph(_("Nothing is behind its target, overdue, unanswered or missing."))
    ]


def places_of(material: Material, place: str) -> list[Standing]:
    """How a community stands; of the district all, itself at the end."""
    return [
        place_standing
        for place_standing in material.standings
        if place in (DISTRICT, place_standing.place)
    ]


def troubled(material: Material, place: str) -> set[tuple[str, str]]:
    """The numbers told among the problems: (metric, place)."""
    return _of_targets(material, place) | {
        (signal.metric, place_standing.place)
        for place_standing in places_of(material, place)
        for signal in place_standing.signals
        if signal.verdict == "worsening"
    }


def _of_targets(material: Material, place: str) -> set[tuple[str, str]]:
    return {(aim.metric.name, aim.place) for aim in _troubled_targets(material, place)}


def _troubled_targets(material: Material, place: str) -> list[Progress]:
    """The targets that are a problem, the worst first."""
    targets = (
        aim for place_standing in places_of(material, place) for aim in place_standing.targets
    )
    return [aim for aim in standing.from_the_worst(targets) if aim.status in TROUBLED]


def _targets(material: Material, place: str) -> list[Paragraph]:
    aims = _troubled_targets(material, place)
    paragraphs = [_target(material, place, aim) for aim in aims[:MOST]]
    return paragraphs + _more(len(aims))


def _target(material: Material, place: str, aim: Progress) -> Paragraph:
    sentence = paragraph(
        [
            _whose(material, place, aim.place) + clerk.target_missed(aim, material.view),
            to_correct.sentence(aim.to_correct),
        ]
    )
    if aim.status == "hangs_on_finding":  # what is to be done is said: look at those rows
        return Paragraph(sentence)
    cause = causes.of_metric(material, aim.metric.name, aim.place, aim.first_day)
    return causes.with_cause(sentence, cause)


def _worse(material: Material, place: str) -> list[Paragraph]:
    """Those of targets that are told already are not told again but in one sentence."""
    of_targets = _of_targets(material, place)
    worsening = [
        (material.catalog.metrics[signal.metric], place_standing.place)
        for place_standing in overall.of_place(material, place)
        for signal in place_standing.signals
        if signal.verdict == "worsening"
        and (signal.metric, place_standing.place) in material.totals
    ]
    since = (material.view.previous or material.view.period).first_day
    paragraphs = []
    for metric, where in worsening[:MOST]:
        sentences = [
            clerk.value(
                material.totals[metric.name, where],
                metric,
                material.view,
                is_provisional=material.is_provisional(metric, where),
            ),
            to_correct.sentence(to_correct.lacking(material.totals[metric.name, where])),
            clerk.parts(material, metric, where),
            main_numbers.judged(material, metric, where),
        ]
        whole = _whose(material, place, where) + paragraph(sentences)
        cause = causes.of_metric(material, metric.name, where, since)
        is_told = (metric.name, where) in of_targets  # with the target, and its cause there
        paragraphs.append(Paragraph(whole) if is_told else causes.with_cause(whole, cause))
    return paragraphs + _more(len(worsening))


def _overdue(material: Material, place: str) -> list[Paragraph]:
    late = overdue(material, place)
    paragraphs = [_late(material, place, decision) for decision in late[:MOST]]
    return paragraphs + _more(len(late))


def overdue(material: Material, place: str) -> list[Overdue]:
    """The decisions past their day, the longest overdue first."""
    late = [
        decision
        for place_standing in places_of(material, place)
        for decision in place_standing.overdue
    ]
    return sorted(late, key=lambda decision: -decision.days)


def _late(material: Material, place: str, late: Overdue) -> Paragraph:
    decision = late.decision
    words = ngettext(
        "{decision} was due by {day} and is {days} day overdue.",
        "{decision} was due by {day} and is {days} days overdue.",
        late.days,
    )
    if decision.owner and not material.published:
        words = ngettext(
            "{decision} (in charge: {owner}) was due by {day} and is {days} day overdue.",
            "{decision} (in charge: {owner}) was due by {day} and is {days} days overdue.",
            late.days,
        )
    sentence = _whose(material, place, decision.community) + words.format(
        decision=decision.decision.rstrip("。."),
        owner=decision.owner,
        day=exact_numbers.when(decision.due_on),
        days=number_text.exact(late.days),
    )
    known = (
        causes.of_metric(material, decision.metric, decision.community, decision.day)
        if decision.metric
        else ""
    )
    return causes.with_cause(sentence, known)


def _concerns(material: Material, place: str) -> list[Paragraph]:
    row = material.totals.get(("concerns_overdue", place))
    if row is None or not plain(row.value):
        return []
    since = (material.view.previous or material.view.period).first_day
    grid = document_tables.concerns(material, place)
    sentences = [
        registers.concerns(material, place),
        document_tables.concerns_sentence(grid, material.view),
        registers.concerns_lack(material, place) if grid else "",
    ]
    cause = causes.of_metric(material, "concerns_overdue", place, since)
    return [causes.with_cause(paragraph(sentences), cause)]


def _gaps(material: Material, place: str) -> list[Paragraph]:
    """What is due and not there, a sentence per community; each asks for its reason."""
    frame = document_tables.of_place(material.gaps, place)
    paragraphs = []
    for community, of_it in list(frame.groupby("community", sort=False))[:MOST]:
        months = [
            _("{month}: {tables} {state}").format(
                month=number_text.period("month", str(period)),
                tables=joined(
                    exact_numbers.tables(material, [str(table) for table in part["tbl"]])
                ),
                state=clerk.state(str(state)),
            )
            for (period, state), part in of_it.groupby(["period", "state"], sort=False)
        ]
        sentence = _("Not whole: {parts}.").format(parts=listed(months))
        paragraphs.append(causes.with_cause(_whose(material, place, str(community)) + sentence, ""))
    return paragraphs + _more(frame["community"].nunique())


def _findings(material: Material, place: str) -> list[Paragraph]:
    """How often the data newly break a rule; the tables say which and what to do."""
    frame = document_tables.of_place(material.findings, place)
    new = [row for row in rows(frame) if row.in_period > 0]
    if not new:
        return []
    return [Paragraph(reporting_tables.findings_sentence(material, place))]


def _more(count: int) -> list[Paragraph]:
    """How many there are where that is more than are told."""
    if count <= MOST:
        return []
    words = _("There are {count} in all; the annex lists them.")
    return [Paragraph(words.format(count=number_text.exact(count)))]


def _whose(material: Material, place: str, where: str) -> str:
    """The name in front of a sentence, where the report is not of one community."""
    if place != DISTRICT:
        return ""
    return _("{name}: ").format(name=exact_numbers.short(material, where))
