"""How the month of every community stands, and the choice of a month and a community."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import htpy as h
import pandas as pd
import streamlit as st

from lingti import language
from lingti.access import roles
from lingti.editions import keeping, submission_words, submissions
from lingti.editions.submissions import ACCEPTED, FINAL, OPEN, STATUSES, SUBMITTED, Standing
from lingti.judging import number_text
from lingti.judging.periods import Period, latest_complete
from lingti.language import gettext as _
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.tables import Column, as_it_is, listing, unbroken
from lingti.ui.window.frame import Page

MONTH, COMMUNITY = "month", "community"
_SIGNS = {OPEN: "○", SUBMITTED: "◐", ACCEPTED: "✓", FINAL: "■"}


def choose_month(page: Page) -> Period:
    """A month that is over, kept in the address; the newest complete one by default."""
    months = page.periods["month"]
    over = [month for month in months if month.last_day < page.today] or months
    by_id = {period.id: period for period in reversed(over)}
    newest = latest_complete(over, list(page.until.values()))
    chosen = by_id.get(url.read(MONTH), newest)
    st.selectbox(
        _("Month"),
        list(by_id),
        format_func=lambda month: number_text.period("month", month),
        width=190,
        **url.follow("submission-month", MONTH, chosen.id, str),
    )
    return chosen


def standings(page: Page, month: Period) -> list[Standing]:
    """How the month of every community stands of which it is expected, or came."""
    return submissions.standings(page.district.home, month)


def summary(page: Page, month: Period, all_standings: Sequence[Standing]) -> str:
    """How many communities have come how far, and which edition there is."""
    if not all_standings:
        return ""
    counts = [
        (status_code, sum(each.status == status_code for each in all_standings))
        for status_code in STATUSES
    ]
    parts = [
        _("{status} {count}").format(count=count, status=submission_words.status_words(status))
        for status, count in counts
        if count
    ]
    sentence = _("{period}, of {all} communities: {parts}.").format(
        period=number_text.period("month", month.id),
        all=len(all_standings),
        parts=language.clauses(parts),
    )
    edition = keeping.newest(page.district.home, month.id)
    if edition is None:
        return sentence
    kept = _("Edition {edition} was finalised on {day}.")
    return " ".join([sentence, kept.format(edition=edition.name, day=day_words(edition.at))])


def listed(page: Page, month: Period, all_standings: Sequence[Standing]) -> None:
    """One row per community: its state, by whom and when, and what stands in the way."""
    if not all_standings:
        empty(_("Nothing of this month is expected, and nothing came."))
        return
    frame = pd.DataFrame([_row(page, standing) for standing in all_standings])
    columns = [
        Column("place", _("Community"), html=as_it_is, heading=True),
        Column("status", _("Status"), html=as_it_is),
        Column("by", _("By"), html=unbroken),
        Column("on", _("On"), html=unbroken),
        Column("edition", _("Edition"), html=unbroken),
        Column("open", _("In the way")),
    ]
    listing(frame, [column for column in columns if frame[column.key].astype(bool).any()])


def _row(page: Page, standing: Standing) -> dict[str, Html | str]:
    name = page.look.name(standing.community)
    sees = may_look(page, standing.community)
    link = submission_link(standing.period, standing.community)
    return {
        "place": h.a(".lt-defined", href=link)[name] if sees else name,
        "status": status_html(standing),
        "by": standing.by if sees else "",
        "on": day_words(standing.at),
        "edition": standing.edition,
        "open": blocking_words(page, standing),
    }


def status_html(standing: Standing) -> Html:
    """A state as sign and word; it is no verdict and has no colour."""
    return h.span(".lt-standing")[
        _SIGNS[standing.status], "\xa0", submission_words.status_words(standing.status)
    ]


def blocking_words(page: Page, standing: Standing) -> str:
    """What stands in the way, in a sentence or two; "" where nothing does."""
    sentences = [submission_words.changed_words(standing)]
    if standing.status == OPEN and standing.act == submissions.RETURN and not standing.was:
        sentences.append(_("Returned; see the remarks."))
    if standing.waits_for_subdistrict:
        sentences.append(_("Its subdistrict accepts it first."))
    elif standing.status == SUBMITTED and standing.act == submissions.ACCEPT_FIRST:
        sentences.append(_("Accepted by its subdistrict."))
    if standing.missing:
        titles = [page.catalog.tables[name].title.pick() for name in standing.missing]
        sentences.append(_("Days are missing of {tables}.").format(tables=language.words(titles)))
    return " ".join(filter(None, sentences))


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


def choose_community(
    page: Page, month: Period, all_standings: Sequence[Standing]
) -> Standing | None:
    """The community whose month is looked at, of those the visitor may look at; None of none."""
    known = {
        standing.community: standing
        for standing in all_standings
        if may_look(page, standing.community)
    }
    if not known:
        return None
    return known[pickers.choose_one(COMMUNITY, list(known), page.look.name, _("Community"))]
