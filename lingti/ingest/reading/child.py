"""The process in which an untrusted file is opened; started anew for each file.

Standard input: one line of JSON (what to do, limits), then the bytes of the file. Standard
output: `ok` or `refused`, a line feed, then the packed reading or the refusal.
"""

from __future__ import annotations

import gc
import json
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lingti.ingest.reading.sheet_tables import Reading


def main() -> None:
    """Reads one file and ends."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not disturb the answer
    order: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    _limit(order["memory_bytes"], order["seconds"])
    gc.disable()  # nothing here lives long enough to need it
    from lingti.ingest.reading.sheet_tables import Refused
    from lingti.ingest.reading.transfer import pack

    try:
        answer = b"ok\n" + pack(_read(order, sys.stdin.buffer.read()))
    except Refused as refused:
        plain = json.dumps({"code": refused.code, "facts": refused.facts})
        answer = b"refused\n" + plain.encode()
    except (MemoryError, RecursionError):
        answer = b'refused\n{"code": "too_much_memory", "facts": {}}'
    answers.write(answer)
    answers.flush()
    os._exit(0)  # without taking a hundred thousand cells apart first


def _limit(memory_bytes: int, seconds: float) -> None:
    """Bounds memory and processor time where the system can; the parent watches the clock."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    whole = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))  # told first, then killed


def _read(order: dict[str, Any], data: bytes) -> Reading:
    from lingti.ingest.layout.find_tables import lay_out
    from lingti.ingest.reading.sheet_tables import Reading, SetAside

    kind, cells = order["format"], order["cells"]
    if kind == "html":
        from lingti.ingest.reading.html import read_html

        grid, above = read_html(data.decode("utf-8"), cells)
        tables = [lay_out(grid, "", 1)] if grid else []
        for table in tables:
            table.title = " ".join(filter(None, [above, table.title]))
        return Reading("html", None, tables)
    from lingti.ingest.reading.workbook import read_other, read_xls, read_xlsx

    if kind == "xlsx":
        workbook = read_xlsx(data, cells, careful=order["careful"])
    elif kind == "xls":
        workbook = read_xls(data, cells)
    else:
        workbook = read_other(data, cells)
    tables = []
    for sheet in workbook.sheets:
        table = lay_out(sheet.grid, sheet.name, sheet.number)
        table.set_aside += [SetAside(row, "outside") for row in sheet.outside]
        for each in (table, *table.other_tables):
            each.date1904 = workbook.date1904
            data_rows = set(each.row_numbers) if sheet.struck or sheet.hidden else set()
            each.struck = [row for row in sheet.struck if row in data_rows]
            each.hidden = [row for row in sheet.hidden if row in data_rows]
        tables.append(table)
    reading = Reading(kind, None, tables, workbook.hidden, workbook.empty)
    reading.shows_strikes = workbook.shows_strikes
    return reading


if __name__ == "__main__":
    main()
