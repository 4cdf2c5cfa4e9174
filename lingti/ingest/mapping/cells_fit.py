"""Whether the cells of a list without a header are what a source takes them for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lingti import catalog
from lingti import person_names as names
from lingti.district import ColumnMap, Feed
from lingti.ingest.reading.sheet_tables import Cell, Table
from lingti.ingest.values import cell_values

_TRIED = 300  # rows that are looked at
_MOSTLY = 0.6
_ANY_YEAR = 2024  # 6月10日 is a day, whichever year


def cells_fit(feed: Feed, canonical: catalog.Table, table: Table) -> bool:
    """Whether each column mostly holds days, numbers, persons or plain words, as the feed says."""
    ours = {column.name: column for column in canonical.columns}
    return all(
        _fits(name, ours.get(name), mapped, table)
        for name, mapped in feed.columns.items()
        if len(mapped.columns) == 1 and mapped.columns[0] in table.columns
    )


def _fits(name: str, ours: catalog.Column | None, mapped: ColumnMap, table: Table) -> bool:
    cells: list[Cell] = [
        cell for cell in table.column(mapped.columns[0])[:_TRIED] if cell is not None
    ]
    if not cells:
        return True
    if ours is None:
        return _is_of_person(name, cells)
    if ours.type == "varchar":
        texts = Counter(cell_values.written(cell).strip() for cell in cells)
        of_words = not all(isinstance(cell, int | float) for cell in cells) or bool(mapped.values)
        return of_words and not names.are_persons(list(texts), list(texts.values()))
    return _share(_typed(ours, mapped, cells)) >= _MOSTLY


def _typed(ours: catalog.Column, mapped: ColumnMap, cells: list[Cell]) -> Sequence[object]:
    if ours.type == "date":
        return cell_values.days(cells, year_hint=_ANY_YEAR).values
    if ours.type == "integer":
        return cell_values.integers(cells).values
    if ours.type == "boolean":
        return cell_values.yes_no(cells).values
    return cell_values.hours(cells, mapped.unit or "hours").values


def _is_of_person(name: str, cells: list[Cell]) -> bool:
    if name == "name":
        return names.may_be_persons([cell_values.written(cell).strip() for cell in cells])
    parser = cell_values.phones if name == "phone" else cell_values.id_numbers
    return _share(parser(cells).values) >= _MOSTLY


def _share(values: Sequence[object]) -> float:
    return sum(value is not None for value in values) / len(values)
