"""The warehouse: derived from batches and entries, published whole, read by everyone."""

from lingti.warehouse.publish import NoWarehouseError, Warehouse, current, exists, rebuild

__all__ = ["NoWarehouseError", "Warehouse", "current", "exists", "rebuild"]
