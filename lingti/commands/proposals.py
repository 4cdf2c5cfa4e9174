"""`--propose` and `--learn`: what an unknown layout would be, and keeping it."""

from __future__ import annotations

import getpass

from lingti import district
from lingti.commands.printing import DONE, REFUSED, print_json, say
from lingti.district import District
from lingti.ingest import imports
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
        found, refusal = _of_file(settings, request.community, path, data)
        documents += [one.as_json() for one in found]
        if refusal is not None:
            documents.append({"file": path, "refused": refusal.as_json()})
            say(f"{path}: {refusal}")
            refused = True
        elif not found:
            say(_("{name}: the layout is known.").format(name=path))
    print_json(documents)
    return REFUSED if refused else DONE


def learn(settings: District, request: Request) -> District:
    """Keeps what each table that nothing takes would be, where that is likely and whole.

    Returns the settings with what was learned.
    """
    for path, data in request.files:
        found, _refusal = _of_file(settings, request.community, path, data)
        for one in found:
            if not one.is_whole:
                say(_("{name}: what it is cannot be told surely enough.").format(name=path))
                continue
            with batches.writing(settings.home):
                source = learned.remember(settings, one.decided, getpass.getuser())
            settings = district.load(settings.home)
            say(_("{name}: remembered as {source}.").format(name=path, source=source.id))
    return settings


def _of_file(
    settings: District, community: str, path: str, data: bytes
) -> tuple[list[Proposed], ImportRefused | Refused | None]:
    try:
        return propose(settings, community, imports.open_file(path, data)), None
    except (ImportRefused, Refused) as refusal:
        return [], refusal
