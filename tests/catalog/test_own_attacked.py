"""Numbers of people that a page adds are attacked as the program's are: nothing small comes out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from attack import cells, small
from attack.breaches import breaches
from catalog.test_own import CALLS, LONG, OF_ALL, SEEN, VISITS, metric
from half_set_up_kit import BY
from kit import small_warehouse

from lingti import catalog
from lingti.catalog import own
from lingti.catalog.own import Amount
from lingti.warehouse import fast, withhold

MINUTES = metric("探访总时长", Amount("sum", "分钟"), unit="分钟", dimensions=("探访方式",))
EACH = metric("人均探访", Amount("rows"), Amount("persons"), dimensions=("探访方式",))
MADE = (CALLS, SEEN, OF_ALL, LONG, MINUTES, EACH)
SAME = {
    f"{EACH.name}.numerator": f"{CALLS.name}.value",
    f"{EACH.name}.denominator": f"{SEEN.name}.value",
    f"{OF_ALL.name}.numerator": f"{SEEN.name}.value",
    f"{LONG.name}.numerator": f"{MINUTES.name}.value",
}


def visit(chance: random.Random, places: str) -> dict[str, object]:
    place = chance.choice(places)
    return {
        "community": place,
        "day": f"2024-{chance.randint(1, 6):02d}-{chance.randint(1, 28):02d}",
        "resident": f"{place}{chance.randint(1, 9)}",
        "探访方式": chance.choice("xyz"),
        "分钟": chance.randint(1, 60),
    }


@pytest.mark.parametrize("seed", range(4))
def test_nothing_small_of_ones_own_comes_out(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.enter_table(tmp_path, VISITS, BY)
    for one in MADE:
        own.enter_metric(tmp_path, one, BY)
    known = catalog.of(tmp_path)
    monkeypatch.setattr(catalog, "program", lambda: known)
    persons = dict.fromkeys((one.name for one in MADE), "resident")
    for of, told in ((small.PERSONS, persons), (small.CASES, {}), (cells._SAME, SAME)):
        for name in list(of):
            monkeypatch.delitem(of, name)
        for name, value in told.items():
            monkeypatch.setitem(of, name, value)
    chance = random.Random(seed)
    places = "abcd"[: chance.randint(2, 4)]
    rows = {VISITS.name: [visit(chance, places) for _ in range(chance.randint(20, 90))]}
    con = small_warehouse(rows, population=dict.fromkeys(places, (100, 40)))
    metrics = [known.metrics[one.name] for one in MADE]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    (withheld, all_of_them) = con.execute(
        "select count(*) filter (where state = 'withheld'), count(*) from published_values"
    ).fetchall()[0]
    assert 0 < withheld < all_of_them
    assert breaches(con) == []
