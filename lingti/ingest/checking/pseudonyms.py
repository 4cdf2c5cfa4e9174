"""Where personal data stops: keyed pseudonyms for persons, masks for free text.

Names, phones and ID numbers become HMAC-SHA-256 pseudonyms before a row touches disk. The key lies
in `keys/`, outside the batches and their backups; without it nobody can go back, not even by
trying every phone number.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from lingti import home as homes
from lingti import keys
from lingti.language import gettext as _
from lingti.personal_data import mask

__all__ = [
    "KEY_FILE",
    "KeyMissingError",
    "Pseudonyms",
    "mask",
    "mask_person",
    "plain_texts",
    "pseudonyms",
]
KEY_FILE = keys.FOLDER / "pseudonyms.key"
_KEY_BYTES = 32
_BLOCK_BYTES = 64  # of SHA-256
_ORNATE = re.compile(r"[^\u4e00-\u9fffa-z·•0-9]|[0-9]")
_ORNAMENTS = "★☆※*●○■□√✓▲△"
_ORNAMENT = re.compile(r"^(?:[★☆※*●○■□√✓▲△\s]|[(]?\d{1,3}[.、)](?!\d))+")
_ROLE = re.compile(
    r"[(\[【](?!(?:[大小老男女甲乙丙丁一二三]|\d{1,2})[)\]】]$)[^()\[\]【】]*[)\]】]$"
)
_CAPTION = re.compile(r"^[\u4e00-\u9fff]{2,5}:(?=[\u4e00-\u9fff])")  # 负责人:张三
_BESIDE = re.compile(r"[:(]?\+?[\d*-]{7,}[)]?$")  # a phone behind the name, whole or masked
_NOT_DIGITS = re.compile(r"\D")


class KeyMissingError(Exception):
    """Batches exist but the key that made their pseudonyms does not."""


@dataclass
class Pseudonyms:
    """Turns what identifies a person into keys; the same person gives the same keys."""

    key: bytes

    def of(self, kind: str, text: str | None) -> str | None:
        """The key of a `name`, `phone`, `id` or other kind of text; None for none."""
        return self.all_of(kind, [text])[0]

    def all_of(self, kind: str, texts: Iterable[str | None]) -> list[str | None]:
        """The keys of many texts."""
        return self.of_plain(kind, plain_texts(kind, texts))

    def of_plain(self, kind: str, texts: Iterable[str | None]) -> list[str | None]:
        """The keys of texts that are plain: HMAC-SHA-256 with the work all share done once."""
        inner, outer = (begun.copy for begun in self._begun(kind))
        digests: list[str | None] = []
        for text in texts:
            if text is None:
                digests.append(None)
                continue
            inside, outside = inner(), outer()
            inside.update(text.encode())
            outside.update(inside.digest())
            digests.append(outside.hexdigest()[:24])
        return digests

    def _begun(self, kind: str) -> tuple[Any, Any]:
        """The two hashes of an HMAC (RFC 2104), begun with the key and the kind."""
        block = self.key if len(self.key) <= _BLOCK_BYTES else sha256(self.key).digest()
        block = block.ljust(_BLOCK_BYTES, b"\0")
        inner = sha256(bytes(byte ^ 0x36 for byte in block))
        inner.update(f"{kind}\0".encode())
        return inner, sha256(bytes(byte ^ 0x5C for byte in block))


def pseudonyms(home: Path) -> Pseudonyms:
    """The home's pseudonyms. Makes the key at first use.

    Raises KeyMissingError when there are batches but no key, or another one than made them: rows
    made with it would never join the persons of the old ones. Raises HomeError for a damaged key.
    """
    path = home / KEY_FILE
    has_batches = any(any((home / kind).glob("[0-9]*")) for kind in ("batches", "withdrawn"))
    if not path.exists():
        if has_batches:
            raise KeyMissingError(
                _(
                    "{path} is missing although batches exist. Put the key back from where it is "
                    "kept safe; without it new rows cannot be joined to the persons known so far."
                ).format(path=KEY_FILE)
            )
        keys.make(path, secrets.token_bytes(_KEY_BYTES))
    key = keys.read(path, _KEY_BYTES)
    fingerprint, known = keys.fingerprint(key), homes.key_known(home)
    if has_batches and known and fingerprint != known:
        raise KeyMissingError(
            _(
                "{path} is another key than the one that made this home's pseudonyms. Put that one "
                "back; with this one new rows cannot be joined to the persons known so far."
            ).format(path=KEY_FILE)
        )
    if fingerprint != known:
        homes.note_key(home, fingerprint)
    return Pseudonyms(key)


def plain_texts(kind: str, texts: Iterable[str | None]) -> list[str | None]:
    """The texts without what people vary in them: equal ones are of the same person."""
    plain, given = _PLAIN.get(kind, _plain_text), list(texts)
    present = [text for text in given if text]
    if len(present) == len(given) and _ARE_PLAIN.get(kind, _are_plain_texts)(present):
        return given
    return [plain(text) if text else None for text in given]


def _are_plain_texts(texts: list[str]) -> bool:
    """Whether none would change, seen in one look over all: as nearly all columns are."""
    joined = "\n".join(texts)
    is_plain = unicodedata.is_normalized("NFKC", joined) and joined.casefold() == joined
    return is_plain and joined.split() == texts


def _are_plain_phones(texts: list[str]) -> bool:
    joined = "".join(texts)
    return joined.isascii() and joined.isdigit() and 13 not in set(map(len, texts))


def _plain_text(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _plain_phone(text: str) -> str:
    if text.isascii() and text.isdigit():
        digits = text  # as nearly all are
    else:
        digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return digits.removeprefix("86") if len(digits) == 13 else digits


def _plain_name(text: str) -> str:
    """队长:张三, 张三(队长), ★张三, 1.张三 are 张三; what tells namesakes apart stays: 张三(大)."""
    plain = _plain_text(text)
    bare = _CAPTION.sub("", _ORNAMENT.sub("", plain).rstrip(_ORNAMENTS))
    bare = _BESIDE.sub("", bare)
    bare = _ROLE.sub("", bare).strip(_ORNAMENTS)
    return bare or plain


def _are_plain_names(texts: list[str]) -> bool:
    joined = "".join(texts)
    return _are_plain_texts(texts) and not _ORNATE.search(joined)


_PLAIN = {"phone": _plain_phone, "name": _plain_name}
_ARE_PLAIN = {"phone": _are_plain_phones, "name": _are_plain_names}


def mask_person(text: str) -> str:
    """How a person's cell is shown in a finding: never enough to know who it is."""
    return "*" * min(len(text), 6)
