"""Asked, proposed and learned by command alone: no page and no TOML is needed."""

import json
from pathlib import Path
from typing import Any

import pytest
from import_kit import csv_file, home_with_sources

from lingti.commands.cli import main

SHEETS = Path(__file__).parents[1] / "ingest" / "sheets"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sources(tmp_path / "home")
    return tmp_path / "home"


def run(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments), "--community", "east", "--home", str(home), "--json"])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out or "null")


def test_an_unknown_layout_is_proposed_learned_and_asked_about(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    sheet = SHEETS / "n15_void_in_remarks.xlsx"
    code, (proposed,) = run(capsys, home, "check", sheet, "--propose")
    assert (code, proposed["table"], proposed["missing"]) == (0, "service", [])
    columns = proposed["source"]["feed"][0]["columns"]
    assert columns["name"] == {"columns": ["志愿者姓名"]}
    assert not (home / "entries").exists()

    code, (asked,) = run(capsys, home, "import", sheet, "--learn")
    assert (code, asked["source"], asked["batch"]) == (1, "east_service_2", None)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({one["id"]: "void" for one in asked["questions"]}))
    code, (checked,) = run(capsys, home, "check", sheet, "--answers", answers)
    assert (code, checked["accepted"], checked["questions"]) == (0, 2, [])
    code, (taken,) = run(capsys, home, "import", sheet, "--answers", answers)
    assert (code, taken["batch"], taken["accepted"], taken["set_aside"]) == (0, 1, 2, 4)
    code, (again,) = run(capsys, home, "import", sheet)
    assert (code, again["batch"], again["questions"]) == (0, None, [])


def test_a_list_without_header_is_proposed_by_its_cells(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    sheet = SHEETS / "n12_headerless_b.xlsx"
    _code, (proposed,) = run(capsys, home, "check", sheet, "--propose")
    columns = proposed["source"]["feed"][0]["columns"]
    assert {ours: theirs["columns"] for ours, theirs in columns.items()} == {
        "day": ["列1"],
        "activity": ["列2"],
        "name": ["列3"],
        "hours": ["列4"],
    }


def test_what_cannot_be_told_is_not_learned(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "值班.csv"
    file.write_bytes(csv_file([["星期", "值班电话"], ["星期一", "2345678"], ["星期二", "2345679"]]))
    code, (refused,) = run(capsys, home, "import", file, "--learn")
    assert (code, refused["refused"]["code"]) == (1, "unknown_layout")
    assert not (home / "entries").exists()


@pytest.mark.parametrize("text", ["[", "[]", '{"a": 1}'])
def test_answers_that_cannot_be_read_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, text: str
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(text)
    sheet = SHEETS / "n15_void_in_remarks.xlsx"
    code, _document = run(capsys, home, "check", sheet, "--answers", answers)
    assert code == 2
