"""What tests of documents share: the sample's data of a month, and its numbers as printed."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Ask, run_lingti
from report_kit import PERIOD, Document, Known, Printed

from lingti import catalog, language
from lingti.catalog import DISTRICT
from lingti.report import Material, Wish, gather, make


@pytest.fixture(autouse=True)
def english() -> None:
    """Tests read English."""
    language.use("en")


@pytest.fixture(scope="session")
def material(sample_home: Path) -> Material:
    """The sample in the month in which one community reported in part."""
    return gather(sample_home, PERIOD)


@pytest.fixture(scope="session")
def document(material: Material) -> Document:
    """A document of the sample in English, made once: `document("guqiao", "docx")`."""
    return cache(lambda place, ending: make(material, place, ending, Wish("en")))


@pytest.fixture(scope="session")
def printed(ask: Ask) -> Printed:
    found: dict[tuple[str, str, str], float | None] = {}
    for name in catalog.program().metrics:
        for row in ask(name, "--grain", "month"):
            found[name, row["community"], row["period"]] = row["value"]
    return Printed(found)


@pytest.fixture(scope="session")
def known(material: Material, printed: Printed, ask: Ask, sample_home: Path) -> Known:
    def listed(command: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            run_lingti(command, "--json", "--home", sample_home)
        )
        return found

    settings = tomllib.loads((sample_home / "district.toml").read_text("utf-8"))
    targets = {(one["community"], one["metric"]): one["value"] for one in settings["target"]}
    begun: dict[str, date] = {}
    for one in settings["expected"]:
        for place in (one["community"], DISTRICT):
            begun[place] = min(begun.get(place, one["from"]), one["from"])

    @cache
    def why(metric: str, place: str) -> dict[str, Any]:
        about = ["--community", place, "--period", PERIOD, "--json", "--home", sample_home]
        found: dict[str, Any] = json.loads(run_lingti("why", metric, *about))
        return found

    held = listed("findings"), listed("batches")
    return Known(material, printed, cache(ask), targets, begun, *held, why)
