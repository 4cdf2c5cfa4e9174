"""The comment lines at the head of a SQL file: what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

_HEADER_PART = re.compile(r"(\w+): (.*?)(?=\s{2,}\w+: |$)")


class CatalogError(Exception):
    """A SQL file whose header or columns cannot be read; the message names the file."""


class File(Protocol):
    """What a query is read from: a path, or what a home's entries say."""

    @property
    def name(self) -> str:
        """Its name, `own_meals.sql`."""

    @property
    def stem(self) -> str:
        """Its name without `.sql`."""

    def read_text(self, encoding: str) -> str:
        """All of it."""


@dataclass(frozen=True)
class Written:
    """A query that stands in no file: its name without `.sql`, and its text."""

    stem: str
    sql: str

    @property
    def name(self) -> str:
        """As a file of it would be called."""
        return f"{self.stem}.sql"

    def read_text(self, _encoding: str = "utf-8") -> str:
        """Its text."""
        return self.sql


def header(sql: str) -> dict[str, str]:
    """The `key: value` pairs in the comment lines before the first statement."""
    pairs: dict[str, str] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        pairs.update(_HEADER_PART.findall(line.removeprefix("--").strip()))
    return pairs


def statement(sql: str) -> str:
    """The SQL without its header comments and without a closing semicolon."""
    lines = sql.splitlines()
    while lines and lines[0].startswith("--"):
        lines.pop(0)
    return "\n".join(lines).strip().rstrip(";")


def require(path: File, keys: Mapping[str, str], names: Iterable[str]) -> None:
    """Raises CatalogError naming the keys that a header lacks."""
    missing = [name for name in names if name not in keys]
    if missing:
        raise CatalogError(f"{path.name}: the header lacks {', '.join(missing)}")


def choice(path: File, keys: Mapping[str, str], name: str, allowed: Iterable[str]) -> str:
    """The value of a key that takes one of a few words. Raises CatalogError for another one."""
    value = keys[name]
    if value not in allowed:
        raise CatalogError(f"{path.name}: unknown {name} {value!r}; use {', '.join(allowed)}")
    return value


def listed(text: str) -> tuple[str, ...]:
    """The parts of a value that lists several, parted by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
