"""The page on which numbers are asked about: the form, the list, a question with its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import htpy as h
import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.catalog import DISTRICT
from lingti.district import follow_ups
from lingti.district.follow_ups import ASK, STATUSES, About, FollowUp, NotAllowedError, Step
from lingti.judging import number_text
from lingti.judging.periods import Period
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import pickers, url
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.follow_up_links import FOLLOW_UP, ROW, WHICH
from lingti.ui.parts.html_out import Html, put, send
from lingti.ui.parts.row_links import Number, asked_number, opening
from lingti.ui.parts.tables import Column, as_it_is, listing, table, unbroken
from lingti.ui.rows import number_words
from lingti.ui.window import session
from lingti.ui.window.frame import Page
from lingti.warehouse import ask
from lingti.warehouse.ask import QuestionError

_SIGNS = dict(zip(STATUSES, "○◐✓", strict=True))
_SHORT = 60  # signs of a question in lists of other pages


def status_words(status: str) -> str:
    """How a question stands, in a word."""
    return {
        follow_ups.OPEN: _("waits for an answer"),
        follow_ups.ANSWERED: _("answered"),
        follow_ups.CLOSED: _("closed"),
    }[status]


def act_words(act: str) -> str:
    """A step as a button calls it."""
    return {
        follow_ups.ASK: _("Ask"),
        follow_ups.ANSWER: _("Answer"),
        follow_ups.CLOSE: _("Close"),
        follow_ups.REOPEN: _("Ask again"),
        follow_ups.TAKE_BACK: _("Take back the last step"),
    }[act]


def visible(page: Page) -> list[FollowUp]:
    """The questions that the visitor may read, about numbers there still are."""
    readable = follow_ups.seen_by(page.person, follow_ups.follow_ups(page.district.home))
    places = {DISTRICT, *(community.id for community in page.district.communities)}
    return [
        follow_up
        for follow_up in follow_ups.most_urgent_first(readable)
        if follow_up.about.metric in page.catalog.metrics and follow_up.about.place in places
    ]


def asking(page: Page) -> bool:
    """The form that asks about the number that the address names; whether it names one."""
    number = asked_number()
    about = _about(page, number)
    if about is None:
        return False
    metric = page.catalog.metrics[about.metric]
    section(
        _("Ask about: {title}").format(title=metric.title.pick()),
        " · ".join(filter(None, [number_words(page, number), _row_words(page, about)])),
    )
    put(h.p(".lt-last")[_value_html(page, about)])
    if not follow_ups.may_ask(page.person, about.place):
        empty(_("Officials ask about these numbers, and of a community its secretary."))
        return True
    with st.form("follow-up", clear_on_submit=True, border=True):
        to = st.selectbox(
            _("Who should answer"),
            _asked_roles(page, about.place),
            format_func=session.role_title,
            key="follow-up-to",
        )
        text = st.text_input(
            _("Question"),
            max_chars=follow_ups.MOST_SIGNS,
            placeholder=_("Why half of last month?"),
            key="follow-up-text",
        )
        st.caption(_read_by(about.place))
        if not st.form_submit_button(act_words(ASK), type="primary"):
            return True
    try:
        key = follow_ups.ask(page.district.home, about, str(to), str(text), page.person, page.today)
    except NotAllowedError as error:
        st.error(str(error))
        return True
    url.write(WHICH, key)
    st.rerun()
    return True


def _read_by(place: str) -> str:
    """Who will read what is asked."""
    if place == DISTRICT:
        return _("Officials read it. Write no names.")
    return _("Officials, the community's secretary and its subdistrict read it. Write no names.")


def _asked_roles(page: Page, place: str) -> list[str]:
    """Whom a question may go to; a subdistrict only where the community lies in one."""
    lies_in = {community.id for community in page.district.communities if community.subdistrict.zh}
    return [
        role
        for role in follow_ups.asked_roles(place)
        if role != roles.SUBDISTRICT or place in lies_in
    ]


def _about(page: Page, number: Number) -> About | None:
    """What the address asks about; None where it names no number, or one there is not."""
    if number.metric not in page.catalog.metrics or not number.of:
        return None
    place = number.place or DISTRICT
    if place not in {DISTRICT, *(community.id for community in page.district.communities)}:
        return None
    try:
        number.question(page.catalog)
    except QuestionError:
        return None
    about = About(number.metric, place, number.of, number.by, number.member)
    batch, file, sheet, row = (url.read(name) for name in ROW)
    if not (batch.isdigit() and row.isdigit()):
        return about
    of_row = (int(batch), int(file) if file.isdigit() else 0, sheet, int(row))
    asked = About(number.metric, place, number.of, number.by, number.member, *of_row)
    return asked if _row_words(page, asked) else about


def _row_words(page: Page, about: About) -> str:
    """Where the row asked about stands; "" for a whole number, or a row of others."""
    if not about.batch:
        return ""
    rows = page.warehouse.rows(
        "select name, community from files join batches using (batch)"
        " where batch = $batch and file = $file",
        batch=about.batch,
        file=about.file,
    )
    if not any(about.place in (DISTRICT, row["community"]) for row in rows):
        return ""
    parts = (rows[0]["name"], about.sheet, _("row {number}").format(number=about.row))
    return " · ".join(part for part in parts if part)


def _value_html(page: Page, about: About) -> Html:
    """The number as it is now, a link to its rows; or the word in its place."""
    number = Number(about.metric, about.place, about.of, about.by, about.member)
    metric = number.definition(page.catalog)
    try:
        rows = ask.values(page.warehouse, number.question(page.catalog))
    except QuestionError:
        rows = []
    value = rows[0]["value"] if rows else None
    if value is None:
        state = number_text.state_of(None, rows[0]["state"]) if rows else "nothing"
        return h.fragment[_("Now: "), number_text.state(state)]
    shown = opening(number_text.measured_exact(value, metric), **number.parts)
    return h.fragment[_("Now: "), shown]


def asked_for(page: Page) -> list[FollowUp]:
    """The questions looked at: about the number of the address, or of the status chosen."""
    every = visible(page)
    about = _about(page, asked_number())
    if about is not None:
        of = (about.metric, about.place, about.of)
        return [
            follow_up
            for follow_up in every
            if (follow_up.about.metric, follow_up.about.place, follow_up.about.of) == of
        ]
    status = pickers.choose_one(
        "status",
        ("all", *STATUSES),
        lambda status_code: _("all") if status_code == "all" else status_words(status_code),
        _("Status"),
    )
    return [follow_up for follow_up in every if status in ("all", follow_up.status)]


def heading() -> str:
    """Of what the list below is."""
    return _("Asked about this number") if asked_number().metric else _("Everything asked")


def summary(found_ones: Sequence[FollowUp]) -> str:
    """How many questions there are, and how many wait for an answer."""
    if not found_ones:
        return _("Nothing is asked here.")
    waiting = sum(follow_up.status == follow_ups.OPEN for follow_up in found_ones)
    many = ngettext("{count} question, {waiting} without an answer.",
                    "{count} questions, {waiting} without an answer.", len(found_ones))  # fmt: skip
    return many.format(count=number_text.exact(len(found_ones)), waiting=waiting)


def listed(page: Page, found_ones: Sequence[FollowUp], *, name: str = "") -> None:
    """Questions as a table, each a link to its steps; with downloads where it has a `name`."""
    if not found_ones:
        empty(_("None."))
        return
    frame = pd.DataFrame([_row(page, follow_up) for follow_up in found_ones])
    columns = [
        Column("status", _("Status"), html=as_it_is),
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("number", _("Number"), html=as_it_is),
        Column("text", _("Question"), html=as_it_is),
        Column("to", _("To"), html=unbroken),
        Column("answer", _("Answer")),
        Column("since", _("Since"), html=unbroken),
    ]
    columns = [column for column in columns if frame[column.key].astype(bool).any()]
    if name:
        table(frame, columns, name=name)
    else:
        listing(frame, columns)


def lead_to_all() -> None:
    """A link to everything that was asked."""
    put(h.p(".lt-more")[h.a(".lt-defined", href=url.link(FOLLOW_UP))[_("Everything asked"), " →"]])


def _row(page: Page, follow_up: FollowUp) -> dict[str, Html | str]:
    answers = [step.text for step in follow_up.steps if step.act == follow_ups.ANSWER]
    return {
        "status": _status_html(follow_up),
        "place": page.look.name(follow_up.about.place),
        "number": h.span[_number_words(page, follow_up.about)],
        "text": h.a(".lt-defined", href=url.link(FOLLOW_UP, **{WHICH: follow_up.key}))[
            follow_up.text
        ],
        "to": session.role_title(follow_up.to),
        "answer": answers[-1] if answers else "",
        "since": number_text.day(follow_up.since),
    }


def _status_html(follow_up: FollowUp) -> Html:
    """A status as sign and word; it is no verdict and has no colour."""
    return h.span(".lt-standing")[_SIGNS[follow_up.status], "\xa0", status_words(follow_up.status)]


def _number_words(page: Page, about: About) -> str:
    """The number asked about without its place, and its row where it is one."""
    number = Number(about.metric, about.place, about.of, about.by, about.member)
    title = page.catalog.metrics[about.metric].title.pick()
    parts = number_words(page, number).split(" · ")[1:]
    return " · ".join(filter(None, [title, *parts, _row_words(page, about)]))


def thread(page: Page) -> None:
    """The question that the address names with its steps, and the form of the next one."""
    follow_up = next((each for each in visible(page) if each.key == url.read(WHICH)), None)
    if follow_up is None:
        return
    section(
        follow_up.text,
        f"{page.look.name(follow_up.about.place)} · {_number_words(page, follow_up.about)}",
    )
    put(h.p(".lt-last")[_status_html(follow_up), " · ", _value_html(page, follow_up.about)])
    send(h.ul(".lt-owed")[[_step_html(step) for step in follow_up.steps]])
    may = follow_ups.acts(page.person, follow_up)
    if may:
        _step_form(page, follow_up, may)


def _step_html(step: Step) -> Html:
    words = {
        follow_ups.ASK: _("asked"),
        follow_ups.ANSWER: _("answered"),
        follow_ups.CLOSE: _("closed"),
        follow_ups.REOPEN: _("asked again"),
    }[step.act]
    return h.li[h.b[words], h.span[step.text], h.small[step.by, " · ", number_text.day(step.on)]]


def _step_form(page: Page, follow_up: FollowUp, may: Sequence[str]) -> None:
    with st.form(f"follow-up-{follow_up.key}", clear_on_submit=True, border=True):
        text = ""
        if any(act != follow_ups.TAKE_BACK for act in may):
            text = st.text_input(
                _("Answer or remark"), max_chars=follow_ups.MOST_SIGNS, key="follow-up-answer"
            )
        with st.container(horizontal=True):
            pressed = [
                act
                for at, act in enumerate(may)
                if st.form_submit_button(act_words(act), type="secondary" if at else "primary")
            ]
    if not pressed:
        return
    try:
        follow_ups.take(
            page.district.home, follow_up, pressed[0], str(text), page.person, page.today
        )
    except NotAllowedError as error:
        st.error(str(error))
        return
    st.rerun()


def waiting(page: Page, place: str) -> None:
    """What a community was asked and has not answered, on its page; nothing for other visitors."""
    lines = [
        h.li[
            h.a(".lt-defined", href=url.link(FOLLOW_UP, **{WHICH: follow_up.key}))[
                _("Answer: {question}").format(question=_in_short(follow_up.text)), " →"
            ],
            h.span[_number_words(page, follow_up.about), " · ", session.role_title(follow_up.to)],
        ]
        for follow_up in visible(page)
        if follow_up.about.place == place and follow_up.status == follow_ups.OPEN
    ]
    if lines:
        put(h.ul(".lt-owed.lt-to-submit")[lines])


def of_week(page: Page, week: Period, places: Sequence[str]) -> list[FollowUp]:
    """What was asked and not closed at the end of a week, or was closed in it; of these places.

    The newest week of which there are data ends today, so that what was just asked is spoken of.
    """
    reached = max(page.until.values(), default=page.today)
    is_newest = week.last_day + timedelta(days=7) > reached
    end = max(week.last_day, page.today) if is_newest else week.last_day
    stood = [follow_up.at_end_of(end) for follow_up in visible(page)]
    return [
        follow_up
        for follow_up in stood
        if follow_up is not None
        and follow_up.about.place in (*places, DISTRICT)
        and (follow_up.status != follow_ups.CLOSED or follow_up.since >= week.first_day)
    ]


def _in_short(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"
