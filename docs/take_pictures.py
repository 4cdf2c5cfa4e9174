"""Takes the pictures of the READMEs anew: `python docs/take_pictures.py ADDRESS`.

ADDRESS is a server of the sample (`lingti demo`). Those of documents and of setting up a district
are taken by hand.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "pictures"
SIZE = {"width": 1366, "height": 768}
# Name, page with what its address says, theme.
PICTURES: tuple[tuple[str, str, Any], ...] = (
    ("home", "?lang=zh", "light"),
    ("community", "community?lang=zh&community=guqiao", "light"),
    ("volunteering", "volunteering?lang=zh", "light"),
    ("jobs-dark", "jobs?lang=en", "dark"),
)
READY = """() => {
  const pictures = document.querySelectorAll('.lt-picture').length;
  const drawn = document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length;
  const app = document.querySelector("[data-test-script-state]");
  const resting = app?.dataset.testScriptState !== "running";
  return document.querySelector('.lt-head h1') && pictures === drawn && resting;
}"""


def main() -> None:
    address = sys.argv[1].rstrip("/")
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, where, theme in PICTURES:
            page = browser.new_page(viewport=SIZE, color_scheme=theme)
            page.goto(f"{address}/{where}")
            page.wait_for_timeout(1000)
            page.wait_for_function(READY)
            page.wait_for_timeout(1000)
            taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            # Few colours take a third of the room; median cut would lose those of small marks.
            few = taken.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            few.save(FOLDER / f"{name}.png", optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
