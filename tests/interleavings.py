"""Random interleavings of all that people do with a month, and what must hold after each.

No finalised number changes without a revision, no edition is half there or another than it was,
and a build from nothing tells the same. `python interleavings.py HOME` finalises, to be killed.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from edition_kit import PEOPLE, begin, bring, few_metrics, finalised, standing, step

from lingti import catalog, warehouse
from lingti.editions import keeping, reasons, revisions
from lingti.editions.submissions import OPEN, STATUSES, Remark, WrongStateError
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.upkeep import backup, forget
from lingti.upkeep.finalising import NotFinalError

MONTHS = ("2024-01", "2024-02")
ACTS = {
    **{"import": 4, "undo": 2, "redo": 2, "submit": 7, "accept": 7, "return": 2, "take_back": 2},
    **{"finalise": 4, "whole month": 3, "settings": 1, "forget": 1, "kill": 1},
}


@dataclass
class Walk:
    """What was done and found: how often each act was done, and what did not hold."""

    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Interleaving:
    """One home, and an independent memory of what its editions said when they were made."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.dice, self.walk = home, random.Random(seed), Walk()
        self.said: dict[str, dict[tuple[Any, ...], Any]] = {}
        self.bytes: dict[str, str] = {}
        self.deleted: set[tuple[Any, ...]] = set()  # numbers that a deletion made others

    def take(self) -> None:
        """One act, and then everything that must hold."""
        act = self.dice.choices(list(ACTS), list(ACTS.values()))[0]
        before = self.numbers()
        with suppress(WrongStateError, NotFinalError, batches.BatchError):
            getattr(self, f"_{act.replace(' ', '_')}")()
            self.walk.done[act] += 1
        if act == "forget":
            after = self.numbers()
            self.deleted |= {
                one for one in {**before, **after} if before.get(one) != after.get(one)
            }
        self._remember()
        self._check(act)

    def numbers(self) -> dict[tuple[Any, ...], Any]:
        """Every number of months, quarters and years, as it is counted now."""
        rows = warehouse.current(self.home).rows(
            "select metric, community, grain, period, dimension, member, value, numerator,"
            " denominator, state"
            " from metric_values where grain in ('month', 'jan-feb', 'quarter', 'year')"
        )
        return {tuple(row.values())[:6]: tuple(row.values())[6:] for row in rows}

    def _place(self) -> tuple[str, str]:
        return self.dice.choice("ab"), self.dice.choice(MONTHS)

    def _import(self) -> None:
        hours = [self.dice.choice([1, 2, 3.5]) for _n in range(self.dice.randint(1, 5))]
        number = bring(self.home, *self._place(), hours)
        if number is not None and self.dice.random() < 0.5:
            reasons.note(self.home, "import", number, reasons.parse("late"), "secretary")

    def _undo(self) -> None:
        standing_ones = [one.batch for one in batches.manifests(self.home)]
        if len(standing_ones) > 2:
            reasons.undo(self.home, self.dice.choice(standing_ones[1:]), "official")
            publication.rebuild(self.home)

    def _redo(self) -> None:
        gone = [one.batch for one in batches.manifests(self.home, withdrawn=True)]
        if gone:
            reasons.redo(self.home, self.dice.choice(gone), "official", reasons.parse("correction"))
            publication.rebuild(self.home)

    def _submit(self) -> None:
        step(self.home, "submit", *self._place(), Remark("缺"))

    def _accept(self) -> None:
        step(self.home, "accept", *self._place())

    def _return(self) -> None:
        step(self.home, "return", *self._place(), Remark("为何", "volunteer_hours"))

    def _take_back(self) -> None:
        step(self.home, "take_back", *self._place())

    def _whole_month(self) -> None:
        name = self.dice.choice(MONTHS)
        for place in "ab":
            with suppress(WrongStateError):
                step(self.home, "submit", place, name, Remark("缺"))
            with suppress(WrongStateError):
                step(self.home, "accept", place, name)
        finalised(self.home, name)

    def _finalise(self) -> None:
        without = {"b": "设备坏"} if self.dice.random() < 0.3 else {}
        finalised(self.home, self.dice.choice(MONTHS), without=without)

    def _settings(self) -> None:
        begin(self.home, date(2024, self.dice.choice([1, 2]), 1))

    def _forget(self) -> None:
        name, phone = self.dice.choice(PEOPLE)
        forget.forget(self.home, name=name, phone=phone, by="official")

    def _kill(self) -> None:
        script = [sys.executable, __file__, str(self.home)]
        process = subprocess.Popen(script, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(self.dice.random() * 0.6)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()

    def _remember(self) -> None:
        """What a new edition says, read from the warehouse and not from the edition."""
        for one in keeping.editions(self.home):
            if one.name not in self.said:
                now = self.numbers()
                self.said[one.name] = {
                    cell: told
                    for cell, told in now.items()
                    if (cell[2], cell[3]) in {period[:2] for period in one.periods}
                    and (cell[1] in one.communities or cell[1] == "district")
                }
                self.bytes[one.name] = self._hash(one)
                self.deleted = {cell for cell in self.deleted if cell not in self.said[one.name]}

    def _hash(self, edition: keeping.Edition) -> str:
        folder = keeping.folder_of(self.home, edition)
        files = sorted(one for one in folder.rglob("*") if one.is_file())
        return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()

    def _check(self, act: str) -> None:
        self.walk.wrong += [f"after {act}: {line}" for line in backup.verify(self.home)]
        made = {one.name: one for one in keeping.editions(self.home)}
        if set(made) != set(self.said):
            self.walk.wrong.append(f"after {act}: editions {sorted(made)}, not {sorted(self.said)}")
        for name, one in made.items():
            if self.bytes[name] != self._hash(one):
                self.walk.wrong.append(f"after {act}: {name} was changed")
        now = self.numbers()
        for name in {one.period: one.name for one in made.values()}.values():
            told = {
                one.cell for one in revisions.of_edition(self.home, made[name], stored_only=True)
            }
            changed = {
                cell
                for cell in {**self.said[name], **self._came(now, made[name])}
                if self._differs(self.said[name].get(cell), now.get(cell))
            }
            for cell in (changed ^ told) - self.deleted:
                self.walk.wrong.append(f"after {act}: {name} {cell} told: {cell in told}")
        for place in "ab":
            for name in MONTHS:
                stands = standing(self.home, place, name)
                if stands.status not in STATUSES or (stands.was and stands.status != OPEN):
                    self.walk.wrong.append(f"after {act}: {stands}")

    @staticmethod
    def _came(now: dict[tuple[Any, ...], Any], edition: keeping.Edition) -> dict[Any, Any]:
        periods = {one[:2] for one in edition.periods}
        places = {*edition.communities, "district"}
        return {
            one: told
            for one, told in now.items()
            if (one[2], one[3]) in periods and one[1] in places
        }

    @staticmethod
    def _differs(before: Any, after: Any) -> bool:
        if before is None or after is None:
            there = before or after
            return there is not None and bool(there[0])
        return before[-1] != after[-1] or not all(
            one == other or (None not in (one, other) and abs(one - other) < 1e-9)
            for one, other in zip(before[:-1], after[:-1], strict=True)
        )

    def from_nothing(self) -> None:
        """Builds from nothing and looks whether the same is told."""
        publication.rebuild(self.home)
        before = self._told()
        shutil.rmtree(self.home / "warehouse")
        warehouse.forget(self.home)
        publication.rebuild(self.home, full=True)
        if before != self._told():
            self.walk.wrong.append("a build from nothing tells otherwise")

    def _told(self) -> list[Any]:
        stands = [standing(self.home, place, name) for place in "ab" for name in MONTHS]
        return [stands, [one.document() for one in revisions.of_home(self.home)], self.numbers()]


def interleaved(home: Path, steps: int, seed: int) -> Walk:
    """Takes so many steps in a home of `edition_kit` and tells what did not hold."""
    found = Interleaving(home, seed)
    for _step in range(steps):
        found.take()
    found.from_nothing()
    return found.walk


if __name__ == "__main__":
    setattr(catalog, "of", lambda _home: few_metrics())  # noqa: B010 - as tests patch it
    print("ready", flush=True)
    for at in MONTHS:
        with suppress(WrongStateError, NotFinalError):
            finalised(Path(sys.argv[1]), at)
