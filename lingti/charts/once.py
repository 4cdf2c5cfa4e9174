"""A picture of the same numbers is drawn once and then copied.

Plotly takes longer to put a figure together than DuckDB to find what is in it, and most runs of a
page change nothing, or one of its pictures.
"""

from __future__ import annotations

import copy
import pickle
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec

import plotly.graph_objects as go

from lingti import language

KEPT = 400  # figures, of about 10 kB each
Arguments = ParamSpec("Arguments")
_drawn: OrderedDict[bytes, dict[str, Any]] = OrderedDict()
_drawing = Lock()


def drawn_once(draw: Callable[Arguments, go.Figure]) -> Callable[Arguments, go.Figure]:
    """Keeps the figures a function drew, by everything it was given and the language.

    The caller gets a figure of its own, which it may change.
    """

    @wraps(draw)
    def figure(*args: Arguments.args, **kwargs: Arguments.kwargs) -> go.Figure:
        given = (draw.__qualname__, language.current(), args, sorted(kwargs.items()))
        try:
            key = pickle.dumps(given)
        except (pickle.PicklingError, AttributeError, TypeError):
            return draw(*args, **kwargs)  # such as with a function made on the spot
        with _drawing:
            known = _drawn.get(key)
        if known is None:
            drawn = draw(*args, **kwargs)
            # Not `to_dict`, which packs arrays for the browser so that nobody here can read them.
            known = {
                "data": [trace.to_plotly_json() for trace in drawn.data],
                "layout": drawn.layout.to_plotly_json(),
            }
            with _drawing:
                _drawn[key] = known
                if len(_drawn) > KEPT:
                    _drawn.popitem(last=False)
        return go.Figure(copy.deepcopy(known), _validate=False)

    return figure
