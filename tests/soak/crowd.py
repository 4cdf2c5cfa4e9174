"""`python -m soak.crowd [SECONDS ROWS SESSIONS IMPORTS]` in `tests/`: a crowd reads during imports.

50 sessions, each opening another page every ten seconds, first with nothing else going on, then
for five minutes in which a million rows are imported, once or, to see what constant publishing
does, as often as IMPORTS says. A time counts from the click to the message that the run is over.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.reading import text
from benchmarks.served import lingti
from lingti.ui.window import menu
from lingti.upkeep import demo, jobs, publishing

PAUSE_S = 10.0
PAGES = tuple(
    "" if item.file == "app.py" else Path(item.file).stem
    for _title, items in menu.GROUPS
    for item in items
)


@dataclass
class Clicks:
    """What the sessions met with: the seconds of every page, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def p(self, share: int) -> float:
        """The seconds that a share of the pages stay within."""
        return float(np.percentile(self.seconds, share))

    def words(self) -> str:
        """The figures, in one line."""
        slow = f"p50 {1000 * self.p(50):.0f} ms, p95 {1000 * self.p(95):.0f} ms"
        return f"{len(self.seconds)} pages, {len(self.errors)} errors, {slow}"


async def crowd(address: str, sessions: int, seconds: float) -> Clicks:
    """Lets sessions click on their own for a time."""
    clicks = Clicks()
    until = time.monotonic() + seconds
    await asyncio.gather(*(_session(address, number, until, clicks) for number in range(sessions)))
    return clicks


async def _session(address: str, number: int, until: float, clicks: Clicks) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, PAUSE_S))
    stream = address.replace("http", "ws") + "/_stcore/stream"
    protocol = [Subprotocol("streamlit")]
    while time.monotonic() < until:
        try:
            async with connect(stream, subprotocols=protocol, max_size=None, origin=None) as line:
                while time.monotonic() < until:
                    begun = time.perf_counter()
                    await _open(line, chance.choice(PAGES))
                    clicks.seconds.append(time.perf_counter() - begun)
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE_S)
        except Exception as error:  # whatever it is, it is counted, and the session comes back
            clicks.errors.append(f"{type(error).__name__} {error}")


async def _open(line: ClientConnection, page: str) -> None:
    """Opens a page. Raises RuntimeError where it shows an error or does not end well."""
    asked = BackMsg()
    asked.rerun_script.query_string = "lang=en"
    asked.rerun_script.page_name = page
    await line.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(line.recv(decode=False), 60))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") in (
            *("exception", "alert"),
        ):
            raise RuntimeError(f"{page or 'home'} shows {message.delta.new_element}")
        if kind == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"{page or 'home'} ended with {message.script_finished}")
            return


def start_import(home: Path, data: bytes) -> str:
    """Starts the job that the import page starts."""
    group = {
        "community": "guqiao",
        "source": "guqiao_service",
        "title": "crowd",
        "files": [0],
        "covers": "2024-01-01/2024-12-31",
        "allow_removal": True,
    }
    payload = publishing.pack([("crowd.csv", data)])
    return jobs.start(home, "import", {"groups": [group], "by": "crowd"}, payload, "crowd")


async def imports(home: Path, rows: int, until: float, most: int) -> list[str]:
    """Imports one large file after another, at most so many; how each ended."""
    ended: list[str] = []
    data = text(rows)
    while time.monotonic() < until and len(ended) < most:
        begun = time.monotonic()
        job_id = start_import(home, data)
        while (job := jobs.status(home, job_id)) is None or not job.is_over:
            await asyncio.sleep(1)
        read = sum(one["read"] for one in (job.result or {}).get("documents", []))
        ended.append(f"{job.state} {read} rows {time.monotonic() - begun:.0f} s {job.error}")
        # The same again would change nothing; a row less does.
        data = data[: data.rstrip().rfind(b"\n") + 1]
    return ended


def main() -> None:
    """Prints the figures, and whether they are as they must be."""
    given = [int(one) for one in sys.argv[1:]]
    seconds, rows, sessions, most = (*given, *(300, 1_000_000, 50, 1)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)
        with lingti(home) as server:
            asyncio.run(crowd(server.address, sessions, 15))  # once, so that all is loaded
            idle = asyncio.run(crowd(server.address, sessions, max(30, seconds / 3)))
            print(f"idle: {idle.words()}", flush=True)

            async def both() -> tuple[Clicks, list[str]]:
                until = time.monotonic() + seconds
                reading = crowd(server.address, sessions, seconds)
                crowded, imported = await asyncio.gather(reading, imports(home, rows, until, most))
                return crowded, imported

            busy, ended = asyncio.run(both())
    print(f"importing: {busy.words()}", flush=True)
    print(*(f"import: {one}" for one in ended), sep="\n")
    print(f"p95 while importing : p95 idle = {busy.p(95) / idle.p(95):.2f}")
    print(*busy.errors[:5], *idle.errors[:5], sep="\n")


if __name__ == "__main__":
    main()
