"""What kind of form a file is, and its parts; refuses by name what cannot be filled.

A form is an xlsx or xlsm workbook or a docx document: a zip of XML parts. Forms are small, so
that the limits are far below those of exports.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from lingti.language import gettext as _

MB = 2**20
MOST_BYTES, MOST_UNPACKED = 20 * MB, 200 * MB
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False}


class FormError(Exception):
    """A file that is not filled. `code` is stable; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Package:
    """A form as a file: `kind` is xlsx, xlsm or docx, `data` its bytes."""

    kind: str
    data: bytes

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The zip that the file is."""
        return zipfile.ZipFile(io.BytesIO(self.data))

    def part(self, name: str) -> bytes:
        """The bytes of a part; empty where there is none."""
        try:
            return self.archive.read(name)
        except KeyError:
            return b""

    def xml(self, name: str) -> etree._Element | None:
        """A part as XML; None where there is none. Raises FormError for a damaged one."""
        data = self.part(name)
        return parsed(data) if data else None


def parsed(data: bytes) -> etree._Element:
    """XML without entities. Raises FormError."""
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b""):
        raise FormError("damaged", _("The file declares XML entities, which no form needs."))
    try:
        return etree.fromstring(data, etree.XMLParser(**_PARSER))
    except etree.XMLSyntaxError as error:
        raise _damaged() from error


def opened(data: bytes) -> Package:
    """The form that some bytes are. Raises FormError for everything that is none."""
    if len(data) > MOST_BYTES:
        raise FormError(
            "too_large", _("The form is larger than {limit} MB.").format(limit=MOST_BYTES // MB)
        )
    if data[:8] == _OLE:
        raise _old_or_locked(data)
    if data[:2] != b"PK":
        raise FormError(
            "other_format",
            _("This is no form that can be filled. Open it in WPS or Excel and save it as .xlsx."),
        )
    try:
        package = Package(_kind_of(data), data)
        names = package.archive.namelist()
    # A cut or foreign archive, one of strange packing, and one whose parts do not say what it is.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged() from error
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise FormError(
            "signed",
            _("The form is signed: filling it would break the signature. Ask for one unsigned."),
        )
    return package


def _kind_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise FormError("too_large", _("The form unpacks to far more than a form needs."))
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise _locked()
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsm" if b"macroEnabled" in archive.read("[Content_Types].xml") else "xlsx"
        if "word/document.xml" in names:
            return "docx"
    raise FormError(
        "other_format",
        _("Only .xlsx, .xlsm and .docx are filled. Save it as one of these and drop it again."),
    )


def _old_or_locked(data: bytes) -> FormError:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        return _locked()
    as_what = ".docx" if has("WordDocument") else ".xlsx"
    return FormError(
        "other_format",
        _(
            "This is the old format of WPS or Office (.xls, .doc, .wps, .et). Open it there, "
            "save it as {ending}, and drop it again."
        ).format(ending=as_what),
    )


def _locked() -> FormError:
    return FormError(
        "encrypted", _("The form is protected by a password. Remove it, and drop it again.")
    )


def _damaged() -> FormError:
    return FormError("damaged", _("The file is damaged and cannot be opened."))
