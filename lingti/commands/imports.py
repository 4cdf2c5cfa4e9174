"""Files in: `inspect`, `check`, `import`, `batches`, `undo` and `redo`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lingti.commands.printing import (
    DONE,
    REFUSED,
    Command,
    UsageError,
    known_names,
    print_json,
    print_table,
    read_bytes,
    say,
    show,
)
from lingti.language import gettext as _
from lingti.language import ngettext

if TYPE_CHECKING:
    from lingti.district import District
    from lingti.ingest.imports import Request


def register(command: Command) -> None:
    """Declares the commands."""
    parser = command("inspect", _inspect, _("show what the reader sees in a file"))
    parser.add_argument("file", type=Path)
    parser = command("check", _check, _("say what an import would do; nothing is written"))
    _add_importing(parser)
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="OUT.xlsx",
        help=_("write a workbook like the original with the rows to correct"),
    )
    parser = command("import", _import, _("import sheets"))
    _add_importing(parser)
    parser.add_argument("--allow-removal", action="store_true")
    parser.add_argument("--nil", action="store_true", help=_("file a nil return"))
    _add_reason(parser)
    parser = command("watch", _watch, _("import what is dropped into a folder"), as_json=False)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--once", action="store_true", help=_("look once, then end"))
    command("batches", _batches, _("list the batches"))
    for name, what in (("undo", _("withdraw a batch")), ("redo", _("put a batch back"))):
        parser = command(name, _undo_redo, what, as_json=False)
        parser.add_argument("batch", type=int)
        _add_reason(parser)


def _add_importing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--community", metavar="C")
    parser.add_argument("--source", metavar="S")
    parser.add_argument("--covers", metavar="X", help="2024-06, 2024-Q2, 2024-06-01/2024-06-10")
    parser.add_argument(
        "--propose",
        action="store_true",
        help=_("print the source proposed for an unknown layout; nothing is written"),
    )
    parser.add_argument(
        "--learn", action="store_true", help=_("keep the source proposed for an unknown layout")
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FILE.json",
        help=_("answers to what is asked: the id of a choice per id of a question, as JSON"),
    )


def _add_reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reason",
        metavar="R",
        help="late|correction|definition|other[:TEXT]",
    )


def _reason(options: argparse.Namespace) -> Any:
    from lingti.editions import reasons

    try:
        return reasons.parse(options.reason)
    except reasons.ReasonError as error:
        raise UsageError(str(error)) from error


def _inspect(options: argparse.Namespace) -> int:
    from lingti.ingest.reading.files import Refused, inspect

    try:
        document = inspect(read_bytes(options.file), options.file.name)
    except Refused as refusal:
        say(str(refusal))
        if options.json:
            print_json({"refused": refusal.as_json()})
        return REFUSED
    print_json(document)
    return DONE


def _request(options: argparse.Namespace) -> tuple[District, Request]:
    from lingti import district
    from lingti.ingest.imports import Request

    settings = district.load(options.home)
    if not options.files:
        raise UsageError(_("Name at least one file."))
    if options.community is None:
        raise UsageError(_("Say whose files these are (--community)."))
    known_names(settings, options)
    files = tuple((path.name, read_bytes(path)) for path in options.files)
    allow = getattr(options, "allow_removal", False)
    answers = _answers(options.answers)
    return settings, Request(
        options.community, files, options.source, options.covers, allow, answers
    )


def _answers(path: Path | None) -> dict[str, str]:
    """The answers in a file."""
    if path is None:
        return {}
    try:
        answers = json.loads(read_bytes(path))
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    if not isinstance(answers, dict) or not all(isinstance(one, str) for one in answers.values()):
        raise UsageError(_("{path} must hold a choice per question, as JSON.").format(path=path))
    return answers


def _prepared(options: argparse.Namespace) -> tuple[District, Request] | int:
    """The settings, with a source that is to be learned, and what is asked of them.

    The exit code where that is all: the source is only to be proposed, or is not sure.
    """
    from lingti.commands import proposals

    settings, request = _request(options)
    if options.propose:
        return proposals.show(settings, request)
    if options.learn:
        settings, open_ones = proposals.learn(settings, request)
        if open_ones:
            if options.json:
                print_json(open_ones)
            return REFUSED
    return settings, request


def _check(options: argparse.Namespace) -> int:
    from lingti.ingest import imports

    prepared = _prepared(options)
    if isinstance(prepared, int):
        return prepared
    settings, request = prepared
    outcomes = imports.dry_run(settings, request)
    if options.corrections is not None:
        _write_corrections(options.corrections, outcomes)
    return _report(options, outcomes)


def _write_corrections(path: Path, outcomes: list[Any]) -> None:
    """One workbook per source; of several the names tell them apart."""
    from lingti.ingest.keeping import corrections

    plans = [outcome.plan for outcome in outcomes if outcome.plan is not None]
    plans = [plan for plan in plans if corrections.needed(plan)]
    if not plans:
        say(_("There is nothing to correct."))
    for plan in plans:
        ending = f"-{plan.source.id}" if len(plans) > 1 else ""
        out = path.with_stem(path.stem + ending)
        try:
            out.write_bytes(corrections.workbook(plan))
        except OSError as error:
            raise UsageError(
                _("{path} cannot be written: {why}").format(path=out, why=error.strerror)
            ) from error
        say(_("Rows to correct: {path}").format(path=out))


def _watch(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.upkeep import watch

    settings = district.load(options.home)
    try:
        watch.watch(settings.home, options.folder, once=options.once)
    except watch.WatchError as error:
        raise UsageError(str(error)) from error
    except KeyboardInterrupt:
        return DONE
    return DONE


def _import(options: argparse.Namespace) -> int:
    from lingti.editions import reasons
    from lingti.ingest import imports
    from lingti.judging import publication

    reason = _reason(options)
    if options.nil:
        return _import_nil(options)
    prepared = _prepared(options)
    if isinstance(prepared, int):
        return prepared
    settings, request = prepared
    outcomes = imports.run(settings, request)
    reasons.note_imported(options.home, outcomes, reason)
    if any(outcome.plan is not None and outcome.plan.batch is not None for outcome in outcomes):
        publication.rebuild(options.home)
        _make_set(options.home)
        say(_("Readers see this once you run `lingti publish`."))
    return _report(options, outcomes)


def _import_nil(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.editions import reasons
    from lingti.ingest import imports
    from lingti.judging import publication

    settings = district.load(options.home)
    if options.files or options.source is None or options.covers is None:
        raise UsageError(_("A nil return takes --source and --covers and no file."))
    known_names(settings, options)
    source = settings.source(options.source)
    outcome = imports.file_nil(settings, source, options.covers, None, options.allow_removal)
    reasons.note_imported(options.home, [outcome], _reason(options))
    if outcome.plan is not None and outcome.plan.batch is not None:
        publication.rebuild(options.home)
        _make_set(options.home)
    return _report(options, [outcome])


def _make_set(home: Path) -> None:
    """Makes the documents of a month that is complete now, where `district.toml` asks for it."""
    from lingti.upkeep.publishing import make_set

    sentence = make_set(home)
    if sentence:
        say(sentence)


def _report(options: argparse.Namespace, outcomes: list[Any]) -> int:
    documents = [document for outcome in outcomes for document in outcome.as_json()]
    for outcome in outcomes:
        if outcome.refused is not None:
            say(": ".join([*outcome.names[:3], str(outcome.refused)]))
    for document in documents:
        for left in document.get("left_out", []):
            say(
                ngettext(
                    "{name}: the sheet “{sheet}” ({rows} row) is left out; its header is another.",
                    "{name}: the sheet “{sheet}” ({rows} rows) is left out; its header is another.",
                    left["rows"],
                ).format(name=document["file"], sheet=left["sheet"], rows=left["rows"])
            )
    unread = [one["file"] for one in documents if one.get("unread")]
    if unread:
        names = ", ".join(unread[:3]) + (" …" if len(unread) > 3 else "")
        say(_("{name}: lines through cells cannot be seen in this format.").format(name=names))
    if options.json:
        print_json(documents)
    else:
        for document in documents:
            print_table([{k: v for k, v in document.items() if not isinstance(v, dict | list)}])
    return REFUSED if any(outcome.refused is not None for outcome in outcomes) else DONE


def _batches(options: argparse.Namespace) -> int:
    from lingti.ingest.checking import coverage
    from lingti.ingest.keeping import batches

    documents = [
        {
            "batch": manifest.batch,
            "state": state,
            "source": manifest.source,
            "community": manifest.community,
            "covers": coverage.write(manifest.covers),
            "files": [file.name for file in manifest.files],
            "imported_at": manifest.imported_at,
            "imported_by": manifest.imported_by,
            **manifest.counts,
        }
        for state in ("standing", "withdrawn")
        for manifest in batches.manifests(options.home, withdrawn=state == "withdrawn")
    ]
    show(options, sorted(documents, key=lambda row: row["batch"]))
    return DONE


def _undo_redo(options: argparse.Namespace) -> int:
    from lingti import district
    from lingti.editions import reasons
    from lingti.judging import publication

    district.load(options.home)
    move = reasons.undo if options.command == "undo" else reasons.redo
    move(options.home, options.batch, reason=_reason(options))
    publication.rebuild(options.home)
    return DONE
