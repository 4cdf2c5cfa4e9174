"""Whatever the rows: importing twice changes nothing, the counts add up, undo is exact."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from importing import counts, home_with_sources, service, stored, take

from lingti.ingest import batch as batches

people = st.sampled_from([("李明华", "13800000001"), ("张丽丽", "13800000002"), ("王五一", "")])
days = st.integers(0, 59).map(lambda n: (date(2024, 1, 1) + timedelta(n)).isoformat())
hours = st.sampled_from(["1", "1.5h", "90分钟", "两小时", "很久", ""])
rows = st.builds(lambda day, who, h: [day, *who, "清扫", h], days, people, hours)
tables = st.lists(rows, min_size=1, max_size=25)
few = settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])


def contents(home: Any) -> Counter[Any]:
    return Counter(stored(home, "service", "day, resident, hours"))


@few
@given(tables)
def test_the_counts_add_up_and_twice_is_once(table: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        first = take(home, service(*table))
        if "refused" in first:
            assert first["refused"]["code"] == "no_good_rows"
            return
        accepted, present, bad, aside = counts(first)
        assert (accepted + bad + aside, present) == (len(table), 0)
        again = take(home, service(*table))
        assert (again["batch"], counts(again)) == (None, (0, accepted, bad, aside))


@few
@given(tables, tables)
def test_a_longer_export_after_a_shorter_one_is_as_the_longer_alone(
    one: list[list[str]], two: list[list[str]]
) -> None:
    january = [row for row in one if row[0] < "2024-02"]
    with TemporaryDirectory() as a, TemporaryDirectory() as b:
        after, alone = home_with_sources(Path(a)), home_with_sources(Path(b))
        take(after, service(*january), covers="2024-01")
        longer = service(*january, *[row for row in two if row[0] >= "2024-02"])
        said = {"covers": "2024-01-01/2024-02-29"}
        if "refused" not in take(after, longer, **said):
            take(alone, longer, **said)
            assert contents(after) == contents(alone)


@few
@given(tables, tables)
def test_undo_takes_exactly_one_import_back(one: list[list[str]], two: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        home = home_with_sources(Path(folder))
        take(home, service(*one))
        before = contents(home)
        second = take(home, service(*two), allow_removal=True)
        if second.get("batch"):
            batches.undo(home.home, second["batch"])
        assert contents(home) == before
