"""The one sentence that says what a change is made of: under charts, and in documents."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lingti.catalog import member_title
from lingti.judging import number_text
from lingti.judging.changes.changes import COMMUNITY, FLOWS, PEOPLE, Explained
from lingti.judging.changes.why import Part, Split, rounded
from lingti.judging.sentences import joined
from lingti.language import gettext as _

MOST_NAMED = 3  # parts of a sentence; the smaller ones are told together


def change_sentence(
    explained: Explained, name: Callable[[str], str], *, tell_unsplit: bool = True
) -> str:
    """How much a number changed and the largest parts of it, or that it has no such parts.

    Of the district by community, of a community by people, flows or else its first dimension that
    can be taken apart. Nothing is said of numbers that are not whole at both ends. `tell_unsplit`
    off is for where there is room for parts only.
    """
    if explained.state != "reported":
        return ""
    best = _best_split(explained)
    if best is None:
        return _unsplit(explained) if tell_unsplit else ""
    by, shown = best
    if not shown.whole:
        return ""
    same_year = explained.before.first_day.year == explained.after.first_day.year
    written = number_text.period_short if same_year else number_text.period
    return _("Change from {before}: {change}, of which {parts}.").format(
        before=written(explained.before.grain, explained.before.id),
        change=_amount(explained, shown.whole),
        parts=joined(_parts(explained, by, shown, name)),
    )


def parts_sentence(explained: Explained, name: Callable[[str], str]) -> str:
    """The largest parts of a change that was told already; "" where it has none."""
    best = _best_split(explained)
    if explained.state != "reported" or best is None or not best[1].whole:
        return ""
    by, shown = best
    moved = [part for part in shown.parts if part.change]
    if len(moved) == 1:
        return _("All of it comes from {name}.").format(name=_name(explained, by, moved[0], name))
    return _("Of this change: {parts}.").format(parts=joined(_parts(explained, by, shown, name)))


def _best_split(explained: Explained) -> tuple[str, Split] | None:
    """By what a change is taken apart, and its parts as they are shown; None where by nothing."""
    ways = (COMMUNITY, PEOPLE, FLOWS, *explained.metric.dimensions)
    by = next((way for way in ways if explained.by(way)), None)
    split = explained.by(by) if by else None
    if by is None or split is None:
        return None
    return by, rounded(split, explained.metric.decimals)


def _unsplit(explained: Explained) -> str:
    """Why a change cannot be taken apart, where that lies in what the number is; else ""."""
    if not explained.change:
        return ""
    words = {
        "median": _("The change of a median or an average cannot be split."),
        "share": _("The change of a share cannot be split."),
        "distinct": _("People are counted once, so that the change cannot be split by part."),
    }
    reasons = [split.cannot for _by, split in explained.splits]
    return next((words[reason] for reason in reasons if reason in words), "")


def _parts(explained: Explained, by: str, shown: Split, name: Callable[[str], str]) -> list[str]:
    """The largest parts in words, and what all others make together."""
    ordered = sorted(shown.parts, key=lambda part: -abs(part.change))
    moved = [part for part in ordered if part.change]
    phrases = [
        f"{_name(explained, by, part, name)} {_amount(explained, part.change)}"
        for part in moved[:MOST_NAMED]
    ]
    rest = sum((part.change for part in moved[MOST_NAMED:]), Decimal(0))
    if rest:
        phrases.append(f"{_('all others')} {_amount(explained, rest)}")
    return phrases


def _name(explained: Explained, by: str, part: Part, name: Callable[[str], str]) -> str:
    match part.kind:
        case "joined":
            return _("{name} (new)").format(name=name(part.name))
        case "left":
            return _("{name} (no longer counted)").format(name=name(part.name))
        case "community":
            return name(part.name)
        case "member":
            return member_title(explained.metric, by, part.name).pick()
    words = {
        "shared": _("people of several communities"),
        "came_in": _("came in"),
        "went_out": _("went out"),
        "people": _("number of people"),
        "average": _("average of each"),
        "withheld": _("withheld parts"),
    }
    return words[part.kind]


def _amount(explained: Explained, value: Decimal) -> str:
    written = number_text.exact(float(value), explained.metric.decimals)
    return number_text.signed(written, float(value))
