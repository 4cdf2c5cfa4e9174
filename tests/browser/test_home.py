"""The home page in a real browser: a deep link on a fresh server, filters, language, theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import ROOT, SIZES, Open, Serve, drawn, overflowing, resize, unfolded
from lingti.ui.window.style import PLOTLY

COMMUNITIES = ".lt-matrix th a.lt-place"  # the names in the matrix
QUARTER = "/?period=2024-Q2&in=guqiao%2Cbinhu&per=residents&lang=en"


@pytest.fixture(scope="module")
def server(sample_server: str) -> str:
    return sample_server


def filters(page: Page) -> dict[str, object]:
    pressed = "[aria-current=true], [aria-pressed=true]"
    return {
        "period": page.inner_text("[data-choice=period] option:checked"),
        "communities": page.locator(f"[data-choice=communities] :is({pressed})").all_inner_texts(),
        "per": page.locator(f"[data-choice=per] :is({pressed})").all_inner_texts(),
    }


def test_a_deep_link_on_a_fresh_server_reproduces_the_view(
    serve: Serve, sample_home: Path, opened: Open
) -> None:
    page = opened(serve(sample_home) + QUARTER)
    assert filters(page) == {
        "period": "Q2 2024",
        "communities": ["Guqiao", "Binhu"],
        "per": [],
    }
    assert page.locator(COMMUNITIES).count() == 2
    assert "Q2 2024" in page.inner_text(".lt-lead")


def test_choices_go_to_the_address_and_back(server: str, opened: Open) -> None:
    page = opened(server)
    page.click("text=季")
    drawn(page)
    page.click("[data-choice=communities] >> text=南风花园")
    drawn(page)
    assert page.url.endswith("/?period=2024-Q4&in=guqiao%2Cjinghang%2Cbinhu")
    assert page.locator(COMMUNITIES).count() == 3
    page.go_back()
    drawn(page)
    assert page.url.endswith("/?period=2024-Q4")
    page.wait_for_function("document.querySelectorAll('.lt-matrix th a.lt-place').length === 4")
    assert filters(page)["period"] == "2024年第四季度"


def test_what_draws_the_pictures_is_packed_as_it_is(server: str, opened: Open) -> None:
    page = opened(server)
    unpacked = page.evaluate("file => fetch(file).then(answer => answer.text())", f"app/{PLOTLY}")
    assert unpacked == (ROOT / PLOTLY).read_text("utf-8")


# The words of every picture and where they stand in it; Plotly's own copy of a text is not seen.
WORDS = """(kind) => [...document.querySelectorAll('.lt-picture')].map((picture) => {
  const place = picture.getBoundingClientRect();
  return [...picture.querySelectorAll(`${kind} text`)].map((text) => {
    const { left, top } = text.getBoundingClientRect();
    return [text.textContent.trim(), left - place.left, top - place.top];
  }).filter(([words]) => words).sort();
})"""


def test_until_plotly_is_there_pictures_are_sketched_with_the_same_words_in_the_same_places(
    server: str, opened: Open
) -> None:
    page = opened(f"{server}/?lang=en", size=(1280, 1600))
    held: list[Route] = []
    page.route("**/plotly-*", lambda route: held.append(route))
    page.goto(f"{server}/concerns?lang=en")
    all_sketched = (
        "document.querySelectorAll('.lt-picture:not(:has(.lt-sketch text))').length === 0"
    )
    page.wait_for_function(f"document.querySelector('.lt-picture') && {all_sketched}")
    sketched = page.evaluate(WORDS, ".lt-sketch")
    assert page.get_attribute(".lt-sketch", "aria-hidden") == "true"
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    drawn(page)
    assert page.locator(".lt-sketch").count() == 0
    by_plotly = page.evaluate(WORDS, ".main-svg")
    assert [len(words) > 5 for words in sketched] == [True] * len(by_plotly)
    for ours, theirs in zip(sketched, by_plotly, strict=True):
        assert [word for word, *_ in ours] == [word for word, *_ in theirs]
        for (word, *place), (_, *later) in zip(ours, theirs, strict=True):
            moved = max(abs(now - then) for now, then in zip(place, later, strict=True))
            assert moved < 4, word


def test_choices_are_made_by_keyboard_and_keep_the_focus(server: str, opened: Open) -> None:
    page = opened(f"{server}/volunteering?lang=en")
    focused = "document.activeElement.textContent"
    page.focus("[data-choice=per] .lt-option")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    drawn(page)
    assert filters(page)["per"] == ["Per 1,000 residents"]
    assert page.evaluate(focused) == "Per 1,000 residents"
    page.focus("[data-choice=communities] .lt-option")
    for key in ("Space", "Tab", "Space"):  # the second before the page of the first is there
        page.keyboard.press(key)
    drawn(page)
    assert filters(page)["communities"] == ["Jinghang", "Binhu"]
    assert page.evaluate(focused) == "Guqiao"
    assert page.url.endswith("/volunteering?lang=en&per=residents&in=jinghang%2Cbinhu")
    page.select_option("[data-choice=period] select", label="Jun 2024")
    drawn(page)
    assert "Jun 2024" in page.inner_text(".lt-sentence")


def test_a_table_is_downloaded_and_the_address_stays(server: str, opened: Open) -> None:
    address = f"{server}/volunteering?lang=en&period=2024-06"
    page = opened(address, accept_downloads=True)
    page.locator("[data-choice=as-all] [data-value=files]").click()
    page.wait_for_selector(".lt-downloads")
    drawn(page)
    for ending, begin in (("csv", b"\xef\xbb\xbfMetric,Nanfeng,Guqiao,"), ("xlsx", b"PK")):
        with page.expect_download() as download:
            page.click(f".lt-downloads >> text=Download {ending}")
        assert download.value.suggested_filename == f"volunteering-2024-06.{ending}"
        assert Path(download.value.path()).read_bytes().startswith(begin)
    drawn(page)
    assert page.url == f"{address}&as-all=files"


def test_the_menu_carries_the_view_and_the_theme_to_other_pages(server: str, opened: Open) -> None:
    page = opened(f"{server}/?period=2024-Q2&in=guqiao%2Cbinhu&lang=zh")
    page.click("[data-testid=stMainMenuButton]")
    page.click("[data-testid=stMainMenuItem-theme-Dark]")
    page.keyboard.press("Escape")
    unfolded(page)
    page.click(".lt-menu >> text=志愿服务")
    page.wait_for_function("document.querySelector('h1')?.innerText === '志愿服务'")
    drawn(page)
    assert page.url.endswith("/volunteering?lang=zh&period=2024-Q2&in=guqiao%2Cbinhu")
    assert page.inner_text("[data-choice=period] option:checked") == "2024年第二季度"
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    page.click("[data-choice=per] >> text=每千人")
    drawn(page)
    page.click(".lt-menu >> text=总览")
    page.wait_for_selector(".lt-matrix")
    assert "per=residents" in page.url
    assert "period=2024-Q2" in page.url
    assert page.locator(COMMUNITIES).count() == 2


def test_the_language_is_the_browser_s_until_it_is_switched(server: str, opened: Open) -> None:
    page = opened(server, locale="en-GB")
    assert page.inner_text("h1") == "Take a topic, tackle it: at a glance"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("text=中文")
    drawn(page)
    page.wait_for_function("document.querySelector('h1').innerText === '领题攻坚一览'")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert "lang=zh" in page.url


def test_the_theme_follows_the_menu_at_once_also_in_the_pictures(server: str, opened: Open) -> None:
    page = opened(f"{server}/volunteering")
    line = ".js-plotly-plot .scatterlayer .trace:last-child .point"
    before = page.locator(line).first.evaluate("it => getComputedStyle(it).fill")
    page.click("[data-testid=stMainMenuButton]")
    page.click("[data-testid=stMainMenuItem-theme-Dark]")
    page.wait_for_function(
        """([line, before]) => {
          const drawn = document.querySelector(line);
          return drawn && getComputedStyle(drawn).fill !== before;
        }""",
        arg=[line, before],
    )
    paper = page.locator(".lt-paper-time").first.evaluate(
        "it => getComputedStyle(it).backgroundColor"
    )
    assert paper == "rgb(24, 33, 38)"


def test_the_theme_is_switched_in_the_sidebar_as_in_the_menu(server: str, opened: Open) -> None:
    page = opened(server)
    scheme = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
    for wanted in ("dark", "light"):
        page.click(".lt-theme")
        page.wait_for_function(f"{scheme} === '{wanted}'")
        page.wait_for_function("!document.documentElement.classList.contains('lt-switching')")
    assert page.locator("[data-testid=stMainMenuList]").count() == 0


def test_the_first_screen_holds_all_that_is_asked_first(server: str, opened: Open) -> None:
    page = opened(server, size=(1366, 640))
    ends = "it => it.getBoundingClientRect().bottom"
    for size in ((1366, 640), (1920, 1080), (1280, 720)):
        resize(page, size)
        assert page.locator(".lt-filters").evaluate(ends) <= 90, size
        for part in (".lt-lead", ".lt-standings", ".lt-to-do"):
            assert page.locator(part).evaluate(ends) <= size[1], (part, size)
        entries = page.locator(".lt-menu > a:not(.lt-skip):visible, .lt-menu > details > summary")
        assert entries.count() == 12, size
        switches = page.locator(".lt-switches :is(a, button)")
        assert switches.last.evaluate(ends) <= size[1], size


def test_on_a_phone_the_sentence_is_on_the_first_screen(server: str, opened: Open) -> None:
    page = opened(server, size=(390, 844))
    assert page.locator(".lt-lead").evaluate("it => it.getBoundingClientRect().bottom") <= 844


def test_every_to_do_leads_to_its_place_and_all_are_shown_when_asked(
    server: str, opened: Open
) -> None:
    page = opened(server)
    lines = page.locator(".lt-to-do li a")
    assert lines.count() == 5
    page.click(".lt-to-do .lt-more a")
    page.wait_for_function("document.querySelectorAll('.lt-to-do li a').length > 5")
    assert "todo=all" in page.url
    late = lines.first
    assert "standing=overdue" in str(late.get_attribute("href"))
    words = late.locator(".lt-to-do-says").inner_text().split("。")[0]
    late.click()
    page.wait_for_function("document.querySelector('h1')?.innerText === '决定事项'")
    drawn(page)
    assert words in page.inner_text(".stMain")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_longest_units_fit_in_every_size(server: str, opened: Open, language: str) -> None:
    page = opened(f"{server}/?lang={language}&per=households")
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == [], size


def test_a_chinese_page_has_no_english_words_of_the_framework(server: str, opened: Open) -> None:
    page = opened(server)
    page.click("[data-testid=stMainMenuButton]")
    page.wait_for_selector("[data-testid=stMainMenuList]")
    seen = page.locator("body").inner_text()
    for word in ("Deploy", "Rerun", "Settings", "Choose", "Select all", "Made with"):
        assert word not in seen


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "没有这个网址的页面"), ("en", "No page has this address")]
)
def test_an_address_that_no_page_has_is_told_in_the_reader_s_language(
    server: str, chromium: Browser, language: str, says: str
) -> None:
    page = chromium.new_page()  # not watched: the browser logs that nothing is at the address
    page.goto(f"{server}/nowhere?lang={language}")
    drawn(page)
    expect(page.get_by_role("dialog")).to_contain_text(says)
    expect(page.get_by_role("dialog")).not_to_contain_text("Page not found")
    page.close()


def test_the_sample_is_built_where_there_is_nothing(
    serve: Serve, tmp_path: Path, opened: Open
) -> None:
    page = opened(serve(tmp_path / "home"))
    assert page.inner_text("h1") == "欢迎使用领题"
    page.get_by_role("button", name="看看示例").click()
    page.wait_for_selector(".lt-matrix", timeout=180_000)
    drawn(page)
    assert page.locator(COMMUNITIES).count() == 4


def test_on_a_phone_the_menu_goes_away_when_a_page_was_chosen(server: str, opened: Open) -> None:
    page = opened(f"{server}/?lang=zh", size=(390, 844))
    page.click("[data-testid=stExpandSidebarButton]")
    page.wait_for_function("document.querySelector('.stSidebar').getBoundingClientRect().right > 0")
    unfolded(page)
    page.click(".lt-menu >> text=志愿服务")
    page.wait_for_function("document.querySelector('h1')?.innerText === '志愿服务'")
    page.wait_for_function(
        "document.querySelector('.stSidebar').getBoundingClientRect().right <= 0"
    )
