"""Who may come in, and as what: to invite, change and remove."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.access.roles import Person
from lingti.district import persons
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.tables import Column, table
from lingti.ui.window import session
from lingti.ui.window.frame import Page

WHOSE = "lt-people-whose"


def people(page: Page) -> None:
    """Draws who has a role, and the form that gives or takes one."""
    section(
        _("Who may come in"),
        _("Who signs in without a role is shown two lines; they hand them to you."),
    )
    home = page.district.home
    known = list(roles.everybody(home))
    if known:
        _list(page, known)
    else:
        empty(_("Nobody has a role yet. Without sign-in whoever is at this machine is official."))
    chosen = _chosen(known)
    with st.form(f"lt-people-{chosen.subject if chosen else ''}", border=False):
        person = _fields(page, chosen)
        keep, drop = st.columns(2)
        word = _("Give the role") if chosen is None else _("Keep the change")
        kept = keep.form_submit_button(word, type="primary")
        dropped = chosen is not None and drop.form_submit_button(_("Take the role away"))
    if dropped:
        roles.revoke(home, person.issuer, person.subject, session.account())
    elif kept:
        try:
            roles.grant(home, person, session.account())
        except ValueError:
            st.error(
                _("Give both lines; a secretary has one community or more, a subdistrict its name.")
            )
            return
    if kept or dropped:
        st.session_state.pop(WHOSE, None)
        st.rerun()


def _chosen(known: list[Person]) -> Person | None:
    """Whose role is changed; None for one who has none yet."""
    if not known:
        return None
    by_account = {f"{person.issuer} {person.subject}": person for person in known}
    account = st.selectbox(
        _("Whose role"),
        ["", *by_account],
        format_func=lambda account: _called(by_account[account]) if account else _("Somebody new"),
        key=WHOSE,
    )
    return by_account.get(account or "")


def _called(person: Person) -> str:
    return " · ".join(filter(None, (person.name, session.role_title(person.role), person.subject)))


def _fields(page: Page, chosen: Person | None) -> Person:
    """The fields of a role, of one who has it as it is; what they say as a person."""
    old = chosen or Person("", "", "", roles.SECRETARY)
    places = [community.id for community in page.district.communities]
    named = persons.subdistricts(page.district.communities)
    left, right = st.columns(2)
    with left:
        has_one = chosen is not None
        issuer = st.text_input(_("First line (issuer)"), old.issuer, disabled=has_one)
        subject = st.text_input(_("Second line (subject)"), old.subject, disabled=has_one)
        name = st.text_input(_("Post or name"), old.name, max_chars=40)
    with right:
        every = list(roles.ROLES)
        at = every.index(old.role) if has_one else 0
        role = st.selectbox(_("Role"), every, index=at, format_func=session.role_title)
        own = st.multiselect(
            _("Communities of a secretary"),
            places,
            [
                community
                for community in old.communities
                if community in places and old.role == roles.SECRETARY
            ],
            format_func=page.look.name,
        )
        at_place = named.index(old.subdistrict) if old.subdistrict in named else None
        of = st.selectbox(_("Subdistrict of that role"), named, index=at_place) if named else None
    return Person(
        *(issuer.strip(), subject.strip(), name.strip(), role),
        tuple(own) if role == roles.SECRETARY else (),
        str(of or "") if role == roles.SUBDISTRICT else "",
    )


def _list(page: Page, known: list[Person]) -> None:
    frame = pd.DataFrame(
        [
            {
                "name": person.name,
                "role": session.role_title(person.role),
                "communities": person.subdistrict
                or joined([page.look.name(place) for place in person.communities]),
                "subject": f"{person.issuer} {person.subject}",
            }
            for person in known
        ]
    )
    columns = [
        Column("name", _("Post or name"), heading=True),
        Column("role", _("Role")),
        Column("communities", _("Communities or subdistrict")),
        Column("subject", _("Signs in as")),
    ]
    table(frame, columns, name="people")
