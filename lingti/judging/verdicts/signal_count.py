"""How many numbers give a signal, and how many of them chance alone would give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lingti.catalog import TOTALS, Catalog
from lingti.judging.verdicts.verdict import FALSE_ALARMS, SIGNALS, VerdictCode
from lingti.language import gettext as _
from lingti.language import ngettext


@dataclass(frozen=True)
class SignalCount:
    """How many numbers could be judged, and how many of these are a signal."""

    judged: int
    signals: int

    @property
    def by_chance(self) -> float:
        """How many signals chance alone would give at most, were nothing to change."""
        return FALSE_ALARMS * self.judged


def counted(catalog: Catalog, verdicts: Iterable[tuple[str, str, VerdictCode]]) -> SignalCount:
    """Counts verdicts as (metric, place, verdict); metrics of the same rows in a place count once.

    They rise and fall together: placements and the people placed are one thing that happened, and
    so are a share and its numerator, whatever condition each puts to the rows of their tables.
    """
    by_facts: dict[tuple[tuple[str, ...], str], bool] = {}
    for metric, place, verdict in verdicts:
        if verdict in (*SIGNALS, "ordinary"):
            # Totals stand in the place of rows of any table.
            tables = [table for table in catalog.metrics[metric].tables if table != TOTALS]
            key = (tuple(tables), place)
            by_facts[key] = by_facts.get(key, False) or verdict in SIGNALS
    return SignalCount(len(by_facts), sum(by_facts.values()))


def count_words(count: SignalCount) -> str:
    """How many signals there are among how many numbers, and how many chance alone would give."""
    if not count.judged:
        return _("No number has enough points yet to be judged.")
    if not count.signals:
        return ngettext(
            "The {judged} number judged is no signal.",
            "None of the {judged} numbers judged is a signal.",
            count.judged,
        ).format(judged=count.judged)
    return ngettext(
        "{signals} of {judged} numbers judged is a signal; {chance}.",
        "{signals} of {judged} numbers judged are signals; {chance}.",
        count.signals,
    ).format(signals=count.signals, judged=count.judged, chance=chance_words(count.by_chance))


def chance_words(by_chance: float, *, of_kinds: bool = False) -> str:
    """How many are to be expected by chance, to follow how many numbers, or kinds, there are."""
    expected = round(by_chance)
    if not expected and of_kinds:
        return _("less than one kind is to be expected by chance")
    if not expected:
        return _("less than one is to be expected by chance")
    if of_kinds:
        return ngettext(
            "{number} kind is to be expected by chance",
            "{number} kinds are to be expected by chance",
            expected,
        ).format(number=expected)
    return ngettext(
        "{number} is to be expected by chance", "{number} are to be expected by chance", expected
    ).format(number=expected)
