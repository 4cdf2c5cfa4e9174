"""The keys of a home: each appears whole or not at all, and only one of its length is believed."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path

from lingti.home import HomeError, sync
from lingti.language import gettext as _

FOLDER = Path("keys")


class KeyDamagedError(HomeError):
    """A key that is not as it was made."""


def make(path: Path, content: bytes) -> None:
    """Keeps a new key; one that another process made meanwhile stays. Raises HomeError."""
    draft = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        if not path.exists():
            draft.rename(path)
        sync(path.parent)
    except OSError as error:
        raise HomeError(
            _("The key {file} could not be written: {why}").format(
                file=path.name, why=error.strerror or error
            )
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def read(path: Path, size: int) -> bytes:
    """A key of so many bytes. Raises KeyDamagedError for one that is longer or shorter."""
    content = path.read_bytes()
    if len(content) != size:
        raise KeyDamagedError(
            _(
                "The key {file} is damaged: it has {found} bytes instead of {size}. Put it back "
                "from where it is kept safe."
            ).format(file=FOLDER / path.name, found=len(content), size=size)
        )
    return content


def fingerprint(content: bytes) -> str:
    """Tells a key from any other, and nothing of it."""
    return hashlib.sha256(b"fingerprint of a key\0" + content).hexdigest()[:16]
