"""Sources: one kind of export of one community each, written by operators or learned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.catalog import DISTRICT, Catalog
from lingti.district.model import ColumnMap, Feed, Source
from lingti.district.toml_reader import Reader, read_toml
from lingti.frozen import Frozen
from lingti.language import gettext as _

REPLACES = ("days", "all", "key")
_NAMELESS = re.compile(r"(?i)\s*(sheet|工作表|表格?|table|book|工作簿)?\s*[0-9()（）_-]*\s*")


def all_of(home: Path, known: Set[str], tables: Catalog) -> Mapping[str, Source]:
    """The operator's sources, and those learned on the import page, which are entries."""
    learned = {
        source_id: learned_source(source_id, value, known, tables)
        for source_id, value in sorted(entries.current(home, "source").items())
        if value.get("community") in known  # it may be of a community that was taken out
        and all(feed.get("table") in tables.tables for feed in value.get("feed", ()))  # or a table
    }
    written = {
        path.stem: source(path, known, tables) for path in sorted((home / "sources").glob("*.toml"))
    }
    return Frozen(learned | written)


def source(path: Path, known: Set[str], tables: Catalog) -> Source:
    """Reads one source. `known` are the ids of communities. Raises SettingsError."""
    status = path.stat()
    return _source_of(path, status.st_mtime_ns, status.st_size, frozenset(known), tables)


@lru_cache(maxsize=4096)
def _source_of(
    path: Path, _changed_ns: int, _bytes: int, known: frozenset[str], tables: Catalog
) -> Source:
    """Read again once it changed: an import reads the settings of a district several times."""
    return _source(path.stem, Reader(f"sources/{path.name}", read_toml(path)), known, tables)


def learned_source(
    source_id: str, value: dict[str, Any], known: Set[str], tables: Catalog
) -> Source:
    """A source from an entry, whose value is what its TOML would hold. Raises SettingsError.

    One whose sheet nobody gave a name (`Sheet1`) is called as the table that it feeds.
    """
    source = _source(source_id, Reader(f"source {source_id}", value), known, tables)
    table = tables.tables.get(source.tables[0])
    if table is None or not _NAMELESS.fullmatch(source.title.zh):
        return source
    return replace(source, title=table.title)


def _source(source_id: str, settings: Reader, known: Set[str], tables: Catalog) -> Source:
    replaces = settings.one_of("replaces", REPLACES)
    feeds = tuple(_feed(part) for part in settings.parts("feed"))
    if not feeds:
        settings.fail("feed", _("at least one [[feed]] is needed"))
    if replaces == "key" and "key" not in settings.table:
        settings.fail("key", _("name the column that holds the case number"))
    return Source(
        id=source_id,
        community=settings.one_of("community", _communities(frozenset(known))),
        title=settings.text("title"),
        replaces=replaces,
        part=settings.string("part", ""),
        key=settings.string("key") if replaces == "key" else None,
        feeds=feeds,
        catalog=tables,
    )


@lru_cache(maxsize=4)
def _communities(known: frozenset[str]) -> frozenset[str]:
    return known - {DISTRICT}


def _feed(part: Reader) -> Feed:
    columns = part.table.get("columns")
    if not isinstance(columns, dict) or not columns:
        part.fail("columns", _("name the columns under [feed.columns]"))
        raise AssertionError("unreachable: fail raises")
    return Feed(
        table=part.string("table"),
        columns=Frozen({ours: _column_map(part, ours, theirs) for ours, theirs in columns.items()}),
        sheet=part.string("sheet", "") or None,
        when=_conditions(part, "when"),
        unless=_conditions(part, "unless"),
    )


def _conditions(part: Reader, key: str) -> Mapping[str, tuple[str, ...]]:
    conditions = part.table.get(key, {})
    return Frozen(
        {
            column: tuple(values) if isinstance(values, list) else (str(values),)
            for column, values in conditions.items()
        }
    )


def _column_map(part: Reader, ours: str, theirs: str | dict[str, Any]) -> ColumnMap:
    if isinstance(theirs, str):
        return ColumnMap(columns=(theirs,))
    unknown = set(theirs) - {"column", "columns", "constant", "values", "unit", "sign"}
    if unknown:
        part.fail(f"columns.{ours}", _("unknown key {key!r}").format(key=sorted(unknown)[0]))
    named = theirs.get("columns", [theirs["column"]] if "column" in theirs else [])
    return ColumnMap(
        columns=tuple(named),
        constant=str(theirs["constant"]) if "constant" in theirs else None,
        values=Frozen({str(old): str(new) for old, new in theirs.get("values", {}).items()}),
        unit=str(theirs.get("unit", "")),
        sign=str(theirs.get("sign", "")),
    )
