"""The sample: written by its generator, described by its README, and with no real person in it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent.parent / "sample_data"
EXPORTS = sorted(path for path in (SAMPLE / "exports").rglob("*") if path.is_file())


def content(path: Path) -> object:
    """A file's bytes; of a workbook its parts', as compression differs between systems."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_the_generator_writes_the_exports_that_are_there(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SAMPLE / "generate.py", "--out", tmp_path], check=True)
    written = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    names = [path.relative_to(SAMPLE / "exports") for path in EXPORTS]
    assert [path.relative_to(tmp_path) for path in written] == names
    differing = [
        str(one.name)
        for one, two in zip(EXPORTS, written, strict=True)
        if content(one) != content(two)
    ]
    assert differing == []


def test_the_readme_describes_every_export() -> None:
    described = re.findall(
        r"^\| (\S+\.(?:xlsx|xls|csv)) \|", (SAMPLE / "README.md").read_text("utf-8"), re.M
    )
    assert sorted(described) == sorted(path.name for path in EXPORTS)


def test_every_id_number_and_phone_is_plainly_nobody_s() -> None:
    for path in EXPORTS:
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                text = parts.read("xl/sharedStrings.xml").decode()
        else:
            text = path.read_bytes().decode(
                "gb18030" if "兑换记录" in path.name else "utf-8", "ignore"
            )
        ids = re.findall(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dX](?!\d)", text)
        assert {one[:6] for one in ids} <= {"999999"}, path.name
        assert {one[:5] for one in re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)} <= {"19900"}, (
            path.name
        )


@pytest.mark.parametrize("form", ["exports", "parquet"])
def test_a_benchmark_home_has_the_communities_and_events_asked_for(
    tmp_path: Path, form: str
) -> None:
    home = tmp_path / "home"
    size = ["--communities", "3", "--events", "3000", "--as", form]
    subprocess.run([sys.executable, SAMPLE / "generate.py", *size, "--out", home], check=True)
    assert len(list((home / "sources").iterdir())) == 3
    if form == "exports":
        exports = list((home / "exports").rglob("*.csv"))
        assert sum(len(path.read_text("utf-8").splitlines()) - 1 for path in exports) == 3000
    else:
        import pyarrow.parquet as pq

        assert sum(pq.read_metadata(path).num_rows for path in home.rglob("*.parquet")) == 3000
