"""Protects areas for `areas_apart`: `python -m lingti.warehouse.area_worker SPILL`."""

from __future__ import annotations

import sys

from lingti.warehouse import areas_apart
from lingti.warehouse.withhold import find_withheld_rows

if __name__ == "__main__":
    areas_apart.work(find_withheld_rows, sys.argv[1])
