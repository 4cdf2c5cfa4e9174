"""A table of a home's own (台账): what one row is, and its columns; written as ours are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingti.catalog.own.names import PREFIX, both, plain

DAY, PERSON, HOUSEHOLD, NUMBER, CATEGORY, MERCHANT, PLACE, YES_NO, TEXT = KINDS = (
    *("day", "person", "household", "number", "category", "merchant", "place", "yes_no", "text"),
)
# Of these a table has one each at most, under the name that the rest of the program knows.
ONCE = {DAY: "day", PERSON: "resident", HOUSEHOLD: "household", MERCHANT: "merchant"}
PARTS = (CATEGORY, MERCHANT, PLACE)  # kinds of columns that numbers are broken down by
_TYPES = {DAY: "date", NUMBER: "decimal(12, 2)", YES_NO: "boolean"}
_MOST = 100_000_000
_ROLES = {HOUSEHOLD: " | keyed", TEXT: " | text"}


@dataclass(frozen=True)
class OwnColumn:
    """A column: its name in SQL, its title as sheets head it, what its cells are, a number's unit.

    A `retired` one is taken from no sheet any more and counted by nothing; what batches hold stays.
    """

    name: str
    title: str
    kind: str
    unit: str = ""
    required: bool = False
    retired: bool = False


@dataclass(frozen=True)
class OwnTable:
    """A table: its title, what one row is, the topic it belongs to, its columns in order.

    An `archived` one can still be read, and has no numbers.
    """

    name: str
    title: str
    grain: str
    topic: str
    columns: tuple[OwnColumn, ...]
    archived: bool = False

    @property
    def used(self) -> tuple[OwnColumn, ...]:
        """The columns that are not retired."""
        return tuple(one for one in self.columns if not one.retired)

    def has(self, kind: str) -> bool:
        """Whether a column in use is of a kind."""
        return any(one.kind == kind for one in self.used)

    def column(self, name: str) -> OwnColumn | None:
        """The column of a name, also a retired one; None where there is none."""
        return next((one for one in self.columns if one.name == name), None)


def column_name(kind: str, title: str) -> str:
    """What SQL calls a column: by its kind where there is one at most, else by its title.

    Names of Latin letters get the prefix, so that none is one that the program gives a meaning.
    """
    name = ONCE.get(kind) or plain(title)
    is_plain = kind in ONCE or not (name.isascii() or name[0].isdigit())
    return name if is_plain else PREFIX + name


def table_of_value(name: str, value: Mapping[str, Any]) -> OwnTable:
    """The table that an entry says."""
    columns = tuple(
        OwnColumn(
            str(one["name"]),
            str(one["title"]),
            str(one["kind"]),
            str(one.get("unit", "")),
            bool(one.get("required")),
            bool(one.get("retired")),
        )
        for one in value["columns"]
    )
    return OwnTable(
        name,
        str(value["title"]),
        str(value["grain"]),
        str(value.get("topic", "")),
        columns,
        bool(value.get("archived")),
    )


def table_value(table: OwnTable) -> dict[str, Any]:
    """What an entry says of a table; what is usual is left out."""
    value: dict[str, Any] = {
        "title": table.title,
        "grain": table.grain,
        "topic": table.topic,
        "columns": [_column_value(one) for one in table.columns],
    }
    return value | ({"archived": True} if table.archived else {})


def _column_value(one: OwnColumn) -> dict[str, Any]:
    value: dict[str, Any] = {"name": one.name, "title": one.title, "kind": one.kind}
    told = {"unit": one.unit, "required": one.required, "retired": one.retired}
    return value | {name: said for name, said in told.items() if said}


def table_sql(table: OwnTable) -> str:
    """The table as a file of `queries/tables/` holds it; retired columns are left out."""
    columns = "\n".join(f"    {_column_sql(one)}" for one in table.used)
    return f"""\
-- title: {both(table.title)}
-- grain: {both(table.grain)}
create table {table.name} (
    community varchar not null,
{columns}
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
"""


def _column_sql(one: OwnColumn) -> str:
    kind = _TYPES.get(one.kind, "varchar")
    needed = " not null" if one.required or one.kind in (DAY, PERSON) else ""
    held = f" check ({one.name} between -{_MOST} and {_MOST})" if one.kind == NUMBER else ""
    return f"{one.name} {kind}{needed}{held}, -- {both(one.title)}{_ROLES.get(one.kind, '')}"
