"""Questions to a role on a number, a row or a finding (追问): asked, answered, closed.

Each step is an entry under the key of the question: who, when, what. Only those read it who may
see the findings of its community, so that no text tells others an exact number, a row or a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.access import roles
from lingti.access.roles import Person
from lingti.catalog import DISTRICT
from lingti.district import journal
from lingti.language import gettext as _
from lingti.personal_data import mask

KIND = "follow_up"
OPEN, ANSWERED, CLOSED = STATUSES = ("open", "answered", "closed")
ASK, ANSWER, CLOSE, REOPEN, TAKE_BACK = ("ask", "answer", "close", "reopen", "take_back")
_LEADS_TO = {ASK: OPEN, ANSWER: ANSWERED, CLOSE: CLOSED, REOPEN: OPEN}
_FROM = {ANSWER: (OPEN, ANSWERED), CLOSE: (OPEN, ANSWERED), REOPEN: (ANSWERED, CLOSED)}
MOST_SIGNS = 300  # of a text


class NotAllowedError(Exception):
    """A step that cannot be taken now, or not by who wants to; says which could be."""


@dataclass(frozen=True)
class About:
    """The number asked about, as addresses name it, or with a batch one row behind it.

    `of` is a period's id or a range of days; `file` and `row` are those of the row's `source_row`.
    A finding is a row, or all rows of a rule, behind the metric `findings_count`.
    """

    metric: str
    place: str
    of: str
    by: str = ""
    member: str = ""
    batch: int = 0
    file: int = 0
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class Step:
    """What was done with a question: `on` is the day of the district, `at` that of the clock."""

    act: str
    text: str
    by: str
    on: date
    at: str


@dataclass(frozen=True)
class FollowUp:
    """A question to a role, with all its steps, the question itself the first."""

    key: str
    about: About
    to: str
    steps: tuple[Step, ...]

    @property
    def status(self) -> str:
        """Open, answered or closed."""
        return _LEADS_TO[self.steps[-1].act]

    @property
    def text(self) -> str:
        """The question."""
        return self.steps[0].text

    @property
    def since(self) -> date:
        """The day on which it came to stand as it does."""
        return self.steps[-1].on

    def at_end_of(self, day: date) -> FollowUp | None:
        """How it stood at the end of a day; None where it was not asked yet."""
        known = tuple(step for step in self.steps if step.on <= day)
        return FollowUp(self.key, self.about, self.to, known) if known else None


def follow_ups(home: Path) -> list[FollowUp]:
    """Every question that was not taken back, the newest first."""
    histories: dict[str, list[entries.Entry]] = {}
    for entry in entries.history(home, KIND):
        histories.setdefault(entry.key, []).append(entry)
    questions = [
        follow_up for key, history in histories.items() if (follow_up := _follow_up(key, history))
    ]
    return questions[::-1]


def _follow_up(key: str, history: Iterable[entries.Entry]) -> FollowUp | None:
    """The question of a key after all its steps; a step that was taken back is none.

    None where nothing is left, or the entry with the question itself cannot be read.
    """
    steps: list[Step] = []
    first: Any = None
    for entry in history:
        act = entry.value["act"]
        if act == TAKE_BACK:
            del steps[-1:]
            continue
        first = entry.value if act == ASK else first
        on = date.fromisoformat(entry.value["on"])
        steps.append(Step(act, entry.value.get("text", ""), entry.by, on, entry.at))
    if not steps or steps[0].act != ASK:
        return None
    return FollowUp(key, About(**first["about"]), first["to"], tuple(steps))


def seen_by(person: Person, follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """The questions that somebody may read."""
    return [follow_up for follow_up in follow_ups if may_see(person, follow_up.about.place)]


def may_see(person: Person, place: str) -> bool:
    """Whether somebody may read questions on a place's numbers."""
    return roles.may(person, roles.FINDINGS, _of(place))


def may_ask(person: Person, place: str) -> bool:
    """Whether somebody may ask about a place's numbers: who enters or accepts them."""
    return any(roles.may(person, one, _of(place)) for one in (roles.ENTER, roles.ACCEPT))


def asked_roles(place: str) -> tuple[str, ...]:
    """Whom questions on a place's numbers may go to; nobody but officials keeps the district's."""
    if place == DISTRICT:
        return (roles.OFFICIAL,)
    return tuple(one for one in reversed(roles.ROLES) if one != roles.VIEWER)


def acts(person: Person, follow_up: FollowUp) -> list[str]:
    """The steps that somebody may take now, in the order in which they are offered.

    Whoever is asked answers, and so may officials; whoever asked closes it or asks again, and so
    may officials; whoever took the last step takes it back.
    """
    is_official = person.role == roles.OFFICIAL
    asked = is_official or person.role == follow_up.to
    asks = is_official or person.account == follow_up.steps[0].by
    may = {
        ANSWER: asked,
        CLOSE: asks,
        REOPEN: asks,
        TAKE_BACK: person.account == follow_up.steps[-1].by,
    }
    return [
        act
        for act, allowed in may.items()
        if allowed
        and may_see(person, follow_up.about.place)
        and follow_up.status in _FROM.get(act, (follow_up.status,))
    ]


def ask(home: Path, about: About, to: str, text: str, person: Person, on: date) -> str:
    """Asks a role, and returns the question's key. Raises NotAllowedError."""
    if not may_ask(person, about.place) or to not in asked_roles(about.place):
        raise NotAllowedError(_("You may not ask this about these numbers."))
    key = journal.new_key()
    value = {"about": asdict(about), "to": to, **_step(ASK, text, on)}
    entries.add(home, KIND, key, value, person.account)
    return key


def take(home: Path, follow_up: FollowUp, act: str, text: str, person: Person, on: date) -> None:
    """Takes a further step. Raises NotAllowedError, also where others were quicker."""
    now = next((each for each in follow_ups(home) if each.key == follow_up.key), None)
    if now is None or act not in acts(person, now):
        raise NotAllowedError(
            _("This cannot be done any more: the question stands otherwise by now.")
        )
    entries.add(home, KIND, follow_up.key, _step(act, text, on), person.account)


def _step(act: str, text: str, on: date) -> dict[str, str]:
    """Names, phones and ID numbers are masked, as in all that is typed."""
    words = mask(text.strip()[:MOST_SIGNS])
    if act in (ASK, ANSWER) and not words:
        raise NotAllowedError(_("Write what is asked, or the answer."))
    return {"act": act, "text": words, "on": on.isoformat()}


def most_urgent_first(follow_ups: Sequence[FollowUp]) -> list[FollowUp]:
    """The longest open first, then the answered, then the closed, newest first."""
    by_time = sorted(follow_ups, key=lambda follow_up: follow_up.steps[-1].at)
    open_ones = [follow_up for follow_up in by_time if follow_up.status != CLOSED]
    closed = [follow_up for follow_up in by_time if follow_up.status == CLOSED]
    return [
        *sorted(open_ones, key=lambda follow_up: STATUSES.index(follow_up.status)),
        *closed[::-1],
    ]


def _of(place: str) -> str | None:
    return None if place == DISTRICT else place
