"""What exports that count no more, or no more for all of their days, said of a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from lingti import catalog
from lingti.catalog import PERSON, Metric, Table
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Manifest
from lingti.warehouse.publish import Warehouse

MOST = 12  # the newest ones


@dataclass(frozen=True)
class Superseded:
    """An export with rows in some days that another one took the place of, or that was withdrawn.

    `value` is the number of its rows in these days alone, `rows_count` how many there are.
    """

    manifest: Manifest
    withdrawn: bool
    rows_count: int
    value: float


def exports(
    warehouse: Warehouse, metric: Metric, place: str, days: tuple[date, date]
) -> list[Superseded]:
    """The newest exports of a community of which not all rows in these days count, the last first.

    Only of sums and counts of rows of logs: persons are told apart by all that is known of them.
    """
    if metric.window != "period" or metric.denominator or PERSON in metric.numerator:
        return []
    tables = [warehouse.catalog.tables[name] for name in metric.tables]
    if not all(table.has_day for table in tables):
        return []
    exact = warehouse.reader_view.exact
    if exact is not None and place not in exact:
        return []
    counts = {
        (row["batch"], row["tbl"])
        for row in warehouse.rows(
            "select batch, tbl from counting where community = $place"
            " and first_day <= $first and last_day >= $last",
            place=place,
            first=days[0],
            last=days[1],
        )
    }
    superseded = []
    for folder in sorted(batches.folders(warehouse.home), key=lambda path: path.name, reverse=True):
        manifest = batches.read_manifest(folder)
        is_withdrawn = folder.parent.name == "withdrawn"
        theirs = [table for table in tables if (folder / f"{table.name}.parquet").exists()]
        whole = all((manifest.batch, table.name) in counts for table in theirs)
        if manifest.community != place or not theirs or (whole and not is_withdrawn):
            continue
        counted = _counted(warehouse, metric, tables, folder, manifest, days)
        if counted is not None and counted[0]:
            superseded.append(Superseded(manifest, is_withdrawn, *counted))
        if len(superseded) >= MOST:
            break
    return superseded


def _counted(
    warehouse: Warehouse,
    metric: Metric,
    tables: list[Table],
    folder: Path,
    manifest: Manifest,
    days: tuple[date, date],
) -> tuple[int, float] | None:
    """How many rows of a batch lie in these days, and what they come to; None if not to be told."""
    relations = ", ".join(f"{table.name} as ({_rows(table, folder, manifest)})" for table in tables)
    try:
        (row,) = warehouse.rows(
            f"with {relations}, facts as ({metric.sql})"
            f" select count(*) as rows_count, ({metric.numerator})::double as value"
            " from facts where day between $first and $last",
            first=days[0],
            last=days[1],
        )
    except duckdb.Error:  # a batch of an earlier program, without a column that is read now
        return None
    return row["rows_count"], row["value"] or 0.0


def _rows(table: Table, folder: Path, manifest: Manifest) -> str:
    """The rows of a batch as those of a canonical table; the person by what the row says."""
    path = folder / f"{table.name}.parquet"
    if not path.exists():
        return f"select * from main.{table.name} limit 0"
    columns = [f"'{manifest.community}' as community"]
    for column in table.columns:
        name = column.name
        columns.append(
            "coalesce(id_key, phone_key || name_key, name_key) as resident"
            if name == PERSON
            else f'"{name}"'
        )
    place = "{'file': source_row.file, 'sheet': source_row.sheet, 'row': source_row.\"row\"}"
    columns += [f"{manifest.batch} as batch", f"{place} as source_row"]
    return f"select {', '.join(columns)} from {catalog.parquet_sql([path])}"
