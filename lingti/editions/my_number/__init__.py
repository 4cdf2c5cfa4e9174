"""Why is it not my number? (为什么和我的数不一样): what would make the number that somebody has.

Candidates are numbers that rows, days or readings other than the metric's would give. Those that
give exactly what somebody has come first; that they do proves nothing, and is where to look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lingti.catalog import DISTRICT, Metric
from lingti.district import District
from lingti.editions.my_number.candidates import KINDS, Candidate, Seeker
from lingti.editions.my_number.typed import LIKE, Mine, NoNumberError, mine_of
from lingti.judging.periods import Period
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question
from lingti.warehouse.regrouped import Part

OPEN = ("to_correct", "days_missing")  # of which nobody knows what they would give
# Kinds of which a second one that gives the same number says nothing more.
ONCE = ("source", "file", "batch", "reading", "parts", "days", "period")
MOST_EXACT, MOST_OTHERS = 5, 3  # of a kind
__all__ = ["Candidate", "Explained", "Mine", "NoNumberError", "explained", "mine_of"]


@dataclass(frozen=True)
class Explained:
    """A number, what somebody has in its place, and what would make that.

    `exact` are the candidates that give it, the likeliest first; `open` those whose number nobody
    knows; `others` give something else, the nearest first. `parts` are the rows by day or month.
    """

    metric: Metric
    place: str
    ours: float | None
    state: str
    mine: Mine
    rows_count: int
    exact: tuple[Candidate, ...] = ()
    open: tuple[Candidate, ...] = ()
    others: tuple[Candidate, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both are the same, but for how they are rounded."""
        return self.mine.is_like(self.ours)


def explained(
    warehouse: Warehouse, settings: District, question: Question, period: Period, mine: Mine
) -> Explained:
    """What would make `mine` of the number that a question of one place asks for.

    `period` is that of the question, or its range of days. Where the reader may not see the place's
    rows nothing is told but the number they read.
    """
    metric, place = question.metric, question.community or DISTRICT
    rows = ask.values(warehouse, question)
    ours = rows[0]["value"] if rows else None
    state = rows[0]["state"] if rows else "nothing"
    exact = warehouse.reader_view.exact
    if exact is not None and place not in exact:
        return Explained(metric, place, ours, state, mine, 0)
    seeker = Seeker(warehouse, settings, question, period, mine, ours, rows)
    candidates = [candidate for candidate in seeker.candidates() if not _is_ours(candidate, ours)]
    known = [candidate for candidate in candidates if candidate.value is not None]
    order = {kind: at for at, kind in enumerate(KINDS)}
    right = sorted(
        (candidate for candidate in known if candidate.is_exact),
        key=lambda candidate: order[candidate.kind],
    )
    wrong = [
        candidate
        for candidate in known
        if not candidate.is_exact and candidate.kind not in ("day", "metric")
    ]
    wrong.sort(
        key=lambda candidate: (abs((candidate.value or 0) - mine.value), order[candidate.kind])
    )
    by_time = [part for part in seeker.parts if part.kind in ("day", "month")]
    return Explained(
        metric,
        place,
        ours,
        state,
        mine,
        ask.tally(warehouse, question).rows_count,
        tuple(_each_once(right, MOST_EXACT)),
        tuple(
            candidate
            for candidate in candidates
            if candidate.kind in OPEN and candidate.value is None
        ),
        tuple(_each_once(wrong, MOST_OTHERS)),
        tuple(sorted(by_time, key=lambda part: part.part)),
    )


def _is_ours(candidate: Candidate, ours: float | None) -> bool:
    """Whether a candidate gives the number there is, and so explains nothing."""
    return candidate.value is not None and ours is not None and abs(candidate.value - ours) < LIKE


def _each_once(candidates: Iterable[Candidate], most: int) -> Iterator[Candidate]:
    """Without what says the same again, as a batch that is one file; at most so many of a kind."""
    seen: set[tuple[str, float | None, bool]] = set()
    counts: Counter[str] = Counter()
    for candidate in candidates:
        kind = "source" if candidate.kind in ("file", "batch") else candidate.kind
        key = (
            kind,
            candidate.value,
            candidate.details.get("first") == candidate.details.get("begins"),
        )
        if key in seen and candidate.kind in ONCE:
            continue
        seen.add(key)
        counts[candidate.kind] += 1
        if counts[candidate.kind] <= most:
            yield candidate
