"""Serves a home and tells how long each run took: `python -m benchmarks.observed HOME PORT`.

The first run of a page is made with nothing kept, and the queries it asks are then carried out
anew, one after the other: that is its query time. Prints a line of JSON per run: seconds on the
clock, seconds of the processor, and the query time of its page.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
from streamlit.runtime.scriptrunner import script_runner

from lingti.memo_cache import Shelf
from lingti.warehouse import Warehouse
from lingti.web import server

Work = Callable[[duckdb.DuckDBPyConnection], Any]


def main() -> None:
    home, port = sys.argv[1:]
    asked: list[tuple[Warehouse, Work]] = []
    query_s: dict[str, float] = {}
    run, shelved = script_runner.ScriptRunner._run_script, Shelf.get
    answered = Warehouse.worked_out

    def noting(self: Warehouse, key: Any, work: Work) -> Any:
        asked.append((self, work))
        return answered(self, key, work)

    def timed(self: Any, data: Any) -> None:
        page = data.page_name
        asked.clear()
        with patch.object(Shelf, "get", shelved if page in query_s else _made_anew):
            clock, processor = time.perf_counter(), time.thread_time()
            run(self, data)
            took = time.perf_counter() - clock, time.thread_time() - processor
        if page not in query_s:
            query_s[page] = _again(list(asked))
        print(json.dumps([*took, query_s[page]]), flush=True)

    with (
        patch.object(Warehouse, "worked_out", noting),
        patch.object(script_runner.ScriptRunner, "_run_script", timed),
    ):
        server.serve(Path(home), "127.0.0.1", int(port))


def _made_anew(_shelf: Shelf, _key: bytes, make: Callable[[], Any]) -> Any:
    return make()


def _again(asked: list[tuple[Warehouse, Work]]) -> float:
    """Seconds that DuckDB takes for the queries."""
    begun = time.perf_counter()
    for warehouse, work in asked:
        with warehouse.connection.cursor() as cursor:
            work(cursor)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
