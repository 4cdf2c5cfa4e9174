"""The weekly review on a page: its week, and its parts in the order of the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import htpy as h
import pandas as pd
import streamlit as st

from lingti.access.roles import ROWS
from lingti.catalog import UNFILLED
from lingti.charts import Charted
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.judging.reporting.findings import Broken
from lingti.judging.reporting.reporting import Return, title_of
from lingti.judging.review import WeekSignal
from lingti.judging.verdicts.signal_count import SignalCount, count_words
from lingti.judging.verdicts.verdict_words import why_words
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.cards import beside
from lingti.ui.parts.downloads import MOST_DOWNLOADED, downloads
from lingti.ui.parts.elements import empty, sentence
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.row_links import opening
from lingti.ui.parts.tables import (
    MOST_ROWS,
    Column,
    as_downloaded,
    as_it_is,
    listing,
    say_cut,
    unbroken,
)
from lingti.ui.parts.verdict_marks import verdict_mark
from lingti.ui.reporting import behind_link
from lingti.ui.reporting import words as return_words
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import rows


def week(page: Page) -> Period:
    """The week looked at, kept in the address; the newest whole week of the data by default."""
    weeks = page.periods["week"]
    reached = max(page.until.values(), default=page.today)
    whole = [period for period in weeks if period.last_day <= reached] or weeks
    by_id = {period.id: period for period in reversed(weeks)}
    asked = url.read("week")
    chosen = by_id.get(asked, whole[-1])
    st.selectbox(
        _("Week"),
        list(by_id),
        format_func=lambda one: _week_words(by_id[one]),
        width=320,
        **url.follow("review-week", "week", chosen.id, str),
    )
    return chosen


def _week_words(period: Period) -> str:
    days = f"{number_text.day_short(period.first_day)} – {number_text.day_short(period.last_day)}"
    return f"{number_text.period('week', period.id)} ({days})"


def part(number: int, title: str, count: int) -> None:
    """The heading of one item of the agenda, with how many points it has."""
    send(
        h.div(".lt-section.lt-agenda")[
            h.h2[h.i[number], title, " ", h.small[number_text.exact(count)]]
        ]
    )


def signals_list(page: Page, week_signals: Sequence[WeekSignal], count: SignalCount) -> None:
    """The week's signals: where, which number, how large, why, and how many come by chance."""
    if not week_signals:
        empty(_("No number of this week is more than ordinary variation."))
        return
    sentence(count_words(count))
    frame = pd.DataFrame([_signal_row(page, week_signal) for week_signal in week_signals])
    columns = [
        Column("verdict", _("Verdict"), html=as_it_is),
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("metric", _("Metric"), html=as_it_is),
        Column("value", _("This week"), html=as_it_is, number=True),
        Column("mean", _("Mean"), number=True),
        Column("why", _("Why")),
    ]
    listing(frame, columns)


def _signal_row(page: Page, week_signal: WeekSignal) -> dict[str, Html | str]:
    measure = Charted(week_signal.metric, week_signal.community, week_signal.verdict).measure
    link = url.link("verdicts", metric=week_signal.metric.name)
    value: Html | str = number_text.measured(week_signal.value, measure)
    if week_signal.verdict.grain == "week":
        value = opening(
            value, week_signal.metric.name, week_signal.community, week_signal.verdict.judged_period
        )
    if judged := week_signal.verdict.judged:
        days = (week_signal.community, judged.first_day, judged.last_day)
        (count,) = to_correct.counts(page.warehouse, week_signal.metric, [days])
        value = h.fragment[value, beside(to_correct.words(count))]
    return {
        "verdict": verdict_mark(week_signal.verdict),
        "place": page.look.name(week_signal.community),
        "metric": h.a(".lt-defined", href=link)[week_signal.metric.title.pick()],
        "value": value,
        "mean": number_text.measured(week_signal.verdict.centre, measure),
        "why": why_words(week_signal.verdict),
    }


def findings_list(page: Page, which: Broken, number: int) -> None:
    """The week's findings, one to a line; with many the first, and all of them to download."""
    if not number:
        empty(_("No row of this week breaks a rule."))
        return
    listing(_findings(page, which, MOST_ROWS), _finding_columns())
    say_cut(number, MOST_ROWS)
    if number > MOST_ROWS:
        downloads(partial(_findings_file, page, which), name="new-findings")


def _findings_file(page: Page, which: Broken) -> pd.DataFrame:
    return as_downloaded(_findings(page, which, MOST_DOWNLOADED), _finding_columns())


def _findings(page: Page, which: Broken, most: int) -> pd.DataFrame:
    known = page.catalog.checks
    return pd.DataFrame(
        [
            {
                "place": page.look.name(row.community),
                "rule": known[row.check].title.pick() if row.check in known else row.check,
                "day": number_text.day(pd.Timestamp(row.day).date()),
                "file": f"{row.file or ''} · {row.row}",
                "advice": known[row.check].advice.pick() if row.check in known else "",
            }
            for row in rows(which.rows(page.warehouse, most))
        ]
    )


def _finding_columns() -> list[Column]:
    return [
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("rule", _("Rule")),
        Column("day", _("Day"), html=unbroken),
        Column("file", _("File and row")),
        Column("advice", _("What to do")),
    ]


def returns_list(page: Page, owed: Sequence[Return]) -> None:
    """What was due by the end of the week and is not complete."""
    if not owed:
        empty(_("Everything due has been sent."))
        return
    frame = pd.DataFrame(
        [
            {
                "place": page.look.name(missing_return.community),
                "sent": title_of(page.catalog, page.district, missing_return),
                "month": number_text.period("month", missing_return.period),
                "state": h.a(".lt-defined", href=behind_link(missing_return))[
                    return_words(missing_return.state)
                ],
            }
            for missing_return in owed
        ]
    )
    columns = [
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("sent", _("Who sends what")),
        Column("month", _("Month"), html=unbroken),
        Column("state", _("State"), html=as_it_is),
    ]
    listing(frame, columns)


def _overdue_link(page: Page, row: Any, until: Period) -> Html | str:
    """The number of concerns over their limit, as a link to their rows."""
    shown = number_text.exact(row.concerns)
    if not page.may(ROWS, row.community):
        return shown
    member = row.category or UNFILLED
    return opening(shown, "concerns_overdue", row.community, until.id, "category", member)


def concerns_list(page: Page, concerns: pd.DataFrame, until: Period) -> None:
    """Concerns over their limit by community and kind, the oldest day with them."""
    if concerns.empty:
        empty(_("No concern has been open for over 14 days."))
        return
    frame = pd.DataFrame(
        [
            {
                "place": page.look.name(row.community),
                "category": row.category or _("Not filled in"),
                "concerns": _overdue_link(page, row, until),
                "oldest": number_text.day(pd.Timestamp(row.oldest).date()),
            }
            for row in rows(concerns)
        ]
    )
    columns = [
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("category", _("Kind of concern")),
        Column("concerns", _("Concerns"), html=as_it_is, number=True),
        Column("oldest", _("Oldest raised"), html=unbroken),
    ]
    listing(frame, columns)
