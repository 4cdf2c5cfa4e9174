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
        return tuple(column for column in self.columns if not column.retired)

    def has(self, kind: str) -> bool:
        """Whether a column in use is of a kind."""
        return any(own_column.kind == kind for own_column in self.used)

    def column(self, name: str) -> OwnColumn | None:
        """The column of a name, also a retired one; None where there is none."""
        return next((column for column in self.columns if column.name == name), None)


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
            str(column["name"]),
            str(column["title"]),
            str(column["kind"]),
            str(column.get("unit", "")),
            bool(column.get("required")),
            bool(column.get("retired")),
        )
        for column in value["columns"]
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
        "columns": [_column_value(column) for column in table.columns],
    }
    return value | ({"archived": True} if table.archived else {})


def _column_value(own_column: OwnColumn) -> dict[str, Any]:
    value: dict[str, Any] = {
        "name": own_column.name,
        "title": own_column.title,
        "kind": own_column.kind,
    }
    optional = {
        "unit": own_column.unit,
        "required": own_column.required,
        "retired": own_column.retired,
    }
    return value | {name: said for name, said in optional.items() if said}


def table_sql(table: OwnTable) -> str:
    """The table as a file of `queries/tables/` holds it; retired columns are left out."""
    columns = "\n".join(f"    {_column_sql(own_column)}" for own_column in table.used)
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


def _column_sql(own_column: OwnColumn) -> str:
    kind = _TYPES.get(own_column.kind, "varchar")
    needed = " not null" if own_column.required or own_column.kind in (DAY, PERSON) else ""
    held = (
        f" check ({own_column.name} between -{_MOST} and {_MOST})"
        if own_column.kind == NUMBER
        else ""
    )
    title = f"{both(own_column.title)}{_ROLES.get(own_column.kind, '')}"
    return f"{own_column.name} {kind}{needed}{held}, -- {title}"
