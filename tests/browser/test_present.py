"""The projector in a real browser: keys, sizes, themes, and nothing but the stage."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.conftest import Open, resize

SIZES = ((1920, 1080), (1280, 720), (1024, 768))
SHORT = "title,metric-placements,overview,metric-volunteer_hours,not-reported"
ON = ".st-key-lt-stage [data-on]"
SETTLED = """() => document.documentElement.hasAttribute('data-presenting')
  && document.querySelector('.st-key-lt-stage [data-on]')"""
# Every text that is seen, with its height on the screen as a share of the window's height.
SMALL = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, parent = text.parentElement;
    if (!text.textContent.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    if (parent.closest('script, style')) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    const svg = parent.closest('svg'), on = parent.closest('.st-key-lt-stage');
    const scale = svg ? svg.getBoundingClientRect().width / svg.clientWidth
      : on ? on.getBoundingClientRect().width / on.offsetWidth : 1;
    if (size * scale < innerHeight / 40 - 0.01) found.push([text.textContent, size * scale]);
  }
  return found;
}"""
# What stands out of the slide, over the foot, or is cut off.
OVERFLOWING = """() => {
  const found = [], slide = document.querySelector('.st-key-lt-stage [data-on]');
  const page = slide.getBoundingClientRect();
  const foot = document.querySelector('.lt-s-foot').getBoundingClientRect();
  const inside = (box) => box.left >= page.left - 1 && box.right <= page.right + 1
    && box.top >= page.top - 1 && box.bottom <= foot.top + 1;
  for (const one of slide.querySelectorAll('h2, p, table, th, td, svg text')) {
    const box = one.getBoundingClientRect();
    if (box.width && !inside(box)) found.push(one.textContent);
    if (one.matches('h2, p, th, td') && one.scrollWidth > one.clientWidth + 1)
      found.push('cut off: ' + one.textContent);
    const drawing = one.closest('.main-svg')?.getBoundingClientRect();
    if (drawing && (box.left < drawing.left - 1 || box.right > drawing.right + 1
        || box.top < drawing.top - 1 || box.bottom > drawing.bottom + 1))
      found.push('outside of its picture: ' + one.textContent);
  }
  if (page.right > innerWidth + 1 || page.bottom > innerHeight + 1 || page.top < -1)
    found.push('slide');
  for (const body of slide.querySelectorAll('.lt-s-table'))
    if (body.scrollHeight > body.clientHeight + 1) found.push('table');
  return found;
}"""


@pytest.fixture(scope="module")
def server(sample_server: str) -> str:
    return sample_server


def presented(opened: Open, server: str, query: str = "", **settings: object) -> Page:
    """The projector, opened by its link."""
    page = opened(f"{server}/present?show=1&period=2024-11&{query}", **settings)
    page.wait_for_function(SETTLED, timeout=90_000)
    page.wait_for_timeout(300)
    return page


def at(page: Page) -> str:
    return str(page.locator(f"{ON} [data-slide]").get_attribute("data-slide"))


def press(page: Page, key: str) -> str:
    page.keyboard.press(key)
    return at(page)


def test_clicker_and_keyboard_turn_the_pages(server: str, opened: Open) -> None:
    page = presented(opened, server, f"slides={SHORT}")
    ids = SHORT.split(",")
    assert at(page) == ids[0]
    for key in ("PageDown", "ArrowRight", "ArrowDown", " "):
        press(page, key)
    assert at(page) == ids[4]
    assert press(page, "PageDown") == ids[4]
    assert [press(page, key) for key in ("PageUp", "ArrowLeft", "ArrowUp")] == ids[3:0:-1]
    assert [press(page, key) for key in ("Home", "End")] == [ids[0], ids[4]]
    assert page.locator(".lt-s-number").inner_text() == "5 / 5"
    page.keyboard.press("3")
    assert press(page, "Enter") == ids[2]
    page.mouse.click(400, 300)
    assert at(page) == ids[3]


def test_a_blank_screen_hides_everything_until_the_next_key(server: str, opened: Open) -> None:
    page = presented(opened, server, f"slides={SHORT}")
    blank = page.locator(".lt-s-blank")
    for again in ("b", "PageDown"):
        page.keyboard.press("b")
        assert blank.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
        assert press(page, again) == "title"
        assert not blank.is_visible()


def test_the_list_jumps_by_key_and_by_mouse(server: str, opened: Open) -> None:
    page = presented(opened, server, f"slides={SHORT}")
    page.keyboard.press("j")
    assert page.locator(".lt-s-list li").count() == 5
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert press(page, "Enter") == "overview"
    assert not page.locator(".lt-s-list").is_visible()
    page.keyboard.press("j")
    page.locator(".lt-s-list button").last.click()
    assert at(page) == "not-reported"
    assert page.url.endswith("#not-reported")


def test_a_reload_comes_back_to_the_same_slide_and_leaving_to_the_choice(
    server: str, opened: Open
) -> None:
    page = presented(opened, server, f"slides={SHORT}")
    press(page, "End")
    page.reload()
    page.wait_for_function(SETTLED, timeout=90_000)
    assert at(page) == "not-reported"
    for hidden in (".stSidebar", ".stAppHeader", ".lt-head", ".lt-filters"):
        assert not page.locator(hidden).is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(".lt-head h1")
    assert "show=" not in page.url
    assert page.locator(".stSidebar").is_visible()


def test_the_button_asks_for_the_full_screen(server: str, opened: Open) -> None:
    page = opened(f"{server}/present?slides={SHORT}")
    page.click(".lt-s-begin button")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    assert press(page, "PageDown") == "metric-placements"
    page.evaluate("document.exitFullscreen()")
    page.wait_for_selector(".lt-head h1")


def test_it_goes_on_by_itself_and_pauses(server: str, opened: Open) -> None:
    page = presented(opened, server, f"slides={SHORT}&every=10")
    page.keyboard.press("p")
    assert page.locator(".lt-s-paused").is_visible()
    page.wait_for_timeout(1000)
    assert at(page) == "title"
    page.keyboard.press("p")
    assert not page.locator(".lt-s-paused").is_visible()
    page.wait_for_function(
        "document.querySelector('.st-key-lt-stage [data-on] [data-slide]').dataset.slide"
        " === 'metric-placements'",
        timeout=20_000,
    )


def test_the_theme_changes_without_leaving_the_slide(server: str, opened: Open) -> None:
    page = presented(opened, server, f"slides={SHORT}&theme=dark")
    press(page, "PageDown")
    page.keyboard.press("t")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('.st-key-lt-stage')).backgroundColor"
        " === 'rgb(0, 0, 0)'"
    )
    page.wait_for_timeout(500)
    assert at(page) == "metric-placements"
    assert "theme=contrast" in page.url


@pytest.mark.parametrize("query", ["lang=zh", "lang=en&theme=contrast", "lang=en&community=guqiao"])
def test_every_text_is_large_and_none_overflows(server: str, opened: Open, query: str) -> None:
    page = presented(opened, server, query)
    count = page.locator(".st-key-lt-stage [data-slide]").count()
    assert count >= 8
    for _slide in range(count):
        for size in SIZES:
            resize(page, size)
            assert page.evaluate(SMALL) == [], (at(page), size)
            assert page.evaluate(OVERFLOWING) == [], (at(page), size)
        page.keyboard.press("PageDown")
    scales = page.locator(".st-key-lt-stage").evaluate(
        "it => { const m = new DOMMatrix(getComputedStyle(it).transform); return [m.a, m.d]; }"
    )
    assert scales[0] == scales[1]  # never stretched


def test_no_pseudonym_is_shown_and_the_freshness_stays(server: str, opened: Open) -> None:
    page = presented(opened, server)
    stage = page.locator(".st-key-lt-stage")
    assert page.locator(".lt-s-fresh li").count() == 4
    for _slide in range(stage.locator("[data-slide]").count()):
        assert page.locator(".lt-s-fresh").is_visible()
        assert page.locator(".lt-s-foot").is_visible()
        page.keyboard.press("PageDown")
    said = stage.evaluate("it => it.textContent")
    assert "公布数" in said
    assert "精确数" not in said
    assert not stage.locator("a").count()
