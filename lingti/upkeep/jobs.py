"""Work that goes on when the browser tab is closed: one process per job, one small file on it.

A job's status lies in the home as `jobs/<id>.json`, holds no personal data, and is replaced as a
whole. What a job needs that must not touch the disk (an upload) goes to it through a pipe.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import threading
import traceback
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from lingti import language
from lingti.language import gettext as _

# What each kind of job runs: `function(home, arguments, payload, report) -> result as JSON`.
KINDS = {
    "import": "lingti.upkeep.publishing:import_job",
    "undo": "lingti.upkeep.publishing:undo_job",
    "redo": "lingti.upkeep.publishing:redo_job",
    "finalise": "lingti.upkeep.finalising:finalise_job",
    "monthly_set": "lingti.report.monthly_set:run",
}
BEAT_S = 2.0
STALE_AFTER = timedelta(seconds=20)
KEPT = 50
LESS_URGENT = 5  # as niceness: pages come first, and work takes what they leave
_LENGTH_BYTES = 8

Report = Callable[[str, float], None]


@dataclass(frozen=True)
class Job:
    """What is known of a job. `state` is running, done, failed or lost.

    `step` says in words what it is at, `share` how much of it is done, from 0 to 1. Times are
    UTC in ISO 8601. `result` is what its function returned.
    """

    id: str
    kind: str
    state: str
    by: str
    started_at: str
    beat_at: str
    arguments: Mapping[str, Any]
    pid: int = 0
    step: str = ""
    share: float = 0.0
    result: Any = None
    error: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state != "running"


def start(
    home: Path, kind: str, arguments: Mapping[str, Any], payload: bytes = b"", by: str = ""
) -> str:
    """Starts a job and returns its id at once. `payload` reaches it through a pipe only.

    Raises KeyError for an unknown kind.
    """
    function = KINDS[kind]
    now = _now()
    job = Job(
        f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}",
        kind,
        "running",
        by,
        now,
        now,
        arguments,
        step=_("Starting"),
    )
    _write(home, job)
    process = subprocess.Popen(
        [sys.executable, "-m", "lingti.upkeep.jobs", str(home.absolute()), job.id, function],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that it outlives the server it was started from
        env={**os.environ, "LINGTI_LANGUAGE": language.current()},
    )
    assert process.stdin is not None
    threading.Thread(target=_hand_over, args=(process, payload), daemon=True).start()
    _prune(home)
    return job.id


def _hand_over(process: subprocess.Popen[bytes], payload: bytes) -> None:
    """Writes the payload with its length, so that a part of it is not taken for the whole."""
    pipe: IO[bytes] | None = process.stdin
    assert pipe is not None
    with suppress(BrokenPipeError), pipe:
        pipe.write(len(payload).to_bytes(_LENGTH_BYTES, "big"))
        pipe.write(payload)
    process.wait()  # leaves no zombie


def status(home: Path, job_id: str) -> Job | None:
    """A job as it is now; None where there is none. One that no longer beats is `lost`."""
    path = _path(home, job_id)
    if not path.exists():
        return None
    job = Job(**json.loads(path.read_text("utf-8")))
    if job.state == "running" and _is_stale(job):
        return replace(job, state="lost", error=_("The work was interrupted before it was done."))
    return job


def recent(home: Path, kind: str | None = None) -> list[Job]:
    """The jobs there are, the newest first."""
    jobs = [status(home, path.stem) for path in sorted(_folder(home).glob("*.json"), reverse=True)]
    return [job for job in jobs if job is not None and kind in (None, job.kind)]


def forget(home: Path, job_id: str) -> None:
    """Deletes what is known of a job that is over."""
    _path(home, job_id).unlink(missing_ok=True)


def _is_stale(job: Job) -> bool:
    return datetime.now(UTC) - datetime.fromisoformat(job.beat_at) > STALE_AFTER


def _folder(home: Path) -> Path:
    return home / "jobs"


def _path(home: Path, job_id: str) -> Path:
    return _folder(home) / f"{Path(job_id).name}.json"


def _write(home: Path, job: Job) -> None:
    _folder(home).mkdir(parents=True, exist_ok=True)
    draft = _folder(home) / f".{job.id}-{uuid.uuid4().hex[:6]}.draft"
    draft.write_text(json.dumps(asdict(job), ensure_ascii=False, default=str), "utf-8")
    draft.replace(_path(home, job.id))


def _prune(home: Path) -> None:
    for path in sorted(_folder(home).glob("*.json"))[:-KEPT]:
        job = status(home, path.stem)
        if job is not None and job.is_over:
            path.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class _Running:
    """The status of the job in this process, kept fresh by a thread."""

    def __init__(self, home: Path, job: Job) -> None:
        self.home = home
        self.job = replace(job, pid=os.getpid())
        self.lock = threading.Lock()
        self.ended = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    def _beat(self) -> None:
        while not self.ended.wait(BEAT_S):
            self.note()

    def note(self, **changes: Any) -> None:
        with self.lock:
            if not self.job.is_over:
                self.job = replace(self.job, beat_at=_now(), **changes)
                _write(self.home, self.job)

    def report(self, step: str, share: float) -> None:
        self.note(step=step, share=share)

    def end(self, **changes: Any) -> None:
        self.ended.set()
        self.note(**changes)


def run(home: Path, job_id: str, function: str, stream: IO[bytes]) -> None:
    """Runs a job in this process to its end; whatever happens is in its status."""
    job = status(home, job_id)
    assert job is not None
    running = _Running(home, job)
    try:
        length = int.from_bytes(stream.read(_LENGTH_BYTES), "big")
        payload = stream.read(length)
        if len(payload) < length:
            raise EOFError(_("The upload broke off. Upload the files again."))
        module, name = function.split(":")
        work = getattr(importlib.import_module(module), name)
        result = work(home, job.arguments, payload, running.report)
        running.end(state="done", share=1.0, result=result)
    except Exception as error:
        # The message may quote a cell; only the kind of error and its place are kept.
        place = traceback.extract_tb(error.__traceback__)[-1]
        known = isinstance(error, EOFError) or type(error).__module__.startswith("lingti.")
        words = str(error) if known else f"{type(error).__name__} ({place.name}:{place.lineno})"
        running.end(state="failed", error=words)


def _let_readers_go_first() -> None:
    """Lowers the priority of this process, and of its session where the system weighs those."""
    if hasattr(os, "nice"):
        os.nice(LESS_URGENT)
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(LESS_URGENT), "ascii")


def main() -> None:
    """`python -m lingti.jobs HOME ID FUNCTION`, with the payload on standard input."""
    home, job_id, function = sys.argv[1:]
    _let_readers_go_first()
    language.use(os.environ.get("LINGTI_LANGUAGE", "zh"))
    run(Path(home), job_id, function, sys.stdin.buffer)


if __name__ == "__main__":
    main()
