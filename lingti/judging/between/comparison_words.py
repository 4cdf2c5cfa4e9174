"""What the comparison of a metric comes to, in one sentence: the title of its page.

`就业安置人次：京杭佳苑持续偏低；古桥比率最高`. A change is told where it is a signal, and who has
the highest rate where that can be told; all else would be noise in large type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from lingti import language
from lingti.catalog import Metric
from lingti.judging import number_text, period_values
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.judging.sentences import listed
from lingti.judging.standing import standing_words
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.warehouse.frames import plain, rows

Named = Callable[[str], str]
MOST_TOLD = 2  # communities that are named with their change


def message(
    totals: pd.DataFrame, metric: Metric, view: View, name: Named, comparison: Comparison | None
) -> str:
    """What is to be seen of a metric, behind its title and without a stop at the end.

    `totals` as of `judged_totals.totals`. Of one community it is its own verdict.
    """
    of_it = period_values.of_metric(totals, metric.name)
    focus = period_values.row(totals, metric.name, view.focus)
    if of_it["value"].isna().all():
        return number_text.state(number_text.state_of(None, focus.state))
    verdicts = [row.verdict for row in rows(of_it) if isinstance(row.verdict, KeptVerdict)]
    own = [verdict for verdict in verdicts if verdict.community in view.communities]
    parts = [
        changes(own, name, is_one=len(view.communities) == 1),
        _within(own, name),
        _leader(comparison, view, name),
    ]
    return listed([part for part in parts if part] or [_value(focus, metric, view, name)])


def changes(verdicts: Sequence[KeptVerdict], name: Named, *, is_one: bool = False) -> str:
    """Who stands out, the worst first; that nobody does; "" where nobody can be judged."""
    order = ("worsening", "changed", "improving")
    signals = sorted(
        (verdict for verdict in verdicts if verdict.is_signal),
        key=lambda one: order.index(one.verdict),
    )
    if not signals:
        if not any(verdict.verdict == "ordinary" for verdict in verdicts):
            return ""
        return verdict_words("ordinary") if is_one else _("all vary as usual")
    ways = [
        standing_words.way_words(verdict)
        if is_one
        else _("{name} {way}").format(
            name=name(verdict.community), way=standing_words.way_words(verdict)
        )
        for verdict in signals[:MOST_TOLD]
    ]
    words = language.words(ways)
    left = len(signals) - MOST_TOLD
    if left <= 0:
        return words
    more = ngettext("{number} more stands out", "{number} more stand out", left)
    return language.words([words, more.format(number=left)])


def _within(verdicts: Sequence[KeptVerdict], name: Named) -> str:
    """Whose signals lie within the period and not at its end; "" where that is told already."""
    names = [
        name(verdict.community) for verdict in verdicts if verdict.signals and not verdict.is_signal
    ]
    if not names:
        return ""
    return _("signals within: {names}").format(names=language.words(names[:3]))


def _leader(comparison: Comparison | None, view: View, name: Named) -> str:
    """Who has the highest rate, or that nobody can be told apart; "" where nothing was tested."""
    if comparison is None or not comparison.is_tested or len(view.communities) == 1:
        return ""
    first = comparison.leader
    if first is not None:
        return _("{name} has the highest rate").format(name=name(first.place))
    if not comparison.is_told:
        return _("the communities cannot be told apart")
    return ""


def _value(focus: Any, metric: Metric, view: View, name: Named) -> str:
    value = plain(focus.value)
    if value is None:
        return number_text.state(number_text.state_of(None, focus.state))
    return _("{name} {value}").format(
        name=name(view.focus), value=number_text.measured(value, metric, view.per)
    )
