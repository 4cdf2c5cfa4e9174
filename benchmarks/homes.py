"""Generated districts, which stay in `benchmarks/data/` from one run to the next."""

from __future__ import annotations

from pathlib import Path

from lingti import warehouse
from sample_data import benchmark

DATA = Path(__file__).parent / "data"


def generated(communities: int, events: int) -> Path:
    """The home of a district with so many communities and events."""
    home = DATA / f"{communities}-{events}"
    if not (home / "district.toml").exists():
        benchmark.write(home, communities, events, "parquet")
    return home


def built(communities: int, events: int) -> Path:
    """The same with a warehouse that DuckDB has built."""
    home = generated(communities, events)
    by_spark = warehouse.exists(home) and (
        warehouse.current(home).path.with_suffix(".parquet").exists()
    )
    warehouse.rebuild(home, full=by_spark)
    return home
