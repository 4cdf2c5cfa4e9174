"""How long a form takes to fill: `python -m benchmarks forms`.

The largest of the usual shapes on the sample, four measures in every month, from the file to the
filled file and its sources; the same where there are many communities, and a list of all of these.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import xlsxwriter

from benchmarks.homes import built
from benchmarks.rows import Row, took
from lingti import district, warehouse
from lingti.forms import filling, sources
from lingti.forms.reading.package import opened
from lingti.upkeep import demo

MOST_S = 3
NAMES = ("志愿服务时长（小时）", "参与志愿者人数（人）", "诉求提出件数（件）", "诉求办结件数（件）")


def run(communities: int = 2_000, events: int = 1_000_000) -> list[Row]:
    """Fills a form of a year on the sample, and one on a generated district."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)
        rows = [_row("48 cells of the sample", home, _form("古桥社区"))]
    home = built(communities, events)
    names = [one.name.zh for one in district.load(home).communities]
    of = f"{communities:,} communities, {events:,} events"
    rows.append(_row(f"48 cells, {of}", home, _form(names[0])))
    return [*rows, _row(f"a list of all {of}", home, _list(names))]


def _row(what: str, home: Path, form: bytes) -> Row:
    def fill() -> None:
        settings = district.load(home)
        wish = filling.Wish()
        done = filling.fill(warehouse.current(home), settings, opened(form), wish)
        filling.data_of(done)
        sources.workbook(done, settings)

    found = took(fill)
    return Row(f"a form filled: {what}", f"≤ {MOST_S} s", f"{found.clock_s:.2f} s", str(found))


def _list(names: list[str]) -> bytes:
    """A blank form of one month: all communities down, four measures across."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, looks = book.add_worksheet(), book.add_format({"border": 1})
        sheet.merge_range(0, 0, 0, 5, "2024年6月各社区工作情况统计表", looks)
        sheet.write_row(1, 0, ["序号", "社区", *NAMES], looks)
        for row, name in enumerate(names, 2):
            sheet.write_row(row, 0, [row - 1, name], looks)
            for column in range(2, 6):
                sheet.write_blank(row, column, None, looks)
    return out.getvalue()


def _form(name: str) -> bytes:
    """A blank form of twelve months and four measures."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, looks = book.add_worksheet(), book.add_format({"border": 1})
        sheet.merge_range(0, 0, 0, 12, f"{name}2024年工作情况统计表", looks)
        sheet.write_row(1, 0, ["项目", *(f"{month}月" for month in range(1, 13))], looks)
        for row, measure in enumerate(NAMES, 2):
            sheet.write(row, 0, measure, looks)
            for column in range(1, 13):
                sheet.write_blank(row, column, None, looks)
    return out.getvalue()
