"""What is signed with a month of a community: days, rows to correct, findings, numbers, targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import htpy as h
import pandas as pd

from lingti.editions import contents
from lingti.editions.submissions import Standing
from lingti.judging import judged_totals, number_text
from lingti.judging.period_values import View
from lingti.judging.periods import Period, if_whole, period_before
from lingti.judging.reporting import reporting
from lingti.judging.reporting.reporting import Return
from lingti.judging.standing import targets
from lingti.judging.standing.targets import Progress
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.definitions import in_order
from lingti.ui.parts.cards import change_html, value_html, which_number
from lingti.ui.parts.elements import empty, section
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.revision_marks import revised, revision_mark
from lingti.ui.parts.row_links import defined, opening
from lingti.ui.parts.tables import Column, as_it_is, listing
from lingti.ui.parts.verdict_marks import target_mark, verdict_line, verdict_of
from lingti.ui.reporting import behind_link
from lingti.ui.reporting import words as return_words
from lingti.ui.window.frame import Page
from lingti.warehouse.frames import plain, rows


@dataclass(frozen=True)
class Open:
    """Something a secretary signs although it is not as it should be: a remark may say why."""

    on: str  # a table, a rule or a metric
    words: str


def signed(page: Page, month: Period, standing: Standing) -> None:
    """Shows all that is signed with a community's month."""
    name = page.look.name(standing.community)
    section(
        _("What {place} signs for {period}").format(
            place=name, period=number_text.period("month", month.id)
        ),
        _("The days, rows, findings and numbers that the signature stands for."),
    )
    _returns(page, month, standing.community)
    _findings(page, month, standing.community)
    _numbers(page, month, standing.community)


def still_open(page: Page, month: Period, place: str) -> list[Open]:
    """What is not as it should be: days missing, rows to correct, findings, unusual numbers."""
    still_open_items = []
    for owed in _returns_of(page, month, place):
        title = reporting.title_of(page.catalog, page.district, owed)
        if owed.missing:
            still_open_items.append(
                Open(owed.table, _("{name}: ").format(name=title) + return_words(owed.state))
            )
        elif owed.to_correct:
            words = ngettext(
                "{title}: {count} row to correct",
                "{title}: {count} rows to correct",
                owed.to_correct,
            )
            still_open_items.append(
                Open(owed.table, words.format(title=title, count=owed.to_correct))
            )
    for row in contents.findings(page.warehouse, month, [place]):
        title = page.catalog.checks[row["check"]].title.pick()
        number = row["findings"]
        words = ngettext("{title}: {count} finding", "{title}: {count} findings", number)
        still_open_items.append(Open(row["check"], words.format(title=title, count=number)))
    for row in rows(_totals(page, month, place)):
        verdict = verdict_of(row)
        if row.community == place and verdict is not None and verdict.is_signal:
            metric = page.catalog.metrics[row.metric]
            words = _("{title} {value}, usually {usual}").format(
                title=metric.title.pick(),
                value=number_text.measured(plain(row.value), metric),
                usual=usual_words(verdict, row.metric, page) or number_text.NOTHING,
            )
            still_open_items.append(Open(row.metric, words))
    return still_open_items


def _view(page: Page, month: Period, place: str) -> View:
    return View(
        month,
        if_whole(period_before(month, page.periods["month"]), page.periods),
        (place,),
        published=page.published,
        exact=page.exact,
        catalog=page.catalog,
        revised=revised(page),
    )


def _totals(page: Page, month: Period, place: str) -> pd.DataFrame:
    view = _view(page, month, place)
    return judged_totals.totals(page.warehouse, view, list(page.catalog.metrics))


def _returns_of(page: Page, month: Period, place: str) -> list[Return]:
    every = reporting.returns(page.warehouse, page.district, [month], page.today)
    return [owed for owed in every if owed.community == place and owed.state != "not_run"]


def _returns(page: Page, month: Period, place: str) -> None:
    frame = pd.DataFrame(
        [
            {
                "source": reporting.title_of(page.catalog, page.district, owed),
                "state": h.a(".lt-defined", href=behind_link(owed))[return_words(owed.state)],
                "missing": number_text.exact(sum((e - s).days + 1 for s, e in owed.missing)),
                "to_correct": number_text.exact(owed.to_correct),
            }
            for owed in _returns_of(page, month, place)
        ]
    )
    if frame.empty:
        empty(_("Nothing of this community is expected in this month."))
        return
    columns = [
        Column("source", _("What is expected"), heading=True),
        Column("state", _("Days covered"), html=as_it_is),
        Column("missing", _("Days missing"), number=True),
        Column("to_correct", _("Rows to correct"), number=True),
    ]
    listing(frame, columns, caption=_("What was sent"))


def _findings(page: Page, month: Period, place: str) -> None:
    findings = contents.findings(page.warehouse, month, [place])
    if not findings:
        empty(_("No row of this month breaks a rule."))
        return
    known = page.catalog.checks
    frame = pd.DataFrame(
        [
            {
                "rule": known[row["check"]].title.pick(),
                "count": number_text.exact(row["findings"]),
                "advice": known[row["check"]].advice.pick(),
            }
            for row in findings
        ]
    )
    columns = [
        Column("rule", _("Rule"), heading=True),
        Column("count", _("Findings"), number=True),
        Column("advice", _("What to do")),
    ]
    listing(frame, columns, caption=_("What the checks find"))


def _numbers(page: Page, month: Period, place: str) -> None:
    """Every number that the community runs: against last time, the usual, and its target."""
    view = _view(page, month, place)
    of_targets = {
        progress.metric.name: progress
        for progress in targets.progress(page.warehouse, view, page.until)
        if progress.place == place
    }
    known = {row.metric: row for row in rows(_totals(page, month, place)) if row.community == place}
    lines = [
        _number_row(page, view, known[metric.name], of_targets.get(metric.name))
        for metric in in_order(page.catalog)
        if metric.name in known and known[metric.name].state not in number_text.IDLE
    ]
    if not lines:
        return
    columns = [
        Column("metric", _("Metric"), html=as_it_is, heading=True),
        Column("value", _("This month"), html=as_it_is, number=True),
        Column("change", _("Against last time"), html=as_it_is),
        Column("usual", _("Usually"), number=True),
        Column("verdict", _("Verdict"), html=as_it_is),
        Column("target", _("Target"), html=as_it_is),
    ]
    listing(pd.DataFrame(lines), columns, caption=_("The numbers"))


def _number_row(page: Page, view: View, row: Any, target: Progress | None) -> dict[str, Html | str]:
    metric, value = page.catalog.metrics[row.metric], plain(row.value)
    which = which_number(metric.name, row.community, view.period, value, view.per)
    unit = "" if number_text.is_percent(metric) else metric.unit.pick()
    shown = value_html(value, row.state, metric, view.per, which, unit)
    if value is not None and view.opens(row.community):
        shown = opening(shown, metric.name, row.community, view.period.id)
    differs = revision_mark(view, metric.name, row.community, view.period.id)
    verdict = verdict_of(row)
    return {
        "metric": defined(metric),
        "value": h.fragment[shown, differs],
        "change": h.span(".lt-change")[change_html(row, metric, view)],
        "usual": usual_words(verdict, row.metric, page) if verdict else "",
        "verdict": verdict_line(row, metric, page.catalog) or "",
        "target": target_mark(target) if target else "",
    }


def usual_words(verdict: KeptVerdict, metric: str, page: Page) -> str:
    """Between what a number usually lies, as its verdict has it; "" where that is not judged.

    What has enough weeks is judged by the week.
    """
    if verdict.lower is None or verdict.upper is None:
        return ""
    known = page.catalog.metrics[metric]
    between = "–".join(
        number_text.bare(limit, known) for limit in (max(0.0, verdict.lower), verdict.upper)
    )
    if verdict.judged_grain == "week":
        return _("{range} a week").format(range=between)
    return between if verdict.judged_grain == "month" else ""
