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
from lingti.ui import url
from lingti.ui.elements import empty, sentence
from lingti.ui.frame import Page
from lingti.ui.html_out import Html
from lingti.ui.row_links import author_words, opening
from lingti.ui.submission.overview import day_words
from lingti.ui.tables import Column, as_it_is, table, unbroken

MOST_CAUSES = 3


def found(page: Page) -> list[Revision]:
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
        one
        for one in listed
        if metric in ("", one.metric) and place in ("", one.community) and of in ("", one.cell[3])
    ]


def summary(page: Page, listed: list[Revision]) -> str:
    """How many numbers differ, and which the most."""
    if not keeping.editions(page.district.home):
        return _("Nothing was finalised yet, so nothing can be revised.")
    if not listed:
        return _("Every finalised number is as it was reported.")
    words = ngettext("{count} number differs.", "{count} numbers differ.", len(listed))
    says = words.format(count=number_text.exact(len(listed)))
    return f"{says} {revision_words(page, listed[0])}"


def revision_words(page: Page, one: Revision) -> str:
    """A revision in a sentence: where, when, which number, before and after, by which batch."""
    metric = page.catalog.metrics[one.metric]
    return _("{place} {period} {title} {before} → {after} ({why}).").format(
        place=page.look.name(one.community),
        period=number_text.period(one.cell[2], one.cell[3]),
        title=metric.title.pick(),
        before=_value(page, one, after=False),
        after=_value(page, one, after=True),
        why=language.clauses([reasons.words(one.reason), *map(cause_words, one.causes[:1])]),
    )


def _value(page: Page, one: Revision, *, after: bool) -> str:
    metric = page.catalog.metrics[one.metric]
    value, state = (one.after, one.state_after) if after else (one.before, one.state_before)
    if value is not None:
        mark = number_text.mark(state) if one.state_before != one.state_after else ""
        parts = one.parts_after if after else one.parts_before
        if one.before == one.after and None not in parts:  # the same share of other cases
            mark = _("{part} of {whole}").format(
                part=number_text.exact(parts[0], 2, trim=True),
                whole=number_text.exact(parts[1], 2, trim=True),
            )
        said = number_text.measured_exact(value, metric)
        return _("{value} ({note})").format(value=said, note=mark) if mark else said
    return number_text.NOTHING if state == "none" else number_text.state(state)


def cause_words(one: Cause) -> str:
    """What can have led to a revision, in a few words."""
    acts = {"import": _("imported"), "undo": _("withdrawn"), "redo": _("put back")}
    if one.kind == "batch":
        return _("batch {number} {act}").format(number=one.batch, act=acts[one.act])
    if one.kind == "setting":
        return _("setting {name}").format(name=one.what)
    return _("definition {versions}").format(versions=one.what)


def listed(page: Page, found_ones: list[Revision]) -> None:
    """The revisions as a table, the largest first, with downloads."""
    if not found_ones:
        empty(_("None."))
        return
    parts = [one for one in found_ones if one.cell[4] is not None]
    if parts and not url.read("metric"):
        words = ngettext(
            "{count} of them is a part of a number; a metric opens its own.",
            "{count} of them are parts of numbers; a metric opens its own.",
            len(parts),
        )
        sentence(words.format(count=number_text.exact(len(parts))))
        found_ones = [one for one in found_ones if one.cell[4] is None] or found_ones
    frame = pd.DataFrame([_row(page, one) for one in found_ones])
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


def _row(page: Page, one: Revision) -> dict[str, Html | str]:
    _metric, place, grain, period, dimension, member = one.cell
    metric = page.catalog.metrics[one.metric]
    title = metric.title.pick()
    if dimension is not None and member is not None:
        named = dimension_title(metric, dimension).pick()
        title = f"{title} · {named} {member_title(metric, dimension, member).pick()}"
    shown: Html | str = _value(page, one, after=True)
    if one.after is not None and page.may("rows", place):
        shown = opening(shown, one.metric, place, period, dimension or "", member or "")
    causes = one.causes[:MOST_CAUSES]
    more = len(one.causes) - len(causes)
    return {
        "place": page.look.name(place),
        "metric": h.a(
            ".lt-defined", href=url.link("revisions", metric=one.metric, place=place, of=period)
        )[title],
        "period": number_text.period(grain, period),
        "before": _value(page, one, after=False),
        "after": shown,
        "reason": reasons.words(one.reason),
        "causes": h.fragment[
            [_cause(cause) for cause in causes],
            h.small[_("and {number} more").format(number=more)] if more > 0 else None,
        ],
        "edition": one.edition,
    }


def _cause(one: Cause) -> Html:
    parts = [cause_words(one), one.text, author_words(one.by) if one.by else "", day_words(one.at)]
    return h.small(".lt-origin")[" · ".join(part for part in parts if part)]
