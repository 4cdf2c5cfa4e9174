"""How the states of a month and the steps between are called, and why a step cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lingti.language import gettext as _

if TYPE_CHECKING:
    from lingti.editions.submissions import Standing


def wrong_state(now: Standing, act: str, needed: Iterable[str], place: str, period: str) -> str:
    """Why a month that stands so cannot take a step; `needed` are the states that can."""
    sentence = _("{community}, {period}: this is {status}. “{act}” needs one that is {needed}.")
    sentence = sentence.format(
        community=place,
        period=period,
        status=status_words(now.status),
        act=step_words(act),
        needed=_(" or ").join(status_words(status) for status in needed),
    )
    if now.was:
        sentence += " " + changed_words(now)
    return sentence


def changed_words(now: Standing) -> str:
    """Why what was signed does not hold any more; "" where it does."""
    if not now.was:
        return ""
    if not now.batches:
        return _("What counts has changed since it was {was}.").format(was=status_words(now.was))
    named = ", ".join(str(batch) for batch in now.batches)
    return _("What counts has changed since it was {was}: batch {batches}.").format(
        was=status_words(now.was), batches=named
    )


def status_words(status: str) -> str:
    """A state in a word."""
    return {
        "open": _("to be submitted"),
        "submitted": _("submitted"),
        "accepted": _("accepted in review"),
        "final": _("final"),
    }[status]


def act_words(act: str) -> str:
    """A step as what becomes of a month by it."""
    return {
        "submit": _("submitted"),
        "accept_first": _("accepted by the subdistrict"),
        "accept": _("accepted in review"),
        "return": _("returned"),
        "take_back": _("taken back"),
    }[act]


def step_words(act: str) -> str:
    """A step as its button names it."""
    return {
        "submit": _("Submit"),
        "accept_first": _("Accept for the subdistrict"),
        "accept": _("Accept"),
        "return": _("Return"),
        "take_back": _("Take back"),
    }[act]
