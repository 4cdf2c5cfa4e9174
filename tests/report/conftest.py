"""What tests of documents share: the sample's data of a month, and its numbers as printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Ask
from report_kit import PERIOD, Printed

from lingti import catalog, language
from lingti.report import Material, gather


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Tests read English, whatever ran before."""
    language.use("en")
    yield
    language.use("zh")


@pytest.fixture(scope="session")
def material(sample_home: Path) -> Material:
    """The sample in the month in which one community reported in part."""
    return gather(sample_home, PERIOD)


@pytest.fixture(scope="session")
def printed(ask: Ask) -> Printed:
    found: dict[tuple[str, str, str], float | None] = {}
    for name in catalog.metrics():
        for row in ask(name, "--grain", "month"):
            found[name, row["community"], row["period"]] = row["value"]
    return Printed(found)
