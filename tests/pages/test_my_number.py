"""The page on which somebody types their number, by role, and the ways that lead there."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from page_kit import html, seen_by, text
from streamlit.testing.v1 import AppTest

from lingti.access.roles import Person

ISSUER = "https://id.example"
SECRETARY = Person(ISSUER, "s", "书记", "secretary", ("guqiao",))
OFFICIAL = Person(ISSUER, "o", "官", "official")
VIEWER = Person(ISSUER, "v", "看", "viewer")
PERSONS = {"metric": "active_volunteers", "place": "guqiao", "of": "2024-12"}
ROWS = "346"  # of December in Guqiao, of 79 persons


def seen(
    monkeypatch: pytest.MonkeyPatch, home: Path, person: Person, name: str = "my_number", **at: str
) -> AppTest:
    return seen_by(monkeypatch, home, person, name, **at)


@pytest.mark.parametrize("person", [SECRETARY, OFFICIAL], ids=lambda one: one.role)
def test_a_number_is_typed_and_what_makes_it_is_named(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, person: Person
) -> None:
    page = seen(monkeypatch, sample_home, person, **PERSONS)
    page.text_input(key="my-number").input(ROWS).run()
    assert not page.exception
    told = text(page)
    assert "这里是79人（346行），您的数多267人。" in told
    exact = told.partition("这样算正好是您的数")[2].partition("这里的逐日或逐月数")[0]
    assert "每行都算，“志愿者”不去重" in exact
    assert "另一个指标：志愿服务时长" not in exact
    assert "./rows?metric=active_volunteers&amp;place=guqiao&amp;of=2024-12" in html(page)
    assert page.query_params["mine"] == ROWS


def test_the_same_number_is_the_same(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    page = seen(monkeypatch, sample_home, OFFICIAL, **PERSONS, mine="79")
    assert "两个数一致：79人。" in text(page)
    assert "正好" not in text(page)


def test_where_nothing_gives_it_the_page_says_what_to_compare(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = seen(monkeypatch, sample_home, OFFICIAL, **PERSONS, mine="99999")
    assert "数一数您台账的行数：这里计入346行。" in text(page)
    assert "2024年12月1日" in text(page)
    assert "./follow_up?metric=active_volunteers&amp;place=guqiao&amp;of=2024-12" in html(page)


def test_what_is_no_number_and_what_is_not_run_are_said(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = seen(monkeypatch, sample_home, OFFICIAL, **PERSONS, mine="很多")
    assert [one.value for one in page.error] == ["很多不是数。请写成723、1.2万或81.5%。"]
    not_run = {"metric": "items_redeemed", "place": "nanfeng", "of": "2024-12", "mine": "3"}
    page = seen(monkeypatch, sample_home, OFFICIAL, **not_run)
    assert "这里没有数（未开展）" in text(page)


@pytest.mark.parametrize(
    ("person", "place"), [(VIEWER, "guqiao"), (SECRETARY, "binhu"), (SECRETARY, "district")]
)
def test_who_may_not_see_the_rows_is_told_nothing(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, person: Person, place: str
) -> None:
    page = seen(monkeypatch, sample_home, person, **{**PERSONS, "place": place}, mine=ROWS)
    assert "不显示" in text(page)
    assert not page.text_input
    assert "正好" not in text(page)


def test_a_secretary_is_offered_her_own_community_only(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = seen(monkeypatch, sample_home, SECRETARY)
    (choice,) = [one for one in page.get("button_group") if "place" in str(one.proto.id)]
    assert [one.content for one in choice.proto.options] == ["古桥"]


@pytest.mark.parametrize(
    "of", ["2024-H2", "2024-12-YTD", "2024-12-01/2024-12-10", "2024", "2024-Q4"]
)
def test_other_periods_and_ranges_are_asked_about_as_well(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, of: str
) -> None:
    page = seen(monkeypatch, sample_home, OFFICIAL, **{**PERSONS, "of": of}, mine="3")
    assert "您的数少" in text(page)


def test_the_community_page_and_rows_lead_there_for_who_may(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    link = "./my_number?period=2024-12&amp;place=guqiao&amp;of=2024-12"
    at = {"community": "guqiao", "period": "2024-12"}
    assert link in html(seen(monkeypatch, sample_home, SECRETARY, "community", **at))
    assert link not in html(seen(monkeypatch, sample_home, VIEWER, "community", **at))
    page = seen(monkeypatch, sample_home, SECRETARY, "rows", **PERSONS)
    assert "和我的数不一样？" in [one.proto.label for one in page.get("page_link")]


def test_rows_to_correct_are_counted_where_rows_are(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    path = home / "warehouse" / (home / "warehouse" / "CURRENT").read_text().strip()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "insert into to_correct select max(batch), community, ['placements'],"
            " date '2024-11-01', date '2024-11-30', 34 from batches"
            " where community = 'jinghang' group by all"
        )
        (ours,) = con.execute(
            "select value from metric_values where metric = 'placements'"
            " and community = 'jinghang' and period = '2024-11' and dimension is null"
        ).fetchall()[0]
    at = {"metric": "placements", "place": "jinghang", "of": "2024-11", "mine": str(int(ours) + 34)}
    page = seen(monkeypatch, home, OFFICIAL, **at)
    exact = text(page).partition("这样算正好是您的数")[2].partition("这里的逐日或逐月数")[0]
    assert "加上未计入的待修改行" in exact
    assert "./findings?in=jinghang" in html(page)


def test_in_a_district_of_many_places_are_chosen_from_a_list(
    monkeypatch: pytest.MonkeyPatch, many_home: Path
) -> None:
    page = seen(monkeypatch, many_home, OFFICIAL, mine="3")
    assert "这里是" in text(page)
    (places,) = [one for one in page.selectbox if one.key == "choose-place"]
    assert len(places.options) == 61
    assert not seen(monkeypatch, many_home, OFFICIAL, "follow_up").exception
