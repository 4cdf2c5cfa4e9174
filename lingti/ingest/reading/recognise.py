"""Tells what a file is by its content, and refuses by name what is no spreadsheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from lingti.ingest.reading.sheet_tables import Limits, Refused
from lingti.language import gettext as _

_MB = 2**20
_BOMB_RATIO = 200  # sheets shrink to a tenth or a fiftieth; more than this is not a sheet
_BOMB_BYTES = 50 * _MB
_END_BYTES = 22  # the record at the end of a zip


def _others() -> list[tuple[bytes, str]]:
    return [
        (b"%PDF-", _("a PDF document")),
        (b"\x89PNG", _("a picture")),
        (b"\xff\xd8\xff", _("a picture")),
        (b"GIF8", _("a picture")),
        (b"II*\0", _("a picture")),
        (b"MM\0*", _("a picture")),
        (b"Rar!", _("an archive")),
        (b"7z\xbc\xaf\x27\x1c", _("an archive")),
        (b"\x1f\x8b", _("an archive")),
        (b"{\\rtf", _("a text document")),
        (b"SQLite format 3", _("a database")),
        (b"MZ", _("a program")),
        (b"\x7fELF", _("a program")),
    ]


def recognise(data: bytes, limits: Limits) -> str:
    """`xlsx`, `xlsb`, `ods`, `xls`, `html` or `text`. Raises Refused for everything else."""
    if len(data) > limits.file_bytes:
        raise Refused("too_large", limit_mb=limits.file_bytes // _MB)
    if re.search(rb"[^\0 \t\r\n\xef\xbb\xbf\xff\xfe]", data) is None:
        raise Refused("empty_file")
    if _is_owner_file(data):
        raise Refused("owner_file")
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return _zip_content(data, limits)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _ole_content(data)
    if re.match(rb"\x09[\0\x02\x04\x08][\x04-\x10]\0[\0\x02-\x07]", data):
        return "xls"  # a bare BIFF stream, as old report programs write it
    for magic, what in _others():
        if data.startswith(magic):
            raise Refused("not_a_spreadsheet", what=what)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp" or (data[:2] == b"BM" and b"\0" in data[:14]):
        raise Refused("not_a_spreadsheet", what=_("a picture"))
    return _text_content(data)


def _is_owner_file(data: bytes) -> bool:
    """Whether these are the 160 bytes or so that Excel and WPS keep beside an open workbook: a
    length, the user's name, and the name once more in UTF-16, both filled up with spaces."""
    filled_up = data.count(b" ") + data.count(b"\0") > 90 and b"\0" in data
    return 150 <= len(data) <= 170 and 0 < data[0] < 54 and data[51] in b" \0" and filled_up


def _zip_content(data: bytes, limits: Limits) -> str:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, NotImplementedError) as error:
        end = data.rfind(b"PK\x05\x06", len(data) - 70_000 if len(data) > 70_000 else 0)
        code = "damaged" if 0 <= end <= len(data) - _END_BYTES else "truncated"
        raise Refused(code) from error
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _BOMB_BYTES and unpacked > _BOMB_RATIO * len(data):
        raise Refused("zip_bomb", unpacked_mb=unpacked // _MB)
    if unpacked > limits.unpacked_bytes:
        raise Refused("unpacked_too_large", limit_mb=limits.unpacked_bytes // _MB)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        raise Refused("other_format", what=_("an Apple Numbers document"))
    if "content.xml" in names and "mimetype" in names and not _is_calc(archive):
        raise Refused("other_format", what=_("an OpenDocument file"))
    for folder, what in (("word/", _("a Word document")), ("ppt/", _("a presentation"))):
        if any(name.startswith(folder) for name in names):
            raise Refused("not_a_spreadsheet", what=what)
    is_ods = "content.xml" in names and "mimetype" in names
    if not is_ods and not any(n.endswith("workbook.xml") or n.startswith("xl/") for n in names):
        raise Refused("not_a_spreadsheet", what=_("an archive"))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _refuse_entities(archive, part)
    return "ods" if is_ods else "xlsb" if "xl/workbook.bin" in names else "xlsx"


def _is_calc(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file holds a spreadsheet that no password protects."""
    try:
        manifest = archive.read("META-INF/manifest.xml")
        kind = archive.read("mimetype")
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, NotImplementedError):
        return False
    if b"encryption-data" in manifest:
        raise Refused("encrypted")
    return kind.strip() == b"application/vnd.oasis.opendocument.spreadsheet"


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A document type stands before the first element; no spreadsheet program writes one."""
    try:
        with archive.open(part) as stream:
            head = stream.read(4096)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Refused("damaged") from error
    except Exception as error:  # zlib.error and whatever else an odd part may raise
        raise Refused("damaged") from error
    if b"<!DOCTYPE" in head.replace(b"\0", b"") or b"<!ENTITY" in head.replace(b"\0", b""):
        raise Refused("entity_bomb")


def _ole_content(data: bytes) -> str:
    def has(name: str) -> bool:
        return re.search(name.encode("utf-16-le"), data, re.IGNORECASE) is not None

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Refused("encrypted")
    if has("Workbook") or has("Book"):
        return "xls"
    named: list[tuple[Callable[[], bool], str]] = [
        (lambda: has("WordDocument"), _("a Word document")),
        (lambda: has("PowerPoint Document"), _("a presentation")),
    ]
    for is_it, what in named:
        if is_it():
            raise Refused("not_a_spreadsheet", what=what)
    raise Refused("damaged")


def _text_content(data: bytes) -> str:
    head = _plain(data[:8192])
    if head.startswith(b"mime-version:") or b"content-type: multipart/related" in head[:2000]:
        raise Refused("other_format", what=_("a web archive (.mht)"))
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<workbook" in head:
        raise Refused("other_format", what=_("an XML spreadsheet of Excel 2003"))
    if b"urn:oasis:names:tc:opendocument" in head:
        raise Refused("other_format", what=_("an OpenDocument file"))
    if b"<!entity" in head:
        raise Refused("entity_bomb")
    if head.startswith(b"<?xml") and b"<html" not in head and b"<table" not in head:
        raise Refused("not_a_spreadsheet", what=_("an XML document"))
    tags = (b"<html", b"<!doctype html", b"<table", b"<frameset", b"<meta", b"<head", b"<style")
    if head.startswith(tags):
        return "html"
    if head[:1] == b"<" and re.search(rb"<(table|html)\b", _plain(data[:_MB])):
        return "html"
    if head[:1] in b"{[" and re.match(rb"[{\[]\s*[\"{\[]", head):
        raise Refused("not_a_spreadsheet", what=_("a JSON document"))
    return "text"


def _plain(data: bytes) -> bytes:
    """Markup in lower case, also that of UTF-16, without what may stand before it."""
    return data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
