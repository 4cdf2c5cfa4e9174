"""Revisions: what differs from what was finalised, and by which batches, settings or definitions.

Nothing of this is kept: an edition never changes, so each difference from what is counted now is
one, whatever led to it. What the deletion of a person made differ stands in the audit only; a
revision by one would name the person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingti import district, entries, warehouse
from lingti.access import audit
from lingti.catalog import DISTRICT, Metric
from lingti.district import settings
from lingti.editions import contents, held, keeping, reasons
from lingti.editions.held import Cell, Row
from lingti.editions.keeping import Edition
from lingti.editions.reasons import UNSTATED, Reason
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Manifest
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse

_COUNT = ("merchant_alias", "target", "baseline", "ordinary")  # entries that change what counts
_PROGRAMME = "programme"


@dataclass(frozen=True)
class Cause:
    """What led to a revision: a `batch`, a `setting` or a `definition`; who, when and why."""

    kind: str
    act: str
    batch: int = 0
    what: str = ""
    by: str = ""
    at: str = ""
    reason: str = UNSTATED
    text: str = ""


@dataclass(frozen=True)
class Revision:
    """A number that differs from its edition, with what led to it, the newest first.

    The parts are numerator and denominator of a share, which may be others where it is the same.
    """

    edition: str
    cell: Cell
    before: float | None
    after: float | None
    parts_before: tuple[float | None, float | None]
    parts_after: tuple[float | None, float | None]
    state_before: str
    state_after: str
    causes: tuple[Cause, ...]

    @property
    def metric(self) -> str:
        """The metric of the number."""
        return self.cell[0]

    @property
    def community(self) -> str:
        """The place of the number."""
        return self.cell[1]

    @property
    def reason(self) -> str:
        """The reason that was stated, the newest first; `unstated` where none was."""
        stated = [cause.reason for cause in self.causes if cause.reason != UNSTATED]
        return stated[0] if stated else UNSTATED

    @property
    def size(self) -> float:
        """How large it is, as a share of the larger of both; what came or went is a whole."""
        before, after = self.before, self.after
        if before is None or after is None:
            return 1.0 if before is not after else 0.0
        return abs(after - before) / max(abs(after), abs(before), 1e-12)

    def document(self) -> dict[str, Any]:
        """As `lingti revisions` prints it."""
        metric, community, grain, period, dimension, member = self.cell
        change = None
        if self.before is not None and self.after is not None:
            change = self.after - self.before
        return {
            "edition": self.edition,
            "metric": metric,
            "community": community,
            "grain": grain,
            "period": period,
            "dimension": dimension,
            "member": member,
            "before": self.before,
            "after": self.after,
            "change": change,
            **dict(zip(("numerator_before", "denominator_before"), self.parts_before, strict=True)),
            **dict(zip(("numerator_after", "denominator_after"), self.parts_after, strict=True)),
            "state_before": self.state_before,
            "state_after": self.state_after,
            "reason": self.reason,
            "causes": [
                {name: one for name, one in vars(cause).items() if one} for cause in self.causes
            ],
        }


def of_home(
    home: Path, data: Warehouse | None = None, *, stored_only: bool = False
) -> list[Revision]:
    """The revisions of the newest edition of every month, the largest first."""
    newest = {edition.period: edition for edition in keeping.editions(home)}
    revisions = [
        revision
        for edition in newest.values()
        for revision in of_edition(home, edition, data, stored_only=stored_only)
    ]
    return largest_first(revisions)


def since(home: Path, data: Warehouse, period: str) -> tuple[str, list[Revision]]:
    """The newest edition that holds a period, "" without any, and what of it differs since.

    The programme goes on, so no edition is of all of it; nor is one of weeks.
    """
    editions = [
        edition
        for edition in keeping.editions(home)
        if period in edition.grains and period != _PROGRAMME
    ]
    if not editions:
        return "", []
    differing = of_edition(home, editions[-1], data, stored_only=True)
    return editions[-1].name, [revision for revision in differing if revision.cell[3] == period]


def of_edition(
    home: Path, edition: Edition, data: Warehouse | None = None, *, stored_only: bool = False
) -> list[Revision]:
    """What differs now from an edition, the largest first, as who reads `data` may know it.

    With `stored_only` only the numbers of months, quarters and years, as pages show them.
    """
    data = data or warehouse.current(home)
    return _of_edition(data, edition.name, entries.version(home), edition.at, stored_only)


@memoised
def _of_edition(
    data: Warehouse, name: str, _entered: tuple[int, int], _at: str, stored_only: bool
) -> list[Revision]:
    home = data.home
    edition = keeping.find(home, name)
    before = held.was(home, edition, data)
    after = held.now(data, [edition], stored_only=stored_only)
    forgotten = _forgotten(home, edition)
    exact = data.reader_view.exact
    came = [one for one in after if _is_held(one, edition) and (exact is None or one[1] in exact)]
    differing = [
        (cell, before.get(cell), after.get(cell))
        for cell in dict.fromkeys([*before, *came])
        if cell[0] in data.catalog.metrics and (not stored_only or cell[2] in contents.STORED)
    ]
    changed = [
        one for one in differing if _differs(*one[1:]) and not _is_forgotten(*one, forgotten)
    ]
    if not changed:
        return []
    causes = _Causes(home, edition, data)
    return largest_first(_revision(edition, *one, causes) for one in changed)


def _revision(
    edition: Edition, cell: Cell, before: Row | None, after: Row | None, causes: _Causes
) -> Revision:
    return Revision(
        edition.name,
        cell,
        _value(before),
        _value(after),
        _parts(before),
        _parts(after),
        before["state"] if before else "none",
        after["state"] if after else "none",
        causes.of(cell),
    )


def largest_first(revisions: Iterable[Revision]) -> list[Revision]:
    """Totals before members, then by size; those alike in a fixed order."""
    return sorted(
        revisions,
        key=lambda revision: (
            revision.cell[4] is not None,
            -round(revision.size, 9),
            tuple(map(str, revision.cell)),
        ),
    )


def _is_held(cell: Cell, edition: Edition) -> bool:
    """Whether a number that is there now is of an edition: its metric, place and period are."""
    return cell[0] in edition.metrics and (cell[1] == DISTRICT or cell[1] in edition.communities)


def _differs(before: Row | None, after: Row | None) -> bool:
    """Whether a number is another, or there is one no more; a member without rows is none."""
    if before is None or after is None:
        there = before or after
        return there is not None and there["state"] != "withheld" and bool(there["value"])
    if "withheld" in (before["state"], after["state"]):
        return False
    return not held.is_same(before, after)


def differences(edition: Edition, before: Warehouse, after: Warehouse) -> list[list[Any]]:
    """What made numbers of an edition another between two warehouses: cells, with both values."""
    was, now = held.now(before, [edition]), held.now(after, [edition])
    return [
        [*cell, _value(was.get(cell)), _value(now.get(cell))]
        for cell in sorted({**was, **now}, key=repr)
        if _is_held(cell, edition) and _differs(was.get(cell), now.get(cell))
    ]


def _parts(row: Row | None) -> tuple[float | None, float | None]:
    return (row["numerator"], row["denominator"]) if row else (None, None)


def _value(row: Row | None) -> float | None:
    return row["value"] if row else None


def _forgotten(home: Path, edition: Edition) -> dict[Cell, float]:
    """Number → by how much deletions of persons made it another since the edition."""
    return _deleted(home, edition.name, _size(home))


def _size(home: Path) -> int:
    path = home / audit.FILE
    return path.stat().st_size if path.exists() else 0


@lru_cache(maxsize=64)
def _deleted(home: Path, name: str, _size_then: int) -> dict[Cell, float]:
    taken_out: dict[Cell, float] = {}
    for act in audit.read(home):
        if act["what"] == "forget":
            for *cell, before, after in act.get("editions", {}).get(name, ()):
                key: Cell = tuple(cell)
                taken_out[key] = taken_out.get(key, 0.0) + (after or 0.0) - (before or 0.0)
    return taken_out


def _is_forgotten(
    cell: Cell, before: Row | None, after: Row | None, forgotten: Mapping[Cell, float]
) -> bool:
    if cell not in forgotten:
        return False
    change = (_value(after) or 0.0) - (_value(before) or 0.0)
    return math.isclose(change, forgotten[cell], rel_tol=held.ALIKE, abs_tol=held.ALIKE)


class _Causes:
    """What has changed since an edition, asked number by number."""

    def __init__(self, home: Path, edition: Edition, data: Warehouse) -> None:
        self.known, self.exact = data.catalog.metrics, data.reader_view.exact
        self.edition = edition
        standing = {manifest.batch: manifest for manifest in batches.manifests(home)}
        gone = {manifest.batch: manifest for manifest in batches.manifests(home, withdrawn=True)}
        reason_of = reasons.of_batches(home)
        counted = {int(number) for number in edition.batches}
        self.moved: list[tuple[Manifest, Cause]] = []
        for number in sorted((set(standing) | set(gone)), reverse=True):
            if (number in standing) != (number in counted):
                manifest = standing.get(number) or gone[number]
                cause = _moved(home, manifest, number in standing, reason_of.get(number))
                self.moved.append((manifest, cause))
        self.entered = list(_entered(home, edition))

    def of(self, cell: Cell) -> tuple[Cause, ...]:
        """What can have led to a number's difference: definitions, then batches, then settings."""
        metric = self.known[cell[0]]
        causes = [*self._definition(metric), *self._batches(metric, cell)]
        causes += self.entered
        if self.exact is None or cell[1] in self.exact:
            return tuple(causes)
        return tuple(replace(cause, what="", by="", text="") for cause in causes)

    def _definition(self, metric: Metric) -> list[Cause]:
        version, definition = self.edition.metrics.get(metric.name, (0, ""))
        if not version or definition == contents.definition_of(metric):
            return []
        what = f"{version} → {metric.version}"
        return [Cause("definition", "change", what=what, reason="definition")]

    def _batches(self, metric: Metric, cell: Cell) -> list[Cause]:
        """Batches of the place with rows that the metric counts; else of others, as persons are
        known by all of them."""
        last = next(
            date.fromisoformat(period[3])
            for period in self.edition.periods
            if (period[0], period[1]) == (cell[2], cell[3])
        )
        fitting = [
            (manifest, cause)
            for manifest, cause in self.moved
            if set(manifest.tables) & set(metric.tables)
            and any(span.first <= last for span in manifest.covers)
        ]
        own = [cause for manifest, cause in fitting if cell[1] in (DISTRICT, manifest.community)]
        return own or [cause for _manifest, cause in fitting or self.moved]


def _moved(home: Path, manifest: Manifest, came: bool, reason: Reason | None) -> Cause:
    if reason is not None and (reason.act == "undo") != came:
        return Cause(
            "batch",
            reason.act,
            manifest.batch,
            "",
            reason.by,
            reason.at,
            reason.reason,
            reason.text,
        )
    if came:
        return Cause(
            "batch", "import", manifest.batch, "", manifest.imported_by, manifest.imported_at
        )
    undone = [
        row
        for row in audit.read(home)
        if row["what"] == "undo" and row.get("batch") == manifest.batch
    ]
    last = undone[-1] if undone else {}
    return Cause("batch", "undo", manifest.batch, "", last.get("by", ""), last.get("at", ""))


def _entered(home: Path, edition: Edition) -> Iterable[Cause]:
    """The settings and other entries since an edition that change what counts."""
    entered: Sequence[entries.Entry] = [
        entry
        for entry in entries.since(home, edition.last_entry)
        if entry.kind.startswith(settings.PREFIX) or entry.kind in _COUNT
    ]
    for entry in reversed(entered):
        what = f"{entry.kind.removeprefix(settings.PREFIX)} {entry.key}"
        yield Cause("setting", "change", what=what, by=entry.by, at=entry.at)
    if not entered and contents.settings_mark(district.load(home)) != edition.settings:
        yield Cause("setting", "change", what=settings.FILE)
