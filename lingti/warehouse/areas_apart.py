"""Areas protected beside one another, by a process for each thread of the database.

What an area keeps back is worked out from its own values alone, by many small steps of which each
keeps one processor busy. Processes are given those values and hand back what is withheld; they
find it as one does that goes through the areas in turn.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import IO, Any

import duckdb
import pyarrow as pa

from lingti.language import gettext as _
from lingti.warehouse.resource_limits import of_task

ROWS = 500_000  # of fewer values processes start no sooner than one is done
Step = Callable[[duckdb.DuckDBPyConnection, int], None]

# What every area needs to know, and of what it needs its own rows only.
_FOR_ALL = ("quantities", "rests", "flows", "stocks", "few_moves", "periods", "ordinary_members")
_OF_AREA = ("linked_values", "unlisted")
# What the step adds to, and of what it was given rows before.
_ADDED = {"withheld_rows": "", "withheld_totals": "", "unlisted": "except from unlisted"}


@dataclass
class Workers:
    """The processes, which start when they are first needed; `close` ends them."""

    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def pay(self, con: duckdb.DuckDBPyConnection, areas: Sequence[int]) -> bool:
        """Whether there is so much to go through that processes take less time."""
        if len(areas) < 2 or _setting(con, "threads") < 2:
            return False
        (values,) = con.execute("select count(*) from linked_values").fetchall()[0]
        return bool(values >= ROWS)

    def go_through(self, con: duckdb.DuckDBPyConnection, areas: Sequence[int]) -> None:
        """Finds what is withheld in every area. Raises OSError where a process has ended."""
        if not self._started:
            spill = _setting(con, "temp_directory")
            self._started = [_start(f"{spill}-{n}") for n in range(_setting(con, "threads"))]
        for_all = {name: _rows(con, f"from {name}") for name in _FOR_ALL}
        for_all |= {name: _rows(con, f"from {name} limit 0") for name in _ADDED}
        free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for worker in self._started:
            free.put(worker)
        asking = Lock()  # of the database, which one thread at a time may ask

        def go(area: int) -> None:
            with asking:
                own = {name: _rows(con, f"from {name} where area = {area}") for name in _OF_AREA}
            worker = free.get()
            try:
                found = _found_by(worker, area, {**for_all, **own})
            finally:
                free.put(worker)  # also one that has ended: no other area may wait for it
            with asking:
                for name, rows in found.items():
                    with _lent(con, rows):
                        con.execute(f"insert into {name} from lent {_ADDED[name]}")

        with ThreadPoolExecutor(len(self._started)) as pool:
            for _done in pool.map(go, areas):
                pass

    def close(self) -> None:
        """Ends the processes."""
        for worker in self._started:
            worker.communicate()
        self._started = []


def work(step: Step, spill: str) -> None:
    """Does the step for one area after the other, as they are asked for, until none is."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # where a progress bar would go
    limits = {**of_task(Path(spill), 1), "temp_directory": spill}
    while area := asked.readline():
        with duckdb.connect(config=limits) as con:
            con.execute("set enable_progress_bar = false")
            for name, rows in _received(asked).items():
                with _lent(con, rows):
                    con.execute(f"create temp table {name} as from lent")
            step(con, int(area))
            _send(told, {name: _rows(con, f"from {name}") for name in _ADDED})


def _start(spill: str) -> subprocess.Popen[bytes]:
    program = Path(__file__).parent.parent.parent
    paths = filter(None, [str(program), os.environ.get("PYTHONPATH")])
    return subprocess.Popen(
        [sys.executable, "-m", "lingti.warehouse.area_worker", spill],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _found_by(
    worker: subprocess.Popen[bytes], area: int, given: Mapping[str, pa.Table]
) -> dict[str, pa.Table]:
    if worker.stdin is None or worker.stdout is None:
        raise OSError("no pipes")
    try:
        worker.stdin.write(f"{area}\n".encode())
        _send(worker.stdin, given)
        return _received(worker.stdout)
    except (BrokenPipeError, EOFError) as error:
        why = _("a process that helps has ended; the memory may be too little")
        raise OSError(errno.EPIPE, why) from error


def _send(pipe: IO[bytes], tables: Mapping[str, pa.Table]) -> None:
    """Writes how many tables there are, and of each a line with its name and its rows."""
    pipe.write(f"{len(tables)}\n".encode())
    for name, rows in tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        data = sink.getvalue()
        pipe.write(f"{name} {data.size}\n".encode())
        pipe.write(data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> dict[str, pa.Table]:
    """Reads what `_send` has written. Raises EOFError where it ends before."""
    tables = {}
    for _number in range(int(_line(pipe))):
        name, size = _line(pipe).split()
        data = pipe.read(int(size))
        if len(data) < int(size):
            raise EOFError
        tables[name] = pa.ipc.open_stream(data).read_all()
    return tables


def _line(pipe: IO[bytes]) -> str:
    line = pipe.readline()
    if not line:
        raise EOFError
    return line.decode()


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    return con.sql(sql).to_arrow_table()


def _setting(con: duckdb.DuckDBPyConnection, name: str) -> Any:
    return con.execute(f"select current_setting('{name}')").fetchall()[0][0]


@contextmanager
def _lent(con: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    con.register("lent", rows)
    try:
        yield
    finally:
        con.unregister("lent")
