"""A file whose columns and names do not tell which community it is of: asked."""

from __future__ import annotations

import htpy as h
import streamlit as st

from lingti.district import District
from lingti.language import gettext as _
from lingti.ui.import_page.dropped import Dropped
from lingti.ui.parts.html_out import send


def unclaimed(district: District, file: Dropped) -> None:
    """Asks whose file it is where its columns and names do not tell."""
    with st.container(key=f"lt-paper-whose-{file.key}", gap="small"):
        send(
            h.fragment[
                h.h3(".lt-chart-title")[file.name],
                h.p(".lt-files")[_("It does not say whose it is.")],
            ]
        )
        names = {community.id: community.name.pick() for community in district.communities}
        whose = st.selectbox(
            _("Community"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=_("Choose"),
            key=f"lt-ask-whose-{file.key}",
        )
        if whose:
            # Kept apart from the widget, whose own state goes when it is no longer drawn.
            st.session_state[f"lt-whose-{file.key}"] = whose
            st.rerun()
