"""Whatever order people do things in, what was finalised stays; `make soak` takes 1,000 steps."""

from __future__ import annotations

from pathlib import Path

from edition_kit import edition_home
from exhaustive import count
from interleavings import interleaved


def test_steps_at_random_change_no_finalised_number_unseen(tmp_path: Path) -> None:
    walk = interleaved(edition_home(tmp_path / "home"), steps=count(50, 16), seed=20)
    assert walk.wrong == []
    assert {"import", "undo", "submit", "accept", "whole month"} <= set(walk.done)
