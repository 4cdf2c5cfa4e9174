"""Whose communities are whose: those of a subdistrict (街道) are what settings say now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lingti import district
from lingti.access import roles
from lingti.access.roles import Person
from lingti.catalog import CatalogError
from lingti.district.model import Community
from lingti.district.toml_reader import SettingsError
from lingti.home import HomeError


def find(home: Path, issuer: str, subject: str, name: str = "") -> Person:
    """The person of an issuer and subject, with the role and the communities they have now.

    A subdistrict has none while the settings cannot be read.
    """
    person = roles.find(home, issuer, subject, name)
    if person.role != roles.SUBDISTRICT:
        return person
    try:
        known = district.load(home).communities
    except (SettingsError, CatalogError, HomeError):
        known = ()
    return replace(person, communities=communities_of(known, person.subdistrict))


def communities_of(known: Iterable[Community], subdistrict: str) -> tuple[str, ...]:
    """The communities of a subdistrict, in the district's order."""
    return tuple(
        community.id
        for community in known
        if subdistrict and community.subdistrict.zh == subdistrict
    )


def subdistricts(known: Iterable[Community]) -> list[str]:
    """The subdistricts that communities name, each once, in the district's order."""
    return list(
        dict.fromkeys(community.subdistrict.zh for community in known if community.subdistrict.zh)
    )
