"""A walk through every page in a real browser, by the menu, as somebody at a meeting takes it.

In both languages and both themes every number on a page is that of `lingti metric`, and a number
of every page opens the rows that add up to it, from where one gets back. Then the home
page and the comparison pages with the longest names and the largest numbers, in every size, where
nothing may be cut off or lie on something else.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest
from page_kit import PAGES, Ask, Shown, Truth, in_attributes, in_figure
from playwright.sync_api import Page

from browser.conftest import SIZES, Open, Serve, drawn, overflowing

HELD = ("", *PAGES)
# Pages with numbers; what the others show are no numbers, or rows already.
OPENING = {*HELD, "compared", "targets", "findings", "review", "explore", "signals"}
LONG = {
    "南风花园": "城投星城广场南风花园第二社区",
    "Nanfeng": "Nanfeng Garden by the Star City Plaza",
    "南风花园社区": "许庄街道城投星城广场南风花园第二社区居民委员会",
}
LARGE = 123_456.7
TRACES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot =>
  plot.data.map(trace => ({
    meta: trace.meta, orientation: trace.orientation,
    x: trace.x && Array.from(trace.x), y: trace.y && Array.from(trace.y),
  })))"""
NUMBERS = "() => [...document.querySelectorAll('[data-number]')].map(it => it.dataset.number)"
# Words of a picture that lie on each other or are cut off by its edge; blocks that lie on others.
CLASHING = r"""() => {
  const found = [], box = it => it.getBoundingClientRect();
  const over = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left))
    * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  // Marks of an axis are turned where they would overlap; their boxes then tell little.
  const turned = it => /rotate\((?!0,)/.test(it.getAttribute('transform') || '');
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const words = [...plot.querySelectorAll('.main-svg text')]
      .filter(it => it.textContent.trim() && box(it).width && !turned(it));
    for (const it of words) {
      const a = box(it), edge = box(plot);
      if (a.left < edge.left - 2 || a.right > edge.right + 2 || a.bottom > edge.bottom + 2
        || a.top < edge.top - 2)
        found.push('cut off: ' + it.textContent);
    }
    words.forEach((it, at) => words.slice(at + 1).forEach(other => {
      const a = box(it), b = box(other);
      if (over(a, b) > .25 * Math.min(a.width * a.height, b.width * b.height))
        found.push('on each other: ' + it.textContent + ' / ' + other.textContent);
    }));
  }
  for (const it of document.querySelectorAll('.stMain [class*="lt-"]')) {
    const next = it.nextElementSibling;
    if (!next || !box(it).height || !box(next).height) continue;
    if (getComputedStyle(it).display.startsWith('inline')) continue;
    if (over(box(it), box(next)) > 60)
      found.push('on each other: ' + it.className + ' / ' + next.className);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def stressed(serve: Serve, sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample with the longest names and the largest numbers."""
    home = tmp_path_factory.mktemp("stressed") / "home"
    shutil.copytree(sample_home, home)
    settings = home / "district.toml"
    words = settings.read_text("utf-8")
    for short, long in LONG.items():
        words = words.replace(f'"{short}"', f'"{long}"')
    settings.write_text(words, "utf-8")
    path = home / "warehouse" / (home / "warehouse" / "CURRENT").read_text("utf-8").strip()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "update metric_values set value = value * ? where value > 1 and numerator is null",
            [LARGE],
        )
    return serve(home)


def walk(page: Page, only: Sequence[str] = ()) -> Iterator[str]:
    """Goes to every page that the menu links to and yields its name; the home page's is empty."""
    links = page.locator(".st-key-lt-menu a")
    for at in range(links.count()):
        address = str(links.nth(at).evaluate("link => new URL(link.href).pathname"))
        if only and address.strip("/") not in only:
            continue
        links.nth(at).click()
        page.wait_for_url(re.compile(rf"{address}(\?|$)"))
        drawn(page)
        yield address.strip("/")


def shown(page: Page, per: str) -> list[Shown]:
    """Every number in the page's text and pictures."""
    found = in_attributes(page.evaluate(NUMBERS))
    for traces in page.evaluate(TRACES):
        found += in_figure(traces, per)
    return found


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_every_number_is_that_of_the_command(
    sample_server: str, opened: Open, ask: Ask, sample_home: Path, language: str, scheme: str
) -> None:
    truth = Truth(ask, sample_home)
    page = opened(f"{sample_server}/?lang={language}&period=2024-09", color_scheme=scheme)
    counts = {}
    for name in walk(page):
        per = "residents" if name == "community" else "total"
        numbers = shown(page, per)
        counts[name] = len(numbers)
        assert truth.differing(numbers) == [], name
        assert page.locator(".stException").count() == 0, name
        if name in OPENING:
            to_rows_and_back(page)
    assert all(counts[name] > 12 for name in HELD), counts
    assert counts.keys() >= OPENING


def to_rows_and_back(page: Page) -> None:
    """Opens the rows of the first number of a page, sees that they are it, and comes back."""
    title = page.inner_text(".lt-head h1")
    link = page.locator(".stMain a.lt-rows[href*='/rows?']")
    number = (link if link.count() else page.locator(".scatterlayer .point")).first
    number.scroll_into_view_if_needed()
    box = number.bounding_box()
    assert box is not None, title
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(".lt-adds")
    drawn(page)
    assert "✓" in page.inner_text(".lt-adds"), title
    assert page.locator(".lt-table tbody tr").count() > 0, title
    page.locator(".st-key-lt-ways a").first.click()
    page.wait_for_function(
        "title => document.querySelector('.lt-head h1')?.textContent === title", arg=title
    )
    drawn(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_off_or_lies_on_something_else(
    stressed: str, opened: Open, language: str
) -> None:
    page = opened(f"{stressed}/?lang={language}&period=2024-12")
    troubles = {}
    for name in walk(page, only=HELD):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(400)  # pictures are drawn anew a moment after a change of size
            drawn(page)
            assert page.locator(".stException").count() == 0, name
            found = [*overflowing(page), *page.evaluate(CLASHING)]
            if found:
                troubles[name, width] = found[:4]
        page.set_viewport_size({"width": 1280, "height": 720})
    assert troubles == {}, json.dumps([*map(str, troubles.items())], ensure_ascii=False, indent=1)
