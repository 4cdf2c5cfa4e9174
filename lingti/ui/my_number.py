"""The page on which somebody types the number they have, and sees what would make it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import htpy as h
import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.catalog import DISTRICT, Metric
from lingti.editions import my_number
from lingti.editions.my_number import Candidate, Explained, Mine, NoNumberError, words
from lingti.judging import number_text
from lingti.judging.periods import Period, latest_complete
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty, section, sentence
from lingti.ui.parts.follow_up_links import asking
from lingti.ui.parts.html_out import Html, put
from lingti.ui.parts.my_number_links import MINE
from lingti.ui.parts.row_links import Number, opening, rows_link
from lingti.ui.parts.tables import Column, as_it_is, listing, table, unbroken
from lingti.ui.rows import number_words
from lingti.ui.window.frame import Page
from lingti.warehouse import ask, regrouped
from lingti.warehouse.ask import Question, QuestionError

MOST_OTHERS = 15


def asked(page: Page) -> tuple[Number, Question, Period]:
    """The number that the address names; chosen here as far as it does not. Ends the run if not.

    The place is one whose rows the visitor may see.
    """
    places = [
        community.id
        for community in page.district.communities
        if page.may(roles.ROWS, community.id)
    ]
    places += [DISTRICT] if page.may(roles.ROWS) else []
    if url.read("place") not in ("", *places) or not places:
        empty(_("Rows are not shown here: they could tell who somebody is."))
        st.stop()
    place = pickers.choose_one("place", places, page.look.name, _("Community"))
    with st.container(horizontal=True):
        metric = pickers.metric(page, page.district.common[0] if page.district.common else "")
        of = _of(page)
    by, member = url.read("by"), url.read("member")
    number = Number(metric.name, place, of, *((by, member) if by in metric.dimensions else ()))
    try:
        question = number.question(page.catalog)
        period = _period(page, number, question)
    except QuestionError:
        empty(_("This address names no number. Open it from a card, a chart or a table."))
        st.stop()
    return number, question, period


def _of(page: Page) -> str:
    """The period of the address; a month can be chosen, the newest complete one by default."""
    months = page.periods["month"]
    newest = latest_complete(months, list(page.until.values())).id
    of = url.read("of") or newest
    by_id = [month.id for month in reversed(months)]
    if of in by_id:
        st.selectbox(
            _("Month"),
            by_id,
            format_func=lambda month: number_text.period("month", month),
            width=190,
            **url.follow("my-number-month", "of", of, str),
        )
    return of


def _period(page: Page, number: Number, question: Question) -> Period:
    """The period of a number, or its range of days. Raises QuestionError."""
    days = regrouped.days(page.warehouse, question)
    if days is None:
        raise QuestionError(number.of)
    grain = "range" if "/" in number.of else ask.grain_of(number.of)
    return Period(grain, number.of, *days)


def typed(page: Page, number: Number) -> Mine | None:
    """The number that the visitor has, kept in the address; None where none is typed yet."""
    metric = number.definition(page.catalog)
    section(metric.title.pick(), number_words(page, number))
    text = st.text_input(
        _("The number you have ({unit})").format(unit=metric.unit.pick()),
        max_chars=30,
        width=320,
        **url.follow("my-number", MINE, url.read(MINE), str.strip),
    )
    if not text:
        return None
    try:
        return my_number.mine_of(text, metric)
    except NoNumberError:
        st.error(_("{text} is no number. Write it as 723, 1.2万 or 81.5%.").format(text=text))
        return None


def answer(page: Page, question: Question, period: Period, mine: Mine, number: Number) -> None:
    """What would make the number typed, the exact ones first, or what to compare next."""
    explained = my_number.explained(page.warehouse, page.district, question, period, mine)
    sentence(_summary(explained))
    if explained.ours is None and not explained.exact:
        state = number_text.state(number_text.state_of(None, explained.state))
        empty(_("There is no number here ({state}): import what is missing first.").format(
            state=state))  # fmt: skip
    if explained.is_same:
        return
    if explained.exact:
        section(
            _("This gives exactly your number"),
            _("That it does proves nothing; its rows tell."),
        )
        _listed(page, explained, explained.exact)
    if explained.open:
        section(_("This may make a difference"), _("Nobody knows yet how much."))
        _listed(page, explained, explained.open)
    if not explained.exact:
        section(_("Compare next"), _("Nothing that was looked at gives your number."))
        put(h.ul(".lt-owed")[[h.li[h.span[html]] for html in _next(page, explained, number)]])
    _by_time(page, explained)
    if explained.others:
        with st.expander(_("Looked at as well, and giving another number")):
            _listed(page, explained, explained.others[:MOST_OTHERS])


def _summary(explained: Explained) -> str:
    """Ours, theirs and the difference; or that they are the same."""
    metric = explained.metric
    if explained.ours is None:
        return ""
    ours = _exactly(explained.ours, metric)
    if explained.is_same:
        return _("It is the same number: {ours}.").format(ours=ours)
    more = explained.mine.value - explained.ours
    count = explained.rows_count
    words_ = ngettext(
        "Here it is {ours}, from {rows} row; yours is {more} more.",
        "Here it is {ours}, from {rows} rows; yours is {more} more.",
        count,
    )
    if more < 0:
        words_ = ngettext(
            "Here it is {ours}, from {rows} row; yours is {more} less.",
            "Here it is {ours}, from {rows} rows; yours is {more} less.",
            count,
        )
    rows = number_text.exact(count)
    return words_.format(ours=ours, rows=rows, more=_exactly(abs(more), metric))


def _exactly(value: float, metric: Metric) -> str:
    """A number with its unit and all that was typed of it."""
    if number_text.is_percent(metric):
        return f"{number_text.exact(value * 100, 2, trim=True)}%"
    return number_text.attach(number_text.exact(value, 2, trim=True), metric)


def _next(page: Page, explained: Explained, number: Number) -> list[Html]:
    """What to compare where nothing explains the difference."""
    steps: list[Html] = [
        h.fragment[
            _("Count the rows of your own ledger: here are {rows}.").format(
                rows=number_text.exact(explained.rows_count)
            )
        ]
    ]
    if explained.parts:
        words_ = _("Compare the days or months below with yours.")
        steps.append(h.fragment[words_])
    steps.append(
        h.fragment[
            _("Take the rows and compare them one by one:"),
            " ",
            h.a(".lt-defined", href=rows_link(**number.parts))[_("Which rows"), " →"],
        ]
    )
    asks = asking(page, h.fragment[_("Ask about it"), " →"], **number.parts)
    return [*steps, asks] if asks else steps


def _listed(page: Page, explained: Explained, candidates: Sequence[Candidate]) -> None:
    frame = pd.DataFrame([_row(page, explained, candidate) for candidate in candidates])
    columns = [
        Column("says", _("What would make it"), heading=True),
        Column("value", _("Number"), html=as_it_is, number=True),
        Column("more", _("Against yours"), html=unbroken, number=True),
        Column("rows", _("Rows concerned"), html=as_it_is, number=True),
    ]
    listing(frame, [column for column in columns if frame[column.key].astype(bool).any()])


def _row(page: Page, explained: Explained, candidate: Candidate) -> dict[str, Html | str]:
    metric = page.catalog.metrics[candidate.rows.get("metric", explained.metric.name)]
    value, more = "", ""
    if candidate.value is not None:
        value = _exactly(
            candidate.value, explained.metric if candidate.kind != "metric" else metric
        )
        less = candidate.value - explained.mine.value
        more = (
            "="
            if candidate.is_exact
            else number_text.signed(_exactly(abs(less), explained.metric), less)
        )
    return {
        "says": words.candidate_words(page.warehouse, explained.metric, candidate, page.look.name),
        "value": value,
        "more": more,
        "rows": _rows_html(page, candidate),
    }


def _rows_html(page: Page, candidate: Candidate) -> Html | str:
    """How many rows it concerns, as a link to where they are seen."""
    shown = number_text.exact(candidate.rows_count) if candidate.rows_count else _("see them")
    if candidate.kind in ("export", "with_export"):  # its rows count no more, so no number has them
        href = url.link("import_data", community=candidate.rows["place"])
        return h.a(".lt-defined", href=href)[shown]
    if candidate.kind == "reported":
        named = {name: candidate.rows[name] for name in ("metric", "place", "of")}
        return h.a(".lt-defined", href=url.link("revisions", **named))[_("Revisions")]
    if candidate.kind == "to_correct":
        return h.a(".lt-defined", href=url.link("findings", **{"in": candidate.rows["place"]}))[
            shown
        ]
    if candidate.kind == "days_missing":
        return h.a(".lt-defined", href=url.link("reporting"))[_("Reporting")]
    if not page.may(roles.ROWS, _place(candidate)):
        return ""
    return opening(shown, **candidate.rows)


def _place(candidate: Candidate) -> str | None:
    place = candidate.rows["place"]
    return None if place == DISTRICT else place


def _when(part: str) -> str:
    """A day or a month as one reads it."""
    if len(part) == len("2024-06"):
        return number_text.period("month", part)
    return number_text.day(date.fromisoformat(part))


def _by_time(page: Page, explained: Explained) -> None:
    """The rows and the number by day or month, to compare with one's own."""
    if len(explained.parts) < 2:
        return
    frame = pd.DataFrame(
        [
            {
                "when": _when(part.part),
                "rows": number_text.exact(part.rows_count),
                "only": "" if part.only is None else _exactly(part.only, explained.metric),
            }
            for part in explained.parts
        ]
    )
    columns = [
        Column("when", _("When"), html=unbroken, heading=True),
        Column("rows", _("Number of rows"), number=True),
        Column("only", _("Number"), number=True),
    ]
    with st.expander(_("Ours by day or month"), expanded=not explained.exact):
        table(frame, columns, name="my-number")
