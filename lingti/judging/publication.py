"""A publication: the warehouse with the verdicts of all its numbers, built together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lingti import warehouse
from lingti.judging.verdict_table import judge_all


def rebuild(
    home: Path,
    *,
    full: bool = False,
    spark_master: str | None = None,
    half_done: Callable[[], None] = lambda: None,
) -> Path:
    """As `warehouse.rebuild`, with every number judged before it is published."""
    return warehouse.rebuild(
        home, judge=judge_all, full=full, spark_master=spark_master, half_done=half_done
    )
