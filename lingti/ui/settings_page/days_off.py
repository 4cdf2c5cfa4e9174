"""Holidays: those the program knows by itself, and those of the district's own."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lingti.district import Holiday, change, settings
from lingti.judging import number_text
from lingti.judging.sentences import joined
from lingti.judging.verdicts.holidays import holidays as public_holidays
from lingti.language import gettext as _
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.tables import Column, table
from lingti.ui.window import session
from lingti.ui.window.frame import Page


def days_off(page: Page) -> None:
    """Draws the list, and the form that adds days off."""
    section(
        _("Holidays"), _("A week with one of these days is shown, and judged by no other week.")
    )
    years = sorted({day.year for day in public_holidays()})
    words = _("The public holidays of {first} to {last} are known; enter those of later years.")
    st.caption(words.format(first=years[0], last=_last_whole_year()))
    held = {str(holiday.first_day): holiday for holiday in page.district.holidays}
    home, by = page.district.home, session.account()
    if held:
        _list(list(held.values()))
        columns = st.columns([4, 1], vertical_alignment="bottom")
        chosen = columns[0].selectbox(
            _("One to take out"), list(held), format_func=lambda key: held[key].name
        )
        if columns[1].button(_("Take it out"), key="lt-holiday-out"):
            change.enter(home, settings.HOLIDAY, str(chosen), None, by)
            st.rerun()
    else:
        empty(_("None of the district's own."))
    with st.form("lt-holiday", border=False, clear_on_submit=True):
        first, second, third = st.columns(3)
        name = first.text_input(_("Name of the holiday"), max_chars=20)
        from_day = second.date_input(_("First day off"), None)
        to = third.date_input(_("Last day off"), None)
        if not st.form_submit_button(_("Add it"), type="primary"):
            return
    if not name.strip() or from_day is None or (to or from_day) < from_day:
        st.error(_("Give its name and its first day; it does not end before that."))
        return
    change.holiday(home, Holiday(from_day, to or from_day, name.strip()), by)
    st.rerun()


def _last_whole_year() -> int:
    """The newest year of which more than the Spring Festival is known."""
    return max(day.year for day, name in public_holidays().items() if name != "春节")


def _list(holidays: list[Holiday]) -> None:
    frame = pd.DataFrame(
        [
            {
                "name": holiday.name,
                "days": joined(
                    list(
                        dict.fromkeys(
                            [number_text.day(holiday.first_day), number_text.day(holiday.last_day)]
                        )
                    )
                ),
            }
            for holiday in holidays
        ]
    )
    table(
        frame,
        [Column("name", _("Name of the holiday"), heading=True), Column("days", _("Days off"))],
        name="holidays",
    )
