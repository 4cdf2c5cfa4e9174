"""Hours of which most are more than a day has: asked whether they are minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lingti.district import ColumnMap
from lingti.ingest.checking.convert_column import Codes
from lingti.ingest.checking.row_outcomes import FedRows
from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values
from lingti.language import gettext as _

_A_DAY = 24
_FEWEST = 3  # rows, below which they may be slips


def settle(
    asking: Asking,
    fed: FedRows,
    mapped: ColumnMap,
    cells: Sequence[Cell],
    codes: Codes,
    label: str,
) -> ColumnMap:
    """The column with the unit that somebody said; without one, a 20 among 90 and 120 would be
    taken for 20 hours."""
    if mapped.unit or not mapped.columns:
        return mapped
    numbers = [value or 0.0 for value in cell_values.decimals(list(cells)).values]
    rows = np.bincount(codes[fed.chosen], minlength=len(cells))
    many = sum(n for value, n in zip(numbers, rows.tolist(), strict=True) if value > _A_DAY)
    if many < _FEWEST or 2 * many < int(rows.sum()):
        return mapped
    choice = asking.ask(
        "hours_unit",
        _("Most numbers in “{column}” are over 24. Are they minutes?").format(column=label),
        {
            "minutes": _("Yes, minutes: 90 is one and a half hours"),
            "hours": _("No, hours; those over 24 are to be corrected"),
        },
        default="minutes",
        sheet=fed.rows.piece.table.sheet,
        column=label,
        examples=[cell_values.written(cells[at]) for at, one in enumerate(numbers) if one > _A_DAY],
    )
    return replace(mapped, unit="minutes") if choice == "minutes" else mapped
