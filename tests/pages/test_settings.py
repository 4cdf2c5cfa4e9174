"""The settings page: each part shows what holds, changes it by an entry, and gives it back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from half_set_up_kit import BY, no_expectation, wrong_entry
from page_kit import opened, text
from streamlit.testing.v1 import AppTest

from lingti import district, entries
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
    told = setting_words.told(entry, {"guqiao": "古桥"})
    assert told.startswith("2025年2月3日 · official · ")
    assert "人口 古桥 / 2025-01-01 → 人口 5200 · 户数 2000" in told


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
