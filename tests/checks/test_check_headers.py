"""Every rule says what it finds and what to do, returns rows that can be found again, is tested."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lingti import catalog
from lingti.warehouse import plain

FILES = sorted((catalog.QUERIES / "checks").glob("*.sql"))
every_check = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_check
def test_header_is_complete_in_both_languages(path: Path) -> None:
    check = catalog.program().checks[path.stem]
    for text in (check.title, check.definition, check.advice):
        assert all((text.zh, text.en, "|" not in text.en))
    for sentence in (check.definition, check.advice):
        assert sentence.zh.endswith("。")
        assert sentence.en.endswith(".")
    assert check.severity in ("error", "warning")


@every_check
def test_the_last_comment_of_the_header_states_the_grain(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    header = [line for line in lines[:8] if line.startswith("--")]
    assert header[-1].startswith("-- One row per ")


@every_check
def test_offences_can_be_found_again_and_sound_data_has_none(path: Path) -> None:
    con = duckdb.connect()
    plain.create_tables(con, catalog.program())
    found = con.execute(f"from ({catalog.program().checks[path.stem].sql})")
    names = [column[0] for column in found.description or []]
    assert names == ["community", "day", "batch", "source_row", "detail", "expected"]
    assert found.fetchall() == []


@every_check
def test_a_test_names_the_check(path: Path) -> None:
    tests = Path(__file__).parent.glob("test_*.py")
    assert any(f'"{path.stem}"' in test.read_text("utf-8") for test in tests)


@every_check
def test_a_rule_reads_only_what_a_build_looks_at_again(path: Path) -> None:
    # After an import only communities with other rows, and who shares persons with them, are.
    con = duckdb.connect()
    plain.create_tables(con, catalog.program())
    known = {*catalog.program().tables, "rules", "covered", "dropouts", "lone_names"}
    for (name,) in con.execute("select table_name from duckdb_tables()").fetchall():
        if name not in known:
            con.execute(f"drop table {name}")
    assert con.execute(catalog.program().checks[path.stem].sql).fetchall() == []
