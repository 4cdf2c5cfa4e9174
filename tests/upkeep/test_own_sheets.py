"""Topics of one's own in the workbook of settings: out and in, into another district, wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from half_set_up_kit import BY, named
from own_kit import DELIVERED, MEALS, SERVED, made, sent
from xlsxwriter.utility import xl_cell_to_rowcol

from lingti import catalog, entries
from lingti.catalog import own, packs
from lingti.district import change, journal
from lingti.district.model import Target
from lingti.district.typed_lists import Typed
from lingti.upkeep import settings_book, settings_changes

NOW = SERVED.changed(
    replace(SERVED, amount=own.Amount("sum", "份数", "就餐方式", ("堂食",))),
    date(2026, 4, 1),
    "只计堂食",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    made(home, SERVED, DELIVERED)
    own.enter_metric(home, NOW, BY)
    packs.take(home, "waste", BY)
    day = date(2026, 3, 1)
    change.expectation(home, "望江", MEALS.name, day, "month", BY)
    journal.set_target(home, Target("望江", SERVED.name, "2026-03", 60.0), BY)
    return home


def changed(data: bytes, *cells: tuple[str, str, object]) -> bytes:
    """The workbook with other cells."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as new:
        for name in book.sheet_names:
            lines = book.get_sheet_by_name(name).to_python()
            for sheet, cell, value in cells:
                row, column = xl_cell_to_rowcol(cell)
                if sheet == name:
                    lines[row][column] = value
            made_of = new.add_worksheet(name)
            for number, line in enumerate(lines):
                made_of.write_row(number, 0, [None if one == "" else one for one in line])
    return out.getvalue()


def test_out_and_in_again_changes_nothing(home: Path) -> None:
    before = entries.last_number(home)
    told, problems = settings_changes.compare(home, settings_book.write(home))
    assert (told, problems) == ([], [])
    settings_changes.take(home, told, BY)
    assert entries.last_number(home) == before


def test_another_district_gets_all_of_it(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    named(other, Typed("望江社区", "", 1000, 400), Typed("临河社区", "", 2000, 800))
    told, problems = settings_changes.compare(other, settings_book.write(home))
    assert problems == []
    settings_changes.take(other, told, BY)
    assert own.tables(other) == own.tables(home)
    assert own.metrics(other) == own.metrics(home) == {SERVED.name: NOW, DELIVERED.name: DELIVERED}
    assert packs.states(other) == {"waste": "taken"}
    assert catalog.of(other) == catalog.of(home)
    assert settings_changes.compare(other, settings_book.write(home)) == ([], [])


def test_a_row_changed_changes_the_entry_it_is_of(home: Path) -> None:
    data = changed(
        settings_book.write(home), ("自建指标", "C3", "百分比"), ("台账的列", "E3", "餐")
    )
    told, problems = settings_changes.compare(home, data)
    assert problems == []
    assert [(one.kind, one.key) for one in told] == [
        ("table_column", f"{MEALS.name}/助餐点"),
        ("metric", DELIVERED.name),
    ]
    settings_changes.take(home, told, BY)
    assert own.metrics(home)[DELIVERED.name] == replace(DELIVERED, unit="百分比")


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        (("自建指标", "A3"), "own_送餐率", ""),
        (("自建指标", "B3"), "志愿服务时长", "已用于指标“志愿服务时长”"),
        (("自建指标", "H3"), "助餐点", "“助餐点”不是数字"),
        (("自建指标", "G3"), "数一数", "行数, 加总"),
        (("自建台账", "C2"), "-", "一行是什么"),
        (("台账的列", "D2"), "文字", "没有日期就无法按月统计"),
        (("台账的列", "D5"), "大概", "日期, 人员"),
        (("领题包", "A2"), "none", "没有这样的领题包"),
    ],
)
def test_what_pages_refuse_a_workbook_is_refused_too(
    home: Path, cell: tuple[str, str], value: str, says: str
) -> None:
    data = changed(settings_book.write(home), (*cell, value))
    told, problems = settings_changes.compare(home, data)
    if not says:
        assert (told, problems) == ([], [])
        return
    assert says in " ".join(one.says for one in problems)
    assert problems[0].sheet == cell[0] or cell[0] == "台账的列"


def test_a_table_with_rows_is_not_taken_out(home: Path) -> None:
    sent(home)
    cells = [("自建台账", f"{column}2", None) for column in "ABCDE"]
    _told, problems = settings_changes.compare(home, changed(settings_book.write(home), *cells))
    assert "已有数据，不能移除；请归档" in " ".join(one.says for one in problems)
