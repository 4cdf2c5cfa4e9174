"""Names that look like a metric of ours and are another number stay blank, whatever the title."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from forms import form_kit, own_forms

from lingti.forms.filling import Outcome
from lingti.forms.understanding import words
from lingti.forms.understanding.cells import SURE

TERMS = (Path(__file__).parent / "look_alikes.txt").read_text("utf-8").splitlines()
TITLES = (
    "社区工作情况月报表",
    "志愿服务情况统计表",
    "民情诉求办理情况统计表",
    "联盟商家情况登记表",
    "就业和技能培训情况统计表",
    "积分兑换情况统计表",
    "社区活动开展情况统计表",
    "公益岗服务情况统计表",
    "入户走访情况统计表",
)
# Names that some titles make likely, and none makes sure.
MORE = (Path(__file__).parent / "look_alikes_in_titles.txt").read_text("utf-8").splitlines()
MORE_TITLES = (
    "供需对接工作统计表",
    "商家联盟工作统计表",
    "居民诉求办理情况统计表",
    "技能培训情况统计表",
    "入户走访工作统计表",
    "参与志愿服务情况表",
    "积分兑换情况统计表",
    "三方议事会情况统计表",
)


HERE = Path(__file__).parent
_MONTH = "古桥社区2024年6月"
# How a heading stands over a name: its rows and merges.
HEADED: dict[str, Callable[[str, str], tuple[list[list[str | None]], list[str]]]] = {
    "beside": lambda heading, name: (
        [
            [f"{_MONTH}工作情况统计表", "", ""],
            ["类别", "指标", "数值"],
            [heading, name, None],
            ["", "取得金额（元）", None],
        ],
        ["A1:C1", "A3:A4"],
    ),
    "chapter": lambda heading, name: (
        [
            [f"{_MONTH}工作情况统计表", ""],
            ["指标", "数值"],
            [f"一、{heading}", ""],
            [name, None],
            ["补贴金额（元）", None],
        ],
        ["A1:B1", "A3:B3"],
    ),
    "title": lambda heading, name: (
        [
            [f"{_MONTH}{heading}统计表", ""],
            ["指标", "数值"],
            [name, None],
            ["补贴金额（元）", None],
        ],
        ["A1:B1"],
    ),
    "over": lambda heading, name: (
        [
            ["2024年6月各社区工作情况统计表", "", ""],
            ["社区", heading, ""],
            ["", name, "补贴金额（元）"],
            ["古桥社区", None, None],
        ],
        ["A1:C1", "B2:C2", "A2:A3"],
    ),
}


def is_sure(one: Outcome) -> bool:
    """Whether a slot asks for a number without a doubt."""
    return one.reading.sureness == SURE


def test_there_are_enough_of_them() -> None:
    assert len(set(TERMS)) >= 60


@pytest.mark.parametrize("title", TITLES)
def test_look_alikes_stay_blank(sample_home: Path, title: str) -> None:
    rows = [[f"古桥社区2024年6月{title}", ""], ["项目", "数量"], *([term, None] for term in TERMS)]
    done = form_kit.fill(sample_home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    assert len(done.outcomes) == len(TERMS)
    assert [one.slot.rows for one in done.outcomes if one.filled] == []
    # Nor are they shown for a yes: one click too many would be a wrong number.
    assert [one.slot.rows for one in done.outcomes if one.reading.metric] == []
    assert all(one.code for one in done.outcomes)


def test_what_a_title_makes_likely_is_not_filled(sample_home: Path) -> None:
    sheets = [
        (
            f"表{number}",
            [[f"古桥社区2024年6月{title}", ""], ["项目", "数量"], *([term, None] for term in MORE)],
            ["A1:B1"],
        )
        for number, title in enumerate(MORE_TITLES, 1)
    ]
    done = form_kit.fill(sample_home, own_forms.book(*sheets))
    assert len(done.outcomes) == len(MORE) * len(MORE_TITLES)
    assert [(one.slot.titles, one.slot.rows) for one in done.outcomes if one.filled] == []


def test_names_as_offices_write_them_are_understood(sample_home: Path) -> None:
    lines = [line.split("|") for line in (HERE / "names.txt").read_text("utf-8").splitlines()]
    asked = {name: metric for metric, *names in lines for name in names}
    title = "古桥社区2024年6月工作情况月报表"
    rows = [[title, ""], ["项目", "数量"], *([name, None] for name in asked)]
    done = form_kit.fill(sample_home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    sure = {one.slot.rows[-1]: one.reading.metric for one in done.outcomes if is_sure(one)}
    assert sure == asked


@pytest.mark.parametrize("shape", HEADED)
def test_headings_say_nothing_new_or_restrict(sample_home: Path, shape: str) -> None:
    """A name below `+` headings is what it is alone, and below `-` ones another number."""
    told, asked = {}, {}
    for line in (HERE / "headings.txt").read_text("utf-8").splitlines():
        metric, name, *headings = line[1:].split("|")
        sheets = [
            (f"表{number}", *HEADED[shape](heading.split("、")[-1], name))
            for number, heading in enumerate(headings)
        ]
        done = form_kit.fill(sample_home, own_forms.book(*sheets))
        for one in done.outcomes:
            if name in (*one.slot.rows, *one.slot.columns):
                heading = headings[int(one.slot.sheet[1:])]
                asked[metric, heading] = line[0] == "+"
                told[metric, heading] = is_sure(one)
    assert told == asked


def test_titles_say_who_asks_or_restrict(sample_home: Path) -> None:
    """A name under `+` titles is what it is alone, and under `-` ones another number."""
    told, asked = {}, {}
    for line in (HERE / "titles.txt").read_text("utf-8").splitlines():
        metric, name, *titles = line[1:].split("|")
        sheets = [
            (f"表{number}", *HEADED["title"](title, name)) for number, title in enumerate(titles)
        ]
        done = form_kit.fill(sample_home, own_forms.book(*sheets))
        for one in done.outcomes:
            if name in one.slot.rows:
                title = titles[int(one.slot.sheet[1:])]
                asked[metric, title] = line[0] == "+"
                told[metric, title] = is_sure(one)
    assert told == asked


def test_a_word_that_restricts_is_never_taken_for_words_that_do_not() -> None:
    """Whatever stands around it in a title or heading: 社会|组织, 基层|单位."""
    every = words.lexicon().never_parts
    around = ("{}志愿服务情况统计表", "居民诉求{}办理月报", "志愿服务{}")
    unseen = [
        form.format(word)
        for word in every
        for form in around
        if not words.named(form.format(word), title=True).left
    ]
    assert len(every) > 500
    assert unseen == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("党员志愿服务情况统计表", "志愿服务时长（小时）"),
        ("志愿者积分兑换情况表", "兑换次数（次）"),
        ("志愿服务活动情况统计表", "举办活动（场）"),
        ("12345热线办理情况统计表", "办结件数（件）"),
        ("公益岗志愿服务情况统计表", "志愿服务时长（小时）"),
        ("志愿服务情况统计表（党员）", "志愿服务时长（小时）"),
        ("志愿服务情况统计表（银龄）", "志愿服务时长（小时）"),
        ("志愿服务银龄专场情况表", "志愿服务时长（小时）"),
        ("居民诉求（物业类）办理情况统计表", "受理诉求（件）"),
        ("诉求转办情况统计表", "受理诉求（件）"),
        ("接诉即办情况统计表", "受理诉求（件）"),
    ],
)
def test_a_title_that_restricts_is_not_overlooked(sample_home: Path, title: str, name: str) -> None:
    rows = [[f"古桥社区2024年6月{title}", ""], ["项目", "数量"], [name, None]]
    done = form_kit.fill(sample_home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    assert [one.filled for one in done.outcomes] == [False]


@pytest.mark.parametrize("note", ["注：仅统计党员。", "说明：不含线上服务。"])
def test_a_note_that_restricts_is_not_overlooked(sample_home: Path, note: str) -> None:
    rows = [
        ["古桥社区2024年6月工作情况月报表", ""],
        ["项目", "数量"],
        ["志愿服务时长（小时）", None],
        [note, ""],
    ]
    done = form_kit.fill(sample_home, own_forms.book(("Sheet1", rows, ["A1:B1", "A4:B4"])))
    assert [(one.filled, one.reading.sureness) for one in done.outcomes] == [(False, "likely")]
