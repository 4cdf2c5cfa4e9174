"""Forms that mislead: what may be filled in of each is known, and nothing else is filled."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms import form_kit, nasty_forms

from lingti.forms.filling import Filled

EXPECTED = Path(__file__).parent / "own" / "nasty.tsv"


def told(done: Filled) -> list[str]:
    """Each filled cell: what is written there, and of what it is."""
    found = []
    for one in done.outcomes:
        asks = one.reading
        if one.filled and asks.period is not None:
            change = f"{asks.change} {'difference' if asks.difference else 'share'}"
            what = (
                *(asks.metric, asks.place, asks.period.id, asks.member or "-"),
                *(change if asks.change else "-", f"{asks.scale:g}"),
            )
            found.append("\t".join((one.key, *what)))
    return found


def expected() -> dict[str, list[str]]:
    """Form → the lines of its cells."""
    found: dict[str, list[str]] = {name: [] for name in nasty_forms.FORMS}
    for line in EXPECTED.read_text("utf-8").splitlines()[1:]:
        name, rest = line.split("\t", 1)
        found[name].append(rest)
    return found


@pytest.mark.parametrize("name", nasty_forms.FORMS)
def test_nothing_is_filled_but_what_may_be(sample_home: Path, name: str) -> None:
    done = form_kit.fill(sample_home, nasty_forms.FORMS[name])
    assert told(done) == expected()[name]
    assert all(one.filled or one.code for one in done.outcomes)
