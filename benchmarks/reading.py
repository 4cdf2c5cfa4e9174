"""How long reading takes beside the bare libraries: `python -m benchmarks.reading`.

Prints, for a 200,000 × 12 workbook and a 2,000,000-row text in GB18030, the seconds of the bare
library, of reading (recognise, limits, child process, layout), and of reading and parsing every
cell, their ratios, and the peak memory of this process and of its children. The library for
the workbook is python-calamine's `iter_rows`; for the text it is decoding and DuckDB's `read_csv`.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.csv
import python_calamine
import xlsxwriter

from benchmarks.rows import peak_memory
from lingti.ingest.reading.files import Reading, read
from lingti.ingest.values import cell_values

assert pyarrow.csv  # imported here, as in the running program, so that no side is charged for it

WORKBOOK = [
    "序号", "社区", "志愿者姓名", "联系电话", "身份证号", "活动名称",
    "服务类别", "服务日期", "服务时长", "积分", "地点", "备注",
]  # fmt: skip
TEXT = ["服务日期", "志愿者姓名", "联系电话", "活动名称", "服务类别", "服务时长", "积分", "备注"]
PARSERS: dict[str, Callable[..., Any]] = {
    "服务日期": cell_values.days,
    "服务时长": cell_values.hours,
    "积分": cell_values.integers,
    "联系电话": cell_values.phones,
    "身份证号": cell_values.id_numbers,
}


def workbook(rows: int) -> bytes:
    """A workbook of made-up volunteers, `rows` × 12."""
    chance = random.Random(1)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("服务")
        style = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, WORKBOOK)
        for i in range(1, rows + 1):
            day = datetime(2024, 1, 1) + timedelta(days=chance.randrange(300))
            phone, number = f"138{i:08d}", f"37081119900101{i % 10_000:04d}"
            sheet.write_row(i, 0, [i, "南风花园", f"王{i % 5000}", phone, number])
            sheet.write_row(i, 5, [f"清扫街道{i % 300}", "助老"])
            sheet.write_datetime(i, 7, day, style)
            sheet.write_row(i, 8, [chance.randrange(1, 9) / 2, chance.randrange(50), "一号楼"])
            if i % 7 == 0:
                sheet.write_string(i, 11, "补录")
    return stream.getvalue()


def text(rows: int) -> bytes:
    """A comma-separated text of made-up volunteers in GB18030."""
    chance = random.Random(2)
    first = date(2024, 1, 1)
    lines = [",".join(TEXT)]
    for i in range(rows):
        day = first + timedelta(days=chance.randrange(366))
        half, points = chance.randrange(1, 9) / 2, chance.randrange(50)
        lines.append(
            f"{day},王{i % 50_000},138{i % 400_000:08d},文明实践{i % 300},助老,{half},{points},"
        )
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def bare_calamine(data: bytes) -> int:
    """Reads every row of the first sheet and counts them."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(1 for _ in book.get_sheet_by_index(0).iter_rows())


def bare_duckdb(data: bytes) -> int:
    """Decodes the text, since DuckDB cannot, and reads it into a table."""
    return _by_duckdb(data, "read_csv($path)")


def checking_duckdb(data: bytes) -> int:
    """The same with the types that the columns are to have; rows that break them are rejected."""
    typed = {"服务日期": "date", "服务时长": "decimal(8,2)", "积分": "integer"}
    columns = ", ".join(f"'{name}': '{typed.get(name, 'varchar')}'" for name in TEXT)
    return _by_duckdb(data, f"read_csv($path, columns = {{{columns}}}, store_rejects = true)")


def _by_duckdb(data: bytes, source: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decoded.csv"
        path.write_bytes(data.decode("gb18030").encode())
        con = duckdb.connect()
        con.execute(f"create table rows as select * from {source}", {"path": str(path)})
        counted = con.execute("select count(*) from rows").fetchall()
    return int(counted[0][0])


def parse_all(reading: Reading) -> int:
    """Parses every cell; the number of rows."""
    table = reading.tables[0]
    for name in table.columns:
        PARSERS.get(name, cell_values.texts)(table.distinct(name)[0])
    return len(table)


def timed(work: Callable[[], int], times: int) -> float:
    """The best of several runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def report(
    name: str, data: bytes, bare: Callable[[bytes], int], allowed: float, times: int
) -> None:
    """One line of results."""
    reading = timed(lambda: len(read(data, name).tables[0]), times)
    both = timed(lambda: parse_all(read(data, name)), times)
    memory = peak_memory()
    alone = timed(lambda: bare(data), times)
    print(
        f"{name}: bare {alone:.2f} s, read {reading:.2f} s ({reading / alone:.2f} ×), "
        f"read and parsed {both:.2f} s ({both / alone:.2f} ×, goal {allowed} ×); peak {memory}"
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
