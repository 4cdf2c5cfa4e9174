"""Where personal data stops: keyed pseudonyms for persons, masks for free text.

Names, phones and ID numbers become HMAC-SHA-256 pseudonyms before a row touches disk. The key lies
in `keys/`, outside the batches and their backups; without it nobody can go back, not even by
trying every phone number.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from lingti.ingest.personal import mask
from lingti.language import gettext as _

__all__ = ["KEY_FILE", "KeyMissingError", "Pseudonyms", "mask", "mask_person", "pseudonyms"]
KEY_FILE = Path("keys") / "pseudonyms.key"
_NOT_DIGITS = re.compile(r"\D")


class KeyMissingError(Exception):
    """Batches exist but the key that made their pseudonyms does not."""


@dataclass
class Pseudonyms:
    """Turns what identifies a person into keys; the same person gives the same keys."""

    key: bytes
    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def of(self, kind: str, text: str | None) -> str | None:
        """The key of a `name`, `phone`, `id` or other kind of text; None for none."""
        if not text:
            return None
        made = self._known.get((kind, text))
        if made is None:
            plain = _PLAIN.get(kind, _plain_text)(text)
            digest = hmac.new(self.key, f"{kind}\0{plain}".encode(), sha256)
            made = self._known[(kind, text)] = digest.hexdigest()[:24]
        return made


def pseudonyms(home: Path) -> Pseudonyms:
    """The home's pseudonyms. Makes the key at first use.

    Raises KeyMissingError when there are batches but no key: rows made with a new one would never
    join the persons of the old ones.
    """
    path = home / KEY_FILE
    if not path.exists():
        if any((home / "batches").glob("[0-9]*")):
            raise KeyMissingError(
                _(
                    "{path} is missing although batches exist. Put the key back from where it is "
                    "kept safe; without it new rows cannot be joined to the persons known so far."
                ).format(path=KEY_FILE)
            )
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
    return Pseudonyms(path.read_bytes())


def _plain_text(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _plain_phone(text: str) -> str:
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return digits.removeprefix("86") if len(digits) == 13 else digits


_PLAIN = {"phone": _plain_phone}


def mask_person(text: str) -> str:
    """How a person's cell is shown in a finding: never enough to know who it is."""
    return "*" * min(len(text), 6)
