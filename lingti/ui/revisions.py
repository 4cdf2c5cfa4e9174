"""The list of revisions: what differs from the newest editions, and what led to it."""

from __future__ import annotations

import htpy as h
import pandas as pd

from lingti import language
from lingti.catalog import dimension_title, member_title
from lingti.editions import keeping, reasons, revisions
from lingti.editions.keeping import NoEditionError
from lingti.editions.revisions import Cause, Revision
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui import setting_words
from lingti.ui.parts import url
from lingti.ui.parts.elements import sentence
from lingti.ui.parts.html_out import Html
from lingti.ui.parts.row_links import author_words, opening
from lingti.ui.parts.tables import Column, as_it_is, table, unbroken
from lingti.ui.submission.overview import day_words
from lingti.ui.window.frame import Page

MOST_CAUSES = 3


def asked_for(page: Page) -> list[Revision]:
    """The revisions that the address asks for: of an edition, a metric, a place, a period."""
    home, asked = page.district.home, url.read("edition")
    try:
        edition = keeping.find(home, asked) if asked else None
    except NoEditionError:
        edition = None
    if edition is None:
        listed = revisions.of_home(home, page.warehouse, stored_only=True)
    else:
        listed = revisions.of_edition(home, edition, page.warehouse, stored_only=True)
    metric, place, of = (url.read(name) for name in ("metric", "place", "of"))
    return [
        revision
        for revision in listed
        if metric in ("", revision.metric)
        and place in ("", revision.community)
        and of in ("", revision.cell[3])
    ]


def no_such_edition(page: Page) -> str:
    """That the address asks for an edition that there is not; "" where it does not."""
    asked = url.read("edition")
    try:
        if asked:
            keeping.find(page.district.home, asked)
    except NoEditionError:
        return _("There is no edition {asked}; what differs from all editions is shown.").format(
            asked=asked[:24]
        )
    return ""


def summary(page: Page, listed: list[Revision]) -> str:
    """How many numbers differ, and which the most."""
    if not keeping.editions(page.district.home):
        return _("Nothing was finalised yet, so nothing can be revised.")
    if not listed:
        return _("Every finalised number is as it was reported.")
    words = ngettext("{count} number differs.", "{count} numbers differ.", len(listed))
    count_words = words.format(count=number_text.exact(len(listed)))
    counted = _("Counted are months, quarters and years, with their parts; ")
    counted += _("half-years, the year to date and the programme to date differ with them.")
    return f"{count_words} {revision_words(page, listed[0])} {counted}"


def revision_words(page: Page, revision: Revision) -> str:
    """A revision in a sentence: where, when, which number, before and after, by which batch."""
    metric = page.catalog.metrics[revision.metric]
    causes = [cause_words(page, cause) for cause in revision.causes[:1]]
    return _("{place} {period} {title} {before} → {after} ({why}).").format(
        place=page.look.name(revision.community),
        period=number_text.period(revision.cell[2], revision.cell[3]),
        title=metric.title.pick(),
        before=_value(page, revision, after=False),
        after=_value(page, revision, after=True),
        why=language.clauses([reasons.words(revision.reason), *causes]),
    )


def _value(page: Page, revision: Revision, *, after: bool) -> str:
    metric = page.catalog.metrics[revision.metric]
    value, state = (
        (revision.after, revision.state_after)
        if after
        else (revision.before, revision.state_before)
    )
    if value is not None:
        mark = number_text.mark(state) if revision.state_before != revision.state_after else ""
        parts = revision.parts_after if after else revision.parts_before
        if revision.before == revision.after and None not in parts:  # the same share of other cases
            mark = _("{part} of {whole}").format(
                part=number_text.exact(parts[0], 2, trim=True),
                whole=number_text.exact(parts[1], 2, trim=True),
            )
        measured = number_text.measured_exact(value, metric)
        return _("{value} ({note})").format(value=measured, note=mark) if mark else measured
    return number_text.NOTHING if state == "none" else number_text.state(state)


def cause_words(page: Page, cause: Cause) -> str:
    """What can have led to a revision, in a few words."""
    acts = {"import": _("imported"), "undo": _("withdrawn"), "redo": _("put back")}
    if cause.kind == "batch":
        return _("batch {number} {act}").format(number=cause.batch, act=acts[cause.act])
    if cause.kind == "setting":
        kind, _space, key = cause.what.partition(" ")
        name = cause.what
        if key:
            name = setting_words.named(kind, key, setting_words.titles_of(page.district))
        return _("setting {name}").format(name=name)
    return _("definition {versions}").format(versions=cause.what)


def listed(page: Page, revised: list[Revision]) -> None:
    """The revisions as a table, the largest first, with downloads; `summary` says it of none."""
    if not revised:
        return
    parts = [revision for revision in revised if revision.cell[4] is not None]
    if parts and not url.read("metric"):
        words = ngettext(
            "{count} of them is a part of a number; a metric opens its own.",
            "{count} of them are parts of numbers; a metric opens its own.",
            len(parts),
        )
        sentence(words.format(count=number_text.exact(len(parts))))
        revised = [revision for revision in revised if revision.cell[4] is None] or revised
    frame = pd.DataFrame([_row(page, revision) for revision in revised])
    columns = [
        Column("place", _("Community"), html=unbroken, heading=True),
        Column("metric", _("Metric"), html=as_it_is),
        Column("period", _("Period"), html=unbroken),
        Column("before", _("Reported"), html=unbroken, number=True),
        Column("after", _("Now"), html=as_it_is, number=True),
        Column("reason", _("Reason"), html=unbroken),
        Column("causes", _("What led to it"), html=as_it_is),
        Column("edition", _("Edition"), html=unbroken),
    ]
    table(frame, columns, name="revisions")


def _row(page: Page, revision: Revision) -> dict[str, Html | str]:
    _metric, place, grain, period, dimension, member = revision.cell
    metric = page.catalog.metrics[revision.metric]
    title = metric.title.pick()
    if dimension is not None and member is not None:
        named = dimension_title(metric, dimension).pick()
        title = f"{title} · {named} {member_title(metric, dimension, member).pick()}"
    shown: Html | str = _value(page, revision, after=True)
    if revision.after is not None and page.may("rows", place):
        shown = opening(shown, revision.metric, place, period, dimension or "", member or "")
    causes = revision.causes[:MOST_CAUSES]
    more = len(revision.causes) - len(causes)
    return {
        "place": page.look.name(place),
        "metric": h.a(
            ".lt-defined",
            href=url.link("revisions", metric=revision.metric, place=place, of=period),
        )[title],
        "period": number_text.period(grain, period),
        "before": _value(page, revision, after=False),
        "after": shown,
        "reason": reasons.words(revision.reason),
        "causes": h.fragment[
            [_cause(page, cause) for cause in causes],
            h.small[_("and {number} more").format(number=more)] if more > 0 else None,
        ],
        "edition": revision.edition,
    }


def _cause(page: Page, cause: Cause) -> Html:
    parts = [
        cause_words(page, cause),
        cause.text,
        author_words(cause.by) if cause.by else "",
        day_words(cause.at),
    ]
    return h.small(".lt-origin")[" · ".join(part for part in parts if part)]
