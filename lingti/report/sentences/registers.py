"""Sentences on registers: decisions, concerns, what was reported, which rules the data break.

As in `clerk`, each function says what it finds in the current language.
"""

from __future__ import annotations

from collections.abc import Callable

from lingti import language
from lingti.catalog import DISTRICT
from lingti.district.journal import DONE
from lingti.judging import number_text
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import paragraph
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report.inputs import Material
from lingti.report.sentences.clerk import change
from lingti.report.sentences.exact_numbers import lacks, short
from lingti.warehouse.frames import plain


def decisions(material: Material, place: str) -> str:
    """How the decisions stand: done in the period, open, overdue; or why that is not known.

    The numbers are those of the communities' registers; decisions entered on pages follow them.
    """
    return paragraph([registered(material, place), entered(material, place)])


def registered(material: Material, place: str) -> str:
    """The same of the communities' registers only."""
    rows = {name: material.totals[f"decisions_{name}", place] for name in _DECISIONS}
    open_ = rows["open"]
    if plain(open_.value) is None:
        community = material.community(place)
        listed = material.exported
        if open_.state == "not_run" and community and (listed["community"] == place).any():
            return _(
                "Decisions are counted here from {day} on; those made before are listed."
            ).format(day=number_text.day(community.since))
        return _DECISIONS_WITHOUT.get(open_.state, _DECISIONS_WITHOUT["not_reported"])()
    made_count, done_count = plain(rows["made"].value), plain(rows["done"].value)
    if made_count:
        words = _("Decisions made in the period: {made}; done: {done}; {open}.")
    elif done_count:
        words = _("No decision was made in the period; done: {done}; {open}.")
    else:
        words = _("No decision was made or done in the period; {open}.")
    sentence = words.format(
        made=number_text.exact(made_count),
        done=number_text.exact(done_count),
        open=_still_open(open_.value, plain(rows["overdue"].value)),
    )
    part = _("A part was not reported.") if open_.state == "partial" else ""
    return paragraph([sentence, part])


def _still_open(open_count: float, overdue: float | None) -> str:
    """How many are open at the period's end, and how many of them are overdue."""
    if not open_count:
        return _("none open at its end")
    if overdue is None:
        words = _("open at its end: {open}")
    elif overdue == open_count:
        words = (
            _("open at its end: {open}, overdue")
            if open_count == 1
            else _("open at its end: {open}, all of them overdue")
        )
    elif overdue:
        words = _("open at its end: {open}, of which overdue: {overdue}")
    else:
        words = _("open at its end: {open}, none of them overdue")
    return words.format(open=number_text.exact(open_count), overdue=number_text.exact(overdue))


def entered(material: Material, place: str) -> str:
    """How the decisions stand that were entered on pages; "" where there are none."""
    frame = material.entered(place)
    if frame.empty:
        return ""
    standing = frame["standing"].tolist()
    return _("Also entered here are {count}: done: {done}; {open}.").format(
        count=len(standing),
        done=sum(state in DONE for state in standing),
        open=_still_open(sum(state not in DONE for state in standing), standing.count("overdue")),
    )


_DECISIONS = ("made", "done", "open", "overdue")
_DECISIONS_WITHOUT: dict[str, Callable[[], str]] = {
    "not_reported": lambda: _("Decisions were not reported, so their follow-up is not known."),
    "not_run": lambda: _("No register of decisions is kept here."),
    "not_expected": lambda: _("Decisions were not expected for the period, and not sent in."),
    "withheld": lambda: _("Decisions: {why}.").format(why=number_text.withheld()),
}


def concerns(material: Material, place: str) -> str:
    """Concerns raised, resolved and open; or why that is not known."""
    rows = {name: material.totals[f"concerns_{name}", place] for name in _CONCERNS}
    raised = rows["raised"]
    if plain(raised.value) is None:
        return _CONCERNS_WITHOUT.get(raised.state, _CONCERNS_WITHOUT["not_reported"])()
    numbers = {
        name: number_text.exact(plain(row.value)) + lacks(to_correct.lacking(row))
        for name, row in rows.items()
    }
    metric = material.catalog.metrics["concerns_raised"]
    provisional = material.is_provisional(metric, place)
    metric_change = "" if provisional else change(raised, metric, material.view)
    words = _(
        "Concerns raised: {raised}{change}; resolved: {resolved};"
        " open at the period's end: {open}, of which for over 14 days: {overdue}."
    )
    part = _("A part was not reported.") if raised.state == "partial" else ""
    return paragraph([words.format(change=metric_change, **numbers), part])


def concerns_lack(material: Material, place: str) -> str:
    """How many rows to correct the concerns by category lack; "" where none."""
    places = material.view.communities if place == DISTRICT else (place,)
    count = {
        community: to_correct.lacking(material.totals["concerns_raised", community])
        for community in places
        if ("concerns_raised", community) in material.totals
    }
    return to_correct.of_parts(count, lambda community: short(material, community))


_CONCERNS = ("raised", "resolved", "open", "overdue")
_CONCERNS_WITHOUT: dict[str, Callable[[], str]] = {
    "not_reported": lambda: _("Concerns were not reported for the period."),
    "not_run": lambda: _("No register of concerns is kept here."),
    "not_expected": lambda: _("Concerns were not expected for the period, and not sent in."),
    "withheld": lambda: _("Concerns: {why}.").format(why=number_text.withheld()),
    "not_computable": lambda: _(
        "Of concerns only totals of other periods were sent, or sheets without the columns needed."
    ),
}


def reporting(expected: int, partial: int, missing: int) -> str:
    """How many of the tables expected in the period came in."""
    if not expected:
        return _("Nothing is expected for this period.")
    if not partial and not missing:
        return ngettext(
            "The {count} table expected was reported in full.",
            "All {count} tables expected were reported in full.",
            expected,
        ).format(count=expected)
    counted = (
        (_("{count} were reported in full"), expected - partial - missing),
        (_("{count} in part"), partial),
        (_("{count} not at all"), missing),
    )
    parts = [words.format(count=count) for words, count in counted if count]
    return _("Of {count} tables expected, {parts}.").format(
        count=expected, parts=language.clauses(parts)
    )


def data_findings(in_period: int, so_far: int) -> str:
    """How often the data break a rule."""
    if not so_far:
        return _("No rule is broken in the data reported so far.")
    if not in_period:
        return _(
            "No rule is newly broken in the period; places where the data break a rule so far:"
            " {so_far} (see the appendix)."
        ).format(so_far=so_far)
    return _(
        "Places where the data break a rule: {in_period} in the period, {so_far} so far."
    ).format(in_period=in_period, so_far=so_far)
