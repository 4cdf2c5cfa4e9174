"""Sentences on main numbers: each with its change, what it is made of, its target, its verdict."""

from __future__ import annotations

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import begun, paragraph
from lingti.judging.standing import standing_words
from lingti.judging.verdicts import ripe
from lingti.judging.verdicts.verdict import SIGNALS
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.report.inputs import Material
from lingti.report.sentences import clerk
from lingti.warehouse.frames import plain


def has_number(material: Material, metric: Metric, place: str) -> bool:
    """Whether a metric has a value in a place in the period."""
    row = material.totals.get((metric.name, place))
    return row is not None and plain(row.value) is not None


def number(material: Material, metric: Metric, place: str, *, briefly: bool = False) -> str:
    """A number with its change, what that is made of, its target, and what is judged of it.

    Ordinary variation of a community is not taken apart: there is nothing to explain. `briefly`
    takes apart signals alone.
    """
    row = material.totals[metric.name, place]
    provisional = material.is_provisional(metric, place)
    ripe_ones = material.ripe(metric, place)
    aims = [aim for aim in material.targets if (aim.place, aim.metric) == (place, metric)]
    beside = "" if place == DISTRICT else clerk.beside_briefly(material, metric, place)
    judgement = judged(material, metric, place)
    is_split = place == DISTRICT or (
        signal_of(material, metric, place) is not None
        if briefly
        else not _is_ordinary(material, metric, place)
    )
    joined = not provisional and _is_ordinary(material, metric, place)
    joined = joined and clerk.tells_change(row, metric, material.view)
    return paragraph(
        [
            clerk.value(row, metric, material.view, is_provisional=provisional, is_ordinary=joined),
            to_correct.sentence(to_correct.lacking(row)),
            ripe.words(ripe_ones, metric) if ripe_ones else "",
            clerk.parts(material, metric, place) if is_split else "",
            "" if joined else judgement,
            beside,
            *(clerk.target_briefly(aim, row.value, material.view) for aim in aims),
        ]
    )


def judged(material: Material, metric: Metric, place: str) -> str:
    """Whether a number is more than ordinary variation; "" where that is not judged.

    Of a quarter or a year that is told of its last month, as the first sentence does.
    """
    signal = signal_of(material, metric, place)
    if signal is None:
        if not _is_ordinary(material, metric, place):
            return ""
        return _("This is {verdict}.").format(verdict=verdict_words("ordinary"))
    words = _("It is {way}: {verdict}.")
    if signal.period != material.view.period.id:
        words = _("In {month} it is {way}: {verdict}.")
    return begun(
        words.format(
            month=number_text.period(signal.grain, signal.period),
            way=standing_words.way_words(signal),
            verdict=verdict_words(signal.verdict),
        )
    )


def _is_ordinary(material: Material, metric: Metric, place: str) -> bool:
    """Whether nothing but ordinary variation is seen in a number."""
    if signal_of(material, metric, place) is not None:
        return False
    return material.verdict(metric, place).verdict == "ordinary"


def signal_of(material: Material, metric: Metric, place: str) -> KeptVerdict | None:
    """The verdict of a main number where it is a signal."""
    for place_standing in material.standings:
        if place_standing.place == place:
            for signal in place_standing.signals:
                if signal.metric == metric.name:
                    return signal
    verdict = material.verdict(metric, place)
    return verdict if verdict.verdict in SIGNALS else None
