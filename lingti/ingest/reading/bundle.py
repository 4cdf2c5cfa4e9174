"""A bundle of exports: the files in a zip, as they would come one by one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lingti.ingest.reading.sheet_tables import Refused

ENDING = ".zip"
MOST_FILES, MOST_BYTES = 500, 512 * 2**20  # of a bundle, when it is unpacked
_NOT_UTF8 = 0x800  # the flag of a name that is UTF-8; others are of the system that packed it


def files(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a bundle with their folders in their names; another file is itself.

    Raises Refused for a bundle that cannot be unpacked, or is too large.
    """
    if not name.lower().endswith(ENDING):
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            held = [member for member in packed.infolist() if _is_export(member)]
            if len(held) > MOST_FILES or sum(member.file_size for member in held) > MOST_BYTES:
                raise Refused("unpacked_too_large", limit_mb=MOST_BYTES // 2**20)
            for member in held:
                yield _named(member), packed.read(member)
    # `zipfile` says by RuntimeError that a password is asked for, by the others that it is damaged.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("encrypted" if isinstance(error, RuntimeError) else "damaged") from error


def _is_export(member: zipfile.ZipInfo) -> bool:
    """Not a folder, and nothing that systems and spreadsheets leave behind."""
    last = member.filename.rsplit("/", 1)[-1]
    hidden = last.startswith((".", "~$")) or "__MACOSX" in member.filename
    return not member.is_dir() and not hidden


def _named(member: zipfile.ZipInfo) -> str:
    """Its name with folders; names that Chinese Windows wrote are in GBK."""
    if member.flag_bits & _NOT_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
