"""The rows behind a number as one reads them: every column has a title, and they add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lingti import catalog, language, warehouse
from lingti.catalog import Metric
from lingti.judging import rows as rows_module
from lingti.warehouse import ask
from lingti.warehouse.ask import Question, Tally

METRICS = catalog.program().metrics


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_the_parts_of_a_number_make_the_number(sample_home: Path, metric: Metric) -> None:
    sample = warehouse.current(sample_home)
    question = Question(metric, "district", period="2024")
    (answer,) = ask.values(sample, question)
    parts = rows_module.parts(metric, ask.tally(sample, question), answer["denominator"])
    assert rows_module.agrees(rows_module.result(metric, parts), answer["value"])
    for row in ask.rows(sample, question, limit=1):  # the sample does not tell what was solved
        for name in rows_module.columns(metric, list(row)):
            for lang in language.LANGUAGES:
                language.use(lang)
                assert rows_module.title(metric, name)
    language.use("zh")


def test_parts_are_told_in_words_and_sql() -> None:
    language.use("en")
    share = METRICS["households_visited_share"]
    parts = rows_module.parts(share, Tally(400, 2, 300.0, None), 1000.0)
    assert [(part.words, part.sql, part.value) for part in parts] == [
        ("different entries under “Household”", "count(distinct home)", 300.0),
        ("all households", "households", 1000.0),
    ]
    assert rows_module.result(share, parts) == 0.3
    assert rows_module.exactly(0.3, share) == "30%"
    language.use("zh")


def test_cells_are_written_for_reading() -> None:
    hours = METRICS["volunteer_hours"]
    assert rows_module.written(hours, "resident", "r92a0f1c3d4e5f6a7") == "92a0f1"
    assert rows_module.written(hours, "hours", Decimal("2.50")) == "2.5"
    assert rows_module.written(hours, "day", date(2024, 6, 1)) == "2024年6月1日"
    assert rows_module.written(hours, "category", None) == ""
    home = METRICS["households_visited_share"]
    assert rows_module.written(home, "home", "guqiao/eae55bea267cdb52") == "eae55b"


def test_nothing_to_compute_is_no_number_and_a_sum_of_nothing_is_0() -> None:
    ratio, total = METRICS["hours_per_volunteer"], METRICS["volunteer_hours"]
    nothing = Tally(0, 0, None, 0.0)
    assert rows_module.result(ratio, rows_module.parts(ratio, nothing, None)) is None
    assert rows_module.result(total, rows_module.parts(total, nothing, None)) == 0
