"""A picture of the same numbers is drawn once.

Plotly takes longer to put a figure together than DuckDB to find what is in it, and as long again
to write it out. A page only sends most of its figures on, so they stay as they were written.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import plotly.graph_objects as go

from lingti.memo_cache import kept, key_of

Arguments = ParamSpec("Arguments")
LEFT = ("template", "meta")
# What ends an attribute or begins a tag stands within JSON's texts only, where it can be escaped.
_IN_ATTRIBUTES = {ord(one): f"\\u{ord(one):04x}" for one in "'<>&"}


@dataclass(eq=False)
class _Known:
    """A figure that was drawn: the parts it can be put together from, and as it is written out.

    It is held by the figures that are given out, and changed by none of them.
    """

    parts: dict[str, Any]
    written: dict[str, Any]
    sent: Sent | None = None


class Drawn(go.Figure):  # type: ignore[misc]  # Plotly says nothing of types
    """A figure that is known, put together anew only for who looks inside it or changes it."""

    def __init__(self, known: _Known) -> None:
        self.__dict__["_known"] = known

    def __getattr__(self, name: str) -> Any:
        # What a figure consists of is asked for the first time, so now it must be there.
        known = self.__dict__.pop("_known", None)
        if known is None:
            raise AttributeError(name)
        go.Figure.__init__(self, copy.deepcopy(known.parts), _validate=False)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """The figure as it is written out; not to be changed."""
        known = self.__dict__.get("_known")
        return super().to_dict() if known is None else {**known.written}

    def __reduce__(self) -> Any:
        return go.Figure, (self.to_dict(),)


@dataclass(frozen=True)
class Sent:
    """A figure as a page needs it: JSON that is safe within an attribute, words, and px."""

    json: str
    alt: str
    height: int


def sent(figure: go.Figure) -> Sent:
    """A figure of this package as a page needs it, without the template, which browsers have."""
    known = figure.__dict__.get("_known")
    if known is None:
        return _sent(figure.to_dict())
    if known.sent is None:
        known.sent = _sent(known.written)
    figure_sent: Sent = known.sent
    return figure_sent


def _sent(written: dict[str, Any]) -> Sent:
    layout = {key: part for key, part in written["layout"].items() if key not in LEFT}
    whole = {"data": written["data"], "layout": layout}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=str)
    return Sent(text.translate(_IN_ATTRIBUTES), written["layout"]["meta"]["alt"], layout["height"])


def drawn_once(draw: Callable[Arguments, go.Figure]) -> Callable[Arguments, go.Figure]:
    """Keeps the figures a function drew, by everything it was given and the language.

    The caller gets a figure of its own, which it may change.
    """

    @wraps(draw)
    def figure(*args: Arguments.args, **kwargs: Arguments.kwargs) -> go.Figure:
        key = key_of(draw, args, kwargs)
        if key is None:
            return draw(*args, **kwargs)
        return Drawn(kept(key, lambda: _known(draw(*args, **kwargs))))

    return figure


def _known(drawn: go.Figure) -> _Known:
    # Parts, not `to_dict`, which packs arrays for the browser so that nobody here can read them.
    parts = {
        "data": [trace.to_plotly_json() for trace in drawn.data],
        "layout": drawn.layout.to_plotly_json(),
    }
    return _Known(parts, drawn.to_dict())
