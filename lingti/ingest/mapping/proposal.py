"""A mapping for an unknown layout: proposed from its headers and cells, decided by the user."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lingti import person_names as names
from lingti.catalog import PERSON, TOTALS, Column, Table
from lingti.district import District
from lingti.ingest.checking.cell_problems import shown_cell
from lingti.ingest.checking.convert_column import PERIOD
from lingti.ingest.checking.hours_each import ASKED
from lingti.ingest.checking.pseudonyms import mask_person
from lingti.ingest.mapping import choose_columns, counts, kinds_across, status
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.kinds_across import Across
from lingti.ingest.mapping.known_words import words_of
from lingti.ingest.mapping.likeness import (
    LIKELY,
    PERSON_COLUMNS,
    POSSIBLE,
    SURE,
    signs,
    start_and_end,
    synonyms,
    unit_of,
)
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.mapping.persons_of_rows import names_people
from lingti.ingest.values import cell_values
from lingti.ingest.values.cell_values import USER_NUMBER

__all__ = [
    "LIKELY",
    "PERSON_COLUMNS",
    "POSSIBLE",
    "SURE",
    "Choice",
    "Proposal",
    "looks_personal",
    "our_columns",
    "propose",
    "samples",
    "unit_of",
]

# Of a table as a whole: all that it needs is there under a usual name, named by a title or not.
SURE_KIND = 0.7
LIKELY_KIND, _AHEAD = 0.55, 0.2  # or so likely, and so far ahead of any other
_ENOUGH_SIGNS = 3  # headers that speak of a kind, after which more tell nothing
_TRIED = 200  # distinct cells of a column that are looked at
_SHOWN = 3
_WITHOUT_MEANING = 0.3  # what is left of the sureness of a table nothing of which is told
_OF_A_PERSON = ("concerns", "visits", "public_posts")  # may name who it was about


@dataclass(frozen=True)
class Choice:
    """The column of an export proposed for one of ours; `sureness` from 0 to 1.

    Several columns together make one text, such as estate, building and room. Without a column a
    `constant` may hold for every row.
    """

    columns: tuple[str, ...]
    sureness: float
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    constant: str | None = None

    @property
    def column(self) -> str | None:
        """The first of the columns, or None."""
        return self.columns[0] if self.columns else None

    @property
    def is_made(self) -> bool:
        """Whether anything feeds our column."""
        return bool(self.columns) or self.constant is not None


@dataclass(frozen=True)
class Proposal:
    """How an export could feed a canonical table.

    `choices` has one entry per column of ours. `unknown_words` are cells of a column with a fixed
    list of values that stand for none of them, per column of ours. `left_out` are words of a status
    by which rows do not count, per column of the export; the next kind is `margin` behind.
    Of a sheet with a column per kind, `across` has them, and `choices` the first.
    """

    canonical: Table
    sureness: float
    choices: Mapping[str, Choice]
    unknown_words: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    margin: float = 0.0
    across: Across | None = None

    @property
    def table(self) -> str:
        """The name of the canonical table."""
        return self.canonical.name

    @property
    def missing(self) -> list[str]:
        """The required columns of ours that nothing was found for."""
        table = self.canonical
        lacking = [
            column.name
            for column in table.columns
            if column.required and column.name != PERSON and not self.choices[column.name].is_made
        ]
        nobody = all(
            self.choices[name].column is None for name in PERSON_COLUMNS if name in self.choices
        )
        return [*lacking, *([PERSON] if table.has_person and nobody else [])]

    @property
    def is_sure_alone(self) -> bool:
        """Whether it is sure what the rows are, whatever else they look like."""
        return self.sureness >= SURE_KIND and not self.missing

    @property
    def is_sure(self) -> bool:
        """Whether it is sure what the rows are; else somebody has to say."""
        likely = self.sureness >= LIKELY_KIND and self.margin >= _AHEAD
        return self.is_sure_alone or (likely and not self.missing)

    @property
    def unsure_of(self) -> list[str]:
        """The columns of ours of whose source it is not sure."""
        return [name for name, one in self.choices.items() if one.columns and one.sureness < SURE]


def our_columns(table: Table) -> dict[str, Column | None]:
    """What a mapping can name: our columns, with a person as name, phone and ID number."""
    named: dict[str, Column | None] = {}
    for column in table.columns:
        if column.name == PERSON:
            named |= dict.fromkeys(PERSON_COLUMNS)
        else:
            named[column.name] = column
    return named


def propose(known: District, piece: Piece) -> list[Proposal]:
    """How a table could feed ours, the surest first."""
    proposals = [of_table(table, piece, known.today) for table in known.catalog.tables.values()]
    proposals = _with_packs_ahead(proposals)
    proposals.sort(key=lambda proposal: -proposal.sureness)
    after = [*(proposal.sureness for proposal in proposals[1:]), 0.0]
    return [replace(a, margin=a.sureness - b) for a, b in zip(proposals, after, strict=True)]


def _with_packs_ahead(proposals: list[Proposal]) -> list[Proposal]:
    """A table of a topic that was taken stands before the kinds that it is made in place of."""
    behind = {
        name
        for one in proposals
        if one.is_sure_alone
        for name in dictionary()["ahead_of"].get(one.table, ())
    }
    behind_by = dict.fromkeys(behind, _WITHOUT_MEANING)
    return [
        replace(one, sureness=round(one.sureness * behind_by.get(one.table, 1.0), 3))
        for one in proposals
    ]


def samples(piece: Piece, column: str, *, secret: bool) -> list[str]:
    """A few cells of a column as people may see them; a person's are asterisks."""
    cells = [cell_values.written(cell).strip() for cell in piece.table.distinct(column)[0]]
    secret = secret or names.are_persons(cells[:_TRIED], [1] * len(cells[:_TRIED]), column)
    shown = list(dict.fromkeys(cell for cell in cells if cell))[:_SHOWN]
    return [mask_person(one) if secret else shown_cell(one, ())[:24] for one in shown]


def looks_personal(column: str) -> bool:
    """Whether a header speaks of what identifies a person, so that its cells are not shown."""
    named = plain(column)
    words = [word for name in PERSON_COLUMNS for word in dictionary()["persons"][name]]
    return any(plain(word) in named for word in words) or "址" in named or "户" in named


def of_table(table: Table, piece: Piece, today: date) -> Proposal:
    """How a table of an export could feed one of ours."""
    ours = our_columns(table)
    choices, unknown = {}, {}
    chosen = choose_columns.chosen(table, ours, piece, today)
    for name, known in ours.items():
        header, score = chosen.get(name, (None, 0.0))
        meant, rest = words_of(table, known, header, piece)
        columns: tuple[str, ...] = (header,) if header else ()
        constant = None
        if header is None:
            constant = _constant(table, known, piece)
        elif known is not None and known.role == "keyed":
            columns = _address(piece, header)
        unit = unit_of(known, header)
        if name == "hours" and header is None and (between := start_and_end(piece)):
            columns, unit, score = between, "from_to", LIKELY
        choices[name] = Choice(columns, round(score, 2), meant, unit, constant)
        if rest:
            unknown[name] = tuple(rest)
    if table.name == TOTALS:
        return _of_counts(table, piece, choices)
    _give_period(table, choices, piece)
    _give_hours(table, choices, piece)
    _give_user_number(table, choices, piece)
    across = _give_kinds(table, choices, piece)
    left_out = status.left_out(piece, choices)
    sureness = _sureness(table, choices, piece)
    return Proposal(table, sureness, choices, unknown, left_out, across=across)


def _of_counts(table: Table, piece: Piece, choices: dict[str, Choice]) -> Proposal:
    """How a table of counts would feed totals; for another one it is not offered."""
    counted = counts.find(piece)
    if counted is None:
        return Proposal(table, 0.0, choices, {})
    choices["measure"] = Choice((), 0.0, constant=counted.measure)
    unit = unit_of(table.column("value"), counted.value)
    choices["value"] = Choice((counted.value,), SURE, unit=unit)
    choices["people"] = Choice((counted.people,), SURE) if counted.people else Choice((), 0.0)
    _give_period(table, choices, piece)
    return Proposal(table, SURE_KIND, choices, {}, status.left_out(piece, choices))


def _give_kinds(table: Table, choices: dict[str, Choice], piece: Piece) -> Across | None:
    """Where each kind has a column of its own, the first of them stands for all."""
    kinds = [one.name for one in table.columns if one.allowed and one.required]
    has_kind = any(choices[name].is_made for name in kinds)
    across = kinds_across.find(table, piece, has_kind=has_kind)
    if across is not None:
        value, mapped = next(iter(across.columns.items()))
        choices[across.kind] = Choice((), 0.0, constant=value)
        choices[across.amount] = Choice(mapped.columns, SURE, unit=mapped.unit)
    return across


def _give_period(table: Table, choices: dict[str, Choice], piece: Piece) -> None:
    """Without any day, the rows of totals and of service are of the period the table is of."""
    if "day" in choices and set(map(plain, piece.table.columns)) & set(synonyms(table, "day")):
        return  # there is one, whatever stands in it
    has_amount = any(name in choices and choices[name].columns for name in ("hours", "value"))
    if "through" in choices and not choices["day"].columns and has_amount:
        choices["day"] = choices["through"] = Choice((), 0.0, constant=PERIOD)


def _give_hours(table: Table, choices: dict[str, Choice], piece: Piece) -> None:
    """A sheet of who signed in for service on a day: how many hours is asked of each file."""
    there = [name for name in ("day", "name") if choices.get(name, Choice((), 0.0)).columns]
    if table.name != "service" or choices["hours"].columns or len(there) < 2:
        return
    texts = [piece.table.title, piece.table.sheet, *piece.table.columns]
    if any(word in text for text in texts for word in dictionary()["signed_in"]["words"]):
        choices["hours"] = Choice((), 0.0, constant=ASKED)


def _give_user_number(table: Table, choices: dict[str, Choice], piece: Piece) -> None:
    """Where nothing else names a person, the number that a program of theirs has for one."""
    if not table.has_person or any(choices[name].columns for name in PERSON_COLUMNS):
        return
    words = set(map(plain, dictionary()["persons"]["user_number"]))
    header = next((name for name in piece.table.columns if plain(name) in words), None)
    if header is not None:
        choices["id"] = Choice((header,), LIKELY, unit=USER_NUMBER)


def _constant(table: Table, known: Column | None, piece: Piece) -> str | None:
    """The value that a sheet's name or the title gives a whole table, as 需求清单 does; else the
    usual one."""
    if known is None or not known.required:
        return None
    usual: str | None = dictionary()["usual"].get(table.name, {}).get(known.name)
    words: dict[str, list[str]] = dictionary()["words"].get(table.name, {}).get(known.name, {})
    texts = " ".join((piece.table.sheet, piece.table.title, piece.file.name))
    named = [value for value, said in words.items() if any(word in texts for word in said)]
    across = bool(piece.table.cell_columns)  # of which a cell is what somebody got
    if not named and (table.name, known.name) == ("points", "kind") and (across or "积分" in texts):
        return "earn"
    return named[0] if len(named) == 1 else usual


def _address(piece: Piece, header: str) -> tuple[str, ...]:
    """All the columns that together tell a household, in the order of the export."""
    return tuple(
        name
        for name in piece.table.columns
        if name == header or plain(name) in dictionary()["address"]["parts"]
    )


def _sureness(table: Table, choices: Mapping[str, Choice], piece: Piece) -> float:
    """How well the table fits as a whole: what it needs is there, and what tells it from others."""
    required = [
        column.name for column in table.columns if column.required and column.name != PERSON
    ]
    scores = [choices[name].sureness or 0.8 * choices[name].is_made for name in required]
    if table.has_person:
        scores.append(max(choices[name].sureness for name in PERSON_COLUMNS))
    own = [one.sureness for name, one in choices.items() if _is_own(name) and one.columns]
    headers = {name: plain(name) for name in piece.table.columns if not name.startswith("〔")}
    headers["title"] = piece.table.title
    texts = " ".join((piece.table.title, piece.table.sheet, piece.file.name))
    named = any(word in texts for word in dictionary()["titles"].get(table.name, [table.title.zh]))
    spoken = min(_ENOUGH_SIGNS, signs(headers).get(table.name, 0)) / _ENOUGH_SIGNS
    needed = sum(scores) / max(1, len(scores))
    score = 0.4 * needed + 0.2 * min(1.0, sum(own) / 2) + 0.25 * spoken + 0.15 * named
    if not table.has_person and table.name not in _OF_A_PERSON and names_people(piece):
        score -= 0.25
    telling = dictionary()["telling"].get(table.name, [])
    of_points = any(word in texts for word in dictionary()["titles"]["points"])
    across = piece.table.cell_columns and table.name == "service" and not of_points
    is_told = named or spoken or across or any(choices[name].sureness >= LIKELY for name in telling)
    is_told = is_told or (table.name == "service" and choices["hours"].unit == "from_to")
    is_told = is_told or (table.has_person and not piece.table.header_rows)  # by its cells
    other = dictionary()["other_kind"].get(table.name)
    spoken_texts = (texts, *map(plain, piece.table.columns))
    is_other = other and any(re.search(other, text) for text in spoken_texts)
    if not is_told or is_other or not all(scores):
        score *= _WITHOUT_MEANING
    return round(min(1.0, score), 3)


def _is_own(name: str) -> bool:
    """Whether a column of ours tells more than a day and a person."""
    return name not in ("day", *PERSON_COLUMNS)
