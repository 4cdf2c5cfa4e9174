"""What commands share: exit codes, messages, and JSON or a table on standard output."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, Protocol

from lingti.language import gettext as _

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


class UsageError(Exception):
    """Wrong usage or an unknown name."""


class Command(Protocol):
    """Declares a command and returns its parser; `--json` is added unless told otherwise."""

    def __call__(
        self, name: str, run: Any, what: str, *, as_json: bool = True
    ) -> argparse.ArgumentParser: ...


def say(message: str) -> None:
    """A message for the person at the terminal."""
    print(message, file=sys.stderr)


def write(text: str) -> None:
    """Text to standard output; quietly where the reader has seen enough, as `head` has."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Else Python would fail once more when it empties the output at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(document: object) -> None:
    """One JSON document."""
    write(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def print_table(rows: list[dict[str, Any]]) -> None:
    """Rows as tab-separated text, for people and for pipes."""
    lines = [[*rows[0]]] if rows else []
    lines += [["" if value is None else str(value) for value in row.values()] for row in rows]
    if lines:
        write("\n".join("\t".join(line) for line in lines))


def show(options: argparse.Namespace, rows: list[dict[str, Any]]) -> None:
    """Rows as JSON where asked for, else as text."""
    if options.json:
        print_json(rows)
    else:
        print_table(rows)


def read_bytes(path: Path) -> bytes:
    from lingti.ingest.reading import files  # slow to load

    try:
        return files.bytes_of(path)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be opened: {why}").format(path=path, why=error.strerror)
        ) from error


def known_names(settings: Any, options: argparse.Namespace) -> None:
    from lingti.district.toml_reader import SettingsError

    try:
        if options.community is not None:
            settings.community(options.community)
        is_template = (options.source or "").startswith("template_")  # fits every community
        if options.source is not None and not is_template:
            source = settings.source(options.source)
            if options.community not in (None, source.community):
                raise UsageError(
                    _("The source {source} is one of {community}.").format(
                        source=source.id, community=source.community
                    )
                )
    except SettingsError as error:
        raise UsageError(str(error)) from error
