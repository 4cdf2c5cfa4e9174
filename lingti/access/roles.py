"""Who may do what. Roles are kept in the home, per issuer and subject, and read at every run.

| role | sees | does |
|---|---|---|
| official | everything, exactly | everything |
| secretary | own communities exactly, else what is published | imports, reports, entries of those |
| subdistrict | its communities exactly, else what is published | accepts and reports of those |
| viewer | what is published | nothing |
| none | nothing | nothing |

This is the one place that decides; `reader_view` says which values somebody reads, `may` what they
may do. What the provider claims about somebody beyond issuer and subject is never used.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.access import audit

ROLE = "role"
ROLES = ("official", "subdistrict", "secretary", "viewer")
OFFICIAL, SUBDISTRICT, SECRETARY, VIEWER = ROLES
# Actions on a community's own data; None as the community means the district as a whole.
SEE, ROWS, FINDINGS, IMPORT, REPORT, ENTER, ACCEPT, ADMINISTER = ACTIONS = (
    "see",  # the pages and the projector
    "rows",  # the rows behind a number
    "findings",  # which rows break a rule, and what imports turned away
    "import",  # import, file nil returns, undo, redo
    "report",  # briefings and decks
    "enter",  # targets, annotations, decisions, aliases, mappings
    "accept",  # accept what was submitted, or return it
    "administer",  # roles, the audit
)
_OF_OWN = {
    SECRETARY: frozenset({ROWS, FINDINGS, IMPORT, REPORT, ENTER}),
    SUBDISTRICT: frozenset({ROWS, FINDINGS, REPORT, ACCEPT}),
}


@dataclass(frozen=True)
class Person:
    """Who is at the screen. `role` is empty for somebody without one.

    `communities` are the own ones: of a secretary as they were given, of a `subdistrict` those that
    settings put in it now (`lingti.district.persons` finds them).
    """

    issuer: str
    subject: str
    name: str
    role: str = ""
    communities: tuple[str, ...] = ()
    subdistrict: str = ""

    @property
    def account(self) -> str:
        """How entries, manifests and the audit name them."""
        return self.name if self.issuer == "local" else f"{self.subject} ({self.issuer})"


@dataclass(frozen=True)
class ReaderView:
    """Which values somebody reads: exact ones of `exact` (None: of all), else published ones."""

    exact: frozenset[str] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is kept back."""
        return self.exact is None

    @property
    def tag(self) -> str:
        """Names it in the keys of caches."""
        return "" if self.exact is None else "+".join(["published", *sorted(self.exact)])


EVERYTHING, PUBLISHED = ReaderView(), ReaderView(frozenset())


def local_official() -> Person:
    """Who sits at the machine itself, where no sign-in is set up."""
    return Person("local", "", audit.account(), OFFICIAL)


def find(home: Path, issuer: str, subject: str, name: str = "") -> Person:
    """The person of an issuer and subject with the role they have now.

    None if none is kept, and none where it may have been taken away: see `barred_by`.
    """
    value = entries.current(home, ROLE).get(_key(issuer, subject))
    if not isinstance(value, dict) or value.get("role") not in ROLES:
        return Person(issuer, subject, name)
    if barred_by(home, issuer, subject):
        return Person(issuer, subject, name)
    return Person(
        issuer,
        subject,
        str(value.get("name") or name),
        value["role"],
        tuple(value.get("communities", ())) if value["role"] == SECRETARY else (),
        str(value.get("subdistrict", "")) if value["role"] == SUBDISTRICT else "",
    )


def barred_by(home: Path, issuer: str, subject: str) -> tuple[str, ...]:
    """The entries that cannot be read and may have changed a role since it was given.

    Who was shut out must not come back by a damaged file, so the role counts as taken away until
    the file is put back from a backup, or somebody who knows better moves it out of the home.
    """
    key = _key(issuer, subject)
    given = max(
        (entry.number for entry in entries.history(home, ROLE) if entry.key == key), default=-1
    )
    return tuple(
        lost.file
        for lost in entries.lost(home, ROLE)
        if lost.key in (key, None) and lost.number >= given >= 0
    )


def everybody(home: Path) -> list[Person]:
    """Everyone who has a role."""
    keys = sorted(entries.current(home, ROLE))
    return [find(home, *key.split(" ", 1)) for key in keys]


def grant(home: Path, person: Person, by: str) -> None:
    """Gives a role, or changes it. Raises ValueError for one that makes no sense."""
    if person.role not in ROLES or not person.issuer or not person.subject:
        raise ValueError(person.role)
    if " " in person.issuer or (person.role == SECRETARY) != bool(person.communities):
        raise ValueError(person.issuer)
    if (person.role == SUBDISTRICT) != bool(person.subdistrict):
        raise ValueError(person.subdistrict)
    value: dict[str, Any] = {
        "role": person.role,
        "communities": list(person.communities),
        "name": person.name,
    }
    if person.subdistrict:
        value["subdistrict"] = person.subdistrict
    entries.add(home, ROLE, _key(person.issuer, person.subject), value, by)


def revoke(home: Path, issuer: str, subject: str, by: str) -> bool:
    """Takes a role away; False if there was none."""
    if _key(issuer, subject) not in entries.current(home, ROLE):
        return False
    entries.add(home, ROLE, _key(issuer, subject), None, by)
    return True


def may(person: Person, action: str, community: str | None = None) -> bool:
    """Whether somebody may do something with a community's data, or the district's (None)."""
    if action not in ACTIONS:
        raise ValueError(action)
    if person.role == OFFICIAL:
        return True
    if person.role not in ROLES:
        return False
    if action == SEE:
        return True
    own = community is not None and community in person.communities
    return own and action in _OF_OWN.get(person.role, ())


def may_somewhere(person: Person, action: str) -> bool:
    """Whether there is any community with whose data somebody may do something."""
    return may(person, action) or any(
        may(person, action, community) for community in person.communities
    )


def reader_view(person: Person) -> ReaderView:
    """Which values somebody reads."""
    if person.role == OFFICIAL:
        return ReaderView()
    return ReaderView(frozenset(person.communities))


def _key(issuer: str, subject: str) -> str:
    return f"{issuer} {subject}"
