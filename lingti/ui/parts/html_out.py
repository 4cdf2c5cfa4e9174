"""Pieces of HTML that a page consists of; those that stand together can go out as one element.

Every element of Streamlit is a message of its own and is looked at by the browser several times in
each run, so a page of sixty took longer there than its pictures. Nothing else sends HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, Protocol

import htpy as h
import streamlit as st
from markupsafe import Markup

from lingti.ui.streamlit_inside.scripts import as_the_main_script


class Html(Protocol):
    """Elements of htpy, or text that is known to be HTML: what a plain `str` never is.

    Whatever else an element is given is escaped, so that no text of the data can become HTML.
    """

    def __html__(self) -> str:
        """The code."""
        ...


@dataclass(frozen=True)
class _Sent:
    """HTML that is sent as it is: from a text, Streamlit would first take its indentation."""

    code: str

    def _repr_html_(self) -> str:
        return self.code


_gathered: ContextVar[list[Html] | None] = ContextVar("gathered", default=None)


def are_together() -> bool:
    """Whether what is drawn now goes out as one element with what stands around it."""
    return _gathered.get() is not None


def put(html: Html, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draws a piece of HTML below the one before, or beside it where elements of Streamlit stand
    beside each other; there `width` counts.
    """
    gathered = _gathered.get()
    if gathered is None:
        send(html, width=width)
    else:
        gathered.append(h.div[html])


def send(html: Html, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draws a piece of HTML as an element of Streamlit of its own."""
    st.html(_Sent(html.__html__()), width=width)


def with_long(element: Html, name: str, value: str) -> Html:
    """An element with one more attribute, in single quotes.

    JSON and HTML hold many double quotes, which would take five letters each as htpy writes them.
    """
    tag, _, rest = str(element.__html__()).partition(">")
    safe = str(value).replace("&", "&amp;").replace("'", "&#39;")
    return Markup(f"{tag} {name}='{safe}'>{rest}")


def send_style(rules: str) -> None:
    """Adds rules of a style sheet to the page; they hold no text but the program's own."""
    send(style_element(rules))


def style_element(rules: str) -> Html:
    """A style sheet's element; its rules hold no text but the program's own."""
    return h.style[Markup(rules)]


def send_script(code: str) -> None:
    """Adds a script of ours to the page; it holds no text but the program's own."""
    st.html(_Sent(f"<script>{code}</script>"), unsafe_allow_javascript=True)


@contextmanager
def together() -> Iterator[None]:
    """What is drawn within goes out as one element. No widget may be among it."""
    if _gathered.get() is not None:
        yield
        return
    with _pieces() as pieces:
        yield
    if pieces:
        send(h.div(".lt-stack")[pieces])


@contextmanager
def _pieces() -> Iterator[list[Html]]:
    """Gathers what is drawn within."""
    pieces: list[Html] = []
    token = _gathered.set(pieces)
    try:
        yield pieces
    finally:
        _gathered.reset(token)


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
    with _pieces() as pieces:
        yield
    gathered.append(h.section(class_=f"lt-stack {key}")[pieces])


@contextmanager
def beside(name: str) -> Iterator[None]:
    """What is drawn within goes out as the pieces of one place, which the style sheet arranges."""
    with _pieces() as pieces:
        yield
    put(h.div(class_=name)[pieces])


def columns(parts: int | Sequence[float]) -> list[AbstractContextManager[object]]:
    """Places side by side, to be filled from left to right; below each other where it is narrow.

    `parts` is how many, or how wide each is beside the others.
    """
    gathered = _gathered.get()
    if gathered is None:
        return list(st.columns(parts, gap="medium"))
    widths = [1.0] * parts if isinstance(parts, int) else list(parts)
    side_by_side: list[Html] = []
    gathered.append(h.div(".lt-columns")[side_by_side])  # which is looked at when all are filled
    return [_column(side_by_side, width) for width in widths]


@contextmanager
def _column(side_by_side: list[Html], width: float) -> Iterator[None]:
    with _pieces() as pieces:
        yield
    side_by_side.append(h.div(".lt-stack", style=f"flex-grow:{width:g}")[pieces])
