"""A picture with what it is drawn from: as a picture, as a table, or to take along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, cast

import htpy as h

from lingti.catalog import Metric
from lingti.language import gettext as _
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.html_out import Html, box, put
from lingti.ui.parts.row_links import defined

ShownAs = Literal["picture", "table", "files"]
_TAKEN = ("table", "files")


@contextmanager
def picture_sheet(
    title: Html | str,
    under: Html | str = "",
    *,
    key: str,
    metric: Metric | None = None,
    more: Html | None = None,
    folded: bool = False,
) -> Iterator[ShownAs]:
    """A framed sheet of one picture; yields as what it is asked for, to be drawn by the caller.

    What is chosen stands in the address as `as-` and the `key`, which is unique on the page. The
    heading of a sheet about one metric links to its definition; `more` are further choices. A
    `folded` sheet has no picture: it shows nothing until the table is asked for.
    """
    name = f"as-{key}"
    shown = url.read(name) if url.read(name) in _TAKEN else ""
    names = {"": _("Fold") if folded else _("Picture"), "table": _("Table"), "files": _("Download")}
    label = _("Shown as picture, table or download")
    ways = choice_links.one_of(name, label, name, names, shown, named=False)
    with box(f"lt-paper-{key}"):
        heading = h.h2(".lt-chart-title")[defined(metric, title) if metric else title]
        title_html = h.div(".lt-sheet-title")[
            heading, h.span(".lt-chart-sub")[under] if under else None
        ]
        put(h.div(".lt-sheet-head")[title_html, h.div(".lt-sheet-ways")[more, ways]])
        yield cast("ShownAs", shown or "picture")
