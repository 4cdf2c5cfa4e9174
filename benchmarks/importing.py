"""How long a whole import takes beside the bare libraries: `python -m benchmarks.importing`.

The same files and the same bare libraries as `benchmarks.reading`; an import here is the dry run of
`lingti check`: reading, mapping, checking every row, pseudonyms, and the comparison with what
counts today. Prints seconds, their ratios, and the peak memory.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.reading import (
    WORKBOOK,
    bare_calamine,
    bare_duckdb,
    checking_duckdb,
    text,
    workbook,
)
from benchmarks.rows import Row, peak_memory, times, took
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


def run(workbook_rows: int = 200_000, text_rows: int = 2_000_000, runs: int = 3) -> list[Row]:
    """Times both files beside the bare libraries; returns the ratios."""
    found = []
    for name, size, make, beside in (
        (
            "workbook.xlsx",
            f"xlsx of {workbook_rows:,} × {len(WORKBOOK)}",
            partial(workbook, workbook_rows),
            [("bare calamine", bare_calamine, "≤ 2 ×")],
        ),
        (
            "text.csv",
            f"GB18030 CSV of {text_rows:,} rows",
            partial(text, text_rows),
            [
                ("decoding and read_csv", bare_duckdb, "≤ 2 ×"),
                ("decoding and read_csv with types and rejects", checking_duckdb, "≤ 1.5 ×"),
            ],
        ),
    ):
        data = make()
        with tempfile.TemporaryDirectory() as folder:
            where = home(Path(folder))
            dry_run(where, "text.csv", text(10))  # what is imported late is loaded now
            whole = took(partial(dry_run, where, name, data), runs)
        memory = peak_memory()
        for library, bare, goal in beside:
            alone = took(partial(bare, data), runs)
            by = f"{whole} : {alone}; peak {memory}"
            found.append(Row(f"import of a {size} beside {library}", goal, times(whole, alone), by))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbook-rows", type=int, default=200_000)
    parser.add_argument("--text-rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    for row in run(given.workbook_rows, given.text_rows, given.runs):
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
