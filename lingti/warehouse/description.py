"""Fills the tables that describe the district, its batches and periods: small, and always anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import date, timedelta

import duckdb

from lingti import catalog
from lingti.district import BEGINNING, Community, District, Population
from lingti.district.areas import areas
from lingti.ingest.checking.coverage import Span, merge, subtract, write
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Counting, Manifest
from lingti.ingest.keeping.to_correct import to_correct
from lingti.warehouse.inputs import Inputs
from lingti.warehouse.insert import insert

Days = tuple[str, str, str, date, date]  # community, table, part, first and last day
FAR = date(9999, 12, 31)
TABLES = (
    *("communities", "areas", "populations", "expected", "unexpected", "rules", "targets"),
    *("merchant_aliases", "batches", "files", "lacking_columns", "counting", "covered"),
    *("to_correct", "periods"),
    *("ordinary_members", "united_members"),
)


def describe(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fills the tables of `TABLES`, which are empty."""
    fill_district(con, inputs.district)
    insert(con, "targets", [astuple(target) for target in inputs.targets])
    fill_batches(con, inputs.district, inputs.manifests)
    insert(con, "merchant_aliases", inputs.aliases.items())
    insert(con, "ordinary_members", inputs.ordinary)
    united = [(*where, means) for where, means in inputs.district.united.items()]
    insert(con, "united_members", united)
    last_day = max((manifest.as_of for manifest in inputs.manifests), default=None)
    if last_day is not None:
        fill_periods(con, _begins(inputs, last_day), last_day)


def _begins(inputs: Inputs, last_day: date) -> date:
    """The programme's first day; where nobody has said it, the first month that came or should."""
    if inputs.district.starts_on > BEGINNING:
        return inputs.district.starts_on
    logs = [
        manifest.covers[0].first
        for manifest in inputs.manifests
        if manifest.replaces != "all" and manifest.covers
    ]
    asked = [expectation.from_day for expectation in inputs.district.expected]
    return min([*logs, *asked], default=last_day.replace(month=1)).replace(day=1)


def fill_district(con: duckdb.DuckDBPyConnection, district: District) -> None:
    """Fills communities, areas, populations, expected and rules."""
    insert(
        con,
        "communities",
        [
            (
                place,
                community.id,
                *(community.name.zh, community.name.en),
                *(community.short.zh, community.short.en),
                community.since,
            )
            for place, community in enumerate(district.communities, 1)
        ],
    )
    insert(
        con,
        "areas",
        [
            (community, number)
            for number, communities in areas(district.communities).items()
            for community in communities
        ],
    )
    insert(con, "populations", populations(district.communities))
    insert(
        con,
        "expected",
        [
            (
                *(expected.community, table, expected.part),
                *(expected.from_day, expected.to_day or FAR, expected.months),
            )
            for expected in district.expected
            for table in expected.tables
        ],
    )
    insert(con, "rules", [(rule.check, rule.community, rule.value) for rule in district.rules])


def populations(communities: Iterable[Community]) -> Iterator[tuple[object, ...]]:
    """Rows of `populations`: each figure until the day before the next."""
    for community in communities:
        known = community.populations or (Population(BEGINNING, None, None),)
        starts = [BEGINNING, *(population.from_day for population in known[1:])]
        ends = [*(start - timedelta(days=1) for start in starts[1:]), FAR]
        for population, first, last in zip(known, starts, ends, strict=True):
            yield community.id, first, last, population.residents, population.households


def fill_batches(
    con: duckdb.DuckDBPyConnection, district: District, manifests: list[Manifest]
) -> None:
    """Fills batches, files, lacking_columns, counting, covered, unexpected and to_correct."""
    insert(con, "batches", [_batch_row(district, manifest) for manifest in manifests])
    insert(
        con,
        "files",
        [
            (manifest.batch, number, file.name, list(file.sheets))
            for manifest in manifests
            for number, file in enumerate(manifest.files, 1)
        ],
    )
    insert(con, "lacking_columns", lacking_columns(district, manifests))
    counting = batches.counting(manifests)
    insert(con, "counting", counting)
    spoken_for = covered(counting)
    insert(con, "covered", spoken_for)
    insert(con, "unexpected", unexpected(district, spoken_for))
    insert(con, "to_correct", to_correct(manifests))


def lacking_columns(
    district: District, manifests: Iterable[Manifest]
) -> Iterator[tuple[int, str, str]]:
    """Rows of `lacking_columns`: what metrics need and no sheet of a batch has a column for."""
    for manifest in manifests:
        columns = manifest.columns
        for need in district.catalog.needs:
            if need.table in columns and need.column not in columns[need.table]:
                yield manifest.batch, need.table, need.name


def _batch_row(district: District, manifest: Manifest) -> tuple[object, ...]:
    source = district.sources.get(manifest.source)
    return (
        manifest.batch,
        manifest.source,
        source.title.zh if source else manifest.source,
        source.title.en if source else manifest.source,
        manifest.community,
        manifest.part,
        manifest.replaces,
        list(manifest.tables),
        manifest.ranks_as_of,
        write(manifest.covers),
        manifest.imported_at,
        manifest.imported_by,
        manifest.counts["read"],
        manifest.counts["accepted"],
        manifest.counts["quarantined"],
        manifest.counts["set_aside"],
    )


def covered(counting: Iterable[Counting]) -> list[Days]:
    """The days that batches speak for, as rows of `covered`."""
    spans: dict[tuple[str, str, str], list[Span]] = {}
    for counted in counting:
        place = (counted.community, counted.table, counted.part)
        spans.setdefault(place, []).append(Span(counted.first_day, counted.last_day))
    return [(*place, *span) for place, days in spans.items() for span in merge(days)]


def unexpected(district: District, spoken_for: Iterable[Days]) -> Iterator[Days]:
    """The days of `spoken_for`, rows of `covered`, for which nothing is expected.

    Days before something is expected for the first time are not among them: those have a state of
    their own.
    """
    expected: dict[tuple[str, str, str], list[Span]] = {}
    for expectation in district.expected:
        for table in expectation.tables:
            span = Span(expectation.from_day, expectation.to_day or FAR)
            expected.setdefault((expectation.community, table, expectation.part), []).append(span)
    for community, table, part, first, last in spoken_for:
        place = (community, table, part)
        known = expected.get(place, [])
        before = [Span(BEGINNING, min(known).first)] if known else []
        for span in subtract([Span(first, last)], [*before, *known]):
            yield (*place, *span)


def fill_periods(con: duckdb.DuckDBPyConnection, starts_on: date, last_day: date) -> None:
    """Fills `periods` from the programme's start to the last day reported."""
    con.execute(
        f"insert into periods {catalog.build_step('periods')}",
        {"starts_on": starts_on, "last_day": last_day},
    )


def fill_due(con: duckdb.DuckDBPyConnection, periods: str = "periods") -> None:
    """Adds to `due` what is expected in the months of a relation of periods."""
    months = f"months as (from {periods} where grain = 'month')"
    con.execute(f"insert into due with {months} {catalog.view_part('due')}")
