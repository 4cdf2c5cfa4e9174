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

from lingti.once import kept, key_of

Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class _Known:
    """A figure that was drawn: the parts it can be put together from, and as it is written out."""

    parts: dict[str, Any]
    written: dict[str, Any]


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


def sent(figure: go.Figure) -> go.Figure:
    """A figure of this package as a browser needs it: drawn once, and without what it leaves aside.

    Streamlit's frontend hands a picture to Plotly a second time, all of it copied. Plotly draws it
    again if it takes anything for changed, and it does so with every object in `meta`, and with
    every array unless a revision says that they are the same. So the names of numbers (`meta`), by
    which pages are held against the command, go as text. New numbers come as another picture.
    """
    written = figure.to_dict()
    left = {"template", "meta"}
    layout = {key: part for key, part in written["layout"].items() if key not in left}
    data = [
        {**trace, "meta": json.dumps(trace["meta"])} if "meta" in trace else trace
        for trace in written["data"]
    ]
    known = {"data": data, "layout": layout | {"datarevision": 1}}
    return Drawn(_Known(known, known))


def alt(figure: go.Figure) -> str:
    """What a figure of this package says in words."""
    return str(figure.to_dict()["layout"]["meta"]["alt"])


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
