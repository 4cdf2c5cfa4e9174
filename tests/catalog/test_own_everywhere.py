"""What is made on a page is asked for like all others: by command, by a form, as rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from import_kit import workbook
from own_kit import DELIVERED, SERVED, made, sent

from lingti.commands import cli
from lingti.judging import publication

HEAD = ["社区", "供餐数量（份）", "送餐率（%）", "未听说的数"]
FORM = [["2026年3月各社区情况统计表"], HEAD, ["望江社区"], ["临河社区"]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("own") / "home"
    made(home, SERVED, DELIVERED)
    sent(home)
    publication.rebuild(home)
    return home


def run(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> Any:
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments, "--json", "--home", str(home)])
    said = capsys.readouterr()
    assert ended.value.code == 0, said.err
    return json.loads(said.out)


def test_commands_tell_its_number_parts_and_rows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (SERVED.name, "--community", "望江", "--period", "2026-03")
    (told,) = run(capsys, home, "metric", *asked)
    assert (told["value"], told["state"]) == (50.5, "reported")
    parts = run(capsys, home, "metric", *asked, "--by", "就餐方式")
    assert {one["member"]: one["value"] for one in parts} == {"堂食": 30, "送餐上门": 20.5}
    rows = run(capsys, home, "rows", *asked)
    assert [(one["row"], float(one["份数"])) for one in rows] == [(2, 30), (3, 10), (4, 10.5)]


def test_a_form_is_filled_by_its_words_and_blank_where_nothing_counts(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.xlsx"
    wide = [[*line, *[None] * (len(HEAD) - len(line))] for line in FORM]
    form.write_bytes(workbook({"Sheet1": wide}))
    told = run(capsys, home, "fill", str(form), "-o", str(tmp_path / "filled.xlsx"))
    filled = {one["cell"]: (one["metric"], round(one["value"], 2)) for one in told["cells"]}
    assert filled == {"B3": (SERVED.name, 50.5), "C3": (DELIVERED.name, 40.59)}
    codes = {one["cell"]: one["code"] for one in told["blank"]}
    assert codes == {"D3": "no_measure", "D4": "no_measure", "B4": "not_run", "C4": "not_run"}
