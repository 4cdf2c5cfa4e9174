"""Choices that judging pages share: a metric, a grain, a place; and who enters something."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence

import streamlit as st

from lingti.catalog import DISTRICT, Metric
from lingti.language import gettext as _
from lingti.ui import glossary, url
from lingti.ui.frame import Page


def metric(
    default: str, *, allowed: Callable[[Metric], bool] = lambda _metric: True, width: int = 340
) -> Metric:
    """A metric out of those allowed, by theme, kept in the address as `metric`."""
    options = {one.name: one for one in glossary.in_order() if allowed(one)}
    asked = url.read("metric")
    chosen = asked if asked in options else default if default in options else next(iter(options))
    st.selectbox(
        _("Metric"),
        list(options),
        format_func=lambda one: _in_theme(options[one]),
        width=width,
        **url.follow("choose-metric", "metric", chosen, str),
    )
    return options[chosen]


def metric_in_form(label: str, *, key: str, none: str = "") -> str:
    """The name of a metric, for forms; with `none`, words for no metric, "" can be chosen."""
    options = {one.name: one for one in glossary.in_order()}
    chosen = st.selectbox(
        label,
        ([""] if none else []) + list(options),
        format_func=lambda one: _in_theme(options[one]) if one else none,
        key=key,
    )
    return str(chosen)


def _in_theme(one: Metric) -> str:
    return f"{glossary.group_title(one.group)} · {one.title.pick()}"


def grain(options: Sequence[str], default: str) -> str:
    """Week or month and so on, kept in the address as `by`."""
    names = {
        "week": _("By week"),
        "month": _("By month"),
        "quarter": _("By quarter"),
        "year": _("By year"),
    }
    asked = url.read("grain")
    chosen = asked if asked in options else default
    st.segmented_control(
        _("Points"),
        list(options),
        format_func=names.__getitem__,
        required=True,
        **url.follow("choose-grain", "grain", chosen, str),
    )
    return chosen


def place(page: Page, *, label: str, key: str, district: bool = True) -> str:
    """A community, or the district; for forms, so not kept in the address."""
    options = [community.id for community in page.district.communities]
    options += [DISTRICT] if district else []
    return str(st.selectbox(label, options, format_func=page.look.name, key=key))


def author() -> str:
    """Who enters something: the one signed in, else the user the program runs as."""
    if getattr(st.user, "is_logged_in", False):
        return str(st.user.get("name") or st.user.get("email") or "")
    return getpass.getuser()
