"""`lingti init` and `lingti settings`: an own, empty district, and its settings as a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from lingti.commands.printing import (
    DONE,
    REFUSED,
    Command,
    UsageError,
    print_json,
    read_bytes,
    say,
)
from lingti.language import gettext as _

if TYPE_CHECKING:
    from lingti.upkeep.settings_book import Problem


def register(command: Command) -> None:
    """Declares the commands."""
    parser = command("init", _init, _("begin a district of your own"), as_json=False)
    parser.add_argument("--from", dest="settings", type=Path, metavar="SETTINGS.xlsx")
    parser = command("settings", _settings, _("all settings as a workbook, out or in"))
    parser.add_argument("file", type=Path, nargs="?", help=_("a workbook to take"))
    parser.add_argument("--check", action="store_true", help=_("only say what it would change"))
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx")


def _init(options: argparse.Namespace) -> int:
    from lingti.access import audit
    from lingti.upkeep import setting_up

    data = read_bytes(options.settings) if options.settings else None
    problems = setting_up.init(options.home, audit.account(), data)
    _say_problems(problems)
    if problems:
        return REFUSED
    say(
        _(
            "An own district has begun in {home}. Run `lingti serve` and go on in the browser."
        ).format(home=options.home)
    )
    return DONE


def _settings(options: argparse.Namespace) -> int:
    from lingti.access import audit
    from lingti.judging import publication
    from lingti.upkeep import settings_changes

    if options.file is None:
        return _write(options)
    changed, problems = settings_changes.compare(options.home, read_bytes(options.file))
    if options.json:
        rows = [asdict(change) for change in changed] if not problems else []
        print_json({"changed": rows, "errors": [asdict(problem) for problem in problems]})
    _say_problems(problems)
    if problems:
        return REFUSED
    for change in changed if not options.json else ():
        say(f"{change.kind} {change.key}: {change.before} → {change.after}")
    if changed and not options.check:
        settings_changes.take(options.home, changed, audit.account())
        publication.rebuild(options.home)
    return DONE


def _write(options: argparse.Namespace) -> int:
    from lingti.upkeep import settings_book

    if options.check:
        raise UsageError(_("Name the workbook to check."))
    if options.output:
        options.output.write_bytes(settings_book.write(options.home))
        say(_("All settings are in {file}.").format(file=options.output))
    if options.json or not options.output:
        held = settings_book.current(options.home)
        print_json([{"kind": kind, "key": key, "value": one} for (kind, key), one in held.items()])
    return DONE


def _say_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        say(": ".join(part for part in asdict(problem).values() if part))
