"""Verdicts and targets in text: a sign and a word, and the attribute that alone may give colour.

Colour means a signal or a missed target and nothing else; the style sheet goes by `data-verdict`
and `data-target`.
"""

from __future__ import annotations

from typing import Any

import htpy as h

from lingti import language
from lingti.catalog import Catalog, Metric
from lingti.judging import number_text
from lingti.judging.standing import target_words
from lingti.judging.standing.targets import Progress
from lingti.judging.verdicts import ripe
from lingti.judging.verdicts.ripe import Ripe
from lingti.judging.verdicts.verdict import Verdict, VerdictCode
from lingti.judging.verdicts.verdict_words import verdict_words, why_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.ui.parts import url
from lingti.ui.parts.html_out import Html

_SIGNS: dict[VerdictCode, str] = {
    "improving": "▲",
    "worsening": "▼",
    "changed": "◆",
    "ordinary": "●",
}


def sign(code: VerdictCode) -> str:
    """The sign of a verdict, in charts too; ○ where there is none of a number."""
    return _SIGNS.get(code, "○")


def verdict_mark(verdict: KeptVerdict | Verdict) -> Html:
    """A verdict as sign and word, and why on hover."""
    code = verdict.verdict
    which = which_verdict(verdict) if isinstance(verdict, KeptVerdict) else None
    return h.span(
        ".lt-verdict", data_verdict=code, data_told=which, title=why_words(verdict) or None
    )[sign(code), "\xa0", verdict_words(code)]


def which_verdict(verdict: KeptVerdict) -> str:
    """Metric, place and period of a verdict, as `data-told` holds them."""
    return f"{verdict.metric}|{verdict.community}|{verdict.period}"


def verdict_of(row: Any) -> KeptVerdict | None:
    """The verdict of a row as of `judged_totals.totals`; None where its state says it all."""
    verdict = getattr(row, "verdict", None)
    return verdict if isinstance(verdict, KeptVerdict) and verdict.reason != "state" else None


def verdict_line(row: Any, metric: Metric, catalog: Catalog) -> Html | None:
    """The verdict of a row, a link to its chart, and what it leads to; None without one.

    Of a longer period that ends with what is provisional it is said, and what its ripe cases tell.
    """
    verdict = verdict_of(row)
    if verdict is None:
        return None
    href = url.link("verdicts", metric=metric.name)
    is_open = verdict.verdict != "provisional" and getattr(row, "is_provisional", False)
    ripe_ones = getattr(row, "ripe", None)
    return h.fragment[
        h.a(".lt-defined", href=href)[verdict_mark(verdict)],
        [" · ", verdict_words("provisional")] if is_open else None,
        inside(verdict),
        instead(metric, catalog),
        h.small[" · ", ripe.words(ripe_ones, metric)] if isinstance(ripe_ones, Ripe) else None,
    ]


def signal_mark(row: Any) -> Html | None:
    """The verdict of a row where it is a signal, for tables, which would be full of others."""
    verdict = verdict_of(row)
    return verdict_mark(verdict) if verdict is not None and verdict.is_signal else None


def instead(metric: Metric, catalog: Catalog) -> Html | None:
    """Links to what is judged in place of a stock or a rolling window; None for what is judged."""
    known = catalog.metrics
    metrics = [known[name] for name in metric.judged_by if name in known]
    if not metrics:
        return None
    parts: list[h.Node] = []
    for judged in metrics:
        href = url.link("verdicts", metric=judged.name)
        parts += [language.words(["", ""]), h.a(".lt-defined", href=href)[judged.title.pick()]]
    return h.span(".lt-instead")[" → ", parts[1:]]


def signals_words(verdict: KeptVerdict) -> str:
    """The signals in a period besides the judged point, in a list."""
    return _("; ").join(
        _("{name}: {word}").format(name=number_text.point(period), word=verdict_words(code))
        for period, code in verdict.signals
    )


def inside(verdict: KeptVerdict) -> Html | None:
    """The other signals in the period, uncoloured: of a month how many, of a longer one which."""
    if not verdict.signals:
        return None
    if verdict.grain != "month":
        return h.small[" ", signals_words(verdict)]
    words = ngettext("{number} signal within", "{number} signals within", len(verdict.signals))
    return h.small(title=signals_words(verdict))[" ", words.format(number=len(verdict.signals))]


def target_mark(progress: Progress, words: str = "") -> Html:
    """How a target stands as sign and word, or as the words given."""
    return h.span(".lt-verdict", data_target=progress.status)[
        TARGET_SIGNS[progress.status], "\xa0", words or target_words.status_words(progress)
    ]


TARGET_SIGNS = {
    **{"reached": "✓", "missed": "✗", "on_pace": "●", "behind": "○"},
    **{"cannot_be_said": "?", "hangs_on_finding": "?", "unknown": "○"},
}
