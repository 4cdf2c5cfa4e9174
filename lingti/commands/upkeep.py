"""The home's upkeep: `build`, `backup`, `restore`, `verify`, `forget`, `audit`."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from lingti.commands.printing import (
    DONE,
    REFUSED,
    Command,
    UsageError,
    print_json,
    say,
    show,
    write,
)
from lingti.language import gettext as _
from lingti.language import ngettext


def register(command: Command) -> None:
    """Declares the commands."""
    parser = command("build", _build, _("rebuild the warehouse"), as_json=False)
    parser.add_argument(
        "--full", action="store_true", help=_("take nothing over from the last one")
    )
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument(
        "--master", default="local[*]", help=_("where Spark runs, such as spark://HOST:7077")
    )
    command("publish", _publish, _("let readers see what is counted now"))
    parser = command("ordinary", _ordinary, _("say of which members few tell of nobody"))
    parser.add_argument("dimension", metavar="DIMENSION", nargs="?")
    parser.add_argument("members", metavar="MEMBER", nargs="*")
    parser.add_argument("--sensitive", action="store_true", help=_("few of them do tell"))
    parser = command("backup", _backup, _("write a one-file backup"), as_json=False)
    parser.add_argument("file", type=Path)
    parser.add_argument("--with-key", action="store_true", help=_("also the key of the pseudonyms"))
    parser = command("restore", _restore, _("make an empty home from a backup"), as_json=False)
    parser.add_argument("file", type=Path)
    command("verify", _verify, _("compare every batch with its manifest"), as_json=False)
    command("forget", _forget, _("delete a person, asked for at the prompt"))
    command("audit", _audit, _("list who did what"))


def _build(options: argparse.Namespace) -> int:
    from lingti.judging import publication

    path = publication.rebuild(
        options.home,
        full=options.full,
        spark_master=options.master if options.engine == "spark" else None,
    )
    say(_("Built {name}.").format(name=path.name))
    return DONE


def _publish(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from lingti.upkeep import publishing

    changes = publishing.publish_to_readers(options.home)
    if options.json:
        print_json([asdict(change) for change in changes])
        return DONE
    counts = {
        kind: sum(change.kind == kind for change in changes) for kind in ("new", "replaced", "kept")
    }
    say(
        _(
            "Readers see what is counted now: {new} new, {replaced} replaced; {kept} stay as they "
            "were, as 1 to 4 people make the difference."
        ).format(**counts)
    )
    for change in changes:
        if change.kind == "kept":
            write(f"{change.year}\t{change.told_at}\t{', '.join(change.metrics)}")
    return DONE


def _ordinary(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.access import audit
    from lingti.district import journal
    from lingti.judging import publication

    settings = district.load(options.home)
    for member in options.members:
        journal.call_ordinary(
            options.home,
            options.dimension,
            member,
            audit.account(),
            ordinary=not options.sensitive,
        )
    if options.members:
        publication.rebuild(options.home)
    ordinary = journal.ordinary_members(options.home, settings.ordinary)
    show(options, [{"dimension": dimension, "member": member} for dimension, member in ordinary])
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from lingti.upkeep import backup

    written = backup.make(options.home, options.file, with_key=options.with_key)
    count = len(written.batches)
    words = ngettext("{file}: {count} batch.", "{file}: {count} batches.", count)
    say(words.format(file=options.file, count=count))
    if not options.with_key:
        say(_("The key of the pseudonyms is not in it; keep keys/ safe in another place."))
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from lingti.upkeep import backup

    restored = backup.restore(options.file, options.home)
    say(_("{home} is as it was at {at}.").format(home=options.home, at=restored.at))
    if backup.needs_key(options.home):
        say(_("Put the key back as keys/pseudonyms.key before the next import."))
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from lingti.upkeep import backup

    wrong = backup.verify(options.home)
    for line in wrong:
        write(line)
    if not wrong:
        say(_("Every batch is as it was written."))
    return REFUSED if wrong else DONE


def _forget(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.upkeep.forget import forget

    district.load(options.home)
    id_number = _ask(_("ID number (leave empty to give name and phone): "))
    name = phone = ""
    if not id_number:
        name, phone = _ask(_("Name: ")), _ask(_("Phone: "))
        if not (name and phone):
            raise UsageError(_("Give the ID number, or the name and the phone."))
    done = forget(options.home, id_number=id_number, name=name, phone=phone)
    held = [{"file": backup.file, "at": backup.at} for backup in done.backups]
    if options.json:
        print_json({"rows": sum(done.rows.values()), "batches": done.rows, "backups": held})
        return DONE
    if not done.rows:
        say(_("Nobody is known by these keys; nothing was changed."))
    for batch, rows in sorted(done.rows.items()):
        words = ngettext(
            "Batch {batch}: {rows} row deleted.", "Batch {batch}: {rows} rows deleted.", rows
        )
        say(words.format(batch=batch, rows=rows))
    for one in held:
        say(_("The backup {file} of {at} still holds them; delete it.").format(**one))
    return DONE


def _ask(question: str) -> str:
    """What is typed, unseen at a terminal; a line of standard input elsewhere."""
    if sys.stdin.isatty():
        return getpass.getpass(question).strip()
    say(question)
    return sys.stdin.readline().strip()


def _audit(options: argparse.Namespace) -> int:
    from lingti.access import audit

    lines = list(audit.read(options.home))
    if options.json:
        print_json(lines)
        return DONE
    known = ("at", "what", "by")
    show(
        options,
        [
            {
                **{name: line.get(name, "") for name in known},
                "details": ", ".join(f"{k}={v}" for k, v in line.items() if k not in known),
            }
            for line in lines
        ],
    )
    return DONE
