"""A district of one's own: begun in an empty home, with the sample in a home beside it."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from lingti import clock, entries
from lingti.access import roles
from lingti.access.roles import Person
from lingti.district import settings
from lingti.home import HomeError
from lingti.judging import publication
from lingti.language import gettext as _
from lingti.upkeep import settings_changes
from lingti.upkeep.settings_book import Problem

SAMPLE_SUFFIX = ".sample"
CODE = Path("keys") / "set-up.code"
CODE_LENGTH = 10
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
# What a server leaves in a home in which nothing was set up yet.
_OF_SERVER = frozenset(
    {
        *("keys", "logs", "jobs", "sessions", "home.json", "audit.jsonl"),
        *("signin.toml", "robot.toml", "robot.json", ".robot.lock"),
    }
)


def init(home: Path, by: str, book: bytes | None = None) -> list[Problem]:
    """Begins an own district in a home, from a workbook of settings if one is given.

    Publishes its empty warehouse. Returns what is wrong in the workbook; then nothing was begun.
    Raises HomeError for a folder that is not empty; what a server made there does not count.
    """
    if settings.are_there(home) or (home.exists() and _strangers(home)):
        raise HomeError(
            _("{home} is not empty. Choose another folder (--home); nothing was changed.").format(
                home=home
            )
        )
    if book is not None:
        with TemporaryDirectory() as folder:
            trial = Path(folder)
            begin(trial, by)
            changed, problems = settings_changes.compare(trial, book)
        if problems:
            return problems
    begin(home, by)
    if book is not None:
        settings_changes.take(home, changed, by)
    publication.rebuild(home)
    return []


def begin(home: Path, by: str) -> None:
    """Says of a home that a district is set up in it."""
    entries.add(home, settings.PREFIX + settings.DISTRICT, settings.BEGUN, str(clock.today()), by)


def _strangers(home: Path) -> list[str]:
    return [
        path.name
        for path in home.iterdir()
        if path.name not in _OF_SERVER and not path.name.startswith(".")
    ]


def sample_beside(home: Path) -> Path:
    """Where the sample lies while nothing is set up in a home."""
    return home.with_name(home.name + SAMPLE_SUFFIX)


def own_beside(home: Path) -> Path:
    """The home in which the own district is set up: of the sample's home the one beside it."""
    return home.with_name(home.name.removesuffix(SAMPLE_SUFFIX))


def make_room(home: Path) -> Path:
    """The home to begin an own district in, from the one that is shown: it, or the one beside it.

    A sample that lies in it is put aside, under the name of the sample's home.
    """
    own = own_beside(home)
    if settings.are_there(own):
        aside = sample_beside(own)
        numbered = (aside.with_name(f"{aside.name}{number}") for number in range(2, 1000))
        own.rename(next(path for path in (aside, *numbered) if not path.exists()))
    return own


def new_code(home: Path) -> str:
    """A one-time code with which one visitor may set the district up; the last one is void."""
    code = "".join(secrets.choice(_SIGNS) for _at in range(CODE_LENGTH))
    path = home / CODE
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(_hashed(code), "utf-8")
    return code


def take_code(home: Path, code: str, person: Person) -> bool:
    """Makes who gives the code the first official; False for a wrong one. A code works once."""
    path = home / CODE
    known = path.read_text("utf-8") if path.exists() else ""
    if not known or not secrets.compare_digest(known, _hashed(code.strip())):
        return False
    path.unlink()
    official = Person(person.issuer, person.subject, person.name, roles.OFFICIAL)
    roles.grant(home, official, person.account)
    return True


def wants_code(home: Path) -> bool:
    """Whether a home waits for who gives the code: nobody has a role in it yet."""
    return (home / CODE).exists() and not any(roles.everybody(home))


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
