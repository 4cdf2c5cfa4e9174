"""The sample district: a home built from `sample_data/`, import by import."""

from __future__ import annotations

import shutil
import tomllib
import zlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from lingti import district
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.checking import coverage
from lingti.ingest.imports import Outcome, Request
from lingti.ingest.keeping import batches
from lingti.ingest.layout import titles
from lingti.judging import publication
from lingti.language import gettext as _

SAMPLE = Path(__file__).parent.parent.parent / "sample_data"
BY = "sample"


class DemoError(Exception):
    """The home cannot take the sample, or the sample does not import cleanly."""


def build(home: Path) -> None:
    """Makes the home the sample district, if it is empty, and publishes its warehouse.

    A home that already holds the sample is completed. Raises DemoError for another district's.
    """
    _refuse_other_home(home)
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(SAMPLE / "district.toml", home)
    for folder in ("sources", "entries"):
        shutil.copytree(SAMPLE / folder, home / folder, dirs_exist_ok=True)
    settings = district.load(home)
    for outcome in _import_all(settings):
        if outcome.refused is not None:
            raise DemoError(f"{', '.join(outcome.names)}: {outcome.refused}")
    publication.rebuild(home)


def _refuse_other_home(home: Path) -> None:
    theirs = home / "district.toml"
    ours = (SAMPLE / "district.toml").read_bytes()
    if theirs.exists() and theirs.read_bytes() != ours:
        raise DemoError(
            _(
                "{home} is the home of a district of its own. Choose another folder (--home)."
            ).format(home=home)
        )


def _import_all(settings: District) -> Iterator[Outcome]:
    done: set[str] = set()
    for request in _special_imports():
        done.update(f"{request['community']}/{name}" for name in request.get("files", []))
        yield from _import_one(settings, request)
    for folder in sorted((SAMPLE / "exports").iterdir()):
        for path in sorted(folder.iterdir()):
            if f"{folder.name}/{path.name}" not in done:
                yield from _import_one(settings, {"community": folder.name, "files": [path.name]})


def _special_imports() -> list[dict[str, Any]]:
    """The imports that say more than the community: days covered, several files, nil returns."""
    listed: list[dict[str, Any]] = tomllib.loads((SAMPLE / "imports.toml").read_text("utf-8"))[
        "import"
    ]
    return listed


def _import_one(settings: District, request: dict[str, Any]) -> list[Outcome]:
    if request.get("nil"):
        filed = {
            (manifest.source, manifest.covers) for manifest in batches.manifests(settings.home)
        }
        spans = tuple(coverage.parse(request["covers"]))
        if (request["source"], spans) not in filed:
            source = settings.source(request["source"])
            sent_at = _sent_at(request)
            return [imports.file_nil(settings, source, request["covers"], BY, at=sent_at)]
        return []
    folder = SAMPLE / "exports" / request["community"]
    files = tuple((name, (folder / name).read_bytes()) for name in request["files"])
    wanted = Request(
        request["community"],
        files,
        request.get("source"),
        request.get("covers"),
        at=_sent_at(request),
    )
    return imports.run(settings, wanted, BY)


def _sent_at(request: dict[str, Any]) -> datetime | None:
    """Two to seven days after the last day the files speak for; the sample lies in the past."""
    names = " ".join(request["files"])
    spans = coverage.parse(request["covers"]) if "covers" in request else titles.named_in(names)
    if not spans:
        return None
    days = timedelta(days=2 + zlib.crc32(names.encode()) % 6)
    return datetime.combine(max(span.last for span in spans) + days, time(9, 30))
