"""Numbers shown first where nobody has said which: those there are, for whoever reads."""

from __future__ import annotations

from pathlib import Path

from half_set_up_kit import no_expectation

from lingti import district, warehouse
from lingti.access.roles import ReaderView
from lingti.judging import publication
from lingti.judging.standing import headlines


def test_readers_of_published_values_are_shown_what_there_is_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    no_expectation(home)
    publication.rebuild(home)
    published = warehouse.current(home, ReaderView(frozenset()))
    shown = headlines.filled(published, district.load(home)).common
    assert "volunteer_hours" in shown
    assert not {"redemptions", "placements", "partners_active"} & {*shown}
