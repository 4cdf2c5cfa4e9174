"""A district of sixty communities in a real browser: search, subdistrict, turning, room."""

from __future__ import annotations

from pathlib import Path

from browser.conftest import Open, Serve, drawn, overflowing


def test_one_finds_a_community_and_turns_to_the_next_ones(
    serve: Serve, many_home: Path, opened: Open
) -> None:
    page = opened(serve(many_home) + "/volunteering?period=2024-06", size=(1280, 720))
    assert overflowing(page) == []
    page.locator(".st-key-turned-1").get_by_text("2", exact=True).click()
    page.wait_for_url("**from=2**")
    drawn(page)
    assert "现列出第13至24个社区" in page.inner_text(".st-key-lt-turn")
    page.locator(".st-key-communities input").fill("社区57")
    page.get_by_role("option", name="社区57").click()
    page.wait_for_url("**in=c0057**")
    drawn(page)
    assert page.locator(".st-key-lt-turn").count() == 0
    assert overflowing(page) == []
