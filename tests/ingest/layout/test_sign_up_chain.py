"""接龙: what people wrote below one another in a chat becomes a person each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from import_kit import home_with_sources, workbook

from lingti import district
from lingti.ingest import imports, questions
from lingti.ingest.imports import Request
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.propose_source import propose

HEAD = "2024年6月8日端午包粽子志愿服务"
ENTRIES = ["1. 甲一测 2小时", "2、乙二测 13900000002 2小时", "3.丙三测 1.5小时", "4 ) 丁四测 2h"]
WHOLE = "\n".join(["#接龙", HEAD, "", *ENTRIES])
TABLE = [
    ["活动日期", "活动名称", "接龙内容", "时长"],
    ["2024-06-08", "包粽子", "#接龙\n端午志愿者\n1. 甲一测\n2. 乙二测", 2],
    ["2024-06-15", "清扫楼道", "1.丙三测 2.丁四测", 1.75],
]


@pytest.mark.parametrize(
    "rows",
    [[["#接龙"], [HEAD], *([one] for one in ENTRIES)], [[f"#接龙 {HEAD}"], [""], *([one] for one in
     ENTRIES)], [[WHOLE]], TABLE],
    ids=["lines", "one line above", "one cell", "a column"],
)  # fmt: skip
def test_each_entry_is_a_person_with_the_day_and_the_hours(
    tmp_path: Path, rows: list[list[Any]]
) -> None:
    home = home_with_sources(tmp_path)
    data = workbook({"接龙": rows})
    opened = imports.open_file("接龙.xlsx", data)
    (first,) = propose(home, "west", opened)
    said = {one.id: "service" if one.kind == "kind" else one.default for one in first.asking.open}
    (settled,) = propose(home, "west", opened, said)
    assert settled.decided is not None
    questions.remember(home.home, settled.asking, "secretary")
    learned.remember(home, settled.decided, "secretary")
    home = district.load(home.home)
    files = (("接龙.xlsx", data),)
    (dry,) = imports.dry_run(home, Request("west", files))
    assert dry.plan is not None
    answers = {one.id: one.default for one in dry.plan.questions}
    (outcome,) = imports.run(home, Request("west", files, answers=answers), "secretary")
    assert outcome.refused is None, str(outcome.as_json()[0]["findings"])
    (path,) = (home.home / "batches").glob("0*/service.parquet")
    kept = pq.read_table(path)
    assert (len(set(kept["name_key"].to_pylist())), sum(kept["hours"].to_pylist())) == (4, 7.5)
    assert str(kept["day"][0]) == "2024-06-08"
    texts = [str(one.read_bytes()) for one in home.home.rglob("*.json")] + [str(kept.to_pylist())]
    assert not [text for text in texts if "甲一测" in text or "13900000002" in text]


def test_numbered_remarks_are_no_list_of_persons() -> None:
    notes = [
        "填表说明",
        "1. 请如实填写各项内容，不得遗漏。",
        "2. 日期按年月日填写。",
        "3. 有问题请联系。",
    ]
    data = workbook(
        {"说明": [[one] for one in notes], "表": [["日期", "姓名"], ["2024-06-01", "甲"]]}
    )
    opened = imports.open_file("表.xlsx", data)
    assert [one.sheet for one in opened.reading.tables if one.columns] == ["表"]
