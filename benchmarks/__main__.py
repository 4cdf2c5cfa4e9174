"""Every benchmark that returns rows, in one table: `make bench`, or only those named.

Each runs in a process of its own, so that none is charged for the memory of another.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import platform
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.rows import be_silent, rows_of

_NO_BENCHMARK = ("__init__", "__main__", "rows")


def names() -> list[str]:
    """The benchmarks of this folder that return rows."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    return [
        name
        for name in found
        if name not in _NO_BENCHMARK
        and hasattr(importlib.import_module(f"benchmarks.{name}"), "run")
    ]


def main() -> None:
    known = names()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"which to run; all if none is named: {', '.join(known)}",
    )
    chosen = parser.parse_args().names or known
    unknown = [name for name in chosen if name not in known]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(known)}")
    print(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | goal | measured | by |\n|---|---|---|---|", flush=True)
    for name in chosen:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context, initializer=be_silent) as alone:
            for row in alone.submit(rows_of, name).result():
                print(f"| {row.what} | {row.goal} | {row.measured} | {row.by} |", flush=True)


if __name__ == "__main__":
    main()
