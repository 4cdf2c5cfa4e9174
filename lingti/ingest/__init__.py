"""From an export file to an immutable batch: read, lay out, map, check, keep."""
