"""Starts the child process that opens an untrusted file, and survives whatever becomes of it."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from pathlib import Path

from lingti.ingest.reading.sheet_tables import Limits, Reading, Refused
from lingti.ingest.reading.transfer import unpack

_CHILD = Path(__file__).with_name("child.py")
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_TOO_SLOW = -getattr(signal, "SIGXCPU", 0)
# By the clock a file may take this many times its processor time: others may be at work too.
_PATIENCE = 10
_ABORTED = {-getattr(signal, name, 0) for name in ("SIGABRT", "SIGSEGV", "SIGBUS", "SIGKILL")}


def read_in_child(data: bytes, kind: str, unpacked_bytes: int, limits: Limits) -> Reading:
    """Reads a workbook or page of `unpacked_bytes` in a process of its own. Raises Refused.

    Processor time and memory grow with the size of the file; a small one has what `limits` say.
    """
    extra = max(0, unpacked_bytes - 10 * 2**20)
    seconds = limits.seconds + extra / 2**20 * 0.25
    memory = limits.memory_bytes + 12 * extra
    status, answer = _run(data, _order(kind, limits, seconds, memory, careful=False), seconds)
    if kind == "xlsx" and (status in _ABORTED or answer.startswith(b'refused\n{"code": "too_mu')):
        # It may be a cell far outside; the second look counts the cells before opening.
        status, answer = _run(data, _order(kind, limits, seconds, memory, careful=True), seconds)
    return _reading(status, answer)


def _order(kind: str, limits: Limits, seconds: float, memory: int, *, careful: bool) -> bytes:
    order = {
        "format": kind,
        "cells": limits.cells,
        "seconds": seconds,
        "memory_bytes": memory,
        "careful": careful,
    }
    return json.dumps(order).encode() + b"\n"


def _run(data: bytes, order: bytes, seconds: float) -> tuple[int, bytes]:
    """Runs the child once: its exit status and its answer.

    Raises Refused after `seconds` of processor time, or if nothing comes of it for long.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW,
    )
    try:
        answer, _ = child.communicate(order + data, timeout=_PATIENCE * seconds)
    except subprocess.TimeoutExpired as error:
        raise Refused("too_slow") from error
    finally:
        if child.poll() is None:
            child.kill()
        with contextlib.suppress(OSError, ValueError):
            child.communicate()
    if child.returncode == _TOO_SLOW and _TOO_SLOW:
        raise Refused("too_slow")
    return child.returncode, answer


def _reading(status: int, answer: bytes) -> Reading:
    head, _, rest = answer.partition(b"\n")
    try:
        if head == b"ok":
            return unpack(rest)
        if head == b"refused":
            refused = json.loads(rest)
            raise Refused(refused["code"], **refused["facts"])
    except (ValueError, TypeError, KeyError, EOFError) as error:
        raise Refused("damaged") from error
    raise Refused("too_much_memory" if status in _ABORTED else "damaged")
