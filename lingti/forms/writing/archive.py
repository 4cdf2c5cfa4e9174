"""Writes a form anew with some of its parts replaced; all others stay byte for byte."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping

from lingti.forms.reading.package import Package


def repacked(package: Package, replaced: Mapping[str, bytes]) -> bytes:
    """The bytes of the form with these parts instead of its own, in the same order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for info in package.archive.infolist():
            data = replaced.get(info.filename)
            if data is None:
                data = package.archive.read(info)
            target.writestr(copy.copy(info), data, compress_type=info.compress_type)
    return out.getvalue()
