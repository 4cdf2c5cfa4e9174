"""Mutated files: refused or read, but never a crash, a hang or a flood of memory.

Tries some files; LINGTI_FUZZ_FILES makes them more, LINGTI_FUZZ_SEED repeats a run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

pytest.importorskip("resource")  # memory is measured where the system tells it

FILES = os.environ.get("LINGTI_FUZZ_FILES", "40")
LONGEST_S, MOST_KB = 15, 500 * 1024


def test_mutated_files_are_read_or_refused() -> None:
    seed = os.environ.get("LINGTI_FUZZ_SEED", str(zlib.crc32(os.urandom(4))))
    done = subprocess.run(
        [sys.executable, "-m", "fuzzing", FILES, seed],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr[-2000:]}"
    found = json.loads(done.stdout)
    assert found["longest_s"] < LONGEST_S, f"seed {seed}"
    assert found["most_kb"] < MOST_KB, f"seed {seed}: {found}"
    assert found["tried"] == int(FILES) > 20, f"seed {seed}"
