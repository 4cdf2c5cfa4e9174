"""Warehouses on disk: built under a new name, published by a pointer, read only.

DuckDB in one process keeps serving a file it has open even when another takes its name, so a
warehouse is never replaced: `warehouse/000042.duckdb` appears, and `CURRENT` is made to name it.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import duckdb

from lingti import catalog, district, entries
from lingti.access.roles import EVERYTHING, ReaderView
from lingti.catalog import Catalog
from lingti.district import District
from lingti.home import HomeError, sync
from lingti.ingest.keeping import batches
from lingti.language import gettext as _
from lingti.memo_cache import Turns, keyed, lender
from lingti.warehouse import changed_numbers, fast, resource_limits, snapshots
from lingti.warehouse.inputs import inputs_of
from lingti.warehouse.reader_views import connect

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, str]
# Adds to a warehouse being built what is said of its values.
Judge = Callable[[duckdb.DuckDBPyConnection, District], None]
KEPT = 3
ATTEMPTS = 5
MOST_ANSWERS, MOST_ROWS = 400, 4_000  # kept in memory: so many answers, and rows in each
WAIT_S = 900  # the longest that another writer may take
# What DuckDB raises where disk or memory are full: at once, at the end of a transaction, and when
# the database is written.
_NOT_WRITTEN = (
    *(duckdb.IOException, duckdb.OutOfMemoryException),
    *(duckdb.TransactionException, duckdb.FatalException),
)
# A warehouse, the snapshot read with it, who reads, and the catalogue.
_opened: dict[tuple[Path, Path | None, str, str], Warehouse] = {}
_opening = Lock()


class NoWarehouseError(Exception):
    """The home has no published warehouse yet."""


@keyed
@dataclass
class Warehouse:
    """One published warehouse. Safe to use from many threads: each query has its own cursor."""

    path: Path
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    reader_view: ReaderView = EVERYTHING
    snapshot: Path | None = None
    catalog: Catalog = field(default_factory=catalog.program, repr=False)
    _answers: OrderedDict[Key, Callable[[], Any]] = field(
        default_factory=OrderedDict, init=False, repr=False, compare=False
    )
    _answering: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)
    _turns: Turns = field(default_factory=Turns, init=False, repr=False, compare=False)
    token: str = field(default_factory=lambda: uuid.uuid4().hex, repr=False, compare=False)

    @property
    def version(self) -> str:
        """Names the state of the data and who sees it; changes with every publication."""
        snapshot = self.snapshot.stem if self.snapshot else ""
        return "-".join(filter(None, (self.path.stem, snapshot, self.reader_view.tag)))

    @property
    def home(self) -> Path:
        """The home whose data it holds; entries there count at once."""
        return self.path.parent.parent

    @cached_property
    def is_being_checked(self) -> bool:
        """Whether published values are still those before the last import; see `rebuild`."""
        kind, name = fast.WHOLE
        sql = "select 1 as there from made_of where kind = $kind and name = $name"
        return not self.rows(sql, kind=kind, name=name)

    @cached_property
    def is_newer_than_published(self) -> bool:
        """Whether more is counted than what readers get was made of."""
        return self.snapshot is not None and snapshots.warehouse_of(self.snapshot) != self.path.stem

    @property
    def cache_key(self) -> str:
        """Stands in the keys of `lingti.memo_cache` for all that it holds, which never changes."""
        return f"{self.token}-{self.catalog.fingerprint}"

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The result of a query as one dictionary per row. Parameters are `$name` in the SQL."""
        key = ("rows", sql, repr(parameters))
        work = lambda cursor: as_rows(cursor.execute(sql, parameters))  # noqa: E731 - said shortest
        return cast("list[dict[str, Any]]", self.worked_out(key, work))

    def query(self, sql: str, **parameters: Any) -> pd.DataFrame:
        """The result of a query as a frame. Parameters are `$name` in the SQL."""
        key = ("query", sql, repr(parameters))
        work = lambda cursor: cursor.execute(sql, parameters).df()  # noqa: E731 - said shortest
        return cast("pd.DataFrame", self.worked_out(key, work))

    def worked_out(
        self, key: Key, work: Callable[[duckdb.DuckDBPyConnection], Sequence[Any] | pd.DataFrame]
    ) -> Any:
        """What some work on a cursor yields, kept if it is small; the reader's own.

        A published warehouse never changes. Who may see less has a warehouse of their own, so
        nobody is given another's answer. Many who ask the same at once are given the same answer.
        """
        with self._turns.of(key):
            with self._answering:
                lend = self._answers.get(key)
                if lend is not None:
                    self._answers.move_to_end(key)
            if lend is not None:
                return lend()
            with self.connection.cursor() as cursor:
                answer = work(cursor)
            if len(answer) > MOST_ROWS:
                return answer
            lend = lender(answer)
            with self._answering:
                self._answers[key] = lend
                if len(self._answers) > MOST_ANSWERS:
                    self._answers.popitem(last=False)
            return lend()


def as_rows(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What a cursor has executed, as one dictionary per row."""
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def exists(home: Path) -> bool:
    """Whether the home has a published warehouse."""
    return _current_path(home) is not None


def current(home: Path, reader_view: ReaderView = EVERYTHING) -> Warehouse:
    """The published warehouse as `reader_view` allows, opened once. Raises NoWarehouseError."""
    for attempt in range(ATTEMPTS):
        path = _current_path(home)
        if path is None:
            break
        try:
            return _open(path, reader_view)
        except duckdb.IOException:
            # Newer ones may have been published since, and this one taken away.
            if path.exists() or attempt == ATTEMPTS - 1:
                raise
    raise NoWarehouseError(str(home))


def forget(home: Path) -> None:
    """Lets go of the warehouses of a home that is moved; who reads one keeps it."""
    with _opening:
        for key in [one for one in _opened if one[0].parent == home / "warehouse"]:
            del _opened[key]


def _open(path: Path, reader_view: ReaderView) -> Warehouse:
    with _opening:
        known = catalog.of(path.parent.parent)
        snapshot = None if reader_view.is_everything else snapshots.newest(path.parent.parent)
        key = (path, snapshot, reader_view.tag, known.fingerprint)
        if key not in _opened:
            # Older ones are closed when their last reader lets go.
            others = [one for one in _opened if one[0].parent == path.parent]
            for old in others:
                outdated = old[2] == reader_view.tag and old[1] != snapshot
                if old[0] != path or old[3] != known.fingerprint or outdated:
                    del _opened[old]
            connection = (
                _whole(path)
                if reader_view.exact is None
                else connect(path, reader_view.exact, known.tables, snapshot)
            )
            _opened[key] = Warehouse(path, connection, reader_view, snapshot, known)
        return _opened[key]


def _whole(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True, config=resource_limits.reading())


def rebuild(
    home: Path,
    *,
    judge: Judge = lambda _con, _settings: None,
    full: bool = False,
    spark_master: str | None = None,
    half_done: Callable[[], None] = lambda: None,
) -> Path:
    """Builds a warehouse from all batches and entries and publishes it. One writer at a time.

    It begins as a copy of the last, of which stays what has not changed, unless a `full` build is
    asked for; where nothing has, the last one stays. A build on Spark is always full. Of a large
    one exact values are published first, and then, in a second one, what may be told to everybody:
    that is worked out from all values of a year. Until then, from when `half_done` is called, it
    stays as it was. `judge` adds what is said of the values. Raises HomeError where it cannot be
    written; what is published stays.
    """
    settings = district.load(home)
    with batches.writing(home, timeout_s=WAIT_S):
        entries.refuse_damaged(home)
        inputs = inputs_of(settings)
        before = _current_path(home)
        plan = fast.plan(inputs, None if full else before, spark_master)
        path = plan.start
        for number, stage in enumerate(plan.stages):
            if number > 0:
                half_done()
            path = _publish(settings, judge, path, stage, inputs.rows)
            if number == 0:
                changed_numbers.note(home, before, path)
        return cast("Path", path)


def _publish(
    settings: District,
    judge: Judge,
    start: Path | None,
    work: Callable[[duckdb.DuckDBPyConnection, Path], None],
    rows: int,
) -> Path:
    """Writes a warehouse of so many `rows` and publishes it. Raises HomeError where that fails.

    `work` is given an empty database, or a copy of the one to `start` from, and where files may
    lie beside it.
    """
    folder = settings.home / "warehouse"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".draft-{uuid.uuid4().hex}.duckdb"
    path = folder / f"{_next_number(folder):06d}.duckdb"
    shutil.rmtree(_beside(path), ignore_errors=True)  # of a build that was stopped
    try:
        if start is not None:
            shutil.copyfile(start, draft)
        with duckdb.connect(str(draft), config=resource_limits.building(folder, rows)) as con:
            work(con, _beside(path))
            judge(con, settings)
            con.execute("checkpoint")
        sync(draft)
        draft.rename(path)
        _point_to(path)
    except (OSError, *_NOT_WRITTEN) as error:
        raise HomeError(
            _(
                "The warehouse could not be written ({why}). The batches are safe and what is "
                "published stays. Make room on the disk, then run `lingti build`."
            ).format(why=_why(error))
        ) from error
    finally:
        draft.unlink(missing_ok=True)
        Path(f"{draft}.wal").unlink(missing_ok=True)
        if not path.exists():
            shutil.rmtree(_beside(path), ignore_errors=True)
    _prune(folder, path)
    return path


def _why(error: Exception) -> str:
    """The reason that the system gave, without the file that DuckDB names before it."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error).partition("\n")[0].rpartition(": ")[2]


def _beside(path: Path) -> Path:
    """Where the rows and values of a warehouse lie that was built on Spark."""
    return path.with_suffix(".parquet").absolute()


def publish_anew(home: Path) -> list[snapshots.Change]:
    """Makes what the published warehouse tells what readers get; see `snapshots`.

    Raises NoWarehouseError, and HomeError where it cannot be written.
    """
    with batches.writing(home, timeout_s=WAIT_S):
        now = current(home)
        return snapshots.publish(home, now.path, now.catalog)


def published_at(home: Path) -> str:
    """When what readers get was published, in ISO 8601; "" where nothing was yet."""
    path = snapshots.newest(home)
    return snapshots.published_at(path) if path else ""


def unpublished(home: Path) -> list[snapshots.Change]:
    """What publishing would change for readers. Raises NoWarehouseError."""
    now = current(home)
    return snapshots.changes(home, now.path, now.catalog)


def remove_older(home: Path) -> None:
    """Deletes every warehouse but the published one."""
    newest = _current_path(home)
    changed_numbers.forget(home)
    for path in _published(home / "warehouse"):
        if path != newest:
            _remove(path)


def verify(home: Path) -> list[str]:
    """A line where the pointer names no warehouse."""
    pointer = home / "warehouse" / "CURRENT"
    if not pointer.exists() or not (there := _published(pointer.parent)):
        return []
    with suppress(OSError, ValueError):
        if pointer.parent / pointer.read_text("utf-8").strip() in there:
            return []
    return [f"warehouse/{pointer.name} names no warehouse; the newest is served"]


def follows(home: Path, settings: District) -> bool:
    """Whether the published warehouse was built from these settings."""
    if not exists(home):
        return False
    kind, name = fast.SETTINGS
    sql = "select fingerprint from made_of where kind = $kind and name = $name"
    rows = current(home).rows(sql, kind=kind, name=name)
    return [row["fingerprint"] for row in rows] == [fast.of_settings(settings)]


def is_behind(home: Path) -> bool:
    """Whether batches have come or gone since the warehouse was built, as after a crash."""
    if not exists(home):
        return bool(batches.manifests(home))
    built = {row["batch"] for row in current(home).rows("select batch from batches")}
    return built != {manifest.batch for manifest in batches.manifests(home)}


def _current_path(home: Path) -> Path | None:
    pointer = home / "warehouse" / "CURRENT"
    there = _published(pointer.parent)
    if not pointer.exists() or not there:
        return None
    # Each is whole under its name, so where the pointer is damaged the newest is as good.
    with suppress(OSError, ValueError):
        named = pointer.parent / pointer.read_text("utf-8").strip()
        return named if named in there else there[-1]
    return there[-1]


def _next_number(folder: Path) -> int:
    return max((int(path.stem) for path in _published(folder)), default=0) + 1


def _published(folder: Path) -> list[Path]:
    paths = (path for path in folder.glob("*.duckdb") if re.fullmatch(r"\d{6,}", path.stem))
    return sorted(path for path in paths if path.is_file())


def _point_to(path: Path) -> None:
    draft = path.parent / f".CURRENT-{uuid.uuid4().hex}"
    try:
        draft.write_text(path.name, "utf-8")
        sync(draft)
        draft.replace(path.parent / "CURRENT")
    except BaseException:
        draft.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise
    sync(path.parent)


def _prune(folder: Path, newest: Path) -> None:
    """Deletes all but the last few; Windows keeps those that are still open."""
    for path in _published(folder)[:-KEPT]:
        if path != newest:
            with suppress(PermissionError):
                _remove(path)


def _remove(path: Path) -> None:
    """Deletes a warehouse with what lies beside it, also what its readers spilled to disk."""
    path.unlink(missing_ok=True)
    shutil.rmtree(_beside(path), ignore_errors=True)
    shutil.rmtree(f"{path}.tmp", ignore_errors=True)
