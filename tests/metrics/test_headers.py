"""Every metric says what it is: complete headers, its grain, and a test that names it."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from lingti import catalog
from lingti.catalog import load
from lingti.warehouse import plain

KNOWN = catalog.program()
FILES = sorted((catalog.QUERIES / "metrics").glob("*.sql"))
GROUPS = ("volunteering", "redemptions", "jobs", "partnerships", "concerns", "decisions", "data")
POPULATIONS = ("residents", "households")

every_metric = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    plain.create_tables(con, KNOWN)
    return con


@every_metric
def test_header_is_complete_in_both_languages(path: Path) -> None:
    metric = KNOWN.metrics[path.stem]
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
    known |= {
        "changed",
        "words",
        "people",
        "facts",
        "tables",
        "ends",
        "where",
        "judged_by",
        "needs",
    }
    known |= {"independent", "totals", "sensitive", "part_of", "for"}
    assert set(catalog.header(path.read_text("utf-8"))) <= known


@every_metric
def test_the_comment_above_the_facts_states_their_grain(path: Path) -> None:
    shared = catalog.header(path.read_text("utf-8")).get("facts")
    facts = catalog.QUERIES / "facts" / f"{shared}.sql" if shared else path
    comments = [line for line in facts.read_text("utf-8").splitlines() if line.startswith("--")]
    assert comments[-1].startswith("-- One row per ")
    assert comments[-1].endswith(".")


@every_metric
def test_facts_can_be_traced_and_added_up(path: Path, empty: duckdb.DuckDBPyConnection) -> None:
    metric = KNOWN.metrics[path.stem]
    facts = empty.execute(f"select * from ({metric.sql})").description or []
    columns = [column[0] for column in facts]
    assert {"community", "day", "batch", "source_row", *metric.dimensions} <= set(columns)
    assert len(columns) == len(set(columns))
    assert metric.ends is None or (metric.window == "to_date" and metric.ends in columns)
    assert not metric.always_protects or catalog.PEOPLE_COLUMNS[metric.people] in columns
    if not metric.facts.of_all_tables:
        assert empty.get_table_names(metric.sql) == set(metric.tables)
    denominator = metric.denominator if metric.denominator not in POPULATIONS else None
    for aggregate in filter(None, (metric.numerator, denominator)):
        empty.execute(f"select {aggregate} from ({metric.sql})")


@every_metric
def test_dimensions_have_titles(path: Path) -> None:
    metric = KNOWN.metrics[path.stem]
    for dimension in metric.dimensions:
        title = catalog.dimension_title(metric, dimension)
        assert all((title.zh, title.en))


def test_titles_are_unique() -> None:
    titles = [metric.title for metric in KNOWN.metrics.values()]
    assert len({title.zh for title in titles}) == len({title.en for title in titles}) == len(FILES)


def test_no_select_stands_in_two_files() -> None:
    files = [*FILES, *(catalog.QUERIES / "facts").glob("*.sql")]
    selects = [" ".join(catalog.statement(path.read_text("utf-8")).split()) for path in files]
    own = [select for select in selects if select]
    assert len(own) == len(set(own))


def test_facts_that_stand_alone_are_counted_by_several_metrics_or_named_by_one() -> None:
    counted = {metric.facts.name for metric in KNOWN.metrics.values()}
    assert set(KNOWN.facts) <= counted


def test_a_number_is_known_by_words_that_mean_no_other_number() -> None:
    named: dict[str, str] = {}
    for metric in KNOWN.metrics.values():
        chinese = [word for word in metric.words if not word.isascii()]
        assert 0 < len(chinese) < len(metric.words), metric.name
        own = {word.lower() for word in (*metric.words, metric.title.zh, metric.title.en)}
        for word in own:
            assert named.setdefault(word, metric.name) == metric.name, word


def test_numbers_of_residents_are_those_whose_facts_name_them() -> None:
    telling = {metric.name for metric in KNOWN.metrics.values() if metric.people == "residents"}
    assert telling == {
        *("active_volunteers", "volunteer_hours", "hours_per_volunteer"),
        *("redemptions", "items_redeemed", "points_redeemed", "residents_redeeming"),
        *("points_balance", "points_deducted", "points_earned", "points_granted"),
        *("placements", "residents_placed", "certificates", "days_to_dispatch"),
        *("training_ordered", "training_dispatched", "training_completed"),
        *("training_dispatched_share", "training_completed_share", "training_certified_share"),
    }


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("-- people: residents", "--"), "lacks people"),
        (("people: residents", "people: everybody"), "unknown people 'everybody'"),
        (("people: residents", "people: residents  sensitive: category"), "`sensitive:` is for"),
        (("people: residents", "people: cases  sensitive: colour"), "no dimension colour"),
        (("facts: service", "facts: services"), "there are no facts 'services'"),
        (("facts: service", ""), "name its `facts:`, or give their select"),
        (("window: period", "window: always"), "unknown window 'always'"),
    ],
)
def test_a_metric_that_says_too_little_does_not_load(
    wrong: tuple[str, str], says: str, tmp_path: Path
) -> None:
    text = (catalog.QUERIES / "metrics" / "volunteer_hours.sql").read_text("utf-8")
    path = tmp_path / "own_hours.sql"
    path.write_text(text.replace(*wrong), "utf-8")
    with pytest.raises(catalog.CatalogError, match=re.escape(says)) as refused:
        load.metric(path, KNOWN.tables, KNOWN.facts, KNOWN.checks)
    assert "own_hours.sql" in str(refused.value)


@every_metric
def test_a_test_holds_literal_rows_of_the_metric(path: Path) -> None:
    tests = "\n".join(one.read_text("utf-8") for one in Path(__file__).parent.glob("test_*.py"))
    name = re.escape(path.stem)
    column_of_a_table = rf"^ +community +period .*\b{name}\b"
    whole_answer = rf'measured\(\w+, "{name}"'
    assert re.search(f"{column_of_a_table}|{whole_answer}", tests, re.MULTILINE)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("independent: yes", "independent: maybe"),
        ("value: count(*) ", "value: count(distinct category) "),
        ("window: period ", "window: to_date "),
    ],
)
def test_only_events_of_a_period_can_be_independent(
    tmp_path: Path, said: str, instead: str
) -> None:
    text = (catalog.QUERIES / "metrics" / "concerns_raised.sql").read_text("utf-8")
    assert said in text
    path = tmp_path / "own_concerns.sql"
    path.write_text(text.replace(said, instead), "utf-8")
    with pytest.raises(catalog.CatalogError, match="independent"):
        load.metric(path, KNOWN.tables, KNOWN.facts, KNOWN.checks)
