"""What an import would change against what counts today: as multisets of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from lingti import catalog
from lingti.district import Source
from lingti.ingest import batch as batches
from lingti.ingest.batch import Manifest
from lingti.ingest.coverage import BEGINNING, Span, merge, subtract

GUARDED_SHARE = 0.10


@dataclass(frozen=True)
class Change:
    """What an import would do to the rows that count on the days it covers.

    `new` and `present` count source rows per file number. `removed` rows count today and are not
    in the import; `vanishing` of them nothing on the same day takes the place of.
    """

    new: Mapping[int, int]
    present: Mapping[int, int]
    standing: int
    removed: int
    vanishing: int
    adds_days: bool

    @property
    def is_nothing(self) -> bool:
        """Whether everything counts already."""
        return not (any(self.new.values()) or self.removed or self.adds_days)

    @property
    def needs_consent(self) -> bool:
        """Whether over a tenth of what counts would vanish."""
        return self.vanishing > GUARDED_SHARE * self.standing


def change(
    home: Path, source: Source, covers: list[Span], tables: Mapping[str, pa.Table]
) -> Change:
    """Compares an import's rows with those that count today for its community and part."""
    rivals = [
        one
        for one in batches.manifests(home)
        if (one.community, one.part, one.replaces)
        == (source.community, source.part, source.replaces)
    ]
    with duckdb.connect() as con:
        _describe(con, rivals, covers)
        sums = [_compare(con, home, source, rivals, name, rows) for name, rows in tables.items()]
        fates = con.execute(
            """
            select file, count(*) filter (not present), count(*) filter (present)
            from (
                select source_row.file as file, source_row, bool_and(present) as present
                from fates group by source_row
            )
            group by file
            """
        ).fetchall()
    # An older full list changes nothing that counts: the newer one still speaks for its days.
    outdated = source.replaces == "all" and any(covers[-1].last < one.as_of for one in rivals)
    return Change(
        new={file: new for file, new, _present in fates},
        present={file: present for file, _new, present in fates},
        standing=sum(one[0] for one in sums),
        removed=0 if outdated else sum(one[1] for one in sums),
        vanishing=0 if outdated else sum(one[2] for one in sums),
        adds_days=_adds_days(source, covers, rivals),
    )


def _describe(con: duckdb.DuckDBPyConnection, rivals: list[Manifest], covers: list[Span]) -> None:
    con.execute(
        "create table counting (batch integer, community varchar, tbl varchar, part varchar,"
        " replaces varchar, first_day date, last_day date, rank integer)"
    )
    if counting := batches.counting(rivals):
        con.executemany("insert into counting values (?, ?, ?, ?, ?, ?, ?, ?)", counting)
    con.execute("create table covers (first_day date, last_day date)")
    con.executemany("insert into covers values (?, ?)", [list(span) for span in covers])
    con.execute(
        f"create table fates (source_row {catalog.SOURCE_ROW}, present boolean)",
    )


def _compare(
    con: duckdb.DuckDBPyConnection,
    home: Path,
    source: Source,
    rivals: list[Manifest],
    name: str,
    rows: pa.Table,
) -> tuple[int, int, int]:
    """Notes each new row's fate; returns rows standing, removed and vanishing."""
    table = catalog.tables()[name]
    identity = [column for column in table.stored_types if column != "source_row"]
    con.register("incoming", rows)
    con.execute(f"create or replace temp table today as {_today_sql(home, source, rivals, name)}")
    same = f"row({', '.join(identity)})"
    con.execute(
        f"""
        create or replace temp table matched as
        with new_rows as (
            select source_row, {same} as content,
                row_number() over (partition by {same} order by source_row) as copy
            from incoming
        ),
        old_rows as (
            select {same} as content, row_number() over (partition by {same}) as copy from today
        )
        select new_rows.source_row, old_rows.copy is not null as present
        from new_rows left join old_rows using (content, copy)
        """
    )
    con.execute("insert into fates select source_row, present from matched")
    day = "day" if table.has_day else "null::date"
    ((standing, present, vanishing),) = con.execute(
        f"""
        with before as (select {day} as day, count(*) as n from today group by 1),
        after as (select {day} as day, count(*) as n from incoming group by 1)
        select
            (select count(*) from today),
            (select count(*) from matched where present),
            coalesce(sum(greatest(0, before.n - coalesce(after.n, 0))), 0)::bigint
        from before left join after on after.day is not distinct from before.day
        """
    ).fetchall()
    removed = 0 if source.replaces == "key" else standing - present
    return standing, removed, 0 if source.replaces == "key" else vanishing


def _today_sql(home: Path, source: Source, rivals: list[Manifest], name: str) -> str:
    """SQL for the rows that count today and that the import speaks for."""
    files = [
        str(path)
        for one in rivals
        if (path := home / "batches" / f"{one.batch:06d}" / f"{name}.parquet").exists()
    ]
    if not files:
        return "select * from incoming limit 0"
    table = catalog.tables()[name]
    step = catalog.build_step("logs" if table.has_day else "registers")
    counted = step.format(table=name, day="day").replace("$files", str(files))
    if source.replaces == "key":
        return f"select * from ({counted}) semi join incoming using (case_key)"
    if source.replaces == "all" or not table.has_day:
        return counted
    return (
        f"select today.* from ({counted}) as today, covers"
        " where today.day between covers.first_day and covers.last_day"
    )


def _adds_days(source: Source, covers: list[Span], rivals: list[Manifest]) -> bool:
    spans = [Span(BEGINNING, covers[-1].last)] if source.replaces == "all" else covers
    for table in source.tables:
        known = merge(
            Span(one.first_day, one.last_day)
            for one in batches.counting(rivals)
            if one.table == table
        )
        if subtract(spans, known):
            return True
    return False
