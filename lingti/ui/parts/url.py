"""What is looked at stands in the address, so that a link reproduces the view.

The address is the one truth: choices are links to other addresses, each run sets the widgets that
there are from it, and a widget's change is written to it before the run. Streamlit's own
`bind="query-params"` would write the labels of the current language (`2024年6月`) into the address;
here ids stand there (`2024-06`), which mean the same to everyone, and they go along from page to
page in the menu's links.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit

import streamlit as st

from lingti.memo_cache import kept, key_of

LANGUAGE, PERIOD, COMMUNITIES, PER = "lang", "period", "in", "per"
AREA, TURNED = "area", "from"  # of many communities: the subdistrict, and which lot of them
CARRIED = (LANGUAGE, PERIOD, COMMUNITIES, PER, AREA, TURNED)
TAKEN = "take"  # the file that was asked for; stands in the address for one run
Arguments = ParamSpec("Arguments")
Drawn = TypeVar("Drawn")
_TAKEN = "lt-taken"


def read(name: str) -> str:
    """The value of a part of the address; "" where it is not there."""
    return str(st.query_params.get(name, ""))


def write(name: str, value: str) -> None:
    """Sets a part of the address; an empty value takes it out."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def note_taken() -> None:
    """Keeps for this run which file was asked for, and takes it out of the address."""
    st.session_state[_TAKEN] = read(TAKEN)
    write(TAKEN, "")


def taken() -> tuple[str, str]:
    """The file that was asked for and the sign of that click; both "" in nearly every run."""
    file, _, sign = str(st.session_state.get(_TAKEN, "")).rpartition("~")
    return file, sign


def carried() -> dict[str, str]:
    """The parts of the address that hold on every page."""
    asked = st.query_params.to_dict()
    return {name: asked[name] for name in CARRIED if asked.get(name)}


def link(page: str, **more: str) -> str:
    """The address of a page with the view carried along; for links inside HTML."""
    query = urlencode({**carried(), **{name: value for name, value in more.items() if value}})
    return f"./{page}?{query}" if query else f"./{page}"


def changed(name: str, value: str) -> str:
    """The address of the page that is open with one part changed; an empty value takes it out."""
    parts = {**st.query_params.to_dict(), name: value}
    query = urlencode({part_name: part for part_name, part in parts.items() if part})
    return f"./{here()}?{query}" if query else f"./{here()}"


def alone(name: str, value: str) -> str:
    """The address of the page that is open with this part only."""
    return f"./{here()}?{urlencode({name: value})}"


def here() -> str:
    """The page that is open, as its address has it; "" for the home page."""
    return PurePosixPath(urlsplit(str(st.context.url or "")).path).name


def linked_once(draw: Callable[Arguments, Drawn]) -> Callable[Arguments, Drawn]:
    """Keeps the HTML a function drew, by all it was given, the language, and where its links lead.

    See `lingti.memo_cache`; links carry the view along and lead back to the page that is open.
    """

    @wraps(draw)
    def drawn(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Drawn:
        key = key_of(draw, (carried(), here(), args), kwargs)
        if key is None:
            return draw(*args, **kwargs)
        kept_html: Drawn = kept(key, lambda: draw(*args, **kwargs))
        return kept_html

    return drawn


def follow(key: str, name: str, value: Any, to_text: Callable[[Any], str]) -> dict[str, Any]:
    """Arguments that make a widget show `value` and write its changes to the address."""
    st.session_state[key] = value
    return {"key": key, "on_change": _write_change, "args": (key, name, to_text)}


def _write_change(key: str, name: str, to_text: Callable[[Any], str]) -> None:
    write(name, to_text(st.session_state[key]))
