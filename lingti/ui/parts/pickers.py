"""Choices that judging pages share: a metric, a grain, a place; and who enters something."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lingti.access import roles
from lingti.catalog import DISTRICT, Metric
from lingti.judging.group_words import group_title
from lingti.language import gettext as _
from lingti.ui import definitions
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.html_out import put
from lingti.ui.window import session
from lingti.ui.window.filters import MANY
from lingti.ui.window.frame import Page


def metric(
    page: Page,
    default: str,
    *,
    allowed: Callable[[Metric], bool] = lambda _metric: True,
    width: int = 400,
) -> Metric:
    """A metric out of those allowed, by theme, kept in the address as `metric`."""
    options = {
        choosable.name: choosable
        for choosable in definitions.in_order(page.catalog)
        if allowed(choosable)
    }
    asked = url.read("metric")
    chosen = asked if asked in options else default if default in options else next(iter(options))
    st.selectbox(
        _("Metric"),
        list(options),
        format_func=lambda name: _in_theme(options[name]),
        width=width,
        **url.follow("choose-metric", "metric", chosen, str),
    )
    return options[chosen]


def metric_in_form(page: Page, label: str, *, key: str, none: str = "") -> str:
    """The name of a metric, for forms; with `none`, words for no metric, "" can be chosen."""
    options = {choosable.name: choosable for choosable in definitions.in_order(page.catalog)}
    chosen = st.selectbox(
        label,
        ([""] if none else []) + list(options),
        format_func=lambda name: _in_theme(options[name]) if name else none,
        key=key,
    )
    return str(chosen)


def _in_theme(of: Metric) -> str:
    return f"{group_title(of.group)} · {of.title.pick()}"


def choose_one(param: str, options: Sequence[str], titles: Callable[[str], str], label: str) -> str:
    """One of some options, kept in the address as `param`; the first one by default."""
    asked = url.read(param)
    chosen = asked if asked in options else options[0]
    follow = url.follow(f"choose-{param}", param, chosen, str)
    if len(options) > MANY:
        st.selectbox(label, list(options), format_func=titles, filter_mode="contains", **follow)
    else:
        st.segmented_control(
            label, list(options), format_func=titles, required=True, wrap=True, **follow
        )
    return chosen


def pick(
    param: str, options: Sequence[str], titles: Callable[[str], str], *, many: bool = False
) -> str:
    """One of some options, kept in the address as `param`: buttons, or a list where `many`.

    Nothing is drawn for a single option.
    """
    chosen = url.read(param) if url.read(param) in options else options[0]
    if len(options) == 1:
        return chosen
    if many:
        st.selectbox(
            _("Shown"),
            list(options),
            format_func=titles,
            filter_mode="contains",
            label_visibility="collapsed",
            width=360,
            **url.follow(f"pick-{param}", param, chosen, str),
        )
    else:
        named = {option: titles(option) for option in options}
        buttons = choice_links.one_of(
            f"pick-{param}", _("Shown"), param, named, chosen, named=False
        )
        put(buttons, width="content")
    return chosen


def places_to_change(page: Page, *, district: bool = True) -> list[str]:
    """The places for which the one at the screen may enter something."""
    options = [community.id for community in page.district.communities]
    options += [DISTRICT] if district else []
    return [
        option
        for option in options
        if page.may(roles.ENTER, None if option == DISTRICT else option)
    ]


def place(page: Page, *, label: str, key: str) -> str:
    """A place for which something is entered; for forms, so not kept in the address."""
    options = places_to_change(page)
    return str(st.selectbox(label, options, format_func=page.look.name, key=key))


def author() -> str:
    """Who enters something, as entries name them."""
    return session.account()
