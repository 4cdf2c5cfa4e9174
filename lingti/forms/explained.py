"""Why a cell is blank, or only shown for a yes, in words; what would be needed."""

from __future__ import annotations

from collections.abc import Sequence

from lingti.forms.filling import Outcome
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import words as listed


def why(outcome: Outcome) -> str:
    """Why a cell was left as it is, as one sentence or two."""
    if outcome.reading.sureness and outcome.reading.doubts and outcome.number.raw is not None:
        return " ".join(dict.fromkeys(doubt(name, outcome) for name in outcome.reading.doubts))
    reason = code(outcome.code)
    if outcome.code == "no_measure" and outcome.reading.meant:
        reason += " " + _("Not known: {words}.").format(words=listed(outcome.reading.meant))
    if outcome.code == "ambiguous" and outcome.reading.meant:
        reason += " " + listed(outcome.reading.meant)
    if outcome.code in ("no_measure", "ambiguous"):
        reason += "".join(f" {doubt(name, outcome)}" for name in outcome.reading.doubts)
    return reason


def code(name: str) -> str:
    """What a code says."""
    return {
        "no_measure": _("No metric here counts this."),
        "ambiguous": _("It can be read in more than one way."),
        "not_reported": _("Not reported, or not all of it: nothing is filled in, least of all 0."),
        "not_run": _("The community does not run this."),
        "not_expected": _("Not expected for the period, and not sent in."),
        "withheld": _("For who asks: {why}.").format(why=number_text.withheld()),
        "not_computable": _(
            "Only totals were sent, or sheets without a column that it needs, which do not tell it"
            " for the period."
        ),
        "provisional": _("Provisional: the newest cases have not had their time yet."),
        "to_correct": _("Rows that it rests on wait to be corrected."),
        "nothing": _("Reported, but there is nothing to compute it from."),
        "formula": _("A formula works it out from the cells it names."),
        "signature": _("For a name, a signature, a phone or the day of filling in."),
        "remark": _("For the words of whoever fills the form in."),
        "register": _("A list of single things or persons, which has rows and no numbers."),
        "protected": _("The form protects this cell."),
        "serial": _("The number of a row."),
        "declined": _("Somebody said that it stays blank."),
    }[name]


def doubt(name: str, one: Outcome) -> str:
    """What keeps a reading from being sure."""
    return {
        "name": _("The name or its unit leaves open which number is meant."),
        "title": _in_title(one),
        "topic": _("The title or section is about something else."),
        "act": _("It does not say what this happened to."),
        "note": _("A note on the form may restrict what is counted."),
        "other": _("“Other” depends on what else stands in the list."),
        "so_far": _("It does not say since when; this is from the first of January."),
        "stock_to_date": _("It is a stock: this is how many there are at the end."),
        "time": _("The time meant is not clear."),
        "two_times": _("It names two times."),
        "two_places": _("It names two places."),
        "two_units": _("It names two units."),
        "several": _("Several metrics fit."),
        "unit": _("The unit of the form does not fit."),
        "percent": _("It does not say whether per cent is meant."),
        "percent_cell": _("The cell shows per cent, and the number is none."),
        "change": _("It does not say whether a difference or a percentage is meant."),
        "never": _("No row of it has ever come from here: none, or not recorded?"),
        "restricted": _("It is restricted to some of what the metric counts."),
        "subtotal": _("A subtotal: of which rows is not clear."),
        "total_distinct": _(
            "A total: the district's own number counts each once; the sum of the column may not."
        ),
        "total_part": _("A total of what stands in the list, which may not be all."),
    }[name]


def _in_title(one: Outcome) -> str:
    if not one.reading.unknown:
        return _("The title or section may restrict what is counted.")
    return _("{words} in the title or section may restrict what is counted.").format(
        words=quoted(one.reading.unknown)
    )


def quoted(unknown: Sequence[str]) -> str:
    """Words of a form as one quotes them in a sentence."""
    return listed([f"“{word}”" for word in unknown])
