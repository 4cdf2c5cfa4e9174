"""A warehouse that was published before and is not yet taken away, to compare with."""

from __future__ import annotations

from pathlib import Path

import duckdb

from lingti import catalog
from lingti.warehouse import resource_limits
from lingti.warehouse.publish import Warehouse


def earlier(home: Path, name: str) -> Warehouse | None:
    """The warehouse of a name such as `000042`; None where it is gone."""
    path = home / "warehouse" / f"{name}.duckdb"
    if not path.exists():
        return None
    connection = duckdb.connect(str(path), read_only=True, config=resource_limits.reading())
    return Warehouse(path, connection, catalog=catalog.of(home))
