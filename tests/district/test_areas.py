"""Areas are runs of whole subdistricts, none too small."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from lingti.district import Community
from lingti.district.areas import areas
from lingti.language import Text


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 4}, [4]),
        ({"a": 60, "b": 60, "c": 60}, [180]),
        ({"a": 60, "b": 60, "c": 60, "d": 60}, [120, 120]),
        ({"a": 150, "b": 99}, [249]),
        ({"a": 150, "b": 100}, [150, 100]),
        ({"": 250}, [100, 150]),
        ({"": 30, "a": 80, "b": 120}, [110, 120]),
    ],
)
def test_areas_are_whole_subdistricts_and_none_is_small(
    sizes: Mapping[str, int], expected: list[int]
) -> None:
    communities = [
        community(f"{name}{number}", name) for name, size in sizes.items() for number in range(size)
    ]
    found = areas(reversed(communities))
    assert [len(found[number]) for number in range(1, len(found) + 1)] == expected
    assert {one for area in found.values() for one in area} == {one.id for one in communities}
    for name in sizes:
        if name:
            theirs = {one.id for one in communities if one.subdistrict.zh == name}
            assert sum(not theirs.isdisjoint(area) for area in found.values()) == 1


def community(name: str, subdistrict: str) -> Community:
    text = Text(name, name)
    nobody = (None, None, None, Text("", ""))
    return Community(
        *(name, text, text, text, text, date(2024, 1, 1)),
        *nobody,
        *(Text(subdistrict, subdistrict), (), ()),
    )
