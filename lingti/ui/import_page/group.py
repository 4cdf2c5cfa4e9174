"""What importing the files of one source would do: counts, changes, findings; days and consent."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import htpy as h
import pandas as pd
import streamlit as st

from lingti.district import District, Source
from lingti.ingest import imports
from lingti.ingest.checking import coverage
from lingti.ingest.checking.cell_problems import Finding
from lingti.ingest.imports import Outcome, Plan
from lingti.ingest.keeping import corrections
from lingti.ingest.mapping import choose_source
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.import_page import asked, outcome_text
from lingti.ui.import_page.dropped import Dropped, Intake, Sorted, alike, sort, source_key
from lingti.ui.import_page.unknown_layout import left_over, unknown_layout
from lingti.ui.import_page.whose import unclaimed
from lingti.ui.parts.html_out import Html, send
from lingti.ui.parts.tables import Column, listing

_EXAMINED = "lt-import-examined"
_ROWS_NAMED = 12


@dataclass
class Ready:
    """Files of one source with what the user decided; `files` are empty for none to import."""

    community: str
    source: str
    title: str
    files: list[Dropped] = field(default_factory=list)
    covers: str | None = None
    allow_removal: bool = False
    answers: dict[str, str] = field(default_factory=dict)


def groups(
    district: District, intake: Intake, version: str, *, makes_tables: bool = False
) -> list[Ready]:
    """Draws everything dropped, by source. Returns what can be imported as it stands.

    Who `makes_tables` can make one of the home's own after a file of no kind known.
    """
    sorted_files: Sorted = sort(district, intake)
    ready = []
    for file in sorted_files.unreadable:
        assert file.refused is not None
        send(
            outcome_text.warn(
                _("{name}: {word}").format(name=file.name, word=file.refused.message),
                file.refused.advice,
            )
        )
    for file in sorted_files.unclaimed:
        unclaimed(district, file)
    _new_layouts(district, sorted_files, makes_tables=makes_tables)
    for (community, source_id), files in sorted_files.groups.items():
        importable = _group(district, community, source_id, files, version)
        if importable is not None:
            ready.append(importable)
    for file, community, left in sorted_files.left:
        left_over(district, file, community, left)
    return ready


def _new_layouts(district: District, sorted_files: Sorted, *, makes_tables: bool) -> None:
    """Asks of every new layout what it is; those that are sure can be remembered at once."""
    together = st.container()
    sure = [
        remember
        for (file, community, refusal), others in alike(sorted_files.unknown)
        if (
            remember := unknown_layout(
                district, file, community, refusal, others, makes_tables=makes_tables
            )
        )
    ]
    if len(sure) < 2:
        return
    words = _("Remember all {count} that are sure, as proposed below")
    if together.button(
        words.format(count=number_text.exact(len(sure))), type="primary", key="lt-remember-all"
    ) and all(remember() for remember in sure):
        st.rerun()


def _group(
    district: District, community: str, source_id: str, files: list[Dropped], version: str
) -> Ready | None:
    key = f"{files[0].key}-{source_id}"
    pieces = [piece for file in files for piece in file.pieces]
    source = choose_source.choose(district, community, source_id, pieces)
    with st.container(key=f"lt-paper-import-{key}", gap="small"):
        place = district.community(community).name.pick()
        send(
            h.fragment[
                h.h3(".lt-chart-title")[place, " · ", source.title.pick()],
                h.p(".lt-files")["、".join(file.name for file in files)],
            ]
        )
        _choose_source(district, community, source, files, key)
        given = str(st.session_state.get(f"lt-covers-{key}") or "").strip() or None
        answers = asked.answers(key)
        outcome = _examined(district, source, files, given, answers, version)
        if outcome.plan is None:
            assert outcome.refused is not None
            send(outcome_text.warn(outcome.refused.message, outcome.refused.advice))
            _ask_days(key, None)
            return None
        plan = outcome.plan
        _ask_days(key, plan)
        asked.ask(plan.asking, key)
        send(outcome_text.counts_html({name: plan.total(name) for name in imports.COUNTS}))
        if not all(file.reading.shows_strikes for file in plan.files):
            st.caption(_("Lines through cells cannot be seen in this format; such rows count."))
        _filled_down(plan)
        _what_changes(plan)
        _findings(plan, files, key)
        _details(plan)
        ready = Ready(community, source.id, source.title.pick(), files, given, answers=answers)
        return _decide(district.home, plan, outcome, ready, key)


def _choose_source(
    district: District, community: str, source: Source, files: list[Dropped], key: str
) -> None:
    """Which kind of export it is, changeable where others of the community fit too."""
    pieces = [piece for file in files for piece in file.pieces]
    fitting = choose_source.all_fitting(district, community, pieces)
    if len(fitting) < 2:
        return
    titles = {source.id: f"{source.title.pick()} ({source.id})" for source in fitting}
    chosen = st.selectbox(
        _("Kind of sheet"),
        list(titles),
        index=list(titles).index(source.id) if source.id in titles else 0,
        format_func=titles.__getitem__,
        key=f"lt-kind-{key}",
    )
    if chosen != source.id:
        for file in files:
            st.session_state[source_key(file)] = chosen
        st.rerun()


def _ask_days(key: str, plan: Plan | None) -> None:
    """The days covered: as told, and a place to say otherwise."""
    days_words = ""
    if plan is not None and plan.covers:
        days_words = _("{days} ({because})").format(
            days=outcome_text.spans(plan.covers), because=outcome_text.because(plan.covered.because)
        )
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        send(
            h.fragment[
                h.p(".lt-label")[_("Days the files speak for")],
                h.p(".lt-batch")[h.b[days_words or _("none could be told")]],
            ]
        )
    right.text_input(
        _("Other days"),
        key=f"lt-covers-{key}",
        placeholder=coverage.write(plan.covers) if plan and plan.covers else "2024-06",
        help=_("A month 2024-06, a quarter 2024-Q2, or days 2024-06-01/2024-06-15"),
    )


def _examined(
    district: District,
    source: Source,
    files: list[Dropped],
    given: str | None,
    answers: dict[str, str],
    version: str,
) -> Outcome:
    """The dry run, kept as long as neither files, days, answers nor the data change."""
    known: dict[Any, Outcome] = st.session_state.setdefault(_EXAMINED, {})
    key = (tuple(file.key for file in files), repr(source), given, repr(answers), version)
    if key not in known:
        for old in [examined for examined in known if examined[:2] == key[:2]]:
            del known[old]
        opened = [file.opened for file in files if file.opened is not None]
        with st.spinner(_("Checking every row"), show_time=True):
            known[key] = imports.examine(district, source, opened, given, answers=answers)
    return known[key]


def forget_examined() -> None:
    """Lets go of the dry runs, which hold what was dropped."""
    st.session_state.pop(_EXAMINED, None)


def _what_changes(plan: Plan) -> None:
    """Against what counts today for the days covered: added, changed, removed, with examples."""
    change = plan.change
    if change.is_nothing and plan.total("accepted") == 0:
        if plan.total("already_present") or not plan.total("quarantined"):
            send(h.p(".lt-files")[_("Everything in it counts already.")])
        return
    parts = [
        (_("added"), change.added, "new"),
        (_("changed"), change.changed, "new"),
        (_("removed"), change.vanishing, "gone" if change.vanishing else "new"),
    ]
    send(outcome_text.change_html(parts))
    if change.outdated:
        st.caption(_("A newer full list counts; this one only adds to the history."))
    if change.examples:
        with st.expander(_("Some of the rows that change")):
            for table in dict.fromkeys(example.table for example in change.examples):
                _examples(plan, table)


def _examples(plan: Plan, table: str) -> None:
    kinds = {"added": _("added"), "removed": _("removed")}
    known = plan.source.catalog.tables[table]
    rows = [
        {
            "kind": kinds[example.kind],
            **{name: _shown(value) for name, value in example.values.items()},
        }
        for example in plan.change.examples
        if example.table == table
    ]
    titles = {"kind": " ", **{column.name: column.title.pick() for column in known.columns}}
    frame = pd.DataFrame(rows).fillna("")
    columns = [Column(name, titles[name]) for name in frame.columns]
    listing(frame, columns, caption=known.title.pick())


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _findings(plan: Plan, files: list[Dropped], key: str) -> None:
    """What is to be corrected, one line per rule and column, and the corrections workbook."""
    findings = plan.findings.ordered()
    if not findings:
        return
    send(h.ul(".lt-faults")[[_finding_html(finding, len(plan.files) > 1) for finding in findings]])
    if corrections.needed(plan):
        st.download_button(
            _("Download the rows to correct"),
            data=lambda: corrections.workbook(plan),
            file_name=_("{name} to correct").format(name=files[0].name.rsplit(".", 1)[0]) + ".xlsx",
            key=f"lt-corrections-{key}",
            icon=":material/edit_note:",
            on_click="ignore",
        )
        st.caption(
            _(
                "It looks like your table: rows to correct come first and say what is wrong. "
                "Correct them and drop the whole workbook here again."
            )
        )


def _finding_html(finding: Finding, several: bool) -> Html:
    place = " · ".join(
        part for part in (finding.file if several else "", finding.sheet, finding.column) if part
    )
    number = max(len(finding.rows), len(finding.values))
    count = ngettext("{number} row", "{number} rows", number).format(
        number=number_text.exact(number)
    )
    shown = sorted(finding.rows)[:_ROWS_NAMED]
    rows = ", ".join(map(str, shown)) + (" …" if len(finding.rows) > _ROWS_NAMED else "")
    values = "、".join(list(dict.fromkeys(value for value in finding.values if value))[:5])
    lines = [
        _("Expected: {expected}").format(expected=finding.expected),
        _("Rows {rows}").format(rows=rows) if rows else "",
        _("Found: {values}").format(values=values) if values else "",
    ]
    details = " · ".join(line for line in lines if line)
    return h.li(class_="lt-hint" if finding.is_warning else None)[
        h.span[h.b[place]], h.span(".lt-count")[count], h.small[details], h.small[finding.advice]
    ]


def _filled_down(plan: Plan) -> None:
    """Says which cells were taken from the row above, and where."""
    for use in plan.uses:
        for column, rows in use.filled_down.items():
            named = ", ".join(map(str, rows[:_ROWS_NAMED]))
            named += " …" if len(rows) > _ROWS_NAMED else ""
            text = _("“{column}” was filled down from the row above in rows {rows}.")
            st.caption(text.format(column=column, rows=named))


def _details(plan: Plan) -> None:
    """Which columns are taken and which are dropped, and which rows are no data."""
    with st.expander(_("Columns taken and dropped, rows set aside")):
        for use in plan.uses:
            taken = [[" ", h.code[name]] for name in use.taken]
            dropped = [[" ", h.code(".lt-off")[name]] for name in use.dropped]
            send(
                h.fragment[
                    h.p(".lt-files")[use.piece.place],
                    h.p(".lt-columns")[_("Taken"), taken or " –"],
                    h.p(".lt-columns")[_("Dropped"), dropped or " –"],
                ]
            )
        reasons: dict[str, list[Any]] = {}
        for set_aside in plan.set_aside:
            text = set_aside.get("text")
            shown = f"{set_aside['row']} {text}" if text else set_aside["row"]
            reasons.setdefault(str(set_aside["why"]), []).append(shown)
        for why, rows in reasons.items():
            named = "; ".join(map(str, rows[:_ROWS_NAMED])) + (
                " …" if len(rows) > _ROWS_NAMED else ""
            )
            rows_words = _("Rows {rows}").format(rows=named)
            st.caption(
                _("{name}: {word}").format(name=outcome_text.why_set_aside(why), word=rows_words)
            )


def _decide(home: Path, plan: Plan, outcome: Outcome, ready: Ready, key: str) -> Ready | None:
    """The consent that is needed; None where nothing is to be imported."""
    refused = outcome.refused
    if refused is None:
        if not plan.change.is_nothing:
            return ready
        asked.keep(home, plan.asking, key)
        return None
    if plan.questions:
        return None  # they stand above
    if getattr(refused, "code", "") != "removal":
        send(outcome_text.warn(refused.message, refused.advice))
        asked.keep(home, plan.asking, key)
        return None
    advice = _("Check that the file is complete. If they are to go, say so below.")
    send(outcome_text.warn(refused.message, advice))
    label = outcome_text.to_go(plan.change.vanishing)
    ready.allow_removal = st.checkbox(label, key=f"lt-allow-{key}")
    return ready if ready.allow_removal else None
