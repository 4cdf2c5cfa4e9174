"""How a month is reported: who accepts it first, and when its documents are made."""

from __future__ import annotations

import streamlit as st

from lingti.district import change, persons
from lingti.language import gettext as _
from lingti.ui.parts.elements import section
from lingti.ui.window import session
from lingti.ui.window.frame import Page


def reported(page: Page) -> None:
    """Draws the form of what is set of submitting, accepting and finalising."""
    district = page.district
    section(_("Submitting and finalising"), _("Who accepts a month, and what waits until then."))
    with st.form("lt-reported", border=False):
        entered = {
            "subdistrict_accepts": st.checkbox(
                _("A subdistrict accepts the months of its communities before the district does"),
                district.subdistrict_accepts,
                disabled=not persons.subdistricts(district.communities),
                help=_("Communities have their subdistrict under Communities."),
            ),
            "monthly_set": st.checkbox(
                _("Make the documents of a month by themselves, as soon as it is complete"),
                district.monthly_set,
            ),
            "monthly_set_waits": st.checkbox(
                _("Those documents wait for the edition of their month"),
                district.monthly_set_waits,
            ),
        }
        if st.form_submit_button(_("Keep"), type="primary"):
            changed = {
                field: is_on
                for field, is_on in entered.items()
                if is_on != getattr(district, field)
            }
            change.district(district.home, changed, session.account())
            st.rerun()
