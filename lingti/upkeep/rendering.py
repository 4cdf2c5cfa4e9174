"""Makes the documents of an edition, in as many processes as the machine has room for.

What a helping process does not bring, this one makes: whatever is wrong shows itself here.
"""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lingti import language
from lingti.catalog import DISTRICT
from lingti.editions.keeping import Edition
from lingti.judging.periods import Period
from lingti.report.documents import Wish, make, slides
from lingti.report.gathering import PUBLISHED_GRAINS, gather
from lingti.report.inputs import Material
from lingti.report.slides import kept_slides
from lingti.report.slides.slide import Slide

Progress = Callable[[str, float], None]
OFFICIAL, VIEWER = "official", "viewer"  # kinds of reader, for whom documents are kept
MOST_PROCESSES = 4
LEAST = 40  # documents from which on it is worth starting another process


def secretary(community: str) -> str:
    """The kind of reader that the secretary of a community is."""
    return f"secretary-{community}"


@dataclass(frozen=True)
class Piece:
    """The documents of one place and period for one kind of reader."""

    reader: str
    period: str
    place: str

    @property
    def reads(self) -> dict[str, Any]:
        """Which values, as `gather` takes it."""
        if self.reader == OFFICIAL:
            return {}
        exact = [] if self.reader == VIEWER else [self.place]
        return {"published": True, "exact": exact}

    def name(self, ending: str) -> str:
        """What a document of it is kept as."""
        return f"{self.reader}/{self.period}/{self.place}.{ending}"


def documents(
    home: Path,
    edition: Edition,
    periods: Sequence[Period],
    places: Sequence[str],
    formats: Sequence[str],
    progress: Progress,
) -> dict[str, bytes]:
    """Name → a document: every one for officials and for readers of published values, and for each
    secretary the own ones; for the latter also the slides themselves."""
    pieces = [
        Piece(reader, period.id, place)
        for period in periods
        if period.grain in PUBLISHED_GRAINS
        for reader, of in (
            (OFFICIAL, [DISTRICT, *places]),
            (VIEWER, [DISTRICT, *places]),
            *((secretary(one), [one]) for one in places),
        )
        for place in of
        if formats
    ]
    shares = _shares(pieces, _processes(len(pieces) * len(formats)))
    helpers = [_Helper(home, edition, share, formats) for share in shares[1:]]
    rendered: dict[str, bytes] = {}

    def go_through(some: Sequence[Piece]) -> None:
        for piece, done in _rendered(home, edition, some, formats):
            rendered.update(done)
            ready = len({*rendered, *(name for helper in helpers for name in helper.made)})
            progress(f"{piece.period} {piece.place}", ready / (len(pieces) * (len(formats) + 0.5)))

    try:
        go_through(shares[0] if shares else [])
        for helper in helpers:
            rendered |= helper.result()
    finally:
        for helper in helpers:
            helper.stop()
    go_through(
        [one for one in pieces if any(one.name(ending) not in rendered for ending in formats)]
    )
    return {name: rendered[name] for name in sorted(rendered)}


def _processes(count: int) -> int:
    """How many processes make that many documents."""
    if count < LEAST:
        return 1
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(free or 1, MOST_PROCESSES))


def _shares(pieces: Sequence[Piece], count: int) -> list[Sequence[Piece]]:
    """The pieces in parts of about one size; what one reads stays together as far as can be."""
    cuts = [round(len(pieces) * at / count) for at in range(count + 1)]
    return [pieces[a:b] for a, b in itertools.pairwise(cuts) if a < b]


def _rendered(
    home: Path, edition: Edition, pieces: Sequence[Piece], formats: Sequence[str]
) -> Iterator[tuple[Piece, dict[str, bytes]]]:
    """Each piece with its documents by name."""
    wish = Wish(edition.language)
    materials: dict[tuple[str, str], Material] = {}
    for piece in pieces:
        key = (piece.reader, piece.period)
        if key not in materials:
            materials = {key: gather(home, piece.period, edition=edition, **piece.reads)}
        material = materials[key]
        documents_of = {
            piece.name(ending): make(material, piece.place, ending, wish) for ending in formats
        }
        if piece.reader == VIEWER:  # the room before a projector sees what is published
            packed = kept_slides.packed(_slides(home, material, piece.place, wish))
            documents_of[piece.name(kept_slides.ENDING)] = packed
        yield piece, documents_of


def _slides(home: Path, material: Material, place: str, wish: Wish) -> list[Slide]:
    """The usual slides of a place, and those of metrics that are remembered for it."""
    more = kept_slides.metrics_of(kept_slides.remembered(home, place), material.catalog.metrics)
    usual = slides(material, place, wish)
    if more:
        usual += slides(material, place, replace(wish, metrics=more))
    return list({slide.id: slide for slide in usual}.values())


class _Helper:
    """A process that makes some of the documents; it ends with this one, at its next document."""

    def __init__(
        self, home: Path, edition: Edition, pieces: Sequence[Piece], formats: Sequence[str]
    ) -> None:
        self.made: dict[str, bytes] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lingti.upkeep.rendering"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LINGTI_LANGUAGE": language.current()},
        )
        asked = pickle.dumps((home.absolute(), edition, list(pieces), tuple(formats)))
        self.thread = threading.Thread(target=self._follow, args=(asked,), daemon=True)
        self.thread.start()

    def _follow(self, asked: bytes) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            with self.process.stdin as pipe:
                pipe.write(asked)
            while True:
                name, data = pickle.load(self.process.stdout)
                self.made[name] = data

    def result(self) -> dict[str, bytes]:
        """What it made, once it has ended."""
        self.thread.join()
        return self.made

    def stop(self) -> None:
        """Ends it, if it has not."""
        self.process.kill()
        self.process.wait()
        self.thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def main() -> None:
    """`python -m lingti.upkeep.rendering`: makes what comes on standard input."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nobody else writes among the documents
    language.use(os.environ.get("LINGTI_LANGUAGE", "zh"))
    home, edition, pieces, formats = pickle.load(sys.stdin.buffer)
    for _piece, rendered in _rendered(home, edition, pieces, formats):
        for document in rendered.items():
            pickle.dump(document, out)
        out.flush()


if __name__ == "__main__":
    main()
