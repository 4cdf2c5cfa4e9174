"""What a metric of a home's own counts or adds up, as SQL and as its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lingti.catalog.own.names import on_one_line
from lingti.catalog.own.tables import YES_NO, OwnTable

ROWS, SUM, PERSONS, HOUSEHOLDS, AVERAGE, MEDIAN = (
    *("rows", "sum", "persons", "households", "average", "median"),
)
ALL_RESIDENTS, ALL_HOUSEHOLDS = "all_residents", "all_households"
HOWS = (ROWS, SUM, PERSONS, HOUSEHOLDS, "share", AVERAGE, MEDIAN)
PARTS_OF_SHARES = (ROWS, SUM, PERSONS, HOUSEHOLDS)
HOWS_OF_A_WHOLE = (*PARTS_OF_SHARES, ALL_RESIDENTS, ALL_HOUSEHOLDS)
WITH_A_COLUMN = (SUM, AVERAGE, MEDIAN)
COUNTED = "counted"  # the column of facts that holds what counts of a row, where not all does


@dataclass(frozen=True)
class Amount:
    """How something is counted: `how` is a word above, `column` what is added up.

    Only rows with one of the words `only` in the column `where` count.
    """

    how: str
    column: str = ""
    where: str = ""
    only: tuple[str, ...] = ()

    @property
    def is_limited(self) -> bool:
        """Whether only some rows count."""
        return bool(self.where and self.only)


def read(value: Mapping[str, Any]) -> Amount:
    """The amount that a part of an entry says."""
    return Amount(
        str(value["how"]),
        str(value.get("column", "")),
        str(value.get("where", "")),
        tuple(map(str, value.get("only", ()))),
    )


def as_value(amount: Amount) -> dict[str, Any]:
    """What an entry says of an amount."""
    value = {"how": amount.how, "column": amount.column, "where": amount.where}
    filled: dict[str, Any] = {name: cell for name, cell in value.items() if cell}
    return filled | ({"only": list(amount.only)} if amount.only else {})


def columns_used(*amounts: Amount | None) -> Iterator[str]:
    """The columns of the table that amounts name."""
    for amount in amounts:
        if amount is not None:
            yield from filter(None, (amount.column, amount.where if amount.only else ""))


def aggregate(amount: Amount, *, part: bool = False) -> str:
    """The aggregate over facts; as `part` of a share where only some rows count, of `counted`."""
    if part and amount.is_limited:
        return f"{'sum' if amount.how == SUM else 'count'}({COUNTED})"
    return {
        ROWS: "count(*)",
        SUM: f"sum({amount.column})",
        PERSONS: "count(distinct resident)",
        HOUSEHOLDS: "count(distinct home)",
        MEDIAN: f"median({amount.column})",
        ALL_RESIDENTS: "residents",
        ALL_HOUSEHOLDS: "households",
    }[amount.how]


def counted_sql(amount: Amount, table: OwnTable) -> str:
    """The column of facts that a part of a share counts or adds up."""
    counts = f"coalesce({amount.column}, 0)" if amount.how == SUM else "1"
    otherwise = " else 0" if amount.how == SUM else ""
    return f"case when {condition(amount, table)} then {counts}{otherwise} end as {COUNTED}"


def condition(amount: Amount, table: OwnTable) -> str:
    """Which rows count, as SQL."""
    column = table.column(amount.where)
    if column is not None and column.kind == YES_NO:
        return amount.where if "true" in amount.only else f"not {amount.where}"
    words = ", ".join("'" + on_one_line(one).replace("'", "''") + "'" for one in amount.only)
    return f"{amount.where} in ({words})"
