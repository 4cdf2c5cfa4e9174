"""Ready-made topics are taken and given back: their sheets import, their numbers are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from half_set_up_kit import BY, named
from import_kit import csv_file

from lingti import catalog, district, warehouse
from lingti.catalog import packs
from lingti.district.typed_lists import Typed
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.judging import publication

SHEETS = {
    "meals": ["就餐日期,助餐点,助餐份数,其中送餐上门份数", "2026-03-02,一号点,40,10"],
    "waste": ["称重日期,小区,垃圾类别,重量（公斤）", "2026-03-02,一区,可回收物,30.5"],
    "grid": ["走访日期,网格,走访户次,发现问题数,解决问题数", "2026-03-02,一格,12,2,1"],
    "mediation": ["受理日期,纠纷类型,调解结束日期,调解结果", "2026-03-02,邻里,2026-03-05,调解成功"],
    "teams": ["活动日期,服务队名称,活动类别,参加队员人数", "2026-03-02,夕阳红,环保,8"],
}
NUMBERS = {
    "pack_meals_meals": 40.0,
    "pack_meals_delivered_share": 0.25,
    "pack_waste_weight": 30.5,
    "pack_waste_sorted_share": 1.0,
    "pack_grid_calls": 12.0,
    "pack_grid_solved_share": 0.5,
    "pack_mediation_disputes": 1.0,
    "pack_mediation_settled_share": 1.0,
    "pack_teams_held": 1.0,
    "pack_teams_members": 8.0,
}


def test_every_pack_is_taken_its_sheet_imported_and_given_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, Typed("望江社区", "", 1000, 400))
    assert sorted(SHEETS) == sorted(packs.known())
    for pack, lines in SHEETS.items():
        packs.take(home, pack, BY)
        data = csv_file([line.split(",") for line in lines])
        (outcome,) = imports.run(
            district.load(home), Request("望江", ((f"{pack}.csv", data),), None, "2026-03"), BY
        )
        (told,) = outcome.as_json()
        assert (told["accepted"], told["quarantined"]) == (1, 0), pack
    publication.rebuild(home)
    found = warehouse.current(home).rows(
        "select metric, value from metric_values where metric like 'pack%'"
        " and grain = 'month' and community = '望江' and dimension is null"
    )
    assert {row["metric"]: row["value"] for row in found} == NUMBERS

    packs.give_back(home, "meals", BY, has_batches=True)
    known = catalog.of(home)
    assert "pack_meals_served" in known.tables
    assert "pack_meals_meals" not in known.metrics
    publication.rebuild(home)
    packs.give_back(home, "teams", BY, has_batches=False)
    assert "pack_teams_actions" not in catalog.of(home).tables


@pytest.mark.parametrize(
    "path", sorted(packs.FOLDER.rglob("*.sql")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_file_of_a_pack_is_named_after_it(path: Path) -> None:
    pack = path.relative_to(packs.FOLDER).parts[0]
    assert re.fullmatch(rf"pack_{pack}_\w+", path.stem)
    assert path.read_text("utf-8").startswith("-- ")
