"""Reads an export file into plain tables, whatever it is and whatever it claims to be."""

from __future__ import annotations

from lingti.ingest.shapes import (
    DEFAULT_LIMITS,
    Cell,
    CellError,
    Column,
    Finding,
    Limits,
    Reading,
    Refused,
    SetAside,
    SetAsideColumn,
    Table,
)

__all__ = [
    "DEFAULT_LIMITS",
    "Cell",
    "CellError",
    "Column",
    "Finding",
    "Limits",
    "Reading",
    "Refused",
    "SetAside",
    "SetAsideColumn",
    "Table",
    "inspect",
    "read",
]


def read(
    data: bytes,
    file_name: str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    allow_empty: bool = False,
) -> Reading:
    """Reads an export. Raises Refused where it cannot be taken, also when it has no data rows
    unless `allow_empty`."""
    raise NotImplementedError


def inspect(data: bytes, file_name: str) -> dict[str, object]:
    """What `lingti inspect --json` prints. Raises Refused."""
    raise NotImplementedError
