"""Who sends what, how often, from when: what is offered from what arrived, and the matrix."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lingti.district import EVERY, Expectation, change, settings
from lingti.judging import number_text
from lingti.judging.reporting import offers
from lingti.judging.reporting.offers import Offer
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.tables import Column, table
from lingti.ui.window import session
from lingti.ui.window.frame import Page


def every_words(every: str) -> str:
    """How often something is sent, in words."""
    return {
        "month": _("every month"),
        "quarter": _("every quarter"),
        "half-year": _("every half-year"),
        "year": _("every year"),
    }[every]


def expected(page: Page) -> None:
    """Draws what is offered, the matrix, and the form that changes it."""
    offered(page)
    section(_("Who sends what"), _("What is not expected is never late."))
    if page.district.expected:
        _matrix(page)
    else:
        empty(_("Nothing is expected of anybody yet."))
    _form(page)


def offered(page: Page) -> None:
    """What came in without being expected, to be expected from then on or not; nothing if none."""
    open_offers = offers.offers(page.warehouse, page.district)
    if not open_offers:
        return
    section(_("Expect it from now on?"), _("These came in, and nobody has said how often they do."))
    if len(open_offers) > 1 and st.button(
        _("Expect all {count}").format(count=len(open_offers)), type="primary", key="lt-expect-all"
    ):
        for offer in open_offers:
            _take(page, offer)
        st.rerun()
    for offer in open_offers:
        _offer(page, offer)


def _offer(page: Page, offer: Offer) -> None:
    words = _("{name} sent {table} for {first} to {last}: expect it {every} from {month}?").format(
        name=page.look.name(offer.community),
        table=_table_title(page, offer.table) + (f" · {offer.part}" if offer.part else ""),
        first=number_text.day(offer.first_day),
        last=number_text.day(offer.last_day),
        every=every_words(offer.every),
        month=number_text.period("month", f"{offer.first_day:%Y-%m}"),
    )
    key = f"{offer.community}-{offer.table}-{offer.part}"
    text, yes, no = st.columns([6, 1, 1], vertical_alignment="center")
    text.write(words)
    if yes.button(_("Expect"), key=f"lt-expect-{key}"):
        _take(page, offer)
        st.rerun()
    if no.button(_("No"), key=f"lt-decline-{key}", type="tertiary"):
        change.decline(
            page.district.home, offer.community, offer.table, offer.part, session.account()
        )
        st.rerun()


def _take(page: Page, offer: Offer) -> None:
    change.expectation(
        page.district.home,
        offer.community,
        offer.table,
        offer.first_day,
        offer.every,
        session.account(),
        part=offer.part,
    )


def _table_title(page: Page, name: str) -> str:
    known = page.catalog.tables.get(name)
    return known.title.pick() if known else name


def _matrix(page: Page) -> None:
    """A row per community, a column per table, and in each cell how often and from when."""
    held = page.district.expected
    names = [
        name
        for name in page.catalog.tables
        if any(name in expectation.tables for expectation in held)
    ]
    frame = pd.DataFrame(
        [
            {
                "community": community.name.pick(),
                **{
                    name: _cell([e for e in held if _is_of(e, community.id, name)])
                    for name in names
                },
            }
            for community in page.district.communities
        ]
    )
    columns = [
        Column("community", _("Community"), heading=True),
        *(Column(name, _table_title(page, name)) for name in names),
    ]
    table(frame, columns, name="expected")


def _is_of(expectation: Expectation, community: str, table_name: str) -> bool:
    return expectation.community == community and table_name in expectation.tables


def _cell(expectations: Sequence[Expectation]) -> str:
    by_months = {months: word for word, months in EVERY.items()}
    terms = []
    for expectation in expectations:
        words = _("{every} from {day}").format(
            every=every_words(by_months[expectation.months]), day=f"{expectation.from_day:%Y-%m-%d}"
        )
        if expectation.to_day:
            words = _("{words} to {day}").format(words=words, day=f"{expectation.to_day:%Y-%m-%d}")
        terms.append(f"{expectation.part} {words}".strip())
    return "；".join(terms)


def _form(page: Page) -> None:
    """Sets, or takes back, what is expected of some communities."""
    known = page.district.communities
    if not known:
        return
    with st.form("lt-expected", border=False):
        who = st.multiselect(
            _("Communities"), list(known), format_func=lambda community: community.name.pick()
        )
        what = st.multiselect(
            _("Kinds of data"),
            list(page.catalog.tables),
            format_func=lambda table_name: page.catalog.tables[table_name].title.pick(),
        )
        first, second, third = st.columns(3)
        every = first.selectbox(_("How often"), list(EVERY), format_func=every_words)
        from_day = second.date_input(_("From"), page.today.replace(day=1))
        to = third.date_input(_("To; open if left empty"), None)
        keep, drop = st.columns(2)
        kept = keep.form_submit_button(_("Expect it"), type="primary")
        dropped = drop.form_submit_button(_("Expect it no longer"))
    if not (kept or dropped):
        return
    home, by = page.district.home, session.account()
    for community in who:
        for name in what:
            if kept:
                change.expectation(home, community.id, name, from_day, every, by, to=to)
            else:
                _drop(page, community.id, name)
    st.rerun()


def _drop(page: Page, community: str, name: str) -> None:
    home = page.district.home
    for kind, key in settings.of(home):
        if kind == settings.EXPECTED and key.split("/")[:2] == [community, name]:
            change.enter(home, kind, key, None, session.account())
