"""Forms with the cells that belong into them: nothing wrong, nine of ten filled, all explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forms import form_kit

from lingti.forms import filling

Ask = Callable[..., list[dict[str, Any]]]
EXAMPLES = Path(__file__).parent / "examples"
LINES = form_kit.expected(EXAMPLES / "expected.tsv")


@pytest.mark.parametrize("name", LINES)
def test_an_example_is_filled_as_expected(sample_home: Path, ask: Ask, name: str) -> None:
    done = form_kit.fill(sample_home, EXAMPLES / name)
    score = form_kit.score(ask, done, filling.data_of(done), LINES[name])
    assert score.wrong == []
    assert score.blank == []
    assert score.unexplained == []
    assert done.needs == ()
