"""Sentences on main numbers: each with its change, what it is made of, its target, its verdict."""

from __future__ import annotations

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, ripe, standing_words, to_correct
from lingti.judging.sentences import begun, paragraph
from lingti.judging.verdict import SIGNALS
from lingti.judging.verdict_words import verdict_words
from lingti.judging.verdicts import Told
from lingti.language import gettext as _
from lingti.report.inputs import Material
from lingti.report.sentences import clerk
from lingti.warehouse.frames import plain


def has_number(material: Material, metric: Metric, place: str) -> bool:
    """Whether a metric has a value in a place in the period."""
    row = material.totals.get((metric.name, place))
    return row is not None and plain(row.value) is not None


def number(material: Material, metric: Metric, place: str) -> str:
    """A number with its change, what that is made of, its target, and what is judged of it."""
    row = material.totals[metric.name, place]
    provisional = material.is_provisional(metric, place)
    ripe_ones = material.ripe(metric, place)
    aims = [aim for aim in material.targets if (aim.place, aim.metric) == (place, metric)]
    beside = "" if place == DISTRICT else clerk.beside_briefly(material, metric, place)
    return paragraph(
        [
            clerk.value(row, metric, material.view, is_provisional=provisional),
            to_correct.sentence(to_correct.lacking(row)),
            ripe.words(ripe_ones, metric) if ripe_ones else "",
            clerk.parts(material, metric, place),
            judged(material, metric, place),
            beside,
            *(clerk.target_briefly(aim, row.value, material.view) for aim in aims),
        ]
    )


def judged(material: Material, metric: Metric, place: str) -> str:
    """Whether a number is more than ordinary variation; "" where that is not judged.

    Of a quarter or a year that is told of its last month, as the first sentence does.
    """
    told = signal_of(material, metric, place)
    if told is None:
        verdict = material.verdict(metric, place)
        if verdict.verdict != "ordinary":
            return ""
        return _("This is {verdict}.").format(verdict=verdict_words("ordinary"))
    words = _("It is {way}: {verdict}.")
    if told.period != material.view.period.id:
        words = _("In {month} it is {way}: {verdict}.")
    return begun(
        words.format(
            month=number_text.period(told.grain, told.period),
            way=standing_words.way_words(told),
            verdict=verdict_words(told.verdict),
        )
    )


def signal_of(material: Material, metric: Metric, place: str) -> Told | None:
    """The verdict of a main number where it is a signal."""
    for one in material.standings:
        if one.place == place:
            for signal in one.signals:
                if signal.metric == metric.name:
                    return signal
    verdict = material.verdict(metric, place)
    return verdict if verdict.verdict in SIGNALS else None
