"""The warehouse: derived from batches and entries, published whole, read by everyone."""

from lingti.warehouse.earlier import earlier
from lingti.warehouse.publish import (
    NoWarehouseError,
    Warehouse,
    current,
    exists,
    follows,
    forget,
    is_behind,
    publish_anew,
    published_at,
    rebuild,
    remove_older,
    unpublished,
    verify,
)

__all__ = [
    "NoWarehouseError",
    "Warehouse",
    "current",
    "earlier",
    "exists",
    "follows",
    "forget",
    "is_behind",
    "publish_anew",
    "published_at",
    "rebuild",
    "remove_older",
    "unpublished",
    "verify",
]
