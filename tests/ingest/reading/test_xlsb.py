"""Binary workbooks (xlsb) are read as others are; lines through cells cannot be seen in them."""

from __future__ import annotations

from pathlib import Path

from import_kit import SERVICE, counts, home_with_sources, take
from xlsb_kit import xlsb

from lingti.ingest.reading.files import read

ROWS = [
    ["2024年6月志愿服务登记表"],
    SERVICE,
    ["2024-06-03", "甲一测", "13900000001", "清扫楼道", 2.0],
    [45447.0, "乙二测", None, "清扫楼道", 1.5],
    ["合计", None, None, None, 3.5],
]


def test_words_numbers_and_a_title_are_read() -> None:
    reading = read(xlsb("登记", ROWS), "登记.xlsb")
    (table,) = reading.tables
    assert (reading.format, reading.shows_strikes, table.sheet) == ("xlsb", False, "登记")
    assert (table.title, table.columns, table.row_numbers) == (ROWS[0][0], SERVICE, range(3, 5))
    assert table.rows[0] == ["2024-06-03", "甲一测", "13900000001", "清扫楼道", 2]


def test_its_rows_are_taken_and_what_cannot_be_seen_is_said(tmp_path: Path) -> None:
    home = home_with_sources(tmp_path)
    document = take(home, xlsb("登记", ROWS), "登记.xlsb")
    assert counts(document) == (2, 0, 0, 2)
    assert document["unread"] == ["strikethrough"]
