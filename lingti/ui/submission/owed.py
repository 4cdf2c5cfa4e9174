"""What a community owes of the months that are over: to be submitted, or returned with remarks."""

from __future__ import annotations

import htpy as h

from lingti.editions import submissions
from lingti.editions.submissions import OPEN, RETURN, Standing
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.ui.parts.html_out import put
from lingti.ui.submission.overview import (
    blocking_words,
    may_look,
    status_html,
    submission_link,
)
from lingti.ui.submission.steps import about
from lingti.ui.window.frame import Page

MONTHS = 3  # the newest ones that are over
WORDS = 60  # of a remark


def owed(page: Page, place: str) -> None:
    """One line per newest month that is open, returned first; nothing for other visitors."""
    if not may_look(page, place):
        return
    over = [period for period in page.periods["month"] if period.last_day < page.today][-MONTHS:]
    standings = [(month, _standing(page, month, place)) for month in over]
    # Months before the first that was ever submitted are not asked for.
    begun = [
        number
        for number, (_month, standing) in enumerate(standings)
        if standing and (standing.act or standing.edition)
    ]
    asked = standings[min(begun, default=-1) :]
    waiting = [
        (month, standing)
        for month, standing in asked
        if standing is not None and standing.status == OPEN
    ]
    waiting.sort(key=lambda pair: (pair[1].act != RETURN, pair[0].id))
    lines = [
        h.li[
            h.a(".lt-defined", href=submission_link(month.id, place))[
                _("Submit {period}").format(period=number_text.period("month", month.id)), " →"
            ],
            " ",
            status_html(standing),
            h.span[" ", _status_words(page, standing)],
        ]
        for month, standing in waiting
    ]
    if lines:
        put(h.ul(".lt-owed.lt-to-submit")[lines])


def _standing(page: Page, month: Period, place: str) -> Standing | None:
    standings = submissions.standings(page.district.home, month)
    return next((standing for standing in standings if standing.community == place), None)


def _status_words(page: Page, standing: Standing) -> str:
    """Why it is open: what was remarked last when it was returned, else what is in the way."""
    remarks = [each for each in standing.remarks if each.act == RETURN]
    if standing.act == RETURN and not standing.was and remarks:
        text = about(page, remarks[-1].on) + remarks[-1].text
        return text if len(text) <= WORDS else text[:WORDS] + "…"
    return blocking_words(page, standing)
