"""Who is at the screen: signing in and out, and what stops a page for those who may not see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import htpy as h
import streamlit as st

from lingti.access import audit, roles
from lingti.access.roles import Person
from lingti.district import persons
from lingti.language import current, use
from lingti.language import gettext as _
from lingti.ui.parts.html_out import send
from lingti.ui.streamlit_inside import scripts
from lingti.upkeep import logs, setting_up
from lingti.web import open_id, sessions

_PERSON = "lt-person"


def person_or_stop(home: Path) -> Person:
    """Who is there, with the role they have now. Offers to sign in, or refuses, and ends the run.

    Called once per run, by the frame of every page.
    """
    st.session_state.pop(_PERSON, None)
    person = _person_or_stop(home)
    st.session_state[_PERSON] = person
    return person


def account() -> str:
    """How what is done on this page is signed: who is at the screen."""
    person = st.session_state.get(_PERSON)
    return person.account if isinstance(person, Person) else audit.account()


def once(home: Path, what: str, **details: str) -> None:
    """Notes in the audit that somebody looks at something; not again at every run of the page."""
    key = f"lt-seen-{what}-{sorted(details.items())}"
    if key not in st.session_state:
        st.session_state[key] = True
        audit.note(home, what, account(), **details)


def export(home: Path, file: str, make: Callable[[], Any]) -> Callable[[], Any]:
    """What makes a file when it is downloaded, and notes in the audit who took it.

    It runs in another thread than the page, and speaks the page's language.
    """
    by, spoken = account(), current()

    def exported() -> Any:
        use(spoken)
        audit.note(home, "export", by, file=file)
        return make()

    return exported


def say_what_failed(error: Exception) -> bool:
    """Shows a sentence and a reference number in the place of a traceback, which the log has."""
    reference = logs.failure(error)
    st.error(
        _(
            "This page could not be shown. Nothing was lost. Tell who runs the server this number: "
            "{reference}"
        ).format(reference=reference)
    )
    return True


def draw(home: Path, person: Person) -> None:
    """Says in the sidebar who is signed in, and offers to sign out."""
    if person.issuer == "local":
        return
    with st.sidebar, st.container(key="lt-person", gap="small"):
        st.caption(f"{person.name} · {role_title(person.role)}")
        if st.button(_("Sign out"), icon=":material/logout:", type="tertiary"):
            _sign_out(home, everywhere=False)
        if st.button(_("Sign out everywhere"), type="tertiary"):
            _sign_out(home, everywhere=True)


def role_title(role: str) -> str:
    """A role as people call it."""
    return {
        roles.OFFICIAL: _("District official"),
        roles.SUBDISTRICT: _("Subdistrict"),
        roles.SECRETARY: _("Community secretary"),
        roles.VIEWER: _("Viewer"),
    }.get(role, _("no role"))


def _person_or_stop(home: Path) -> Person:
    if not scripts.is_visited():
        return roles.local_official()  # a script that is run by itself has no visitors
    if not open_id.is_configured():
        if not (
            open_id.is_bound_to_this_machine()
            and open_id.comes_from_this_machine(st.context.headers)
        ):
            _stop(
                _("Not served to other machines"),
                _(
                    "Others could reach this server, and sign-in is not set up. Start it with "
                    "--server.address 127.0.0.1, or set up sign-in: see docs/operations.md."
                ),
            )
        return roles.local_official()
    identity = open_id.identity(st.context.cookies)
    if identity is None or not st.user.is_logged_in:
        _offer_sign_in(_("Sign in to go on."))
    session = sessions.check(
        home, identity.token, identity.issuer, identity.subject, identity.signed_at
    )
    if session.state != sessions.LIVE:
        _offer_sign_in(
            {
                sessions.IDLE: _("Nothing was done here for half an hour. Sign in again."),
                sessions.TOO_LONG: _("Eight hours have passed. Sign in again."),
            }.get(session.state, _("You have signed out. Sign in again."))
        )
    person = persons.find(home, identity.issuer, identity.subject, identity.name)
    if not person.role:
        _refuse_stranger(home, person)
    return person


def _refuse_stranger(home: Path, person: Person) -> NoReturn:
    if setting_up.wants_code(home):
        _ask_for_code(home, person)
    with st.sidebar:
        if st.button(_("Sign out")):
            _sign_out(home, everywhere=False)
    if files := roles.barred_by(home, person.issuer, person.subject):
        _stop(
            _("Whether you still have a role cannot be read"),
            _("The operator of the server has to put back from a backup: {files}.").format(
                files=", ".join(f"entries/{name}" for name in files)
            ),
        )
    _stop(
        _("You have no role here yet"),
        _("Give these two lines to the district's official, who can let you in."),
        f"{person.issuer}\n{person.subject}",
    )


def _ask_for_code(home: Path, person: Person) -> NoReturn:
    """Where nobody has a role yet: who has the operator's code becomes the first official."""
    _say(_("Set up our district"), _("The operator was given it when the server started."))
    code = st.text_input(_("One-time code"), type="password")
    if code and setting_up.take_code(home, code, person):
        st.rerun()
    if code:
        st.error(_("That code is not the one."))
    st.stop()


def _offer_sign_in(why: str) -> NoReturn:
    _say(_("Lingti"), why)
    if st.button(_("Sign in"), type="primary"):
        st.login()
    st.stop()


def _sign_out(home: Path, *, everywhere: bool) -> NoReturn:
    identity = open_id.identity(st.context.cookies)
    if identity is not None:
        sessions.end(home, identity.token)
        if everywhere:
            sessions.end_all(home, identity.issuer, identity.subject, account())
    st.logout()
    st.stop()


def _stop(title: str, why: str, shown: str = "") -> NoReturn:
    _say(title, why)
    if shown:
        st.code(shown, language=None)
    st.stop()


def _say(title: str, why: str) -> None:
    send(h.header(".lt-head.lt-welcome")[h.h1[title], h.p(".lt-ask")[why]])
