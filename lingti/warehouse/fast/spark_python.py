"""The Python that workers run: laid out in the shared folder, so that they need none of their own.

It holds the interpreter with its library, this program, and the few packages that a task needs.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import re
import shutil
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from lingti.catalog import QUERIES

PACKAGES = ("duckdb", "pyarrow", "numpy", "filelock", "tomli")
MANIFEST = "SHA256SUMS"
_ROOT = QUERIES.parent
# Folders of the library that no task needs; those for compiling extensions are called config-….
_UNUSED = re.compile(r"__pycache__|tests?|site-packages|ensurepip|idlelib|tkinter|config-.*")
_START = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
PYTHONHOME="$here" PYTHONPATH="$here/program:$here/packages${{PYTHONPATH:+:$PYTHONPATH}}" \\
    PYTHONDONTWRITEBYTECODE=1 LD_LIBRARY_PATH="$here/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}" \\
    exec "$here/bin/{name}" "$@"
"""


def lay_out(shared: Path) -> Path:
    """The command that starts Python for a task, laid out below the folder if it is not yet.

    Where a file of it is not as it was written, all of it is laid out again.
    """
    parts = list(_parts())
    folder = shared / f"python-{_fingerprint(parts)}"
    if not _is_whole(folder):
        shared.mkdir(parents=True, exist_ok=True)
        for other in shared.glob("python-*"):
            shutil.rmtree(other)
        draft = shared / f".draft-{uuid.uuid4().hex}"
        try:
            _write(draft, parts)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder / "python"


def _parts() -> Iterator[tuple[str, Path]]:
    """The files it holds: where each lies in it, and where it comes from."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    yield f"bin/{version}", Path(sys.executable).resolve()
    library = Path(sysconfig.get_path("stdlib"))
    yield from _below(library, f"lib/{version}")
    shared = Path(sysconfig.get_config_var("LIBDIR") or "")
    for name in (sysconfig.get_config_var("LDLIBRARY"), sysconfig.get_config_var("INSTSONAME")):
        if name and ".so" in name and (shared / name).exists():
            yield f"lib/{name}", (shared / name).resolve()
    for package in PACKAGES:
        for file in importlib.metadata.files(package) or []:
            if ".." not in file.parts and "__pycache__" not in file.parts:
                yield f"packages/{file}", Path(str(file.locate()))
    yield from _below(_ROOT / "lingti", "program/lingti")
    yield from _below(QUERIES, "program/queries")


def _below(folder: Path, to: str) -> Iterator[tuple[str, Path]]:
    for path, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not _UNUSED.fullmatch(name))
        for name in sorted(files):
            file = Path(path) / name
            yield f"{to}/{file.relative_to(folder)}", file


def _fingerprint(parts: Iterable[tuple[str, Path]]) -> str:
    """Names what it holds, without reading it: versions, and when files were written."""
    hashed = hashlib.sha256(f"{sys.version} {platform.machine()} {_START}".encode())
    for to, file in parts:
        status = file.stat()
        hashed.update(f"{to} {status.st_size} {status.st_mtime_ns}\n".encode())
    return hashed.hexdigest()[:16]


def _write(folder: Path, parts: Iterable[tuple[str, Path]]) -> None:
    sums = []
    for to, file in parts:
        path = folder / to
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, path)
        sums.append(f"{_hash(file)}  {to}")
    start = folder / "python"
    start.write_text(_START.format(name=f"python{sys.version_info.major}.{sys.version_info.minor}"))
    for path in (start, *(folder / "bin").iterdir()):
        path.chmod(0o755)
    sums.append(f"{_hash(start)}  python")
    (folder / MANIFEST).write_text("\n".join(sums) + "\n", "utf-8")


def _is_whole(folder: Path) -> bool:
    """Whether every file is there and has the hash that was written of it."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return False
    lines = (line.partition("  ") for line in manifest.read_text("utf-8").splitlines())
    return all((folder / to).is_file() and _hash(folder / to) == told for told, _, to in lines)


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
