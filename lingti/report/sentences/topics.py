"""Sentences that say what the pages of the topics show, each named by what it finds.

As in `judging.sentences`: plain text in the current language, empty where there is
nothing to say.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, period_values, sentences
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.judging.sentences import Named
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse.frames import plain
from lingti.warehouse.frames import rows as rows_of


@memoised
def did(totals: pd.DataFrame, names: Sequence[str], view: View, name: Named) -> str:
    """What the place in focus did, metric by metric, each against the period before.

    Where the place has no number at all, the sentence says why; without metrics there is none.
    """
    if not names:
        return ""
    known = view.catalog.metrics
    rows = [period_values.row(totals, metric, view.focus) for metric in names]
    place = name(view.focus)
    period = number_text.period(view.period.grain, view.period.id)
    changes = [
        sentences.value_and_change(row, known[row.metric], view)
        for row in rows
        if plain(row.value) is not None
    ]
    if not changes:
        word = number_text.state(number_text.state_of(None, rows[0].state))
        return _("{place}, {period}: {word}.").format(place=place, period=period, word=word)
    sentence = _("{place}, {period}: {numbers}.").format(
        place=place, period=period, numbers=sentences.listed(changes)
    )
    fresh = totals[totals["metric"].isin(names)] if view.focus == DISTRICT else totals.head(0)
    return sentences.paragraph([sentence, sentences.newly_counted(fresh, view, name)])


@memoised
def ahead(
    totals: pd.DataFrame, metric: str, view: View, name: Named, comparison: Comparison | None
) -> str:
    """Who has the highest rate of a metric, where that can be told, and who is missing in it."""
    if view.focus != DISTRICT:
        return ""
    known = view.catalog.metrics[metric]
    missing = sentences.missing(totals[totals["metric"] == metric], name)
    apart = told_apart_words.sentence(comparison, known, name)
    if apart:
        apart = _("{title}: {word}").format(title=known.title.pick(), word=apart)
    return sentences.paragraph([apart, missing])


def spent(totals: pd.DataFrame, view: View) -> str:
    """How many of the points earned were spent, and how many are left."""
    earned, redeemed, left = (
        plain(period_values.row(totals, metric, view.focus).value)
        for metric in ("points_earned", "points_redeemed", "points_balance")
    )
    if not earned or redeemed is None or left is None:
        return ""
    return _("For every 100 points earned {spent} were spent; {left} are outstanding.").format(
        spent=number_text.exact(100 * redeemed / earned),
        left=_measured("points_balance", left, view),
    )


def backlog(totals: pd.DataFrame, view: View) -> str:
    """Whether more concerns were resolved than raised, and how many are open."""
    raised, resolved, still = (
        plain(period_values.row(totals, metric, view.focus).value)
        for metric in ("concerns_raised", "concerns_resolved", "concerns_open")
    )
    if raised is None or resolved is None or still is None:
        return ""
    words = {"open": _measured("concerns_open", still, view)}
    if resolved > raised:
        return _("More were resolved than raised: {open} are left open.").format(**words)
    if resolved < raised:
        return _("Fewer were resolved than raised: {open} are open by now.").format(**words)
    return _("As many were resolved as raised: {open} are open.").format(**words)


def plaques(totals: pd.DataFrame, view: View) -> str:
    """How many of the merchants under agreement have a plaque."""
    partners = plain(period_values.row(totals, "partners_active", view.focus).value)
    plaque = plain(period_values.row(totals, "partners_with_plaque", view.focus).value)
    if not partners or plaque is None:
        return ""
    return _("{share} of the merchants under agreement carry a plaque.").format(
        share=number_text.share(plaque / partners)
    )


def shared(merchants: pd.DataFrame, name: Named) -> str:
    """Which merchants serve several communities, so that the district counts them once.

    `merchants` has one row per merchant: merchant, communities.
    """
    if merchants.empty:
        return _("No merchant is under agreement with several communities.")
    parts = [
        _("{merchant} ({communities})").format(
            merchant=row.merchant,
            communities=sentences.joined([name(str(community)) for community in row.communities]),
        )
        for row in rows_of(merchants.head(5))
    ]
    return _("Under agreement with several communities: {merchants}.").format(
        merchants=sentences.joined(parts)
    ) + _(" The district counts each merchant once.")


def cohort(steps: Sequence[tuple[str, float]], place: str, period: str) -> str:
    """How far those who ordered a course came. `steps` are names and counts, orders first."""
    (_ordered, orders), *later = steps
    if not orders:
        return _("{place}, {period}: no course was ordered.").format(place=place, period=period)
    reached = [
        _("{name} {count} ({share})").format(
            name=sentences.within(name),
            count=number_text.exact(count),
            share=number_text.share(count / orders),
        )
        for name, count in later
    ]
    return _("Of {orders} places ordered: {reached}.").format(
        orders=number_text.exact(orders), reached=sentences.joined(reached)
    )


def _measured(name: str, value: float, view: View) -> str:
    metric: Metric = view.catalog.metrics[name]
    return number_text.measured(value, metric, view.per)
