"""Work under way, and what became of it: there also when the page is opened again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import htpy as h
import streamlit as st

from lingti.district import District
from lingti.ingest.checking import coverage
from lingti.ingest.checking.coverage import CoverageError
from lingti.judging import number_text
from lingti.judging.sentences import paragraph
from lingti.language import gettext as _
from lingti.ui.import_page import outcome_text
from lingti.ui.parts.html_out import send
from lingti.ui.window.redrawing import redrawn
from lingti.upkeep import jobs
from lingti.upkeep.jobs import Job

_KINDS = ("import", "undo", "redo")
_SEEN = "lt-jobs-running"


def work(home: Path, district: District, shown: Callable[[Job], bool]) -> None:
    """The jobs of this page: running ones with their progress, finished ones until dismissed."""
    own_jobs = [job for job in jobs.recent(home) if job.kind in _KINDS and shown(job)]
    running = [job.id for job in own_jobs if not job.is_over]
    st.session_state[_SEEN] = running
    if running:
        redrawn(partial(_follow, home), 1.0)
    for job in own_jobs:
        if job.is_over:
            _outcome(home, district, job)


def _follow(home: Path) -> None:
    """How far jobs are; the whole page is drawn again when one is over."""
    for job_id in st.session_state.get(_SEEN, []):
        job = jobs.status(home, job_id)
        if job is None or job.is_over:
            st.rerun()
            return
        title = {"import": _("Importing"), "undo": _("Withdrawing"), "redo": _("Putting back")}
        st.progress(max(0.02, job.share), text=f"{title[job.kind]} · {job.step}")
    st.caption(_("You may close this page; the work goes on."))


def _outcome(home: Path, district: District, job: Job) -> None:
    failed = job.state != "done"
    lines = [job.error] if failed else _lines(district, job)
    if failed:
        title = _("That did not work.")
    else:
        title = {"import": _("Import done"), "undo": _("Withdrawn"), "redo": _("Put back")}[
            job.kind
        ]
    left, right = st.columns([8, 1], vertical_alignment="center")
    body = [h.p[line] for line in lines]
    look = "lt-done lt-failed" if failed or _any_refused(job) else "lt-done"
    with left:
        send(h.div(class_=look, role="status")[h.p[h.b[title]], body])
    if right.button(
        _("Dismiss"), key=f"lt-dismiss-{job.id}", type="tertiary", icon=":material/close:"
    ):
        jobs.forget(home, job.id)
        st.rerun()


def _any_refused(job: Job) -> bool:
    documents = (job.result or {}).get("documents", [])
    return any("refused" in document for document in documents)


def _lines(district: District, job: Job) -> list[str]:
    if job.kind != "import":
        return [_("Batch {number}").format(number=job.result["batch"])]
    documents = job.result["documents"]
    names = [document["file"] for document in documents]
    return [_line(district, document, names.count(document["file"]) > 1) for document in documents]


def _line(district: District, outcome: dict[str, Any], is_part: bool) -> str:
    """What became of a file, or of the part of it that one source takes."""
    name = outcome["file"] or _("Nil return")
    if is_part and (source := district.sources.get(outcome.get("source", ""))):
        name = f"{name} · {source.title.pick()}"
    if "refused" in outcome:
        why = paragraph([outcome["refused"]["message"], outcome["refused"]["advice"]])
        return _("{name}: {word}").format(name=name, word=why)
    if outcome["batch"] is None:
        return _("{name}: everything in it counts already.").format(name=name)
    counts = _("{accepted} accepted, {already_present} there already, {quarantined} to correct")
    counts_words = counts.format(
        **{
            key: number_text.exact(outcome[key])
            for key in ("accepted", "already_present", "quarantined")
        }
    )
    try:
        days = outcome_text.spans(coverage.parse(outcome["covers"]))
    except CoverageError:
        days = outcome["covers"]
    return _("{name}: batch {batch}, {days} · {counts}").format(
        name=name, batch=outcome["batch"], days=days, counts=counts_words
    )
