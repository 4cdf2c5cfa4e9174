"""Choices as HTML: links that change one part of the address, and lists to choose from.

As widgets of Streamlit the filters of a page took a third of what a click costs in the browser.
`page.js` leads to where a choice leads without loading the page anew, and keeps the focus on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from html import escape

from lingti.ui import url


def one_of(
    key: str,
    label: str,
    name: str,
    options: Mapping[str, str],
    chosen: str,
    *,
    named: bool = True,
    lead: Callable[[str, str], str] = url.changed,
) -> str:
    """Buttons of which one is chosen.

    `options` are the words of each value that the part `name` of the address can have; "" takes
    the part out. `key` is unique on a page. `named` shows the label above, else it is only said.
    `lead` is where a value leads.
    """
    links = "".join(
        _option(value, words, lead(name, value), _current(value == chosen))
        for value, words in options.items()
    )
    return _framed(key, label, name, f"<div class='lt-segments'>{links}</div>", named=named)


def some_of(
    key: str, label: str, name: str, options: Mapping[str, str], chosen: Collection[str]
) -> str:
    """Buttons of which any can be chosen; the address names none where all are."""
    links = "".join(
        _option(value, words, url.changed(name, _toggled(list(options), chosen, value)),
                f" role='button' aria-pressed='{str(value in chosen).lower()}'")
        for value, words in options.items()
    )  # fmt: skip
    return _framed(key, label, name, f"<div class='lt-pills'>{links}</div>", some=True)


def listed(key: str, label: str, name: str, options: Mapping[str, str], chosen: str) -> str:
    """A list of which one is chosen, without words above it; `options` as of `one_of`."""
    made = "".join(
        f"<option value='{escape(value)}'{' selected' if value == chosen else ''}>"
        f"{escape(words)}</option>"
        for value, words in options.items()
    )
    select = f"<select class='lt-list' aria-label='{escape(label)}'>{made}</select>"
    return _framed(key, label, name, select, named=False)


def _framed(
    key: str, label: str, name: str, within: str, *, named: bool = True, some: bool = False
) -> str:
    above = f"<span aria-hidden='true'>{escape(label)}</span>" if named else ""
    return (
        f"<div class='lt-choice' role='group' aria-label='{escape(label)}' data-choice='{key}'"
        f" data-name='{name}'{' data-some' if some else ''}>{above}{within}</div>"
    )


def _option(value: str, words: str, href: str, state: str) -> str:
    return (
        f"<a class='lt-option' data-value='{escape(value)}' href='{escape(href)}'{state}>"
        f"{escape(words)}</a>"
    )


def _current(is_chosen: bool) -> str:
    return " aria-current='true'" if is_chosen else ""


def _toggled(known: list[str], chosen: Collection[str], value: str) -> str:
    """What the address says once `value` is chosen, or no longer; as `page.js` says it."""
    picked = [one for one in known if (one in chosen) != (one == value)]
    return "" if len(picked) in (0, len(known)) else ",".join(picked)
