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
    found = [one for one in of(material) if place in (DISTRICT, one.community)]
    if not found:
        return ()
    words = ngettext(
        "{count} number that was finalised differs now.",
        "{count} numbers that were finalised differ now.",
        len(found),
    )
    said = words.format(count=number_text.exact(len(found)))
    if len(found) > MOST_ROWS:
        said += " " + _("The {shown} largest:").format(shown=MOST_ROWS)
    rows = tuple(_row(material, one) for one in found[:MOST_ROWS])
    head = (_("Community"), _("Metric"), _("Period"), _("Reported"), _("Now"), _("Reason"))
    grid = Grid(_("Revised numbers"), head, rows, _WIDTHS, frozenset({3, 4}))
    return (Section("revised", _("Revised since they were finalised"), (Paragraph(said), grid)),)


def of(material: Material) -> list[Revision]:
    """What differs from the newest editions of months up to the period's end, in totals."""
    until = f"{material.view.period.last_day:%Y-%m}"
    found = revisions.of_home(material.district.home, material.warehouse, stored_only=True)
    return [
        one
        for one in found
        if one.cell[4] is None
        and one.edition.partition("/")[0] <= until
        and one.community in material.view.places
    ]


def _row(material: Material, one: Revision) -> tuple[str, ...]:
    metric = material.catalog.metrics[one.metric]

    def written(value: float | None, state: str) -> str:
        if value is None:
            return number_text.NOTHING if state == "none" else number_text.state(state)
        return exact_numbers.bare(value, metric)

    return (
        exact_numbers.short(material, one.community),
        _("{title} ({unit})").format(title=metric.title.pick(), unit=metric.unit.pick()),
        number_text.period(one.cell[2], one.cell[3]),
        written(one.before, one.state_before),
        written(one.after, one.state_after),
        joined([reasons.words(one.reason), *_batches(one.causes)]),
    )


def _batches(causes: tuple[Cause, ...]) -> list[str]:
    numbers = [str(one.batch) for one in causes if one.kind == "batch"]
    return [_("batch {number}").format(number=", ".join(numbers[:3]))] if numbers else []
