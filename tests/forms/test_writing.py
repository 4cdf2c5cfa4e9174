"""What is written into a form: the cells that are meant, and nothing else."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from forms import form_kit, own_forms

from lingti.forms import filling
from lingti.forms.reading.grid import Form, place_of
from lingti.forms.reading.package import FormError, opened
from lingti.forms.reading.workbook import read
from lingti.forms.writing import workbook

BOOKS = [name for name in own_forms.FORMS if name.endswith(".xlsx")]
DOCUMENTS = [name for name in own_forms.FORMS if name.endswith(".docx")]
SHEET = "xl/worksheets/sheet1.xml"


def filled(home: Path, name: str) -> tuple[bytes, bytes, filling.Filled]:
    blank = own_forms.FORMS[name]()
    wish = {"community": "guqiao", "period": filling.period_of("2024-06")}
    done = form_kit.fill(home, blank, **(wish if name.startswith("o15") else {}))
    return blank, filling.data_of(done), done


@pytest.mark.parametrize("name", BOOKS)
def test_of_a_workbook_only_the_cells_that_are_filled_change(sample_home: Path, name: str) -> None:
    blank, data, done = filled(sample_home, name)
    before, after = form_kit.parts(blank), form_kit.parts(data)
    assert list(before) == list(after)
    changed = {part for part in before if before[part] != after[part]}
    sheets = {part for part in before if part.startswith("xl/worksheets/sheet")}
    assert changed <= sheets | {"xl/workbook.xml"}
    written = {one.slot.address for one in done.outcomes if one.filled}
    for part in sheets:
        old, new = form_kit.cells_of_sheet(before[part]), form_kit.cells_of_sheet(after[part])
        for cell in {*old, *new}:
            if old.get(cell) == new.get(cell):
                continue
            if "<f>" in old[cell]:  # its old result is gone, and nothing else of it
                assert new[cell] == re.sub(r"<v>.*?</v>", "", old[cell])
            else:
                assert cell in written
                assert re.findall(r' s="\d+"', old[cell]) == re.findall(r' s="\d+"', new[cell])
        around = re.compile(rb'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        assert around.sub(b"", before[part]) == around.sub(b"", after[part])
    if written:
        assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_of_a_document_only_its_text_changes(sample_home: Path, name: str) -> None:
    blank, data, _done = filled(sample_home, name)
    before, after = form_kit.parts(blank), form_kit.parts(data)
    assert list(before) == list(after)
    assert {part for part in before if before[part] != after[part]} <= {"word/document.xml"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["o01_two_levels.xlsx", "o10_formulas.xlsx", "o05_jobs.docx"])
def test_a_filled_form_opens_elsewhere(sample_home: Path, tmp_path: Path, name: str) -> None:
    _blank, data, done = filled(sample_home, name)
    path = tmp_path / name
    path.write_bytes(data)
    out = tmp_path / "out"
    order = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    subprocess.run(
        [*order, "--convert-to", path.suffix[1:], "--outdir", str(out), str(path)],
        check=True,
        timeout=180,
        capture_output=True,
    )
    again = form_kit.contents((out / name).read_bytes(), path.suffix[1:])
    for one in done.outcomes:
        if one.filled:
            shown = float(str(again[one.key]))
            assert shown == pytest.approx(float(str(one.value)), rel=1e-6)
    if name == "o10_formulas.xlsx":  # totals by formula agree with what was filled in
        numbers = [float(str(again[f"活动统计!B{row}"])) for row in range(3, 7)]
        assert again["活动统计!B7"] == sum(numbers)


def grid_of(rows: str) -> bytes:
    """A workbook whose sheet is written by hand."""
    blank = own_forms.book(("Sheet1", [["a"]], []))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == SHEET:
                data = re.sub(
                    rb"<sheetData>.*</sheetData>|<sheetData/>", rows.encode(), data, flags=re.DOTALL
                )
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<sheetData/>", '<sheetData><row r="2"><c r="B2"><v>5</v></c></row></sheetData>'),
        (
            '<sheetData><row r="1" spans="1:1"><c r="A1"/></row><row r="4"/></sheetData>',
            '<sheetData><row r="1" spans="1:1"><c r="A1"/></row>'
            '<row r="2"><c r="B2"><v>5</v></c></row><row r="4"/></sheetData>',
        ),
        (
            '<sheetData><row r="2" s="3" customFormat="1"><c r="A2" s="1"/><c r="C2"/></row>'
            "</sheetData>",
            '<sheetData><row r="2" s="3" customFormat="1"><c r="A2" s="1"/>'
            '<c r="B2" s="3"><v>5</v></c><c r="C2"/></row></sheetData>',
        ),
        (
            '<sheetData><row r="2"><c r="B2" s="7" t="s"><v/></c></row></sheetData>',
            '<sheetData><row r="2"><c r="B2" s="7"><v>5</v></c></row></sheetData>',
        ),
        (
            "<sheetData><row><c/></row><row><c/><c/></row></sheetData>",
            "<sheetData><row><c/></row><row><c/><c><v>5</v></c></row></sheetData>",
        ),
    ],
)
def test_a_cell_is_found_or_made_in_its_place(rows: str, expected: str) -> None:
    data = workbook.filled(opened(grid_of(rows)), {"Sheet1": {place_of("B2"): 5.0}})
    assert expected.encode() in form_kit.parts(data)[SHEET]


def test_words_become_inline_strings() -> None:
    package = opened(grid_of("<sheetData/>"))
    data = workbook.filled(package, {"Sheet1": {place_of("A1"): "未开展 <1>"}})
    text = form_kit.parts(data)[SHEET].decode()
    assert (
        '<c r="A1" t="inlineStr"><is><t xml:space="preserve">未开展 &lt;1&gt;</t></is></c>' in text
    )


def test_macros_stay(sample_home: Path) -> None:
    blank = own_forms.FORMS["o10_formulas.xlsx"]()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b"spreadsheetml.sheet.main+xml", b"macroEnabled.main+xml")
            new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"\x00macro\xff" * 50)
    done = form_kit.fill(sample_home, out.getvalue())
    assert done.package.kind == "xlsm"
    assert form_kit.parts(filling.data_of(done))["xl/vbaProject.bin"] == b"\x00macro\xff" * 50
    assert sum(one.filled for one in done.outcomes) == 16


def test_the_looks_of_a_word_cell_are_those_of_its_mark(sample_home: Path) -> None:
    blank = own_forms.FORMS["o08_places_across.docx"]()
    parts = form_kit.parts(blank)
    mark = b'<w:p><w:pPr><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr></w:pPr></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:p/>", mark)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    done = form_kit.fill(sample_home, out.getvalue())
    text = form_kit.parts(filling.data_of(done))["word/document.xml"].decode()
    runs = re.findall(
        r"<w:r><w:rPr><w:b/><w:color w:val=\"FF0000\"/></w:rPr><w:t>[\d.]+</w:t>", text
    )
    assert len(runs) == sum(one.filled for one in done.outcomes) == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook".ljust(600, b"\0"), "other_format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"%PDF-1.7 ", "other_format"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_what_is_no_form_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(FormError) as refused:
        opened(data)
    assert refused.value.code == code


def test_a_signed_form_is_refused() -> None:
    out = io.BytesIO(own_forms.FORMS["o04_members.xlsx"]())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    with pytest.raises(FormError) as refused:
        opened(out.getvalue())
    assert refused.value.code == "signed"


def test_locked_and_text_cells_are_told_apart() -> None:
    form = Form("xlsx", read(opened(own_forms.FORMS["o16_text_and_locks.xlsx"]())))
    (grid,) = form.grids
    assert grid.at(2, 2).locked is False
    assert grid.at(3, 4).locked is True
