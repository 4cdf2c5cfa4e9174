"""How communities can be told apart gives no reader more than the published values beside it do."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lingti import catalog, warehouse
from lingti.access.roles import PUBLISHED
from lingti.judging.between.between import MANY, Count, compared, funnel
from lingti.judging.between.told_apart import of
from lingti.judging.periods import Period, periods_of
from lingti.warehouse import snapshots
from lingti.warehouse.publish import as_rows

KNOWN = catalog.program().metrics
Family = tuple[str, str, str]  # metric, grain, period


class Shown:
    """What a reader of published values reads of all comparisons, and of all totals."""

    def __init__(self, home: Path) -> None:
        newest = snapshots.newest(home)
        assert newest is not None
        with duckdb.connect(str(newest), read_only=True) as con:
            self.whole = _by_family(con, "from published_comparisons")
            self.places = _by_family(con, "from published_told_apart order by rowid")
            self.values = _by_family(con, "from published_values where dimension is null")
        exact = warehouse.current(home)
        self.sizes = {
            (row["community"], row["period"]): row["residents"]
            for row in exact.rows(
                "select community, period, residents from populations"
                " join periods on last_day between from_day and to_day"
            )
        }

    def counts(self, family: Family) -> list[Count]:
        """What is compared, of published values and populations alone, in the order shown."""
        values = {row["community"]: row for row in self.values[family]}
        found = []
        for row in self.places[family]:
            told = values[row["community"]]
            size = self.sizes[row["community"], family[2]]
            is_share = KNOWN[family[0]].is_share
            pair = (told["numerator"], told["denominator"]) if is_share else (told["value"], size)
            found.append(Count(row["community"], *pair))
        return found


def _by_family(con: duckdb.DuckDBPyConnection, sql: str) -> dict[Family, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in as_rows(con.execute(sql)):
        found[row["metric"], row["grain"], row["period"]].append(row)
    return dict(found)


@pytest.fixture(scope="module", params=["sample_home", "many_home"])
def home(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def shown(home: Path) -> Shown:
    return Shown(home)


def test_nothing_is_compared_of_which_a_cell_is_withheld(shown: Shown) -> None:
    assert shown.whole
    for family in shown.whole.keys() | shown.places.keys():
        states = {row["state"] for row in shown.values[family]}
        assert "withheld" not in states, family
        assert family[1] in ("month", "quarter", "year")


def test_all_of_it_can_be_worked_out_from_published_values(shown: Shown) -> None:
    """Numbers, rates, intervals and the funnel; of sums only the word, which people decide."""
    kinds = set()
    for family, (whole,) in shown.whole.items():
        counts, how = shown.counts(family), whole["how"]
        kinds.add(how)
        own = compared(counts, "events" if how == "sums" else how)
        for row, one in zip(shown.places[family], own, strict=True):
            assert (row["number"], row["size"]) == (one.number, one.size)
            assert row["others"] == pytest.approx(one.others)
            ends = (None, None) if how == "sums" else pytest.approx((one.lower, one.upper))
            assert (row["lower"], row["upper"]) == ends
            if how != "sums":
                assert row["against"] == one.against
        drawn = funnel(counts, "events" if how == "sums" else how)
        assert whole["rate"] == pytest.approx(drawn.rate)
        spread = pytest.approx((drawn.unit_variance, drawn.dispersion))
        assert (whole["unit_variance"], whole["dispersion"]) == (
            (None, None) if how == "sums" else spread
        )
        assert whole["fingerprint"] == ""
    assert "sums" in kinds
    assert len(kinds) > 1 or len(shown.places[family]) > MANY


def test_a_reader_gets_these_and_a_funnel_has_its_limits(home: Path, shown: Shown) -> None:
    read = warehouse.current(home, PUBLISHED)
    (period,) = [one for one in periods_of(read)["month"] if one.id == "2024-06"]
    asked = Period("month", period.id, period.first_day, period.last_day)
    for published in (True, False):  # whatever a page asks for
        found = of(read, list(KNOWN), asked, published=published)
        assert set(found) == {name for name, *at in shown.whole if at == ["month", "2024-06"]}
        for name, one in found.items():
            limits = one.limits(1000)
            assert (limits is None) == (one.how == "sums")
            rows = shown.places[name, "month", "2024-06"]
            assert [told.number for told in one.places] == [row["number"] for row in rows]
    if home.parent.name == "many":
        assert any(len(one.places) > MANY for one in found.values())
