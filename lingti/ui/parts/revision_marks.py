"""The small mark on a number that differs from its edition; it opens what both are."""

from __future__ import annotations

import htpy as h

from lingti.editions import revisions
from lingti.judging.period_values import View
from lingti.judging.reporting.revised import SIGN, Revised
from lingti.language import gettext as _
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html
from lingti.ui.window.frame import Page


def revised(page: Page) -> Revised:
    """The numbers that differ from the newest editions, as the visitor may know it."""
    every = revisions.of_home(page.district.home, page.warehouse, stored_only=True)
    return Revised(
        frozenset(
            (
                revision.metric,
                revision.community,
                revision.cell[3],
                revision.cell[4] or "",
                revision.cell[5] or "",
            )
            for revision in every
        )
    )


def revision_mark(
    view: View, metric: str, place: str, period: str, by: str = "", member: str = ""
) -> Html | None:
    """The mark of a number, a link to its revision; None where it is as it was reported."""
    return mark_in(view.revised, metric, place, period, by, member)


def mark_in(
    differing: Revised,
    metric: str,
    place: str,
    period: str,
    by: str = "",
    member: str = "",
    *,
    is_short: bool = False,
) -> Html | None:
    """The same of the numbers `differing`; `is_short` is a sign instead of a word."""
    if not differing.has(metric, place, period, by, member):
        return None
    href = url.link("revisions", metric=metric, place=place, of=period)
    explanation = _("It differs from what was reported.")
    look = ".lt-revised.lt-revised-short" if is_short else ".lt-revised"
    return h.a(look, href=href, title=explanation, aria_label=explanation)[
        SIGN if is_short else _("revised")
    ]
