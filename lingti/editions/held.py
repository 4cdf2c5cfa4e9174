"""What a reader may see of an edition, beside what the same numbers are now.

Officials see exact numbers, a secretary those of the own communities. Of all others a reader sees
what was published with the edition and still is; where it differs from what is published now by as
little as 1 to 4 people could make, nothing of that family of metrics is shown: who has both would
know what they did.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingti.catalog import DISTRICT, Metric
from lingti.editions import contents, keeping
from lingti.editions.keeping import Edition, NoEditionError
from lingti.judging.verdicts import verdicts
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.quantities import families

# Metric, community, grain, period, dimension, member.
Cell = tuple[str, str, str, str, str | None, str | None]
Row = Mapping[str, Any]
FEW = 4
ALIKE = 1e-9
_NOTHING = {"value": None, "numerator": None, "denominator": None, "people": None}


def cell_of(row: Row) -> Cell:
    """Which number a row is."""
    return (
        row["metric"],
        row["community"],
        row["grain"],
        row["period"],
        row["dimension"],
        row["member"],
    )


def was(home: Path, edition: Edition, data: Warehouse) -> dict[Cell, Row]:
    """Every number of an edition as who reads `data` may see it."""
    exact = data.reader_view.exact
    if exact is None:
        return _cells(home, edition, keeping.VALUES)
    hidden = _given_away(home, edition, data)
    mine = {
        cell: row for cell, row in _cells(home, edition, keeping.VALUES).items() if cell[1] in exact
    }
    published = {
        cell: {**row, **_NOTHING, "state": "withheld"} if cell[0] in hidden else row
        for cell, row in _cells(home, edition, keeping.PUBLISHED_VALUES).items()
        if cell[1] not in exact
    }
    still = now(data, [edition], stored_only=True)
    for cell, row in published.items():
        if still.get(cell, row)["state"] == "withheld":
            published[cell] = {**row, **_NOTHING, "state": "withheld"}
    return mine | published


def now(
    data: Warehouse, editions: Sequence[Edition], *, stored_only: bool = False
) -> dict[Cell, Row]:
    """The numbers of the periods of editions as they are now for who reads `data`.

    With `stored_only` those of months, quarters and years; others are computed, and take longer.
    The programme is that up to an edition's month; of several editions name one at a time.
    """
    ours = {period for edition in editions for period in edition.periods}
    row_of = _stored(data, sorted((our[0], our[1]) for our in ours if our[0] in contents.STORED))
    if not stored_only:
        computed = sorted(our for our in ours if our[0] not in contents.STORED)
        row_of = row_of | _computed(data, computed)
    return row_of


@memoised
def _stored(data: Warehouse, periods: list[tuple[str, str]]) -> dict[Cell, Row]:
    rows = data.rows(
        f"select {', '.join(contents._COLUMNS)} from metric_values"
        " where list_contains($pairs::varchar[][], [grain, period])",
        pairs=[list(period) for period in periods],
    )
    return {cell_of(row): row for row in rows}


@memoised
def _computed(data: Warehouse, periods: list[tuple[str, str, str, str]]) -> dict[Cell, Row]:
    exact = data.reader_view.exact
    asked = [
        (grain, period, date.fromisoformat(first), date.fromisoformat(last))
        for grain, period, first, last in periods
    ]
    row_of: dict[Cell, Row] = {}
    for metric in data.catalog.metrics.values():
        for row in ask.in_periods(data, metric, asked) if asked else ():
            if exact is None or row["community"] in exact:
                row_of[cell_of(row)] = row
    return row_of


@lru_cache(maxsize=64)
def _kept(home: Path, name: str, at: str, what: str) -> dict[Cell, Row]:
    edition = keeping.find(home, name)
    return {cell_of(row): row for row in keeping.rows(home, edition, what)}


def _cells(home: Path, edition: Edition, what: str) -> dict[Cell, Row]:
    return _kept(home, edition.name, edition.at, what)


def _given_away(home: Path, edition: Edition, data: Warehouse) -> set[str]:
    """Metrics of which nothing is shown to readers, as few people make a difference since."""
    still = now(data, [edition], stored_only=True)
    known = data.catalog.metrics
    exact = data.reader_view.exact or frozenset()
    few = {
        cell[0]
        for cell, row in _cells(home, edition, keeping.PUBLISHED_VALUES).items()
        if cell[1] not in exact
        and cell[0] in known
        and known[cell[0]].protects
        and cell in still
        and _differ_by_few(row, still[cell])
    }
    return {name for family in families(known.values()) if family & few for name in family}


def _differ_by_few(before: Row, after: Row) -> bool:
    if "withheld" in (before["state"], after["state"]):
        return False
    names = (
        ("numerator", "denominator", "people")
        if before["numerator"] is not None
        else ("value", "people")
    )
    return any(
        before[name] is not None
        and after[name] is not None
        and 1e-9 < abs(after[name] - before[name]) <= FEW
        for name in names
    )


def may_have_documents(home: Path, edition: Edition, data: Warehouse) -> bool:
    """Whether documents for readers of published values are handed out still."""
    return data.reader_view.is_everything or not _given_away(home, edition, data)


def values(
    home: Path,
    edition: Edition,
    data: Warehouse,
    metric: Metric,
    *,
    community: str | None = None,
    grain: str | None = None,
    period: str | None = None,
    by: str | None = None,
) -> list[dict[str, Any]]:
    """The values asked for as the edition has them, with `edition`; in order of time and place.

    Without a grain or period those of its month. Raises NoEditionError for a period it has not.
    """
    grain, period = _held(edition, grain, period)
    order = _order(data)
    rows = [
        {name: row[name] for name in row if name != "people"} | {"edition": edition.name}
        for cell, row in was(home, edition, data).items()
        if cell[0] == metric.name
        and community in (None, cell[1])
        and cell[2] == grain
        and period in (None, cell[3])
        and cell[4] == by
    ]
    return sorted(
        rows,
        key=lambda row: (
            row["period"],
            order.get(row["community"], len(order)),
            row["member"] or "",
        ),
    )


def verdicts_kept(
    home: Path,
    edition: Edition,
    data: Warehouse,
    metric: Metric,
    *,
    community: str | None = None,
    grain: str | None = None,
    period: str | None = None,
) -> list[dict[str, Any]]:
    """The verdicts asked for as the edition has them, as `verdicts.rows` has them, with `edition`.

    Raises NoEditionError for a period it has not.
    """
    grain, period = _held(edition, grain, period)
    exact, order = data.reader_view.exact, _order(data)
    cells = was(home, edition, data)
    kept: list[tuple[KeptVerdict, str]] = []
    for what, is_wanted in _of_reader(exact):
        for row in keeping.rows(home, edition, what):
            if (
                row["metric"] == metric.name
                and community in (None, row["community"])
                and row["grain"] == grain
                and period in (None, row["period"])
                and is_wanted(row["community"])
            ):
                cell = (row["metric"], row["community"], grain, row["period"], None, None)
                if cell in cells:
                    state = cells[cell]["state"]
                    kept.append((_as_state(contents.verdict_of_row(row), state), state))
    kept.sort(key=lambda one: (one[0].period, order.get(one[0].community, len(order))))
    return [verdicts.row(one, state) | {"edition": edition.name} for one, state in kept]


def edition_of_each(data: Warehouse, rows: Iterable[Row]) -> list[str | None]:
    """For each row, a value or verdict, the newest edition that has its number as it is now.

    None where no edition has it, or it was revised since. The programme goes on, and is of none.
    """
    home = data.home
    newest = {period: one for one in keeping.editions(home) for period in one.grains}
    names: list[str | None] = []
    cells: dict[str, dict[Cell, Row]] = {}
    for row in rows:
        edition = newest.get(row["period"])
        if edition is None or row["grain"] == "programme" or "/" in row["period"]:
            names.append(None)
            continue
        cell: Cell = (
            row["metric"],
            row["community"],
            row["grain"],
            row["period"],
            row.get("dimension"),
            row.get("member"),
        )
        if edition.name not in cells:
            cells[edition.name] = was(home, edition, data)
        kept = cells[edition.name].get(cell)
        current = row if "value" in row else _now_of(data, edition, cell)
        names.append(edition.name if kept and current and is_same(kept, current) else None)
    return names


def _now_of(data: Warehouse, edition: Edition, cell: Cell) -> Row | None:
    return now(data, [edition], stored_only=cell[2] in contents.STORED).get(cell)


def is_same(before: Row, after: Row) -> bool:
    """Whether two rows have the same number and state."""
    return before["state"] == after["state"] and all(
        _alike(before[name], after[name]) for name in ("value", "numerator", "denominator")
    )


def _alike(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is after
    return math.isclose(before, after, rel_tol=ALIKE, abs_tol=ALIKE)


def _as_state(verdict: KeptVerdict, state: str) -> KeptVerdict:
    if state != "withheld":
        return verdict
    return KeptVerdict(
        verdict.metric, verdict.community, verdict.grain, verdict.period, "withheld", "state"
    )


def _of_reader(exact: frozenset[str] | None) -> Iterable[tuple[str, Callable[[str], bool]]]:
    if exact is None:
        return [(keeping.VERDICTS, lambda _place: True)]
    return [
        (keeping.VERDICTS, exact.__contains__),
        (keeping.PUBLISHED_VERDICTS, lambda place: place not in exact),
    ]


def _held(edition: Edition, grain: str | None, period: str | None) -> tuple[str, str | None]:
    """The grain and period asked for. Raises NoEditionError for what the edition has not."""
    grains = edition.grains
    if period is None and grain is None:
        return "month", edition.period
    if (period is not None and period not in grains) or grain not in (None, *grains.values()):
        known = ", ".join(grains)
        sentence = _("The edition {edition} does not hold {asked}. It holds: {known}.")
        raise NoEditionError(
            sentence.format(edition=edition.name, asked=period or grain, known=known)
        )
    return grain or grains[str(period)], period


def _order(data: Warehouse) -> dict[str, int]:
    places = data.rows("select community, place from communities")
    return {place["community"]: place["place"] for place in places} | {DISTRICT: len(places) + 1}
