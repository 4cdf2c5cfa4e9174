"""Pages on A4: numbered, none empty, headings with what they head, tables with their heads."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.conftest import Open, drawn

PAGES = {
    "home": ("/?lang=zh", 1),
    "comparison": ("/volunteering?lang=zh", 2),
    "targets": ("/targets?lang=zh", 2),
    "decisions": ("/decisions?lang=zh", 6),
    "rows": ("/rows?lang=zh&metric=volunteer_hours&of=2024-12&place=guqiao", 6),
    "reports": ("/reports?lang=zh", 16),
}
A4 = "(A4)"
Print = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def printed(
    sample_server: str, opened_once: Open, tmp_path_factory: pytest.TempPathFactory
) -> Print:
    """The text of each sheet of a page of ours, as it lies on the paper."""
    if shutil.which("pdftotext") is None or shutil.which("pdfinfo") is None:
        pytest.skip("needs poppler")
    folder = tmp_path_factory.mktemp("printed")
    window: list[Page] = []

    def print_page(name: str) -> list[str]:
        address = sample_server + PAGES[name][0]
        if window:
            window[0].goto(address)
            drawn(window[0])
        else:
            window.append(opened_once(address))
        window[0].evaluate("dispatchEvent(new Event('beforeprint'))")
        path = folder / f"{name}.pdf"
        window[0].pdf(path=str(path), prefer_css_page_size=True, print_background=True)
        assert A4 in said("pdfinfo", path)
        return said("pdftotext", "-layout", path, "-").removesuffix("\f").split("\f")

    return print_page


def said(*command: str | Path) -> str:
    return subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True, timeout=60
    ).stdout


def lines(sheet: str) -> list[str]:
    return [" ".join(line.split()) for line in sheet.splitlines() if line.strip()]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_printed_on_few_numbered_sheets(printed: Print, name: str) -> None:
    sheets = [lines(sheet) for sheet in printed(name)]
    assert len(sheets) <= PAGES[name][1]
    for number, sheet in enumerate(sheets, 1):
        assert sheet[-1].replace(" ", "") == f"{number}/{len(sheets)}"
        assert len(sheet) > 3, f"sheet {number} is all but empty"


def test_the_head_of_a_table_stands_on_each_of_its_sheets(printed: Print) -> None:
    sheets = printed("decisions")
    assert len(sheets) > 1
    for sheet in sheets:
        assert any("决定事项" in line and "完成期限" in line for line in lines(sheet))


@pytest.mark.parametrize("name", ["targets", "reports"])
def test_no_heading_is_the_last_thing_on_a_sheet(printed: Print, name: str) -> None:
    for sheet in printed(name):
        *_others, last, _number = lines(sheet)
        assert last not in {"全部指标", "指标口径", "所用数据批次", "报送情况"}
        assert not last.startswith(("各项目标的进程", "累计完成情况"))
        assert not last.startswith("各社区")
