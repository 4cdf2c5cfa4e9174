"""Who may come in, and as what: to invite, change and remove."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.access.roles import Person
from lingti.district import persons
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.ui import session
from lingti.ui.elements import empty, section
from lingti.ui.frame import Page
from lingti.ui.tables import Column, table


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
    with st.form("lt-people", border=False):
        left, right = st.columns(2)
        with left:
            issuer = st.text_input(_("First line (issuer)"))
            subject = st.text_input(_("Second line (subject)"))
            name = st.text_input(_("Post or name"), max_chars=40)
        with right:
            role = st.selectbox(_("Role"), list(roles.ROLES), format_func=session.role_title)
            own = st.multiselect(
                _("Communities of a secretary"),
                [community.id for community in page.district.communities],
                format_func=page.look.name,
            )
            named = persons.subdistricts(page.district.communities)
            of = st.selectbox(_("Subdistrict of that role"), named, index=None) if named else None
        keep, drop = st.columns(2)
        kept = keep.form_submit_button(_("Give the role"), type="primary")
        dropped = drop.form_submit_button(_("Take the role away"))
    if dropped and not roles.revoke(home, issuer.strip(), subject.strip(), session.account()):
        st.error(_("There is no such role."))
        return
    if kept:
        communities = tuple(own) if role == roles.SECRETARY else ()
        subdistrict = str(of or "") if role == roles.SUBDISTRICT else ""
        person = Person(
            *(issuer.strip(), subject.strip(), name.strip(), role), communities, subdistrict
        )
        try:
            roles.grant(home, person, session.account())
        except ValueError:
            st.error(
                _("Give both lines; a secretary has one community or more, a subdistrict its name.")
            )
            return
    if kept or dropped:
        st.rerun()


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
