"""The offline deck in a real browser: no request, every key, both themes, readable, unstretched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from lingti.report import Wish, documents
from lingti.report.documents import slides
from lingti.report.gathering import gather

SIZES = ((1920, 1080), (1280, 720), (1024, 768), (800, 1200))
SHOWN = "() => document.querySelector('.slide.on').id"
# Texts of the slide shown: how high their letters are on the screen.
SMALLEST = """() => {
  const sizes = [];
  const scale = document.getElementById('stage').getBoundingClientRect().height / 540;
  for (const one of document.querySelectorAll('.slide.on *')) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (own) sizes.push(parseFloat(getComputedStyle(one).fontSize) * scale);
  }
  return Math.min(...sizes);
}"""
OUTSIDE = """() => {
  const stage = document.getElementById('stage').getBoundingClientRect(), found = [];
  for (const one of document.querySelectorAll('.slide.on *')) {
    const box = one.getBoundingClientRect();
    if (!box.width || one.closest('defs, .hoverlayer')) continue;
    if (box.right > stage.right + 1 || box.bottom > stage.bottom + 1 || box.left < stage.left - 1)
      found.push(one.tagName + ' ' + one.textContent.slice(0, 30));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def file(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deck") / "deck.html"
    path.write_bytes(documents.render(sample_home, None, "2024-11", "html", "zh"))
    return path


@pytest.fixture
def deck(chromium: Browser, file: Path) -> Iterator[Page]:
    """The deck opened from the disk, without any network; no error may be logged."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith((file.as_uri(), "data:", "blob:"))] == []


def test_clicker_and_keyboard_move_through_it(deck: Page, sample_home: Path) -> None:
    ids = [one.id for one in slides(gather(sample_home, "2024-11"), None, Wish("zh"))]
    assert deck.evaluate(SHOWN) == ids[0]
    for key, at in (
        ("PageDown", 1),
        ("ArrowRight", 2),
        ("ArrowDown", 3),
        ("PageUp", 2),
        ("ArrowLeft", 1),
        ("End", len(ids) - 1),
        ("PageDown", len(ids) - 1),
        ("Home", 0),
        ("ArrowUp", 0),
    ):
        deck.keyboard.press(key)
        assert deck.evaluate(SHOWN) == ids[at], key
    deck.keyboard.press("b")
    assert deck.is_visible("#blank")
    deck.keyboard.press("PageDown")
    assert deck.is_hidden("#blank")
    assert deck.evaluate(SHOWN) == ids[0]  # the first press only brings the slide back


def test_charts_are_live_in_both_themes(deck: Page) -> None:
    while not deck.evaluate("!!document.querySelector('.slide.on .js-line')"):
        shown = deck.evaluate(SHOWN)
        deck.keyboard.press("PageDown")
        assert deck.evaluate(SHOWN) != shown  # else there is none with lines
    deck.wait_for_selector(".slide.on .main-svg")
    colours = []
    for _theme in range(2):
        ink = "() => getComputedStyle(document.body).color"
        line = "() => document.querySelector('.slide.on .scatterlayer path.js-line').style.stroke"
        colours.append((deck.evaluate(ink), deck.evaluate(line)))
        deck.keyboard.press("t")
        deck.wait_for_timeout(300)
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]


@pytest.mark.parametrize("size", SIZES)
def test_every_slide_is_readable_and_whole_in_every_window(
    deck: Page, size: tuple[int, int]
) -> None:
    deck.set_viewport_size({"width": size[0], "height": size[1]})
    deck.wait_for_timeout(200)
    scale = deck.evaluate("() => new DOMMatrix(document.getElementById('stage').style.transform)")
    assert scale["a"] == pytest.approx(scale["d"])  # scaled, never stretched
    height = 540 * scale["d"]
    for _slide in range(deck.locator(".slide").count()):
        assert deck.evaluate(SMALLEST) >= height / 40 - 0.1
        assert deck.evaluate(OUTSIDE) == [], deck.evaluate(SHOWN)
        deck.keyboard.press("PageDown")
        deck.wait_for_timeout(120)
