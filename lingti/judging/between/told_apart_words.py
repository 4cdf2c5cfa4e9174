"""In words: who is higher or lower than the others, who leads, and what cannot be told.

Pages, slides and documents say it in these words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lingti import language
from lingti.catalog import Metric
from lingti.judging import number_text
from lingti.judging.between.between import How
from lingti.judging.between.told_apart import AgainstCode, Comparison, Differing, PlaceComparison
from lingti.judging.sentences import paragraph
from lingti.judging.verdicts.signal_count import chance_words
from lingti.language import gettext as _
from lingti.language import ngettext

Named = Callable[[str], str]
MOST_NAMED = 3


def against_words(against: AgainstCode) -> str:
    """How a community lies to the others together: the one word for it everywhere."""
    return {
        "higher": _("above the others"),
        "lower": _("below the others"),
        "unclear": _("cannot be told apart"),
        "untested": _("too few to be told apart"),
    }[against]


def sentence(comparison: Comparison | None, metric: Metric, name: Named) -> str:
    """Who leads by rate, and who else can be told from the others; "" where nothing was tested."""
    if comparison is None or not comparison.is_tested:
        return ""
    if not comparison.is_told:
        return _("By their rates the communities cannot be told apart.")
    first = comparison.leader
    sentences = []
    if first is not None:
        template = _("{name} has the highest rate: {value}.")
        if first.lower is not None:
            template = _("{name} has the highest rate: {value} (95% interval {interval}).")
        sentences.append(
            template.format(
                name=name(first.place),
                value=rate_words(first.rate, metric),
                interval=interval_words(first, metric),
            )
        )
    higher = [verdict for verdict in comparison.that_are("higher") if verdict is not first]
    lower = comparison.that_are("lower")
    if first is not None and len(comparison.places) == 2:
        lower = []  # there is but one other
    for verdicts, words in (
        (higher, _("Above the other communities together: {names}.")),
        (lower, _("Below the other communities together: {names}.")),
    ):
        if verdicts:
            sentences.append(
                words.format(names=named([name(verdict.place) for verdict in verdicts]))
            )
    return paragraph(sentences)


def named(names: Sequence[str]) -> str:
    """The first names, and how many there are in all where that is not all."""
    if len(names) <= MOST_NAMED:
        return language.words(names)
    return _("{names} and others, {count} in all").format(
        names=language.words(names[:MOST_NAMED]), count=number_text.exact(len(names))
    )


def of_place(verdict: PlaceComparison | None, metric: Metric) -> str:
    """How one community lies to the others together; "" where it is not compared."""
    if verdict is None or verdict.against == "untested" or verdict.others is None:
        return ""
    return _("Beside the other communities together ({others}): {words}.").format(
        others=rate_words(verdict.others, metric), words=against_words(verdict.against)
    )


def rate_words(rate: float | None, metric: Metric) -> str:
    """A rate with its unit: per 1,000 residents, or a share as it is."""
    if rate is not None and metric.scalable:
        return number_text.measured(1000 * rate, metric, "residents")
    return number_text.measured(rate, metric)


def interval_words(verdict: PlaceComparison, metric: Metric) -> str:
    """The interval of a rate: `6.7–11.6` per 1,000 residents, or `61.1%–83.9%`."""
    if verdict.lower is None or verdict.upper is None:
        return number_text.NOTHING
    if not metric.scalable:
        low, high = (number_text.bare(one, metric) for one in (verdict.lower, verdict.upper))
        return f"{low}–{high}"
    # Both ends to the same digits, those of the upper one.
    digits = sum(1000 * verdict.upper < size for size in (10, 100))
    return "–".join(number_text.exact(1000 * one, digits) for one in (verdict.lower, verdict.upper))


def counts_words(verdict: PlaceComparison, metric: Metric) -> str:
    """The number and what it is out of: `54 of 6,100`."""
    return _("{number} of {size}").format(
        number=number_text.exact(verdict.number, metric.decimals if metric.scalable else 0),
        size=number_text.exact(verdict.size),
    )


def method_words(how: How) -> str:
    """By what communities are told apart, for those who want to know."""
    kind = {
        "events": _("events that come by themselves (Byar's interval, exact Poisson test)"),
        "cases": _("cases of all there are (Wilson's interval, exact test)"),
        "sums": _(
            "what the same people add to again and again (interval and test by how much people"
            " differ)"
        ),
    }[how]
    return _(
        "Told apart by rates, each community against the others together, at 95%, corrected for"
        " their number: {kind}."
    ).format(kind=kind)


def differing_words(differing: Differing) -> str:
    """In how many metrics communities differ, and in how many chance alone would make them."""
    if not differing.compared:
        return ""
    if not differing.differ_count:
        return ngettext(
            "Communities were compared in {compared} kind of numbers, and cannot be told apart.",
            "Communities were compared in {compared} kinds of numbers, and cannot be told apart in"
            " any.",
            differing.compared,
        ).format(compared=differing.compared)
    return ngettext(
        "Communities were compared in {compared} kind of numbers, and can be told apart in {told};"
        " {chance}.",
        "Communities were compared in {compared} kinds of numbers, and can be told apart in {told};"
        " {chance}.",
        differing.compared,
    ).format(
        compared=differing.compared,
        told=differing.differ_count,
        chance=chance_words(differing.by_chance, of_kinds=True),
    )
