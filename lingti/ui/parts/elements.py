"""Text, sheets and charts: the smaller things that pages are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

import htpy as h

from lingti import charts
from lingti.catalog import Metric
from lingti.ui.parts import html_out, url
from lingti.ui.parts.html_out import Html, box, put, with_long
from lingti.ui.parts.row_links import defined

Shown = TypeVar("Shown")


def sentence(text: str) -> None:
    """The sentence that says in plain words what is to be seen; nothing for an empty one."""
    if text:
        put(h.p(".lt-sentence")[text])


def section(title: str, under: str = "") -> None:
    """A heading, with a line under it that says what follows."""
    put(h.div(".lt-section")[h.h2[title], h.p[under] if under else None])


def empty(text: str) -> None:
    """Says that there is nothing to show, and why."""
    put(h.p(".lt-empty")[text])


def notice(text: str) -> None:
    """Says that the address asks for something that there is not, and what is shown instead."""
    put(h.p(".lt-checking", role="status")[text])


@contextmanager
def paper(
    title: Html | str, under: str = "", *, key: str, metric: Metric | None = None
) -> Iterator[None]:
    """A framed sheet with a heading, for a chart or a table. `key` is unique on the page.

    The heading of a sheet about one metric links to its definition.
    """
    with box(f"lt-paper-{key}"):
        heading = h.h2(".lt-chart-title")[defined(metric, title) if metric else title]
        put(h.fragment[heading, h.p(".lt-chart-sub")[under] if under else None])
        yield


def columns(number: int) -> list[AbstractContextManager[object]]:
    """Places side by side, filled from left to right; below each other on a narrow screen."""
    return html_out.columns(number)


def in_pairs(items: Sequence[Shown], draw: Callable[[Shown], None]) -> None:
    """Sheets two side by side and of one height; one that is left over has the row to itself."""
    with box("lt-halves", gap="medium"):
        for at in range(0, len(items), 2):
            pair = items[at : at + 2]
            for place, item in zip(columns(len(pair)), pair, strict=True):
                with place:
                    draw(item)


def chart(figure: Any, *, key: str) -> None:
    """A figure of `lingti.charts` with its alt text; a click on a number opens its rows."""
    put(picture(figure, key=key, rows=url.link("rows", back=url.here())))


def picture(figure: Any, *, key: str, height: str = "", rows: str = "") -> Html:
    """The place of a figure, in which `pictures.js` draws it.

    `height` is its own unless said otherwise, `rows` the address of the rows behind a number.
    """
    sent = charts.sent(figure)
    place = h.div(
        ".lt-picture",
        data_key=key,
        data_rows=rows,
        role="figure",
        tabindex="0" if rows else None,
        aria_label=sent.alt,
        style=f"height:{height or f'{sent.height}px'}",
    )
    return with_long(place, "data-figure", sent.json)
