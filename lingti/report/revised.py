"""The section of a briefing on what was revised since it was finalised."""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.editions import reasons, revisions
from lingti.editions.revisions import Cause, Revision
from lingti.judging import number_text
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report.content import Grid, Paragraph, Section
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers

MOST_ROWS = 10
_WIDTHS = (0.14, 0.24, 0.14, 0.14, 0.14, 0.2)


def sections(material: Material, place: str) -> tuple[Section, ...]:
    """The section, the largest revisions first; none where nothing was revised."""
    revised = [revision for revision in of(material) if place in (DISTRICT, revision.community)]
    if not revised:
        return ()
    words = ngettext(
        "{count} number that was finalised differs now.",
        "{count} numbers that were finalised differ now.",
        len(revised),
    )
    sentence = words.format(count=number_text.exact(len(revised)))
    if len(revised) > MOST_ROWS:
        sentence += " " + _("The {shown} largest:").format(shown=MOST_ROWS)
    rows = tuple(_row(material, revision) for revision in revised[:MOST_ROWS])
    head = (_("Community"), _("Metric"), _("Period"), _("Reported"), _("Now"), _("Reason"))
    grid = Grid(_("Revised numbers"), head, rows, _WIDTHS, frozenset({3, 4}))
    return (
        Section("revised", _("Revised since they were finalised"), (Paragraph(sentence), grid)),
    )


def of(material: Material) -> list[Revision]:
    """What differs from the newest editions of months up to the period's end, in totals."""
    until = f"{material.view.period.last_day:%Y-%m}"
    every = revisions.of_home(material.district.home, material.warehouse, stored_only=True)
    return [
        revision
        for revision in every
        if revision.cell[4] is None
        and revision.edition.partition("/")[0] <= until
        and revision.community in material.view.places
    ]


def _row(material: Material, revision: Revision) -> tuple[str, ...]:
    metric = material.catalog.metrics[revision.metric]

    def written(value: float | None, state: str) -> str:
        if value is None:
            return number_text.NOTHING if state == "none" else number_text.state(state)
        return exact_numbers.bare(value, metric)

    return (
        exact_numbers.short(material, revision.community),
        _("{title} ({unit})").format(title=metric.title.pick(), unit=metric.unit.pick()),
        number_text.period(revision.cell[2], revision.cell[3]),
        written(revision.before, revision.state_before),
        written(revision.after, revision.state_after),
        joined([reasons.words(revision.reason), *_batches(revision.causes)]),
    )


def _batches(causes: tuple[Cause, ...]) -> list[str]:
    numbers = [str(cause.batch) for cause in causes if cause.kind == "batch"]
    return [_("batch {number}").format(number=", ".join(numbers[:3]))] if numbers else []
