"""How much memory and disk a database may take, so that others on the machine keep theirs."""

from __future__ import annotations

import os
from pathlib import Path

Settings = dict[str, str | int | float | bool | list[str]]

# Half of the memory, but no more than this: with all that DuckDB does not count, a build of 100
# million events stays within 8 GB.
BUILDING_SHARE, BUILDING_BYTES = 2, 6 * 2**30
READING_SHARE, READING_BYTES = 8, 2 * 2**30
# DuckDB hands out rows by so many; of fewer a second thread gets none, and only costs.
ROWS_OF_A_THREAD = 122_880
TASK_BYTES = 3 * 2**30  # of each core


def building(folder: Path, rows: int | None = None) -> Settings:
    """For the one database that is written; what does not fit is spilled beside the warehouse.

    `rows` is how many there are to build from, where that is known.
    """
    alone: Settings = {"threads": 1} if rows is not None and rows < ROWS_OF_A_THREAD else {}
    spill = {"temp_directory": str(folder / ".spill")}
    return {**spill, **alone, **_memory(BUILDING_SHARE, BUILDING_BYTES)}


def reading() -> Settings:
    """For a database that is read: several are open at once, and each answer is small."""
    return {"autoinstall_known_extensions": False, **_memory(READING_SHARE, READING_BYTES)}


def of_task(folder: Path, cores: int) -> Settings:
    """For one of several databases that are written at once, each on so many of the cores."""
    share = max(BUILDING_SHARE, BUILDING_SHARE * (os.cpu_count() or 1) // cores)
    limits = _memory(share, TASK_BYTES * cores)
    return {"threads": cores, "temp_directory": str(folder / "spill"), **limits}


def _memory(share: int, most: int) -> Settings:
    if not hasattr(os, "sysconf"):
        return {}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"memory_limit": f"{min(memory // share, most) // 2**20}MiB"}
