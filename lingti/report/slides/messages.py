"""The slides that say what it comes to: targets, real changes, what is overdue, missing, asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.sentences import begun, paragraph
from lingti.judging.standing import standing, standing_words
from lingti.judging.standing.standing import Overdue
from lingti.judging.standing.targets import Progress
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report import document_tables, next_steps, reporting_tables
from lingti.report.content import Bar, Grid
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, overall, verdicts
from lingti.report.slides.slide import Slide, source, without_stop
from lingti.warehouse.frames import plain

MOST_WHY = 2  # changes whose parts are told below the title; notes have all


def targets(material: Material, place: str) -> list[Slide]:
    """All targets as bars against their marks, the worst first."""
    own = [target for target in material.targets if place in (DISTRICT, target.place)]
    worst_first = standing.from_the_worst(own)
    # Published values have no year to date: within the year there is nothing to hold a target to.
    if all(progress.value is None for progress in worst_first):
        return []
    return [
        Slide(
            "targets",
            begun(standing_words.targets_words(worst_first))
            or without_stop(clerk.targets_in_short(worst_first)),
            grid=_bars(material, worst_first),
            source=source(material, place),
            notes=tuple(clerk.target(progress) for progress in worst_first),
        )
    ]


def _bars(material: Material, aims: Sequence[Progress]) -> Grid:
    """A row per target: what was reached of it, as numbers and as a bar."""
    with_name = len({progress.place for progress in aims}) > 1
    body = tuple(
        (
            *((exact_numbers.short(material, progress.place),) if with_name else ()),
            progress.metric.title.pick(),
            exact_numbers.bare(progress.value, progress.metric)
            + exact_numbers.lacks(progress.to_correct),
            exact_numbers.bare(progress.target, progress.metric),
            Bar("", standing.attained(progress), progress.status),
            clerk.status_cell(progress),
        )
        for progress in aims
    )
    head = (_("Metric"), _("Reached"), _("Target"), "", _("State"))
    if with_name:
        widths = (0.15, 0.27, 0.13, 0.12, 0.16, 0.17)
        return Grid("", (_("Community"), *head), body, widths, frozenset({2, 3}))
    return Grid("", head, body, (0.34, 0.15, 0.14, 0.19, 0.18), frozenset({1, 2}))


def changes(material: Material, place: str) -> list[Slide]:
    """The main numbers that are beyond ordinary variation, and what their changes are made of."""
    known = material.catalog.metrics
    changed = [
        (known[signal.metric], place_standing.place, signal)
        for place_standing in overall.of_place(material, place)
        for signal in place_standing.signals
        if (signal.metric, place_standing.place) in material.totals
    ]
    if not changed:
        return []
    causes = [
        _("{place}, {title}: {why}").format(
            place=exact_numbers.short(material, where), title=metric.title.pick(), why=why
        )
        for metric, where, _told in changed
        if (why := clerk.why(material, metric, where, tell_unsplit=False))
    ]
    return [
        Slide(
            "changes",
            begun(overall.changes_in_short(material, place)),
            paragraph(causes[:MOST_WHY]),
            grid=replace(document_tables.signals(material, place, changed), caption=""),
            source=source(material, place),
            notes=(*causes, verdicts.variation_rule()),
        )
    ]


def overdue(material: Material, place: str) -> list[Slide]:
    """The decisions past their day, the longest overdue first; no slide where there is none."""
    late = [
        decision
        for place_standing in material.standings
        if place in (DISTRICT, place_standing.place)
        for decision in place_standing.overdue
    ]
    if not late:
        return []
    late.sort(key=lambda overdue_decision: -overdue_decision.days)
    words = ngettext(
        "{count} decision is overdue, by {days} days",
        "{count} decisions are overdue, the longest by {days} days",
        len(late),
    )
    return [
        Slide(
            "decisions",
            words.format(count=number_text.exact(len(late)), days=number_text.exact(late[0].days)),
            grid=_late_ones(material, place, late),
            source=source(material, place, ["decisions"]),
        )
    ]


def _late_ones(material: Material, place: str, late: Sequence[Overdue]) -> Grid:
    """Decisions past their day, by how many days, and whose they are for who may know it."""
    with_name, with_owner = place == DISTRICT, not material.published
    body = tuple(
        (
            *(
                (exact_numbers.short(material, overdue_decision.decision.community),)
                if with_name
                else ()
            ),
            overdue_decision.decision.decision,
            *((document_tables.written(overdue_decision.decision.owner),) if with_owner else ()),
            exact_numbers.when_short(overdue_decision.decision.due_on),
            number_text.exact(overdue_decision.days),
        )
        for overdue_decision in late
    )
    head = (
        *((_("Community"),) if with_name else ()),
        _("Decision"),
        *((_("Post in charge"),) if with_owner else ()),
        _("Due by"),
        _("Days late"),
    )
    shares = (
        *((0.17,) if with_name else ()),
        0.33,
        *((0.22,) if with_owner else ()),
        0.14,
        0.14,
    )
    widths = tuple(share / sum(shares) for share in shares)
    return Grid("", head, body, widths, frozenset({len(head) - 1}))


def concerns(material: Material, place: str) -> list[Slide]:
    """How many concerns are unresolved over their limit, and where; no slide where none is."""
    known = material.catalog.metrics
    row = material.totals.get(("concerns_overdue", place))
    count = None if row is None else plain(row.value)
    if not count:
        return []
    metric, all_open = known["concerns_overdue"], known["concerns_open"]
    overdue = exact_numbers.bare(count, metric)
    open_count = plain(material.totals[all_open.name, place].value)
    if open_count is None:  # withheld, or partly reported
        title = ngettext(
            "{overdue} concern is unresolved over its limit",
            "{overdue} concerns are unresolved over their limit",
            int(count),
        ).format(overdue=overdue)
    else:
        title = _("Concerns open: {open}; over their limit: {overdue}").format(
            overdue=overdue, open=exact_numbers.bare(open_count, all_open)
        )
    grid = (
        by_community(material, metric)
        if place == DISTRICT
        else replace(document_tables.overview(material, [all_open, metric], place), caption="")
    )
    return [
        Slide(
            "concerns",
            title,
            grid=grid,
            source=source(material, place, metric.tables),
            notes=(_("Definition: {text}").format(text=metric.definition.pick()),),
        )
    ]


def by_community(material: Material, metric: Metric) -> Grid | None:
    """One metric by community with fewer columns than on paper: the change tells what was.

    None where no community has a number to show.
    """
    totals = [material.totals[metric.name, place] for place in material.view.communities]
    if all(plain(row.value) is None for row in totals):
        return None
    return document_tables.by_community(material, metric).without([_("Period before")])


def missing(material: Material, place: str) -> list[Slide]:
    """What is due and not there; no slide where all came in."""
    grid = reporting_tables.gaps(material, place)
    if grid is None:
        return []
    return [
        Slide(
            "not-reported",
            without_stop(reporting_tables.reporting_sentence(material, place)),
            reporting_tables.not_run(material, place),
            grid=replace(grid, caption=""),
            source=source(material, place),
        )
    ]


def asks(material: Material, place: str) -> list[Slide]:
    """What those in the room are asked to decide; no slide where nobody asks for anything."""
    requests = next_steps.asks(material, place)
    if not requests:
        return []
    with_name = place == DISTRICT
    body = tuple(
        (
            *((exact_numbers.short(material, request.place),) if with_name else ()),
            request.text,
            document_tables.written(request.owner or None),
            exact_numbers.when_short(request.due),
        )
        for request in requests
    )
    head: tuple[str, ...] = (_("What we ask for"), _("Post in charge"), _("Due by"))
    widths: tuple[float, ...] = (0.5, 0.3, 0.2)
    if with_name:
        head, widths = (_("Community"), *head), (0.17, 0.4, 0.25, 0.18)
    words = ngettext(
        "We ask for a decision on {count} point",
        "We ask for decisions on {count} points",
        len(requests),
    )
    return [
        Slide(
            "asks",
            words.format(count=number_text.exact(len(requests))),
            grid=Grid("", head, body, widths),
            source=source(material, place),
        )
    ]
