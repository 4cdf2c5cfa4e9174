"""A community gets another name, or becomes part of another; what it did stays its own."""

from __future__ import annotations

import streamlit as st

from lingti.district import BEGINNING, Community, change, typed_lists
from lingti.language import gettext as _
from lingti.ui.settings_page import people_counts
from lingti.ui.settings_page.people_counts import MOST_LETTERS
from lingti.ui.window import session
from lingti.ui.window.frame import Page


def rename(page: Page, community: Community) -> None:
    """A form for another name from a day on."""
    with (
        st.expander(_("It has another name now")),
        st.form(f"lt-rename-{community.id}", border=False),
    ):
        st.caption(_("Sheets with the old name are still taken as its own; charts say it."))
        first, second, third = st.columns(3)
        name = first.text_input(_("New name"), max_chars=40).strip()
        short = second.text_input(_("New short name"), max_chars=20).strip()
        from_day = third.date_input(_("From"), page.today, min_value=BEGINNING)
        if not st.form_submit_button(_("Keep the new name")):
            return
    if not name:
        st.error(_("A community needs a name."))
        return
    short = short or typed_lists.short_of(name)
    if refuse_taken(page, community, name, short):
        return
    words = _("Named {name} from now on, before {before}").format(
        name=name, before=community.name.zh
    )
    change.rename(page.district.home, community, name, short, from_day, words, session.account())
    st.rerun()


def refuse_taken(page: Page, community: Community, name: str, short: str) -> bool:
    """Says so where another community has the name; whether one has."""
    other = change.bearer(page.district.communities, community, name, short)
    if other is not None:
        words = _("{name} is called that already; give another name, or merge the two.")
        st.error(words.format(name=other.name.pick()))
    return other is not None


def merge(page: Page, community: Community) -> None:
    """A form by which a community becomes part of another."""
    others = [other for other in page.district.communities if other.id != community.id]
    if not others:
        return
    with st.expander(_("It becomes part of another")):  # no form: the sums follow what is chosen
        st.caption(
            _("Its numbers up to that day stay its own; the other is judged anew from then on.")
        )
        first, second = st.columns(2)
        into = first.selectbox(_("Part of"), others, format_func=lambda other: other.name.pick())
        from_day = second.date_input(_("From"), page.today, min_value=BEGINNING)
        third, fourth = st.columns(2)
        residents = third.text_input(
            _("Residents of both together"),
            people_counts.text_of(_both(community.residents, into.residents)),
            max_chars=MOST_LETTERS,
            key=f"lt-merge-residents-{community.id}-{into.id}",
        )
        households = fourth.text_input(
            _("Households of both together"),
            people_counts.text_of(_both(community.households, into.households)),
            max_chars=MOST_LETTERS,
            key=f"lt-merge-households-{community.id}-{into.id}",
        )
        if not st.button(_("Keep the merger"), key=f"lt-merge-{community.id}"):
            return
    typed = {
        _("Residents of both together"): residents,
        _("Households of both together"): households,
    }
    read = people_counts.read(typed)
    if read is None:
        return
    counts = dict(zip(("residents", "households"), read, strict=True))
    words = _("{name} has become part of it").format(name=community.name.zh)
    change.merge(page.district.home, community, into, from_day, counts, words, session.account())
    st.rerun()


def _both(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
