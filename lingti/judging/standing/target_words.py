"""How a target stands, in words: the one word for each status, and what there is to it."""

from __future__ import annotations

from lingti.judging import number_text
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import paragraph
from lingti.judging.standing.targets import Progress, Status
from lingti.language import gettext as _


def status_words(progress: Progress) -> str:
    """How a target stands, in a word or two; why there is no number to tell it by."""
    if progress.status == "unknown":
        return number_text.state(number_text.state_of(None, progress.state))
    return words_of(progress.status)


def words_of(status: Status) -> str:
    """The one word or two for a status, on pages and in documents."""
    return {
        "reached": _("reached"),
        "hangs_on_finding": _("hangs on a finding"),
        "on_pace": _("on pace"),
        "behind": _("behind"),
        "missed": _("missed"),
        "cannot_be_said": _("cannot be said"),
        "unknown": _("without a number"),
    }[status]


def gap_words(progress: Progress) -> str:
    """The gap to the pace with its sign; `0` where it is too small to be written.

    What has no pace is held against the target itself, a share in percentage points.
    """
    if progress.gap is None:
        return number_text.NOTHING
    if number_text.is_percent(progress.metric):
        shown = _("{number} points").format(number=number_text.exact(progress.gap * 100, 1))
    else:
        shown = number_text.bare(progress.gap, progress.metric)
    seen = any(digit in shown for digit in "123456789")
    return number_text.signed(shown, progress.gap) if seen else "0"


def sentences(progress: Progress) -> str:
    """Value, pace, gap and the rate still required, and what the value lacks, in sentences."""
    return paragraph([_sentences(progress), to_correct.sentence(progress.to_correct)])


def _sentences(progress: Progress) -> str:
    metric = progress.metric
    if progress.value is None:
        return _("There is no number to hold against the target yet.")
    template = _("By {day}: {value}; the target is {target}.")
    if progress.state == "partial":
        template = _("By {day}: {value}, with days not reported; the target is {target}.")
    text = template.format(
        day=number_text.day(progress.as_of),
        value=number_text.measured_exact(progress.value, metric),
        target=number_text.measured_exact(progress.target, metric),
    )
    if progress.status == "hangs_on_finding":
        return _("{says} It is reached only with rows that a finding is about.").format(says=text)
    if not progress.grows or progress.is_over:
        return text
    gap = progress.gap or 0.0
    template = _("{says} That is {gap} more than its pace asks for.")
    if gap < 0:
        template = _("{says} That is {gap} less than its pace asks for.")
    if gap_words(progress) == "0":
        template = _("{says} That is exactly its pace.")
    text = template.format(says=text, gap=number_text.measured(abs(gap), metric))
    if progress.rate_needed is None:
        return text
    text = _leads_to(text, progress)
    return _("{says} Still required: {needed} a month; so far it was {so_far} a month.").format(
        says=text,
        needed=number_text.measured(progress.rate_needed, metric),
        so_far=number_text.measured(progress.rate_so_far, metric),
    )


def _leads_to(text: str, progress: Progress) -> str:
    """Where the last three months lead, after what is said already."""
    ends = range_words(progress)
    if not ends:
        return text
    return _("{says} As in the last three months, it ends {between}.").format(
        says=text, between=ends
    )


def range_words(progress: Progress) -> str:
    """Between what the last three months lead to; "" where that is not known or of no interest."""
    projected = progress.projected
    if projected is None or progress.status in ("reached", "hangs_on_finding"):
        return ""
    return _("between {lower} and {upper}").format(
        lower=number_text.bare(projected.lower, progress.metric),
        upper=number_text.measured(projected.upper, progress.metric),
    )
