"""`lingti fill`: its document, its exit codes, what it asks, refuses and remembers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from forms import form_kit, own_forms

from lingti import entries
from lingti.commands.cli import main

EXAMPLES = Path(__file__).parents[1] / "forms" / "examples"
BLANK = "o15_nothing_said.docx"


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_home, tmp_path / "home")


def run(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as ended:
        main(["fill", *map(str, arguments), "--home", str(home), "--json"])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out or "null")


def blank(folder: Path) -> Path:
    path = folder / BLANK
    path.write_bytes(own_forms.FORMS[BLANK]())
    return path


def test_every_cell_says_what_it_is_and_where_it_is_from(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form, out = EXAMPLES / "h02_month_and_year.xlsx", tmp_path / "out.xlsx"
    code, document = run(capsys, home, form, "-o", out)
    assert code == 0
    assert (document["known"], document["questions"]) == (False, [])
    cells = {one["cell"]: one for one in document["cells"]}
    assert cells["E4"] == {
        "sheet": "Sheet1",
        "cell": "E4",
        "filled": True,
        "value": 2000.0,
        "raw": 2000.0,
        "scale": 1.0,
        "metric": "volunteer_hours",
        "community": "guqiao",
        "grain": "range",
        "period": "2024-01-01/2024-06-30",
        "dimension": None,
        "member": None,
        "unit": "小时",
        "state": "reported",
        "edition": None,
        "differs": None,
        "edition_raw": None,
        "sureness": "sure",
        "change": None,
    }
    assert {(one["cell"], one["code"]) for one in document["blank"]} == {
        (cell, "no_measure") for cell in ("D9", "E9", "D10", "E10")
    }
    assert all(one["why"] for one in document["blank"])
    assert form_kit.contents(out.read_bytes(), "xlsx")["Sheet1!E4"] == 2000
    assert (tmp_path / "out-sources.xlsx").exists()
    assert run(capsys, home, form, "-o", out)[1]["known"] is True


def test_what_a_form_does_not_say_is_asked_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form, out = blank(tmp_path), tmp_path / "out.docx"
    code, document = run(capsys, home, form, "-o", out)
    assert code == 1
    assert [one["id"] for one in document["questions"]] == ["community", "period"]
    assert [one["id"] for one in document["questions"][0]["choices"]] == [
        *("nanfeng", "guqiao", "jinghang", "binhu", "district")
    ]
    assert not out.exists()
    assert entries.current(home, "form") == {}
    code, document = run(
        capsys, home, form, "--community", "guqiao", "--period", "2024-06", "-o", out
    )
    assert (code, document["questions"]) == (0, [])
    assert form_kit.contents(out.read_bytes(), "docx")["-!T1R1C2"] == "656"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["--community", "nowhere"], 2),
        (["--period", "sometime"], 2),
        (["--all"], 2),
        (["--community", "nanfeng"], 1),  # the form is of guqiao
        (["--period", "2024-07"], 1),  # and of June
    ],
)
def test_what_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, said: list[str], code: int
) -> None:
    out = [] if "--all" in said else ["-o", tmp_path / "out.xlsx"]
    form = EXAMPLES / "h04_categories.xlsx"
    assert run(capsys, home, form, *said, *out)[0] == code
    assert not (tmp_path / "out.xlsx").exists()


def test_nothing_to_fill_is_no_failure(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form = tmp_path / "ledger.xlsx"
    form.write_bytes(own_forms.FORMS["o12_ledger.xlsx"]())
    code, document = run(capsys, home, form, "-o", tmp_path / "out.xlsx")
    assert (code, document["cells"]) == (0, [])
    assert (tmp_path / "out.xlsx").read_bytes() == form.read_bytes()


def test_without_a_file_to_write_it_only_tells(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form = blank(tmp_path)
    said = ["--community", "guqiao", "--period", "2024-06"]
    code, document = run(capsys, home, form, *said)
    assert (code, len(document["cells"])) == (0, 4)
    assert list(tmp_path.glob("*.docx")) == [form]
    assert entries.current(home, "form") == {}


def test_likely_cells_are_accepted_by_the_document_that_was_printed(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    form, out = EXAMPLES / "h01_communities.xlsx", tmp_path / "out.xlsx"
    _code, document = run(capsys, home, form, "-o", out)
    likely = [one["cell"] for one in document["cells"] if not one["filled"]]
    assert likely == ["C7", "E7"]
    accepted = tmp_path / "yes.json"
    accepted.write_text(json.dumps(document), "utf-8")
    _code, document = run(capsys, home, form, "-o", out, "--accept", accepted)
    assert all(one["filled"] for one in document["cells"])
    _code, document = run(capsys, home, form, "-o", out)  # as it was confirmed
    assert all(one["filled"] for one in document["cells"])
    accepted.write_text(json.dumps({"Sheet1!C7": "sum"}), "utf-8")
    _code, document = run(capsys, home, form, "-o", out, "--accept", accepted)
    found = form_kit.contents(out.read_bytes(), "xlsx")
    assert found["Sheet1!C7"] == sum(float(str(found[f"Sheet1!C{row}"])) for row in range(3, 7))


def test_a_folder_is_filled_for_every_community_that_its_forms_do_not_name(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    folder, out = tmp_path / "blank", tmp_path / "filled"
    folder.mkdir()
    blank(folder)
    shutil.copy(EXAMPLES / "h02_month_and_year.xlsx", folder)
    code, documents = run(capsys, home, folder, "--period", "2024-06", "--all", "--out", out)
    assert code == 0
    assert [(one["form"], one["community"]) for one in documents] == [
        ("h02_month_and_year.xlsx", None),
        *((BLANK, place) for place in ("nanfeng", "guqiao", "jinghang", "binhu")),
    ]
    assert len(list(out.iterdir())) == 10
    same = tmp_path / "same"
    same.mkdir()
    for name in ("o04_members.xlsx", "o05_jobs.docx"):
        (same / f"form{Path(name).suffix}").write_bytes(own_forms.FORMS[name]())
    assert run(capsys, home, same, "--all", "--out", out)[0] == 0
    assert sorted(one.name for one in out.glob("form*")) == [
        *("form-filled-sources.xlsx", "form-filled-xlsx-sources.xlsx"),
        *("form-filled-xlsx.xlsx", "form-filled.docx"),
    ]
    assert form_kit.contents((out / "o15_nothing_said-binhu.docx").read_bytes(), "docx")
