"""Pieces of HTML that a page consists of; those that stand together can go out as one element.

Every element of Streamlit is a message of its own and is looked at by the browser several times in
each run, so a page of sixty took longer there than its pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from lingti.ui.streamlit_inside.scripts import as_the_main_script


@dataclass(frozen=True)
class Html:
    """HTML that is sent as it is: from a text, Streamlit would first take its indentation."""

    code: str

    def _repr_html_(self) -> str:
        return self.code


_gathered: ContextVar[list[str] | None] = ContextVar("gathered", default=None)


def are_together() -> bool:
    """Whether what is drawn now goes out as one element with what stands around it."""
    return _gathered.get() is not None


def put(html: str, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draws a piece of HTML below the one before, or beside it where elements of Streamlit stand
    beside each other; there `width` counts.
    """
    gathered = _gathered.get()
    if gathered is None:
        st.html(Html(html), width=width)
    else:
        gathered.append(f"<div>{html}</div>")


@contextmanager
def together() -> Iterator[None]:
    """What is drawn within goes out as one element. No widget may be among it."""
    if _gathered.get() is not None:
        yield
        return
    pieces: list[str] = []
    token = _gathered.set(pieces)
    try:
        yield
    finally:
        _gathered.reset(token)
        if pieces:
            st.html(Html(f"<div class='lt-stack'>{''.join(pieces)}</div>"))


@contextmanager
def lasting() -> Iterator[None]:
    """What is drawn within, on every page alike, stays where it is when another page is opened.

    The style sheet and the menu would be built anew for each page.
    """
    with as_the_main_script():
        yield


@contextmanager
def box(key: str, *, gap: Literal["small", "medium"] = "small") -> Iterator[None]:
    """A place of its own below the one before, with a class by which the style sheet finds it."""
    gathered = _gathered.get()
    if gathered is None:
        with st.container(key=key, gap=gap):
            yield
        return
    gathered.append(f"<section class='lt-stack {key}'>")
    yield
    gathered.append("</section>")


def columns(parts: int | Sequence[float]) -> list[AbstractContextManager[object]]:
    """Places side by side, to be filled from left to right; below each other where it is narrow.

    `parts` is how many, or how wide each is beside the others.
    """
    gathered = _gathered.get()
    if gathered is None:
        return list(st.columns(parts, gap="medium"))
    widths = [1.0] * parts if isinstance(parts, int) else list(parts)
    last = len(widths) - 1
    return [
        _column(gathered, width, is_first=at == 0, is_last=at == last)
        for at, width in enumerate(widths)
    ]


@contextmanager
def _column(gathered: list[str], width: float, *, is_first: bool, is_last: bool) -> Iterator[None]:
    if is_first:
        gathered.append("<div class='lt-columns'>")
    gathered.append(f"<div class='lt-stack' style='flex-grow:{width:g}'>")
    yield
    gathered.append("</div></div>" if is_last else "</div>")
