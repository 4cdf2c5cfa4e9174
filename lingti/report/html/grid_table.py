"""A table of a document as HTML, for the offline deck and for the projector."""

from __future__ import annotations

from collections.abc import Callable

import htpy as h

from lingti.report.content import TARGET_AT, Bar, Grid, Marked


def grid_table(grid: Grid, looks: Callable[[int, str], str | None], **attributes: str) -> h.Element:
    """A grid with its columns as wide as it says; `looks` is the class of a cell, by column and
    text. `attributes` are those of the table. A cell that is `Marked` says so in `data-verdict`,
    `data-target` or `data-change`.
    """

    def cells(tag: h.Element, texts: tuple[str, ...]) -> h.Element:
        return h.tr[
            [
                tag(class_=looks(at, text), **_mark(text))[_shown(text)]
                for at, text in enumerate(texts)
            ]
        ]

    return h.table(aria_label=grid.caption or None, **attributes)[
        h.colgroup[[h.col(style=f"width:{share:.2%}") for share in grid.widths]],
        h.thead[cells(h.th, grid.head)],
        h.tbody[[cells(h.td, row) for row in grid.rows]],
    ]


def _shown(text: str) -> str | h.Element:
    """The text of a cell, or the bar that stands in its place."""
    if not isinstance(text, Bar):
        return text
    return h.i[h.b(style=f"width:{text.part:.1%}"), h.u(style=f"left:{TARGET_AT:.0%}")]


def _mark(text: str) -> dict[str, str]:
    """What tells a verdict, a missed target and a change apart; their colour goes by it."""
    if isinstance(text, Bar):
        return {"data_bar": text.status}
    return {f"data_{text.mark}": text.code or text.mark} if isinstance(text, Marked) else {}
