"""The command line. JSON goes to standard output, messages to standard error."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lingti import language
from lingti.commands import briefs, editions, forms, imports, numbers, roles, serve, setup, upkeep
from lingti.commands.printing import DONE, REFUSED, WRONG_USAGE, UsageError, say
from lingti.language import gettext as _

__all__ = ["DONE", "REFUSED", "WRONG_USAGE", "main"]
LASTING = ("serve", "demo", "watch")
# Other commands end soon, and what they make of thousands of sources and batches stays till then.
SELDOM = 50_000  # objects made before garbage is looked for
THEMES = (serve, setup, imports, numbers, briefs, editions, forms, upkeep, roles)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and exits with 0 (done), 1 (refused) or 2 (wrong usage)."""
    _use_utf8()
    language.use(language.from_locale(os.environ.get("LINGTI_LANGUAGE") or os.environ.get("LANG")))
    parser = _parser(language.current(), os.environ.get("LINGTI_HOME", "./home"))
    options = parser.parse_args(arguments)
    if options.command not in LASTING:
        gc.set_threshold(SELDOM)
    try:
        sys.exit(options.run(options))
    except _wrong_usages() as error:
        say(str(error))
        sys.exit(WRONG_USAGE)
    except _refusals() as error:
        say(str(error))
        sys.exit(REFUSED)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def _wrong_usages() -> tuple[type[Exception], ...]:
    from lingti.clock import ClockError
    from lingti.ingest.questions import AnswerError

    return UsageError, AnswerError, ClockError


def _refusals() -> tuple[type[Exception], ...]:
    from lingti.catalog import CatalogError
    from lingti.district.toml_reader import SettingsError
    from lingti.home import HomeError
    from lingti.ingest.checking.coverage import CoverageError
    from lingti.ingest.checking.pseudonyms import KeyMissingError
    from lingti.ingest.keeping.batches import BatchError
    from lingti.upkeep.demo import DemoError
    from lingti.warehouse import NoWarehouseError

    return (
        CatalogError,
        DemoError,
        SettingsError,
        HomeError,
        BatchError,
        CoverageError,
        KeyMissingError,
        NoWarehouseError,
    )


@cache
def _parser(_language: str, home: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lingti", description=_("How a district's communities do.")
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Any, what: str, *, as_json: bool = True) -> argparse.ArgumentParser:
        subparser = commands.add_parser(name, help=what, description=what)
        subparser.add_argument("--home", type=Path, default=Path(home), metavar="DIR")
        if as_json:
            subparser.add_argument("--json", action="store_true", help=_("print one JSON document"))
        subparser.set_defaults(run=run)
        return subparser

    for theme in THEMES:
        theme.register(command)
    return parser


if __name__ == "__main__":
    main()
