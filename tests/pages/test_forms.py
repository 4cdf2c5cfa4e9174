"""The page of forms: what it makes of what is dropped, and who may drop."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from forms import own_forms, public_forms
from page_kit import html, opened, text
from streamlit.testing.v1 import AppTest

from lingti.access.roles import Person
from lingti.ui import form_page
from lingti.ui.form_page.intake import Dropped
from lingti.ui.window import session

EXAMPLES = Path(__file__).parents[1] / "forms" / "examples"


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_home, tmp_path / "home")


def dropped(monkeypatch: pytest.MonkeyPatch, home: Path, name: str, data: bytes) -> AppTest:
    monkeypatch.setattr(form_page, "dropped", lambda: [Dropped(name, data)])
    return opened(monkeypatch, home, "forms")


def test_it_tells_what_is_filled_what_is_asked_and_what_stays_blank(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    data = (EXAMPLES / "h01_communities.xlsx").read_bytes()
    page = dropped(monkeypatch, home, "h01_communities.xlsx", data)
    assert not page.exception
    assert "已填 13 格，2 格待确认，5 格留空。" in text(page)
    assert "首次填写" in text(page)
    assert "不认识：注册。" in text(page)


def test_it_asks_for_what_the_form_does_not_say(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = dropped(monkeypatch, home, "o15.docx", own_forms.FORMS["o15_nothing_said.docx"]())
    assert not page.exception
    asked = [one for one in page.selectbox if "lt-form-" in (one.key or "")]
    assert len(asked) == 2
    assert page.get("download_button") == []
    asked[0].select("guqiao")
    asked[1].select_index(0)
    page.run()
    assert not page.exception
    assert len(page.get("download_button")) == 3


def test_it_asks_once_what_a_word_of_the_title_means(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    rows = [
        ["古桥社区2024年6月暖春走访情况统计表", ""],
        ["项目", "数量"],
        ["入户走访（户次）", None],
        ["补贴金额（元）", None],
    ]
    form = own_forms.book(("Sheet1", rows, ["A1:B1"]))
    page = dropped(monkeypatch, home, "visits.xlsx", form)
    assert "标题中的“暖春”是否限定了统计范围？" in text(page)
    assert "已填 0 格，1 格待确认，1 格留空。" in text(page)
    (choice,) = [one for one in page.get("button_group") if "restricts" in str(one.proto.id)]
    choice.set_value("否，填入")
    page.run()
    assert not page.exception
    assert "已填 1 格，0 格待确认，1 格留空。" in text(page)
    assert "是否限定" not in text(page)


def test_it_says_why_a_file_is_not_filled(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    page = dropped(monkeypatch, home, "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert not page.exception
    assert "另存为 .xlsx 再拖入" in text(page)


def test_it_shows_a_share_as_its_cell_will(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    form = public_forms.FORMS["n07_dispatch.xlsx"]()
    page = dropped(monkeypatch, home, "n07.xlsx", form)
    assert not page.exception
    assert "66.6667%" in text(page)
    assert "0.6667%" not in text(page)


def test_each_number_leads_to_what_would_make_another_and_blanks_to_a_new_metric(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    data = (EXAMPLES / "h01_communities.xlsx").read_bytes()
    page = dropped(monkeypatch, home, "h01_communities.xlsx", data)
    told = html(page)
    filled = told.count('<a class="lt-rows" href="./rows?')
    assert filled > 5
    assert told.count("./my_number?metric=") == filled
    assert "./settings?part=own" in told  # 注册 has no metric


@pytest.mark.parametrize(
    ("person", "own"),
    [
        (Person("https://id.example", "s", "书记", "secretary", ("guqiao",)), ["guqiao"]),
        (Person("https://id.example", "v", "看", "viewer"), []),
    ],
    ids=lambda one: getattr(one, "role", ""),
)
def test_who_may_not_see_rows_is_led_to_no_other_number(
    monkeypatch: pytest.MonkeyPatch, home: Path, person: Person, own: list[str]
) -> None:
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    data = (EXAMPLES / "h01_communities.xlsx").read_bytes()
    page = dropped(monkeypatch, home, "h01_communities.xlsx", data)
    assert not page.exception
    places = re.findall(r"./my_number\?metric=[^\"]*place=(\w+)", html(page))
    assert sorted(set(places)) == own
    assert "./settings?part=own" not in html(page)
