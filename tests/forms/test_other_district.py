"""Another district, with other names, members and a metric of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from forms import form_kit, own_forms
from import_kit import TICKETS, csv_file, home_with_sources, service, take

from lingti import district, warehouse
from lingti.forms.filling import Filled

OWN = """\
-- title: 助餐陪护次数 | Meals with company
-- unit: 次 | services     better: up          version: 1
-- group: volunteering     decimals: 0
-- definition: 期内时长达3小时的服务次数。 | Services of three hours or more.
-- words: 陪餐次数 | meals shared
-- value: count(*)         window: period      when_none: 0
-- dimensions: category
-- people: residents       facts: service          where: hours >= 3
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("other") / "home"
    home_with_sources(home)
    (home / "queries" / "metrics").mkdir(parents=True)
    (home / "queries" / "metrics" / "own_meals.sql").write_text(OWN, "utf-8")
    settings = district.load(home)
    shared = [
        [date(2024, 3, 1 + n), f"甲{n}", f"1380000000{n}", "陪餐", hours]
        for n, hours in enumerate((2, 3, 4, 1.5))
    ]
    cleaned = [date(2024, 4, 2), "甲1", "13800000001", "清扫", 2]
    take(settings, service(*shared, cleaned), "service.csv", covers="2024-03,2024-04")
    tickets = [
        [f"T{n}", date(2024, 3, n), "路灯" if n < 4 else "井盖", date(2024, 3, n + 5)]
        for n in range(1, 6)
    ]
    take(settings, csv_file([TICKETS, *tickets]), "tickets.csv", covers="2024-03")
    warehouse.rebuild(home)
    return home


def values(done: Filled) -> dict[str, float | str | None]:
    return {one.slot.address: one.value for one in done.outcomes if one.filled}


def test_names_and_metrics_of_its_own_are_known(home: Path) -> None:
    rows = [
        ["2024年3月东街社区工作情况统计表", ""],
        ["项目", "本月"],
        ["志愿服务时长（小时）", None],
        ["助餐陪护次数（次）", None],
        ["陪餐次数", None],
        ["助餐次数（次）", None],
        ["党员陪餐次数", None],
        ["诉求件数（件）", None],
    ]
    done = form_kit.fill(home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    assert values(done) == {"B3": 10.5, "B4": 2, "B5": 2, "B8": 5}


def test_members_of_its_own_are_known_and_those_of_others_are_not(home: Path) -> None:
    rows = [
        ["东街社区2024年3月居民诉求分类统计表", ""],
        ["类别", "受理件数"],
        ["路灯", None],
        ["井盖", None],
        ["停车秩序", None],
        ["合计", None],
    ]
    done = form_kit.fill(home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    assert values(done) == {"B3": 3, "B4": 2, "B6": 5}


def test_a_member_without_rows_in_a_reported_month_is_zero(home: Path) -> None:
    rows = [["东街社区2024年4月志愿服务统计表", ""], ["活动", "服务时长（小时）"]]
    rows += [[name, None] for name in ("陪餐", "清扫", "巡逻")]
    done = form_kit.fill(home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    assert values(done) == {"B3": 0, "B4": 2}


def test_what_is_not_reported_or_not_run_is_never_zero(home: Path) -> None:
    rows = [["2024年5月各社区志愿服务统计表", ""], ["社区", "志愿服务时长（小时）"]]
    rows += [["东街社区", None], ["西街社区", None], ["滨湖社区", None]]
    done = form_kit.fill(home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    assert values(done) == {}
    codes = {one.slot.address: one.code for one in done.outcomes}
    assert codes == {"B3": "not_reported", "B4": "not_run", "B5": "no_measure"}


def test_a_form_of_somebody_else_is_refused(home: Path) -> None:
    rows = [
        ["2024年3月志愿服务统计表", ""],
        ["填报单位：幸福里社区", ""],
        ["志愿服务时长（小时）", None],
    ]
    with pytest.raises(form_kit.FormError) as refused:
        form_kit.fill(home, own_forms.book(("Sheet1", rows, ["A1:B1"])), community="east")
    assert refused.value.code == "other_place"


def test_published_values_are_those_that_a_reader_may_see(home: Path) -> None:
    rows = [
        ["东街社区2024年3月志愿服务统计表", "", ""],
        ["项目", "本月", "本年累计"],
        ["参与志愿者人数（人）", None, None],
    ]
    form = own_forms.book(("Sheet1", rows, ["A1:C1"]))
    assert values(form_kit.fill(home, form)) == {"B3": 4}  # January is not reported
    done = form_kit.fill(home, form, published=True)
    assert values(done) == {}
    assert {one.code for one in done.outcomes} == {"withheld"}
