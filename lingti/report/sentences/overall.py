"""The sentence on how a place stands, as documents and slides tell it."""

from __future__ import annotations

from lingti.catalog import DISTRICT
from lingti.judging.standing import standing_words
from lingti.judging.standing.standing import Standing
from lingti.report.inputs import Material
from lingti.report.sentences import exact_numbers


def sentence(material: Material, place: str) -> str:
    """How a place stands in one sentence, without a stop: that of the first screen."""
    return standing_words.sentence(
        material.standings,
        material.view,
        lambda community: exact_numbers.short(material, community),
        place,
    )


def changes_in_short(material: Material, place: str) -> str:
    """The part of it on changes that are more than ordinary variation."""
    return standing_words.changes_words(
        of_place(material, place),
        material.view,
        lambda community: exact_numbers.short(material, community),
        place,
    )


def of_place(material: Material, place: str) -> list[Standing]:
    """How a community stands; of the district all communities."""
    return [
        standing
        for standing in material.standings
        if standing.place != DISTRICT and place in (DISTRICT, standing.place)
    ]
