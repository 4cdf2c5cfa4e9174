"""Why a batch came, went or came back, as it was said with it: an entry per act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lingti import entries
from lingti.access import audit
from lingti.ingest.keeping import batches
from lingti.ingest.plans import Outcome
from lingti.language import gettext as _
from lingti.personal_data import mask

KIND = "reason"
MOST_SIGNS = 200  # of what is said with a reason
REASONS = ("late", "correction", "definition", "other")
UNSTATED = "unstated"


class ReasonError(ValueError):
    """A reason that is none of those there are."""


@dataclass(frozen=True)
class Reason:
    """A reason, and what was said with it; `act` is import, undo or redo."""

    reason: str = UNSTATED
    text: str = ""
    act: str = ""
    by: str = ""
    at: str = ""


def parse(typed: str | None) -> Reason:
    """A reason as it is typed: `late`, `other:TEXT`. Raises ReasonError."""
    if not typed:
        return Reason()
    code, _colon, text = typed.replace("：", ":").partition(":")
    if code.strip() not in REASONS:
        known = ", ".join(REASONS)
        sentence = _("{given!r} is no reason; use one of {known}, with :TEXT if you like.")
        raise ReasonError(sentence.format(given=code, known=known))
    if len(text.strip()) > MOST_SIGNS:
        sentence = _("A reason has {count} signs; {most} at most.")
        raise ReasonError(sentence.format(count=len(text.strip()), most=MOST_SIGNS))
    return Reason(code.strip(), mask(text.strip()))


def note(home: Path, act: str, batch: int, reason: Reason, by: str) -> None:
    """Notes why a batch was imported, undone or redone."""
    value = {"act": act, "reason": reason.reason, "text": reason.text}
    entries.add(home, KIND, str(batch), value, by)


def note_imported(
    home: Path, outcomes: Iterable[Outcome], reason: Reason, by: str | None = None
) -> None:
    """Notes why what was imported was; nothing where nobody said."""
    if reason.reason == UNSTATED:
        return
    for outcome in outcomes:
        if outcome.plan is not None and outcome.plan.batch is not None:
            note(home, "import", outcome.plan.batch, reason, by or audit.account())


def undo(home: Path, batch: int, by: str | None = None, reason: Reason = Reason()) -> None:
    """Withdraws a batch and notes why. Raises BatchError if there is none of that number."""
    with batches.writing(home):
        batches.undo(home, batch, by)
        note(home, "undo", batch, reason, by or audit.account())


def redo(home: Path, batch: int, by: str | None = None, reason: Reason = Reason()) -> None:
    """Puts a withdrawn batch back and notes why. Raises BatchError if there is none."""
    with batches.writing(home):
        batches.redo(home, batch, by)
        note(home, "redo", batch, reason, by or audit.account())


def of_batches(home: Path) -> dict[int, Reason]:
    """Batch → the newest that was said of it."""
    return {
        int(entry.key): Reason(
            entry.value["reason"], entry.value["text"], entry.value["act"], entry.by, entry.at
        )
        for entry in entries.history(home, KIND)
        if entry.value is not None
    }


def words(reason: str) -> str:
    """A reason as people say it."""
    return {
        "late": _("reported late"),
        "correction": _("correction"),
        "definition": _("definition changed"),
        "other": _("other reason"),
        UNSTATED: _("no reason stated"),
    }[reason]
