"""Ends the servers that tests start, also where what follows fails."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ended(*processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ends processes afterwards, whatever happened meanwhile."""
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)
