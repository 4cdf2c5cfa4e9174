"""What a small file costs that pretends to be a large one: the memory of a small file."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

pytest.importorskip("resource")  # memory is measured where the system tells it

MOST_KB = 200 * 1024
# In a process of its own: what other tests read does not count then.
_MEASURED = """
import resource, sys
from lingti.ingest.reading.files import read
found = read(sys.stdin.buffer.read(), "a.xlsx").tables[0]
print(len(found), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _far_below(columns: int) -> bytes:
    """Two rows of so many columns, and a blank in the last row a sheet can have."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"列{place}" for place in range(columns)])
        sheet.write_row(1, 0, ["南风"] * columns)
        sheet.write_row(2, 0, ["滨湖"] * columns)
        sheet.write(1_048_575, 0, " ")
    return stream.getvalue()


@pytest.mark.parametrize("columns", [3, 12, 60])
def test_a_cell_far_below_costs_no_memory(columns: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED],
        input=_far_below(columns),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    rows, most_kb = map(int, done.stdout.split())
    assert rows == 2
    assert most_kb < MOST_KB
