"""What publications tell after each other: nothing that 1 to 4 people make the difference of."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

from attack.breaches import Remembered, over_time, remembered
from attack.cells import truth
from incremental_kit import COMMUNITY, DISTRICT, EXPECTED, add_batch
from little_home import little_home

from lingti import district, warehouse
from lingti.access.roles import PUBLISHED
from lingti.ingest import imports
from lingti.ingest.checking.coverage import Span
from lingti.ingest.imports import Request
from lingti.judging import publication

START = date(2024, 1, 1)
LAST_DAYS = {1: 31, 2: 29, 3: 31}


def of_one_community(folder: Path, times: int, chance: random.Random) -> list[str]:
    """A home whose months are imported anew each time, with more or fewer people."""
    home = little_home(folder)

    def change() -> None:
        month, people = chance.randint(1, 3), chance.randint(20, 60)
        rows = "".join(f"2024-{month:02d}-10,测试{one},2,植树\n" for one in range(people))
        data, covers = f"日期,姓名,时长,活动\n{rows}".encode(), f"2024-{month:02d}"
        name = f"{month}-{people}.csv"
        imports.run(district.load(home), Request("a", ((name, data),), None, covers, True))

    return _told(home, times, change)


def of_a_district(folder: Path, times: int, chance: random.Random) -> list[str]:
    """A district of 2 to 5 communities, of which one or two bring a month anew each time."""
    folder.mkdir(parents=True)
    places = "abcde"[: chance.randint(2, 5)]
    blocks = [
        told.format(id=one, since=START).replace('"concerns", ', "")
        for one in places
        for told in (COMMUNITY, EXPECTED)
    ]
    (folder / "district.toml").write_text(DISTRICT + "".join(blocks), "utf-8")

    def change() -> None:
        for _batch in range(chance.randint(1, 2)):
            month, table = chance.randint(1, 3), chance.choice(["service", "points"])
            covers = Span(date(2024, month, 1), date(2024, month, LAST_DAYS[month]))
            people = chance.sample(range(60), chance.choice([3, 9, chance.randint(5, 40)]))
            rows = [_row(chance, table, month, one) for one in people]
            add_batch(folder, chance.choice(places), table, covers, rows)

    return _told(folder, times, change)


def _row(chance: random.Random, table: str, month: int, person: int) -> dict[str, object]:
    row: dict[str, object] = {
        "day": date(2024, month, chance.randint(1, 28)),
        "name_key": f"n{person}",
        "source_row": {"file": 1, "sheet": 1, "row": person + 2},
    }
    if table == "service":
        return row | {"hours": chance.choice([1, 2]), "category": chance.choice("xy")}
    return row | {"kind": chance.choice(["earn", "deduct"]), "points": chance.randint(1, 9)}


def _told(home: Path, times: int, change: Callable[[], None]) -> list[str]:
    """Changes and publishes so often: the cells between which few people make the difference."""
    last: Remembered = {}
    out = []
    for _number in range(times):
        change()
        publication.rebuild(home)
        warehouse.publish_anew(home)
        known = truth(warehouse.current(home).connection)
        now = remembered(warehouse.current(home, PUBLISHED).connection, known, last)
        out += [str(cell) for cell in over_time(last, now)]
        last = now
    return out
