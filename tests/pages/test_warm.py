"""What is kept from earlier runs never changes what a page says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exhaustive import part
from page_kit import figures, html, opened

from lingti.memo_cache import Shelf
from lingti.ui.window import menu

VIEW = {"lang": "en", "period": "2024-Q3", "in": "guqiao,binhu", "per": "residents"}


def made_anew(_shelf: Shelf, _key: bytes, make: Callable[[], Any]) -> Any:
    return make()


@pytest.mark.parametrize("page", part((name for name in menu.pages() if name != "import_data"), 8))
def test_a_page_is_warm_as_it_is_when_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, page: str
) -> None:
    said(monkeypatch, sample_home, page)
    warm = said(monkeypatch, sample_home, page)
    monkeypatch.setattr(Shelf, "get", made_anew)
    assert warm == said(monkeypatch, sample_home, page)


def said(
    monkeypatch: pytest.MonkeyPatch, home: Path, page: str
) -> tuple[str, list[dict[str, Any]]]:
    shown = opened(monkeypatch, home, page, **VIEW)
    assert not shown.exception
    return html(shown), figures(shown)
