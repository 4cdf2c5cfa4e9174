"""How long a whole import takes beside the bare libraries: `python -m benchmarks.importing`.

The same files and the same bare libraries as `benchmarks.reading`; an import here is the dry run of
`lingti check`: reading, mapping, checking every row, pseudonyms, and the comparison with what
counts today. Prints seconds, their ratios, and the peak memory.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.reading import bare_calamine, bare_duckdb, peak_mb, text, timed, workbook
from lingti import district
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.imports import Request

_DISTRICT = """
name = "Benchmark"
starts_on = 2024-01-01
[[community]]
id = "one"
name = "One"
residents = 1000
households = 400
population_as_of = 2023-12-31
since = 2024-01-01
"""
_SOURCE = """
community = "one"
title = "Service"
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = "服务日期"
name = "志愿者姓名"
phone = "联系电话"
activity = "活动名称"
category = "服务类别"
hours = "服务时长"
"""


def home(folder: Path) -> District:
    """A home with one community and one source, and nothing imported yet."""
    (folder / "sources").mkdir()
    (folder / "district.toml").write_text(_DISTRICT, "utf-8")
    (folder / "sources" / "service.toml").write_text(_SOURCE, "utf-8")
    return district.load(folder)


def dry_run(where: District, name: str, data: bytes) -> int:
    """Works an import out to the last row; how many would be accepted."""
    (outcome,) = imports.dry_run(where, Request("one", ((name, data),)))
    assert outcome.plan is not None
    return outcome.plan.total("accepted")


def report(
    name: str, data: bytes, bare: Callable[[bytes], int], allowed: float, times: int
) -> None:
    """One line of results."""
    with tempfile.TemporaryDirectory() as folder:
        where = home(Path(folder))
        whole = timed(lambda: dry_run(where, name, data), times)
        memory = peak_mb()
    alone = timed(lambda: bare(data), times)
    print(
        f"{name}: bare {alone:.2f} s, imported {whole:.2f} s "
        f"({whole / alone:.2f} ×, goal {allowed} ×); peak {memory}"
    )


def main() -> None:
    """Makes the two files and times them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook-rows", type=int, default=200_000)
    parser.add_argument("--text-rows", type=int, default=2_000_000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    report("workbook.xlsx", workbook(given.workbook_rows), bare_calamine, 2.5, given.times)
    report("text.csv", text(given.text_rows), bare_duckdb, 2.0, given.times)


if __name__ == "__main__":
    main()
