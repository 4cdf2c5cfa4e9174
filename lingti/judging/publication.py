"""A publication: the warehouse with what may be said of all its numbers, built together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lingti import warehouse
from lingti.district import District
from lingti.judging.between.between_table import compare_all
from lingti.judging.verdicts.verdict_table import judge_all


def rebuild(
    home: Path,
    *,
    full: bool = False,
    spark_master: str | None = None,
    half_done: Callable[[], None] = lambda: None,
) -> Path:
    """As `warehouse.rebuild`, with every number judged and compared before it is published.

    What readers get stays as it is, but for the first time that there is anything.
    """
    path = warehouse.rebuild(
        home, judge=judge, full=full, spark_master=spark_master, half_done=half_done
    )
    if not warehouse.published_at(home):
        warehouse.publish_anew(home)
    return path


def judge(con: Any, district: District) -> None:
    """Adds verdicts, and how communities can be told apart, to a warehouse that is being built."""
    judge_all(con, district)
    compare_all(con, district.catalog)
