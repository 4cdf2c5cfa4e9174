"""What tests of quick builds share."""

from __future__ import annotations

import pytest

from lingti.warehouse.fast import building


@pytest.fixture(autouse=True)
def small_homes_are_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny as they are, the homes of these tests are not built anew."""
    monkeypatch.setattr(building, "SMALL_BYTES", 0)
