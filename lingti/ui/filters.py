"""The filters on top of a page: period with its grain, communities, totals or rates."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from lingti import compare, formats
from lingti.compare import Period, View
from lingti.judging import against
from lingti.language import gettext as _
from lingti.sentences import begun, joined
from lingti.ui import many, url
from lingti.ui.frame import Page

# From here on a list to choose from is easier than a row of buttons.
MANY = 8


def filters(
    page: Page,
    *,
    grains: Sequence[str] = ("month", "quarter", "year", "programme"),
    communities: bool = True,
    per: bool = True,
) -> View:
    """Draws the filters and returns what is chosen; by default the latest complete month.

    `grains` may hold "week" where a page has weekly numbers. `communities` and `per` leave out the
    choice of communities, and of totals or rates per 1,000 residents or households.
    """
    chosen = chosen_period(page, grains)
    with st.container(horizontal=True, key="lt-filters", vertical_alignment="bottom", gap="small"):
        _grain(page, grains, chosen)
        _period(page, chosen)
        few = not many.are_many(page)
        ids = _communities(page) if few and communities else _all(page) if few else []
        if communities and not few:
            many.choose(page)
        scale = _per() if per else "total"
    if communities and not few:
        many.turn(page)
    view = View(
        period=chosen,
        previous=compare.whole(compare.previous(chosen, page.periods[chosen.grain]), page.periods),
        communities=tuple(ids or many.shown(page)),
        per=scale,
        published=page.published,
        exact=page.exact,
        is_part=not few,
    )
    if communities:
        _provisional(page, view)
    return view


def _provisional(page: Page, view: View) -> None:
    """Marks a period that is not complete for all communities looked at, and says where to go."""
    owing = against.incomplete(page.gaps, page.until, view)
    if not owing:
        return
    names = joined([page.look.name(one) for one in owing])
    words = _("{period} is not complete for {names}.").format(
        period=begun(formats.period(view.period.grain, view.period.id)), names=names
    )
    ways = [("compared", _("Compare by the same days")), ("coverage", _("What is missing"))]
    links = " · ".join(
        f"<a class='lt-defined' href='{escape(url.link(page_name))}'>{escape(label)} →</a>"
        for page_name, label in ways
    )
    st.html(
        f"<p class='lt-provisional'><small class='lt-tentative'>{escape(_('provisional'))}</small>"
        f" {escape(words)} {links}</p>"
    )


def chosen_period(page: Page, grains: Sequence[str] = compare.GRAINS) -> Period:
    """The period the address names; the latest complete one of the first grain if it names none."""
    for grain in grains:
        for period in page.periods[grain]:
            if period.id == url.read(url.PERIOD):
                return period
    default = "month" if "month" in grains else grains[0]
    return compare.latest_complete(page.periods[default], list(page.until.values()))


def _grain(page: Page, grains: Sequence[str], chosen: Period) -> None:
    names = {
        "week": _("Week"),
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        "programme": _("To date"),
    }

    def same_time(grain: str) -> str:
        """The period of another grain that holds the end of the one looked at."""
        of_grain = page.periods[grain]
        holding = [one for one in of_grain if one.first_day <= chosen.last_day <= one.last_day]
        return (holding or of_grain)[-1].id

    st.segmented_control(
        _("Period"),
        list(grains),
        format_func=names.__getitem__,
        required=True,
        wrap=True,
        **url.follow("grain", url.PERIOD, chosen.grain, same_time),
    )


def _period(page: Page, chosen: Period) -> None:
    if chosen.grain == "programme":
        st.html(
            "<p class='lt-span'>"
            f"{formats.day(chosen.first_day)} – {formats.day(chosen.last_day)}</p>",
            width="content",
        )
        return
    ids = [period.id for period in reversed(page.periods[chosen.grain])]
    st.selectbox(
        _("Which"),
        ids,
        format_func=lambda one: formats.period(chosen.grain, one),
        filter_mode=None,
        label_visibility="hidden",
        width=152,
        **url.follow(f"period-{chosen.grain}", url.PERIOD, chosen.id, str),
    )


def _communities(page: Page) -> list[str]:
    known = _all(page)
    named = url.read(url.COMMUNITIES).split(",")
    chosen = [one for one in known if one in named] or known

    def ids(picked: list[str]) -> str:
        return "" if len(picked) in (0, len(known)) else ",".join(o for o in known if o in picked)

    follow = url.follow("communities", url.COMMUNITIES, chosen, ids)
    if len(known) > MANY:
        st.multiselect(
            _("Communities"),
            known,
            format_func=page.look.name,
            placeholder=_("All communities"),
            select_all=False,
            filter_mode="contains",
            **follow,
        )
    else:
        st.pills(
            _("Communities"),
            known,
            selection_mode="multi",
            wrap=True,
            format_func=page.look.name,
            **follow,
        )
    return chosen


def _all(page: Page) -> list[str]:
    return [community.id for community in page.district.communities]


def _per() -> str:
    names = {
        "total": _("Totals"),
        "residents": _("Per 1,000 residents"),
        "households": _("Per 1,000 households"),
    }
    chosen = url.read(url.PER) if url.read(url.PER) in names else "total"
    st.segmented_control(
        _("Shown as"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        wrap=True,
        **url.follow("per", url.PER, chosen, lambda one: "" if one == "total" else str(one)),
    )
    return chosen
