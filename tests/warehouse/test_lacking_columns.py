"""A number that needs a column which no sheet has is not computable; it is not 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from import_kit import csv_file, home_with_sources, take
from incremental_kit import know_only

from lingti import catalog
from lingti.catalog import CatalogError, load
from lingti.catalog.headers import Written
from lingti.district import District
from lingti.warehouse import fast, plain
from lingti.warehouse.inputs import inputs_of

CASES = """
community = "east"
title = {{ zh = "诉求{name}", en = "Cases {name}" }}
replaces = "days"
[[feed]]
table = "concerns"
[feed.columns]
day = "提出日期"
{columns}
"""
LISTS = """
community = "east"
title = { zh = "三张清单", en = "Lists" }
replaces = "days"
key = "编号"
[[feed]]
table = "exchanges"
[feed.columns]
opened_on = "登记日期"
title = "事项"
kind = { constant = "resource" }
"""
REVIEWED = [["提出日期", "会审日期"], ["2024-05-02", "2024-05-04"], ["2024-05-03", ""]]
PLAIN = [["提出日期", "来源"], ["2024-06-02", "电话"], ["2024-06-03", "上门"]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    few = ("reviewed_within_week_share", "concerns_raised", "concerns_open", "needs_open")
    know_only(monkeypatch, few)
    with_review = CASES.format(name="会审", columns='reviewed_on = "会审日期"')
    without = CASES.format(name="来源", columns='channel = "来源"')
    return home_with_sources(
        tmp_path, {"east_reviewed": with_review, "east_plain": without, "east_lists": LISTS}
    )


def values(home: District, metric: str) -> dict[tuple[str, str], Any]:
    """The totals of a metric by place and period, or their state; both builds tell the same."""
    found = []
    for build in (plain.build, lambda con, inputs: fast.build(con, inputs)):
        with duckdb.connect() as con:
            build(con, inputs_of(home))
            everything = con.execute("select * from metric_values order by all").fetchall()
            told = con.execute(
                "select community, period, coalesce(value::varchar, state) from metric_values"
                " where metric = ? and dimension is null and community in ('east', 'district')"
                " and grain in ('month', 'quarter') order by all",
                [metric],
            ).fetchall()
            found.append((everything, told))
    assert found[0] == found[1]
    return {(place, period): value for place, period, value in found[0][1]}


def test_a_share_of_cases_whose_sheet_has_no_such_column_is_not_computable(home: District) -> None:
    take(home, csv_file(REVIEWED), "五月.csv", covers="2024-05")
    take(home, csv_file(PLAIN), "六月.csv", covers="2024-06")
    assert values(home, "reviewed_within_week_share") == {
        ("east", "2024-05"): "0.5",
        ("east", "2024-06"): "not_computable",
        ("east", "2024-Q2"): "not_computable",
        ("district", "2024-05"): "0.5",
        ("district", "2024-06"): "not_computable",
        ("district", "2024-Q2"): "not_computable",
    } | {(place, period): "not_reported" for place in ("east", "district")
         for period in ("2024-01", "2024-02", "2024-03", "2024-04", "2024-Q1")}  # fmt: skip
    raised = values(home, "concerns_raised")
    assert (raised["east", "2024-06"], raised["east", "2024-Q2"]) == ("2.0", "4.0")
    assert values(home, "concerns_open")["east", "2024-06"] == "not_computable"


def test_sheets_sent_again_with_the_column_make_it_computable(home: District) -> None:
    take(home, csv_file(PLAIN), "六月.csv", covers="2024-06")
    again = [["提出日期", "会审日期"], ["2024-06-02", "2024-06-04"], ["2024-06-03", ""]]
    take(home, csv_file(again), "六月新.csv", covers="2024-06")
    assert values(home, "reviewed_within_week_share")["east", "2024-06"] == "0.5"


def test_a_column_is_asked_only_of_rows_that_would_have_it(home: District) -> None:
    """Resources are matched with nothing, so their list needs no day of it."""
    take(
        home, csv_file([["登记日期", "事项"], ["2024-05-02", "场地"]]), "资源.csv", covers="2024-05"
    )
    assert values(home, "needs_open")["east", "2024-05"] != "not_computable"


def test_a_header_that_needs_what_every_sheet_has_is_refused() -> None:
    sql = (catalog.QUERIES / "metrics" / "concerns_open.sql").read_text("utf-8")
    known = catalog.program()
    written = Written("own_x", sql.replace("needs: resolved_on", "needs: day"))
    with pytest.raises(CatalogError, match=r"own_x\.sql: `needs:` names columns .* not day"):
        load.metric(written, known.tables, known.facts, known.checks)
