"""The settings page: each part shows what holds, changes it by an entry, and gives it back."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import own_kit
import pytest
from half_set_up_kit import BY, no_expectation, wrong_entry
from page_kit import opened, text
from streamlit.testing.v1 import AppTest

from lingti import district, entries
from lingti.access import roles
from lingti.access.roles import Person
from lingti.catalog import own, packs
from lingti.district import change
from lingti.entries import Entry
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.ui import setting_words

PARTS = (
    *("communities", "expected", "about", "documents", "names", "days"),
    *("packs", "people", "workbook", "past"),
)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of two communities, built once; tests that write copy it."""
    home = tmp_path_factory.mktemp("small") / "home"
    no_expectation(home)
    publication.rebuild(home)
    return home


@pytest.fixture
def home(small: Path, tmp_path: Path) -> Path:
    made = tmp_path / "home"
    shutil.copytree(small, made)
    return made


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [one for one in page.button if one.label == label]
    return button.click().run()


def write(page: AppTest, label: str, value: str) -> None:
    (field,) = [one for one in page.text_input if one.label.startswith(label)]
    field.set_value(value)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_drawn(monkeypatch: pytest.MonkeyPatch, small: Path, part: str) -> None:
    page = opened(monkeypatch, small, "settings", part=part)
    assert not page.exception
    assert len(text(page)) > 100


def test_documents_say_what_is_entered_and_no_more_once_it_is_undone(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "settings", part="documents", place="望江")
    write(page, "主送机关", "城东街道党工委")
    write(page, "落款", "中共望江社区委员会；望江社区居民委员会")
    page = press(page, "保存")
    told = district.load(home).documents_of("望江")
    assert told["addressee"].zh == "城东街道党工委"
    write(page, "工作事项", "修好路灯")
    page = press(page, "添加")
    assert [one.text for one in district.load(home).asks] == ["修好路灯"]
    page = press(page, "移除")
    assert district.load(home).asks == ()
    page = opened(monkeypatch, home, "settings", part="past")
    newest = next(one for one in page.button if one.label == "撤回")
    newest.click().run()
    assert [one.text for one in district.load(home).asks] == ["修好路灯"]


def test_a_wrong_entry_is_named_and_undone_on_any_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    wrong_entry(home)
    page = opened(monkeypatch, home, "settings")
    assert "population 望江/2026-05-01" in text(page)
    page = press(page, "撤回")
    assert not page.exception
    assert "population 望江/2026-05-01" not in text(page)
    assert district.load(home).community("望江").residents == 5200


def test_twins_of_twins_mean_the_same_merchant(home: Path) -> None:
    from lingti.ui.settings_page.names import twins

    twins(home, "米乐店", "米乐", BY)
    twins(home, "米乐", "米乐居民服务店", BY)
    assert entries.current(home, "merchant_alias") == {
        "米乐店": "米乐居民服务店",
        "米乐": "米乐居民服务店",
    }


def test_a_community_that_is_gone_is_listed_with_its_day(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "settings", part="communities")
    (into,) = [one for one in page.selectbox if one.label == "并入"]
    assert into.options == ["临河社区"]
    page = press(page, "保存合并")
    gone = district.load(home).community("望江")
    assert gone.into == "临河"
    assert gone.until is not None
    assert {one.community for one in batches.manifests(home)} == {"望江", "临河"}
    assert not page.exception
    change.enter(home, "community", "望江", {"into": ""}, BY)


def test_a_template_is_handed_down_and_taken_back_on_the_reporting_page(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "reporting")
    write(page, "所属日期", "2026年4月")
    page = press(page, "下发")
    assert [one.value for one in page.error] == ["请选择要下发的模板。"]
    assert district.load(home).handed == ()
    (which,) = [one for one in page.selectbox if one.label == "每一行是什么"]
    which.set_value("activities")
    page = press(page, "下发")
    (made,) = district.load(home).handed
    assert (made.first_day, made.last_day) == (date(2026, 4, 1), date(2026, 4, 30))
    assert made.communities == ("望江", "临河")
    assert "0/2" in text(page)
    page = press(page, "移除")
    assert not page.exception
    assert district.load(home).handed == ()


def test_a_change_is_told_by_the_names_of_what_it_is_of() -> None:
    entry = Entry(
        kind="setting/population",
        key="guqiao/2025-01-01",
        value={"residents": 5200, "households": 2000},
        by="official",
        at="2025-02-03T09:00:00+08:00",
    )
    told = setting_words.change_words(entry, {"guqiao": "古桥"})
    assert told.startswith("2025年2月3日 · official · ")
    assert "人口 古桥 / 2025年1月1日 → 人口 5200 · 户数 2000" in told


TITLES = {"guqiao": "古桥", "service": "志愿服务", "service/category": "类别", "hours": "志愿时长"}


@pytest.mark.parametrize(
    ("kind", "key", "value", "said"),
    [
        ("district", "common", ["hours"], "志愿时长"),
        ("district", "monthly_set", True, "是"),
        ("community", "guqiao", {"headlines": ["hours"], "until": "2026-03-01"}, "2026年3月1日"),
        ("expected", "guqiao/service/2026-03-01", {"every": "quarter", "to": None}, "每季度"),
        ("declined", "guqiao/service", True, "是"),
        ("handed", "service/2026-04-01/2026-04-30", {"communities": ["guqiao"]}, "社区 古桥"),
        ("united", "service/category/环保", {"means": "环境整治"}, "归入 环境整治"),
        ("ask", "guqiao/2026-04-01/修路灯", {"due": "2026-05-01"}, "期限 2026年5月1日"),
        ("holiday", "2026-05-01", {"name": "劳动节", "to": "2026-05-05"}, "2026年5月5日"),
    ],
)
def test_a_change_is_told_in_words_alone(kind: str, key: str, value: object, said: str) -> None:
    entry = Entry(f"setting/{kind}", key, value, "书记", "2025-02-03T09:00:00+08:00")
    told = setting_words.change_words(entry, TITLES)
    assert said in told
    assert not re.search("[a-z_]{3,}", told), told


def test_adding_a_community_is_not_undone_below_its_data(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "settings", part="past")
    told = [one.value for one in page.caption if " · clerk · " in one.value]
    at = next(at for at, one in enumerate(told) if " · 社区 望江 → " in one)
    page = [one for one in page.button if one.label == "撤回"][at].click().run()
    assert [one.value for one in page.error] == ["望江已有数据，不能移除；请填写退出日期。"]
    assert {one.id for one in district.load(home).communities} == {"望江", "临河"}


def test_people_are_typed_as_written_and_too_many_are_refused(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "settings", part="communities")
    for wrong in ("1.2亿", "120万人"):
        write(page, "人口", wrong)
        page = press(page, "保存人口数")
        assert [one.value[:2] for one in page.error] == ["人口"]
    write(page, "人口", "1.2万人")
    press(page, "保存人口数")
    assert district.load(home).community("望江").residents == 12_000


def test_a_role_is_changed_without_typing_who_it_is(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    roles.grant(home, Person("https://sso", "wang", "望江书记", roles.SECRETARY, ("望江",)), BY)
    page = opened(monkeypatch, home, "settings", part="people")
    (whose,) = [one for one in page.selectbox if one.label == "修改谁的角色"]
    page = whose.set_value("https://sso wang").run()
    write(page, "职务或姓名", "临河书记")
    (places,) = page.multiselect
    assert places.value == ["望江"]
    places.set_value(["临河"])
    press(page, "保存修改")
    (person,) = roles.everybody(home)
    assert (person.subject, person.name, person.communities) == ("wang", "临河书记", ("临河",))


def test_a_pack_whose_titles_are_taken_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    own.enter_table(home, own_kit.MEALS, BY)
    own.enter_metric(home, replace(own_kit.SERVED, title="助餐份数"), BY)
    page = opened(monkeypatch, home, "settings", part="packs")
    (warning,) = [one.value for one in page.warning]
    assert "助餐份数" in warning
    press(page, "仍要启用")
    assert packs.states(home) == {"meals": packs.TAKEN}


def test_a_district_keeps_its_name_and_what_was_not_chosen_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "settings", part="about")
    write(page, "区名", "")
    assert "请填写区名。" in [one.value for one in press(page, "保存").error]
    write(page, "区名", "东区")
    press(page, "保存")
    known = district.load(home)
    assert (known.name.zh, known.common) == ("东区", ())


def test_what_nothing_is_expected_of_is_not_called_complete(
    monkeypatch: pytest.MonkeyPatch, small: Path
) -> None:
    told = text(opened(monkeypatch, small, ""))
    assert told.count("未列入应报") >= 2
    assert "已报齐" not in told
    assert "district.toml" not in text(opened(monkeypatch, small, "targets"))
