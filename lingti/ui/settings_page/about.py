"""The district itself: its name, its programme's, when it reports, its four common numbers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lingti.district import BEGINNING, change, settings
from lingti.language import Text
from lingti.language import gettext as _
from lingti.ui import definitions
from lingti.ui.parts.elements import section
from lingti.ui.setting_words import field_title
from lingti.ui.settings_page.permission import origin
from lingti.ui.window import session
from lingti.ui.window.frame import Page

MOST_COMMON = 4
FIELDS = ("name", "programme", "note", "starts_on", "reporting_day", "common")


def about(page: Page) -> None:
    """Draws the form of the district's own settings."""
    district = page.district
    set_here = settings.of(district.home)
    section(_("The district"), _("Shown in the menu, in titles and in documents."))
    with st.form("lt-about", border=False):
        left, right = st.columns(2)
        with left:
            name = st.text_input(_("Name of the district"), district.name.zh, max_chars=60)
            programme = st.text_input(
                _("What the programme is called"), district.programme.zh, max_chars=60
            )
            note = st.text_input(_("A note above every page"), district.note.zh, max_chars=200)
        with right:
            starts_on = st.date_input(
                _("First day of the programme; left empty, the data tell"),
                None if district.starts_on == BEGINNING else district.starts_on,
                min_value=BEGINNING,
            )
            reporting_day = st.number_input(
                _("Days after a month's end by which it is reported"),
                min_value=1,
                max_value=60,
                value=district.reporting_day,
            )
        common = st.multiselect(
            _("The four numbers of the home page"),
            [metric.name for metric in definitions.in_order(page.catalog)],
            [metric_name for metric_name in district.common if metric_name in page.catalog.metrics],
            format_func=lambda metric_name: page.catalog.metrics[metric_name].title.pick(),
            max_selections=MOST_COMMON,
        )
        if not st.form_submit_button(_("Keep"), type="primary"):
            _origins(set_here)
            return
    if not name.strip():
        st.error(_("The district needs a name."))
        return
    fields: dict[str, Any] = {
        "name": _text(district.name, name),
        "programme": _text(district.programme, programme),
        "note": _text(district.note, note),
        "reporting_day": int(reporting_day),
        "common": list(common),
    }
    if starts_on is not None:
        fields["starts_on"] = str(starts_on)
    asked = {
        name: value
        for name, value in fields.items()
        if (settings.DISTRICT, name) in set_here
        or not (value in ("", []) or (name == "common" and value == [*district.common]))
    }
    change.district(district.home, asked, session.account())
    st.rerun()


def _text(before: Text | None, zh: str) -> Any:
    """The English words stay where the Chinese ones do."""
    zh = zh.strip()
    return {"zh": zh, "en": before.en} if before and before.zh == zh and before.en else zh


def _origins(set_here: dict[settings.Key, settings.Setting]) -> None:
    """Where the district's own settings come from."""
    shown = [
        f"{field_title(name)}: {origin(setting)}"
        for (kind, name), setting in set_here.items()
        if kind == settings.DISTRICT and name in FIELDS
    ]
    st.caption(" · ".join(shown))
