"""The batches there are: who brought what in when, with undo, redo and the findings."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import htpy as h
import pandas as pd
import streamlit as st

from lingti import charts, entries
from lingti.district import District
from lingti.ingest.keeping import batches, quarantine
from lingti.ingest.keeping.batches import Manifest
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.ui.import_page import outcome_text
from lingti.ui.import_page.confirm import ask_reason
from lingti.ui.parts.downloads import to_xlsx
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.row_links import author_words
from lingti.ui.window import session
from lingti.upkeep import jobs

_SHOWN = 10
_ALL = ""


def history(home: Path, district: District, look: charts.Look, by: str) -> None:
    """The newest batches first; more on demand, and of one community only if asked."""
    listed, damaged = batches.readable(home)
    damaged += [f"entries/{name}" for name in entries.damaged(home)]
    if damaged:
        st.error(
            _("Nothing can be imported or entered until this is mended: {files}").format(
                files="; ".join(damaged)
            )
        )
    names = {community.id: look.name(community.id) for community in district.communities}
    left, _right = st.columns([2, 3])
    chosen = left.selectbox(
        _("Community"),
        [_ALL, *names],
        format_func=lambda name: names.get(name, _("All communities")),
        key="lt-history-community",
    )
    # Of a community that is not the reader's there is nothing to see and nothing to undo.
    listed = [batch for batch in listed if batch[0].community in names]
    listed = [batch for batch in listed if chosen in (_ALL, None, batch[0].community)]
    listed.sort(key=lambda batch: -batch[0].batch)
    if not listed:
        st.caption(_("No batch yet."))
        return
    shown = int(st.session_state.get("lt-history-shown", _SHOWN))
    for manifest, stands in listed[:shown]:
        _batch(home, names, manifest, stands, by)
    if len(listed) > shown and st.button(_("Show more"), key="lt-history-more", type="tertiary"):
        st.session_state["lt-history-shown"] = shown + 3 * _SHOWN
        st.rerun()


def _batch(home: Path, names: dict[str, str], manifest: Manifest, stands: bool, by: str) -> None:
    with st.container(key=f"lt-batch-{manifest.batch}"):
        left, right = st.columns([4, 1], vertical_alignment="center")
        with left:
            send(_batch_html(names, manifest, stands))
        with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            if manifest.findings:
                name = _("batch {number} findings").format(number=manifest.batch) + ".xlsx"
                st.download_button(
                    _("Findings"),
                    data=session.export(home, name, partial(_findings, home, manifest)),
                    file_name=name,
                    key=f"lt-findings-{manifest.batch}",
                    type="tertiary",
                    on_click="ignore",
                )
            _undo_or_redo(home, manifest, stands, by)


def _findings(home: Path, manifest: Manifest) -> bytes:
    """A workbook with a line per cell that was not taken as it stood; persons are masked."""
    titles = {
        "file": _("File"),
        "sheet": _("Sheet"),
        "row": _("Row"),
        "column": _("Column"),
        "value": _("What stands there"),
        "expected": _("Expected"),
        "advice": _("What to do"),
    }
    frame = pd.DataFrame(quarantine.cells(home, manifest), columns=list(titles))
    return to_xlsx(frame.rename(columns=titles))


def _batch_html(names: dict[str, str], manifest: Manifest, stands: bool) -> Html:
    title = str(manifest.mapping.get("title", [manifest.source])[0])
    files = "、".join(file.name for file in manifest.files) or _("Nil return")
    counts = manifest.counts
    counts_words = _(
        "{accepted} accepted, {already_present} there already, {quarantined} to correct"
    ).format(
        **{k: number_text.exact(counts[k]) for k in ("accepted", "already_present", "quarantined")}
    )
    when = manifest.imported_at.replace("T", " ")[:16]
    place = names.get(manifest.community, manifest.community)
    state = "" if stands else f" · {_('withdrawn')}"
    who = author_words(manifest.imported_by)
    look = "lt-batch" if stands else "lt-batch lt-withdrawn"
    return h.p(class_=look)[
        h.b[manifest.batch, " · ", place, " · ", title],
        state,
        h.small[outcome_text.spans(manifest.covers), " · ", files],
        h.small[counts_words, " · ", when, " · ", who],
    ]


def _undo_or_redo(home: Path, manifest: Manifest, stands: bool, by: str) -> None:
    label = _("Undo") if stands else _("Redo")
    with st.popover(label, type="tertiary", key=f"lt-move-{manifest.batch}-{stands}"):
        if stands:
            st.write(
                _("Every number goes back to what it was without this batch. You can redo it.")
            )
        else:
            st.write(_("The batch counts again under its old number."))
        reason = ask_reason(home, f"lt-reason-{manifest.batch}-{stands}")
        sure = _("Undo batch {number}") if stands else _("Redo batch {number}")
        if st.button(
            sure.format(number=manifest.batch),
            type="primary",
            key=f"lt-sure-{manifest.batch}-{stands}",
        ):
            arguments = {"batch": manifest.batch, "by": by, "reason": reason}
            jobs.start(home, "undo" if stands else "redo", arguments, by=by)
            st.rerun()
