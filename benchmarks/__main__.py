"""`make bench`: every benchmark that returns rows, in one table. Takes a quarter of an hour."""

from __future__ import annotations

import importlib
import os
import platform
from pathlib import Path

from benchmarks.rows import Row


def modules() -> list[str]:
    """The benchmarks of this folder, by name."""
    paths = sorted(Path(__file__).parent.glob("*.py"))
    return [path.stem for path in paths if path.stem not in ("__init__", "__main__", "rows")]


def main() -> None:
    print(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | goal | measured | by |\n|---|---|---|---|")
    for name in modules():
        run = getattr(importlib.import_module(f"benchmarks.{name}"), "run", None)
        if run is None:
            print(f"| {name}: `python -m benchmarks.{name}` | | has a table of its own | |")
            continue
        found: list[Row] = run()
        for row in found:
            print(f"| {row.what} | {row.goal} | {row.measured} | {row.by} |", flush=True)


if __name__ == "__main__":
    main()
