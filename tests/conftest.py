"""What tests share: the sample district, built once."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import templates
from templates import built_once

from lingti import language
from lingti.commands import cli
from lingti.ingest.keeping import batches
from lingti.judging import publication

Ask = Callable[..., list[dict[str, Any]]]


def run_lingti(*arguments: object) -> str:
    """Runs a command of `lingti` in this process; its standard output. It must succeed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    assert ended.value.code == cli.DONE, f"lingti {' '.join(map(str, arguments))}"
    return printed.getvalue()


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """Every test starts in Chinese, whatever language another one or a command left."""
    language.use("zh")


@pytest.fixture(autouse=True, scope="session")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is built once lies where all workers find it."""
    base = tmp_path_factory.getbasetemp()
    templates.keep_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def sample_home() -> Path:
    """The home that `lingti demo` builds. Tests that write copy it first."""
    return built_once("sample", lambda home: run_lingti("demo", "--no-serve", "--home", home))


@pytest.fixture(scope="session")
def lean_home(sample_home: Path) -> Path:
    """The sample to which only Guqiao's service and visits came, so that what is imported then is
    soon published. Tests that write copy it first."""

    def build(home: Path) -> None:
        shutil.copytree(sample_home, home)
        for manifest in batches.manifests(home):
            if manifest.community != "guqiao" or not {"service", "visits"} & {*manifest.tables}:
                shutil.rmtree(home / "batches" / f"{manifest.batch:06d}")
        shutil.rmtree(home / "warehouse")
        publication.rebuild(home)

    return built_once("lean", build)


@pytest.fixture(scope="session")
def many_home() -> Path:
    """A generated district of sixty communities in three subdistricts; tests only read it."""
    return built_once("many", _build_many)


def _build_many(home: Path) -> None:
    generate = [sys.executable, "sample_data/generate.py", "--communities", "60"]
    subprocess.run(
        [*generate, "--events", "3000", "--as", "parquet", "--out", str(home)],
        cwd=Path(__file__).parent.parent,
        check=True,
    )
    run_lingti("build", "--home", home)


@pytest.fixture(scope="session")
def ask(sample_home: Path) -> Ask:
    """Asks of the sample."""
    return asking(sample_home)


def asking(home: Path) -> Ask:
    """Asks `lingti metric … --json` of a home: `ask("placements", "--period", "2024-06")`."""

    def answer(*question: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            run_lingti("metric", *question, "--json", "--home", home)
        )
        return found

    return answer
