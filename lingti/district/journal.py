"""What people enter about numbers, with types: targets, annotations, decisions, baselines.

Everything is an entry of `lingti.entries`, so it counts at once, has a history, and a deletion is
an entry too. Nothing here waits for the warehouse to be built again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.catalog import Catalog
from lingti.district import Target
from lingti.personal_data import mask, scrub

TARGET, ANNOTATION, DECISION, LINK, BASELINE, ORDINARY = (
    "target",
    "annotation",
    "decision",
    "decision_link",
    "baseline",
    "ordinary",
)


# What an owner's column is called: a post, so whatever reads as a name is masked.
_OWNER = "责任岗"


def ordinary_members(home: Path, written: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Dimension and member of which few tell of nobody: as written in `district.toml`, and entered.

    Whatever nobody has decided on is sensitive.
    """
    ordinary = set(written)
    for key, value in entries.latest(home, ORDINARY).items():
        dimension, _slash, member = key.partition("/")
        (ordinary.add if value else ordinary.discard)((dimension, member))
    return sorted(ordinary)


def call_ordinary(home: Path, dimension: str, member: str, by: str, *, ordinary: bool) -> None:
    """Says of a member whether few tell of nobody."""
    entries.add(home, ORDINARY, f"{dimension}/{member}", ordinary, by)


def new_key() -> str:
    """A key for an entry that has no name of its own."""
    return uuid.uuid4().hex[:12]


def targets(home: Path, written: Iterable[Target], known: Catalog) -> list[Target]:
    """The targets that hold: those written in `district.toml`, changed by the newest entries."""
    target_of = {(target.community, target.metric, target.period): target for target in written}
    for key, value in entries.latest(home, TARGET).items():
        community, metric, period = key.split("/")
        target_of.pop((community, metric, period), None)
        if value is not None and metric in known.metrics:
            target_of[community, metric, period] = Target(community, metric, period, float(value))
    return list(target_of.values())


def set_target(home: Path, target: Target, by: str) -> None:
    """Sets a target, or changes the one of that community, metric and period."""
    entries.add(home, TARGET, _target_key(target), target.value, by)


def drop_target(home: Path, target: Target, by: str) -> None:
    """Takes a target back, also one of `district.toml`."""
    entries.add(home, TARGET, _target_key(target), None, by)


def _target_key(target: Target) -> str:
    return f"{target.community}/{target.metric}/{target.period}"


@dataclass(frozen=True)
class Note:
    """An annotation: what happened in a community (or the district) on a day.

    With a metric it is drawn on that metric's charts only. `key` is empty for what the program
    knows by itself, such as a change of a definition.
    """

    community: str
    day: date
    text: str
    metric: str = ""
    key: str = ""


def notes(home: Path) -> list[Note]:
    """The annotations that people entered, in order of time."""
    entered = [
        Note(**{**value, "day": date.fromisoformat(value["day"])}, key=key)
        for key, value in entries.current(home, ANNOTATION).items()
    ]
    return sorted(entered, key=lambda note: (note.day, note.community, note.key))


def add_note(home: Path, note: Note, by: str) -> None:
    """Keeps a new annotation."""
    value = {**asdict(note), "day": note.day.isoformat(), "text": mask(note.text)}
    del value["key"]
    entries.add(home, ANNOTATION, new_key(), value, by)


def drop_note(home: Path, note: Note, by: str) -> None:
    """Takes an annotation back."""
    entries.add(home, ANNOTATION, note.key, None, by)


@dataclass(frozen=True)
class Origin:
    """Where a row comes from: its batch, file, sheet and row, who imported it and when."""

    batch: int
    file: str
    sheet: str
    row: int
    imported_by: str
    imported_at: datetime


# How decisions stand, the most urgent first.
STANDINGS = ("overdue", "due_soon", "open", "done_late", "done")
DONE = ("done_late", "done")


@dataclass(frozen=True)
class Decision:
    """A decision of a meeting. `key` is empty, and `origin` there, for one that an export holds."""

    community: str
    day: date
    topic: str
    decision: str
    owner: str
    due_on: date | None = None
    done_on: date | None = None
    metric: str = ""
    key: str = ""
    origin: Origin | None = None

    @property
    def link_key(self) -> str:
        """Names a decision of an export, which has no key of its own, across re-imports."""
        return f"{self.community}/{self.day}/{self.decision}"

    def standing(self, on: date) -> str:
        """How it stands on a day: one of `STANDINGS`."""
        return standing(self.due_on, self.done_on, on)


def standing(due_on: date | None, done_on: date | None, on: date) -> str:
    """How a decision stands on a day: one of `STANDINGS`; `due_soon` is within a week."""
    if done_on is not None and done_on <= on:
        return "done_late" if due_on is not None and done_on > due_on else "done"
    if due_on is None:
        return "open"
    if due_on < on:
        return "overdue"
    return "due_soon" if (due_on - on).days < 7 else "open"


def decisions(home: Path, exported: Iterable[Decision]) -> list[Decision]:
    """Every decision, newest first: those of the exports with their links, and those entered."""
    links = entries.current(home, LINK)
    linked = [
        replace(decision, metric=links.get(decision.link_key, decision.metric))
        for decision in exported
    ]
    entered = [_decision(key, value) for key, value in entries.current(home, DECISION).items()]
    return sorted(
        [*linked, *entered], key=lambda decision: (decision.day, decision.community), reverse=True
    )


def keep_decision(home: Path, decision: Decision, by: str) -> None:
    """Keeps a new decision, or the changed one of its key."""
    value: dict[str, Any] = {**asdict(decision)}
    key = value.pop("key") or new_key()
    del value["origin"]
    for name in ("topic", "decision"):
        value[name] = mask(value[name])
    (value["owner"],) = scrub([decision.owner], _OWNER).texts
    for name in ("day", "due_on", "done_on"):
        value[name] = value[name] and value[name].isoformat()
    entries.add(home, DECISION, key, value, by)


def drop_decision(home: Path, decision: Decision, by: str) -> None:
    """Takes an entered decision back."""
    entries.add(home, DECISION, decision.key, None, by)


def link_decision(home: Path, decision: Decision, metric: str, by: str) -> None:
    """Ties a decision of an export to a metric; an empty one unties it."""
    entries.add(home, LINK, decision.link_key, metric or None, by)


def _decision(key: str, value: dict[str, Any]) -> Decision:
    days = {
        name: date.fromisoformat(value[name]) if value.get(name) else None
        for name in ("day", "due_on", "done_on")
    }
    return Decision(**{**value, **days}, key=key)


@dataclass(frozen=True)
class Rebase:
    """A known change: from this period on limits are computed anew, for this reason."""

    period: str
    reason: str


@dataclass(frozen=True)
class Baseline:
    """How a series is judged: limits locked on its first points or not, and its known changes."""

    locked: int | None = None
    rebases: tuple[Rebase, ...] = field(default=())


def baselines(home: Path) -> dict[tuple[str, str, str], Baseline]:
    """(community, metric, grain) → how that series is judged, where somebody has said so."""
    baseline_of = {}
    for key, value in entries.current(home, BASELINE).items():
        community, metric, grain = key.split("/")
        rebases = tuple(Rebase(**rebase) for rebase in value["rebases"])
        baseline_of[community, metric, grain] = Baseline(value["locked"], rebases)
    return baseline_of


def set_baseline(
    home: Path, community: str, metric: str, grain: str, chosen: Baseline, by: str
) -> None:
    """Changes how a community's series of a metric is judged."""
    value = None if chosen == Baseline() else asdict(chosen)
    entries.add(home, BASELINE, f"{community}/{metric}/{grain}", value, by)
