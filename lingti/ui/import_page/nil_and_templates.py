"""Nil returns and blank templates."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.checking.coverage import CoverageError
from lingti.ingest.mapping import choose_source
from lingti.ingest.mapping import templates as blanks
from lingti.language import current
from lingti.language import gettext as _
from lingti.ui.import_page import outcome_text
from lingti.ui.import_page.confirm import start
from lingti.ui.import_page.group import Ready
from lingti.ui.parts.html_out import send


def nil_return(home: Path, district: District, by: str) -> None:
    """Says that there was nothing to report: the days are covered, and count as zero."""
    names = {community.id: community.name.pick() for community in district.communities}
    first, second = st.columns(2, vertical_alignment="bottom")
    community = first.selectbox(
        _("Community"), list(names), format_func=names.__getitem__, key="lt-nil-community"
    )
    own = {source.id: source for source in choose_source.of_community(district, community)}
    if not own:
        st.caption(_("This community has no kind of sheet yet; import one file first."))
        return
    source_id = second.selectbox(
        _("Kind of sheet"),
        list(own),
        format_func=lambda source: own[source].title.pick(),
        key=f"lt-nil-source-{community}",
    )
    days = st.text_input(_("Days without anything to report"), placeholder="2024-06",
                            key="lt-nil-days").strip()  # fmt: skip
    if not days or source_id is None:
        return
    source = own[source_id]
    try:
        outcome = imports.check_nil(district, source, days)
    except CoverageError as error:
        send(outcome_text.warn(_("These are no days."), str(error)))
        return
    assert outcome.plan is not None
    days_words = outcome_text.spans(outcome.plan.covers)
    if outcome.plan.change.is_nothing:
        st.caption(_("{days}: that is on record already.").format(days=days_words))
        return
    ready = Ready(community, source.id, source.title.pick(), [], days)
    if outcome.refused is not None:
        gone = outcome.plan.change.vanishing
        send(outcome_text.warn(outcome.refused.message, _("There are rows on these days.")))
        label = outcome_text.to_go(gone)
        ready.allow_removal = st.checkbox(label, key="lt-nil-allow")
        if not ready.allow_removal:
            return
    label = _("File a nil return for {days}").format(days=days_words)
    if st.button(label, type="primary", key="lt-nil-go"):
        start(home, [ready], by)
        del st.session_state["lt-nil-days"]
        st.rerun()


def templates(district: District) -> None:
    """Blank workbooks, one per table, that import without any mapping."""
    known = district.catalog.tables
    name = st.selectbox(
        _("What the rows are"),
        list(known),
        format_func=lambda table: known[table].title.pick(),
        key="lt-template",
    )
    st.caption(known[name].grain.pick())
    title = known[name].title.pick()
    st.download_button(
        _("Download the template"),
        data=partial(blanks.workbook, known[name], current()),
        file_name=_("{title} template").format(title=title) + ".xlsx",
        key="lt-template-download",
        icon=":material/download:",
        on_click="ignore",
    )
