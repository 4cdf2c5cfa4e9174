"""The home page, run as Streamlit runs it, on the sample district."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from conftest import Ask
from page_kit import choose, chosen, figures
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent.parent / "app.py"


def opened(monkeypatch: pytest.MonkeyPatch, home: Path, **address: str) -> AppTest:
    monkeypatch.setenv("LINGTI_HOME", str(home))
    page = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    return page.run()


def text(page: AppTest) -> str:
    """Everything the page says in HTML, without its tags."""
    html = " ".join(str(block.proto.body) for block in page.get("html"))
    without_style = re.sub(r"<(style|script)>.*?</\1>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", without_style))


def test_it_shows_four_topics_and_what_needs_attention(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home)
    assert not page.exception
    says = text(page)
    for words in ("强圈优社", "盟友聚力", "积分超市", "横向比较", "需要关注", "未开展", "示例数据"):
        assert words in says
    assert chosen(page, "period") == ["2024-12"]
    assert len(figures(page)) == 4


def test_its_numbers_are_those_of_the_command(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, ask: Ask
) -> None:
    page = opened(monkeypatch, sample_home, period="2024-06")
    html = " ".join(str(block.proto.body) for block in page.get("html"))
    shown = {tuple(unescape(one).split("|")) for one in re.findall(r'data-number="([^"]*)"', html)}
    told = {}
    for metric in {one[0] for one in shown}:
        for row in ask(metric, "--grain", "month"):
            told[metric, row["community"], row["period"]] = row["value"]
    assert len(shown) >= 16
    for metric, place, grain, period, per, _dimension, _member, value in shown:
        assert (grain, per) == ("month", "total")
        assert told[metric, place, period] == pytest.approx(float(value))


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
    assert chosen(page, "per") == ["residents"]
    says = text(page)
    assert "Q2 2024" in says
    assert "per 1,000" in says
    assert "Strong circle" not in says


def test_choices_go_to_the_address(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    page = opened(monkeypatch, sample_home)
    choose(page, "grain", "2024-Q4")
    assert page.query_params["period"] == "2024-Q4"
    choose(page, "period", "2024-Q3")
    choose(page, "per", "households")
    for one in ("nanfeng", "guqiao", "binhu"):
        choose(page, "communities", one)
    choose(page, "language", "en")
    assert dict(page.query_params) == {
        "period": "2024-Q3",
        "per": "households",
        "in": "jinghang",
        "lang": "en",
    }
    assert "Jinghang Jiayuan" in text(page)
    choose(page, "per", "")
    assert "per" not in page.query_params


@pytest.mark.parametrize(
    "period", ["2024-06", "2024-Q2", "2024", "programme", "nonsense", "2031-01"]
)
@pytest.mark.parametrize("per", ["total", "residents", "households", "nonsense"])
def test_every_view_is_drawn(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, period: str, per: str
) -> None:
    page = opened(monkeypatch, sample_home, period=period, per=per, **{"in": "nobody"}, lang="xx")
    assert not page.exception
    assert len(figures(page)) == 4


def test_where_nothing_is_set_up_it_opens_two_doors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = opened(monkeypatch, tmp_path / "home")
    assert not page.exception
    assert "欢迎使用领题" in text(page)
    assert [button.label for button in page.main.button] == ["设置本区", "看看示例"]
