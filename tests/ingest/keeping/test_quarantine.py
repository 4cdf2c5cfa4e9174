"""What was turned away stays known cell by cell, and names no person."""

from pathlib import Path

from import_kit import home_with_sources, service, take

from lingti.ingest.keeping import batches, quarantine
from lingti.language import use

KEPT = [["2024-01-06", "李明华", "13800000001", "清扫", "2"]]


def test_every_cell_turned_away_is_listed_with_what_to_do(tmp_path: Path) -> None:
    home = home_with_sources(tmp_path)
    rows = [["2024-01-05", "李明华", "13800000001", "清扫", "很久"]] * 30
    rows += [["2024-01-06", "李明华", "13800000001", "清扫", "2"]]
    rows += [["2024-01-07", "张丽丽", "1380000", "清扫", "2"]]
    number = take(home, service(*rows))["batch"]
    (manifest,) = batches.manifests(home.home)
    cells = quarantine.cells(home.home, manifest)
    assert [(one["row"], one["column"]) for one in cells] == [
        *((row, "时长") for row in range(2, 32)),
        (33, "电话"),
    ]
    assert (cells[0]["value"], cells[-1]["value"]) == ("很久", "******")
    assert all(one["expected"] and one["advice"] for one in cells)
    batches.undo(home.home, number)
    assert quarantine.cells(home.home, manifest) == cells


def test_what_to_do_is_said_in_the_language_of_who_reads_it(tmp_path: Path) -> None:
    home = home_with_sources(tmp_path)
    use("en")
    take(home, service(["2024-02-30", "李明华", "13800000001", "清扫", "2"], *KEPT))
    (manifest,) = batches.manifests(home.home)
    use("zh")
    (cell,) = quarantine.cells(home.home, manifest)
    assert (cell["expected"], cell["advice"]) == (
        "真实存在的日期",
        "请改正该单元格（在原表或下载的待修改表格中改均可），再重新导入。",
    )
