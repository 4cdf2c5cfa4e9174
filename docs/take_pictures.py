"""Takes all pictures of the READMEs anew: `python docs/take_pictures.py`, of some by their names.

It needs Chromium, LibreOffice and pdftoppm, builds the sample and a district of its own, and
serves both; it takes two minutes.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pptx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path += [str(ROOT), str(ROOT / "tests")]  # the invented district is one of the tests

import own_district_kit as kit  # noqa: E402 - found by the path above

from benchmarks.served import lingti  # noqa: E402 - likewise

FOLDER = Path(__file__).parent / "pictures"
SIZE = {"width": 1366, "height": 768}
# Name, page with what its address says, theme.
PAGES = (
    ("home", "?lang=zh", "light"),
    ("community", "community?lang=zh&community=guqiao", "light"),
    ("volunteering", "volunteering?lang=zh", "light"),
    ("jobs-dark", "jobs?lang=en", "dark"),
)
METRIC = "volunteer_hours"  # whose slide is shown
READY = """() => {
  const pictures = document.querySelectorAll('.lt-picture').length;
  const drawn = document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length;
  const app = document.querySelector("[data-test-script-state]");
  const resting = app?.dataset.testScriptState !== "running";
  return document.querySelector('.lt-head h1, .lt-s-head') && pictures === drawn && resting;
}"""


def main() -> None:
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        sample, own = Path(folder) / "sample", Path(folder) / "own"
        subprocess.run([*LINGTI, "demo", "--no-serve", "--home", str(sample)], check=True, cwd=ROOT)
        takers: dict[Callable[[Browser, Path], None], set[str]] = {
            pages_and_projector: {name for name, *_ in PAGES} | {"projector"},
            slide: {"slide"},
            briefing: {"briefing"},
        }
        for take, names in takers.items():
            if not wanted or wanted & names:
                take(browser, sample)
        if not wanted or "own-district" in wanted:
            own_district(browser, own)
        browser.close()


LINGTI = (sys.executable, "-m", "lingti.commands.cli")


def keep(picture: Image.Image, name: str) -> None:
    """Few colours take a third of the room; median cut would lose those of small marks."""
    few = picture.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def seen(page: Page) -> Image.Image:
    """What a page shows once it is drawn."""
    page.wait_for_timeout(1000)
    page.wait_for_function(READY)
    page.wait_for_timeout(1000)
    return Image.open(io.BytesIO(page.screenshot()))


def pages_and_projector(browser: Browser, home: Path) -> None:
    with lingti(home) as server:
        for name, where, theme in PAGES:
            page = browser.new_page(viewport=SIZE, color_scheme=theme)  # type: ignore[arg-type]  # a dict
            page.goto(f"{server.address}/{where}")
            keep(seen(page), name)
            page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="zh-CN")
        page.goto(f"{server.address}/present?lang=zh&show=1&slides=metric-{METRIC}")
        page.wait_for_timeout(6000)  # the bar at the foot goes when nothing is moved
        keep(seen(page), "projector")
        page.close()


def slide(_browser: Browser, home: Path) -> None:
    """The slide of the same metric as on the projector, by LibreOffice."""
    file = home.parent / "deck.pptx"
    _brief(home, file, "--metric", METRIC)
    slides = pptx.Presentation(str(file)).slides
    charts = [at for at, one in enumerate(slides) if any(shape.has_chart for shape in one.shapes)]
    keep(_printed(file, 72)[charts[0]], "slide")


def briefing(_browser: Browser, home: Path) -> None:
    """The first page of a community's briefing, and the first of its pages with a chart."""
    file = home.parent / "briefing.docx"
    _brief(home, file, "--community", "guqiao")
    pages = _printed(file, 80)
    with_chart = next(page for page in pages[1:] if _has_blue(page))
    two = [_without_margins(page) for page in (pages[0], with_chart)]
    width, height = max(page.width for page in two), max(page.height for page in two)
    both = Image.new("RGB", (2 * width + 24, height), "#CFD6D3")
    for at, page in enumerate(two):
        paper = Image.new("RGB", (width, height), "white")
        paper.paste(page, (0, 0))
        both.paste(paper, (at * (width + 24), 0))
    keep(both, "briefing")


def _brief(home: Path, file: Path, *options: str) -> None:
    """A document of the month that pages show first."""
    command = [*LINGTI, "brief", "--home", str(home), "--period", "2024-12", "--language", "zh"]
    command += ["--format", file.suffix[1:], "-o", str(file), *options]
    subprocess.run(command, check=True, cwd=ROOT)


def _printed(file: Path, dots_per_inch: int) -> list[Image.Image]:
    profile = f"-env:UserInstallation=file://{file.parent}/office"
    convert = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir"]
    subprocess.run([*convert, str(file.parent), str(file)], check=True, capture_output=True)
    into = file.with_suffix("")
    pdf = str(file.with_suffix(".pdf"))
    subprocess.run(["pdftoppm", "-r", str(dots_per_inch), "-png", pdf, str(into)], check=True)
    return [Image.open(one) for one in sorted(file.parent.glob(f"{into.name}-*.png"))]


def _has_blue(page: Image.Image) -> bool:
    """Whether there is a chart in the colour of the community."""
    colours = page.convert("RGB").getcolors(1 << 24) or []
    return sum(count for count, (red, _g, blue) in colours if blue > red + 100) > 2000


def _without_margins(page: Image.Image) -> Image.Image:
    width, height = page.size
    return page.convert("RGB").crop(
        (int(width * 0.1), int(height * 0.06), int(width * 0.92), int(height * 0.93))
    )


def own_district(browser: Browser, home: Path) -> None:
    """The form with the list of communities, and the overview after the import of its sheets."""
    os.environ["LINGTI_TODAY"] = kit.TODAY.isoformat()
    files = kit.write(home.parent / "sheets")
    home.mkdir()
    with lingti(home) as server:
        page = browser.new_page(viewport={"width": 1366, "height": 860}, locale="zh-CN")
        page.goto(f"{server.address}/?lang=zh")
        _press(page, "设置本区")
        for name, words in (
            ("区名", kit.NAME),
            ("工作名称", kit.PROGRAMME),
            ("社区名单", kit.LIST),
        ):
            field = page.get_by_role("textbox", name=name, exact=name == "区名")
            field.fill(words)
            field.press("Control+Enter")
            page.wait_for_timeout(1500)
        form = Image.open(io.BytesIO(page.screenshot()))
        _press(page, "开始")
        page.wait_for_url("**/import_data?lang=zh")
        page.set_input_files("input[type=file]", [str(file) for file in files])
        _press(page, re.compile("^全部照下面的对应记住"))
        _press(page, "导入25份表格")
        page.wait_for_selector(".lt-done", timeout=240_000)
        _press(page, re.compile("^全部列入应报"))
        page.goto(f"{server.address}/?lang=zh")
        overview = seen(page)
        page.close()
    del os.environ["LINGTI_TODAY"]
    both = Image.new("RGB", (form.width * 2 + 24, form.height), "#CFD6D3")
    both.paste(form, (0, 0))
    both.paste(overview, (form.width + 24, 0))
    keep(both.resize((1800, round(both.height * 1800 / both.width))), "own-district")


def _press(page: Page, name: str | re.Pattern[str]) -> None:
    button = page.get_by_role("button", name=name, exact=isinstance(name, str)).first
    button.wait_for(timeout=120_000)
    button.click()
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
