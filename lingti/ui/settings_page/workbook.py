"""All settings as one workbook: to take along, and to bring in again."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts.elements import empty, section
from lingti.ui.window import session
from lingti.ui.window.frame import Page
from lingti.upkeep import settings_book, settings_changes
from lingti.upkeep.settings_book import Problem
from lingti.upkeep.settings_changes import Change

FILE = "settings.xlsx"
MOST_MB = 10


def workbook(page: Page) -> None:
    """Draws the download, and what a workbook that is dropped would change."""
    home = page.district.home
    section(
        _("All settings as a workbook"),
        _("Change it in Excel and drop it here: first you see what it would change."),
    )
    st.download_button(
        _("Take the workbook along"),
        data=session.export(home, FILE, lambda: settings_book.write(home)),
        file_name=FILE,
        icon=":material/download:",
    )
    dropped = st.file_uploader(_("The changed workbook"), type=["xlsx"], max_upload_size=MOST_MB)
    if dropped is None:
        return
    changed, problems = settings_changes.compare(home, dropped.getvalue())
    if problems:
        _problems(problems)
        return
    if not changed:
        empty(_("It changes nothing."))
        return
    _changes(changed)
    words = ngettext("Take this {count} change", "Take these {count} changes", len(changed))
    if st.button(words.format(count=len(changed)), type="primary"):
        settings_changes.take(home, changed, session.account())
        st.rerun()


def _problems(problems: list[Problem]) -> None:
    st.error(_("Nothing was changed. Correct these cells first."))
    titles = {"sheet": _("Sheet"), "cell": _("Cell"), "says": _("What is wrong")}
    rows = [
        {title: getattr(problem, name) for name, title in titles.items()} for problem in problems
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _changes(changed: list[Change]) -> None:
    rows = [
        {
            _("Setting"): f"{change.kind} {change.key}",
            _("Before"): _value_text(change.before),
            _("After"): _value_text(change.after),
        }
        for change in changed
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _value_text(value: Any) -> str:
    return number_text.NOTHING if value is None else json.dumps(value, ensure_ascii=False)
