"""Templates that the district hands down: with a deadline, and who has returned them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from lingti.access import roles
from lingti.district import Handed, change, settings
from lingti.ingest.checking import coverage
from lingti.ingest.checking.coverage import CoverageError
from lingti.ingest.mapping import templates
from lingti.judging import number_text
from lingti.judging.reporting.handed import Returned
from lingti.judging.reporting.reminders import days_words
from lingti.judging.sentences import joined
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.tables import Column, table, unbroken
from lingti.ui.window import session
from lingti.ui.window.frame import Page

DAYS_TO_RETURN = 14


def handed_down(page: Page, returned_templates: list[Returned]) -> None:
    """Draws who has returned what was handed down, the templates, and for officials the form."""
    official = page.may(roles.ADMINISTER)
    if not returned_templates and not official:
        return
    section(
        _("Templates handed down"),
        _("Filled in, they import by themselves; who has imported one has returned it."),
    )
    if returned_templates:
        _list(page, returned_templates)
        for returned in returned_templates:
            _download(page, returned)
    else:
        empty(_("None."))
    if official:
        _take_back(page, returned_templates)
        _form(page)


def _list(page: Page, returned_templates: list[Returned]) -> None:
    rows = []
    for returned in returned_templates:
        done = [place for place, day in returned.on.items() if day is not None]
        late = [place for place in done if (returned.on[place] or date.min) > returned.handed.due]
        rows.append(
            {
                "title": _title(page, returned.handed),
                "days": days_words(returned.handed.first_day, returned.handed.last_day),
                "due": number_text.day(returned.handed.due),
                "done": _("{done} of {all}").format(done=len(done), all=len(returned.on)),
                "late": joined([page.look.name(place) for place in late]),
                "owing": joined([page.look.name(place) for place in returned.owing]),
            }
        )
    columns = [
        Column("title", _("Template"), heading=True),
        Column("days", _("For"), html=unbroken),
        Column("due", _("Due by"), html=unbroken),
        Column("done", _("Returned"), html=unbroken),
        Column("late", _("Returned late")),
        Column("owing", _("Not returned")),
    ]
    frame = pd.DataFrame(rows)
    columns = [column for column in columns if column.key != "late" or frame["late"].any()]
    table(frame, columns, name="handed-down")


def _title(page: Page, handed: Handed) -> str:
    known = page.catalog.tables.get(handed.table)
    return known.title.pick() if known else handed.table


def _download(page: Page, returned: Returned) -> None:
    known = page.catalog.tables.get(returned.handed.table)
    if known is None:
        return
    days = days_words(returned.handed.first_day, returned.handed.last_day)
    st.download_button(
        _("Template: {title}").format(title=f"{known.title.pick()} · {days}"),
        data=partial(templates.workbook, known, current()),
        file_name=f"{known.title.pick()}_{days}.xlsx",
        key=f"lt-handed-{returned.handed.table}-{returned.handed.first_day}-{returned.handed.last_day}",
        icon=":material/download:",
        on_click="ignore",
    )


def _take_back(page: Page, returned_templates: list[Returned]) -> None:
    if not returned_templates:
        return
    named = {
        f"{handed.table}/{handed.first_day}/{handed.last_day}": handed
        for handed in (returned.handed for returned in returned_templates)
    }
    where = st.columns([4, 1], vertical_alignment="bottom")
    chosen = where[0].selectbox(
        _("One that is asked for no longer"),
        list(named),
        format_func=lambda key: " · ".join(
            [
                _title(page, named[key]),
                days_words(named[key].first_day, named[key].last_day),
            ]
        ),
    )
    if where[1].button(_("Take it out"), key="lt-handed-out"):
        change.enter(page.district.home, settings.HANDED, str(chosen), None, session.account())
        st.rerun()


def _form(page: Page) -> None:
    known = page.catalog.tables
    here = [
        community
        for community in page.district.communities
        if not community.until or community.until >= page.today
    ]
    last_month = page.today.replace(day=1) - timedelta(days=1)
    with st.form("lt-hand-down", border=False):
        first, second, third = st.columns(3)
        name = first.selectbox(
            _("What the rows are"),
            list(known),
            index=None,
            format_func=lambda table: known[table].title.pick(),
            placeholder=_("Choose"),
        )
        days = second.text_input(_("For"), f"{last_month:%Y-%m}", max_chars=40)
        due = third.date_input(_("Due by"), page.today + timedelta(days=DAYS_TO_RETURN))
        who = st.multiselect(
            _("Communities; all if left empty"),
            here,
            format_func=lambda community: community.name.pick(),
            placeholder=_("Choose"),
        )
        if not st.form_submit_button(_("Hand it down"), type="primary"):
            return
    if name is None:
        st.error(_("Choose which template is handed down."))
        return
    try:
        spans = coverage.parse(days)
    except CoverageError as error:
        st.error(str(error))
        return
    places = tuple(community.id for community in (who or here))
    handed = Handed(str(name), spans[0].first, spans[-1].last, due, places)
    change.hand_down(page.district.home, handed, session.account())
    st.rerun()
