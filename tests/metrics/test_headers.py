"""Every metric says what it is: complete headers, its grain, and a test that names it."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from lingti import catalog
from lingti.warehouse import build

FILES = sorted((catalog.QUERIES / "metrics").glob("*.sql"))
GROUPS = ("volunteering", "redemptions", "jobs", "partnerships", "concerns", "decisions", "data")
POPULATIONS = ("residents", "households")

every_metric = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    build.create_tables(con)
    return con


@every_metric
def test_header_is_complete_in_both_languages(path: Path) -> None:
    metric = catalog.metric(path)
    for text in (metric.title, metric.unit, metric.definition):
        assert all((text.zh, text.en, "|" not in text.en))
    assert metric.definition.zh.endswith("。")
    assert metric.definition.en.endswith(".")
    assert metric.better in ("up", "down", "none")
    assert metric.group in GROUPS
    assert "decimals" in catalog.header(path.read_text("utf-8"))
    if metric.is_share or metric.numerator.startswith("median"):
        assert metric.when_none is None, "a ratio or median of nothing is nothing to compute"
    else:
        assert metric.when_none == 0


@every_metric
def test_header_holds_nothing_the_catalogue_does_not_know(path: Path) -> None:
    known = {"title", "unit", "definition", "better", "version", "group", "value", "numerator"}
    known |= {"denominator", "window", "when_none", "dimensions", "matures_days", "decimals"}
    known |= {"changed", "rests_on"}
    assert set(catalog.header(path.read_text("utf-8"))) <= known


@every_metric
def test_the_comment_above_the_facts_states_their_grain(path: Path) -> None:
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("--")]
    assert comments[-1].startswith("-- One row per ")
    assert comments[-1].endswith(".")


@every_metric
def test_facts_can_be_traced_and_added_up(path: Path, empty: duckdb.DuckDBPyConnection) -> None:
    metric = catalog.metric(path)
    facts = empty.execute(f"select * from ({metric.sql})").description or []
    columns = [column[0] for column in facts]
    assert {"community", "day", "batch", "source_row", *metric.dimensions} <= set(columns)
    assert len(columns) == len(set(columns))
    assert "until" not in columns or metric.window == "to_date"
    denominator = metric.denominator if metric.denominator not in POPULATIONS else None
    for aggregate in filter(None, (metric.numerator, denominator)):
        empty.execute(f"select {aggregate} from ({metric.sql})")


@every_metric
def test_dimensions_have_titles(path: Path) -> None:
    metric = catalog.metric(path)
    for dimension in metric.dimensions:
        title = catalog.dimension_title(metric, dimension)
        assert all((title.zh, title.en))


def test_titles_are_unique() -> None:
    titles = [catalog.metric(path).title for path in FILES]
    assert len({title.zh for title in titles}) == len({title.en for title in titles}) == len(FILES)


@every_metric
def test_a_test_holds_literal_rows_of_the_metric(path: Path) -> None:
    tests = "\n".join(one.read_text("utf-8") for one in Path(__file__).parent.glob("test_*.py"))
    name = re.escape(path.stem)
    column_of_a_table = rf"^ +community +period .*\b{name}\b"
    whole_answer = rf'measured\(\w+, "{name}"'
    assert re.search(f"{column_of_a_table}|{whole_answer}", tests, re.MULTILINE)
