"""Servers for benchmarks: the sample by `lingti serve`, or any other command."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Served:
    """A server: its address, its process, and the seconds from the command to its first answer."""

    address: str
    process: subprocess.Popen[bytes]
    ready_s: float

    @property
    def processor_s(self) -> float:
        """The processor time it has used so far, in steps of 10 ms."""
        return sum(int(one) for one in self._stat()[11:13]) / os.sysconf("SC_CLK_TCK")

    @property
    def memory_mb(self) -> float:
        """What it has in memory."""
        return int(self._stat()[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _stat(self) -> list[str]:
        text = Path(f"/proc/{self.process.pid}/stat").read_text()
        return text.rpartition(")")[2].split()


@contextmanager
def lingti(home: Path) -> Iterator[Served]:
    """A home served by `lingti serve`."""
    command = [
        sys.executable,
        "-m",
        "lingti.commands.cli",
        "serve",
        "--home",
        str(home),
        "--port",
        "{port}",
    ]
    with served(command, "/_stcore/health") as one:
        yield one


def free_port() -> str:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@contextmanager
def served(command: Sequence[str], asked: str, **env: str) -> Iterator[Served]:
    """A command that serves at `{port}`, once it answers at the address `asked`."""
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [part.replace("{port}", port) for part in command],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(1200):
            try:
                urllib.request.urlopen(f"{address}{asked}", timeout=5).read()
                break
            except OSError:
                time.sleep(0.05)
        yield Served(address, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)


def clicked(address: str, sessions: int, clicks: int, page: str = "") -> tuple[list[float], int]:
    """What `benchmarks.clicking` measured, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.clicking", address, str(sessions), str(clicks)]
    done = subprocess.run([*command, page], cwd=ROOT, capture_output=True, check=True)
    times, size = json.loads(done.stdout)
    return times, size
