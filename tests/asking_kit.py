"""Answers what an import asks, and sees that it is then asked no more."""

from __future__ import annotations

from typing import Any

from import_kit import (
    take,
)

from lingti.district import District
from lingti.ingest.keeping import batches


def answers(document: dict[str, Any], **by_kind: str) -> dict[str, str]:
    """The usual answers, or those given by kind."""
    return {one["id"]: by_kind.get(one["kind"], one["default"]) for one in document["questions"]}


def asked_and_taken(home: District, data: bytes, name: str, **by_kind: str) -> dict[str, Any]:
    """What an import says once what it asks is answered; asked again it asks nothing."""
    refused = take(home, data, name)
    assert refused["refused"]["code"] == "questions"
    assert refused["batch"] is None
    assert batches.manifests(home.home) == []
    assert not (home.home / "entries").exists()
    taken = take(home, data, name, answers=answers(refused, **by_kind))
    assert taken["questions"] == []
    assert take(home, data, name)["questions"] == []
    return taken
