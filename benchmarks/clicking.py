"""Sessions that click, in a process of their own: `python -m benchmarks.clicking ADDRESS 20 6`.

Each session asks for a page every two seconds, as a browser does, and the time counts from the
click to the message that the run is over. Prints the seconds of every run, and the bytes of one.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PAUSE_S = 2.0
SHORT = 400  # bytes; the message that a run is over is shorter, so others need not be read


async def clicking(
    address: str, sessions: int, clicks: int, page: str = ""
) -> tuple[list[float], int]:
    """The seconds of every run and the bytes of one, over sessions that click on their own."""
    found = await asyncio.gather(
        *(_session(address, n * PAUSE_S / sessions, clicks, page) for n in range(sessions))
    )
    return [seconds for times, _size in found for seconds in times], found[0][1]


async def _session(address: str, after: float, clicks: int, page: str) -> tuple[list[float], int]:
    await asyncio.sleep(after)
    async with open_page(address) as line:
        await visit(line, page)
        times, size = [], 0
        for _click in range(clicks):
            await asyncio.sleep(PAUSE_S)
            begun = time.perf_counter()
            size = await visit(line, page)
            times.append(time.perf_counter() - begun)
        return times, size


def open_page(address: str) -> connect:
    """The connection that a page of the server has open."""
    stream = address.replace("http", "ws") + "/_stcore/stream"
    return connect(
        stream, subprotocols=[Subprotocol("streamlit")], max_size=None, origin=None, ping_timeout=90
    )


async def visit(line: ClientConnection, page: str = "", query: str = "") -> int:
    """Asks for one run of a page; the bytes of its messages."""
    asked = ClientState(query_string=query, page_name=page)
    await line.send(BackMsg(rerun_script=asked).SerializeToString())
    size = 0
    while True:
        data = await asyncio.wait_for(line.recv(decode=False), 120)
        size += len(data)
        if len(data) < SHORT:
            message = ForwardMsg()
            message.ParseFromString(data)
            if message.WhichOneof("type") == "script_finished":
                return size


def main() -> None:
    address, sessions, clicks, *page = sys.argv[1:]
    print(json.dumps(asyncio.run(clicking(address, int(sessions), int(clicks), *page))))


if __name__ == "__main__":
    main()
