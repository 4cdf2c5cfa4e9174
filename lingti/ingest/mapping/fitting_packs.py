"""Which ready-made topic a table looks like that the home has not taken: so that it is offered."""

from __future__ import annotations

from functools import cache

from lingti.catalog import Table, load, packs
from lingti.catalog.packs import TAKEN, Pack
from lingti.district import District
from lingti.ingest.mapping import proposal
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.mapping.proposal import Proposal


def fitting(known: District, piece: Piece, best: Proposal) -> Pack | None:
    """The pack of which a table surely is; None where what there is (`best`) fits as well."""
    held = packs.states(known.home)
    fits = [
        (fit.sureness, pack.id)
        for pack in packs.known().values()
        if held.get(pack.id) != TAKEN
        for table in _tables(pack.id)
        if (fit := proposal.of_table(table, piece, known.today)).is_sure_alone
        and (
            fit.sureness > best.sureness
            or not best.is_sure
            or best.table in dictionary()["ahead_of"].get(table.name, ())
        )
    ]
    return packs.known()[max(fits)[1]] if fits else None


@cache
def _tables(pack: str) -> tuple[Table, ...]:
    folder = packs.known()[pack].folder / "tables"
    return tuple(load.read_table(path) for path in sorted(folder.glob("*.sql")))
