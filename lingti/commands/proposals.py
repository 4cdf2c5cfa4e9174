"""`--propose` and `--learn`: what an unknown layout would be, and keeping it."""

from __future__ import annotations

import getpass

from lingti import district
from lingti.commands.printing import DONE, REFUSED, print_json, say
from lingti.district import District
from lingti.ingest import imports, questions
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.ingest.mapping import learned
from lingti.ingest.mapping.propose_source import Proposed, propose
from lingti.ingest.reading.sheet_tables import Refused
from lingti.language import gettext as _


def show(settings: District, request: Request) -> int:
    """Prints what each table that nothing takes would be."""
    documents: list[dict[str, object]] = []
    refused = False
    for path, data in request.files:
        proposals, refusal = _of_file(settings, request, path, data)
        documents += [proposed.as_json() for proposed in proposals]
        if refusal is not None:
            documents.append({"file": path, "refused": refusal.as_json()})
            say(f"{path}: {refusal}")
            refused = True
        elif not proposals:
            say(_("{name}: the layout is known.").format(name=path))
    print_json(documents)
    return REFUSED if refused else DONE


def learn(settings: District, request: Request) -> tuple[District, list[dict[str, object]]]:
    """Keeps what each table that nothing takes would be, where that is likely and whole.

    Returns the settings with what was learned, and per file what has to be answered first.
    """
    open_ones: list[dict[str, object]] = []
    for path, data in request.files:
        proposals, _refusal = _of_file(settings, request, path, data)
        for proposed in proposals:
            if proposed.asking.open:
                asked = [question.as_json() for question in proposed.asking.open]
                refused = ImportRefused(
                    "questions",
                    " ".join(question.asks for question in proposed.asking.open),
                    _("Answer on the import page or with --answers; it is remembered."),
                )
                say(f"{path}: {refused}")
                open_ones.append({"file": path, "questions": asked, "refused": refused.as_json()})
                continue
            if proposed.asking.settled:
                with batches.writing(settings.home):
                    questions.remember(settings.home, proposed.asking, getpass.getuser())
            if not proposed.is_whole or proposed.decided is None:
                say(_("{name}: what it is cannot be told surely enough.").format(name=path))
                continue
            with batches.writing(settings.home):
                source = learned.remember(settings, proposed.decided, getpass.getuser())
            settings = district.load(settings.home)
            say(_("{name}: remembered as {source}.").format(name=path, source=source.id))
    return settings, open_ones


def _of_file(
    settings: District, request: Request, path: str, data: bytes
) -> tuple[list[Proposed], ImportRefused | Refused | None]:
    try:
        opened = imports.open_file(path, data)
        return propose(settings, request.community, opened, request.answers), None
    except (ImportRefused, Refused) as refusal:
        return [], refusal
