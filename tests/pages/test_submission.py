"""A month on the pages: submitted, returned, answered, accepted, final, revised."""

from __future__ import annotations

from pathlib import Path

import pytest
from edition_kit import TODAY, bring, edition_home, finalised, standing, step
from page_kit import drawings, figures, html, seen_by, text
from streamlit.testing.v1 import AppTest

from lingti.access.roles import Person
from lingti.district import change, settings
from lingti.editions import reasons

ISSUER = "https://id.example"
SECRETARY = Person(ISSUER, "s", "书记", "secretary", ("a",))
OFFICIAL = Person(ISSUER, "o", "官", "official")
SUBDISTRICT = Person(ISSUER, "d", "街道办", "subdistrict", ("a",), "许庄街道")
VIEWER = Person(ISSUER, "v", "看", "viewer")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return edition_home(tmp_path / "home")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())


def seen(
    monkeypatch: pytest.MonkeyPatch, home: Path, person: Person, name: str = "submission", **at: str
) -> AppTest:
    return seen_by(monkeypatch, home, person, name, **{"month": "2024-01", "community": "a", **at})


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [one for one in page.button if one.label == label]
    button.click()
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def labels(page: AppTest) -> set[str]:
    return {one.label for one in page.button}


def test_a_month_is_submitted_returned_answered_accepted_final_and_revised(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = seen(monkeypatch, home, SECRETARY)
    assert "甲2024年1月报送内容" in text(page)
    page.text_input(key="remark-all").input("已核对")
    press(page, "报送2024年1月")
    assert (standing(home).status, standing(home).by) == ("submitted", SECRETARY.account)

    page = seen(monkeypatch, home, OFFICIAL)
    assert "已核对" in text(page)
    press(page, "退回")
    assert "请在备注中说明退回的原因。" in [one.value for one in page.error]
    page.selectbox(key="return-on").select("volunteer_hours")
    page.text_input(key="return-text").input("为何少一半？")
    press(page, "退回")
    assert standing(home).status == "open"

    page = seen(monkeypatch, home, SECRETARY, "community", period="2024-01")
    assert "为何少一半？" in text(page)
    page = seen(monkeypatch, home, SECRETARY)
    page.text_input(key="remark-all").input("停电")
    press(page, "报送2024年1月")
    page = seen(monkeypatch, home, OFFICIAL)
    assert "停电" in text(page)
    press(page, "审核通过")
    assert standing(home).status == "accepted"

    page = seen(monkeypatch, home, OFFICIAL)
    press(page, "定稿")
    assert any("尚未审核通过：乙" in one.value for one in page.error)
    finalised(home, without={"b": "电脑坏了"}, formats=())
    page = seen(monkeypatch, home, OFFICIAL)
    assert "目前没有差异" in text(page)
    assert "乙（电脑坏了）" in text(page)

    batch = bring(home, "a", "2024-01", [1, 2, 3, 4])
    assert batch is not None
    reasons.note(home, "import", batch, reasons.parse("correction:重抄"), "secretary")
    page = seen(monkeypatch, home, SECRETARY, "community", period="2024-01")
    assert 'class="lt-revised"' in html(page)
    page = seen(monkeypatch, home, OFFICIAL, "revisions", metric="volunteer_hours", place="a")
    told = text(page)
    assert "6小时" in told
    assert "10小时" in told
    assert "更正" in told
    assert "以上按月、季度和年统计" in told
    assert f"批次{batch}导入 · 重抄" in told

    page = seen(monkeypatch, home, OFFICIAL, "volunteering", period="2024-01")
    traces = [trace for figure in figures(page) for trace in figure["data"]]
    (line,) = [trace for trace in traces if trace.get("name") == "甲" and "line" in trace]
    at = line["x"].index("2024-01")
    assert line["text"][at] == "≠"
    assert "已修订" in line["customdata"][at]
    assert line["meta"]["rows"][at]["of"] == "2024-01"
    assert ["已修订" in alt for alt, _figure in drawings(page)] == [True, False]
    for place in ("district", "a"):  # beside its number; the table of all metrics is folded
        assert f"metric=volunteer_hours&amp;place={place}&amp;of=2024-01" in html(page)

    page = seen(monkeypatch, home, VIEWER, "revisions")  # not who changed what in a community
    assert "重抄" not in text(page)
    assert "secretary" not in text(page)


@pytest.mark.parametrize("person", [SECRETARY, VIEWER], ids=lambda one: one.role)
def test_who_may_not_accept_is_not_offered_to(
    monkeypatch: pytest.MonkeyPatch, home: Path, person: Person
) -> None:
    page = seen(monkeypatch, home, person, month="2024-02", community="b")
    assert not {"审核通过", "退回", "定稿"} & labels(page)
    assert ("报送2024年2月" in labels(page)) == (person is SECRETARY)
    assert "乙2024年2月报送内容" not in text(page)
    if person is VIEWER:
        assert "报送内容" not in text(page)


def test_a_subdistrict_accepts_first_where_settings_say(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = edition_home(tmp_path / "home")
    change.enter(home, settings.COMMUNITY, "a", {"subdistrict": "许庄街道"}, "official")
    page = seen(monkeypatch, home, OFFICIAL, "settings", part="reported")
    page.checkbox[0].check()
    press(page, "保存")
    step(home, "submit")

    page = seen(monkeypatch, home, OFFICIAL)
    assert "待所属街道审核" in text(page)
    assert "代街道审核通过" in labels(page)
    page = seen(monkeypatch, home, SUBDISTRICT)
    assert not {"报送2024年1月", "定稿", "撤回"} & labels(page)
    press(page, "审核通过")
    now = standing(home)
    assert (now.status, now.act, now.by) == ("submitted", "accept_first", SUBDISTRICT.account)
    page = seen(monkeypatch, home, SUBDISTRICT)
    assert "审核通过" not in labels(page)
    assert "撤回" not in labels(seen(monkeypatch, home, SECRETARY))
    press(seen(monkeypatch, home, OFFICIAL), "审核通过")
    assert standing(home).status == "accepted"
    assert "退回" not in labels(seen(monkeypatch, home, SUBDISTRICT))
    assert "退回" in labels(seen(monkeypatch, home, OFFICIAL))

    page = seen(monkeypatch, home, SUBDISTRICT, community="b")
    assert "乙2024年1月报送内容" not in text(page)
