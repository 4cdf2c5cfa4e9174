"""The home page, run as Streamlit runs it, on the sample district and on one of sixty."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import pytest
from conftest import Ask, run_lingti
from page_kit import Truth, choose, chosen, html, in_html, opened, options, text

from lingti.catalog import DISTRICT
from lingti.judging.standing.standing import Standing
from lingti.report import Wish, gather, make, slides
from lingti.ui.home import standings
from lingti.ui.parts import url


def rows(page: object) -> list[str]:
    """The places that the matrix has a row of."""
    return re.findall(r'<tr data-place="([^"]*)"', html(page))  # type: ignore[arg-type]


def test_it_shows_how_all_stand_and_what_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home)
    assert not page.exception
    says = text(page)
    for words in (
        "强圈优社",
        "盟友聚力",
        "积分超市",
        "待办",
        "决定逾期298天",
        "未开展",
        "示例数据",
    ):
        assert words in says
    lead = html(page).partition('class="lt-lead">')[2].partition("</p>")[0]
    assert re.sub("<[^>]*>", "", lead) == (
        "2024年：19项目标已达到9项、未达到7项、3项暂不能下结论；京杭佳苑就业安置人次持续偏低；"
        "4项决定逾期；2个社区报送不全。"
    )
    assert chosen(page, "period") == ["2024-12"]
    assert rows(page) == ["district", "nanfeng", "guqiao", "jinghang", "binhu"]
    assert html(page).count('class="lt-dots"') == 4


def test_its_sentence_is_that_of_the_command_line_the_slides_and_the_briefing(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, period="2024-12", lang="en")
    lead = html(page).partition('class="lt-lead">')[2].partition("</p>")[0]
    said = re.sub("<[^>]*>", "", lead).strip()
    assert said.startswith("2024: of 19 targets 9 reached, 7 missed")
    printed = run_lingti("verdict", "--json", "--period", "2024-12", "--home", sample_home)
    assert f"{json.loads(printed)['sentence']}." == said
    material = gather(sample_home, "2024-12")
    briefing = docx.Document(io.BytesIO(make(material, None, "docx", Wish("en"))))
    assert f"{slides(material, DISTRICT, Wish('en'))[0].title}." == said
    assert sum(paragraph.text.startswith(said) for paragraph in briefing.paragraphs) == 1


@pytest.mark.parametrize("period", ["2024-06", "2024-Q3", "2024", "programme"])
def test_its_numbers_are_those_of_the_command(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, ask: Ask, period: str
) -> None:
    page = opened(monkeypatch, sample_home, period=period)
    shown = in_html(html(page))
    assert len({one.metric for one in shown}) > 8
    assert Truth(ask, sample_home).differing(shown) == []


def test_the_worst_target_comes_first_and_opens_its_rows(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    said = html(opened(monkeypatch, sample_home))
    guqiao = said.partition('data-place="guqiao"')[2].partition("</tr>")[0]
    found = re.findall(
        r'href="\./rows\?metric=(\w+)&amp;place=guqiao[^"]*" data-target="(\w+)"', guqiao
    )
    assert found == [
        ("households_visited_share", "missed"),
        ("concerns_resolved_in_time_share", "missed"),
        ("partners_active", "hangs_on_finding"),
        ("active_volunteers", "reached"),
        ("volunteer_hours", "reached"),
    ]


def test_all_that_is_to_be_done_is_shown_when_asked(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    lines = [
        html(opened(monkeypatch, sample_home, todo=asked)).count("data-kind=")
        for asked in ("", "all")
    ]
    assert lines == [5, 20]


def test_an_address_reproduces_the_view(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    page = opened(
        monkeypatch,
        sample_home,
        period="2024-Q2",
        **{"in": "binhu,guqiao"},
        per="residents",
        lang="en",
    )
    assert not page.exception
    assert chosen(page, "period") == ["2024-Q2"]
    assert chosen(page, "communities") == ["guqiao", "binhu"]
    assert rows(page) == ["district", "guqiao", "binhu"]
    says = text(page)
    assert "Q2 2024" in says
    assert "per 1,000" in says
    assert "Strong circle" not in says


def test_choices_go_to_the_address(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    page = opened(monkeypatch, sample_home, per="households")
    choose(page, "grain", "2024-Q4")
    assert page.query_params["period"] == "2024-Q4"
    choose(page, "period", "2024-Q3")
    for one in ("nanfeng", "guqiao", "binhu"):
        choose(page, "communities", one)
    choose(page, "language", "en")
    assert dict(page.query_params) == {
        "period": "2024-Q3",
        "per": "households",  # carried along for other pages
        "in": "jinghang",
        "lang": "en",
    }
    assert options(page, "per") == {}
    assert rows(page) == ["district", "jinghang"]


@pytest.mark.parametrize("period", ["2024-06", "2024", "nonsense", "2031-01"])
@pytest.mark.parametrize("per", ["residents", "nonsense"])
def test_every_view_is_drawn(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, period: str, per: str
) -> None:
    page = opened(monkeypatch, sample_home, period=period, per=per, **{"in": "nobody"}, lang="xx")
    assert not page.exception
    assert html(page).count('class="lt-dots"') == 4


@pytest.mark.parametrize("name", ["", "decisions", "jobs"])
def test_a_link_to_a_period_there_is_not_says_so(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, name: str
) -> None:
    said = "数据中没有2031-99这一统计周期，现显示2024年12月。"
    assert said in text(opened(monkeypatch, sample_home, name, period="2031-99"))
    assert "数据中没有" not in text(opened(monkeypatch, sample_home, name, period="2024-W40"))


def test_of_sixty_communities_the_eight_worst_are_shown_and_all_when_asked(
    monkeypatch: pytest.MonkeyPatch, many_home: Path
) -> None:
    few = opened(monkeypatch, many_home, lang="en")
    assert not few.exception
    assert len([one for one in rows(few) if one != "district"]) == 8
    assert "All 60" in text(few)
    every = opened(monkeypatch, many_home, lang="en", rows="all")
    assert len([one for one in rows(every) if one != "district"]) == 60


@pytest.mark.parametrize(("count", "shown"), [(4, 4), (8, 8), (40, 8)])
def test_up_to_eight_communities_stand_in_the_districts_order(
    monkeypatch: pytest.MonkeyPatch, count: int, shown: int
) -> None:
    monkeypatch.setattr(url, "read", lambda _name: "")
    found = [Standing(f"c{at}", gaps=at) for at in range(count)] + [Standing("district")]
    places = [one.place for one in standings.shown(found)]
    expected = range(count) if count <= 8 else range(count - 1, count - 1 - shown, -1)
    assert places == [f"c{at}" for at in expected]


def test_where_nothing_is_set_up_it_opens_two_doors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = opened(monkeypatch, tmp_path / "home")
    assert not page.exception
    assert "欢迎使用领题" in text(page)
    assert [button.label for button in page.main.button] == ["设置本区", "看看示例"]
