"""What an import would change against what counts today: as multisets of rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa

from lingti import catalog
from lingti.district import Source
from lingti.ingest.checking.coverage import BEGINNING, Span, merge, subtract
from lingti.ingest.checking.row_outcomes import Checked
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Counting, Manifest
from lingti.ingest.questions import Asking
from lingti.language import gettext as _
from lingti.language import ngettext

GUARDED_SHARE = 0.10
SHOWN = 5
_PLACE = f"source_row, {catalog.SOURCE_COLUMN}"


@dataclass(frozen=True)
class Example:
    """A row that would be added or removed, without what identifies a person."""

    table: str
    kind: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Change:
    """What an import would do to the rows that count on the days it covers.

    `new` and `present` count source rows per file number. `removed` rows count today and are not
    in the import; `vanishing` of them nothing on the same day takes the place of. `gone` are the
    entries of a roster that stood in the newest one and are missing in the import. `old` counts per
    file the source rows of cases of which a newer list says otherwise; `is_told_late` if one of
    them was never imported before.
    """

    new: Mapping[int, int]
    present: Mapping[int, int]
    standing: int
    removed: int
    vanishing: int
    adds_days: bool
    differs: bool = False
    outdated: bool = False
    examples: tuple[Example, ...] = ()
    gone: tuple[str, ...] = ()
    old: Mapping[int, int] = field(default_factory=dict)
    is_told_late: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether everything counts already."""
        has_news = any(self.new.values()) or self.is_told_late
        return not (has_news or self.differs or self.adds_days)

    @property
    def added(self) -> int:
        """Rows on days where nothing they could take the place of counts today."""
        return sum(self.new.values()) - self.changed

    @property
    def changed(self) -> int:
        """Rows that take the place of others of the same day."""
        return min(self.removed - self.vanishing, sum(self.new.values()))

    @property
    def needs_consent(self) -> bool:
        """Whether over a tenth of what counts would vanish."""
        return self.vanishing > GUARDED_SHARE * self.standing


@dataclass(frozen=True)
class _Rivals:
    """The batches that speak for the same community, part and table, and the days they do."""

    home: Path
    source: Source
    known: list[Manifest]
    counting: list[Counting]
    covers: list[Span]

    @cached_property
    def anything(self) -> bool:
        """Whether rows may count today that the import speaks for."""
        return any(self.files(table) and self._touch(table) for table in self.source.tables)

    def _touch(self, table: str) -> bool:
        if self.source.replaces != "days" or not self.source.catalog.tables[table].has_day:
            return True
        spans = [Span(one.first_day, one.last_day) for one in self.counting if one.table == table]
        return any(a.first <= b.last and b.first <= a.last for a in spans for b in self.covers)

    def files(self, table: str) -> list[str]:
        return [
            str(path)
            for manifest in self.known
            if (
                path := self.home / "batches" / f"{manifest.batch:06d}" / f"{table}.parquet"
            ).exists()
        ]


def change(
    home: Path, source: Source, covers: list[Span], checked: Checked, asking: Asking | None = None
) -> Change:
    """Compares an import's rows with those that count today for its community and part.

    An older full list is compared with what counted on its own day: the newer one still speaks.
    Of cases that a newer list tells otherwise it is asked which of the two is right.
    """
    everyone = [
        manifest
        for manifest in batches.manifests(home)
        if (manifest.community, manifest.part, manifest.replaces)
        == (source.community, source.part, source.replaces)
    ]
    as_of = covers[-1].last
    known = [
        manifest for manifest in everyone if source.replaces != "all" or manifest.as_of <= as_of
    ]
    outdated = source.replaces == "all" and len(known) < len(everyone)
    rivals = _Rivals(home, source, known, batches.counting(known), covers)
    with duckdb.connect() as con:
        if rivals.anything:
            _describe(con, rivals.counting, covers)
            sums = [_compare(con, rivals, name, rows) for name, rows in checked.tables.items()]
            is_told_late = _settle_older(con, rivals, checked, asking)
            new, present, old = _fates(con)
        else:  # all is new: no row need be written out to see that
            sums = [_unrivalled(con, name, checked) for name in source.tables]
            new = checked.accepted()
            present = dict.fromkeys(new, 0)
            is_told_late, old = False, {}
    removed = sum(one.removed for one in sums)
    return Change(
        new=new,
        present=present,
        standing=sum(one.standing for one in sums),
        removed=0 if outdated else removed,
        vanishing=0 if outdated else sum(one.vanishing for one in sums),
        adds_days=_adds_days(source, covers, batches.counting(everyone)),
        differs=removed > 0,
        outdated=outdated,
        examples=tuple(example for one in sums for example in one.examples),
        gone=tuple(name for one in sums for name in one.gone),
        old=old,
        is_told_late=is_told_late,
    )


def _fates(
    con: duckdb.DuckDBPyConnection,
) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """How many source rows of each file are new, how many count already, and how many are old."""
    rows = con.execute(
        """
        select
            file,
            count(*) filter (not present and not old),
            count(*) filter (present),
            count(*) filter (old and not present)
        from (
            select
                source_row.file as file,
                source_row,
                bool_and(present) as present,
                bool_and(present or old) as old
            from fates group by source_row, cell
        )
        group by file
        """
    ).fetchall()
    return (
        {file: new for file, new, _present, _old in rows},
        {file: present for file, _new, present, _old in rows},
        {file: old for file, _new, _present, old in rows if old},
    )


def _settle_older(
    con: duckdb.DuckDBPyConnection, rivals: _Rivals, checked: Checked, asking: Asking | None
) -> bool:
    """Asks of cases that a newer list tells otherwise: a correction makes them new again. Returns
    whether any stays old that was never imported before."""
    counts = con.execute(
        "select count(*), count(*) filter (unheard) from fates where old"
    ).fetchone()
    old, unheard = counts or (0, 0)
    if not old:
        return False
    choice = None
    if unheard and asking is not None:
        choice = _ask_older(asking, rivals, checked, old)
    if choice == "correction":
        con.execute("update fates set old = false")
        return False
    return bool(unheard)


def _ask_older(asking: Asking, rivals: _Rivals, checked: Checked, old: int) -> str | None:
    newest = max(manifest.as_of for manifest in rivals.known)
    pieces = {id(row.piece.file): row.piece for row in checked.rows}.values()
    files = sorted(hashlib.sha256(piece.file.data).hexdigest() for piece in pieces)
    return asking.ask(
        "older_list",
        ngettext(
            "A list up to {newest} tells {number} case of this list up to {day} otherwise. Which "
            "is right?",
            "A list up to {newest} tells {number} cases of this list up to {day} otherwise. Which "
            "is right?",
            old,
        ).format(newest=newest, number=old, day=rivals.covers[-1].last),
        {
            "outdated": _("The newer list; these rows are outdated"),
            "correction": _("This list; it corrects the newer one"),
        },
        default="outdated",
        column=rivals.source.key or "",
        file="/".join(files),
        facts={"ranks_as_of": newest.isoformat()},
    )


def _describe(con: duckdb.DuckDBPyConnection, counting: list[Counting], covers: list[Span]) -> None:
    con.execute(
        "create table counting (batch integer, community varchar, tbl varchar, part varchar,"
        " replaces varchar, first_day date, last_day date, rank integer)"
    )
    if counting:
        con.executemany("insert into counting values (?, ?, ?, ?, ?, ?, ?, ?)", counting)
    con.execute("create table covers (first_day date, last_day date)")
    con.executemany("insert into covers values (?, ?)", [list(span) for span in covers])
    con.execute(
        f"create table fates (source_row {catalog.SOURCE_ROW}, cell integer, present boolean,"
        " old boolean, unheard boolean)",
    )


@dataclass(frozen=True)
class _Sums:
    """What an import does to one table."""

    standing: int
    removed: int
    vanishing: int
    examples: list[Example]
    gone: list[str]


def _unrivalled(con: duckdb.DuckDBPyConnection, name: str, checked: Checked) -> _Sums:
    """What an import does to a table of which nothing counts today."""
    table = checked.source.catalog.tables[name]
    con.register("incoming", checked.first(name, _order(table), SHOWN))
    return _Sums(0, 0, 0, _examples(con, table, "added", "incoming"), [])


def _compare(con: duckdb.DuckDBPyConnection, rivals: _Rivals, name: str, rows: pa.Table) -> _Sums:
    """Notes each new row's fate, and what becomes of those that count today."""
    table = rivals.source.catalog.tables[name]
    files = rivals.files(name)
    if catalog.SOURCE_COLUMN not in rows.column_names:  # which only rows of cross-tabs have
        rows = rows.append_column(catalog.SOURCE_COLUMN, pa.nulls(len(rows), pa.int32()))
    con.register("incoming", rows)
    if not files:
        con.execute(f"insert into fates select {_PLACE}, false, false, false from incoming")
        return _Sums(0, 0, 0, _examples(con, table, "added", "incoming"), [])
    identity = [column for column in table.stored_types if column != "source_row"]
    con.execute(f"create or replace temp table today as {_today_sql(rivals, name, files)}")
    for column, kind in table.stored_types.items():  # which batches of earlier programs lack
        con.execute(f'alter table today add column if not exists "{column}" {kind}')
    same = f"row({', '.join(identity)})"
    con.execute(
        f"""
        create or replace temp table numbered as
        select *, {same} as content,
            row_number() over (partition by {same} order by source_row) as copy
        from incoming;
        create or replace temp table stood as
        select *, {same} as content, row_number() over (partition by {same}) as copy from today;
        create or replace temp view added as from numbered anti join stood using (content, copy);
        create or replace temp view removed as from stood anti join numbered using (content, copy);
        insert into fates
        select {_PLACE}, true, false, false from numbered semi join stood using (content, copy)
        """
    )
    con.execute(f"insert into fates {_added_sql(rivals, same, files)}", _newer(rivals))
    day = "day" if table.has_day else "null::date"
    ((standing, present, vanishing),) = con.execute(
        f"""
        with before as (select {day} as day, count(*) as n from today group by 1),
        after as (select {day} as day, count(*) as n from incoming group by 1)
        select
            (select count(*) from today),
            (select count(*) from numbered semi join stood using (content, copy)),
            coalesce(sum(greatest(0, before.n - coalesce(after.n, 0))), 0)::bigint
        from before left join after on after.day is not distinct from before.day
        """
    ).fetchall()
    keeps = rivals.source.replaces == "key"  # absence deletes nothing
    return _Sums(
        standing,
        0 if keeps else standing - present,
        0 if keeps else vanishing,
        [
            *_examples(con, table, "added", "added"),
            *([] if keeps else _examples(con, table, "removed", "removed")),
        ],
        _gone(con, table) if rivals.source.replaces == "all" else [],
    )


def _examples(
    con: duckdb.DuckDBPyConnection, table: catalog.Table, kind: str, relation: str
) -> list[Example]:
    shown = _shown(table)
    rows = con.execute(
        f"select {', '.join(shown)} from {relation} order by {_order(table)}, source_row"
        f" limit {SHOWN}"
    ).fetchall()
    return [Example(table.name, kind, dict(zip(shown, row, strict=True))) for row in rows]


def _shown(table: catalog.Table) -> list[str]:
    return [
        column.name for column in table.columns if column.name != catalog.PERSON and not column.role
    ]


def _order(table: catalog.Table) -> str:
    """The column by which examples are ordered."""
    return "day" if table.has_day else _shown(table)[0]


def _gone(con: duckdb.DuckDBPyConnection, table: catalog.Table) -> list[str]:
    """The entries of a roster that are no longer in it, though nothing said that they ended."""
    if not table.ends or table.key is None:
        return []
    rows = con.execute(
        f"select distinct {table.key} from today where {table.ends} is null"
        f" and {table.key} not in (select {table.key} from incoming) order by all"
    ).fetchall()
    return [str(name) for (name,) in rows]


def _today_sql(rivals: _Rivals, name: str, files: list[str]) -> str:
    """SQL for the rows that count today and that the import speaks for."""
    source = rivals.source
    table = source.catalog.tables[name]
    step = catalog.build_step("logs" if table.has_day else "registers")
    counted = step.format(table=name, day="day", files=catalog.parquet_sql(files))
    if source.replaces == "key":
        return f"select * from ({counted}) semi join incoming using (case_key)"
    if source.replaces == "all" or not table.has_day:
        return counted
    return (
        f"select today.* from ({counted}) as today, covers"
        " where today.day between covers.first_day and covers.last_day"
    )


def _newer(rivals: _Rivals) -> dict[str, object]:
    """The batches of cases that rank above the import, as a parameter."""
    if rivals.source.replaces != "key":
        return {}
    as_of = rivals.covers[-1].last
    return {"newer": [manifest.batch for manifest in rivals.known if manifest.ranks_as_of > as_of]}


def _added_sql(rivals: _Rivals, same: str, files: list[str]) -> str:
    """SQL for the fates of rows that do not count today."""
    if rivals.source.replaces != "key":
        return f"select {_PLACE}, false, false, false from added"
    return (
        f"select {_PLACE}, false, old, old and content not in"
        f" (select {same} from {catalog.parquet_sql(files)})"
        " from (select *, case_key in"
        " (select case_key from today where list_contains($newer, batch)) as old from added)"
    )


def _adds_days(source: Source, covers: list[Span], counting: list[Counting]) -> bool:
    spans = [Span(BEGINNING, covers[-1].last)] if source.replaces == "all" else covers
    for table in source.tables:
        known = merge(Span(one.first_day, one.last_day) for one in counting if one.table == table)
        if subtract(spans, known):
            return True
    return False
