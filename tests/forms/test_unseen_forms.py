"""Forms that the program had not seen: nothing wrong, nine of ten filled, every blank explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Ask
from forms import form_kit, unseen_forms

from lingti.forms.filling import Filled

FORMS = unseen_forms.read(Path(__file__).parent / "own" / "unseen.txt")
Judged = dict[str, tuple[Filled, list[tuple[str, str]]]]


@pytest.fixture(scope="module")
def judged(sample_home: Path, ask: Ask) -> Judged:
    """Form → it filled, and what became of its cells; all in one pass."""
    numbers = unseen_forms.Numbers(ask)
    made = {}
    for form in FORMS:
        done = form_kit.fill(sample_home, form.data)
        found = {one.key: one.value for one in done.outcomes if one.filled}
        made[form.name] = done, list(unseen_forms.judged(numbers, form, found))
    return made


def test_no_cell_is_wrong(judged: Judged) -> None:
    told = {name: cells for name, (_done, cells) in judged.items()}
    wrong = {
        name: [what for kind, what in cells if kind == "wrong"] for name, cells in told.items()
    }
    assert {name: cells for name, cells in wrong.items() if cells} == {}


def test_nine_of_ten_cells_are_filled(judged: Judged) -> None:
    kinds = [kind for _done, cells in judged.values() for kind, _what in cells]
    assert kinds.count("right") > 0.95 * len(kinds)


def test_every_blank_is_explained_and_nothing_is_asked_that_a_form_says(judged: Judged) -> None:
    for name, (done, _cells) in judged.items():
        assert [one.key for one in done.outcomes if not one.filled and not one.code] == [], name
        assert done.needs == (), name
