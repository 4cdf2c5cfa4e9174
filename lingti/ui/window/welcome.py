"""The first visit: a look at the sample, or the own district set up; nothing else is shown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import htpy as h
import streamlit as st

from lingti import warehouse
from lingti.access import roles
from lingti.access.roles import Person
from lingti.district import settings
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html, lasting, put, send
from lingti.ui.window import menu, served_home, session, set_up
from lingti.upkeep import setting_up

DOOR, OWN = "door", "own"


def at_the_door(person: Person) -> None:
    """Shows the welcome where nothing is set up, or who looks at the sample wants to; else nothing.

    Ends the run where it shows something.
    """
    own = served_home.own_home()
    shown = served_home.home_folder()
    if settings.are_there(shown) and not (url.read(DOOR) == OWN and served_home.is_sample(shown)):
        return
    with lasting():
        menu.draw("", _("Lingti"))
    session.draw(own, person)
    if not roles.may(person, roles.ADMINISTER):
        _stop(_("Nothing to show yet"), _("The district's official has not set it up yet."))
    if url.read(DOOR) == OWN:
        _set_up(shown, person)
    _choose(own)


def _choose(own: Path) -> NoReturn:
    """The two doors."""
    _head(
        _("Welcome"),
        _("Lingti compares what the communities of a district do, from the sheets they send."),
    )
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        st.subheader(_("Set up our district"))
        st.write(_("Three short steps: names, communities, sheets. The first comparison follows."))
        if st.button(_("Set up our district"), type="primary", icon=":material/add_home:"):
            url.write(DOOR, OWN)
            st.rerun()
    with right, st.container(border=True):
        st.subheader(_("Look at the sample"))
        st.write(_("Four invented communities, ten months. It stays apart from your own data."))
        if st.button(_("Look at the sample"), icon=":material/visibility:"):
            from lingti.upkeep import demo

            with st.spinner(_("Reading the sample sheets …")):
                demo.build(setting_up.sample_beside(own))
            st.rerun()
    st.stop()


def _set_up(shown: Path, person: Person) -> NoReturn:
    """The form; what it enters begins the own district, and from then on that is served."""
    _head(_("Set up our district"), _("Everything here can be changed later under Settings."))
    entered = set_up.form()
    if entered is not None:
        home = setting_up.make_room(shown)
        warehouse.forget(shown)
        set_up.enter(home, entered, person.account)
        os.environ[served_home.HOME] = str(home)
        url.write(DOOR, "")
        st.switch_page("pages/import_data.py", query_params=url.carried())
    st.stop()


def sample_line(home: Path, person: Person) -> Html | None:
    """In the sample: where one's own district begins."""
    if not served_home.is_sample(home) or not roles.may(person, roles.ADMINISTER):
        return None
    link = h.a(".lt-defined", href=url.link("", door=OWN))[_("Set up our district"), " →"]
    return h.p(".lt-sample")[_("This is the sample."), " ", link]


def _head(title: str, under: str) -> None:
    put(h.header(".lt-head.lt-welcome")[h.h1[title], h.p(".lt-ask")[under]])


def _stop(title: str, why: str) -> NoReturn:
    send(h.header(".lt-head.lt-welcome")[h.h1[title], h.p(".lt-ask")[why]])
    st.stop()
