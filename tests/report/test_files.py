"""Workbooks, file names, the monthly set, and what LibreOffice makes of it all."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from conftest import run_lingti
from exhaustive import part
from lxml import etree
from python_calamine import CalamineWorkbook

from lingti import charts
from lingti.commands import cli
from lingti.ingest.values.formula_text import harmless
from lingti.report import Material, ReportError, Wish, file_name, make, monthly_set, render_all
from lingti.report.documents import slides
from lingti.report.workbook.sheets import Column, Number, Sheet
from lingti.upkeep import jobs


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A copy of the sample to write into."""
    shutil.copytree(sample_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "＝1+1", "\tx", "\rx"])
def test_text_that_looks_like_a_formula_is_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_numbers_and_usual_text_are_left_alone() -> None:
    assert [harmless(one) for one in ("志愿", "1-2", -3, None)] == ["志愿", "1-2", -3, None]


def test_formulas_never_reach_a_workbook(material: Material) -> None:
    import xlsxwriter

    from lingti.report.workbook.file import _SETTINGS, _write

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SETTINGS) as book:
        rows = [("=cmd|' /C calc'!A0", Number(1.5, "#,##0.##"))]
        sheet = Sheet("S", (Column("=head"), Column("n")), rows)
        _write(book, sheet, charts.look(material.district), "", {})
    sheet_xml = zipfile.ZipFile(io.BytesIO(out.getvalue())).read("xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet_xml.decode()
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
    )
    assert rows[1] == ["'=cmd|' /C calc'!A0", 1.5]


def test_the_workbook_has_its_sheets_and_charts(material: Material) -> None:
    data = make(material, None, "xlsx", Wish("en"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [
        "About",
        "Charts",
        "Over time",
        "Metrics",
        "By part",
        "Targets",
        "Decisions",
        "Not reported",
        "Findings",
        "Definitions",
        "Coverage",
        "Batches",
    ]
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    charts = [name for name in names if name.startswith("xl/charts/chart")]
    assert len(charts) == len(material.headlines("district"))
    xml = zipfile.ZipFile(io.BytesIO(data)).read(charts[0]).decode()
    assert "dispBlanksAs" not in xml  # gaps are what Excel draws unless told otherwise


def test_files_are_named_in_the_language_of_the_document(material: Material) -> None:
    assert file_name(material, "guqiao", "docx", Wish("zh")) == "古桥社区_2024年11月_简报.docx"
    assert file_name(material, None, "pptx", Wish("en")) == (
        "Taibai-Lake-New-District_Nov-2024_slides.pptx"
    )


def test_the_command_writes_one_document_or_all(home: Path, tmp_path: Path) -> None:
    one = tmp_path / "out" / "guqiao.docx"
    options = ["--home", home, "--period", "2024-11"]
    run_lingti("brief", *options, "--community", "guqiao", "--format", "docx", "-o", one)
    assert one.read_bytes()[:2] == b"PK"
    run_lingti("brief", *options, "--all", "--format", "xlsx", "--out", tmp_path / "all")
    assert len(list((tmp_path / "all").glob("*.xlsx"))) == 5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--period", "2023-01", "--format", "docx", "-o", "x"], "'2023-01'"),
        (["--period", "2024-11", "--format", "pdf", "-o", "x"], "docx, pptx, xlsx, html"),
        (["--period", "2024-11", "--format", "docx", "--community", "c", "-o", "x"], "guqiao"),
        (["--period", "2024-11", "--format", "docx"], "-o FILE"),
        (["--period", "2024-11", "--all"], "--out DIR"),
        (["--period", "2024-W47", "--published", "--format", "docx", "-o", "x"], "'2024-W47'"),
    ],
)
def test_wrong_usage_is_told(
    sample_home: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["brief", "--home", str(sample_home), *arguments])
    assert ended.value.code == cli.WRONG_USAGE
    assert says in capsys.readouterr().err


def test_a_period_without_data_is_refused(sample_home: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        render_all(sample_home, "2030-01", tmp_path)


def test_the_set_is_made_by_a_job_as_one_zip(home: Path) -> None:
    arguments = {
        "period": "2024-11",
        "language": "zh",
        "ratio": "16:9",
        "formats": ["docx", "xlsx"],
        "published": False,
    }
    job = jobs.start(home, "monthly_set", arguments)
    end = time.monotonic() + 120
    while (found := jobs.status(home, job)) is None or not found.is_over:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert found.state == "done", found.error
    names = zipfile.ZipFile(home / "reports" / found.result["file"]).namelist()
    assert len(names) == 10
    assert "古桥社区_2024年11月_简报.docx" in names


def test_an_import_that_completes_a_month_makes_its_set_on_request(home: Path) -> None:
    months = monthly_set.complete_months(home)
    assert "2024-10" in months
    assert "2024-11" not in months  # one community reported a part of it
    assert monthly_set.after_import(home) == ""  # nobody asked
    settings = home / "district.toml"
    settings.write_text("monthly_set = true\n" + settings.read_text("utf-8"), "utf-8")
    assert monthly_set.due(home) == months[-1]
    (home / "reports" / months[-1]).mkdir(parents=True)
    assert monthly_set.due(home) is None  # it was made before


# Letters besides those of GBK, which every Chinese font has: for these the Latin fonts are named.
LATIN = set("−–‹›\u00a0")


@pytest.mark.parametrize("place", part(["district", "guqiao"], 1))
def test_chinese_documents_have_only_letters_that_fonts_have(
    material: Material, place: str
) -> None:
    for ending, folder in (("docx", "word/"), ("pptx", "ppt/"), ("xlsx", "xl/")):
        archive = zipfile.ZipFile(io.BytesIO(make(material, place, ending, Wish("zh"))))
        texts = [
            "".join(etree.fromstring(archive.read(name)).itertext())
            for name in archive.namelist()
            if name.startswith(folder) and name.endswith(".xml") and "theme" not in name
        ]
        letters = set("".join(texts))
        assert "社" in letters
        assert {one for one in letters if not one.encode("gbk", "ignore")} <= LATIN


@pytest.mark.parametrize("language", part(["zh", "en"], 1))
def test_libreoffice_opens_every_kind(material: Material, tmp_path: Path, language: str) -> None:
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("needs LibreOffice and poppler")
    paths = [tmp_path / f"{ending}.{ending}" for ending in ("docx", "pptx", "xlsx")]
    for path in paths:
        path.write_bytes(make(material, "guqiao", path.stem, Wish(language)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    for path in paths:
        text = subprocess.run(
            ["pdftotext", str(path.with_suffix(".pdf")), "-"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        # A page ends with a form feed; a deck has one per slide.
        pages = text.count("\f")
        assert pages == len(slides(material, "guqiao", Wish(language))) or path.suffix != ".pptx"
        assert pages >= 6
        assert {"zh": "志愿服务时长", "en": "Volunteer hours"}[language] in text
        assert "\ufffd" not in text
