"""Which source is meant: one of the community's own, or the built-in one of a blank template."""

from __future__ import annotations

from lingti.district import District, Source
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.mapping import match_source, other_shapes, templates
from lingti.ingest.mapping.match_source import Piece


def of_community(district: District, community: str) -> list[Source]:
    """The sources a community has of its own."""
    return [source for source in district.sources.values() if source.community == community]


def choose(
    district: District, community: str, source_id: str | None, pieces: list[Piece]
) -> Source:
    """The source named, else the one the columns tell. Raises ImportRefused, SettingsError."""
    if source_id is not None and source_id in district.sources:
        return district.source(source_id)
    own = of_community(district, community)
    blank = templates.fitting(district, community, pieces)
    if source_id is not None:
        named = [source for source in blank if source.id == source_id]
        return named[0] if named else district.source(source_id)
    try:
        return match_source.recognise([*own, *blank], pieces)
    except ImportRefused as refusal:
        refusals = [other_shapes.refused_as(piece) for piece in pieces if len(piece.table)]
        if refusal.code != "unknown_layout" or not refusals or refusals[0] is None:
            raise
        raise ImportRefused(refusal.code, *refusals[0], refusal.findings) from refusal


def choose_all(
    district: District, community: str, source_id: str | None, pieces: list[Piece]
) -> list[Source]:
    """The sources that take a file's tables: as `choose`, then those that fit what is left, since
    a workbook may hold lists of several kinds. Raises ImportRefused, SettingsError."""
    chosen = [choose(district, community, source_id, pieces)]
    while left := untaken(chosen, pieces):
        try:
            chosen.append(choose(district, community, None, left))
        except ImportRefused:
            break  # tables of no known kind: their rows are set aside, and shown
    return chosen


def untaken(chosen: list[Source], pieces: list[Piece]) -> list[Piece]:
    """The tables that none of the sources takes."""
    return [
        piece for piece in pieces if not any(match_source.takes(source, piece) for source in chosen)
    ]


def guess_community(district: District, pieces: list[Piece]) -> str | None:
    """The one community whose own source fits, or that a title or file name names; else None."""
    fitting = {
        source.community
        for source in district.sources.values()
        if not match_source.missing(source, pieces)
    }
    texts = [t for piece in pieces for t in (piece.table.title, piece.table.sheet, piece.file.name)]
    named = {
        community.id
        for community in district.communities
        if any(
            name and name in text
            for text in texts
            for name in (community.short.zh, community.name.zh, *community.formerly)
        )
    }
    # Whose name is on it, theirs it is: other communities may keep lists of the same layout.
    for likely in (fitting & named, named, fitting):
        if len(likely) == 1:
            return likely.pop()
    return None


def all_fitting(district: District, community: str, pieces: list[Piece]) -> list[Source]:
    """Every source of a community whose columns are all there, templates last."""
    own = of_community(district, community)
    return [
        *(source for source in own if not match_source.missing(source, pieces)),
        *templates.fitting(district, community, pieces),
    ]
