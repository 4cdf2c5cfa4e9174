"""A table of a document as HTML, for the offline deck and for the projector."""

from __future__ import annotations

from collections.abc import Callable

import htpy as h

from lingti.report.content import Grid


def grid_table(grid: Grid, looks: Callable[[int, str], str | None], **attributes: str) -> h.Element:
    """A grid with its columns as wide as it says; `looks` is the class of a cell, by column and
    text. `attributes` are those of the table.
    """

    def cells(tag: h.Element, texts: tuple[str, ...]) -> h.Element:
        return h.tr[[tag(class_=looks(at, text))[text] for at, text in enumerate(texts)]]

    return h.table(**attributes)[
        h.colgroup[[h.col(style=f"width:{share:.2%}") for share in grid.widths]],
        h.thead[cells(h.th, grid.head)],
        h.tbody[[cells(h.td, row) for row in grid.rows]],
    ]
