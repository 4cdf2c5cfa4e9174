"""Blank templates import without mapping, for every table and community."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from import_kit import counts, home_with_sources, plan_of, stored, take, workbook

from lingti import catalog
from lingti.catalog import Column
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.mapping import templates
from lingti.language import use


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path)


def rows_of(data: bytes) -> tuple[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.sheet_names[0], book.get_sheet_by_index(0).to_python()


def a_value(column: Column | None, title: str, language: str) -> Any:
    if column is None:
        return {"姓名": "李明华", "Name": "李明华"}.get(title)
    if column.allowed:
        return getattr(column.words[column.allowed[0]], language)
    return {"date": date(2024, 5, 6), "boolean": "是", "varchar": "甲"}.get(column.type, 20)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", sorted(catalog.program().tables))
def test_a_filled_in_template_imports_by_itself(home: District, table: str, language: str) -> None:
    use(language)
    name, rows = rows_of(templates.workbook(catalog.program().tables[table], language))
    columns = list(templates.headers(catalog.program().tables[table]))
    filled = [a_value(column, getattr(title, language), language) for _n, title, column in columns]
    if table == "concerns":
        filled[0] = "A1"
    data = workbook({name: [*rows, filled]})
    for community in ("east", "west"):
        request = Request(community, (("模板.xlsx", data),), None, "2024-05")
        (outcome,) = imports.dry_run(home, request)
        assert outcome.refused is None, outcome.refused
        (document,) = outcome.as_json()
        assert document["source"] == f"template_{table}"
        assert counts(document)[:3] == (1, 0, 0)


def test_a_blank_template_has_lists_and_says_that_it_is_empty(home: District) -> None:
    data = templates.workbook(catalog.program().tables["redemptions"], "zh")
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "实物,服务" in sheet
    refused = plan_of(home, data, "模板.xlsx").refused
    assert refused is not None
    assert refused.code == "no_rows"


def test_a_template_may_lack_columns_and_replaces_as_the_community_does(home: District) -> None:
    header = ["服务日期", "姓名", "服务时长（小时）"]
    document = take(home, workbook({"志愿服务": [header, [date(2024, 5, 6), "李明华", 2]]}))
    assert (document["source"], counts(document)) == ("template_service", (1, 0, 0, 0))
    merchants = take(home, workbook({"a": [["商家", "签约日期"], ["甲店", date(2024, 5, 6)]]}))
    assert merchants["source"] == "template_partnerships"
    assert stored(home, "batches", "replaces") == [("all",), ("days",)]


def test_deductions_in_a_template_are_negative(home: District) -> None:
    header = ["日期", "姓名", "类型", "积分"]
    rows = [[date(2024, 5, 6), "李明华", "扣减", 3], [date(2024, 5, 6), "李明华", "获得", 3]]
    take(home, workbook({"积分台账": [header, *rows]}))
    assert stored(home, "points", "kind, points") == [("deduct", -3), ("earn", 3)]
