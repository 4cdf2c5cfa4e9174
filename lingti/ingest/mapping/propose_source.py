"""The source that an unknown layout would be, without the page: proposed, and kept where asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lingti.district import ColumnMap, District
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.mapping import choose_source, layout_questions, learned, other_shapes, proposal
from lingti.ingest.mapping.learned import Decided
from lingti.ingest.mapping.match_source import Opened, Piece, pieces, plain
from lingti.ingest.mapping.proposal import LIKELY, POSSIBLE, Proposal
from lingti.ingest.questions import Asking


@dataclass(frozen=True)
class Proposed:
    """A table that no source takes, what it would feed, and the source that makes.

    `asking` holds what is asked of the layout; `decided` is None where it is nothing of ours.
    """

    piece: Piece
    proposal: Proposal
    decided: Decided | None
    asking: Asking
    others: tuple[Proposal, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it can be kept as it stands: all that is needed is there, and nothing open."""
        likely = (
            self.proposal.sureness >= LIKELY or self.proposal.is_sure or bool(self.asking.settled)
        )
        likely = likely and other_shapes.other_shape_words(self.piece) is None
        return (
            likely
            and not self.proposal.missing
            and not self.asking.open
            and self.decided is not None
        )

    def as_json(self) -> dict[str, object]:
        """The proposal as the command line prints it; `source` is what its TOML would hold."""
        return {
            "file": self.piece.file.name,
            "sheet": self.piece.table.sheet,
            "table": self.proposal.table if self.decided else None,
            "sureness": self.proposal.sureness,
            "is_sure": self.proposal.is_sure,
            "others": {
                other.table: other.sureness for other in self.others if not self.proposal.is_sure
            },
            "unsure_of": self.proposal.unsure_of,
            "is_no_list": " ".join(other_shapes.other_shape_words(self.piece) or ()),
            "unfolded": len(self.piece.table.cell_columns),
            "columns": {
                name: {"columns": list(one.columns), "sureness": one.sureness}
                for name, one in self.proposal.choices.items()
                if one.is_made
            },
            "missing": self.proposal.missing,
            "unknown_words": {name: list(w) for name, w in self.proposal.unknown_words.items()},
            "left_out": {name: list(words) for name, words in self.proposal.left_out.items()},
            "questions": [question.as_json() for question in self.asking.open],
            "source": learned.as_value(self.decided) if self.decided else None,
        }


def propose(
    known: District, community: str, file: Opened, answers: Mapping[str, str] | None = None
) -> list[Proposed]:
    """What the tables of a file would be that none of the community's sources takes.

    Raises AnswerError for an answer that is none of the choices.
    """
    tables = [piece for piece in pieces([file]) if len(piece.table)]
    try:
        chosen = choose_source.choose_all(known, community, None, tables)
    except ImportRefused as refusal:
        if refusal.code != "unknown_layout":
            raise
        chosen = []
    left = choose_source.untaken(chosen, tables)
    alike: dict[tuple[str, ...], Piece] = {}
    for piece in left:
        alike.setdefault(tuple(sorted(map(plain, piece.table.columns))), piece)
    return [_proposed(known, community, piece, answers or {}) for piece in alike.values()]


def _proposed(
    known: District, community: str, piece: Piece, answers: Mapping[str, str]
) -> Proposed:
    ranked = proposal.propose(known, piece)
    asking = layout_questions.asking(known, community, piece, answers)
    settled = layout_questions.settle_kind(asking, piece, ranked)
    best, also = layout_questions.settle_words(asking, piece, settled or ranked[0])
    others = tuple(one for one in ranked if one.sureness >= POSSIBLE and one.table != best.table)
    if settled is None:
        return Proposed(piece, best, None, asking, others)
    columns = {
        name: ColumnMap(one.columns, one.constant, dict(one.values), one.unit)
        for name, one in best.choices.items()
        if one.is_made
    }
    title = piece.table.title or piece.table.sheet or piece.file.name.rsplit(".", 1)[0]
    replaces = usual_replaces(known, community, best.table)
    decided = Decided(
        community,
        best.table,
        title,
        replaces,
        columns,
        unless=best.left_out,
        also=also,
        across=best.across,
    )
    return Proposed(piece, best, decided, asking, others)


def usual_replaces(known: District, community: str, table: str) -> str:
    """What a new export of a table replaces: as in a source the community has, else by its kind."""
    own = choose_source.of_community(known, community)
    before = next((source.replaces for source in own if table in source.tables), None)
    if before == "key":  # which column holds the number of a case is not told
        before = None
    return before or ("days" if known.catalog.tables[table].has_day else "all")
