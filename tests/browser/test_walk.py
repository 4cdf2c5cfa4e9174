"""A walk through every page in a real browser, by the menu, as somebody at a meeting takes it.

In both languages, both themes and every size, with the longest names and the largest numbers:
every number is that of `lingti metric`, nothing is cut off or lies on something else, nothing keeps
those out who read or reach it otherwise, and every text stands out from what is behind it, on
screen and on paper. Then a number of every page opens
the rows that add up to it, from where one gets back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Literal

import duckdb
import exhaustive
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import asking
from contrast import faint
from page_kit import PAGES, Shown, Truth, in_attributes, in_figure
from playwright.sync_api import Page, expect

from browser.conftest import SIZES, TWO_FRAMES, Open, Serve, drawn, overflowing, resize, unfolded
from lingti.ui.window import menu

# Pages with numbers; what the others show are no numbers, or rows already.
OPENING = {"", *PAGES, "compared", "targets", "findings", "review", "explore", "verdicts"}
LONG = {
    "南风花园": "城投星城广场南风花园第二社区",
    "Nanfeng": "Nanfeng Garden by the Star City Plaza",
    "南风花园社区": "许庄街道城投星城广场南风花园第二社区居民委员会",
}
LARGE = 123_456.7
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ROWS = "rows?metric=volunteer_hours&place=guqiao&of=2024-12"
TRACES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot =>
  plot.data.map(trace => ({
    meta: trace.meta, orientation: trace.orientation,
    x: trace.x && Array.from(trace.x), y: trace.y && Array.from(trace.y),
  })))"""
NUMBERS = "() => [...document.querySelectorAll('[data-number]')].map(it => it.dataset.number)"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
INK = {"light": "#16242B", "dark": "#E6ECEB"}
# Pictures in the colours of the theme come with the next run, a moment after those of the page.
INKED = """ink => [...document.querySelectorAll('.lt-picture')].every(
  it => JSON.parse(it.dataset.figure).layout.font.color === ink)"""
SCHEME = "() => getComputedStyle(document.querySelector('.stApp')).colorScheme"
# Words of a picture that lie on each other or are cut off by its edge; blocks that lie on others.
CLASHING = r"""() => {
  const found = [], box = it => it.getBoundingClientRect();
  const over = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left))
    * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  // Marks of an axis are turned where they would overlap; their boxes then tell little.
  const turned = it => /rotate\((?!0,)/.test(it.getAttribute('transform') || '');
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    if (plot.closest('.st-key-lt-stage')) continue;  // test_present.py looks at the projector
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
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the longest names and the largest numbers."""
    home = tmp_path_factory.mktemp("stressed") / "home"
    shutil.copytree(sample_home, home)
    settings = home / "district.toml"
    words = settings.read_text("utf-8")
    for short, long in LONG.items():
        words = words.replace(f'"{short}"', f'"{long}"')
    settings.write_text(words, "utf-8")
    path = home / "warehouse" / (home / "warehouse" / "CURRENT").read_text("utf-8").strip()
    enlarge(path, "metric_values", "published_values")
    for snapshot in (home / "snapshots").glob("*.duckdb"):
        enlarge(snapshot, "published_values")
    return home


def enlarge(path: Path, *tables: str) -> None:
    """Makes the values of a warehouse large.

    What shares rest on stays as it is, so that the steps of a course still fit together.
    """
    with duckdb.connect(str(path)) as con:
        for table in tables:
            con.execute(
                f"update {table} set value = value * ?"
                " where value > 1 and numerator is null and not starts_with(metric, 'training_')",
                [LARGE],
            )


@pytest.fixture(scope="module")
def server(serve: Serve, home: Path) -> str:
    return serve(home)


@pytest.fixture(scope="module")
def truth(home: Path) -> Truth:
    return Truth(asking(home), home)


def walk(page: Page, server: str, wanted: Container[str] | None = None) -> Iterator[str]:
    """Goes to every page that the menu links to and yields its name; then to a number's rows.

    Of those that are `wanted` to these alone, where not all are.
    """
    links = page.locator(".lt-menu a:not(.lt-skip)")
    expect(links).to_have_count(len(menu.pages()), timeout=60_000)
    for at in range(links.count()):
        unfolded(page)
        address = str(links.nth(at).evaluate("link => new URL(link.href).pathname"))
        if wanted is not None and address.strip("/") not in wanted:
            continue
        links.nth(at).click()
        page.wait_for_url(re.compile(rf"{address}(\?|$)"))
        drawn(page)
        yield address.strip("/")
    if wanted is not None and "rows" not in wanted:
        return
    page.goto(f"{server}/{ROWS}")
    drawn(page)
    yield "rows"


def shown(page: Page, per: str) -> list[Shown]:
    """Every number in the page's text and pictures."""
    found = in_attributes(page.evaluate(NUMBERS))
    for traces in page.evaluate(TRACES):
        found += in_figure(traces, per)
    return found


def in_sizes(
    page: Page, sizes: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """What is cut off or lies on something else, with the size of the window where it does."""
    for size in sizes:
        resize(page, size)
        if found := [*overflowing(page), *page.evaluate(CLASHING)]:
            yield size, found[:4]
    resize(page, (1280, 720))


def printed_faint(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    """What hardly stands out on paper when a page of a scheme is printed."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # pictures then stay as they are
    page.emulate_media(media="print", color_scheme=scheme)
    page.evaluate(TWO_FRAMES)
    found = faint(page, printed=True)
    page.emulate_media(media="screen", color_scheme=scheme)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return found


def barriers(page: Page) -> list[str]:
    """What axe-core calls a barrier of at least moderate weight, with where it stands."""
    rules = {"resultTypes": ["violations"], "runOnly": AXE_RULES}
    violations = Axe().run(page, options=rules).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in violations
        if violation["impact"] in ("moderate", "serious", "critical")
        for node in violation["nodes"]
    ]


def schemes(at: int, language: str) -> tuple[Literal["light", "dark"], ...]:
    """Those in which a page is looked at: both, or in a short run one in each language."""
    return SCHEMES if exhaustive.ALL else (SCHEMES[(at + (language == "en")) % 2],)


def sizes(at: int, language: str) -> tuple[tuple[int, int], ...]:
    """Those in which a page is looked at: all, or in a short run half of them in each language."""
    return SIZES if exhaustive.ALL else SIZES[(at // 2 + (language == "en")) % 2 :: 2]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_true_and_whole_in_both_themes_and_every_size(
    server: str, opened: Open, truth: Truth, language: str
) -> None:
    page = opened(f"{server}/?lang={language}&period=2024-09")
    counts: dict[str, int] = {}
    troubles: dict[tuple[object, ...], object] = {}
    for at, name in enumerate(walk(page, server)):
        for scheme in schemes(at, language):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(INKED, arg=INK[scheme], timeout=60_000)
            drawn(page)
            assert page.evaluate(SCHEME) == scheme
            assert page.locator(".stException, .stAlert").count() == 0, (name, scheme)
            numbers = shown(page, "residents" if name == "community" else "total")
            counts[name] = len(numbers)
            if differing := truth.differing(numbers):
                troubles[name, scheme, "differ"] = differing[:4]
            if words := faint(page):
                troubles[name, scheme, "faint"] = words[:4]
            if barred := barriers(page):
                troubles[name, scheme, "barred"] = barred[:4]
            if (exhaustive.ALL or (at + (language == "en")) % 2) and (
                words := printed_faint(page, scheme)
            ):
                troubles[name, scheme, "printed"] = words[:4]
            narrow = in_sizes(page, sizes(at, language))
            troubles |= {(name, scheme, *size): found for size, found in narrow}
        page.emulate_media(color_scheme="light")
    assert troubles == {}, "\n".join(map(str, troubles.items()))
    assert set(counts) == {*menu.pages(), "rows"}
    assert all(counts[name] > 12 for name in ("", *PAGES)), counts


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_number_of_every_page_opens_its_rows_and_leads_back(
    sample_server: str, opened: Open, lang: str
) -> None:
    page = opened(f"{sample_server}/?period=2024-09&lang={lang}")
    there = set()
    for at, name in enumerate(walk(page, sample_server, OPENING)):
        there.add(name)
        if "light" in schemes(at, lang):
            to_rows_and_back(page)
    assert there == OPENING


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
