"""Which source is meant: one of the community's own, or the built-in one of a blank template."""

from __future__ import annotations

from lingti.district import District, Source
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.mapping import match_source, other_shapes, templates
from lingti.ingest.mapping.match_source import Piece


def of_community(district: District, community: str) -> list[Source]:
    """The sources a community has of its own."""
    return [one for one in district.sources.values() if one.community == community]


def choose(district: District, community: str, source_id: str | None, found: list[Piece]) -> Source:
    """The source named, else the one the columns tell. Raises ImportRefused, SettingsError."""
    if source_id is not None and source_id in district.sources:
        return district.source(source_id)
    own = of_community(district, community)
    blank = templates.fitting(district, community, found)
    if source_id is not None:
        named = [one for one in blank if one.id == source_id]
        return named[0] if named else district.source(source_id)
    try:
        return match_source.recognise([*own, *blank], found)
    except ImportRefused as refusal:
        said = [other_shapes.refused_as(one) for one in found if len(one.table)]
        if refusal.code != "unknown_layout" or not said or said[0] is None:
            raise
        raise ImportRefused(refusal.code, *said[0], refusal.findings) from refusal


def choose_all(
    district: District, community: str, source_id: str | None, found: list[Piece]
) -> list[Source]:
    """The sources that take a file's tables: as `choose`, then those that fit what is left, since
    a workbook may hold lists of several kinds. Raises ImportRefused, SettingsError."""
    chosen = [choose(district, community, source_id, found)]
    while left := untaken(chosen, found):
        try:
            chosen.append(choose(district, community, None, left))
        except ImportRefused:
            break  # tables of no known kind: their rows are set aside, and shown
    return chosen


def untaken(chosen: list[Source], found: list[Piece]) -> list[Piece]:
    """The tables that none of the sources takes."""
    return [one for one in found if not any(match_source.takes(source, one) for source in chosen)]


def guess_community(district: District, found: list[Piece]) -> str | None:
    """The one community whose own source fits, or that a title or file name names; else None."""
    fitting = {
        one.community for one in district.sources.values() if not match_source.missing(one, found)
    }
    texts = [t for one in found for t in (one.table.title, one.table.sheet, one.file.name)]
    named = {
        one.id
        for one in district.communities
        if any(
            name and name in text
            for text in texts
            for name in (one.short.zh, one.name.zh, *one.formerly)
        )
    }
    # Whose name is on it, theirs it is: other communities may keep lists of the same layout.
    for likely in (fitting & named, named, fitting):
        if len(likely) == 1:
            return likely.pop()
    return None


def all_fitting(district: District, community: str, found: list[Piece]) -> list[Source]:
    """Every source of a community whose columns are all there, templates last."""
    own = of_community(district, community)
    return [
        *(one for one in own if not match_source.missing(one, found)),
        *templates.fitting(district, community, found),
    ]
