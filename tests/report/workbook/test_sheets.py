"""The workbook in use and on paper: A4, named tables, frozen heads, footers, dates, links."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import half_set_up_kit as kit
import pytest
from conftest import run_lingti
from lxml import etree
from python_calamine import CalamineWorkbook
from report_kit import Document

from lingti.district import change
from lingti.judging import publication

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def book(document: Document) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(document("district", "xlsx")))


def sheets(book: zipfile.ZipFile) -> list[etree._Element]:
    names = [one for one in book.namelist() if one.startswith("xl/worksheets/sheet")]
    return [etree.fromstring(book.read(one)) for one in names]


def test_every_sheet_is_printed_on_a4_with_a_footer(book: zipfile.ZipFile) -> None:
    for sheet in sheets(book):
        setup = sheet.find(f"{SHEET}pageSetup")
        assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
        assert "&P / &N" in sheet.findtext(f"{SHEET}headerFooter/{SHEET}oddFooter")


def test_tables_have_names_and_first_columns_stay_in_view(book: zipfile.ZipFile) -> None:
    named = {
        etree.fromstring(book.read(one)).get("displayName")
        for one in book.namelist()
        if one.startswith("xl/tables/")
    }
    assert {"Lingti_Metrics", "Lingti_OverTime", "Lingti_Parts", "Lingti_Targets"} <= named
    panes = [one.find(f".//{SHEET}pane") for one in sheets(book)]
    assert {(one.get("xSplit"), one.get("ySplit")) for one in panes if one is not None} == {
        ("1", "1")
    }


def test_print_areas_leave_out_the_long_rest(book: zipfile.ZipFile) -> None:
    names = etree.fromstring(book.read("xl/workbook.xml")).find(f"{SHEET}definedNames")
    areas = [one.text for one in names if one.get("name") == "_xlnm.Print_Area"]
    (printed,) = [int(one.rpartition("$")[2]) for one in areas if one.startswith("'Over time'")]
    assert 40 < printed < 120


def test_months_are_days_and_names_lead_to_their_rows(document: Document) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(document("district", "xlsx")))
    head, first, *_rest = book.get_sheet_by_name("Over time").to_python()
    assert first[head.index("Period")].isoformat()[:10] == "2024-03-01"
    head, first, *_rest = book.get_sheet_by_name("Batches").to_python()
    assert first[head.index("Days covered from")].isoformat()[:4] == "2024"
    cells = [
        cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert [
        one for one in cells if isinstance(one, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", one)
    ] == []
    links = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(document("district", "xlsx"))).read("xl/worksheets/sheet4.xml")
    ).findall(f"{SHEET}hyperlinks/{SHEET}hyperlink")
    assert links
    assert links[0].get("location", "").startswith("'Over time'!A")


def test_it_is_written_in_the_language_of_the_district(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "book.xlsx"
    kit.one_month(home)
    change.district(home, {"name": "Riverside"}, "clerk")
    publication.rebuild(home)
    run_lingti("brief", "--home", home, "--period", "2026-03", "--format", "xlsx", "-o", file)
    assert CalamineWorkbook.from_path(file).sheet_names[:3] == ["About", "Charts", "Over time"]
