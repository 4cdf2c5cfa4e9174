"""What has to be said of a layout nobody knows before it becomes a source: asked once, remembered.

The same questions on the page and by command; they are those of `lingti.ingest.questions`, with the
community and the columns of the layout in place of a source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lingti.catalog import TOTALS, Column
from lingti.district import ColumnMap, District, Feed
from lingti.ingest import questions
from lingti.ingest.layout.across import VALUE
from lingti.ingest.mapping import holders
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.mapping.proposal import POSSIBLE, Choice, Proposal
from lingti.ingest.questions import Asking
from lingti.ingest.values import cell_values
from lingti.language import gettext as _

NONE, REDEEMED = "none", "redeemed"
_MOST_WORDS = 12
_KINDS = 4  # kinds of rows that are offered


def asking(
    known: District, community: str, piece: Piece, given: Mapping[str, str] | None = None
) -> Asking:
    """The asking of one layout of a community, with what was answered of it before."""
    place = questions.place_of_layout(community, piece.table.columns)
    return Asking(place, given, questions.remembered(known.home))


def is_to_be_asked(piece: Piece, proposals: Sequence[Proposal]) -> bool:
    """Whether somebody has to say what the rows are, however surely they look like something."""
    best = proposals[0]
    return best.table == TOTALS or holders.are_holders(piece, best) or _may_be_hours(proposals)


def _may_be_hours(proposals: Sequence[Proposal]) -> bool:
    """Whether rows are activities, or the hours that so many people served at each."""
    totals = next((proposal for proposal in proposals if proposal.table == TOTALS), None)
    counts_hours = totals is not None and totals.choices["measure"].constant == "hours"
    return proposals[0].table == "activities" and counts_hours


def _takes_cells(piece: Piece, proposal: Proposal) -> bool:
    """Whether the cells of a cross-tab, of which no word tells what they are, may be of a kind."""
    used = {column for choice in proposal.choices.values() for column in choice.columns}
    return bool(piece.table.cell_columns) and VALUE in used


def settle_kind(asking: Asking, piece: Piece, proposals: Sequence[Proposal]) -> Proposal | None:
    """What the rows are: the surest where it is sure, else as answered; None for nothing of ours.

    While it is open the surest goes on, so that what else is open is asked with it.
    """
    best = proposals[0]
    offered = [
        proposal
        for proposal in proposals
        if not proposal.missing and (proposal.sureness >= POSSIBLE or _takes_cells(piece, proposal))
    ]
    counts = best.table == TOTALS
    must = is_to_be_asked(piece, proposals)
    if not offered or (best.is_sure and not must):
        return best
    choices = {proposal.table: proposal.canonical.title.pick() for proposal in offered[:_KINDS]}
    if counts:
        choices = {best.table: _("Counts: take them as totals, one per row")}
    ask = _("What are the rows of this table?")
    if counts:
        ask = _("Each row holds counts, no single visit or case. What is to be done with them?")
    elif holders.are_holders(piece, best):
        choices = {best.table: choices[best.table]}
        ask = _(
            "Each row is a person who holds a post, and no service. What is to be done with it?"
        )
    choice = asking.ask(
        "counts" if counts else "kind",
        ask,
        {**choices, NONE: _("Nothing of ours; leave it out")},
        default=offered[0].table if offered[0].table in choices else best.table,
        sheet=piece.table.sheet,
        column="、".join(best.choices["value"].columns) if counts else "",
        examples=[name for name in piece.table.columns if name not in piece.table.made_columns][:5],
    )
    if choice == NONE:
        return None
    return next((proposal for proposal in proposals if proposal.table == choice), best)


def settle_words(
    asking: Asking, piece: Piece, proposal: Proposal
) -> tuple[Proposal, tuple[Feed, ...]]:
    """The proposal with what was answered of words nobody knows, and the feeds that this adds."""
    if proposal.missing and proposal.sureness < POSSIBLE:
        return proposal, ()  # what its words mean does not matter
    choices = dict(proposal.choices)
    left_out = {column: list(words) for column, words in proposal.left_out.items()}
    redeemed: list[str] = []
    for name, words in proposal.unknown_words.items():
        ours, choice = proposal.canonical.column(name), choices[name]
        meant = dict(choice.values)
        for word in words[:_MOST_WORDS]:
            answer = _ask_word(asking, piece, proposal, ours, choice, word)
            if answer in ours.allowed:
                meant[word] = str(answer)
            elif answer is not None:
                left_out.setdefault(choice.columns[0], []).append(word)
                redeemed += [word] if answer == REDEEMED else []
        choices[name] = replace(choice, values=meant)
    also = (_redemptions(choices, redeemed),) if redeemed else ()
    settled = replace(
        proposal,
        choices=choices,
        left_out={column: tuple(words) for column, words in left_out.items()},
    )
    return settled, also


def _ask_word(
    asking: Asking, piece: Piece, proposal: Proposal, ours: Column, choice: Choice, word: str
) -> str | None:
    """What a word of a column with a fixed list of values stands for."""
    column = choice.columns[0]
    choices = {value: ours.words[value].pick() for value in ours.allowed if value in ours.words}
    if proposal.table == "points" and ours.name == "kind":
        choices[REDEEMED] = _("Redeemed: taken as redemptions")
    choices[NONE] = _("Rows of this kind are left out")
    beside = _beside(piece, column, word, proposal)
    return asking.ask(
        "word_means",
        _("What does “{word}” in “{column}” mean?").format(word=word, column=column),
        choices,
        default=_likely(beside, choices),
        sheet=piece.table.sheet,
        column=column,
        word=word,
        examples=beside,
    )


def _beside(piece: Piece, column: str, word: str, proposal: Proposal) -> list[str]:
    """Reasons and amounts in rows with a word, as examples of it."""
    shown = [one for name in ("points", "reason") for one in proposal.choices[name].columns] if (
        proposal.table == "points"
    ) else []  # fmt: skip
    if not shown:
        return [word]
    rows = [
        at
        for at, cell in enumerate(piece.table.column(column))
        if cell_values.written(cell).strip() == word
    ][:3]
    columns = [piece.table.column(name) for name in shown]
    return [" ".join(cell_values.written(cells[at]) for cells in columns) for at in rows]


def _likely(beside: Sequence[str], choices: Mapping[str, str]) -> str:
    """The usual answer: as the reasons beside the word say, else that it is none of ours."""
    text = " ".join(beside)
    for value, words in {REDEEMED: "兑换换购", "initial": "初始期初"}.items():
        if value in choices and any(words[i : i + 2] in text for i in (0, 2)):
            return value
    if "deduct" in choices and all(one.startswith("-") for one in beside):
        return "deduct"
    return "earn" if "earn" in choices else NONE


def _redemptions(choices: Mapping[str, Choice], words: Sequence[str]) -> Feed:
    """What a ledger's redemptions feed: each takes its points, and what was got stands beside."""
    columns = {
        name: ColumnMap(one.columns, one.constant)
        for name, one in choices.items()
        if one.is_made and name in ("day", "name", "phone", "id")
    }
    reason = choices["reason"]
    columns["item"] = ColumnMap(reason.columns, None if reason.columns else _("unnamed"))
    columns["points"] = ColumnMap(choices["points"].columns, sign="abs")
    columns |= {"kind": ColumnMap(constant="goods"), "quantity": ColumnMap(constant="1")}
    return Feed("redemptions", columns, when={choices["kind"].columns[0]: tuple(words)})
