"""Signals are counted once for what happened once."""

from __future__ import annotations

from lingti import catalog
from lingti.judging.verdicts.signal_count import SignalCount, counted
from lingti.judging.verdicts.verdict import VerdictCode

PROGRAM = catalog.program()


def of(*found: tuple[str, VerdictCode]) -> SignalCount:
    return counted(PROGRAM, [(metric, "a", said) for metric, said in found])


def test_metrics_of_the_same_rows_count_once_with_any_condition() -> None:
    share: VerdictCode = "worsening"
    assert of(("training_completed_share", share), ("training_completed", share)) == SignalCount(
        1, 1
    )
    assert of(
        ("concerns_resolved", "ordinary"), ("concerns_resolved_in_time_share", "improving")
    ) == (SignalCount(1, 1))
    assert of(("placements", "ordinary"), ("residents_placed", "ordinary")) == SignalCount(1, 0)


def test_other_rows_other_places_and_what_is_not_judged_count_for_themselves() -> None:
    assert of(("placements", "improving"), ("visits", "ordinary"), ("visits", "too_few")) == (
        SignalCount(2, 1)
    )
    two = [("placements", place, "changed") for place in ("a", "b")]
    assert counted(PROGRAM, two) == SignalCount(2, 2)  # type: ignore[arg-type]
