"""Tables and metrics of a home's own, made on pages: entries, read as the SQL files of others are.

A table is an entry of the kind `setting/table`, a metric one of `setting/metric`; both have names
that begin with `own_`, which the program never uses. What they say is written as the same header
and select as the files of `queries/` hold, and read by the same reader.
"""

from lingti.catalog.own.amounts import (
    HOWS,
    HOWS_OF_A_WHOLE,
    Amount,
    columns_used,
)
from lingti.catalog.own.declared import (
    METRIC,
    TABLE,
    archive_or_remove,
    enter_metric,
    enter_table,
    files,
    metric_of,
    metrics,
    remove_metric,
    table_of,
    tables,
    unarchive,
    undo,
)
from lingti.catalog.own.metrics import (
    OwnMetric,
    metric_name,
    metric_of_value,
    metric_sql,
    metric_value,
    read_metric,
)
from lingti.catalog.own.names import PREFIX, name_of
from lingti.catalog.own.refusals import refused_counting, refused_metric, refused_table
from lingti.catalog.own.tables import (
    CATEGORY,
    DAY,
    HOUSEHOLD,
    KINDS,
    MERCHANT,
    NUMBER,
    PERSON,
    PLACE,
    TEXT,
    YES_NO,
    OwnColumn,
    OwnTable,
    column_name,
    table_of_value,
    table_sql,
    table_value,
)

__all__ = [
    "CATEGORY",
    "DAY",
    "HOUSEHOLD",
    "HOWS",
    "HOWS_OF_A_WHOLE",
    "KINDS",
    "MERCHANT",
    "METRIC",
    "NUMBER",
    "PERSON",
    "PLACE",
    "PREFIX",
    "TABLE",
    "TEXT",
    "YES_NO",
    "Amount",
    "OwnColumn",
    "OwnMetric",
    "OwnTable",
    "archive_or_remove",
    "column_name",
    "columns_used",
    "enter_metric",
    "enter_table",
    "files",
    "metric_name",
    "metric_of",
    "metric_of_value",
    "metric_sql",
    "metric_value",
    "metrics",
    "name_of",
    "read_metric",
    "refused_counting",
    "refused_metric",
    "refused_table",
    "remove_metric",
    "table_of",
    "table_of_value",
    "table_sql",
    "table_value",
    "tables",
    "unarchive",
    "undo",
]
