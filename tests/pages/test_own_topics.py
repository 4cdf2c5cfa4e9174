"""The pages of topics of one's own: what they refuse, and what then is everywhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from half_set_up_kit import BY, empty, named
from own_kit import DELIVERED, MEALS, ROWS, SERVED, made, sent
from page_kit import opened, text
from streamlit.testing.v1 import AppTest

from lingti import catalog, entries, warehouse
from lingti.catalog import own, packs
from lingti.district.typed_lists import Typed
from lingti.judging import publication

PASTED = "\n".join(
    "\t".join(row)
    for row in (
        ["序号", "称重日期", "小区", "垃圾类别", "重量（公斤）", "备注"],
        ["1", "2026-03-02", "一区", "厨余", "12.5", ""],
        ["2", "2026-03-09", "二区", "可回收", "30", "晚收"],
    )
)
OWN = {"part": "own"}


def by_label(page: AppTest, kind: str, label: str, nth: int = 0) -> object:
    return [one for one in page.get(kind) if one.label == label][nth]


def button(page: AppTest, label: str, nth: int = 0) -> AppTest:
    by_label(page, "button", label, nth).click()  # type: ignore[attr-defined]  # of a button
    page.run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def written(page: AppTest, label: str, said: str, nth: int = 0) -> AppTest:
    by_label(page, "text_input", label, nth).set_value(said)  # type: ignore[attr-defined]
    page.run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def errors(page: AppTest) -> str:
    return " ".join(one.value for one in page.error)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def new_table(monkeypatch: pytest.MonkeyPatch, home: Path, pasted: str = PASTED) -> AppTest:
    page = button(opened(monkeypatch, home, "settings", **OWN), "新建台账")
    page.text_area[0].set_value(pasted).run()
    assert not page.exception, page.exception[0].stack_trace
    return written(page, "台账名称", "厨余称重")


def test_a_table_is_made_of_rows_that_are_pasted(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    named(home, Typed("望江社区", "", 1000, 400))
    page = new_table(monkeypatch, home)
    ticked = {one.label: one.value for one in page.checkbox}
    assert ticked == {
        "序号": False,
        "称重日期": True,
        "小区": True,
        "垃圾类别": True,
        "重量（公斤）": True,
        "备注": False,
    }
    page = button(page, "保存台账")
    assert "请写明一行是什么" in errors(page)
    page = button(written(page, "一行是什么？", "一袋垃圾"), "保存台账")
    (table,) = own.tables(home).values()
    assert (table.title, table.topic) == ("厨余称重", "厨余称重")
    assert [(one.name, one.kind, one.unit, one.required) for one in table.columns] == [
        ("day", "day", "", False),
        ("小区", "place", "", False),
        ("垃圾类别", "category", "", False),
        ("重量_公斤", "number", "公斤", True),
    ]
    assert "厨余称重" in " ".join(one.value for one in page.markdown)


def test_a_number_with_texts_no_day_and_a_title_twice_are_refused(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    made(home)
    page = written(new_table(monkeypatch, home), "一行是什么？", "一袋垃圾")
    next(one for one in page.selectbox if one.key.endswith("-3") and "kind" in one.key).select(
        "number"
    ).run()
    assert "“垃圾类别”应为数字，而这些单元格不是：“厨余”、“可回收”" in errors(
        button(page, "保存台账")
    )
    next(one for one in page.selectbox if one.key.endswith("-3") and "kind" in one.key).select(
        "category"
    ).run()
    next(one for one in page.checkbox if one.label == "称重日期").uncheck().run()
    assert "没有日期就无法按月统计" in errors(button(page, "保存台账"))
    next(one for one in page.checkbox if one.label == "称重日期").check().run()
    page = written(page, "名称", "小区", 3)
    assert "有两列都叫“小区”" in errors(button(page, "保存台账"))
    page = written(page, "台账名称", MEALS.title)
    assert "已有台账“助餐登记”" in errors(button(page, "保存台账"))
    assert list(own.tables(home)) == [MEALS.name]


def test_a_metric_of_nothing_or_with_a_name_there_is_is_refused(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    made(home, SERVED)
    sent(home)
    page = button(opened(monkeypatch, home, "settings", **OWN), "新建指标")
    assert "50.5" not in text(page)  # without decimals
    page = button(written(page, "指标名称", ""), "保存指标")
    assert "请写上指标名称" in errors(page)
    page = button(written(page, "指标名称", "供餐份数"), "保存指标")
    assert "已有指标“供餐份数”" in errors(page)
    page = button(written(page, "指标名称", "供餐数量"), "保存指标")
    assert "“供餐数量”已用于指标“供餐份数”" in errors(page)
    by_label(page, "selectbox", "计入哪些行").select("就餐方式").run()  # type: ignore[attr-defined]
    page = button(written(page, "指标名称", "上门份数"), "保存指标")
    assert "请选择“就餐方式”中哪些计入" in errors(page)
    assert list(own.metrics(home)) == [SERVED.name]


def test_a_metric_is_shown_before_it_is_kept_and_then_has_its_page(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    made(home)
    sent(home)
    page = button(opened(monkeypatch, home, "settings", **OWN), "新建指标")
    by_label(page, "selectbox", "小数位数").select(1).run()  # type: ignore[attr-defined]
    assert "50.5" in text(page)
    assert "-- value: sum(份数)" in " ".join(one.value for one in page.code)
    page = button(written(page, "指标名称", "供餐份数"), "保存指标")
    assert own.metrics(home)["own_供餐份数"].dimensions == ("助餐点", "就餐方式")
    page = opened(monkeypatch, home, "topic", topic="养老服务")
    assert not page.exception, page.exception[0].stack_trace
    assert "供餐份数50.5份" in text(page).replace(" ", "")
    number = {"metric": "own_供餐份数", "place": "district", "of": "2026"}
    rows = opened(monkeypatch, home, "rows", back="topic", **number)
    (back,) = [link for link in rows.get("page_link") if "返回" in link.proto.label]
    assert (back.proto.label, back.proto.page) == ("返回“养老服务”", "topic")
    assert "topic=" in back.proto.query_string
    for name in ("", "community", "explore", "targets", "definitions", "reporting", "present"):
        page = opened(monkeypatch, home, name)
        assert not page.exception, (name, page.exception[0].stack_trace)
        assert "topic?topic=" in "".join(str(block.proto.body) for block in page.get("html")), name


def test_a_column_in_use_is_not_retired(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    made(home, SERVED)
    sent(home)
    page = button(opened(monkeypatch, home, "settings", **OWN), "列")
    next(one for one in page.checkbox if one.label.startswith("助餐点")).uncheck().run()
    assert "“助餐点”正被指标“供餐份数”使用" in errors(button(page, "保存"))
    next(one for one in page.checkbox if one.label.startswith("助餐点")).check().run()
    page = written(page, "名称", "份数")
    assert "有两列都叫“份数”" in errors(button(page, "保存"))
    button(written(page, "名称", "送餐员"), "保存")
    assert own.tables(home)[MEALS.name].column("送餐员") is not None


def test_what_it_counts_is_changed_with_a_day_and_a_word(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    made(home, SERVED, DELIVERED)
    sent(home)
    page = button(opened(monkeypatch, home, "settings", **OWN), "修改")
    by_label(page, "selectbox", "统计什么").select("rows").run()  # type: ignore[attr-defined]
    assert "请写明改了什么" in errors(button(page, "保存指标"))
    page = button(written(page, "改了什么（一句话）", "改按次数统计"), "保存指标")
    now = own.metrics(home)[SERVED.name]
    assert (now.version, now.changes[0][2]) == (2, "改按次数统计")
    past = opened(monkeypatch, home, "settings", part="past")
    assert "供餐份数，第2版" in " ".join(one.value for one in past.caption)
    button(past, "撤回")
    assert own.metrics(home)[SERVED.name] == SERVED


def test_nothing_fails_where_nothing_is_set_up(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    empty(home)
    for doing in ("", "new_table", "metric:own_none", "columns:own_none"):
        page = opened(monkeypatch, home, "settings", do=doing, **OWN)
        assert not page.exception, (doing, page.exception[0].stack_trace)
    named(home, Typed("望江社区"))
    own.enter_table(home, MEALS, BY)
    page = button(opened(monkeypatch, home, "settings", **OWN), "新建指标")
    assert "尚未导入" in text(page)
    button(written(page, "指标名称", "供餐份数"), "保存指标")
    page = opened(monkeypatch, home, "topic", topic="养老服务")
    assert not page.exception, page.exception[0].stack_trace
    page = opened(monkeypatch, home, "topic", topic="没有的")
    assert not page.exception, page.exception[0].stack_trace


def test_every_pack_is_taken_and_given_back_by_clicking(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    named(home, Typed("望江社区", "", 1000, 400))
    page = opened(monkeypatch, home, "settings", part="packs")
    for _pack in packs.known():
        page = button(page, "启用")
    assert set(packs.states(home).values()) == {"taken"}
    assert len(page.get("download_button")) == len(packs.known())
    groups = catalog.own_groups(catalog.of(home))
    assert len(groups) == len(packs.known())
    for group in groups:
        there = opened(monkeypatch, home, "topic", topic=group)
        assert not there.exception, (group, there.exception[0].stack_trace)
    for _pack in packs.known():
        page = button(page, "停用")
    assert packs.states(home) == {}
    assert catalog.of(home) == catalog.program()
    made_and_undone = opened(monkeypatch, home, "settings", part="past")
    button(made_and_undone, "撤回")
    assert list(packs.states(home).values()) == ["taken"]


def test_a_pack_with_rows_is_archived_and_taken_again(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    named(home, Typed("望江社区", "", 1000, 400))
    packs.take(home, "meals", BY)
    head = ["就餐日期", "助餐点", "助餐份数"]
    assert sent(home, [["2026-03-02", "一号点", "40"]], head=head)["accepted"] == 1
    page = button(opened(monkeypatch, home, "settings", part="packs"), "归档")
    assert packs.states(home) == {"meals": "archived"}
    assert "pack_meals_served" in catalog.of(home).tables
    assert "pack_meals_meals" not in catalog.of(home).metrics
    button(page, "重新启用")
    there = opened(monkeypatch, home, "topic", topic="养老助餐 | Meals for the elderly")
    assert "40份" in text(there).replace(" ", "")


def test_a_table_that_is_gone_leaves_no_source_that_fails(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    made(home)
    feed = {"table": MEALS.name, "columns": {"day": "就餐日期", "份数": "份数"}}
    learned = {
        "community": "望江",
        "title": {"zh": "助餐", "en": "助餐"},
        "replaces": "days",
        "feed": [feed],
    }
    entries.add(home, "source", "望江_助餐", learned, BY)
    page = opened(monkeypatch, home, "settings", **OWN)
    button(page, "移除")
    assert own.tables(home) == {}
    for name in ("import_data", "data", "reporting", "settings"):
        page = opened(monkeypatch, home, name)
        assert not page.exception, (name, page.exception[0].stack_trace)


def test_readers_do_not_see_small_numbers_of_people_of_ones_own(home: Path) -> None:
    few = replace(SERVED, people="attendance")
    made(home, few)
    sent(home, [*ROWS, ["2026-03-10", "一号点", "外带", "2"]])
    publication.rebuild(home)
    told = warehouse.current(home).rows(
        "select state from published_values where metric = $metric and community = '望江'"
        " and grain = 'month' and member = '外带'",
        metric=few.name,
    )
    assert told == [{"state": "withheld"}]
