"""A line of so many bytes a second and so long a way, between a browser and a server.

Chromium's own slow line counts a message of a WebSocket as it is unpacked, eight times what goes
over the wire; this one carries what is really sent.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHUNK_BYTES, LATE_S = 1460, 0.01


@dataclass
class Way:
    """One direction: bytes wait for those before them, of whatever connection, then travel."""

    bytes_per_s: float
    takes_s: float
    free_at: float = 0.0
    carried: int = 0
    waiting: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def arrival(self, length: int) -> float:
        """Waits until so many bytes are on the line; when they arrive, by the loop's clock."""
        now = asyncio.get_running_loop().time
        async with self.waiting:
            # Who wakes a moment late does not make the line slower.
            self.free_at = max(now() - LATE_S, self.free_at) + length / self.bytes_per_s
            self.carried += length
            await asyncio.sleep(self.free_at - now())
        return self.free_at + self.takes_s


@contextmanager
def slow_wire(address: str, bytes_per_s: float, there_and_back_s: float) -> Iterator[str]:
    """The address at which a server is reached over a slow line."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opened = _open(address, bytes_per_s, there_and_back_s)
    server = asyncio.run_coroutine_threadsafe(opened, loop).result()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end() -> None:
    """Ends what is still being carried."""
    carrying = asyncio.all_tasks() - {asyncio.current_task()}
    for task in carrying:
        task.cancel()
    await asyncio.gather(*carrying, return_exceptions=True)


async def _open(address: str, bytes_per_s: float, there_and_back_s: float) -> asyncio.Server:
    there, back = (Way(bytes_per_s, there_and_back_s / 2) for _ in range(2))
    where = urlsplit(address)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(where.hostname, where.port)
        # To open a connection takes the way there and back before the first byte.
        with suppress(asyncio.CancelledError):  # the end
            await asyncio.gather(
                _carry(reader, far_writer, there, there_and_back_s),
                _carry(far_reader, writer, back, 0.0),
            )

    return await asyncio.start_server(connect, "127.0.0.1", 0)


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way, first_s: float
) -> None:
    """Carries one direction of a connection until it ends."""
    underway: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    delivering = asyncio.create_task(_deliver(underway, writer))
    with suppress(ConnectionError):
        while chunk := await reader.read(CHUNK_BYTES):
            await asyncio.sleep(first_s)
            first_s = 0.0
            underway.put_nowait((await way.arrival(len(chunk)), chunk))
    underway.put_nowait((0.0, b""))
    await delivering


async def _deliver(
    underway: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
) -> None:
    now = asyncio.get_running_loop().time
    with suppress(ConnectionError):
        while (arrives := await underway.get())[1]:
            await asyncio.sleep(arrives[0] - now())
            writer.write(arrives[1])
    writer.close()
