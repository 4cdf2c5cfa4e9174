"""What came in of the data, what did not, and which rules they break, as tables and sentences."""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.sentences import ended, joined, listed
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report import document_tables
from lingti.report.content import Grid
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers, registers
from lingti.warehouse.frames import rows

MOST_NAMED = 4  # communities that are listed by name where it is all of them


def findings(material: Material, place: str) -> Grid | None:
    """The rules that the data of a place break, and what to do about them."""
    frame = document_tables.of_place(material.findings, place)
    if frame.empty:
        return None
    known = material.catalog.checks
    with_name = place == DISTRICT
    body = tuple(
        (
            *((exact_numbers.short(material, row.community),) if with_name else ()),
            known[row.check_name].title.pick(),
            number_text.exact(row.in_period),
            number_text.exact(row.so_far),
            known[row.check_name].advice.pick(),
        )
        for row in rows(frame)
    )
    head = (_("Rule broken"), _("This period"), _("So far"), _("What to do"))
    caption = _("Rules that the data break")
    if with_name:
        widths = (0.15, 0.24, 0.1, 0.1, 0.41)
        return Grid(caption, (_("Community"), *head), body, widths, frozenset({2, 3}))
    return Grid(caption, head, body, (0.3, 0.1, 0.1, 0.5), frozenset({1, 2}))


def findings_sentence(material: Material, place: str) -> str:
    """How often the data of a place break a rule."""
    frame = document_tables.of_place(material.findings, place)
    return registers.data_findings(int(frame["in_period"].sum()), int(frame["so_far"].sum()))


def reporting_sentence(material: Material, place: str) -> str:
    """How many of the tables expected in the period came in, and what earlier months lack."""
    state = document_tables.of_place(material.coverage, place)["state"]
    sentence = registers.reporting(
        len(state), int((state == "partial").sum()), int((state == "not_reported").sum())
    )
    earlier = earlier_gaps_count(material, place)
    if not earlier:
        return sentence
    return ended(
        ngettext(
            "{said}; {count} return of earlier months is missing",
            "{said}; {count} returns of earlier months are missing",
            earlier,
        ).format(said=sentence.rstrip("。."), count=earlier)
    )


def gaps(material: Material, place: str) -> Grid | None:
    """Months due and incomplete: which tables, and whether in part."""
    frame = document_tables.of_place(material.gaps, place)
    if frame.empty:
        return None
    with_name = place == DISTRICT
    body = tuple(
        (
            *((exact_numbers.short(material, str(community)),) if with_name else ()),
            number_text.period("month", str(period)),
            joined(exact_numbers.tables(material, [str(table) for table in part["tbl"]])),
            number_text.state(str(state)),
        )
        for (period, community, state), part in frame.groupby(
            ["period", "community", "state"], sort=False
        )
    )
    head = (_("Month"), _("Tables"), _("State"))
    caption = _("Reports missing")
    if with_name:
        return Grid(caption, (_("Community"), *head), body, (0.2, 0.22, 0.37, 0.21))
    return Grid(caption, head, body, (0.25, 0.5, 0.25))


def earlier_gaps_count(material: Material, place: str) -> int:
    """How many tables of months before the period are not complete."""
    first_month = f"{material.view.period.first_day:%Y-%m}"
    months = document_tables.of_place(material.gaps, place)["period"].astype(str)
    return int((months < first_month).sum())


def not_run(material: Material, place: str) -> str:
    """Which of the common numbers a place does not run; of the district, who does not run which."""
    parts = []
    for metric in material.headlines(DISTRICT):
        places = material.view.communities if place == DISTRICT else (place,)
        idle = [
            exact_numbers.short(material, community)
            for community in places
            if material.totals[metric.name, community].state == "not_run"
        ]
        if len(idle) == len(places) > MOST_NAMED:
            idle = [_("all communities named here")]
        if idle and place == DISTRICT:
            parts.append(
                _("{title}: {names}").format(title=metric.title.pick(), names=joined(idle))
            )
        elif idle:
            parts.append(metric.title.pick())
    if not parts:
        return ""
    return _("Not run, and not counted as missing: {parts}.").format(
        parts=listed(parts) if place == DISTRICT else joined(parts)
    )
