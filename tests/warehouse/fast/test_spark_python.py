"""The Python that workers of Spark run lies whole in the shared folder, or is laid out again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lingti.warehouse.fast import spark_python

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers run Linux")


def test_it_runs_without_any_other_and_what_was_changed_is_laid_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_python, "PACKAGES", ("filelock", "tomli"))
    command = spark_python.lay_out(tmp_path)
    asked = "import filelock, lingti.catalog; print(filelock.__file__, lingti.catalog.QUERIES)"
    done = subprocess.run([command, "-c", asked], env={}, cwd="/", capture_output=True, text=True)
    held = command.parent
    assert done.stdout.split() == [
        str(held / "packages/filelock/__init__.py"),
        str(held / "program/queries"),
    ], done.stderr
    schema = held / "program/queries/build/schema.sql"
    whole = schema.read_text("utf-8")
    schema.write_text(f"{whole} ", "utf-8")
    assert spark_python.lay_out(tmp_path) == command
    assert schema.read_text("utf-8") == whole
    assert [path.name for path in tmp_path.iterdir()] == [held.name]
