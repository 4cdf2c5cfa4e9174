"""Pages over the wire, without a browser: `python -m benchmarks.serving`.

Serves the sample by `lingti serve`, counts the bytes of Streamlit's scripts that a page with a
chart loads, and lets sessions click: each asks for the home page every two seconds, and the time
counts from the click to the message that the run is over.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.rows import Row
from lingti import demo, server

PAUSE_S, CLICKS = 2.0, 6


def run() -> list[Row]:
    """Serves the sample and returns what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)
        with served(home) as address:
            one, wire = asyncio.run(clicking(address, 1))
            many = {count: asyncio.run(clicking(address, count))[0] for count in (20, 50)}
    plain, sent = first_load()
    rows = [
        Row("scripts of a first load beside plain Streamlit's bytes", "≤ 0.33 ×",
            f"{sent / plain:.2f} ×", f"{sent / 1e6:.1f} MB : {plain / 1e6:.1f} MB"),
        Row("a run of the home page, click to end, one session", "–", f"{1000 * one:.0f} ms",
            f"{wire / 1e3:.0f} kB of messages"),
    ]  # fmt: skip
    for (count, median), goal in zip(many.items(), ("≤ 2 ×", "≤ 5 ×"), strict=True):
        what = f"p50 of {count} sessions clicking every 2 s beside one"
        rows.append(Row(what, goal, f"{median / one:.1f} ×", f"{1000 * median:.0f} ms"))
    return rows


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a server of a home; it is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lingti.cli", "serve", "--port", str(port)]
    process = subprocess.Popen([*command, "--home", str(home)], env=dict(os.environ))
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(600):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).read()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(10)


async def clicking(address: str, sessions: int) -> tuple[float, int]:
    """The median seconds of a run and the bytes of one, over sessions that click on their own."""
    found = await asyncio.gather(
        *(_session(address, n * PAUSE_S / sessions) for n in range(sessions))
    )
    runs = [seconds for times, _size in found for seconds in times]
    return statistics.median(runs), found[0][1]


async def _session(address: str, after: float) -> tuple[list[float], int]:
    await asyncio.sleep(after)
    stream = address.replace("http", "ws") + "/_stcore/stream"
    protocol = [Subprotocol("streamlit")]
    async with connect(stream, subprotocols=protocol, max_size=None, origin=None) as line:
        await _run(line)
        times, size = [], 0
        for _click in range(CLICKS):
            await asyncio.sleep(PAUSE_S)
            begun = time.perf_counter()
            size = await _run(line)
            times.append(time.perf_counter() - begun)
        return times, size


async def _run(line: ClientConnection) -> int:
    """Asks for one run; the bytes of its messages."""
    await line.send(BackMsg(rerun_script=ClientState(query_string="")).SerializeToString())
    size = 0
    while True:
        data = await asyncio.wait_for(line.recv(decode=False), 60)
        size += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "script_finished":
            return size


def first_load() -> tuple[int, int]:
    """Bytes of the scripts that a page with a chart loads: as they are, and as they are sent."""
    index = (server.STATIC / "index.html").read_text("utf-8")
    wanted = {
        name: path
        for name, path in server.scripts().items()
        if f".{name}" in index or "/PlotlyChart." in name
    }
    plain = sum(path.stat().st_size for path in wanted.values())
    sent = sum(len(server.CompressedScripts.compress(name, p)) for name, p in wanted.items())
    return plain, sent


def main() -> None:
    for row in run():
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
