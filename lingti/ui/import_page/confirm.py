"""The one button that imports everything that is ready."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lingti.editions import keeping, reasons
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.import_page import dropped
from lingti.ui.import_page.dropped import Intake
from lingti.ui.import_page.group import Ready, forget_examined
from lingti.upkeep import jobs, publishing


def confirm(home: Path, intake: Intake, ready: list[Ready], by: str) -> None:
    """Draws the button. The import goes on in a process of its own, also if the tab is closed."""
    if not ready:
        if intake.files:
            st.caption(_("There is nothing to import as it stands."))
        return
    number = len({file.key for importable in ready for file in importable.files})
    words = ngettext("Import {number} file", "Import {number} files", number)
    left = len(intake.files) - number
    if left:
        st.caption(
            ngettext(
                "{number} file stays out until it is decided or corrected.",
                "{number} files stay out until they are decided or corrected.",
                left,
            ).format(number=left)
        )
    reason = ask_reason(home, "lt-import-reason")
    if st.button(words.format(number=number), type="primary", key="lt-import-go"):
        start(home, ready, by, reason)
        dropped.clear()
        forget_examined()
        st.rerun()


def ask_reason(home: Path, key: str) -> str:
    """Why finalised numbers would change, as `reasons.parse` reads it; "" where nobody says.

    Asked only where something was finalised.
    """
    if not keeping.editions(home):
        return ""
    reason = st.selectbox(
        _("If it changes what was finalised: why?"),
        ["", *reasons.REASONS],
        format_func=lambda code: reasons.words(code or reasons.UNSTATED),
        key=key,
        width=300,
    )
    return str(reason or "")


def start(home: Path, ready: list[Ready], by: str, reason: str = "") -> str:
    """Starts the job that imports; the files go to it through a pipe."""
    files = list({file.key: file for group in ready for file in group.files}.values())
    place = {file.key: number for number, file in enumerate(files)}
    groups = [
        {
            "community": importable.community,
            "source": importable.source,
            "title": importable.title,
            "files": [place[file.key] for file in importable.files],
            "covers": importable.covers,
            "allow_removal": importable.allow_removal,
            "answers": importable.answers,
        }
        for importable in ready
    ]
    payload = publishing.pack((file.name, file.data) for file in files)
    return jobs.start(home, "import", {"groups": groups, "by": by, "reason": reason}, payload, by)
