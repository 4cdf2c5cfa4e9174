"""Areas: runs of whole subdistricts, the parts in which a province is built and protected."""

from __future__ import annotations

from collections.abc import Iterable

from lingti.district.model import Community

COMMUNITIES = 100  # of an area, at least
Areas = dict[int, list[str]]  # number of an area, from 1 → ids of its communities


def areas(communities: Iterable[Community]) -> Areas:
    """Communities by area: whole subdistricts one after the other, `COMMUNITIES` or more in each.

    Too few for another area belong to the last. Communities of no subdistrict can be parted.
    """
    by_number: Areas = {1: []}
    of_subdistrict: dict[str, int] = {}
    for community in sorted(communities, key=lambda community: community.subdistrict.zh):
        name, number = community.subdistrict.zh, len(by_number)
        if len(by_number[number]) >= COMMUNITIES and (not name or name not in of_subdistrict):
            number += 1
        of_subdistrict[name] = number
        by_number.setdefault(number, []).append(community.id)
    if len(by_number) > 1 and len(by_number[len(by_number)]) < COMMUNITIES:
        too_few = by_number.pop(len(by_number))
        by_number[len(by_number)] += too_few
    return by_number
