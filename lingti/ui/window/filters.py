"""The filters on top of a page: period with its grain, communities, totals or rates."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h
import streamlit as st

from lingti.judging import number_text
from lingti.judging.between import compared
from lingti.judging.period_values import View
from lingti.judging.periods import GRAINS, Period, if_whole, latest_complete, period_before
from lingti.judging.sentences import begun, joined
from lingti.language import gettext as _
from lingti.ui.comparison import many_communities
from lingti.ui.parts import choice_links, url
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.revision_marks import revised
from lingti.ui.window.frame import Page

# From here on a list to choose from is easier than a row of buttons.
MANY = 8
# So many letters of names stand in a row beside the other filters, a Chinese one counting twice
# and the edge of each button for four; more are folded.
ROOM, ROOM_BESIDE_PER, EDGE = 60, 46, 4


def filters(
    page: Page,
    *,
    grains: Sequence[str] = ("month", "jan-feb", "quarter", "year", "programme"),
    communities: bool = True,
    per: bool = True,
    turn: bool = True,
) -> View:
    """Draws the filters and returns what is chosen; by default the latest complete month.

    `grains` may hold "week" where a page has weekly numbers; January and February together stand
    among the months, for readers of exact numbers, as they are not published. `communities` and
    `per` leave out the choice of communities, and of totals or rates per 1,000 residents or
    households; `turn` leaves out turning from some of many communities to the next.
    """
    if page.published:
        grains = [grain for grain in grains if grain != "jan-feb"]
    chosen = chosen_period(page, grains)
    few = not many_communities.are_many(page)
    ids = _chosen_communities(page) if few and communities else _all(page) if few else []
    scale = _chosen_per() if per else "total"
    before = [_grain(page, grains, chosen), _period(page, chosen, grains)]
    after = [_per(scale)] if per else []
    view = View(
        catalog=page.catalog,
        period=chosen,
        previous=if_whole(period_before(chosen, page.periods[chosen.grain]), page.periods),
        communities=tuple(ids or many_communities.shown(page)),
        per=scale,
        published=page.published,
        exact=page.exact,
        is_part=not few,
        revised=revised(page),
    )
    notices = (
        _no_such_period(page, chosen),
        _no_such_place(page),
        _provisional(page, view) if communities else None,
    )
    htmls = [html for html in notices if html is not None]
    if communities and not few:
        _draw_with_search(page, before, after, turn=turn)
        if htmls:
            put(h.fragment[htmls])
    else:
        if communities:
            before.append(_communities(page, ids, ROOM_BESIDE_PER if per else ROOM))
        put(h.fragment[h.div(".lt-filters")[before, after], htmls])
    return view


def _draw_with_search(page: Page, before: list[Html], after: list[Html], *, turn: bool) -> None:
    """The filters around a list of very many communities to search."""
    with st.container(horizontal=True, key="lt-filters", vertical_alignment="bottom", gap="small"):
        for html in before:
            put(html, width="content")
        many_communities.choose(page)
        for html in after:
            put(html, width="content")
    if turn:
        many_communities.turn(page)


def _provisional(page: Page, view: View) -> Html | None:
    """Marks a period that is not complete for all communities looked at, and says where to go."""
    owing = compared.incomplete(page.gaps, page.until, view)
    if not owing:
        return None
    names = joined([page.look.name(community) for community in owing])
    words = _("{period} is not complete for {names}.").format(
        period=begun(number_text.period(view.period.grain, view.period.id)), names=names
    )
    ways = [("compared", _("Compare by the same days")), ("reporting", _("What is missing"))]
    links = [
        [" · " if at else None, h.a(".lt-defined", href=url.link(page_name))[label, " →"]]
        for at, (page_name, label) in enumerate(ways)
    ]
    return h.p(".lt-provisional")[
        h.small(".lt-tentative")[_("provisional")], " ", words, " ", links
    ]


def _no_such_period(page: Page, chosen: Period) -> Html | None:
    """That the address asks for a period that there is not, and which is shown in its place."""
    asked = url.read(url.PERIOD)
    if not asked or any(period.id == asked for known in page.periods.values() for period in known):
        return None
    words = _("There is no period {asked} in the data; {shown} is shown.").format(
        asked=asked[:24], shown=number_text.period(chosen.grain, chosen.id)
    )
    return h.p(".lt-checking", role="status")[words]


def _no_such_place(page: Page) -> Html | None:
    """That the address asks for communities that there are not."""
    asked = [community for community in url.read(url.COMMUNITIES).split(",") if community]
    unknown = [community[:24] for community in asked if community not in _all(page)]
    if not unknown:
        return None
    words = _("There is no community {asked} here; the others are shown.").format(
        asked=joined(unknown)
    )
    return h.p(".lt-checking", role="status")[words]


def chosen_period(page: Page, grains: Sequence[str] = GRAINS) -> Period:
    """The period the address names; the latest complete one of the first grain if it names none."""
    for grain in grains:
        for period in page.periods[grain]:
            if period.id == url.read(url.PERIOD):
                return period
    default = "month" if "month" in grains else grains[0]
    return latest_complete(page.periods[default], list(page.until.values()))


def _grain(page: Page, grains: Sequence[str], chosen: Period) -> Html:
    names = {
        "week": _("Week"),
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        "programme": _("To date"),
    }

    def same_time(grain: str) -> str:
        """The period of another grain that holds the end of the one looked at."""
        if grain == "month" and chosen.grain == "jan-feb":
            return chosen.id
        of_grain = page.periods[grain]
        holding = [
            period for period in of_grain if period.first_day <= chosen.last_day <= period.last_day
        ]
        return (holding or of_grain)[-1].id

    options = {same_time(grain): names[grain] for grain in grains if grain in names}
    return choice_links.one_of("grain", _("Period"), url.PERIOD, options, chosen.id)


def _period(page: Page, chosen: Period, grains: Sequence[str]) -> Html:
    if chosen.grain == "programme":
        return h.p(".lt-span")[
            number_text.day(chosen.first_day), " – ", number_text.day(chosen.last_day)
        ]
    beside = ("month", "jan-feb") if "jan-feb" in grains else ("month",)
    shown = beside if chosen.grain in beside else (chosen.grain,)
    known = [period for grain in shown for period in page.periods[grain]]
    options = {
        period.id: number_text.period(period.grain, period.id)
        for period in sorted(known, key=lambda period: period.last_day, reverse=True)
    }
    return choice_links.listed("period", _("Which"), url.PERIOD, options, chosen.id)


def _chosen_communities(page: Page) -> list[str]:
    known = _all(page)
    named = url.read(url.COMMUNITIES).split(",")
    return [community for community in known if community in named] or known


def _communities(page: Page, chosen: list[str], room: int) -> Html:
    names = {community: page.look.name(community) for community in _all(page)}
    letters = sum(1 + (ord(letter) > 0x2E80) for name in names.values() for letter in name)
    folded = _how_many(page, chosen) if letters + EDGE * len(names) > room else ""
    return choice_links.some_of(
        "communities", _("Communities"), url.COMMUNITIES, names, chosen, folded=folded
    )


def _how_many(page: Page, chosen: list[str]) -> str:
    if len(chosen) == 1:
        return page.look.name(chosen[0])
    count = number_text.exact(len(_all(page)))
    if len(chosen) == len(_all(page)):
        return _("{count} communities").format(count=count)
    shown = number_text.exact(len(chosen))
    return _("{chosen} of {count} communities").format(chosen=shown, count=count)


def _all(page: Page) -> list[str]:
    return [community.id for community in page.district.communities]


def _chosen_per() -> str:
    return url.read(url.PER) if url.read(url.PER) in ("residents", "households") else "total"


def _per(chosen: str) -> Html:
    names = {
        "": _("Totals"),
        "residents": _("Per 1,000 residents"),
        "households": _("Per 1,000 households"),
    }
    return choice_links.one_of(
        "per", _("Shown as"), url.PER, names, "" if chosen == "total" else chosen
    )
