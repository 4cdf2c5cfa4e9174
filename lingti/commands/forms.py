"""Forms of other offices, filled: `fill`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lingti.commands.printing import (
    DONE,
    REFUSED,
    Command,
    UsageError,
    print_json,
    print_table,
    read_bytes,
    say,
)
from lingti.language import gettext as _

if TYPE_CHECKING:
    from lingti.forms.filling import Filled, Wish

ENDINGS = (".xlsx", ".xlsm", ".docx")


def register(command: Command) -> None:
    """Declares the command."""
    parser = command("fill", _fill, _("fill the form of another office"))
    parser.add_argument("form", type=Path, metavar="FORM")
    parser.add_argument("--community", metavar="C", help=_("where the form does not say"))
    parser.add_argument("--period", metavar="P", help="2024-06, 2024-Q2, 2024-H1, 2024, D/D")
    parser.add_argument(
        "--accept", type=Path, metavar="FILE", help=_("what is said yes to, as JSON")
    )
    parser.add_argument(
        "--published", action="store_true", help=_("leave out small counts of people")
    )
    parser.add_argument("-o", "--output", type=Path, metavar="OUT")
    parser.add_argument("--all", action="store_true", help=_("of every community, or every form"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=_("with --all: where to"))


def _fill(options: argparse.Namespace) -> int:
    from lingti import district, warehouse
    from lingti.forms.filling import Wish, period_of

    if options.all != (options.out is not None) or (options.all and options.output):
        raise UsageError(_("--all takes --out DIR and no -o."))
    settings = district.load(options.home)
    data = warehouse.current(options.home)
    known = [community.id for community in settings.communities]
    if options.community not in (None, "district", *known):
        raise UsageError(_("There is no community {name!r}.").format(name=options.community))
    try:
        period = period_of(options.period) if options.period else None
    except ValueError as error:
        raise UsageError(_("{text!r} is no period.").format(text=options.period)) from error
    accepted, said = _accepted(options)
    wish = Wish(options.community, period, accepted, options.published, said)
    if options.all:
        return _all(options, data, settings, wish)
    return _one(options, data, settings, wish)


def _accepted(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, bool]]:
    """What is said yes to of cells, and of words of titles."""
    from lingti.forms import fill_document

    if options.accept is None:
        return {}, {}
    try:
        document = json.loads(read_bytes(options.accept))
        return fill_document.accepted(document), fill_document.words_said(document)
    except (ValueError, KeyError) as error:
        raise UsageError(
            _("{file} says nothing of cells: {why}").format(file=options.accept.name, why=error)
        ) from error


def _one(options: argparse.Namespace, data: Any, settings: Any, wish: Wish) -> int:
    output = options.output
    if output is not None and output.resolve() == options.form.resolve():
        raise UsageError(_("The filled form needs a name of its own: -o."))
    document = _filled(options, data, settings, wish, options.form, output)
    if options.json:
        print_json(document)
    else:
        print_table(document.get("cells", []))
        _say_blank(document)
    return REFUSED if document["questions"] or "refused" in document else DONE


def _say_blank(document: dict[str, Any]) -> None:
    for one in document["blank"]:
        say(f"{one['sheet']}!{one['cell']}  {one['why']}")
    if document["words"]:
        say(_asked_of_words(document["words"]))
    for one in document["questions"]:
        say(f"{one['says']} --{one['id']}: {', '.join(c['id'] for c in one['choices'])}")


def _asked_of_words(unknown: Collection[str]) -> str:
    from lingti.forms import explained

    answer = json.dumps({"words": dict.fromkeys(unknown, False)}, ensure_ascii=False)
    return _(
        "Does {words} in the title restrict what is counted? If not, --accept a file with {answer}."
    ).format(words=explained.quoted(list(unknown)), answer=answer)


def _filled(
    options: argparse.Namespace,
    data: Any,
    settings: Any,
    wish: Wish,
    form: Path,
    output: Path | None,
) -> dict[str, Any]:
    """Fills one form and writes it with its sources; nothing where something is asked.

    Without an `output` it only tells what it would write.
    """
    from lingti.access import audit
    from lingti.forms import fill_document, filling, memory, sources
    from lingti.forms.reading.package import FormError, opened
    from lingti.judging.periods import periods_of

    try:
        done = filling.fill(data, settings, opened(read_bytes(form)), wish)
        questions = fill_document.questions(done, settings, periods_of(data)["month"])
        document = fill_document.document(done, questions)
        if questions or output is None:
            return document
        content = filling.data_of(done)
    except FormError as error:
        say(f"{form.name}: {error}")
        nothing: dict[str, Any] = {"cells": [], "blank": [], "questions": [], "words": {}}
        return {"known": False, **nothing, "refused": error.code}
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(content)
        beside = output.with_name(fill_document.sources_name(output))
        beside.write_bytes(sources.workbook(done, settings))
    except OSError as error:
        raise UsageError(
            _("{path} cannot be written: {why}").format(path=error.filename, why=error.strerror)
        ) from error
    audit.note(options.home, "export", file=output.name)
    _remember(options, done, wish, memory)
    return document


def _remember(options: argparse.Namespace, done: Filled, wish: Wish, memory: Any) -> None:
    from lingti.access import audit
    from lingti.forms import filling

    kept = filling.to_remember(done, wish)
    memory.remember(options.home, done.shape, kept, audit.account())
    memory.remember_words(options.home, wish.words, audit.account())


def _all(options: argparse.Namespace, data: Any, settings: Any, wish: Wish) -> int:
    from dataclasses import replace

    from lingti.forms import fill_document

    documents: list[dict[str, Any]] = []
    used: set[str] = set()
    for form in _forms(options.form):
        for community in _communities(form, data, settings, wish):
            output = options.out / fill_document.output_name(form, community)
            if output.stem in used:  # a workbook and a document of one name have sources each
                output = output.with_stem(f"{output.stem}-{output.suffix[1:]}")
            used.add(output.stem)
            its_wish = replace(wish, community=community or wish.community)
            document = _filled(options, data, settings, its_wish, form, output)
            documents.append({"form": form.name, "community": community, **document})
    if options.json:
        print_json(documents)
    else:
        for document in documents:
            filled = sum(cell["filled"] for cell in document["cells"])
            counted = f"{filled}/{len(document['cells'])}"
            say(f"{document['form']}  {document['community'] or ''}  {counted}")
    return REFUSED if any(row["questions"] or "refused" in row for row in documents) else DONE


def _forms(path: Path) -> Iterator[Path]:
    """The form, or those of a folder."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.iterdir()):
        if file.suffix.lower() in ENDINGS and not file.name.startswith(("~$", ".")):
            yield file


def _communities(form: Path, data: Any, settings: Any, wish: Wish) -> list[str | None]:
    """Every community, where the form does not say whom it is about; else nobody in particular."""
    from lingti.forms import filling
    from lingti.forms.reading.package import FormError, opened

    if wish.community:
        return [wish.community]
    try:
        done = filling.fill(data, settings, opened(read_bytes(form)), wish)
    except FormError:
        return [None]
    if "community" not in done.needs:
        return [None]
    return [community.id for community in settings.communities]
