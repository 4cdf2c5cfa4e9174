"""What was dropped on the page of forms, and what was said of it so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import htpy as h
import streamlit as st

from lingti.access import roles
from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.forms import filling, memory
from lingti.forms.filling import Filled, Wish
from lingti.forms.reading.package import opened
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import send
from lingti.ui.window.frame import Page


@dataclass(frozen=True)
class Dropped:
    """A form as it was dropped."""

    name: str
    data: bytes

    @property
    def key(self) -> str:
        """Names its widgets: by what stands in it, so that the same file is the same form."""
        return hashlib.sha256(self.data).hexdigest()[:12]


def allowed_or_stop(page: Page, settings: District) -> District:
    """The district with the communities for which the visitor may make documents; else the end."""
    ids = [
        community.id for community in settings.communities if page.may(roles.REPORT, community.id)
    ]
    if not ids:
        empty(_("Forms are filled by officials, and by secretaries for their communities."))
        st.stop()
    return settings


def dropped() -> list[Dropped]:
    """The place to drop forms, and those that were, each once."""
    uploads = st.file_uploader(
        _("Blank forms"),
        accept_multiple_files=True,
        key="lt-forms-drop",
        label_visibility="collapsed",
    )
    note = _(
        "Excel and Word (.xlsx, .xlsm, .docx), several at once. What is sure is filled in, all"
        " else stays blank; only cells change. Files stay in memory."
    )
    send(h.p(".lt-drop-note")[note])
    files = [Dropped(upload.name, upload.getvalue()) for upload in uploads]
    return list({upload.key: upload for upload in files}.values())


def filled(page: Page, settings: District, upload: Dropped) -> tuple[Filled, Wish]:
    """The form as it is filled with what was said of it so far. Raises FormError."""
    wish = Wish(None, None, accepted(upload), words=words_said(upload))
    done = _looked_up(page, settings, upload, wish)
    if done.needs:
        with st.container(horizontal=True, key=f"lt-form-needs-{upload.key}", gap="small"):
            if "community" in done.needs:
                wish = replace(wish, community=_community(page, settings, upload))
            if "period" in done.needs:
                wish = replace(wish, period=_period(page, upload))
        done = _looked_up(page, settings, upload, wish)
    return done, wish


def _looked_up(page: Page, settings: District, upload: Dropped, wish: Wish) -> Filled:
    """What `filling.fill` says, kept while nothing it rests on changes."""
    asked = (upload.key, page.warehouse.version, repr(wish), memory.everything(settings.home))
    kept: dict[str, tuple[Any, Filled]] = st.session_state.setdefault("lt-forms-filled", {})
    looked_up = kept.get(upload.key)
    if looked_up is None or looked_up[0] != asked:
        looked_up = asked, filling.fill(page.warehouse, settings, opened(upload.data), wish)
        kept[upload.key] = looked_up
    return looked_up[1]


def _community(page: Page, settings: District, upload: Dropped) -> str | None:
    places = [c.id for c in settings.communities if page.may(roles.REPORT, c.id)]
    places += [DISTRICT] if page.may(roles.REPORT) else []
    return st.selectbox(
        _("Whose numbers"),
        places,
        index=0 if len(places) == 1 else None,
        format_func=page.look.name,
        placeholder=_("The form does not say"),
        key=f"lt-form-of-{upload.key}",
    )


def _period(page: Page, upload: Dropped) -> Period | None:
    options = [
        period for grain in ("month", "quarter", "year") for period in reversed(page.periods[grain])
    ]
    return st.selectbox(
        _("Period"),
        options,
        index=None,
        format_func=lambda period: number_text.period(period.grain, period.id),
        placeholder=_("The form does not say"),
        key=f"lt-form-when-{upload.key}",
    )


def accepted(upload: Dropped) -> dict[str, Any]:
    """What was said of cells on this page."""
    answers: dict[str, Any] = st.session_state.setdefault(f"lt-form-said-{upload.key}", {})
    return answers


def words_said(upload: Dropped) -> dict[str, bool]:
    """Whether words of its title restrict what is counted, as was said on this page."""
    answers: dict[str, bool] = st.session_state.setdefault(f"lt-form-words-{upload.key}", {})
    return answers
