"""Kills a process of ours at a random moment of its work and looks at what is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from lingti import warehouse
from lingti.ingest.keeping import batches
from lingti.upkeep import backup

# Runs one step of work in a process of its own; says "kept" as soon as it would be acknowledged.
WORK = """
import sys
from pathlib import Path
from lingti import district, warehouse
from lingti.ingest import imports
from lingti.ingest.keeping import batches
home, what, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
settings = district.load(home)
if what == "import":
    day = f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    rows = "".join(f"{day},测试{i},1,植树{number}\\n" for i in range(200))
    data = ("日期,姓名,时长,活动\\n" + rows).encode()
    request = imports.Request("a", ((f"{number}.csv", data),), covers=f"{day}/{day}",
                              allow_removal=True)
    (outcome,) = imports.run(settings, request, "kill test")
    assert outcome.refused is None, outcome.refused
    print("kept", outcome.plan.batch, flush=True)
elif what == "undo":
    batches.undo(home, number, "kill test")
    print("undone", number, flush=True)
warehouse.rebuild(home)
print("published", flush=True)
"""


@dataclass
class Toll:
    """What kills have done: acknowledged batches lost, things left half, broken pointers."""

    kills: int = 0
    finished: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def kill_often(home: Path, kills: int, seed: int) -> Toll:
    """Kills imports, undos and publications with signal 9, `kills` times in all."""
    chance, toll, kept, undone = random.Random(seed), Toll(), set[int](), set[int]()
    began = time.monotonic()
    _run(home, ["import", "0"], 600)
    typical = time.monotonic() - began
    known = {one.batch for one in batches.manifests(home)}
    number = 0
    while toll.kills < kills:
        number += 1
        standing = sorted(known | kept)
        undoing = chance.random() < 0.3 and len(standing) > 2
        work = ["undo", str(chance.choice(standing))] if undoing else ["import", str(number)]
        began = time.monotonic()
        said, killed = _run(home, work, chance.uniform(0, typical))
        if not killed:
            toll.finished += 1
            typical = time.monotonic() - began
        toll.kills += killed
        for line in said:
            word, _space, which = line.partition(" ")
            if word == "kept":
                kept.add(int(which))
            elif word == "undone":
                undone.add(int(which))
                kept.discard(int(which))
                known.discard(int(which))
        _look(home, known | kept, undone, toll)
        # What was finished and not acknowledged before the kill may stand or not, but is whole.
        known |= {one.batch for one in batches.manifests(home)}
        known -= {one.batch for one in batches.manifests(home, withdrawn=True)}
        kept -= {one.batch for one in batches.manifests(home, withdrawn=True)}
    return toll


def _run(home: Path, work: Sequence[str], after_s: float) -> tuple[list[str], bool]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(home), *work], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    try:
        rest, _none = process.communicate(timeout=after_s)
        killed = False
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        rest, _none = process.communicate()
        killed = process.returncode == -signal.SIGKILL
    assert killed or process.returncode == 0, "the work itself failed"
    # What it was saying as it was killed counts as not said.
    return [one.strip() for one in (first + rest).splitlines(True) if one.endswith("\n")], killed


def _look(home: Path, standing: set[int], undone: set[int], toll: Toll) -> None:
    """What a reader and the next writer find."""
    try:
        published = warehouse.current(home).rows("select count(*) as n from batches")
        assert published[0]["n"] >= 0
    except (warehouse.NoWarehouseError, duckdb.Error, AssertionError) as error:
        toll.broken.append(f"{toll.kills}: {error}")
    with batches.writing(home):
        pass
    there = {one.batch for one in batches.manifests(home)}
    withdrawn = {one.batch for one in batches.manifests(home, withdrawn=True)}
    # A killed undo may have moved a batch without saying so; then it is withdrawn, and not lost.
    toll.lost += [f"batch {one}" for one in standing - there - withdrawn]
    toll.lost += [f"undo of {one}" for one in undone & there]
    toll.half += backup.verify(home)
    toll.half += [str(path) for path in home.glob("*/.*")]
