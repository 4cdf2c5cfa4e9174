"""Choices as HTML: links that change one part of the address, and lists to choose from.

As widgets of Streamlit the filters of a page took a third of what a click costs in the browser.
`page.js` leads to where a choice leads without loading the page anew, and keeps the focus on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import htpy as h

from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html


def one_of(
    key: str,
    label: str,
    name: str,
    options: Mapping[str, str],
    chosen: str,
    *,
    named: bool = True,
    lead: Callable[[str, str], str] = url.changed,
) -> Html:
    """Buttons of which one is chosen.

    `options` are the words of each value that the part `name` of the address can have; "" takes
    the part out. `key` is unique on a page. `named` shows the label above, else it is only said.
    `lead` is where a value leads.
    """
    links = [
        _option(value, words, lead(name, value), aria_current="true" if value == chosen else None)
        for value, words in options.items()
    ]
    return _framed(key, label, name, h.div(".lt-segments")[links], named=named)


def some_of(
    key: str,
    label: str,
    name: str,
    options: Mapping[str, str],
    chosen: Collection[str],
    *,
    folded: str = "",
) -> Html:
    """Buttons of which any can be chosen; the address names none where all are.

    They are `folded` behind those words where they have no room beside the other choices.
    """
    links = [
        _option(
            value,
            words,
            url.changed(name, _toggled(list(options), chosen, value)),
            role="button",
            aria_pressed=str(value in chosen).lower(),
        )
        for value, words in options.items()
    ]
    pills = h.div(".lt-pills")[links]
    within = pills
    if folded:
        within = h.details(".lt-chip.lt-chip-some")[
            h.summary[folded], h.div(".lt-panel")[pills, _all_of(name, options, chosen)]
        ]
    return _framed(key, label, name, within, some=True)


def _all_of(name: str, options: Mapping[str, str], chosen: Collection[str]) -> Html | None:
    if len(chosen) == len(options):
        return None
    return h.p[h.a(".lt-defined", href=url.changed(name, ""))[_("All"), " →"]]


def only(name: str, value: str, words: str) -> Html:
    """A small link by which the part `name` of the address has one value alone, or all again."""
    is_alone = url.read(name) == value
    label = _("All communities") if is_alone else _("Only {name}").format(name=words)
    return h.a(
        ".lt-defined.lt-only",
        href=url.changed(name, "" if is_alone else value),
        title=label,
        aria_label=label,
        data_alone=is_alone,
    )[h.i(data_icon="filter_alt_off" if is_alone else "filter_alt", aria_hidden="true")]


def listed(key: str, label: str, name: str, options: Mapping[str, str], chosen: str) -> Html:
    """A list of which one is chosen, without words above it; `options` as of `one_of`."""
    lines = [
        h.option(value=value, selected=value == chosen)[words] for value, words in options.items()
    ]
    select = h.select(".lt-list", aria_label=label)[lines]
    return _framed(key, label, name, select, named=False)


def _framed(
    key: str, label: str, name: str, within: Html, *, named: bool = True, some: bool = False
) -> Html:
    return h.div(
        ".lt-choice",
        role="group",
        aria_label=label,
        data_choice=key,
        data_name=name,
        data_some=some,
    )[h.span(aria_hidden="true")[label] if named else None, within]


def _option(value: str, words: str, href: str, **state: str | None) -> Html:
    return h.a(".lt-option", data_value=value, href=href, **state)[words]


def _toggled(known: list[str], chosen: Collection[str], value: str) -> str:
    """What the address says once `value` is chosen, or no longer; as `page.js` says it."""
    picked = [one for one in known if (one in chosen) != (one == value)]
    return "" if len(picked) in (0, len(known)) else ",".join(picked)
