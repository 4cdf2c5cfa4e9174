"""The forms that lead a month on: submit, take back, accept, return; and what was remarked."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h
import streamlit as st

from lingti.access import roles
from lingti.editions import submission_words, submissions
from lingti.editions.submissions import (
    ACCEPTED,
    MOST_SIGNS,
    OPEN,
    SUBMITTED,
    Remark,
    Standing,
    WrongStateError,
)
from lingti.ingest.keeping.batches import BatchError
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.ui.definitions import in_order
from lingti.ui.parts import pickers
from lingti.ui.parts.elements import section
from lingti.ui.parts.html_out import send
from lingti.ui.submission.overview import blocking_words, day_words, status_html
from lingti.ui.submission.signed import still_open
from lingti.ui.window.frame import Page

MOST_ASKED = 12  # things to remark on that a form has fields for


def steps(page: Page, month: Period, standing: Standing) -> None:
    """How a community's month stands, what was remarked, and the forms of the next step."""
    section(_("The next step"))
    name = page.look.name(standing.community)
    line = h.p(".lt-last")[
        h.b[name], " ", status_html(standing), " ", blocking_words(page, standing)
    ]
    send(line)
    remarks_list(page, standing.remarks)
    if page.may(roles.ENTER, standing.community):
        if standing.status == OPEN and month.last_day < page.today:
            _submit(page, month, standing)
        may_take_back = standing.status == SUBMITTED and standing.act == submissions.SUBMIT
        if may_take_back and st.button(_("Take back"), key="take-back"):
            _take(page, submissions.TAKE_BACK, month, standing, [])
    waiting = (SUBMITTED, ACCEPTED) if page.may(roles.ADMINISTER) else (SUBMITTED,)
    if standing.status in waiting and page.may(roles.ACCEPT, standing.community):
        _accept_or_return(page, month, standing)


def _may_accept(page: Page, standing: Standing) -> bool:
    """Whether it is the turn of who is at the screen: of a subdistrict until it has accepted."""
    is_first = standing.act != submissions.ACCEPT_FIRST
    return standing.status == SUBMITTED and (is_first or page.may(roles.ADMINISTER))


def remarks_list(page: Page, remarks: Sequence[Remark]) -> None:
    """What was remarked, the oldest first; nothing where nothing was."""
    if not remarks:
        return
    lines = [
        h.li[
            h.b[submission_words.act_words(remark.act)],
            h.span[about(page, remark.on), remark.text],
            h.small[remark.by, " · ", day_words(remark.at)],
        ]
        for remark in remarks
    ]
    send(h.ul(".lt-owed")[lines])


def about(page: Page, on: str) -> str:
    """What a remark is on, in front of it: a metric, a rule or a table; "" for all of it."""
    if not on:
        return ""
    known = page.catalog
    title = on
    if on in known.metrics:
        title = known.metrics[on].title.pick()
    elif on in known.checks:
        title = known.checks[on].title.pick()
    elif on in known.tables:
        title = known.tables[on].title.pick()
    elif on in page.district.sources:
        title = page.district.source(on).title.pick()
    return _("{name}: ").format(name=title)


def _submit(page: Page, month: Period, standing: Standing) -> None:
    opens = still_open(page, month, standing.community)[:MOST_ASKED]
    with st.form(f"submit-{standing.community}", border=True):
        if opens:
            st.caption(_("What is not as it should be may be signed with a remark that says why."))
        texts = [
            st.text_input(each.words, key=f"remark-{each.on}", max_chars=MOST_SIGNS)
            for each in opens
        ]
        all_of_it = st.text_input(_("Remark"), key="remark-all", max_chars=MOST_SIGNS)
        label = _("Submit {period}").format(period=number_text.period("month", month.id))
        if not st.form_submit_button(label, type="primary"):
            return
    remarks = [Remark(text.strip(), each.on) for text, each in zip(texts, opens, strict=True)]
    remarks.append(Remark(all_of_it.strip()))
    _take(page, submissions.SUBMIT, month, standing, [each for each in remarks if each.text])


def _accept_or_return(page: Page, month: Period, standing: Standing) -> None:
    with st.form(f"accept-{standing.community}", border=True):
        metrics = {each.name: each.title.pick() for each in in_order(page.catalog)}
        on = st.selectbox(
            _("Remark on"),
            ["", *metrics],
            format_func=lambda each: metrics.get(each, _("all of it")),
            key="return-on",
        )
        text = st.text_input(_("Remark"), key="return-text", max_chars=MOST_SIGNS)
        left, right = st.columns(2)
        label = _("Accept")
        if standing.waits_for_subdistrict and page.may(roles.ADMINISTER):
            label = _("Accept for the subdistrict")
        accepts = _may_accept(page, standing) and left.form_submit_button(label, type="primary")
        returns = right.form_submit_button(_("Return"))
    remarks = [Remark(text.strip(), str(on or ""))] if text.strip() else []
    if accepts:
        _take(page, submissions.next_acceptance(standing), month, standing, remarks)
    elif returns and not remarks:
        st.error(_("Say in a remark why it is returned."))
    elif returns:
        _take(page, submissions.RETURN, month, standing, remarks)


def _take(
    page: Page, act: str, month: Period, standing: Standing, remarks: Sequence[Remark]
) -> None:
    try:
        submissions.take(
            page.district.home,
            act,
            standing.community,
            month,
            remarks,
            pickers.author(),
            today=page.today,
        )
    except (WrongStateError, BatchError) as error:
        st.error(str(error))
        return
    st.rerun()
