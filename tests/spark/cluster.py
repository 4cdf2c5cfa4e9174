"""A real standalone cluster on this machine: one master and two workers, each a process."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PATIENCE_S = 600
_LISTENS = re.compile(r"Starting Spark master at (spark://\S+)")


@dataclass
class Cluster:
    """Where its master listens, and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]

    def kill_worker(self) -> None:
        """Kills a worker, and with it whatever it runs."""
        self.workers.pop().kill()


@contextlib.contextmanager
def standalone(folder: Path, *, workers: int = 2, memory: str = "1g") -> Iterator[Cluster]:
    """Starts a cluster on the loopback address; it is there once every worker is."""
    with contextlib.ExitStack() as stack:
        log = folder / "master.log"
        _start(stack, log, "master.Master", "--host", "127.0.0.1", "--port", "0")
        address = _wait_for(log, _LISTENS)[1]
        processes = [
            _start(
                stack,
                folder / f"worker-{number}.log",
                "worker.Worker",
                *("--host", "127.0.0.1", "--cores", "1", "--memory", memory),
                *("--work-dir", str(folder / f"work-{number}"), address),
            )
            for number in range(workers)
        ]
        _wait_for(log, re.compile(r"Registering worker"), times=workers)
        yield Cluster(address, processes)


def environment() -> dict[str, str]:
    """What a process of the cluster, or one that asks it, needs to stay on this machine."""
    import pyspark

    return {
        **os.environ,
        "SPARK_HOME": str(Path(pyspark.__path__[0])),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        # What is over after seconds is not worth compiling well.
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }


def _start(
    stack: contextlib.ExitStack, log: Path, role: str, *arguments: str
) -> subprocess.Popen[bytes]:
    surroundings = environment()
    command = [f"{surroundings['SPARK_HOME']}/bin/spark-class", f"org.apache.spark.deploy.{role}"]
    output = stack.enter_context(log.open("wb"))
    process = subprocess.Popen(
        [*command, "--webui-port", "0", *arguments],
        env=surroundings,
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    stack.callback(process.wait, timeout=PATIENCE_S)
    stack.callback(process.terminate)
    return process


def _wait_for(log: Path, what: re.Pattern[str], *, times: int = 1) -> re.Match[str]:
    """The last of so many lines in a log. Raises AssertionError where they do not come."""
    for _attempt in range(PATIENCE_S * 5):
        found = list(what.finditer(log.read_text("utf-8", "replace")))
        if len(found) >= times:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"{log.name}: {log.read_text('utf-8', 'replace')[-2000:]}")
