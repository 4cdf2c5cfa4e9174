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
    found = ask.values(warehouse, question)
    ours = found[0]["value"] if found else None
    state = found[0]["state"] if found else "nothing"
    exact = warehouse.reader_view.exact
    if exact is not None and place not in exact:
        return Explained(metric, place, ours, state, mine, 0)
    seeker = Seeker(warehouse, settings, question, period, mine, ours, found)
    candidates = [one for one in seeker.candidates() if not _is_ours(one, ours)]
    known = [one for one in candidates if one.value is not None]
    order = {kind: at for at, kind in enumerate(KINDS)}
    right = sorted((one for one in known if one.is_exact), key=lambda one: order[one.kind])
    wrong = [one for one in known if not one.is_exact and one.kind not in ("day", "metric")]
    wrong.sort(key=lambda one: (abs((one.value or 0) - mine.value), order[one.kind]))
    by_time = [one for one in seeker.parts if one.kind in ("day", "month")]
    return Explained(
        metric,
        place,
        ours,
        state,
        mine,
        ask.tally(warehouse, question).rows_count,
        tuple(_each_once(right, MOST_EXACT)),
        tuple(one for one in candidates if one.kind in OPEN and one.value is None),
        tuple(_each_once(wrong, MOST_OTHERS)),
        tuple(sorted(by_time, key=lambda one: one.part)),
    )


def _is_ours(one: Candidate, ours: float | None) -> bool:
    """Whether a candidate gives the number there is, and so explains nothing."""
    return one.value is not None and ours is not None and abs(one.value - ours) < LIKE


def _each_once(found: Iterable[Candidate], most: int) -> Iterator[Candidate]:
    """Without what says the same again, as a batch that is one file; at most so many of a kind."""
    seen: set[tuple[str, float | None, bool]] = set()
    counts: Counter[str] = Counter()
    for one in found:
        kind = "source" if one.kind in ("file", "batch") else one.kind
        key = (kind, one.value, one.said.get("first") == one.said.get("begins"))
        if key in seen and one.kind in ONCE:
            continue
        seen.add(key)
        counts[one.kind] += 1
        if counts[one.kind] <= most:
            yield one
