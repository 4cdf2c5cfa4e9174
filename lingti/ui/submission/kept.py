"""Finalising a month, and what its editions keep."""

from __future__ import annotations

from functools import partial

import htpy as h
import streamlit as st

from lingti import language, report
from lingti.access import roles
from lingti.catalog import DISTRICT
from lingti.editions import keeping, revisions, submissions
from lingti.editions.keeping import Edition
from lingti.editions.submissions import ACCEPTED, FINAL, MOST_SIGNS
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.personal_data import mask
from lingti.report.slides import kept_slides
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.html_out import send
from lingti.ui.submission.overview import day_words
from lingti.ui.window import session
from lingti.ui.window.frame import Page
from lingti.ui.window.redrawing import redrawn
from lingti.upkeep import finalising, jobs

POLL_S = 1.0


def finalise(page: Page, month: Period) -> None:
    """The button that makes an edition, for officials; it is made by a job."""
    if not page.may(roles.ADMINISTER):
        return
    home = page.district.home
    standings = submissions.standings(home, month)
    waiting = [
        standing.community for standing in standings if standing.status not in (ACCEPTED, FINAL)
    ]
    section(
        _("Finalise {period}").format(period=number_text.period("month", month.id)),
        _("Makes an edition of the month that never changes, and publishes to readers."),
    )
    running = [job for job in jobs.recent(home, "finalise") if not job.is_over]
    with st.form("finalise", border=True):
        without = st.multiselect(
            _("Without"), waiting, format_func=page.look.name, key="finalise-without"
        )
        reason = st.text_input(
            _("Why they are left out"), key="finalise-reason", max_chars=MOST_SIGNS
        )
        goes = st.form_submit_button(_("Finalise"), type="primary", disabled=bool(running))
    left = [page.look.name(community) for community in waiting if community not in without]
    if goes and (left or (without and not reason.strip())):
        words = _("Not accepted yet: {names}.").format(names=language.words(left))
        st.error(words if left else _("Say why they are left out."))
    elif goes:
        arguments = {
            "period": month.id,
            "without": dict.fromkeys(without, mask(reason.strip())),
            "language": language.current(),
            "by": pickers.author(),
        }
        jobs.start(home, "finalise", arguments, by=pickers.author())
        st.rerun()
    redrawn(partial(_progress, page), POLL_S if running else None)


def _progress(page: Page) -> None:
    """How far the newest finalisation is, or why it was not made."""
    newest = jobs.recent(page.district.home, "finalise")[:1]
    is_running = any(not job.is_over for job in newest)
    was_running = st.session_state.get("finalise-running", False)
    st.session_state["finalise-running"] = is_running
    if was_running and not is_running:
        st.rerun()
    for job in newest:
        if is_running:
            st.progress(job.share, text=job.step)
        elif job.state != "done":
            send(h.p(".lt-empty")[job.error])


def editions(page: Page, month: Period) -> None:
    """The editions of the month, the newest first: when, by whom, what differs, and documents."""
    home = page.district.home
    of_month = keeping.editions(home, month.id)
    section(_("Editions"), _("What was reported of this month, as it was."))
    if not of_month:
        empty(_("Not final."))
        return
    lines = []
    for edition in reversed(of_month):
        differing = len(revisions.of_edition(home, edition, page.warehouse, stored_only=True))
        words = ngettext("{count} number differs now", "{count} numbers differ now", differing)
        href = url.link("revisions", edition=edition.name)
        without = [_left_out(page, edition, place) for place in edition.without]
        lines.append(
            h.li[
                h.b[edition.name],
                h.span[
                    day_words(edition.at), " · ", edition.by if page.may(roles.ADMINISTER) else ""
                ],
                h.span[_("without {names}").format(names=language.words(without))]
                if without
                else None,
                h.a(".lt-defined", href=href)[words.format(count=number_text.exact(differing))]
                if differing
                else _("nothing differs now"),
            ]
        )
    send(h.ul(".lt-owed")[lines])
    _documents(page, of_month[-1])


def _left_out(page: Page, edition: Edition, place: str) -> str:
    """A community that an edition leaves out; why, to officials and to itself."""
    name = page.look.name(place)
    if not (page.may(roles.ADMINISTER) or place in page.person.communities):
        return name
    return _("{value} ({note})").format(value=name, note=edition.without[place])


def _documents(page: Page, edition: Edition) -> None:
    """A kept document to download: every one for officials, for a secretary the own ones."""
    readers = [finalising.secretary(community) for community in page.person.communities]
    if page.may(roles.ADMINISTER):
        readers = [finalising.OFFICIAL, finalising.VIEWER]
    names = [
        name
        for reader in readers
        for name in keeping.documents(edition, reader)
        if not name.endswith(kept_slides.ENDING)  # for the projector
    ]
    if not names:
        return
    name = st.selectbox(
        _("Document"), names, format_func=partial(_document_words, page), key="edition-document"
    )
    ending = str(name).rpartition(".")[2]
    st.download_button(
        _("Download as it was kept"),
        data=session.export(page.district.home, str(name), partial(_bytes, page, edition, name)),
        file_name=f"{edition.name}-{name}".replace("/", "-"),
        mime=report.MIME.get(ending, "application/octet-stream"),
        on_click="ignore",
        key="edition-download",
        icon=":material/download:",
    )


def _bytes(page: Page, edition: Edition, name: str) -> bytes:
    return keeping.document(page.district.home, edition, name) or b""


def _document_words(page: Page, name: str) -> str:
    reader, period, file = name.split("/")
    place, _dot, ending = file.rpartition(".")
    grain = "month" if len(period) == 7 and "Q" not in period else "quarter"
    who = _("for readers of published values") if reader == finalising.VIEWER else _("exact")
    shown = page.look.name(DISTRICT if place == DISTRICT else place)
    period = number_text.period(grain if "-" in period else "year", period)
    return " · ".join([shown, period, ending, who])
