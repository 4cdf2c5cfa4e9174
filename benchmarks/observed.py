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

from streamlit.runtime.scriptrunner import script_runner

from lingti import server
from lingti.once import Shelf
from lingti.warehouse import Warehouse


def main() -> None:
    home, port = sys.argv[1:]
    asked: list[tuple[Warehouse, Any, str, dict[str, Any]]] = []
    query_s: dict[str, float] = {}
    run, shelved, ask = script_runner.ScriptRunner._run_script, Shelf.get, Warehouse._asked

    def noting(self: Warehouse, kind: str, sql: str, parameters: dict[str, Any], read: Any) -> Any:
        asked.append((self, read, sql, parameters))
        return ask(self, kind, sql, parameters, read)

    def timed(self: Any, data: Any) -> None:
        page = data.page_name
        Shelf.get = shelved if page in query_s else _made_anew  # type: ignore[method-assign]
        asked.clear()
        clock, processor = time.perf_counter(), time.thread_time()
        run(self, data)
        took = time.perf_counter() - clock, time.thread_time() - processor
        if page not in query_s:
            query_s[page] = _again(list(asked))
        print(json.dumps([*took, query_s[page]]), flush=True)

    Warehouse._asked = noting  # type: ignore[method-assign]
    script_runner.ScriptRunner._run_script = timed  # type: ignore[method-assign]
    server.serve(Path(home), "127.0.0.1", int(port))


def _made_anew(_shelf: Shelf, _key: bytes, make: Callable[[], Any]) -> Any:
    return make()


def _again(asked: list[tuple[Warehouse, Any, str, dict[str, Any]]]) -> float:
    """Seconds that DuckDB takes for the queries."""
    begun = time.perf_counter()
    for warehouse, read, sql, parameters in asked:
        with warehouse.connection.cursor() as cursor:
            read(cursor.execute(sql, parameters))
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
