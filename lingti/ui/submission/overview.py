"""How the month of every community stands, and the choice of a month and a community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import htpy as h
import pandas as pd
import streamlit as st

from lingti import language
from lingti.access import roles
from lingti.editions import keeping, submissions
from lingti.editions.submissions import ACCEPTED, FINAL, OPEN, STATUSES, SUBMITTED, Standing
from lingti.judging import number_text
from lingti.judging.periods import Period, latest_complete
from lingti.language import gettext as _
from lingti.ui import pickers, url
from lingti.ui.elements import empty
from lingti.ui.frame import Page
from lingti.ui.html_out import Html
from lingti.ui.tables import Column, as_it_is, listing, unbroken

MONTH, COMMUNITY = "month", "community"
_SIGNS = {OPEN: "○", SUBMITTED: "◐", ACCEPTED: "✓", FINAL: "■"}


def choose_month(page: Page) -> Period:
    """A month that is over, kept in the address; the newest complete one by default."""
    months = page.periods["month"]
    over = [one for one in months if one.last_day < page.today] or months
    by_id = {one.id: one for one in reversed(over)}
    newest = latest_complete(over, list(page.until.values()))
    chosen = by_id.get(url.read(MONTH), newest)
    st.selectbox(
        _("Month"),
        list(by_id),
        format_func=lambda one: number_text.period("month", one),
        width=190,
        **url.follow("submission-month", MONTH, chosen.id, str),
    )
    return chosen


def standings(page: Page, month: Period) -> list[Standing]:
    """How the month of every community stands of which it is expected, or came."""
    return submissions.standings(page.district.home, month)


def summary(page: Page, month: Period, found: Sequence[Standing]) -> str:
    """How many communities have come how far, and which edition there is."""
    if not found:
        return ""
    counts = [(one, sum(each.status == one for each in found)) for one in STATUSES]
    parts = [
        _("{status} {count}").format(count=count, status=submissions.status_words(status))
        for status, count in counts
        if count
    ]
    says = _("{period}, of {all} communities: {parts}.").format(
        period=number_text.period("month", month.id),
        all=len(found),
        parts=language.clauses(parts),
    )
    made = keeping.newest(page.district.home, month.id)
    if made is None:
        return says
    kept = _("Edition {edition} was finalised on {day}.")
    return " ".join([says, kept.format(edition=made.name, day=day_words(made.at))])


def listed(page: Page, month: Period, found: Sequence[Standing]) -> None:
    """One row per community: its state, by whom and when, and what stands in the way."""
    if not found:
        empty(_("Nothing of this month is expected, and nothing came."))
        return
    frame = pd.DataFrame([_row(page, one) for one in found])
    columns = [
        Column("place", _("Community"), html=as_it_is, heading=True),
        Column("status", _("Status"), html=as_it_is),
        Column("by", _("By"), html=unbroken),
        Column("on", _("On"), html=unbroken),
        Column("edition", _("Edition"), html=unbroken),
        Column("open", _("In the way")),
    ]
    listing(frame, [one for one in columns if frame[one.key].astype(bool).any()])


def _row(page: Page, one: Standing) -> dict[str, Html | str]:
    name = page.look.name(one.community)
    sees = may_look(page, one.community)
    link = submission_link(one.period, one.community)
    return {
        "place": h.a(".lt-defined", href=link)[name] if sees else name,
        "status": status_html(one),
        "by": one.by if sees else "",
        "on": day_words(one.at),
        "edition": one.edition,
        "open": blocking_words(page, one),
    }


def status_html(one: Standing) -> Html:
    """A state as sign and word; it is no verdict and has no colour."""
    return h.span(".lt-standing")[_SIGNS[one.status], "\xa0", submissions.status_words(one.status)]


def blocking_words(page: Page, one: Standing) -> str:
    """What stands in the way, in a sentence or two; "" where nothing does."""
    says = [submissions.changed_words(one)]
    if one.status == OPEN and one.act == submissions.RETURN and not one.was:
        says.append(_("Returned; see the remarks."))
    if one.waits_for_subdistrict:
        says.append(_("Its subdistrict accepts it first."))
    elif one.status == SUBMITTED and one.act == submissions.ACCEPT_FIRST:
        says.append(_("Accepted by its subdistrict."))
    if one.missing:
        titles = [page.catalog.tables[name].title.pick() for name in one.missing]
        says.append(_("Days are missing of {tables}.").format(tables=language.words(titles)))
    return " ".join(filter(None, says))


def day_words(at: str) -> str:
    """The day of a moment in ISO 8601; "" for ""."""
    return number_text.day(date.fromisoformat(at[:10])) if at else ""


def may_look(page: Page, place: str) -> bool:
    """Whether who is at the screen sees what a community signs: officials, its subdistrict and
    its secretary."""
    return page.may(roles.FINDINGS, place)


def submission_link(month: str, place: str = "") -> str:
    """The address of how a month stands, and of what a community signs."""
    return url.link("submission", **{MONTH: month, COMMUNITY: place})


def choose_community(page: Page, month: Period, found: Sequence[Standing]) -> Standing | None:
    """The community whose month is looked at, of those the visitor may look at; None of none."""
    known = {one.community: one for one in found if may_look(page, one.community)}
    if not known:
        return None
    return known[pickers.one(COMMUNITY, list(known), page.look.name, _("Community"))]
