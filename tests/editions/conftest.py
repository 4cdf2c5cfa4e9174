"""Editions of three metrics: what there are more of is kept the same way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from edition_kit import few_metrics

from lingti import catalog


@pytest.fixture(scope="module", autouse=True)
def of_few_metrics() -> Iterator[None]:
    """The catalogue of every home has three metrics here."""
    few = few_metrics()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalog, "of", lambda _home: few)
        yield
