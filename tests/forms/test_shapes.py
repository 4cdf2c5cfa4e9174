"""Where names stand: several header rows, gaps, merges, panels, chapters; what is left alone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from forms import form_kit, own_forms

from lingti.forms import filling
from lingti.forms.reading import row_kinds


def asked(
    home: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), **wish: Any
) -> dict[str, tuple[str, str, str] | str]:
    """Cell → metric, period and place or member of what is filled; else its code."""
    done = form_kit.fill(home, own_forms.book(("Sheet1", rows, merged)), **wish)
    found: dict[str, tuple[str, str, str] | str] = {}
    for one in done.outcomes:
        asks = one.reading
        is_filled = one.filled and asks.period is not None
        found[one.slot.address] = (
            (asks.metric, asks.period.id, asks.member or asks.place) if is_filled else one.code
        )
    return found


def test_a_header_of_two_rows_with_gaps(sample_home: Path) -> None:
    rows = [
        ["2024年6月各社区工作情况表", "", "", "", ""],
        ["序号", "社区", "志愿服务", "", "诉求件数"],
        ["", "", "参与人数", "服务时长", ""],
        ["1", "古桥社区", None, None, None],
    ]
    assert asked(sample_home, rows, ["A1:E1"]) == {
        "C4": ("active_volunteers", "2024-06", "guqiao"),
        "D4": ("volunteer_hours", "2024-06", "guqiao"),
        "E4": ("concerns_raised", "2024-06", "guqiao"),
    }


def test_parts_of_a_column_are_not_overlooked(sample_home: Path) -> None:
    rows = [
        ["古桥社区工作情况表（2024年7月）", "", "", ""],
        ["指标", "本月", "", "上月"],
        ["", "数量", "环比%", ""],
        ["诉求提出件数（件）", None, None, None],
    ]
    done = form_kit.fill(sample_home, own_forms.book(("Sheet1", rows, ["A1:D1", "B2:C2"])))
    changes = {one.slot.address: one.reading.change for one in done.outcomes if one.filled}
    assert changes == {"B4": "", "C4": "mom", "D4": ""}


def test_a_row_that_numbers_the_columns_is_no_name(sample_home: Path) -> None:
    rows = [
        ["古桥社区2024年6月工作情况表", "", "", ""],
        ["指标名称", "计量单位", "代码", "本月"],
        ["甲", "乙", "丙", "1"],
        ["志愿服务时长", "小时", "01", None],
        ["诉求提出件数", "件", "02", None],
    ]
    assert asked(sample_home, rows, ["A1:D1"]) == {
        "D4": ("volunteer_hours", "2024-06", "guqiao"),
        "D5": ("concerns_raised", "2024-06", "guqiao"),
    }


def test_periods_down(sample_home: Path) -> None:
    rows = [
        ["古桥社区民情诉求统计表", "", ""],
        ["时间", "受理件数", "备注"],
        ["2024年4月", None, None],
        ["2024年二季度", None, None],
        ["2023年6月", None, None],
    ]
    assert asked(sample_home, rows, ["A1:C1"]) == {
        "B3": ("concerns_raised", "2024-04", "guqiao"),
        "C3": "remark",
        "B4": ("concerns_raised", "2024-Q2", "guqiao"),
        "C4": "remark",
        "B5": "not_run",
        "C5": "remark",
    }


def test_a_cell_of_several_rows_is_of_none_of_them(sample_home: Path) -> None:
    rows = [
        ["古桥社区2024年6月诉求统计表", ""],
        ["类别", "件数"],
        ["停车秩序", None],
        ["设施维修", ""],
    ]
    assert asked(sample_home, rows, ["A1:B1", "B3:B4"]) == {"B3": "ambiguous"}


def test_statements_titles_and_subdistricts(sample_home: Path) -> None:
    rows = [
        ["社区工作统计表", "", ""],
        ["（2024年6月）", "", ""],
        ["填报单位：许庄街道", "", "单位：件"],
        ["街道", "社区", "诉求提出件数"],
        ["许庄街道", "古桥社区", None],
        ["", "滨湖社区", None],
    ]
    assert asked(sample_home, rows, ["A1:C1", "A2:C2", "A3:B3", "A5:A6"]) == {
        "C5": ("concerns_raised", "2024-06", "guqiao"),
        "C6": "not_run",
    }


def test_a_stock_as_of_a_day_and_a_flow_that_does_not_say_since_when(sample_home: Path) -> None:
    rows = [
        ["古桥社区诉求统计表（截至2024年6月15日）", ""],
        ["项目", "数量"],
        ["未办结诉求件数", None],
        ["诉求件数", None],
    ]
    assert asked(sample_home, rows, ["A1:B1"]) == {
        "B3": ("concerns_open", "2024-01-01/2024-06-15", "guqiao"),
        "B4": "ambiguous",
    }


def test_a_share_whose_cell_shows_per_cent_is_a_fraction(sample_home: Path) -> None:
    rows = [["古桥社区2024年6月诉求统计表", ""], ["项目", "数量"], ["诉求按期办结率", None]]
    form = own_forms.book(("Sheet1", rows, ["A1:B1"]))
    (asked_for,) = form_kit.fill(sample_home, form).outcomes
    assert (asked_for.filled, asked_for.reading.doubts) == (False, ("percent",))
    percent = own_forms.book(("Sheet1", rows, ["A1:B1"]), number_format="0.0%")
    (filled,) = form_kit.fill(sample_home, percent).outcomes
    assert filled.filled
    assert filled.value == float(f"{filled.number.raw:.12g}")


def test_other_is_all_else_only_where_all_else_stands_there(sample_home: Path) -> None:
    members = ("扶老助老", "青少年服务", "民情走访")
    rows = [["古桥社区2024年6月志愿服务情况表", ""], ["类别", "服务时长（小时）"]]
    rows += [[name, None] for name in (*members, "其他")]
    found = asked(sample_home, rows, ["A1:B1"])
    assert found["B6"] == "no_measure"  # the community has no member of that name


def test_blanks_within_cells(sample_home: Path) -> None:
    rows = [
        ["古桥社区2024年6月工作情况表", ""],
        ["志愿服务", "本月开展志愿服务____小时，参与志愿者____人，其中党员志愿者____人。"],
        ["填表人：____", ""],
    ]
    book = form_kit.fill(sample_home, own_forms.book(("Sheet1", rows, ["A1:B1"])))
    text = form_kit.contents(filling.data_of(book), "xlsx")["Sheet1!B2"]
    assert text == "本月开展志愿服务656小时，参与志愿者66人，其中党员志愿者____人。"
    document = own_forms.document("古桥社区2024年6月工作情况表", (rows[1:], []))
    done = form_kit.fill(sample_home, document)
    assert form_kit.contents(filling.data_of(done), "docx")["-!T1R1C2"] == text
    codes = {one.slot.address: one.code for one in done.outcomes if one.slot.blank}
    assert list(codes.values()) == ["", "", "no_measure", "signature"]


def test_what_stands_beside_a_sentence_may_restrict_it(sample_home: Path) -> None:
    rows = [
        ["古桥社区2024年6月工作情况表", ""],
        ["党员先锋", "本月开展志愿服务____小时。"],
    ]
    assert asked(sample_home, rows, ["A1:B1"]) == {"B2B1": "ambiguous"}


def test_what_was_done_is_about_the_row_before_it_alone(sample_home: Path) -> None:
    names = ("诉求件数（件）", "办结件数（件）", "12345热线受理件数（件）", "办结件数（件）")
    rows = [
        ["古桥社区2024年6月工作情况月报表", ""],
        ["项目", "数量"],
        *([one, None] for one in names),
    ]
    assert asked(sample_home, rows, ["A1:B1"]) == {
        "B3": ("concerns_raised", "2024-06", "guqiao"),
        "B4": ("concerns_resolved", "2024-06", "guqiao"),
        "B5": "no_measure",
        "B6": "ambiguous",
    }


def test_a_stock_of_this_month_may_be_what_came_in_it(sample_home: Path) -> None:
    rows = [
        ["古桥社区2024年6月联盟商家情况表", "", ""],
        ["项目", "本月", "备注"],
        ["本月签约商家（家）", None, None],
        ["签约商家（家）", None, None],
    ]
    assert asked(sample_home, rows, ["A1:C1"]) == {
        "B3": "ambiguous",
        "C3": "remark",
        "B4": ("partners_active", "2024-06", "guqiao"),
        "C4": "remark",
    }


def test_a_sheet_that_names_its_month_is_of_that_month_whatever_is_said_besides(
    sample_home: Path,
) -> None:
    rows = [["古桥社区诉求情况表", ""], ["指标", "数量"], ["诉求受理（件）", None]]
    form = own_forms.book(*((name, rows, ["A1:B1"]) for name in ("5月", "6月")))
    done = form_kit.fill(sample_home, form, period=filling.period_of("2024-06"))
    periods = [one.reading.period.id for one in done.outcomes if one.reading.period]
    assert periods == ["2024-05", "2024-06"]


def test_a_period_of_another_year_than_the_title_is_refused(sample_home: Path) -> None:
    rows = [["古桥社区2024年工作月报表", ""], ["指标", "本月"], ["诉求受理（件）", None]]
    form = own_forms.book(("Sheet1", rows, ["A1:B1"]))
    with pytest.raises(form_kit.FormError) as refused:
        form_kit.fill(sample_home, form, period=filling.period_of("2023-06"))
    assert refused.value.code == "other_period"


def test_a_table_within_a_cell_is_of_whom_and_what_stands_beside_its_cell(
    sample_home: Path,
) -> None:
    made = docx.Document()
    made.add_paragraph("各社区工作情况统计表")
    made.add_paragraph("统计月份：2024年6月")
    outer = made.add_table(3, 2)
    for row, name in enumerate(("社区", "古桥社区", "滨湖社区")):
        outer.cell(row, 0).text = name
    outer.cell(0, 1).text = "填报内容"
    for row in (1, 2):
        inner = outer.cell(row, 1).add_table(3, 2)
        for line, name in enumerate(("志愿服务时长（小时）", "诉求受理（件）", "注册志愿者（人）")):
            inner.cell(line, 0).text = name
    out = io.BytesIO()
    made.save(out)
    done = form_kit.fill(sample_home, out.getvalue())
    found = form_kit.contents(filling.data_of(done), "docx")
    filled = {one.key for one in done.outcomes if one.filled}
    hours = [one.number.raw for one in done.outcomes if one.slot.address.endswith("T1R1C2")]
    assert {key: found[key] for key in filled} == {
        "-!T1R2C2T1R1C2": f"{hours[0]:g}",
        "-!T1R2C2T1R2C2": found["-!T1R2C2T1R2C2"],
        "-!T1R3C2T1R1C2": f"{hours[1]:g}",
    }
    places = {one.key: one.reading.place for one in done.outcomes}
    assert places["-!T1R2C2T1R2C2"] == "guqiao"
    codes = {one.slot.address: one.code for one in done.outcomes if not one.filled}
    assert codes == {
        "T1R2C2T1R3C2": "no_measure",
        "T1R3C2T1R2C2": "not_run",
        "T1R3C2T1R3C2": "no_measure",
    }


def test_a_form_within_a_frame_has_the_title_and_statements_of_the_frame(sample_home: Path) -> None:
    made = docx.Document()
    frame = made.add_table(3, 1)
    frame.cell(0, 0).text = "社区诉求办理情况统计表"
    frame.cell(1, 0).text = "填报单位：古桥社区    2024年6月"
    inner = frame.cell(2, 0).add_table(2, 3)
    for column, name in enumerate(("受理（件）", "办结（件）", "党员参与办理（件）")):
        inner.cell(0, column).text = name
    out = io.BytesIO()
    made.save(out)
    done = form_kit.fill(sample_home, out.getvalue())
    assert [
        (one.slot.address, one.reading.metric, one.reading.place, one.filled)
        for one in done.outcomes
    ] == [
        ("T1R3C1T1R2C1", "concerns_raised", "guqiao", True),
        ("T1R3C1T1R2C2", "concerns_resolved", "guqiao", True),
        ("T1R3C1T1R2C3", "", "guqiao", False),
    ]


def test_underlined_spaces_are_blanks_and_underlined_words_are_not(sample_home: Path) -> None:
    made = docx.Document()
    made.add_paragraph("2024年6月工作情况统计表")
    for text, lined in (("填报单位：", "  古桥社区  "), ("本月开展志愿服务", "     ")):
        paragraph = made.add_paragraph(text)
        paragraph.add_run(lined).underline = True
    paragraph.add_run("小时，签约商家（   ）家。")
    out = io.BytesIO()
    made.save(out)
    data = filling.data_of(form_kit.fill(sample_home, out.getvalue()))
    lines = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    assert lines[1:] == ["填报单位：  古桥社区  ", "本月开展志愿服务656小时，签约商家（32）家。"]


def test_the_first_three_quarters_are_not_the_third(sample_home: Path) -> None:
    form = own_forms.document(
        "古桥社区2024年工作小结",
        "前三季度，我社区共收到居民诉求____件，办结____件。前6个月，收到诉求____件。",
    )
    done = form_kit.fill(sample_home, form)
    found = [
        one.reading.period.id if one.filled and one.reading.period else one.code
        for one in done.outcomes
    ]
    assert found == ["2024-01-01/2024-09-30", "2024-01-01/2024-09-30", "ambiguous"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("填报单位：古桥社区    2024年6月", [("填报单位", "古桥社区"), ("报告期", "2024年6月")]),
        ("填 报 单 位：古桥社区 2024年6月", [("填报单位", "古桥社区"), ("报告期", "2024年6月")]),
        (
            "填报单位：太白湖新区 古桥社区  单位：件",
            [("填报单位", "太白湖新区古桥社区"), ("单位", "件")],
        ),
        ("统计月份：2024年 6月  填表人：张三", [("统计月份", "2024年6月")]),
        ("街道党工委：", []),
    ],
)
def test_a_line_may_say_several_things(line: str, said: list[tuple[str, str]]) -> None:
    assert row_kinds.statements_in(line) == said
