"""What of a district the one at the screen may import for, or enter something for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lingti.access import roles
from lingti.district import District
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty
from lingti.ui.window import session
from lingti.ui.window.frame import Page
from lingti.upkeep.jobs import Job


def allowed(page: Page, district: District, action: str = roles.IMPORT) -> District:
    """The district with those communities and sources only for which an action is allowed."""
    ids = {community.id for community in district.communities if page.may(action, community.id)}
    return replace(
        district,
        communities=tuple(community for community in district.communities if community.id in ids),
        sources={
            name: source for name, source in district.sources.items() if source.community in ids
        },
    )


def allowed_or_stop(page: Page, district: District) -> District:
    """The same for imports; kindly ends the run for who may import for no community."""
    allowed_district = allowed(page, district)
    if not allowed_district.communities:
        empty(_("Only officials and the secretaries of communities import sheets."))
        st.stop()
    return allowed_district


def may_follow(page: Page) -> Callable[[Job], bool]:
    """Which jobs somebody is shown: an official all of them, others their own."""
    account = session.account()
    return lambda job: page.may(roles.IMPORT) or job.by == account
