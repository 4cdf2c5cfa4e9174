"""What commands share: exit codes, messages, and JSON or a table on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Protocol

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


def print_json(document: object) -> None:
    """One JSON document."""
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def show(options: argparse.Namespace, rows: list[dict[str, Any]]) -> None:
    """Rows as JSON where asked for, else as tab-separated text, for people and for pipes."""
    if options.json:
        print_json(rows)
        return
    if rows:
        print("\t".join(rows[0]))
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row.values()))
