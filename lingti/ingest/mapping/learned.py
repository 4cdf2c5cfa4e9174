"""A mapping the user decided on, kept as a source: an entry that reads like a source's TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lingti import district, entries
from lingti.district import ColumnMap, District, Feed, Source
from lingti.ingest import questions
from lingti.ingest.mapping.kinds_across import Across, spread
from lingti.ingest.mapping.templates import signed_feeds
from lingti.language import gettext as _
from lingti.personal_data import masked_name, without_signers

KIND = "source"


@dataclass(frozen=True)
class Decided:
    """What the user decided: a table of ours, and per column of ours a column of the export.

    `columns` may also hold `ColumnMap`s with a constant, a value map or a unit. Rows with one of
    the words in `unless` of a column are left out; `also` are further feeds of the same table.
    With `across` each kind that has a column is a feed of its own.
    """

    community: str
    table: str
    title: str
    replaces: str
    columns: Mapping[str, ColumnMap]
    key: str | None = None
    part: str = ""
    sheet: str | None = None
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: tuple[Feed, ...] = ()
    across: Across | None = None


def as_source(known: District, decided: Decided) -> Source:
    """The source a decision makes. Raises SettingsError where it cannot be one."""
    communities = {community.id for community in known.communities}
    return district.learned_source(
        _new_id(known, decided), as_value(decided), communities, known.catalog
    )


def remember(known: District, decided: Decided, by: str) -> Source:
    """Keeps a decision in the home; who loads it again recognises exports of this layout."""
    source = as_source(known, decided)
    entries.add(known.home, KIND, source.id, as_value(decided), by)
    return source


def forget(known: District, source_id: str, by: str) -> None:
    """Takes a learned source back; batches made with it stay. Raises KeyError if not learned."""
    if source_id not in entries.current(known.home, KIND):
        raise KeyError(source_id)
    entries.add(known.home, KIND, source_id, None, by)
    source = known.sources.get(source_id)
    if source is not None:
        questions.forget(known.home, source, by)


def _new_id(known: District, decided: Decided) -> str:
    """`guqiao_service`, or with the first number that is free."""
    base = f"{decided.community}_{decided.table}"
    taken = set(known.sources) | set(entries.current(known.home, KIND))
    number = 2
    name = base
    while name in taken:
        name = f"{base}_{number}"
        number += 1
    return re.sub(r"\W", "_", name)


def as_value(decided: Decided) -> dict[str, Any]:
    """What a source's TOML would hold."""
    title = masked_name(without_signers(decided.title)) or _("Mapping of {table}").format(
        table=decided.table
    )
    value: dict[str, Any] = {
        "community": decided.community,
        "title": {"zh": title, "en": title},
        "replaces": decided.replaces,
        "part": decided.part,
        "feed": [_feed(feed, decided.sheet) for feed in _feeds(decided)],
    }
    if decided.replaces == "key" and decided.key:
        value["key"] = decided.key
    return value


def _feeds(decided: Decided) -> list[Feed]:
    feeds: Sequence[Feed] = signed_feeds(decided.table, dict(decided.columns))
    if decided.across is not None:
        feeds = [each for feed in feeds for each in spread(feed, decided.across)]
    left_out = [replace(feed, unless=_both(feed.unless, decided.unless)) for feed in feeds]
    return [*left_out, *decided.also]


def _both(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The words of two conditions."""
    columns = dict.fromkeys([*first, *second])
    return {
        name: tuple(dict.fromkeys([*first.get(name, ()), *second.get(name, ())]))
        for name in columns
    }


def _feed(feed: Feed, sheet: str | None) -> dict[str, Any]:
    value: dict[str, Any] = {
        "table": feed.table,
        "columns": {ours: _column(mapped) for ours, mapped in feed.columns.items()},
        "when": {column: list(words) for column, words in feed.when.items()},
        "unless": {column: list(words) for column, words in feed.unless.items()},
    }
    return {**value, "sheet": sheet} if sheet else value


def _column(mapped: ColumnMap) -> str | dict[str, Any]:
    if mapped.constant is not None:
        return {"constant": mapped.constant}
    value: dict[str, Any] = {"columns": list(mapped.columns)}
    value |= {"values": dict(mapped.values)} if mapped.values else {}
    value |= {"unit": mapped.unit} if mapped.unit else {}
    value |= {"sign": mapped.sign} if mapped.sign else {}
    return value
