"""The appendix of a briefing: what its numbers mean, and which data they rest on."""

from __future__ import annotations

import pandas as pd

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.ingest.checking.coverage import parse
from lingti.judging import number_text
from lingti.judging.sentences import joined
from lingti.language import Text, ngettext
from lingti.language import gettext as _
from lingti.report import document_tables
from lingti.report.content import Block, Grid, Heading, Paragraph, Section
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers, verdicts
from lingti.warehouse.frames import rows

# What every briefing speaks of besides headlines and targets.
TOLD = (
    "concerns_raised",
    "concerns_resolved",
    "concerns_open",
    "concerns_overdue",
    "decisions_made",
    "decisions_done",
    "decisions_open",
    "decisions_overdue",
)


def appendix(material: Material, place: str) -> Section:
    """All numbers, their definitions, the coverage and the batches used."""
    blocks: list[Block] = [
        Heading(_("About the numbers")),
        *(Paragraph(text) for text in about(material, place)),
        Heading(_("All metrics")),
        _or_none(document_tables.overview(material, material.runs(place), place)),
        Heading(_("Definitions")),
        _or_none(definitions(material, place)),
        Heading(_("Coverage")),
        *_coverage(material, place),
        Heading(_("Batches used")),
        _or_none(batches(material, place)),
    ]
    return Section("appendix", _("Notes on the data"), tuple(blocks))


def _coverage(material: Material, place: str) -> list[Block]:
    """The kinds of data that lack days, as a table; that the others lack none, in a sentence."""
    frame = document_tables.of_place(material.coverage, place)
    if frame.empty:
        return [Paragraph(_("None."))]
    is_whole = frame["state"] == "reported"
    whole, all_ = int(is_whole.sum()), len(frame)
    words = ngettext(
        "The {count} kind of data expected covers every day of the period.",
        "All {count} kinds of data expected cover every day of the period.",
        all_,
    )
    if whole < all_:
        words = _("Of {all} kinds of data expected, {count} cover every day of the period.")
    paragraph = Paragraph(words.format(all=number_text.exact(all_), count=number_text.exact(whole)))
    return [paragraph, *([coverage(material, place)] if whole < all_ else [])]


def _or_none(grid: Grid) -> Block:
    return grid if grid.rows else Paragraph(_("None."))


def about(material: Material, place: str) -> list[str]:
    """What kind of numbers these are, how far the data go, and how to read what is missing."""
    exact = (
        _(
            "The numbers are published ones: those that rest on fewer than 5 people, and those that"
            " would tell them, are {why}."
        ).format(why=number_text.withheld())
        if not material.view.opens(place)
        else _(
            "The numbers are exact; no small counts are withheld. Mind whom you pass them on to."
        )
    )
    return [
        _("{period} runs from {first} to {last}; {data_date}. Data version {version}.").format(
            period=exact_numbers.period(material.view),
            first=number_text.day(material.view.period.first_day),
            last=number_text.day(material.view.period.last_day),
            data_date=exact_numbers.as_of(material, place),
            version=material.warehouse.version,
        ),
        exact,
        _(
            "“Not reported” is expected and has not come in; “not run” is nothing the community"
            " does; a 0 was reported. None of the first two is counted as 0."
        ),
        _(
            "“Before start” are rows from before a community began: they count in the year and the"
            " district, and are neither expected nor judged."
        ),
        verdicts.variation_rule(),
        *_population(material, place),
    ]


def _population(material: Material, place: str) -> list[str]:
    """How many residents the rates are per, as of when, and whose number that is."""
    wanted = [
        community
        for community in material.district.communities
        if place in (DISTRICT, community.id)
    ]
    known = [community for community in wanted if community.residents is not None]
    unknown = [community.short.pick() for community in wanted if community.residents is None]
    parts = [
        _("{name}: {people} ({source})").format(
            name=community.short.pick(),
            people=exact_numbers.people(community),
            source=language.clauses(
                sentences
                for sentences in (
                    number_text.as_of(community.population_as_of),
                    community.population_source.pick(),
                )
                if sentences
            ),
        )
        for community in known
    ]
    sentences = [_("Population: {parts}.").format(parts=_("; ").join(parts))] if parts else []
    if unknown:
        words = _("The population of {names} is not entered, so it has no rates per resident.")
        sentences.append(words.format(names=joined(unknown)))
    return sentences


def definitions(material: Material, place: str) -> Grid:
    """What the metrics that the briefing speaks of count, and the versions of their definitions."""
    body = tuple(
        (
            _("{title} ({unit})").format(title=metric.title.pick(), unit=metric.unit.pick()),
            metric.definition.pick(),
            str(metric.version),
        )
        for metric in spoken_of(material, place)
    )
    head = (_("Metric (unit)"), _("Definition"), _("Version"))
    return Grid(_("Definitions of the metrics"), head, body, (0.28, 0.61, 0.11), frozenset({2}))


def spoken_of(material: Material, place: str) -> list[Metric]:
    """The metrics that the text itself speaks of; a workbook defines them all."""
    names = {metric.name for metric in material.headlines(place)}
    names |= {
        target.metric.name for target in material.targets if place in (DISTRICT, target.place)
    }
    names |= set(TOLD)
    return [metric for metric in material.runs(place) if metric.name in names]


def coverage(material: Material, place: str) -> Grid:
    """Days reported of those expected in the period, per table that lacks any."""
    frame = document_tables.of_place(material.coverage, place)
    frame = frame[frame["state"] != "reported"]
    with_name = place == DISTRICT
    body = tuple(
        (
            *((exact_numbers.short(material, row.community),) if with_name else ()),
            material.catalog.tables[row.tbl].title.pick(),
            number_text.exact(row.days_expected),
            number_text.exact(row.days_reported),
            number_text.state(row.state),
        )
        for row in rows(frame)
    )
    head = (_("Kind of data"), _("Days expected"), _("Days reported"), _("State"))
    caption = _("Days covered in {period}").format(period=exact_numbers.period(material.view))
    if with_name:
        widths = (0.2, 0.26, 0.18, 0.18, 0.18)
        return Grid(caption, (_("Community"), *head), body, widths, frozenset({2, 3}))
    return Grid(caption, head, body, (0.4, 0.2, 0.2, 0.2), frozenset({1, 2}))


def batches(material: Material, place: str) -> Grid:
    """The imports that count in the period: number, what, which days, rows, imported when."""
    frame = document_tables.of_place(material.batches, place)
    with_name = place == DISTRICT
    body = tuple(
        (
            str(row.batch),
            *((exact_numbers.short(material, row.community),) if with_name else ()),
            Text(row.title_zh, row.title_en).pick(),
            _days(row.covers),
            "" if pd.isna(row.accepted) else number_text.exact(row.accepted),
            f"{pd.Timestamp(row.imported_at):%Y-%m-%d}",
        )
        for row in rows(frame)
    )
    head = (_("No."), _("Kind of sheet"), _("Days covered"), _("Rows accepted"), _("Imported on"))
    caption = _("Batches that count in the period")
    if with_name:
        widths = (0.08, 0.14, 0.25, 0.25, 0.1, 0.18)
        full = (head[0], _("Community"), *head[1:])
        return Grid(caption, full, body, widths, frozenset({4}))
    return Grid(caption, head, body, (0.1, 0.33, 0.27, 0.12, 0.18), frozenset({3}))


def _days(covers: str) -> str:
    """The days of a batch, short: `2024-04-01 – 2024-12-31`."""
    spans = parse(covers)
    return "、".join(f"{span.first} – {span.last}" for span in spans)
