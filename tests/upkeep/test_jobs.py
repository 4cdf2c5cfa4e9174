import io
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lingti.upkeep import jobs
from lingti.upkeep.jobs import Report


def echo(home: Path, arguments: dict[str, Any], payload: bytes, report: Report) -> Any:
    report("half way", 0.5)
    return {"got": len(payload), **arguments}


def fail(home: Path, arguments: dict[str, Any], payload: bytes, report: Report) -> Any:
    raise ValueError("张三 13800000000")


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parent
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setitem(jobs.KINDS, "echo", "test_jobs:echo")
    monkeypatch.setitem(jobs.KINDS, "fail", "test_jobs:fail")


def finished(home: Path, job_id: str) -> jobs.Job:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        job = jobs.status(home, job_id)
        if job is not None and job.is_over:
            return job
        time.sleep(0.05)
    raise AssertionError("the job did not end")


def test_a_job_gets_its_payload_and_leaves_its_result(tmp_path: Path) -> None:
    job_id = jobs.start(tmp_path, "echo", {"word": "领题"}, b"x" * 3_000_000, by="secretary")
    job = finished(tmp_path, job_id)
    assert (job.state, job.result) == ("done", {"got": 3_000_000, "word": "领题"})
    assert [one.id for one in jobs.recent(tmp_path, "echo")] == [job_id]


def test_a_failed_job_says_so_without_quoting_anything(tmp_path: Path) -> None:
    job = finished(tmp_path, jobs.start(tmp_path, "fail", {}))
    assert job.state == "failed"
    assert job.error.startswith("ValueError")
    # All of the number: 138 can stand in the time at which it began.
    assert "13800000000" not in "".join(p.read_text("utf-8") for p in (tmp_path / "jobs").iterdir())


def test_a_payload_that_breaks_off_is_not_used(tmp_path: Path) -> None:
    written = job_of(tmp_path, datetime.now(UTC))
    jobs.run(tmp_path, written, "test_jobs:echo", io.BytesIO((9).to_bytes(8, "big") + b"half"))
    job = jobs.status(tmp_path, written)
    assert job is not None
    assert job.state == "failed"


def test_a_job_that_no_longer_beats_is_lost(tmp_path: Path) -> None:
    fresh = job_of(tmp_path, datetime.now(UTC))
    old = job_of(tmp_path, datetime.now(UTC) - timedelta(minutes=2))
    states = {one.id: one.state for one in jobs.recent(tmp_path)}
    assert states == {fresh: "running", old: "lost"}


def job_of(home: Path, beat: datetime) -> str:
    job_id = f"{beat:%Y%m%dT%H%M%S%f}-abcdef"
    (home / "jobs").mkdir(exist_ok=True)
    raw = {"id": job_id, "kind": "echo", "state": "running", "by": "", "arguments": {}}
    raw |= {"started_at": beat.isoformat(), "beat_at": beat.isoformat()}
    (home / "jobs" / f"{job_id}.json").write_text(json.dumps(raw), "utf-8")
    return job_id
