"""The command line contract: what is printed, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lingti.commands import cli

SERVICE = "志愿者姓名,服务日期,服务时长\n{rows}"


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """The sample district, to be changed."""
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command: its exit code and the JSON it printed, or its text."""

    def run(*arguments: object) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(one) for one in arguments])
        printed = capsys.readouterr().out
        code = ended.value.code
        assert isinstance(code, int)
        return code, json.loads(printed) if "--json" in arguments and printed else printed

    return run


def test_metric_prints_whole_rows_in_the_fixed_order_of_communities(
    run: Any, sample_home: Path
) -> None:
    code, rows = run(
        *("metric", "partners_active", "--period", "2024-06", "--json", "--home", sample_home)
    )
    assert code == 0
    assert [row["community"] for row in rows] == [
        *("nanfeng", "guqiao", "jinghang", "binhu", "district")
    ]
    assert rows[1] == {
        "metric": "partners_active",
        "community": "guqiao",
        "grain": "month",
        "period": "2024-06",
        "dimension": None,
        "member": None,
        "value": 32.0,
        "numerator": None,
        "denominator": None,
        "state": "reported",
        "to_correct": 0,
        "edition": None,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["metric", "no_such_metric"],
        ["metric", "volunteer_hours", "--community", "nowhere"],
        ["metric", "volunteer_hours", "--by", "colour"],
        ["metric", "volunteer_hours", "--member", "x"],
        ["metric", "volunteer_hours", "--period", "June"],
        ["metric", "volunteer_hours", "--from", "June"],
        ["metric", "volunteer_hours", "--grain", "week", "--published"],
        ["metric", "volunteer_hours", "--from", "2024-06-01", "--published"],
        ["check", "missing.xlsx", "--community", "guqiao"],
        ["check", "--community", "guqiao"],
        ["import", "--nil", "--source", "guqiao_service"],
        ["import", "--nil", "--source", "no_such_source", "--covers", "2024-06"],
        ["no_such_command"],
    ],
)
def test_wrong_usage_ends_with_2(run: Any, sample_home: Path, arguments: list[str]) -> None:
    assert run(*arguments, "--home", sample_home)[0] == 2


def test_a_range_is_a_period_of_its_own(run: Any, sample_home: Path) -> None:
    code, rows = run(
        *("metric", "volunteer_hours", "--community", "guqiao", "--json", "--home", sample_home),
        *("--from", "2024-05-01", "--to", "2024-05-31"),
    )
    _code, month = run(
        *("metric", "volunteer_hours", "--community", "guqiao", "--json", "--home", sample_home),
        *("--period", "2024-05"),
    )
    assert code == 0
    assert (rows[0]["grain"], rows[0]["period"]) == ("range", "2024-05-01/2024-05-31")
    assert rows[0]["value"] == month[0]["value"]


def test_rows_behind_a_number_add_up_to_it(run: Any, sample_home: Path) -> None:
    asked = ("volunteer_hours", "--community", "binhu", "--period", "2024-06")
    _code, rows = run("rows", *asked, "--json", "--home", sample_home)
    _code, (value,) = run("metric", *asked, "--json", "--home", sample_home)
    assert sum(float(row["hours"]) for row in rows) == value["value"]
    assert {"batch", "file", "sheet", "row", "imported_by", "imported_at"} <= set(rows[0])


def test_deleting_the_warehouse_and_building_gives_the_same_values(run: Any, home: Path) -> None:
    before = all_values(home)
    shutil.rmtree(home / "warehouse")
    assert run("build", "--home", home)[0] == 0
    assert all_values(home) == before


def test_undo_takes_a_batch_out_and_redo_puts_it_back_exactly(run: Any, home: Path) -> None:
    before = all_values(home)
    _code, listed = run("batches", "--json", "--home", home)
    service = next(one for one in listed if one["source"] == "guqiao_service")
    assert run("undo", service["batch"], "--home", home)[0] == 0
    assert all_values(home) != before
    assert run("undo", service["batch"], "--home", home)[0] == 1
    assert run("redo", service["batch"], "--home", home)[0] == 0
    assert all_values(home) == before


def test_a_batch_that_was_changed_fails_verification(run: Any, home: Path) -> None:
    assert run("verify", "--home", home)[0] == 0
    path = next((home / "batches" / "000001").glob("*.parquet"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert run("verify", "--home", home) == (1, f"000001: {path.name} was changed\n")


def test_an_unknown_layout_is_refused_and_the_other_file_stands(
    run: Any, home: Path, tmp_path: Path
) -> None:
    unknown = tmp_path / "其他.csv"
    unknown.write_text("甲,乙\n1,2\n3,4\n", "utf-8")
    known = next((home.parent / "exports").glob("*.csv"), None) or sample_export(tmp_path)
    code, documents = run(
        *("import", unknown, known, "--community", "guqiao", "--json", "--home", home)
    )
    assert code == 1
    refused = {document["file"]: document.get("refused") for document in documents}
    assert refused["其他.csv"]["code"] == "unknown_layout"
    assert refused[known.name] is None


def sample_export(folder: Path) -> Path:
    """One of the sample's own files, which is in already."""
    from lingti.upkeep.demo import SAMPLE

    found = sorted((SAMPLE / "exports" / "guqiao").glob("*服务*"))[0]
    return Path(shutil.copy(found, folder / found.name))


def test_importing_again_adds_nothing(run: Any, home: Path, tmp_path: Path) -> None:
    code, (document,) = run(
        *("import", sample_export(tmp_path), "--community", "guqiao", "--json", "--home", home)
    )
    assert code == 0
    assert document["batch"] is None
    assert (document["accepted"], document["removed"]) == (0, 0)
    assert document["read"] == sum(
        document[one] for one in ("accepted", "already_present", "quarantined", "set_aside")
    )


def test_check_writes_nothing(run: Any, home: Path, tmp_path: Path) -> None:
    before = sorted(path for path in home.rglob("*") if path.is_file())
    code, _documents = run(
        *("check", sample_export(tmp_path), "--community", "guqiao", "--json", "--home", home)
    )
    assert code == 0
    assert sorted(path for path in home.rglob("*") if path.is_file()) == before


def test_a_nil_return_is_a_true_zero(run: Any, home: Path) -> None:
    arguments = ("--source", "guqiao_councils", "--covers", "2025-01", "--json", "--home", home)
    code, (document,) = run("import", "--nil", *arguments)
    assert (code, document["covers"]) == (0, "2025-01")
    _code, rows = run(
        *("metric", "councils_held", "--community", "guqiao", "--period", "2025-01"),
        *("--json", "--home", home),
    )
    assert [(row["value"], row["state"]) for row in rows] == [(0.0, "reported")]


def test_serving_to_other_machines_is_refused_without_sign_in(run: Any, sample_home: Path) -> None:
    assert run("serve", "--host", "0.0.0.0", "--home", sample_home)[0] == 1


def all_values(home: Path) -> list[tuple[Any, ...]]:
    from lingti import warehouse

    found = warehouse.current(home)
    return [tuple(row.values()) for row in found.rows("from metric_values order by all")]


@pytest.mark.parametrize("form", [["--json"], []])
def test_a_reader_that_stops_reading_ends_a_command_quietly(
    sample_home: Path, form: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "lingti.commands.cli", "metric", "volunteer_hours", *form]
    ended = subprocess.run(
        [*command, "--home", str(sample_home)], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")
