"""Planted names, phones and ID numbers, and a look at every byte that is kept or printed."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import zipfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from little_home import little_home

from lingti.commands import cli
from lingti.upkeep import backup, logs

PEOPLE = [
    ("李明华", "13800138001", "11010519491231002X"),
    ("王小红", "13912345678", "370802199001011234"),
    ("欧阳建国", "15098765432", "370802198502281235"),
]
PACKED = (".docx", ".pptx", ".xlsx", ".zip")
PLANTED = [part for person in PEOPLE for part in person]
ROWS = [
    "日期,姓名,电话,证号,活动,类别,时长,备注",
    f"2024-01-05,{','.join(PEOPLE[0])},走访李明华家，电话13800138001,探访,2,王小红不在家",
    f"2024-01-06,{','.join(PEOPLE[1])},联系人：欧阳建国 15098765432,370802199001011234,2,139",
    # Cells in the wrong columns: a name for a day, a phone for hours, an ID for a name.
    f"欧阳建国,{','.join(PEOPLE[2])},植树,探访,2,",
    f"2024-01-08,{','.join(PEOPLE[2])},植树,探访,15098765432,",
    "2024-01-09,370802198502281235,王小红,李明华,植树,探访,1,",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return little_home(tmp_path / "home", "phone", "id", "category")


def run(*arguments: object) -> str:
    """What a command prints, on both streams."""
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        contextlib.suppress(SystemExit),
    ):
        cli.main([str(one) for one in arguments])
    return out.getvalue()


def everything_in(home: Path) -> str:
    """All that a home holds, with what is compressed as text."""
    parts = [str(path.relative_to(home)) for path in home.rglob("*")]
    for path in home.rglob("*"):
        if path.suffix == ".parquet":
            parts.append(str(pq.read_table(path).to_pylist()))
        elif path.suffix == ".duckdb":
            with duckdb.connect() as con:
                con.execute(f"attach '{path}' as kept (read_only)")
                tables = con.execute("select table_name from duckdb_tables()").fetchall()
                parts += [str(con.execute(f"from kept.{name}").fetchall()) for (name,) in tables]
        if path.suffix in PACKED:
            parts += _unpacked(path.read_bytes())
        if path.is_file():
            parts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(parts)


def _unpacked(data: bytes) -> list[str]:
    """The files in a document or a backup, also those in files in it."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            parts += [name, inside.decode("utf-8", "replace")]
            if Path(name).suffix in PACKED:
                parts += _unpacked(inside)
    return parts


def found_in(text: str) -> list[str]:
    return [one for one in PLANTED if one in text]


def test_no_planted_person_is_in_the_home_in_print_or_in_a_backup(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "1月 13800138001.csv"
    file.write_bytes("\n".join(ROWS).encode())
    bare = tmp_path / "无表头.csv"
    bare.write_bytes("\n".join([f"2024-02-01,{','.join(PEOPLE[0])},植树,探访,2,"] * 3).encode())
    printed = [
        run(command, path, "--community", "a", "--covers", "2024-01", "--json", "--home", home)
        for command in ("check", "import")
        for path in (file, bare)
    ]
    printed += [
        run(command, "--json", "--home", home) for command in ("batches", "findings", "audit")
    ]
    printed.append(run("rows", "volunteer_hours", "--json", "--home", home))
    assert '"batch": 1' in "".join(printed)
    assert found_in("".join(printed)) == []
    assert found_in(everything_in(home)) == []
    out = tmp_path / "out"
    run("brief", "--all", "--period", "2024-01", "--out", out, "--home", home)
    assert {path.suffix for path in out.rglob("*.*")} == {".docx", ".pptx", ".xlsx", ".html"}
    backup.make(home, out / "one.zip")
    assert found_in(everything_in(out)) == []
    backup.restore(out / "one.zip", tmp_path / "again")
    assert found_in(everything_in(tmp_path / "again")) == []


def test_no_planted_person_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    factory = logging.getLogRecordFactory()
    before = set(logging.getLogger("lingti").handlers)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    try:
        logs.install(tmp_path)
        for name, phone, number in PEOPLE:
            try:
                raise KeyError(f"{name} {phone} {number}")
            except KeyError as error:
                logging.getLogger("streamlit").warning(
                    "失败：联系人：%s %s", name, phone, exc_info=error
                )
                logs.failure(error, "pages/x.py")
                sys.excepthook(type(error), error, error.__traceback__)
    finally:
        logging.setLogRecordFactory(factory)
        for handler in set(logging.getLogger("lingti").handlers) - before:
            logging.getLogger("lingti").removeHandler(handler)
            logging.getLogger("streamlit").removeHandler(handler)
            handler.close()
    written = (tmp_path / "logs" / "lingti.log").read_text("utf-8")
    assert written.count("KeyError") >= 6
    assert found_in(written + "".join(capfd.readouterr())) == []
