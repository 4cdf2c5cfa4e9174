"""Settings that cannot be used: what is wrong and where, and for officials the way back."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import htpy as h
import streamlit as st

from lingti import entries
from lingti.access import roles
from lingti.access.roles import Person
from lingti.district import change, settings
from lingti.language import gettext as _
from lingti.ui import setting_words
from lingti.ui.parts.html_out import send

NEWEST = 5


def stop(home: Path, error: Exception, person: Person) -> NoReturn:
    """Says what is wrong, and offers officials to undo the change that did it; ends the run."""
    title = _("The settings cannot be used as they are")
    advice = _("Correct them there, then load this page again. Nothing was lost.")
    changes = _entered(home, str(error)) if roles.may(person, roles.ADMINISTER) else []
    if changes:
        advice = _("Undo the change below. Nothing was lost, and what was published stays.")
    send(h.header(".lt-head.lt-welcome")[h.h1[title], h.p(".lt-ask")[str(error)], h.p[advice]])
    for entry in changes:
        words, button = st.columns([7, 1], vertical_alignment="center")
        words.caption(setting_words.change_words(entry))
        if button.button(_("Undo"), key=f"lt-mend-{entry.number}", type="primary"):
            change.undo(home, entry, person.account)
            st.rerun()
    st.stop()


def _entered(home: Path, error: str) -> list[entries.Entry]:
    """The newest change of the setting that an error names; else the newest of all settings.

    Nothing where the error is in a file.
    """
    if error.startswith((settings.FILE, "sources/")):
        return []
    newest = {
        (entry.kind, entry.key): entry
        for kind in settings.KINDS
        for entry in entries.history(home, settings.PREFIX + kind)
        if entry.key != settings.BEGUN and entry.value is not None
    }
    named = [
        entry
        for (kind, key), entry in newest.items()
        if error.startswith(f"{kind.removeprefix(settings.PREFIX)} {key}:")
    ]
    return named or sorted(newest.values(), key=lambda entry: entry.number, reverse=True)[:NEWEST]
