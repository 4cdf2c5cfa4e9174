"""Every page in every state of a district that is half set up: none fails, each says what lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from exhaustive import part
from half_set_up_kit import STATES
from page_kit import opened, text

NAMES = ["", *(page.stem for page in (Path(__file__).parents[2] / "pages").glob("*.py"))]


@pytest.mark.parametrize("state", list(STATES))
def test_no_page_fails(state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    STATES[state](home)
    for name in part(NAMES, 6, len(state)):
        page = opened(monkeypatch, home, name)
        assert not page.exception, (
            state,
            name,
            page.exception[0].message,
            page.exception[0].stack_trace,
        )
        assert len(text(page).strip()) > 20, (state, name)
